/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-training-session.h"

#include "lift-choices.h"

static LiftField fields[] = {
  LIFT_UUID (LiftTrainingSession, athlete_id, LIFT_FIELD_ATHLETE | LIFT_FIELD_REQUIRED, "Athlete"),
  LIFT_UUID (LiftTrainingSession, training_plan_id, 0, "TrainingPlan"),
  LIFT_DAY (LiftTrainingSession, session_date, LIFT_FIELD_REQUIRED),
  LIFT_TEXT (LiftTrainingSession, notes, 0, 10000),
  LIFT_TEXT (LiftTrainingSession, name, 0, 255),
  LIFT_INSTANT (LiftTrainingSession, started_at, 0),
  LIFT_INSTANT (LiftTrainingSession, ended_at, 0),
  LIFT_CHOICE (LiftTrainingSession, status, 0, lift_session_statuses, .fallback = "in_progress"),
  LIFT_NUMBER (LiftTrainingSession, body_weight, 0, 20, 500),
  LIFT_NUMBER (LiftTrainingSession, session_rpe, 0, 0, 10),
  LIFT_TEXT (LiftTrainingSession, source, 0, 100),
  LIFT_TEXT (LiftTrainingSession, source_key, 0, 255),
};

LIFT_DEFINE_ENTITY (LiftTrainingSession, lift_training_session, "TrainingSession", fields, NULL)
