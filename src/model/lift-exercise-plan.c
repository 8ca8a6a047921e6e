/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-exercise-plan.h"

static LiftField fields[] = {
  LIFT_UUID (LiftExercisePlan, athlete_id, LIFT_FIELD_ATHLETE | LIFT_FIELD_REQUIRED, "Athlete"),
  LIFT_UUID (
    LiftExercisePlan, training_plan_id, LIFT_FIELD_PARENT | LIFT_FIELD_REQUIRED, "TrainingPlan"),
  LIFT_UUID (LiftExercisePlan, exercise_id, LIFT_FIELD_REQUIRED, "Exercise"),
  LIFT_INTEGER (LiftExercisePlan, order_index, 0, 0, 9999, .fallback = "0"),
  LIFT_TEXT (LiftExercisePlan, notes, 0, 10000),
  LIFT_TEXT (LiftExercisePlan, group_key, 0, 64),
  LIFT_INTEGER (LiftExercisePlan, rest_seconds, 0, 0, 3600),
};

LIFT_DEFINE_ENTITY (LiftExercisePlan, lift_exercise_plan, "ExercisePlan", fields, NULL)
