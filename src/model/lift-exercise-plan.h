/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_EXERCISE_PLAN (lift_exercise_plan_get_type ())
LIFT_DECLARE_ENTITY (LiftExercisePlan, lift_exercise_plan, EXERCISE_PLAN)

/**
 * LiftExercisePlan:
 *
 * An exercise in a planned workout.
 */
struct _LiftExercisePlan
{
  LiftEntity parent_instance;

  char *athlete_id;
  char *training_plan_id;
  char *exercise_id;
  gint64 order_index;
  char *notes;
  char *group_key;
  gint64 rest_seconds;
};

G_END_DECLS
