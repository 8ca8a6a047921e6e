/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-desk.h"

#include <langinfo.h>
#include <locale.h>

#include "lift-format.h"
#include "lift-user.h"
#include "lift-watch.h"

struct _LiftDesk
{
  GObject parent_instance;

  LiftStore *store;
  GSettings *settings;
  LiftWatch *watch;
  char *coach_id;
  char *user_id;
  int first_weekday; /* 0 where the person has not chosen one */
  LiftDeskCommitFunc commit;
  gpointer user_data;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (LiftDesk, lift_desk, G_TYPE_OBJECT)

static GPtrArray *
ask (gpointer owner)
{
  LiftDesk *self = owner;
  GPtrArray *queries = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_query_unref);
  LiftQuery *user = lift_query_new (LIFT_TYPE_USER);

  lift_query_where (user, "id", LIFT_QUERY_EQUAL, self->user_id);
  g_ptr_array_add (queries, user);
  return queries;
}

static void
take (gpointer owner, GPtrArray *answers)
{
  LiftDesk *self = owner;
  GPtrArray *users = answers->pdata[0];
  LiftUser *user = users->len > 0 ? users->pdata[0] : NULL;
  int first = user != NULL && user->first_day_of_week != LIFT_INT_NULL
                ? (int) user->first_day_of_week
                : 0;

  if (first == self->first_weekday)
    return;
  self->first_weekday = first;
  g_signal_emit (self, changed_signal, 0);
}

static void
lift_desk_dispose (GObject *object)
{
  LiftDesk *self = LIFT_DESK (object);

  if (self->watch != NULL)
    lift_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->coach_id, g_free);
  g_clear_pointer (&self->user_id, g_free);
  G_OBJECT_CLASS (lift_desk_parent_class)->dispose (object);
}

static void
lift_desk_class_init (LiftDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lift_desk_dispose;
  changed_signal = g_signal_new ("changed", LIFT_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
lift_desk_init (LiftDesk *self)
{
}

/**
 * lift_desk_new:
 * @coach_id: (nullable): the coach, who owns what is made
 * @user_id: (nullable): their User row
 *
 * Returns: (transfer full): a desk that shows loads in kilograms until it has settings
 */
LiftDesk *
lift_desk_new (LiftStore *store,
               const char *coach_id,
               const char *user_id,
               LiftDeskCommitFunc commit,
               gpointer user_data)
{
  LiftDesk *self = g_object_new (LIFT_TYPE_DESK, NULL);

  self->store = g_object_ref (store);
  self->coach_id = g_strdup (coach_id);
  self->user_id = g_strdup (user_id);
  self->commit = commit;
  self->user_data = user_data;
  if (user_id != NULL)
    {
      self->watch = lift_watch_new (store, ask, take, self);
      lift_watch_reload (self->watch);
    }
  return self;
}

/**
 * lift_desk_set_settings:
 * @settings: the settings of the program, with the unit
 */
void
lift_desk_set_settings (LiftDesk *self, GSettings *settings)
{
  g_set_object (&self->settings, settings);
}

/**
 * lift_desk_get_store:
 *
 * Returns: (transfer none): the store of the account
 */
LiftStore *
lift_desk_get_store (LiftDesk *self)
{
  return self->store;
}

/**
 * lift_desk_get_coach_id:
 *
 * Returns: (nullable): the coach
 */
const char *
lift_desk_get_coach_id (LiftDesk *self)
{
  return self->coach_id;
}

/**
 * lift_desk_get_unit:
 *
 * Returns: `"kg"` or `"lb"`: in what the coach types loads
 */
const char *
lift_desk_get_unit (LiftDesk *self)
{
  return lift_unit_from_settings (self->settings);
}

/* The C library counts from a day that it names by a date: 1997-12-01 was a Monday. */
static int
get_first_weekday_of_locale (void)
{
#ifdef _NL_TIME_FIRST_WEEKDAY
  const char *locale = setlocale (LC_TIME, NULL);
  int first = nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];
  int origin = GPOINTER_TO_INT (nl_langinfo (_NL_TIME_WEEK_1STDAY)) == 19971201 ? 0 : 6;

  if (locale != NULL && *locale != 'C' && !g_str_equal (locale, "POSIX"))
    return (origin + first - 1) % 7 + 1;
#endif
  return 1;
}

/**
 * lift_desk_get_first_weekday:
 *
 * Returns: the day that weeks begin with, 1 for Monday to 7 for Sunday: the person's own, else
 *   what is usual in their region
 */
int
lift_desk_get_first_weekday (LiftDesk *self)
{
  return self->first_weekday != 0 ? self->first_weekday : get_first_weekday_of_locale ();
}

/**
 * lift_desk_get_today:
 *
 * Returns: the day that it is here
 */
LiftDay
lift_desk_get_today (LiftDesk *self)
{
  return lift_day_today (lift_store_get_clock (self->store));
}

/**
 * lift_desk_take_batch:
 * @batch: (transfer full): writes; nothing happens where there are none
 * @done: (nullable): what to say afterwards
 *
 * Writes so that it can be undone.
 */
void
lift_desk_take_batch (LiftDesk *self, LiftBatch *batch, const char *done)
{
  g_autoptr (LiftBatch) owned = batch;

  if (!lift_batch_is_empty (owned))
    self->commit (owned, done, self->user_data);
}
