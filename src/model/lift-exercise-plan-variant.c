/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-exercise-plan-variant.h"

static LiftField fields[] = {
  LIFT_UUID (
    LiftExercisePlanVariant, athlete_id, LIFT_FIELD_ATHLETE | LIFT_FIELD_REQUIRED, "Athlete"),
  LIFT_UUID (LiftExercisePlanVariant,
             exercise_plan_id,
             LIFT_FIELD_PARENT | LIFT_FIELD_REQUIRED,
             "ExercisePlan"),
  LIFT_UUID (LiftExercisePlanVariant, variant_id, LIFT_FIELD_REQUIRED, "Variant"),
};

LIFT_DEFINE_ENTITY (
  LiftExercisePlanVariant, lift_exercise_plan_variant, "ExercisePlanVariant", fields, NULL)
