/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-history.h"
#include "lift-outbox.h"
#include "lift-sync-manager.h"

G_BEGIN_DECLS

#define LIFT_SYNC_MAX_ROWS 500
/* Rows of a type that a [base] server sends at once if it is not told otherwise. */
#define LIFT_SYNC_BASE_PAGE 100
/* The protocol's 2 MiB, less what stands around the rows. */
#define LIFT_SYNC_MAX_BYTES (2 * 1024 * 1024 - 16 * 1024)

typedef struct _LiftSyncRun LiftSyncRun;

/*
 * LiftSyncRun:
 * @batch: how much goes in one push; halved where it was too much
 * @pull_limit: how many rows of a type are asked for; so too
 * @filled: a page came that holds so many
 * @caught_up: what an earlier version could not read was looked at; once in a process will do
 * @counted: the server was asked how far it counts; also once in a process
 * @report: told when the state changes and how far it has come, on the thread of the run
 * @history: what the server says of its past, while everything is pulled anew
 * @restored: a server that does not say has forgotten what it had acknowledged
 * @result: what became of it
 * @next_retry: microseconds until a refused row is due, -1 for none
 *
 * One sync, from its start to its end, on one thread.
 */
struct _LiftSyncRun
{
  LiftStore *store;
  LiftApi *api;
  const char *device_id;
  GCancellable *cancellable;
  LiftBatchLimit batch;
  guint pull_limit;
  gboolean filled;
  gboolean caught_up;
  gboolean counted;
  void (*report) (LiftSyncRun *self, LiftSyncState state, double progress);
  gpointer user_data;

  LiftHistory history;
  gboolean restored;
  LiftSyncResult *result;
  LiftStoreStatus status;
  gint64 next_retry;
};

gboolean lift_sync_run (LiftSyncRun *self, GError **error);
gint64 lift_sync_run_get_now (LiftSyncRun *self);
gboolean lift_sync_run_load_size (LiftSyncRun *self, const char *fact, guint *rows, GError **error);
gboolean lift_sync_run_store_size (LiftSyncRun *self, const char *fact, guint rows, GError **error);

gboolean lift_sync_run_dup_fact (LiftSyncRun *self, const char *name, char **text, GError **error);
gboolean lift_pull (LiftSyncRun *run, GError **error);
LiftPullPage *lift_pull_fetch (LiftSyncRun *run, const LiftPullRequest *request, GError **error);
gboolean lift_pull_server_forgot (LiftSyncRun *run, gboolean *forgot, GError **error);
gboolean lift_pull_base (LiftSyncRun *run, LiftPullPage *first, GHashTable *seen, GError **error);
gboolean lift_push (LiftSyncRun *run, GError **error);
gboolean
lift_push_ask (LiftSyncRun *run, gint64 sent, const char *epoch, gint64 *last, GError **error);

G_END_DECLS
