/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-athlete.h"

#include "lift-choices.h"

static LiftField fields[] = {
  LIFT_UUID (LiftAthlete, user_id, 0, "User"),
  LIFT_UUID (LiftAthlete, coach_id, 0, "Coach"),
  LIFT_TEXT (LiftAthlete, display_name, LIFT_FIELD_REQUIRED, 100),
  LIFT_CHOICE (LiftAthlete, sex, 0, lift_sexes),
  LIFT_DAY (LiftAthlete, birth_date, 0),
  LIFT_NUMBER (LiftAthlete, height_cm, 0, 50, 280),
  LIFT_CHOICE (LiftAthlete, unit, 0, lift_units),
  LIFT_NUMBER (LiftAthlete, bar_weight, 0, 0, 60, .fallback = "20"),
  LIFT_JSON_VALUE (LiftAthlete, plates, 0, .check = lift_check_plates),
  LIFT_NUMBER (LiftAthlete, rounding, 0, 0.25, 20, .fallback = "2.5"),
  LIFT_CHOICE (LiftAthlete, status, 0, lift_athlete_statuses, .fallback = "active"),
  LIFT_NUMBER (LiftAthlete, body_weight_goal, 0, 20, 500),
  LIFT_TEXT (LiftAthlete, coach_note, LIFT_FIELD_COACH_ONLY, 10000),
};

LIFT_DEFINE_ENTITY (LiftAthlete, lift_athlete, "Athlete", fields, NULL)
