/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-store-private.h"

/* How often the thread looks whether another process has written to the file. */
#define LOOK_US G_TIME_SPAN_SECOND
#define MAX_READING_THREADS 4

/* One piece of work for the thread that writes. A caller that waits has @wake; one that does not
 * has @task. */
typedef struct
{
  LiftStoreJobFunc func; /* NULL: the thread ends */
  gpointer data;
  GError *error;
  gboolean result;

  GTask *task;

  GMutex *mutex;
  GCond *wake;
  gboolean done;
} Job;

/**
 * lift_store_is_writing_thread:
 *
 * Returns: whether the calling thread may use the writing connection
 */
gboolean
lift_store_is_writing_thread (LiftStore *self)
{
  return self->is_inline || self->thread == NULL || g_thread_self () == self->thread;
}

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_clear_error (&job->error);
  g_free (job);
}

static gboolean
complete_cb (gpointer user_data)
{
  Job *job = user_data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (job->task, job->result);
  return G_SOURCE_REMOVE;
}

/* Hands a job over to where its caller lives, so that the last references to the caller's objects
 * are never dropped by the thread that writes. */
static void
complete_elsewhere (Job *job)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, complete_cb, job, (GDestroyNotify) job_free);
  g_source_attach (source, g_task_get_context (job->task));
  g_source_unref (source);
}

static void
run_job (LiftStore *self, Job *job)
{
  GCancellable *cancellable = job->task != NULL ? g_task_get_cancellable (job->task) : NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    job->result = job->func (self, job->data, &job->error);
  if (job->task != NULL)
    {
      complete_elsewhere (job);
      return;
    }
  g_mutex_lock (job->mutex);
  job->done = TRUE;
  g_cond_signal (job->wake);
  g_mutex_unlock (job->mutex);
}

/* Edits of another process are edits of this computer, of which the sync has to hear; what its
 * sync has written is not. */
static gboolean
tell_of_others (LiftStore *self)
{
  g_autoptr (LiftChanges) changes = NULL;
  LiftStoreCounters counters;

  if (!lift_store_read_counters (self->database, &counters, NULL))
    return FALSE;
  changes = lift_changes_new_everything (counters.edit != self->last_edit);
  self->last_edit = counters.edit;
  lift_store_tell (self, changes);
  return TRUE;
}

/* SQLite's data_version changes when any other connection has written, and only then. */
static void
look_for_others (LiftStore *self)
{
  gint64 version;

  if (g_get_monotonic_time () < self->next_look)
    return;
  self->next_look = g_get_monotonic_time () + LOOK_US;
  if (!lift_database_get_int (self->database, &version, NULL, "PRAGMA data_version", ""))
    return;
  if (version == self->data_version || tell_of_others (self))
    self->data_version = version;
}

static gpointer
writing_thread (gpointer user_data)
{
  LiftStore *self = user_data;

  for (;;)
    {
      Job *job = g_async_queue_timeout_pop (self->jobs, LOOK_US);

      if (job != NULL && job->func == NULL)
        {
          job_free (job);
          return NULL;
        }
      if (job != NULL)
        run_job (self, job);
      look_for_others (self);
    }
}

/*
 * lift_store_start_jobs:
 *
 * Gives the writing connection to a thread of its own, for good.
 */
void
lift_store_start_jobs (LiftStore *self)
{
  LiftStoreCounters counters = { 0 };

  lift_database_get_int (self->database, &self->data_version, NULL, "PRAGMA data_version", "");
  lift_store_read_counters (self->database, &counters, NULL);
  self->last_edit = counters.edit;
  self->jobs = g_async_queue_new ();
  /* The thread holds no reference: it is joined before the store goes. */
  self->thread = g_thread_new ("lift-store", writing_thread, self);
}

/*
 * lift_store_stop_jobs:
 *
 * Waits for all jobs that were given. Later ones fail.
 */
void
lift_store_stop_jobs (LiftStore *self)
{
  g_mutex_lock (&self->mutex);
  if (!self->closed && self->thread != NULL)
    g_async_queue_push (self->jobs, g_new0 (Job, 1));
  self->closed = TRUE;
  g_mutex_unlock (&self->mutex);
  if (self->thread == NULL)
    return;
  g_assert (g_thread_self () != self->thread);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->jobs, g_async_queue_unref);
}

static gboolean
push (LiftStore *self, Job *job)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->closed)
    return FALSE;
  g_async_queue_push (self->jobs, job);
  return TRUE;
}

static gboolean
run_inline (LiftStore *self, LiftStoreJobFunc func, gpointer data, GError **error)
{
  gboolean result;

  g_rec_mutex_lock (&self->inline_lock);
  result = self->closed ? lift_store_set_closed_error (self, error) : func (self, data, error);
  g_rec_mutex_unlock (&self->inline_lock);
  if (self->pause != NULL)
    self->pause (self->pause_data);
  return result;
}

/**
 * lift_store_is_inline:
 *
 * Returns: whether all work is done by the caller, in an order that a test can repeat
 */
gboolean
lift_store_is_inline (LiftStore *self)
{
  return self->is_inline;
}

/**
 * lift_store_set_pause_func:
 * @func: (nullable): called after each piece of work of an inline store, by whoever did it
 *
 * Lets a simulation interleave what would be other threads.
 */
void
lift_store_set_pause_func (LiftStore *self, void (*func) (gpointer), gpointer user_data)
{
  g_return_if_fail (self->is_inline);

  self->pause = func;
  self->pause_data = user_data;
}

/*
 * lift_store_run_sync:
 *
 * Runs @func on the thread that writes, after all that was given before, and waits for it.
 */
gboolean
lift_store_run_sync (LiftStore *self, LiftStoreJobFunc func, gpointer data, GError **error)
{
  GMutex mutex;
  GCond wake;
  Job job = { .func = func, .data = data, .mutex = &mutex, .wake = &wake };

  if (self->is_inline)
    return run_inline (self, func, data, error);
  if (self->thread != NULL && lift_store_is_writing_thread (self))
    return func (self, data, error);
  g_mutex_init (&mutex);
  g_cond_init (&wake);
  if (!push (self, &job))
    lift_store_set_closed_error (self, &job.error);
  else
    {
      g_mutex_lock (&mutex);
      while (!job.done)
        g_cond_wait (&wake, &mutex);
      g_mutex_unlock (&mutex);
    }
  g_cond_clear (&wake);
  g_mutex_clear (&mutex);
  if (job.error != NULL)
    g_propagate_error (error, job.error);
  return job.result;
}

static void
pool_func (gpointer data, gpointer user_data)
{
  Job *job = data;
  LiftStore *self = g_task_get_source_object (job->task);

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), &job->error))
    job->result = job->func (self, job->data, &job->error);
  complete_elsewhere (job);
}

static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool,
                       g_thread_pool_new (pool_func, NULL, MAX_READING_THREADS, FALSE, NULL));
  return pool;
}

/*
 * lift_store_run_beside:
 * @task: (transfer full): its task data goes to @func; returns a boolean
 *
 * Runs @func on some thread, which does not hold up those that write. Not g_task_run_in_thread():
 * its thread may drop the last reference to the store.
 */
void
lift_store_run_beside (LiftStore *self, LiftStoreJobFunc func, GTask *task)
{
  Job *job = g_new0 (Job, 1);

  g_task_set_check_cancellable (task, FALSE);
  job->func = func;
  job->data = g_task_get_task_data (task);
  job->task = task;
  g_thread_pool_push (get_pool (), job, NULL);
}

/*
 * lift_store_run_async:
 * @task: (transfer full): its task data goes to @func; returns a boolean
 *
 * Runs @func on the thread that writes, after all that was given before.
 */
void
lift_store_run_async (LiftStore *self, LiftStoreJobFunc func, GTask *task)
{
  Job *job = g_new0 (Job, 1);

  g_task_set_check_cancellable (task, FALSE);
  job->func = func;
  job->data = g_task_get_task_data (task);
  job->task = task;
  if (self->is_inline)
    {
      if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &job->error))
        job->result = run_inline (self, func, job->data, &job->error);
      complete_elsewhere (job);
    }
  else if (!push (self, job))
    {
      lift_store_set_closed_error (self, &job->error);
      complete_elsewhere (job);
    }
}

static void
release_ref (gpointer ref)
{
  g_atomic_rc_box_release_full (ref, (GDestroyNotify) g_weak_ref_clear);
}

static gboolean
tell_cb (gpointer user_data)
{
  g_autoptr (LiftStore) self = g_weak_ref_get (user_data);
  GQueue waiting = G_QUEUE_INIT;
  LiftChanges *changes;

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&self->mutex);
  waiting = self->waiting;
  g_queue_init (&self->waiting);
  self->telling = FALSE;
  g_mutex_unlock (&self->mutex);
  while ((changes = g_queue_pop_head (&waiting)) != NULL)
    {
      g_signal_emit_by_name (self, "changed", changes);
      lift_changes_unref (changes);
    }
  return G_SOURCE_REMOVE;
}

static void
wake_teller (LiftStore *self)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, g_atomic_rc_box_acquire (self->weak_self), release_ref);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

/*
 * lift_store_tell:
 * @changes: what a commit touched; not to be changed afterwards
 *
 * Emits `changed` where the store was opened. What gathers until then and is of one origin is
 * told together.
 */
void
lift_store_tell (LiftStore *self, LiftChanges *changes)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  LiftChanges *last = g_queue_peek_tail (&self->waiting);

  if (last == NULL || !lift_changes_merge (last, changes))
    g_queue_push_tail (&self->waiting, lift_changes_ref (changes));
  if (!self->telling)
    wake_teller (self);
  self->telling = TRUE;
}
