/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-session-start.h"

#include <glib/gi18n-lib.h>

#include "lift-day.h"
#include "lift-exercise-plan-variant.h"
#include "lift-exercise-plan.h"
#include "lift-exercise-session-variant.h"
#include "lift-exercise-session.h"
#include "lift-exercise.h"
#include "lift-set-plan.h"
#include "lift-set-session.h"

/* The parts of a plan, and the places of their answers. */
enum
{
  EXERCISE_PLANS,
  EXERCISES,
  SET_PLANS,
  PLAN_VARIANTS,
  OPEN_SESSIONS,
  N_QUERIES
};

typedef struct
{
  LiftUndo *undo;
  LiftClock *clock;
  char *athlete_id;
  LiftTrainingPlan *plan;
  LiftTrainingSession *session;
} Start;

static void
start_free (Start *start)
{
  g_object_unref (start->undo);
  g_object_unref (start->clock);
  g_free (start->athlete_id);
  g_clear_object (&start->plan);
  g_clear_object (&start->session);
  g_free (start);
}

static LiftTrainingSession *
new_session (Start *start)
{
  LiftTrainingSession *session = lift_entity_new (LIFT_TYPE_TRAINING_SESSION, start->clock);
  g_autofree char *today = lift_day_format (lift_day_today (start->clock));

  lift_entity_set (LIFT_ENTITY (session), "athlete-id", start->athlete_id, "session-date", today,
                   "status", "in_progress", "started-at", lift_clock_get_time (start->clock), NULL);
  if (start->plan != NULL)
    lift_entity_set (LIFT_ENTITY (session), "training-plan-id", LIFT_ENTITY (start->plan)->id,
                     "name", start->plan->name, NULL);
  else
    lift_entity_set (LIFT_ENTITY (session), "name", _ ("Unplanned Session"), NULL);
  return session;
}

static const char *
find_name (GPtrArray *exercises, const char *id)
{
  for (guint i = 0; i < exercises->len; i++)
    if (g_str_equal (((LiftEntity *) exercises->pdata[i])->id, id))
      return ((LiftExercise *) exercises->pdata[i])->name;
  return NULL;
}

static LiftExerciseSession *
add_exercise (Start *start, LiftBatch *batch, LiftExercisePlan *plan, GPtrArray *exercises)
{
  LiftExerciseSession *exercise = lift_entity_new (LIFT_TYPE_EXERCISE_SESSION, start->clock);

  lift_entity_set (LIFT_ENTITY (exercise), "athlete-id", start->athlete_id, "training-session-id",
                   LIFT_ENTITY (start->session)->id, "exercise-plan-id", LIFT_ENTITY (plan)->id,
                   "exercise-id", plan->exercise_id, "order-index", plan->order_index, "group-key",
                   plan->group_key, "exercise-name-snapshot",
                   find_name (exercises, plan->exercise_id), NULL);
  lift_batch_insert (batch, LIFT_ENTITY (exercise));
  return exercise;
}

/* The target is copied: history does not change when the coach edits the plan. */
static void
add_set (Start *start, LiftBatch *batch, LiftExerciseSession *exercise, LiftSetPlan *plan)
{
  g_autoptr (LiftSetSession) set = lift_entity_new (LIFT_TYPE_SET_SESSION, start->clock);

  lift_entity_set (LIFT_ENTITY (set), "athlete-id", start->athlete_id, "exercise-session-id",
                   LIFT_ENTITY (exercise)->id, "set-plan-id", LIFT_ENTITY (plan)->id, "set-number",
                   plan->set_number, "kind", plan->kind, "side", plan->side, "target-reps",
                   plan->target_reps, "target-reps-max", plan->target_reps_max, "target-weight",
                   plan->target_weight, "target-rpe", plan->target_rpe, NULL);
  lift_batch_insert (batch, LIFT_ENTITY (set));
}

static void
add_variant (Start *start,
             LiftBatch *batch,
             LiftExerciseSession *exercise,
             LiftExercisePlanVariant *planned)
{
  g_autoptr (LiftExerciseSessionVariant)
    variant = lift_entity_new (LIFT_TYPE_EXERCISE_SESSION_VARIANT, start->clock);

  lift_entity_set (LIFT_ENTITY (variant), "athlete-id", start->athlete_id, "exercise-session-id",
                   LIFT_ENTITY (exercise)->id, "variant-id", planned->variant_id, NULL);
  lift_batch_insert (batch, LIFT_ENTITY (variant));
}

static void
add_planned_exercise (Start *start, LiftBatch *batch, LiftExercisePlan *plan, GPtrArray **answers)
{
  g_autoptr (LiftExerciseSession) exercise = add_exercise (start, batch, plan, answers[EXERCISES]);
  const char *id = LIFT_ENTITY (plan)->id;

  for (guint i = 0; i < answers[SET_PLANS]->len; i++)
    {
      LiftSetPlan *set = g_ptr_array_index (answers[SET_PLANS], i);
      if (g_str_equal (set->exercise_plan_id, id))
        add_set (start, batch, exercise, set);
    }
  for (guint i = 0; i < answers[PLAN_VARIANTS]->len; i++)
    {
      LiftExercisePlanVariant *variant = g_ptr_array_index (answers[PLAN_VARIANTS], i);
      if (g_str_equal (variant->exercise_plan_id, id))
        add_variant (start, batch, exercise, variant);
    }
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Start *start = g_task_get_task_data (task);
  GError *error = NULL;

  if (lift_undo_commit_finish (LIFT_UNDO (source), result, &error))
    g_task_return_pointer (task, g_object_ref (start->session), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
commit (GTask *task, GPtrArray **answers)
{
  Start *start = g_task_get_task_data (task);
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Start Session"));

  start->session = new_session (start);
  lift_batch_insert (batch, LIFT_ENTITY (start->session));
  for (guint i = 0; answers != NULL && i < answers[EXERCISE_PLANS]->len; i++)
    add_planned_exercise (start, batch, answers[EXERCISE_PLANS]->pdata[i], answers);
  lift_undo_commit_async (start->undo, batch, g_task_get_cancellable (task), committed_cb,
                          g_object_ref (task));
}

/* Whoever starts what was started today in another window or on another computer goes on with it. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) answers = lift_store_query_finish (LIFT_STORE (source), result, &error);
  GPtrArray *open = answers != NULL ? g_ptr_array_index (answers, OPEN_SESSIONS) : NULL;

  if (answers == NULL)
    g_task_return_error (task, error);
  else if (open->len > 0)
    g_task_return_pointer (task, g_object_ref (open->pdata[0]), g_object_unref);
  else
    commit (task, (GPtrArray **) answers->pdata);
}

static LiftQuery *
query_open (Start *start)
{
  LiftQuery *query = lift_query_new (LIFT_TYPE_TRAINING_SESSION);
  g_autofree char *today = lift_day_format (lift_day_today (start->clock));

  lift_query_where (query, "athleteId", LIFT_QUERY_EQUAL, start->athlete_id);
  lift_query_where (query, "trainingPlanId", LIFT_QUERY_EQUAL, LIFT_ENTITY (start->plan)->id);
  lift_query_where (query, "status", LIFT_QUERY_EQUAL, "in_progress");
  lift_query_where (query, "sessionDate", LIFT_QUERY_EQUAL, today);
  lift_query_order_by (query, "startedAt", FALSE);
  return query;
}

static void
read_plan (GTask *task, LiftStore *store, const char *plan_id)
{
  LiftQuery *queries[N_QUERIES];

  queries[EXERCISE_PLANS] = lift_query_new (LIFT_TYPE_EXERCISE_PLAN);
  lift_query_where (queries[EXERCISE_PLANS], "trainingPlanId", LIFT_QUERY_EQUAL, plan_id);
  lift_query_order_by (queries[EXERCISE_PLANS], "orderIndex", FALSE);
  queries[EXERCISES] = lift_query_new (LIFT_TYPE_EXERCISE);
  lift_query_where_in (queries[EXERCISES], "id", queries[EXERCISE_PLANS], "exerciseId");
  queries[SET_PLANS] = lift_query_new (LIFT_TYPE_SET_PLAN);
  lift_query_where_in (queries[SET_PLANS], "exercisePlanId", queries[EXERCISE_PLANS], "id");
  lift_query_order_by (queries[SET_PLANS], "setNumber", FALSE);
  queries[PLAN_VARIANTS] = lift_query_new (LIFT_TYPE_EXERCISE_PLAN_VARIANT);
  lift_query_where_in (queries[PLAN_VARIANTS], "exercisePlanId", queries[EXERCISE_PLANS], "id");
  queries[OPEN_SESSIONS] = query_open (g_task_get_task_data (task));
  lift_store_query_async (store, queries, N_QUERIES, g_task_get_cancellable (task), read_cb,
                          g_object_ref (task));
  for (guint i = 0; i < N_QUERIES; i++)
    lift_query_unref (queries[i]);
}

/**
 * lift_session_start_async:
 * @undo: the journal that takes the start back
 * @athlete_id: who trains
 * @plan: (nullable): the plan that is followed; %NULL for an unplanned session
 *
 * Makes a session, in progress from now on, with everything that the plan asks for, in one write. If
 * the plan is under way today already, that session is what is started.
 */
void
lift_session_start_async (LiftStore *store,
                          LiftUndo *undo,
                          const char *athlete_id,
                          LiftTrainingPlan *plan,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Start *start = g_new0 (Start, 1);

  g_task_set_source_tag (task, lift_session_start_async);
  start->undo = g_object_ref (undo);
  start->clock = g_object_ref (lift_store_get_clock (store));
  start->athlete_id = g_strdup (athlete_id);
  g_set_object (&start->plan, plan);
  g_task_set_task_data (task, start, (GDestroyNotify) start_free);
  if (plan != NULL)
    read_plan (task, store, LIFT_ENTITY (plan)->id);
  else
    commit (task, NULL);
}

/**
 * lift_session_start_finish:
 *
 * Returns: (transfer full) (nullable): the session that was or had been started, or %NULL with an error
 */
LiftTrainingSession *
lift_session_start_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
