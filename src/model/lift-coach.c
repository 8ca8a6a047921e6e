/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-coach.h"

#include "lift-choices.h"

static LiftField fields[] = {
  LIFT_UUID (LiftCoach, user_id, LIFT_FIELD_REQUIRED, "User"),
  LIFT_TEXT (LiftCoach, display_name, LIFT_FIELD_REQUIRED, 100),
  LIFT_TEXT (LiftCoach, organisation, 0, 255),
  LIFT_TEXT (LiftCoach, bio, 0, 5000),
  LIFT_INTEGER (LiftCoach, default_rest_seconds, 0, 0, 3600, .fallback = "120"),
  LIFT_CHOICE (LiftCoach, one_rep_max_formula, 0, lift_formulas, .fallback = "epley"),
};

LIFT_DEFINE_ENTITY (LiftCoach, lift_coach, "Coach", fields, NULL)
