/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-roster.h"

#include <glib/gi18n-lib.h>

#include "lift-entities.h"
#include "lift-entity-list.h"
#include "lift-format.h"
#include "lift-watch.h"

#define DAYS_BACK 60
#define DAYS_MISSED 7

enum
{
  ROWS_PLANS,
  ROWS_PLAN_SESSIONS,
  ROWS_SESSIONS,
};

typedef struct
{
  LiftDay last;   /* of training, or 0 */
  LiftDay missed; /* the latest, or 0 */
} Hint;

struct _LiftRoster
{
  GObject parent_instance;

  LiftDesk *desk;
  LiftEntityList *athletes;
  LiftWatch *watch;
  GHashTable *hints; /* id of an athlete → Hint */
  gboolean loaded;
};

static guint loaded_signal;

G_DEFINE_FINAL_TYPE (LiftRoster, lift_roster, G_TYPE_OBJECT)

static void
where_since (LiftRoster *self, LiftQuery *query, const char *key, int days)
{
  g_autofree char *text = lift_day_format (lift_desk_get_today (self->desk) - days);

  lift_query_where (query, key, LIFT_QUERY_AT_LEAST, text);
}

static GPtrArray *
ask (gpointer owner)
{
  LiftRoster *self = owner;
  GPtrArray *queries = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_query_unref);
  LiftQuery *plans = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  LiftQuery *followed = lift_query_new (LIFT_TYPE_TRAINING_SESSION);
  LiftQuery *sessions = lift_query_new (LIFT_TYPE_TRAINING_SESSION);
  g_autofree char *today = lift_day_format (lift_desk_get_today (self->desk));

  where_since (self, plans, "date", DAYS_MISSED);
  lift_query_where (plans, "date", LIFT_QUERY_LESS, today);
  lift_query_where (plans, "status", LIFT_QUERY_EQUAL, "published");
  lift_query_where_in (followed, "trainingPlanId", plans, "id");
  where_since (self, sessions, "sessionDate", DAYS_BACK);
  g_ptr_array_add (queries, plans);
  g_ptr_array_add (queries, followed);
  g_ptr_array_add (queries, sessions);
  return queries;
}

static Hint *
get_hint (LiftRoster *self, const char *athlete_id)
{
  Hint *hint = g_hash_table_lookup (self->hints, athlete_id);

  if (hint == NULL)
    {
      hint = g_new0 (Hint, 1);
      g_hash_table_insert (self->hints, g_strdup (athlete_id), hint);
    }
  return hint;
}

static void
count_missed (LiftRoster *self, GPtrArray *plans, GPtrArray *sessions)
{
  g_autoptr (GHashTable) followed = g_hash_table_new (g_str_hash, g_str_equal);
  LiftDay day;

  for (guint i = 0; i < sessions->len; i++)
    g_hash_table_add (followed, ((LiftTrainingSession *) sessions->pdata[i])->training_plan_id);
  for (guint i = 0; i < plans->len; i++)
    {
      LiftTrainingPlan *plan = plans->pdata[i];

      if (!g_hash_table_contains (followed, LIFT_ENTITY (plan)->id) &&
          lift_day_parse (plan->date, &day))
        get_hint (self, plan->athlete_id)->missed = MAX (get_hint (self, plan->athlete_id)->missed,
                                                         day);
    }
}

static void
take (gpointer owner, GPtrArray *answers)
{
  LiftRoster *self = owner;
  GPtrArray *sessions = answers->pdata[ROWS_SESSIONS];
  LiftDay day;

  g_hash_table_remove_all (self->hints);
  for (guint i = 0; i < sessions->len; i++)
    {
      LiftTrainingSession *session = sessions->pdata[i];
      Hint *hint = get_hint (self, session->athlete_id);

      if (g_strcmp0 (session->status, "skipped") != 0 &&
          lift_day_parse (session->session_date, &day))
        hint->last = MAX (hint->last, day);
    }
  count_missed (self, answers->pdata[ROWS_PLANS], answers->pdata[ROWS_PLAN_SESSIONS]);
  self->loaded = TRUE;
  g_signal_emit (self, loaded_signal, 0);
}

static void
lift_roster_dispose (GObject *object)
{
  LiftRoster *self = LIFT_ROSTER (object);

  if (self->watch != NULL)
    lift_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_object (&self->athletes);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->hints, g_hash_table_unref);
  G_OBJECT_CLASS (lift_roster_parent_class)->dispose (object);
}

static void
lift_roster_class_init (LiftRosterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lift_roster_dispose;
  loaded_signal = g_signal_new ("loaded", LIFT_TYPE_ROSTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
lift_roster_init (LiftRoster *self)
{
  self->hints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * lift_roster_new:
 *
 * Returns: (transfer full): the roster, which begins to read at once
 */
LiftRoster *
lift_roster_new (LiftDesk *desk)
{
  LiftRoster *self = g_object_new (LIFT_TYPE_ROSTER, NULL);
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_ATHLETE);

  self->desk = g_object_ref (desk);
  lift_query_order_by (query, "displayName", FALSE);
  lift_query_order_by (query, "id", FALSE);
  self->athletes = lift_entity_list_new (lift_desk_get_store (desk), query);
  self->watch = lift_watch_new (lift_desk_get_store (desk), ask, take, self);
  lift_watch_reload (self->watch);
  return self;
}

/**
 * lift_roster_get_athletes:
 *
 * Returns: (transfer none): LiftAthlete by name
 */
GListModel *
lift_roster_get_athletes (LiftRoster *self)
{
  return G_LIST_MODEL (self->athletes);
}

/**
 * lift_roster_is_loaded:
 *
 * Returns: whether the athletes were read
 */
gboolean
lift_roster_is_loaded (LiftRoster *self)
{
  gboolean loading = FALSE;

  g_object_get (self->athletes, "loading", &loading, NULL);
  return !loading && self->loaded;
}

/**
 * lift_roster_dup_hint:
 * @missed: (out): whether it is something to look after
 *
 * Returns: (transfer full): how the athlete gets on, in a few words
 */
char *
lift_roster_dup_hint (LiftRoster *self, LiftAthlete *athlete, gboolean *missed)
{
  const Hint *hint = g_hash_table_lookup (self->hints, LIFT_ENTITY (athlete)->id);
  LiftDay today = lift_desk_get_today (self->desk);
  g_autofree char *day = NULL;

  *missed = hint != NULL && hint->missed > 0;
  if (*missed)
    {
      day = lift_format_day (hint->missed, today);
      /* Translators: a day on which a planned workout was not done: "✗ missed Thu 19 Nov". */
      return g_strdup_printf (_ ("✗ missed %s"), day);
    }
  if (hint != NULL && hint->last > 0)
    {
      if (hint->last == today)
        return g_strdup (_ ("trained today"));
      day = lift_format_day (hint->last, today);
      return g_strdup_printf (_ ("trained %s"), day);
    }
  return g_strdup (athlete->user_id == NULL ? _ ("on paper") : _ ("no training yet"));
}

/**
 * lift_roster_add_athlete:
 * @name: what the athlete is called
 * @id: (out) (optional): the id of the row
 *
 * Returns: (transfer full): the write that adds an athlete without a sign-in
 */
LiftBatch *
lift_roster_add_athlete (LiftRoster *self, const char *name, char **id)
{
  LiftBatch *batch = lift_batch_new (_ ("Add Athlete"));
  g_autoptr (LiftEntity) athlete = lift_entity_new (
    LIFT_TYPE_ATHLETE, lift_store_get_clock (lift_desk_get_store (self->desk)));

  lift_entity_set (athlete, "display-name", name, "coach-id", lift_desk_get_coach_id (self->desk),
                   "unit", lift_desk_get_unit (self->desk), NULL);
  lift_batch_insert (batch, athlete);
  if (id != NULL)
    *id = g_strdup (athlete->id);
  return batch;
}
