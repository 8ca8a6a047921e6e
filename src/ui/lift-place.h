/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-store.h"

G_BEGIN_DECLS

/**
 * LiftPlace:
 * @info: the type of the whole: a plan, a session, an athlete, …
 * @id: the whole
 * @athlete_id: (nullable): whose it is
 * @part_id: (nullable): the part of the whole that the row is or is in: an exercise
 * @row_id: the row itself
 *
 * Where in a program a row is shown.
 */
typedef struct
{
  const LiftEntityInfo *info;
  char *id;
  char *athlete_id;
  char *part_id;
  char *row_id;
} LiftPlace;

LiftPlace *lift_place_find (LiftStore *store, const LiftEntityInfo *info, const char *id);
LiftPlace *lift_place_copy (const LiftPlace *self);
void lift_place_free (LiftPlace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftPlace, lift_place_free)

G_END_DECLS
