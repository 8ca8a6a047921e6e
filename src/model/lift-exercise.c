/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-exercise.h"

#include "lift-choices.h"

static LiftField fields[] = {
  LIFT_UUID (LiftExercise, coach_id, LIFT_FIELD_COACH, "Coach"),
  LIFT_UUID (LiftExercise, athlete_id, LIFT_FIELD_ATHLETE, "Athlete"),
  LIFT_TEXT (LiftExercise, name, LIFT_FIELD_REQUIRED, 255),
  LIFT_TEXT (LiftExercise, description, 0, 10000),
  LIFT_TEXT (LiftExercise, category, 0, 100),
  LIFT_LIST (LiftExercise, aliases, 0, NULL),
  LIFT_LIST (LiftExercise, primary_muscles, 0, lift_muscles),
  LIFT_LIST (LiftExercise, secondary_muscles, 0, lift_muscles),
  LIFT_CHOICE (LiftExercise, equipment, 0, lift_equipment),
  LIFT_CHOICE (LiftExercise, tracking, 0, lift_trackings, .fallback = "weight_reps"),
  LIFT_NUMBER (LiftExercise, body_weight_factor, 0, 0, 1),
  LIFT_BOOLEAN (LiftExercise, is_unilateral, 0),
  LIFT_INTEGER (LiftExercise, default_rest_seconds, 0, 0, 3600),
  LIFT_TEXT (LiftExercise, video_url, 0, 2000, .check = lift_check_https),
  LIFT_INSTANT (LiftExercise, archived_at, 0),
};

LIFT_DEFINE_ENTITY (LiftExercise, lift_exercise, "Exercise", fields, NULL)
