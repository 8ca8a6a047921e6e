/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-sync-run.h"

G_BEGIN_DECLS

/* After the last run: what is next, and why. */
typedef enum
{
  LIFT_SYNC_WAIT_NONE,
  LIFT_SYNC_WAIT_REGULAR,
  LIFT_SYNC_WAIT_BACKOFF,
} LiftSyncWait;

struct _LiftSyncManager
{
  GObject parent_instance;

  LiftStore *store;
  LiftApi *api;
  char *device_id;
  GMainContext *context;

  /* Of the main context. */
  LiftSyncState state;
  double progress;
  LiftStoreStatus status;
  char *last_error;
  gboolean running;
  gboolean active;
  gboolean again;
  gboolean automatic;
  gboolean edited;
  gboolean refreshing;
  gboolean refresh_again;
  GPtrArray *current; /* GTask: answered by the run that is under way */
  GPtrArray *next;    /* GTask: answered by the one behind it */
  GCancellable *run_cancellable;
  gulong changed_id;
  GSource *timer;
  gint64 timer_at;
  LiftSyncWait wait;
  guint failures;

  /* Of whoever has made @busy true. */
  GMutex mutex;
  GCond idle;
  gboolean busy;
  guint pull_limit;
  gboolean caught_up;
  gboolean counted;
};

/*
 * LiftSyncJob:
 * @error: why it did not begin, or %G_IO_ERROR_CANCELLED
 *
 * One run on its way from the main context to a worker and back.
 */
typedef struct
{
  LiftSyncManager *manager;
  GCancellable *cancellable;
  LiftSyncResult *result;
  GError *error;
  LiftStoreStatus status;
  gint64 next_retry;
} LiftSyncJob;

LiftSyncJob *lift_sync_job_new (LiftSyncManager *manager, GCancellable *cancellable);
void lift_sync_job_free (LiftSyncJob *self);
void lift_sync_job_run (LiftSyncJob *self);

void lift_sync_manager_begin (LiftSyncManager *self);
void lift_sync_manager_set_status (LiftSyncManager *self, const LiftStoreStatus *status);
void lift_sync_manager_show_progress (LiftSyncManager *self, LiftSyncState state, double progress);

void lift_sync_schedule_connect (LiftSyncManager *self);
void lift_sync_schedule_disconnect (LiftSyncManager *self);
void lift_sync_schedule_clear (LiftSyncManager *self);
void lift_sync_schedule_next (LiftSyncManager *self, const LiftSyncJob *job);

G_END_DECLS
