/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_COACH (lift_coach_get_type ())
LIFT_DECLARE_ENTITY (LiftCoach, lift_coach, COACH)

/**
 * LiftCoach:
 *
 * A coach: the owner of exercises, variants and athletes.
 */
struct _LiftCoach
{
  LiftEntity parent_instance;

  char *user_id;
  char *display_name;
  char *organisation;
  char *bio;
  gint64 default_rest_seconds;
  const char *one_rep_max_formula;
};

G_END_DECLS
