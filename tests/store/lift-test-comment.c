/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-test-comment.h"

static LiftField fields[] = {
  LIFT_UUID (LiftTestComment, athlete_id, LIFT_FIELD_ATHLETE | LIFT_FIELD_REQUIRED, "Athlete"),
  LIFT_UUID (
    LiftTestComment, training_plan_id, LIFT_FIELD_PARENT | LIFT_FIELD_REQUIRED, "TrainingPlan"),
  LIFT_TEXT (LiftTestComment, text, LIFT_FIELD_REQUIRED, 5000),
  LIFT_INTEGER (LiftTestComment, stars, 0, 0, 5),
};

LIFT_DEFINE_ENTITY (LiftTestComment, lift_test_comment, "Comment", fields, NULL)
