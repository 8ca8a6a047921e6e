/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-body-weight-entry.h"
#include "lift-set-plan.h"
#include "lift-set-values.h"
#include "lift-store.h"
#include "lift-training-plan.h"
#include "lift-training-session.h"

#include "lift-exercise-plan.h"
#include "lift-exercise-session.h"

G_BEGIN_DECLS

/**
 * LiftWorkoutSet:
 * @set: what is, or will be, done
 * @plan: (nullable): the planned set, if it is still there
 * @last: (nullable): the same set of last time
 * @ordinal: which working set of the exercise it is, from 1; 0 for a warm-up
 */
typedef struct
{
  LiftSetSession *set;
  LiftSetPlan *plan;
  LiftSetSession *last;
  int ordinal;
} LiftWorkoutSet;

/**
 * LiftWorkoutExercise:
 * @exercise: (nullable): if it is still there
 * @plan: (nullable): the planned exercise, with the coach's cue
 * @variants: the variants in words, "pause, close grip"; empty for none
 * @joins: (element-type LiftExerciseSessionVariant): which variants these are
 * @sets: (element-type LiftWorkoutSet): by number
 */
typedef struct
{
  LiftExerciseSession *session;
  LiftExercise *exercise;
  LiftExercisePlan *plan;
  char *variants;
  GPtrArray *joins;
  GPtrArray *sets;
  LiftMeasure measure;
} LiftWorkoutExercise;

/**
 * LiftWorkout:
 * @plan: (nullable): the plan that it follows
 * @weight: (nullable): the body weight of that day
 * @exercises: (element-type LiftWorkoutExercise): in order
 *
 * A session with all that is in it, as it was at one moment. Boxed, main thread.
 */
typedef struct
{
  LiftTrainingSession *session;
  LiftTrainingPlan *plan;
  LiftBodyWeightEntry *weight;
  GPtrArray *exercises;
} LiftWorkout;

void lift_workout_free (LiftWorkout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftWorkout, lift_workout_free)

void lift_workout_load_async (LiftStore *store,
                              const char *session_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
LiftWorkout *lift_workout_load_finish (LiftStore *store, GAsyncResult *result, GError **error);
gboolean lift_workout_is_touched_by (LiftChanges *changes);
const char *lift_workout_exercise_get_name (LiftWorkoutExercise *self);

G_END_DECLS
