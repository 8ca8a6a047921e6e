/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-sync-manager.h"

#include "lift-sync-manager-private.h"

G_DEFINE_FINAL_TYPE (LiftSyncManager, lift_sync_manager, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_PENDING,
  PROP_RETRYING,
  PROP_NEEDS_ATTENTION,
  PROP_CONFLICTS,
  PROP_LAST_SYNCED,
  PROP_LAST_ERROR,
  PROP_RUNNING,
  N_PROPS,
};

enum
{
  FINISHED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
notify (LiftSyncManager *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_state (LiftSyncManager *self, LiftSyncState state)
{
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

static void
set_progress (LiftSyncManager *self, double progress)
{
  if (self->progress == progress)
    return;
  self->progress = progress;
  notify (self, PROP_PROGRESS);
}

static void
set_running (LiftSyncManager *self, gboolean running)
{
  if (self->running == running)
    return;
  self->running = running;
  notify (self, PROP_RUNNING);
}

static void
set_last_error (LiftSyncManager *self, const char *message)
{
  if (g_strcmp0 (self->last_error, message) == 0)
    return;
  g_free (self->last_error);
  self->last_error = g_strdup (message);
  notify (self, PROP_LAST_ERROR);
}

void
lift_sync_manager_set_status (LiftSyncManager *self, const LiftStoreStatus *status)
{
  LiftStoreStatus old = self->status;

  self->status = *status;
  if (old.pending != status->pending)
    notify (self, PROP_PENDING);
  if (old.retrying != status->retrying)
    notify (self, PROP_RETRYING);
  if (old.needs_attention != status->needs_attention)
    notify (self, PROP_NEEDS_ATTENTION);
  if (old.conflicts != status->conflicts)
    notify (self, PROP_CONFLICTS);
  if (old.last_synced_at != status->last_synced_at)
    notify (self, PROP_LAST_SYNCED);
}

void
lift_sync_manager_show_progress (LiftSyncManager *self, LiftSyncState state, double progress)
{
  set_running (self, TRUE);
  set_state (self, state);
  set_progress (self, progress);
}

static LiftSyncState
get_state_after (const GError *error)
{
  if (g_error_matches (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN))
    return LIFT_SYNC_SIGNED_OUT;
  return lift_remote_error_is_transient (error) ? LIFT_SYNC_OFFLINE : LIFT_SYNC_IDLE;
}

static void
return_task (GTask *task, const LiftSyncJob *job)
{
  if (job->error != NULL)
    g_task_return_error (task, g_error_copy (job->error));
  else
    g_task_return_pointer (task, lift_sync_result_copy (job->result),
                           (GDestroyNotify) lift_sync_result_free);
}

static void
show_outcome (LiftSyncManager *self, const LiftSyncJob *job)
{
  const GError *error = job->error != NULL ? job->error : job->result->error;

  g_object_freeze_notify (G_OBJECT (self));
  set_running (self, FALSE);
  lift_sync_manager_set_status (self, &job->status);
  set_last_error (self, error != NULL ? error->message : NULL);
  set_state (self, get_state_after (error));
  set_progress (self, error == NULL ? 1 : 0);
  g_object_thaw_notify (G_OBJECT (self));
}

/* The end of a run, in the main context. */
static gboolean
outcome_cb (gpointer user_data)
{
  LiftSyncJob *job = user_data;
  LiftSyncManager *self = job->manager;

  show_outcome (self, job);
  lift_sync_schedule_next (self, job);
  if (job->error == NULL)
    g_signal_emit (self, signals[FINISHED], 0, job->result);
  return G_SOURCE_REMOVE;
}

static gboolean
worker_outcome_cb (gpointer user_data)
{
  LiftSyncJob *job = user_data;
  LiftSyncManager *self = job->manager;
  g_autoptr (GPtrArray) answered = g_steal_pointer (&self->current);

  self->current = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_object (&self->run_cancellable);
  outcome_cb (job);
  for (guint i = 0; i < answered->len; i++)
    return_task (g_ptr_array_index (answered, i), job);
  /* Unless somebody who was told has begun one already. */
  if (self->run_cancellable == NULL && (self->next->len > 0 || (self->again && self->active)))
    lift_sync_manager_begin (self);
  return G_SOURCE_REMOVE;
}

static gpointer
worker (gpointer user_data)
{
  LiftSyncJob *job = user_data;
  GMainContext *context = g_main_context_ref (job->manager->context);

  lift_sync_job_run (job);
  g_main_context_invoke_full (context, G_PRIORITY_DEFAULT, worker_outcome_cb, job,
                              (GDestroyNotify) lift_sync_job_free);
  g_main_context_unref (context);
  return NULL;
}

/* A run that only one caller waits for ends when that one gives up. */
static void
follow_cancellable (LiftSyncManager *self)
{
  GCancellable *only;

  if (self->automatic || self->current->len != 1)
    return;
  only = g_task_get_cancellable (g_ptr_array_index (self->current, 0));
  if (only != NULL)
    {
      g_object_unref (self->run_cancellable);
      self->run_cancellable = g_object_ref (only);
    }
}

/*
 * lift_sync_manager_begin:
 *
 * Begins a run for all who wait for one. Main context; none is under way.
 */
void
lift_sync_manager_begin (LiftSyncManager *self)
{
  GPtrArray *spare = self->current;

  g_assert (self->run_cancellable == NULL && self->current->len == 0);

  lift_sync_schedule_clear (self);
  self->current = self->next;
  self->next = spare;
  self->automatic = self->again || self->current->len == 0;
  self->again = FALSE;
  self->edited = FALSE;
  self->run_cancellable = g_cancellable_new ();
  follow_cancellable (self);
  set_running (self, TRUE);
  g_thread_unref (
    g_thread_new ("lift-sync", worker, lift_sync_job_new (self, self->run_cancellable)));
}

static void
lift_sync_manager_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LiftSyncManager *self = LIFT_SYNC_MANAGER (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_PENDING:
      g_value_set_uint (value, self->status.pending);
      break;
    case PROP_RETRYING:
      g_value_set_uint (value, self->status.retrying);
      break;
    case PROP_NEEDS_ATTENTION:
      g_value_set_uint (value, self->status.needs_attention);
      break;
    case PROP_CONFLICTS:
      g_value_set_uint (value, self->status.conflicts);
      break;
    case PROP_LAST_SYNCED:
      g_value_set_int64 (value, self->status.last_synced_at);
      break;
    case PROP_LAST_ERROR:
      g_value_set_string (value, self->last_error);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lift_sync_manager_dispose (GObject *object)
{
  LiftSyncManager *self = LIFT_SYNC_MANAGER (object);

  lift_sync_schedule_clear (self);
  if (self->store != NULL)
    lift_sync_schedule_disconnect (self);
  g_clear_object (&self->store);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (lift_sync_manager_parent_class)->dispose (object);
}

static void
lift_sync_manager_finalize (GObject *object)
{
  LiftSyncManager *self = LIFT_SYNC_MANAGER (object);

  g_ptr_array_unref (self->current);
  g_ptr_array_unref (self->next);
  g_main_context_unref (self->context);
  g_free (self->device_id);
  g_free (self->last_error);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->idle);
  G_OBJECT_CLASS (lift_sync_manager_parent_class)->finalize (object);
}

static GParamSpec *
make_count (const char *name)
{
  return g_param_spec_uint (name, NULL, NULL, 0, G_MAXUINT, 0,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
install_properties (GObjectClass *klass)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LIFT_TYPE_SYNC_STATE,
                                              LIFT_SYNC_IDLE, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_PENDING] = make_count ("pending");
  properties[PROP_RETRYING] = make_count ("retrying");
  properties[PROP_NEEDS_ATTENTION] = make_count ("needs-attention");
  properties[PROP_CONFLICTS] = make_count ("conflicts");
  properties[PROP_LAST_SYNCED] = g_param_spec_int64 ("last-synced", NULL, NULL, G_MININT64,
                                                     G_MAXINT64, LIFT_INT_NULL, flags);
  properties[PROP_LAST_ERROR] = g_param_spec_string ("last-error", NULL, NULL, NULL, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (klass, N_PROPS, properties);
}

static void
lift_sync_manager_class_init (LiftSyncManagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lift_sync_manager_get_property;
  object_class->dispose = lift_sync_manager_dispose;
  object_class->finalize = lift_sync_manager_finalize;
  install_properties (object_class);

  /**
   * LiftSyncManager::finished:
   * @result: what became of it
   *
   * A run has come to its end, well or not. Not emitted for one that did not begin.
   */
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, LIFT_TYPE_SYNC_RESULT);
}

static void
lift_sync_manager_init (LiftSyncManager *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
  self->context = g_main_context_ref_thread_default ();
  self->current = g_ptr_array_new_with_free_func (g_object_unref);
  self->next = g_ptr_array_new_with_free_func (g_object_unref);
  self->status.last_synced_at = LIFT_INT_NULL;
  self->pull_limit = LIFT_SYNC_MAX_ROWS;
}

/**
 * lift_sync_manager_new:
 * @store: the rows of one account
 * @api: the calls of its server, signed in
 * @device_id: a UUID made at the first sign-in on this computer; mutation numbers are counted for
 *   it, so it must stay with the store
 *
 * Returns: (transfer full): a manager that does nothing until it is started or asked. It belongs
 *   to the context that is the thread's default now
 */
LiftSyncManager *
lift_sync_manager_new (LiftStore *store, LiftApi *api, const char *device_id)
{
  LiftSyncManager *self;

  g_return_val_if_fail (LIFT_IS_STORE (store), NULL);
  g_return_val_if_fail (LIFT_IS_API (api), NULL);
  g_return_val_if_fail (device_id != NULL, NULL);

  self = g_object_new (LIFT_TYPE_SYNC_MANAGER, NULL);
  self->store = g_object_ref (store);
  self->api = g_object_ref (api);
  self->device_id = g_strdup (device_id);
  return self;
}

/**
 * lift_sync_manager_sync_async:
 *
 * One sync. During one, the call joins the run that follows it, with all others that ask
 * meanwhile: that run sees every edit made until now. Call it in the manager's context.
 */
void
lift_sync_manager_sync_async (LiftSyncManager *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LIFT_IS_SYNC_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lift_sync_manager_sync_async);
  g_ptr_array_add (self->next, task);
  if (self->run_cancellable == NULL)
    lift_sync_manager_begin (self);
}

/**
 * lift_sync_manager_sync_finish:
 *
 * Returns: (transfer full) (nullable): what became of it, also if a leg failed; %NULL with
 *   %LIFT_SYNC_ERROR_BUSY or %G_IO_ERROR_CANCELLED
 */
LiftSyncResult *
lift_sync_manager_sync_finish (LiftSyncManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LIFT_IS_SYNC_MANAGER (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * lift_sync_manager_sync_sync:
 *
 * As [method@SyncManager.sync_async], in the calling thread. Waits for a run that is under way.
 *
 * Returns: (transfer full) (nullable): as for [method@SyncManager.sync_finish]
 */
LiftSyncResult *
lift_sync_manager_sync_sync (LiftSyncManager *self, GCancellable *cancellable, GError **error)
{
  LiftSyncJob *job;
  LiftSyncResult *result = NULL;
  GMainContext *context;

  g_return_val_if_fail (LIFT_IS_SYNC_MANAGER (self), NULL);

  job = lift_sync_job_new (self, cancellable);
  context = g_main_context_ref (self->context);
  lift_sync_job_run (job);
  if (job->error != NULL)
    g_propagate_error (error, g_error_copy (job->error));
  else
    result = lift_sync_result_copy (job->result);
  g_main_context_invoke_full (context, G_PRIORITY_DEFAULT, outcome_cb, job,
                              (GDestroyNotify) lift_sync_job_free);
  g_main_context_unref (context);
  return result;
}

/**
 * lift_sync_manager_start:
 *
 * From now on syncs by itself: at once, 2 s after an edit, every 5 minutes, when a refused row is
 * due, and after a failure with growing pauses. Call it in the manager's context.
 */
void
lift_sync_manager_start (LiftSyncManager *self)
{
  g_return_if_fail (LIFT_IS_SYNC_MANAGER (self));

  if (self->active)
    return;
  self->active = TRUE;
  lift_sync_schedule_connect (self);
  lift_sync_manager_poke (self);
}

/**
 * lift_sync_manager_stop:
 *
 * Ends what [method@SyncManager.start] began, and cancels a run that nobody asked for.
 */
void
lift_sync_manager_stop (LiftSyncManager *self)
{
  g_return_if_fail (LIFT_IS_SYNC_MANAGER (self));

  self->active = FALSE;
  self->again = FALSE;
  lift_sync_schedule_disconnect (self);
  lift_sync_schedule_clear (self);
  if (self->run_cancellable != NULL && self->automatic && self->current->len == 0)
    g_cancellable_cancel (self->run_cancellable);
}

/**
 * lift_sync_manager_poke:
 *
 * Says that a sync may go through now: the network is back, the server has something, the user has
 * signed in. Does nothing before [method@SyncManager.start].
 */
void
lift_sync_manager_poke (LiftSyncManager *self)
{
  g_return_if_fail (LIFT_IS_SYNC_MANAGER (self));

  if (!self->active)
    return;
  self->again = TRUE;
  if (self->run_cancellable == NULL)
    lift_sync_manager_begin (self);
}
