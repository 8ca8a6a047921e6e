/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_VARIANT (lift_variant_get_type ())
LIFT_DECLARE_ENTITY (LiftVariant, lift_variant, VARIANT)

/**
 * LiftVariant:
 *
 * A way in which an exercise is done: pause, close grip, deficit.
 */
struct _LiftVariant
{
  LiftEntity parent_instance;

  char *coach_id;
  char *name;
  char *description;
  char *exercise_id;
  const char *kind;
  double load_factor;
};

G_END_DECLS
