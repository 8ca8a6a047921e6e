/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_EXERCISE_SESSION_VARIANT (lift_exercise_session_variant_get_type ())
LIFT_DECLARE_ENTITY (LiftExerciseSessionVariant,
                     lift_exercise_session_variant,
                     EXERCISE_SESSION_VARIANT)

/**
 * LiftExerciseSessionVariant:
 *
 * A variant of an exercise that was done.
 */
struct _LiftExerciseSessionVariant
{
  LiftEntity parent_instance;

  char *athlete_id;
  char *exercise_session_id;
  char *variant_id;
};

G_END_DECLS
