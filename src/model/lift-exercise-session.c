/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-exercise-session.h"

#include "lift-choices.h"

static LiftField fields[] = {
  LIFT_UUID (LiftExerciseSession, athlete_id, LIFT_FIELD_ATHLETE | LIFT_FIELD_REQUIRED, "Athlete"),
  LIFT_UUID (LiftExerciseSession,
             training_session_id,
             LIFT_FIELD_PARENT | LIFT_FIELD_REQUIRED,
             "TrainingSession"),
  LIFT_UUID (LiftExerciseSession, exercise_plan_id, 0, "ExercisePlan"),
  LIFT_UUID (LiftExerciseSession, exercise_id, LIFT_FIELD_REQUIRED, "Exercise"),
  LIFT_INTEGER (LiftExerciseSession, order_index, 0, 0, 9999, .fallback = "0"),
  LIFT_TEXT (LiftExerciseSession, notes, 0, 10000),
  LIFT_TEXT (LiftExerciseSession, exercise_name_snapshot, 0, 255),
  LIFT_TEXT (LiftExerciseSession, group_key, 0, 64),
  LIFT_CHOICE (LiftExerciseSession, status, 0, lift_exercise_session_statuses),
  LIFT_TEXT (LiftExerciseSession, skip_reason, 0, 255),
};

LIFT_DEFINE_ENTITY (LiftExerciseSession, lift_exercise_session, "ExerciseSession", fields, NULL)
