/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_EXERCISE_SESSION (lift_exercise_session_get_type ())
LIFT_DECLARE_ENTITY (LiftExerciseSession, lift_exercise_session, EXERCISE_SESSION)

/**
 * LiftExerciseSession:
 *
 * An exercise in a workout that was done.
 */
struct _LiftExerciseSession
{
  LiftEntity parent_instance;

  char *athlete_id;
  char *training_session_id;
  char *exercise_plan_id;
  char *exercise_id;
  gint64 order_index;
  char *notes;
  char *exercise_name_snapshot;
  char *group_key;
  const char *status;
  char *skip_reason;
};

G_END_DECLS
