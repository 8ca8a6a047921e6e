/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-watch.h"

struct _LiftWatch
{
  GObject parent_instance;

  LiftStore *store;
  LiftWatchAskFunc ask;
  LiftWatchTakeFunc take;
  gpointer owner; /* NULL once stopped */

  GPtrArray *queries; /* what is being read, or was read last */
  GCancellable *cancellable;
  gboolean running;
  gboolean again;
};

/* How many readings of all watches are under way. */
static guint n_reading;

G_DEFINE_FINAL_TYPE (LiftWatch, lift_watch, G_TYPE_OBJECT)

static void read_now (LiftWatch *self);

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = lift_store_query_finish (LIFT_STORE (source), result, &error);

  n_reading--;
  /* A later question was asked, or nobody listens any more. */
  if (self->owner == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  self->running = FALSE;
  if (answers != NULL)
    self->take (self->owner, answers);
  else
    g_warning ("Rows cannot be read: %s", error->message);
  if (self->again && self->owner != NULL)
    read_now (self);
}

static void
read_now (LiftWatch *self)
{
  g_clear_pointer (&self->queries, g_ptr_array_unref);
  self->again = FALSE;
  self->queries = self->ask (self->owner);
  if (self->queries == NULL)
    return;
  self->running = TRUE;
  n_reading++;
  lift_store_query_async (self->store, (LiftQuery *const *) self->queries->pdata,
                          self->queries->len, self->cancellable, answered_cb, g_object_ref (self));
}

static gboolean
is_touched (LiftWatch *self, LiftChanges *changes)
{
  for (guint i = 0; self->queries != NULL && i < self->queries->len; i++)
    if (lift_changes_has_type (changes, lift_query_get_info (self->queries->pdata[i])))
      return TRUE;
  return FALSE;
}

static void
changed_cb (LiftWatch *self, LiftChanges *changes)
{
  if (self->owner == NULL || !is_touched (self, changes))
    return;
  if (self->running)
    self->again = TRUE;
  else
    read_now (self);
}

static void
lift_watch_dispose (GObject *object)
{
  LiftWatch *self = LIFT_WATCH (object);

  lift_watch_stop (self);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->queries, g_ptr_array_unref);
  G_OBJECT_CLASS (lift_watch_parent_class)->dispose (object);
}

static void
lift_watch_class_init (LiftWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lift_watch_dispose;
}

static void
lift_watch_init (LiftWatch *self)
{
}

/**
 * lift_watch_new:
 * @owner: given to both functions; it stops the watch before it goes
 *
 * Returns: (transfer full): a watch that has not read anything yet
 */
LiftWatch *
lift_watch_new (LiftStore *store, LiftWatchAskFunc ask, LiftWatchTakeFunc take, gpointer owner)
{
  LiftWatch *self = g_object_new (LIFT_TYPE_WATCH, NULL);

  self->store = g_object_ref (store);
  self->ask = ask;
  self->take = take;
  self->owner = owner;
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * lift_watch_reload:
 *
 * Asks anew, because the questions are others now. An answer that is under way is dropped.
 */
void
lift_watch_reload (LiftWatch *self)
{
  g_return_if_fail (self->owner != NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->running = FALSE;
  read_now (self);
}

/**
 * lift_watch_stop:
 *
 * Ends it: neither function is called again.
 */
void
lift_watch_stop (LiftWatch *self)
{
  self->owner = NULL;
  g_cancellable_cancel (self->cancellable);
}

/**
 * lift_watch_is_any_reading:
 *
 * Returns: whether any watch of the program waits for an answer; for those who wait until all that
 *   is shown is what is stored
 */
gboolean
lift_watch_is_any_reading (void)
{
  return n_reading > 0;
}
