/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-workout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-exercise-session-variant.h"
#include "lift-rows.h"
#include "lift-variant.h"

/* The queries of a workout, and the places of their answers. */
enum
{
  SESSION,
  PLAN,
  WEIGHT,
  EXERCISE_SESSIONS,
  EXERCISES,
  EXERCISE_PLANS,
  SETS,
  SET_PLANS,
  EXERCISE_VARIANTS,
  VARIANTS,
  PAST_EXERCISES,
  PAST_SESSIONS,
  PAST_SETS,
  PAST_VARIANTS,
  N_QUERIES
};

/* How many earlier times of the exercises are looked through for the last one alike. */
#define PAST_LIMIT 400

static void
workout_set_free (LiftWorkoutSet *self)
{
  g_object_unref (self->set);
  g_clear_object (&self->plan);
  g_clear_object (&self->last);
  g_free (self);
}

static void
workout_exercise_free (LiftWorkoutExercise *self)
{
  g_object_unref (self->session);
  g_clear_object (&self->exercise);
  g_clear_object (&self->plan);
  g_free (self->variants);
  g_ptr_array_unref (self->joins);
  g_ptr_array_unref (self->sets);
  g_free (self);
}

/**
 * lift_workout_free:
 *
 * Frees a workout.
 */
void
lift_workout_free (LiftWorkout *self)
{
  g_object_unref (self->session);
  g_clear_object (&self->plan);
  g_clear_object (&self->weight);
  g_ptr_array_unref (self->exercises);
  g_free (self);
}

static LiftQuery *
query_in (GType gtype, const char *key, LiftQuery *other, const char *other_key)
{
  LiftQuery *query = lift_query_new (gtype);

  lift_query_where_in (query, key, other, other_key);
  return query;
}

static void
add_own_queries (LiftQuery **queries, const char *session_id)
{
  queries[SESSION] = lift_query_new (LIFT_TYPE_TRAINING_SESSION);
  lift_query_where (queries[SESSION], "id", LIFT_QUERY_EQUAL, session_id);
  queries[PLAN] = query_in (LIFT_TYPE_TRAINING_PLAN, "id", queries[SESSION], "trainingPlanId");
  queries[WEIGHT] = query_in (LIFT_TYPE_BODY_WEIGHT_ENTRY, "measurementDate", queries[SESSION],
                              "sessionDate");
  lift_query_where_in (queries[WEIGHT], "athleteId", queries[SESSION], "athleteId");
  queries[EXERCISE_SESSIONS] = lift_query_new (LIFT_TYPE_EXERCISE_SESSION);
  lift_query_where (queries[EXERCISE_SESSIONS], "trainingSessionId", LIFT_QUERY_EQUAL, session_id);
  lift_query_order_by (queries[EXERCISE_SESSIONS], "orderIndex", FALSE);
}

static void
add_part_queries (LiftQuery **queries)
{
  LiftQuery *exercises = queries[EXERCISE_SESSIONS];

  queries[EXERCISES] = query_in (LIFT_TYPE_EXERCISE, "id", exercises, "exerciseId");
  queries[EXERCISE_PLANS] = query_in (LIFT_TYPE_EXERCISE_PLAN, "id", exercises, "exercisePlanId");
  queries[SETS] = query_in (LIFT_TYPE_SET_SESSION, "exerciseSessionId", exercises, "id");
  lift_query_order_by (queries[SETS], "setNumber", FALSE);
  queries[SET_PLANS] = query_in (LIFT_TYPE_SET_PLAN, "id", queries[SETS], "setPlanId");
  queries[EXERCISE_VARIANTS] = query_in (LIFT_TYPE_EXERCISE_SESSION_VARIANT, "exerciseSessionId",
                                         exercises, "id");
  queries[VARIANTS] = query_in (LIFT_TYPE_VARIANT, "id", queries[EXERCISE_VARIANTS], "variantId");
  lift_query_order_by (queries[VARIANTS], "name", FALSE);
}

static void
add_past_queries (LiftQuery **queries, const char *session_id)
{
  LiftQuery *past = query_in (LIFT_TYPE_EXERCISE_SESSION, "exerciseId", queries[EXERCISE_SESSIONS],
                              "exerciseId");

  lift_query_where (past, "trainingSessionId", LIFT_QUERY_NOT_EQUAL, session_id);
  lift_query_order_by (past, "createdAt", TRUE);
  lift_query_limit (past, PAST_LIMIT, 0);
  queries[PAST_EXERCISES] = past;
  queries[PAST_SESSIONS] = query_in (LIFT_TYPE_TRAINING_SESSION, "id", past, "trainingSessionId");
  queries[PAST_SETS] = query_in (LIFT_TYPE_SET_SESSION, "exerciseSessionId", past, "id");
  lift_query_where (queries[PAST_SETS], "completedAt", LIFT_QUERY_NOT_NULL, NULL);
  lift_query_order_by (queries[PAST_SETS], "setNumber", FALSE);
  queries[PAST_VARIANTS] = query_in (LIFT_TYPE_EXERCISE_SESSION_VARIANT, "exerciseSessionId", past,
                                     "id");
}

/**
 * lift_workout_load_async:
 * @session_id: id of a training session
 *
 * Reads a session and all that is in it, off the main thread.
 */
void
lift_workout_load_async (LiftStore *store,
                         const char *session_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  LiftQuery *queries[N_QUERIES] = { NULL };

  add_own_queries (queries, session_id);
  add_part_queries (queries);
  add_past_queries (queries, session_id);
  lift_store_query_async (store, queries, N_QUERIES, cancellable, callback, user_data);
  for (guint i = 0; i < N_QUERIES; i++)
    lift_query_unref (queries[i]);
}

static gpointer
first (GPtrArray *rows)
{
  return rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
}

static gpointer
find_ref (GPtrArray *rows, const char *id)
{
  gpointer row = lift_rows_find (rows, id);

  return row != NULL ? g_object_ref (row) : NULL;
}

static gboolean
is_attached (GPtrArray *joins, const char *exercise_session_id, const char *variant_id)
{
  for (guint i = 0; i < joins->len; i++)
    {
      LiftExerciseSessionVariant *join = g_ptr_array_index (joins, i);
      if (g_str_equal (join->exercise_session_id, exercise_session_id) &&
          g_str_equal (join->variant_id, variant_id))
        return TRUE;
    }
  return FALSE;
}

static char *
describe_variants (GPtrArray **answers, const char *exercise_session_id)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < answers[VARIANTS]->len; i++)
    {
      LiftVariant *variant = g_ptr_array_index (answers[VARIANTS], i);
      if (is_attached (answers[EXERCISE_VARIANTS], exercise_session_id, LIFT_ENTITY (variant)->id))
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", variant->name);
    }
  return g_string_free (out, FALSE);
}

static GPtrArray *
take_joins (GPtrArray *joins, const char *exercise_session_id)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < joins->len; i++)
    {
      LiftExerciseSessionVariant *join = g_ptr_array_index (joins, i);
      if (g_str_equal (join->exercise_session_id, exercise_session_id))
        g_ptr_array_add (taken, g_object_ref (join));
    }
  return taken;
}

static guint
count_variants (GPtrArray *joins, const char *exercise_session_id)
{
  guint n = 0;

  for (guint i = 0; i < joins->len; i++)
    if (g_str_equal (
          ((LiftExerciseSessionVariant *) g_ptr_array_index (joins, i))->exercise_session_id,
          exercise_session_id))
      n++;
  return n;
}

static gboolean
has_same_variants (GPtrArray **answers, const char *id, const char *past_id)
{
  GPtrArray *joins = answers[EXERCISE_VARIANTS];

  if (count_variants (joins, id) != count_variants (answers[PAST_VARIANTS], past_id))
    return FALSE;
  for (guint i = 0; i < joins->len; i++)
    {
      LiftExerciseSessionVariant *join = g_ptr_array_index (joins, i);
      if (g_str_equal (join->exercise_session_id, id) &&
          !is_attached (answers[PAST_VARIANTS], past_id, join->variant_id))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_sets (GPtrArray *sets, const char *exercise_session_id)
{
  for (guint i = 0; i < sets->len; i++)
    if (g_str_equal (((LiftSetSession *) g_ptr_array_index (sets, i))->exercise_session_id,
                     exercise_session_id))
      return TRUE;
  return FALSE;
}

/* The latest day before, or on, that of the session, on which the same was done in the same way. */
static LiftExerciseSession *
find_last (GPtrArray **answers, LiftTrainingSession *session, LiftExerciseSession *exercise)
{
  LiftExerciseSession *best = NULL;
  const char *best_day = "";

  for (guint i = 0; i < answers[PAST_EXERCISES]->len; i++)
    {
      LiftExerciseSession *past = g_ptr_array_index (answers[PAST_EXERCISES], i);
      LiftTrainingSession *when = lift_rows_find (answers[PAST_SESSIONS],
                                                  past->training_session_id);

      if (when == NULL || !g_str_equal (past->exercise_id, exercise->exercise_id) ||
          strcmp (when->session_date, session->session_date) > 0 ||
          strcmp (when->session_date, best_day) <= 0)
        continue;
      if (!has_same_variants (answers, LIFT_ENTITY (exercise)->id, LIFT_ENTITY (past)->id) ||
          !has_sets (answers[PAST_SETS], LIFT_ENTITY (past)->id))
        continue;
      best = past;
      best_day = when->session_date;
    }
  return best;
}

static LiftSetSession *
find_last_set (GPtrArray *sets, LiftExerciseSession *past, LiftSetSession *like)
{
  for (guint i = 0; past != NULL && i < sets->len; i++)
    {
      LiftSetSession *set = g_ptr_array_index (sets, i);
      if (g_str_equal (set->exercise_session_id, LIFT_ENTITY (past)->id) &&
          set->set_number == like->set_number && g_strcmp0 (set->kind, like->kind) == 0)
        return set;
    }
  return NULL;
}

static void
take_sets (LiftWorkoutExercise *self, GPtrArray **answers, LiftExerciseSession *past)
{
  int n_working = 0;

  for (guint i = 0; i < answers[SETS]->len; i++)
    {
      LiftSetSession *set = g_ptr_array_index (answers[SETS], i);
      LiftWorkoutSet *item;

      if (!g_str_equal (set->exercise_session_id, LIFT_ENTITY (self->session)->id))
        continue;
      item = g_new0 (LiftWorkoutSet, 1);
      item->set = g_object_ref (set);
      item->plan = find_ref (answers[SET_PLANS], set->set_plan_id);
      item->ordinal = g_strcmp0 (set->kind, "warmup") == 0 ? 0 : ++n_working;
      g_set_object (&item->last, find_last_set (answers[PAST_SETS], past, set));
      g_ptr_array_add (self->sets, item);
    }
}

static LiftWorkoutExercise *
take_exercise (GPtrArray **answers, LiftTrainingSession *session, LiftExerciseSession *exercise)
{
  LiftWorkoutExercise *self = g_new0 (LiftWorkoutExercise, 1);

  self->session = g_object_ref (exercise);
  self->exercise = find_ref (answers[EXERCISES], exercise->exercise_id);
  self->plan = find_ref (answers[EXERCISE_PLANS], exercise->exercise_plan_id);
  self->variants = describe_variants (answers, LIFT_ENTITY (exercise)->id);
  self->joins = take_joins (answers[EXERCISE_VARIANTS], LIFT_ENTITY (exercise)->id);
  self->sets = g_ptr_array_new_with_free_func ((GDestroyNotify) workout_set_free);
  self->measure = lift_measure_for_exercise (self->exercise);
  take_sets (self, answers, find_last (answers, session, exercise));
  return self;
}

/**
 * lift_workout_load_finish:
 *
 * Returns: (transfer full) (nullable): the workout, or %NULL with an error; %G_IO_ERROR_NOT_FOUND
 *   where the session is no longer there
 */
LiftWorkout *
lift_workout_load_finish (LiftStore *store, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) arrays = lift_store_query_finish (store, result, error);
  GPtrArray **answers;
  LiftWorkout *self;

  if (arrays == NULL)
    return NULL;
  answers = (GPtrArray **) arrays->pdata;
  if (answers[SESSION]->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("The session was deleted"));
      return NULL;
    }
  self = g_new0 (LiftWorkout, 1);
  self->session = g_object_ref (first (answers[SESSION]));
  g_set_object (&self->plan, first (answers[PLAN]));
  g_set_object (&self->weight, first (answers[WEIGHT]));
  self->exercises = g_ptr_array_new_with_free_func ((GDestroyNotify) workout_exercise_free);
  for (guint i = 0; i < answers[EXERCISE_SESSIONS]->len; i++)
    g_ptr_array_add (self->exercises,
                     take_exercise (answers, self->session, answers[EXERCISE_SESSIONS]->pdata[i]));
  return self;
}

/**
 * lift_workout_is_touched_by:
 *
 * Returns: whether a workout may look different after these changes
 */
gboolean
lift_workout_is_touched_by (LiftChanges *changes)
{
  const GType types[] = {
    LIFT_TYPE_TRAINING_SESSION,         LIFT_TYPE_EXERCISE_SESSION, LIFT_TYPE_SET_SESSION,
    LIFT_TYPE_EXERCISE_SESSION_VARIANT, LIFT_TYPE_EXERCISE_PLAN,    LIFT_TYPE_BODY_WEIGHT_ENTRY,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (lift_changes_has_type (changes, lift_entity_info_for_gtype (types[i])))
      return TRUE;
  return FALSE;
}

/**
 * lift_workout_exercise_get_name:
 *
 * Returns: what the exercise was called when the session began
 */
const char *
lift_workout_exercise_get_name (LiftWorkoutExercise *self)
{
  if (self->session->exercise_name_snapshot != NULL)
    return self->session->exercise_name_snapshot;
  return self->exercise != NULL ? self->exercise->name : "";
}
