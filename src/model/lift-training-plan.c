/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-training-plan.h"

#include "lift-choices.h"

static LiftField fields[] = {
  LIFT_UUID (LiftTrainingPlan, athlete_id, LIFT_FIELD_ATHLETE | LIFT_FIELD_REQUIRED, "Athlete"),
  LIFT_TEXT (LiftTrainingPlan, name, LIFT_FIELD_REQUIRED, 255),
  LIFT_DAY (LiftTrainingPlan, date, LIFT_FIELD_REQUIRED),
  LIFT_BOOLEAN (LiftTrainingPlan, is_locked, 0),
  LIFT_CHOICE (LiftTrainingPlan, status, 0, lift_plan_statuses, .fallback = "published"),
  LIFT_INTEGER (LiftTrainingPlan, order_in_day, 0, 0, 99),
  LIFT_CHOICE (LiftTrainingPlan, kind, 0, lift_plan_kinds),
  LIFT_TEXT (LiftTrainingPlan, notes, 0, 10000),
};

LIFT_DEFINE_ENTITY (LiftTrainingPlan, lift_training_plan, "TrainingPlan", fields, NULL)
