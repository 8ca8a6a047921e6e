/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_EXERCISE_PLAN_VARIANT (lift_exercise_plan_variant_get_type ())
LIFT_DECLARE_ENTITY (LiftExercisePlanVariant, lift_exercise_plan_variant, EXERCISE_PLAN_VARIANT)

/**
 * LiftExercisePlanVariant:
 *
 * A variant of a planned exercise.
 */
struct _LiftExercisePlanVariant
{
  LiftEntity parent_instance;

  char *athlete_id;
  char *exercise_plan_id;
  char *variant_id;
};

G_END_DECLS
