/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-agenda.h"

#include "lift-day.h"
#include "lift-exercise-plan.h"
#include "lift-exercise.h"
#include "lift-set-plan.h"

#define UPCOMING_DAYS 14

enum
{
  PLANS,
  EXERCISE_PLANS,
  EXERCISES,
  SET_PLANS,
  SESSIONS,
  OPEN,
  N_QUERIES
};

static void
item_free (LiftAgendaItem *item)
{
  g_object_unref (item->plan);
  g_clear_object (&item->session);
  g_free (item->summary);
  g_free (item);
}

/**
 * lift_agenda_free:
 *
 * Frees an agenda.
 */
void
lift_agenda_free (LiftAgenda *self)
{
  g_ptr_array_unref (self->today);
  g_ptr_array_unref (self->upcoming);
  g_clear_object (&self->open);
  g_free (self);
}

static LiftQuery *
query_plans (LiftStore *store, const char *athlete_id)
{
  LiftQuery *query = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  LiftDay today = lift_day_today (lift_store_get_clock (store));
  g_autofree char *first = lift_day_format (today);
  g_autofree char *last = lift_day_format (today + UPCOMING_DAYS);

  lift_query_where (query, "athleteId", LIFT_QUERY_EQUAL, athlete_id);
  lift_query_where (query, "date", LIFT_QUERY_AT_LEAST, first);
  lift_query_where (query, "date", LIFT_QUERY_AT_MOST, last);
  lift_query_order_by (query, "date", FALSE);
  lift_query_order_by (query, "orderInDay", FALSE);
  return query;
}

static LiftQuery *
query_in (GType gtype, const char *key, LiftQuery *other, const char *other_key)
{
  LiftQuery *query = lift_query_new (gtype);

  lift_query_where_in (query, key, other, other_key);
  return query;
}

static LiftQuery *
query_open (const char *athlete_id)
{
  LiftQuery *query = lift_query_new (LIFT_TYPE_TRAINING_SESSION);

  lift_query_where (query, "athleteId", LIFT_QUERY_EQUAL, athlete_id);
  lift_query_where (query, "status", LIFT_QUERY_EQUAL, "in_progress");
  lift_query_order_by (query, "startedAt", TRUE);
  lift_query_limit (query, 1, 0);
  return query;
}

/**
 * lift_agenda_load_async:
 * @athlete_id: who trains
 *
 * Reads what is planned for today and the next days, off the main thread.
 */
void
lift_agenda_load_async (LiftStore *store,
                        const char *athlete_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  LiftQuery *queries[N_QUERIES];

  queries[PLANS] = query_plans (store, athlete_id);
  queries[EXERCISE_PLANS] = query_in (LIFT_TYPE_EXERCISE_PLAN, "trainingPlanId", queries[PLANS],
                                      "id");
  lift_query_order_by (queries[EXERCISE_PLANS], "orderIndex", FALSE);
  queries[EXERCISES] = query_in (LIFT_TYPE_EXERCISE, "id", queries[EXERCISE_PLANS], "exerciseId");
  queries[SET_PLANS] = query_in (LIFT_TYPE_SET_PLAN, "exercisePlanId", queries[EXERCISE_PLANS],
                                 "id");
  queries[SESSIONS] = query_in (LIFT_TYPE_TRAINING_SESSION, "trainingPlanId", queries[PLANS], "id");
  queries[OPEN] = query_open (athlete_id);
  lift_store_query_async (store, queries, N_QUERIES, cancellable, callback, user_data);
  for (guint i = 0; i < N_QUERIES; i++)
    lift_query_unref (queries[i]);
}

static const char *
find_name (GPtrArray *exercises, const char *id)
{
  for (guint i = 0; i < exercises->len; i++)
    if (g_str_equal (((LiftEntity *) exercises->pdata[i])->id, id))
      return ((LiftExercise *) exercises->pdata[i])->name;
  return NULL;
}

static guint
count_sets (GPtrArray *sets, const char *exercise_plan_id)
{
  guint n = 0;

  for (guint i = 0; i < sets->len; i++)
    if (g_str_equal (((LiftSetPlan *) sets->pdata[i])->exercise_plan_id, exercise_plan_id))
      n++;
  return n;
}

static void
summarize (LiftAgendaItem *item, GPtrArray **answers)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < answers[EXERCISE_PLANS]->len; i++)
    {
      LiftExercisePlan *exercise = g_ptr_array_index (answers[EXERCISE_PLANS], i);
      const char *name;

      if (!g_str_equal (exercise->training_plan_id, LIFT_ENTITY (item->plan)->id))
        continue;
      name = find_name (answers[EXERCISES], exercise->exercise_id);
      if (name != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", name);
      item->n_sets += count_sets (answers[SET_PLANS], LIFT_ENTITY (exercise)->id);
    }
  item->summary = g_string_free (out, FALSE);
}

static LiftTrainingSession *
find_session (GPtrArray *sessions, const char *plan_id)
{
  for (guint i = 0; i < sessions->len; i++)
    if (g_strcmp0 (((LiftTrainingSession *) sessions->pdata[i])->training_plan_id, plan_id) == 0)
      return sessions->pdata[i];
  return NULL;
}

static LiftAgendaItem *
item_new (LiftTrainingPlan *plan, GPtrArray **answers)
{
  LiftAgendaItem *item = g_new0 (LiftAgendaItem, 1);

  item->plan = g_object_ref (plan);
  g_set_object (&item->session, find_session (answers[SESSIONS], LIFT_ENTITY (plan)->id));
  summarize (item, answers);
  return item;
}

/* A server that knows no status sends published plans only. */
static gboolean
is_published (LiftTrainingPlan *plan)
{
  return plan->status == NULL || g_str_equal (plan->status, "published");
}

/**
 * lift_agenda_load_finish:
 *
 * Returns: (transfer full) (nullable): the agenda, or %NULL with an error
 */
LiftAgenda *
lift_agenda_load_finish (LiftStore *store, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) arrays = lift_store_query_finish (store, result, error);
  g_autofree char *today = lift_day_format (lift_day_today (lift_store_get_clock (store)));
  GPtrArray **answers;
  LiftAgenda *self;

  if (arrays == NULL)
    return NULL;
  answers = (GPtrArray **) arrays->pdata;
  self = g_new0 (LiftAgenda, 1);
  self->today = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  self->upcoming = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  for (guint i = 0; i < answers[PLANS]->len; i++)
    {
      LiftTrainingPlan *plan = g_ptr_array_index (answers[PLANS], i);
      if (is_published (plan))
        g_ptr_array_add (g_str_equal (plan->date, today) ? self->today : self->upcoming,
                         item_new (plan, answers));
    }
  if (answers[OPEN]->len > 0)
    self->open = g_object_ref (answers[OPEN]->pdata[0]);
  return self;
}

/**
 * lift_agenda_is_touched_by:
 *
 * Returns: whether an agenda may look different after these changes
 */
gboolean
lift_agenda_is_touched_by (LiftChanges *changes)
{
  const GType types[] = { LIFT_TYPE_TRAINING_PLAN, LIFT_TYPE_EXERCISE_PLAN, LIFT_TYPE_SET_PLAN,
                          LIFT_TYPE_EXERCISE, LIFT_TYPE_TRAINING_SESSION };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (lift_changes_has_type (changes, lift_entity_info_for_gtype (types[i])))
      return TRUE;
  return FALSE;
}
