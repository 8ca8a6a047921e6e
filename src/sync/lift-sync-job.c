/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-sync-manager-private.h"

void
lift_sync_job_free (LiftSyncJob *job)
{
  g_clear_object (&job->manager);
  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->result, lift_sync_result_free);
  g_clear_error (&job->error);
  g_free (job);
}

/*
 * lift_sync_job_new:
 * @cancellable: (nullable): ends the run
 *
 * Returns: (transfer full): a run that is still to be made
 */
LiftSyncJob *
lift_sync_job_new (LiftSyncManager *self, GCancellable *cancellable)
{
  LiftSyncJob *job = g_new0 (LiftSyncJob, 1);

  job->manager = g_object_ref (self);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->result = g_new0 (LiftSyncResult, 1);
  job->next_retry = -1;
  return job;
}

/* What a worker tells the main context while it runs. */
typedef struct
{
  LiftSyncManager *manager;
  LiftSyncState state;
  double progress;
} Report;

static void
report_free (gpointer data)
{
  Report *report = data;

  g_object_unref (report->manager);
  g_free (report);
}

static gboolean
report_cb (gpointer user_data)
{
  Report *report = user_data;

  lift_sync_manager_show_progress (report->manager, report->state, report->progress);
  return G_SOURCE_REMOVE;
}

static void
report_from_run (LiftSyncRun *run, LiftSyncState state, double progress)
{
  LiftSyncManager *self = run->user_data;
  Report *report = g_new0 (Report, 1);

  report->manager = g_object_ref (self);
  report->state = state;
  report->progress = progress;
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, report_cb, report, report_free);
}

static void
enter (LiftSyncManager *self)
{
  g_mutex_lock (&self->mutex);
  while (self->busy)
    g_cond_wait (&self->idle, &self->mutex);
  self->busy = TRUE;
  g_mutex_unlock (&self->mutex);
}

static void
leave (LiftSyncManager *self)
{
  g_mutex_lock (&self->mutex);
  self->busy = FALSE;
  g_cond_signal (&self->idle);
  g_mutex_unlock (&self->mutex);
}

/*
 * lift_sync_job_run:
 *
 * The run itself, on whatever thread; one at a time.
 */
void
lift_sync_job_run (LiftSyncJob *job)
{
  LiftSyncManager *self = job->manager;
  LiftSyncRun run = {
    .store = self->store,
    .api = self->api,
    .device_id = self->device_id,
    .cancellable = job->cancellable,
    .batch = { LIFT_SYNC_MAX_ROWS, LIFT_SYNC_MAX_BYTES },
    .report = report_from_run,
    .user_data = self,
    .result = job->result,
    .next_retry = -1,
  };

  enter (self);
  run.pull_limit = self->pull_limit;
  run.caught_up = self->caught_up;
  run.counted = self->counted;
  if (!lift_sync_run (&run, &job->error))
    lift_store_get_status_sync (self->store, &run.status, NULL);
  self->caught_up = run.caught_up;
  self->counted = run.counted;
  job->status = run.status;
  job->next_retry = run.next_retry;
  leave (self);
}
