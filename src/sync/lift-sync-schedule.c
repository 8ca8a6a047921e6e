/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-sync-manager-private.h"

/*
 * When the next run begins by itself. While the manager is started and signed in there is always
 * one timer or a run; timers count monotonic time, so a wall clock that is set hurts none.
 */
#define REGULAR_MS (5 * 60 * 1000)
#define EDIT_MS 2000
#define BACKOFF_MS (30 * 1000)
#define MAX_BACKOFF_STEP 4
#define MAX_RETRY_AFTER (60 * 60)

static gboolean
timer_cb (gpointer user_data)
{
  LiftSyncManager *self = user_data;

  lift_sync_schedule_clear (self);
  lift_sync_manager_poke (self);
  return G_SOURCE_REMOVE;
}

void
lift_sync_schedule_clear (LiftSyncManager *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  self->wait = LIFT_SYNC_WAIT_NONE;
}

static void
start_timer (LiftSyncManager *self, gint64 delay_ms, LiftSyncWait wait)
{
  lift_sync_schedule_clear (self);
  self->timer = g_timeout_source_new (CLAMP (delay_ms, 0, G_MAXINT));
  self->timer_at = g_get_monotonic_time () + delay_ms * 1000;
  self->wait = wait;
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, self->context);
}

/* Everybody in the gym loses the network at the same moment, and gets it back so. */
static gint64
add_jitter (LiftSyncManager *self, gint64 delay_ms)
{
  return delay_ms + lift_clock_random_below (lift_store_get_clock (self->store), delay_ms / 4 + 1);
}

static gint64
get_backoff (LiftSyncManager *self, const GError *error)
{
  gint64 retry_after = lift_remote_error_get_retry_after (error);

  if (retry_after >= 0)
    return add_jitter (self, MAX (MIN (retry_after, MAX_RETRY_AFTER), 1) * 1000);
  return add_jitter (self, (gint64) BACKOFF_MS << MIN (self->failures - 1, MAX_BACKOFF_STEP));
}

/* Rows that are due and were not sent: edited while the run was under way. */
static gboolean
has_work (LiftSyncManager *self)
{
  return self->edited ||
         self->status.pending > self->status.retrying + self->status.needs_attention;
}

static gint64
get_regular_delay (LiftSyncManager *self, gint64 next_retry)
{
  gint64 delay = REGULAR_MS;

  if (next_retry >= 0)
    delay = MIN (delay, MAX (next_retry / 1000 + 1, EDIT_MS));
  return has_work (self) ? MIN (delay, EDIT_MS) : delay;
}

/*
 * lift_sync_schedule_next:
 * @job: the run that has ended
 *
 * Sets the timer for the run after it.
 */
void
lift_sync_schedule_next (LiftSyncManager *self, const LiftSyncJob *job)
{
  const GError *error = job->error != NULL ? job->error : job->result->error;

  lift_sync_schedule_clear (self);
  self->failures = error != NULL ? self->failures + 1 : 0;
  if (!self->active || self->state == LIFT_SYNC_SIGNED_OUT)
    return;
  if (error != NULL)
    start_timer (self, get_backoff (self, error), LIFT_SYNC_WAIT_BACKOFF);
  else
    start_timer (self, get_regular_delay (self, job->next_retry), LIFT_SYNC_WAIT_REGULAR);
  self->edited = FALSE;
}

typedef struct
{
  GWeakRef manager;
  LiftStore *store;
  LiftStoreStatus status;
} Refresh;

static void
refresh_free (Refresh *refresh)
{
  g_weak_ref_clear (&refresh->manager);
  g_clear_object (&refresh->store);
  g_free (refresh);
}

static void
refresh_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Refresh *refresh = task_data;
  GError *error = NULL;
  gboolean read = lift_store_get_status_sync (refresh->store, &refresh->status, &error);

  g_clear_object (&refresh->store);
  if (read)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void refresh (LiftSyncManager *self);

static void
refresh_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Refresh *data = g_task_get_task_data (G_TASK (result));
  g_autoptr (LiftSyncManager) self = g_weak_ref_get (&data->manager);
  gboolean read = g_task_propagate_boolean (G_TASK (result), NULL);

  if (self == NULL)
    return;
  self->refreshing = FALSE;
  if (self->refresh_again)
    refresh (self);
  else if (read && !self->running)
    lift_sync_manager_set_status (self, &data->status);
}

/* Counts again what is pending. Does not keep the manager alive. */
static void
refresh (LiftSyncManager *self)
{
  g_autoptr (GTask) task = NULL;
  Refresh *data;

  self->refresh_again = self->refreshing;
  if (self->refreshing)
    return;
  self->refreshing = TRUE;
  data = g_new0 (Refresh, 1);
  g_weak_ref_init (&data->manager, self);
  data->store = g_object_ref (self->store);
  task = g_task_new (NULL, NULL, refresh_cb, NULL);
  g_task_set_source_tag (task, refresh);
  g_task_set_task_data (task, data, (GDestroyNotify) refresh_free);
  g_task_run_in_thread (task, refresh_in_thread);
}

static void
changed_cb (LiftStore *store, LiftChanges *changes, LiftSyncManager *self)
{
  if (!self->running)
    refresh (self);
  if (!lift_changes_is_local (changes))
    return;
  if (self->running)
    self->edited = TRUE;
  else if (self->wait == LIFT_SYNC_WAIT_REGULAR &&
           self->timer_at > g_get_monotonic_time () + EDIT_MS * 1000)
    start_timer (self, EDIT_MS, LIFT_SYNC_WAIT_REGULAR);
}

/*
 * lift_sync_schedule_connect:
 *
 * From now on edits are noticed.
 */
void
lift_sync_schedule_connect (LiftSyncManager *self)
{
  if (self->changed_id != 0)
    return;
  self->changed_id = g_signal_connect (self->store, "changed", G_CALLBACK (changed_cb), self);
  refresh (self);
}

void
lift_sync_schedule_disconnect (LiftSyncManager *self)
{
  if (self->changed_id != 0)
    g_signal_handler_disconnect (self->store, self->changed_id);
  self->changed_id = 0;
}
