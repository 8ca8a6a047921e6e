/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-week-private.h"

#include <glib/gi18n-lib.h>

#include "lift-entities.h"
#include "lift-watch.h"

struct _LiftWeek
{
  GObject parent_instance;

  LiftDesk *desk;
  LiftWatch *watch;
  char *athlete_id;
  LiftDay start;
  gboolean loaded;
  GPtrArray *items; /* LiftWeekItem */
};

static guint loaded_signal;

G_DEFINE_FINAL_TYPE (LiftWeek, lift_week, G_TYPE_OBJECT)

static LiftQuery *
query_days (LiftWeek *self, GType gtype, const char *key)
{
  LiftQuery *query = lift_query_new (gtype);
  g_autofree char *first = lift_day_format (self->start);
  g_autofree char *last = lift_day_format (self->start + 6);

  lift_query_where (query, "athleteId", LIFT_QUERY_EQUAL, self->athlete_id);
  lift_query_where (query, key, LIFT_QUERY_AT_LEAST, first);
  lift_query_where (query, key, LIFT_QUERY_AT_MOST, last);
  lift_query_order_by (query, key, FALSE);
  return query;
}

static LiftQuery *
query_below (GType gtype, const char *key, LiftQuery *parents, const char *order)
{
  LiftQuery *query = lift_query_new (gtype);

  lift_query_where_in (query, key, parents, "id");
  lift_query_order_by (query, order, FALSE);
  lift_query_order_by (query, "id", FALSE);
  return query;
}

static LiftQuery *
add_done (GPtrArray *queries, LiftQuery *sessions)
{
  LiftQuery *lines = query_below (LIFT_TYPE_EXERCISE_SESSION, "trainingSessionId", sessions,
                                  "orderIndex");

  g_ptr_array_add (queries, sessions);
  g_ptr_array_add (queries, lines);
  g_ptr_array_add (queries,
                   query_below (LIFT_TYPE_SET_SESSION, "exerciseSessionId", lines, "setNumber"));
  return lines;
}

static void
add_variants (GPtrArray *queries, LiftQuery *lines, LiftQuery *done_lines)
{
  LiftQuery *variants = lift_query_new (LIFT_TYPE_VARIANT);

  lift_query_order_by (variants, "name", FALSE);
  g_ptr_array_add (queries,
                   query_below (LIFT_TYPE_EXERCISE_PLAN_VARIANT, "exercisePlanId", lines, "id"));
  g_ptr_array_add (queries, query_below (LIFT_TYPE_EXERCISE_SESSION_VARIANT, "exerciseSessionId",
                                         done_lines, "id"));
  g_ptr_array_add (queries, variants);
}

/* A plan may have been done on a day of another week: its sessions are asked for by the plan. */
static GPtrArray *
ask (gpointer owner)
{
  LiftWeek *self = owner;
  GPtrArray *queries;
  LiftQuery *plans, *lines, *done_lines;

  if (self->athlete_id == NULL)
    return NULL;
  queries = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_query_unref);
  plans = query_days (self, LIFT_TYPE_TRAINING_PLAN, "date");
  lift_query_order_by (plans, "orderInDay", FALSE);
  lift_query_order_by (plans, "id", FALSE);
  lines = query_below (LIFT_TYPE_EXERCISE_PLAN, "trainingPlanId", plans, "orderIndex");
  g_ptr_array_add (queries, plans);
  g_ptr_array_add (queries, lines);
  g_ptr_array_add (queries, query_below (LIFT_TYPE_SET_PLAN, "exercisePlanId", lines, "setNumber"));
  add_done (queries,
            query_below (LIFT_TYPE_TRAINING_SESSION, "trainingPlanId", plans, "sessionDate"));
  done_lines = add_done (queries, query_days (self, LIFT_TYPE_TRAINING_SESSION, "sessionDate"));
  g_ptr_array_add (queries, lift_query_new (LIFT_TYPE_EXERCISE));
  add_variants (queries, lines, done_lines);
  return queries;
}

static void
take (gpointer owner, GPtrArray *answers)
{
  LiftWeek *self = owner;
  GPtrArray *plans = answers->pdata[WEEK_PLANS];
  GPtrArray *sessions = answers->pdata[WEEK_SESSIONS];

  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < plans->len; i++)
    g_ptr_array_add (self->items, lift_week_item_new_plan (plans->pdata[i], answers, self->desk));
  for (guint i = 0; i < sessions->len; i++)
    if (((LiftTrainingSession *) sessions->pdata[i])->training_plan_id == NULL)
      g_ptr_array_add (self->items,
                       lift_week_item_new_session (sessions->pdata[i], answers, self->desk));
  self->loaded = TRUE;
  g_signal_emit (self, loaded_signal, 0);
}

static void
lift_week_dispose (GObject *object)
{
  LiftWeek *self = LIFT_WEEK (object);

  if (self->watch != NULL)
    lift_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->athlete_id, g_free);
  G_OBJECT_CLASS (lift_week_parent_class)->dispose (object);
}

static void
lift_week_class_init (LiftWeekClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lift_week_dispose;
  loaded_signal = g_signal_new ("loaded", LIFT_TYPE_WEEK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
lift_week_init (LiftWeek *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_week_item_free);
}

/**
 * lift_week_new:
 *
 * Returns: (transfer full): a week of nobody
 */
LiftWeek *
lift_week_new (LiftDesk *desk)
{
  LiftWeek *self = g_object_new (LIFT_TYPE_WEEK, NULL);

  self->desk = g_object_ref (desk);
  self->watch = lift_watch_new (lift_desk_get_store (desk), ask, take, self);
  return self;
}

/**
 * lift_week_show:
 * @athlete_id: (nullable): whose week; %NULL for nobody's
 * @start: the first of the seven days
 *
 * Goes to another week or athlete. What was shown is forgotten at once.
 */
void
lift_week_show (LiftWeek *self, const char *athlete_id, LiftDay start)
{
  g_autofree char *id = g_strdup (athlete_id);

  g_free (self->athlete_id);
  self->athlete_id = g_steal_pointer (&id);
  self->start = start;
  self->loaded = FALSE;
  g_ptr_array_set_size (self->items, 0);
  lift_watch_reload (self->watch);
}

/**
 * lift_week_get_athlete_id:
 *
 * Returns: (nullable): whose week it is
 */
const char *
lift_week_get_athlete_id (LiftWeek *self)
{
  return self->athlete_id;
}

/**
 * lift_week_get_start:
 *
 * Returns: the first of the seven days
 */
LiftDay
lift_week_get_start (LiftWeek *self)
{
  return self->start;
}

/**
 * lift_week_is_loaded:
 *
 * Returns: whether it was read since it was shown
 */
gboolean
lift_week_is_loaded (LiftWeek *self)
{
  return self->loaded;
}

/**
 * lift_week_select_day:
 *
 * Returns: (transfer container) (element-type LiftWeekItem): plans in order, then sessions without
 *   one; they are valid until the next reading
 */
GPtrArray *
lift_week_select_day (LiftWeek *self, LiftDay day)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    if (((LiftWeekItem *) self->items->pdata[i])->day == day)
      g_ptr_array_add (found, self->items->pdata[i]);
  return found;
}

/**
 * lift_week_dup_title:
 *
 * Returns: (transfer full): `Week 47 · November 2026`, by the middle of the week
 */
char *
lift_week_dup_title (LiftDay start)
{
  int year, month, dom;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *name = NULL;

  lift_day_to_date (start + 3, &year, &month, &dom);
  date = g_date_time_new_utc (year, month, dom, 0, 0, 0);
  /* Translators: month and year, as in strftime: "November 2026". */
  name = g_date_time_format (date, _ ("%OB %Y"));
  return g_strdup_printf (_ ("Week %d · %s"), lift_day_get_iso_week (start + 3), name);
}

/**
 * lift_week_add_plan:
 * @name: what it is called
 * @id: (out) (optional): the id of the plan that is made
 *
 * Returns: (transfer full): the write that makes a draft, behind the plans of that day
 */
LiftBatch *
lift_week_add_plan (LiftWeek *self, LiftDay day, const char *name, char **id)
{
  LiftBatch *batch = lift_batch_new (_ ("Add Plan"));
  g_autoptr (GPtrArray) there = lift_week_select_day (self, day);
  g_autofree char *date = lift_day_format (day);
  g_autoptr (LiftEntity) plan = lift_entity_new (
    LIFT_TYPE_TRAINING_PLAN, lift_store_get_clock (lift_desk_get_store (self->desk)));
  gint64 order = 0;

  for (guint i = 0; i < there->len; i++)
    {
      LiftWeekItem *item = there->pdata[i];

      if (item->plan != NULL && item->plan->order_in_day != LIFT_INT_NULL)
        order = MIN (MAX (order, item->plan->order_in_day + 1), 99);
    }
  lift_entity_set (plan, "athlete-id", self->athlete_id, "name", name, "date", date, "status",
                   "draft", "order-in-day", order, NULL);
  lift_batch_insert (batch, plan);
  if (id != NULL)
    *id = g_strdup (plan->id);
  return batch;
}

/**
 * lift_week_delete_plan:
 *
 * Returns: (transfer full): the write that deletes a plan with all that is in it
 */
LiftBatch *
lift_week_delete_plan (LiftTrainingPlan *plan)
{
  LiftBatch *batch = lift_batch_new (_ ("Delete Plan"));

  lift_batch_delete (batch, lift_entity_get_info (LIFT_ENTITY (plan)), LIFT_ENTITY (plan)->id);
  return batch;
}
