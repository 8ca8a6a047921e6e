/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-exercise-session-variant.h"

static LiftField fields[] = {
  LIFT_UUID (
    LiftExerciseSessionVariant, athlete_id, LIFT_FIELD_ATHLETE | LIFT_FIELD_REQUIRED, "Athlete"),
  LIFT_UUID (LiftExerciseSessionVariant,
             exercise_session_id,
             LIFT_FIELD_PARENT | LIFT_FIELD_REQUIRED,
             "ExerciseSession"),
  LIFT_UUID (LiftExerciseSessionVariant, variant_id, LIFT_FIELD_REQUIRED, "Variant"),
};

LIFT_DEFINE_ENTITY (
  LiftExerciseSessionVariant, lift_exercise_session_variant, "ExerciseSessionVariant", fields, NULL)
