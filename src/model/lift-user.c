/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-user.h"

#include "lift-choices.h"

static LiftField fields[] = {
  LIFT_TEXT (LiftUser, email, LIFT_FIELD_REQUIRED, 255),
  LIFT_TEXT (LiftUser, name, LIFT_FIELD_REQUIRED, 255),
  LIFT_CHOICE (LiftUser, role, LIFT_FIELD_REQUIRED, lift_user_roles),
  LIFT_UUID (LiftUser, coach_id, LIFT_FIELD_COACH, "Coach"),
  LIFT_TEXT (LiftUser, locale, 0, 35),
  LIFT_TEXT (LiftUser, time_zone, 0, 64, .check = lift_check_time_zone),
  LIFT_CHOICE (LiftUser, unit, 0, lift_units),
  LIFT_INTEGER (LiftUser, first_day_of_week, 0, 1, 7),
};

LIFT_DEFINE_ENTITY (LiftUser, lift_user, "User", fields, NULL)
