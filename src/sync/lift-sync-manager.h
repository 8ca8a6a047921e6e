/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-api.h"
#include "lift-store.h"

G_BEGIN_DECLS

#define LIFT_SYNC_ERROR (lift_sync_error_quark ())

/**
 * LiftSyncError:
 * @LIFT_SYNC_ERROR_BUSY: another process is syncing this store
 */
typedef enum
{
  LIFT_SYNC_ERROR_BUSY,
} LiftSyncError;

GQuark lift_sync_error_quark (void);

/**
 * LiftSyncState:
 * @LIFT_SYNC_IDLE: nothing is going on
 * @LIFT_SYNC_PULLING: reading what is new on the server
 * @LIFT_SYNC_PUSHING: sending what changed here
 * @LIFT_SYNC_OFFLINE: the server could not be reached; tried again by itself
 * @LIFT_SYNC_SIGNED_OUT: the password is needed
 */
typedef enum
{
  LIFT_SYNC_IDLE,
  LIFT_SYNC_PULLING,
  LIFT_SYNC_PUSHING,
  LIFT_SYNC_OFFLINE,
  LIFT_SYNC_SIGNED_OUT,
} LiftSyncState;

#define LIFT_TYPE_SYNC_STATE (lift_sync_state_get_type ())
GType lift_sync_state_get_type (void);

/**
 * LiftSyncResult:
 * @pulled: rows taken from the server
 * @pushed: rows that the server took
 * @failed: rows that the server refused, now in the retry queue
 * @error: (nullable): what kept a leg (pull or push) from ending, of LIFT_REMOTE_ERROR or a
 *   store's error; rows are not lost by it
 */
typedef struct
{
  guint pulled;
  guint pushed;
  guint failed;
  GError *error;
} LiftSyncResult;

#define LIFT_TYPE_SYNC_RESULT (lift_sync_result_get_type ())
GType lift_sync_result_get_type (void);
LiftSyncResult *lift_sync_result_copy (const LiftSyncResult *self);
void lift_sync_result_free (LiftSyncResult *self);
gboolean lift_sync_result_is_success (const LiftSyncResult *self);
gboolean lift_sync_result_is_partial (const LiftSyncResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftSyncResult, lift_sync_result_free)

#define LIFT_TYPE_SYNC_MANAGER (lift_sync_manager_get_type ())
G_DECLARE_FINAL_TYPE (LiftSyncManager, lift_sync_manager, LIFT, SYNC_MANAGER, GObject)

/**
 * LiftSyncManager:
 *
 * PULL → PUSH → RETRY for one store and one sign-in. Properties, all notified on the main
 * context: `state` (LiftSyncState), `progress` (0 to 1), `pending`, `retrying`,
 * `needs-attention`, `conflicts` (uint), `last-synced` (int64 µs, LIFT_INT_NULL never),
 * `last-error` (string, nullable), `running` (boolean). Signal `finished` (LiftSyncResult).
 */
LiftSyncManager *lift_sync_manager_new (LiftStore *store, LiftApi *api, const char *device_id);

/* One sync; a call during one joins the run that follows it. Result or error at the end. */
void lift_sync_manager_sync_async (LiftSyncManager *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
LiftSyncResult *
lift_sync_manager_sync_finish (LiftSyncManager *self, GAsyncResult *result, GError **error);
/* The same, blocking, for the command line and tests. */
LiftSyncResult *
lift_sync_manager_sync_sync (LiftSyncManager *self, GCancellable *cancellable, GError **error);

/* By itself: at start-up, 2 s after an edit, every 5 minutes, when a retry is due. */
void lift_sync_manager_start (LiftSyncManager *self);
void lift_sync_manager_stop (LiftSyncManager *self);
/* Something says that a sync may go through now (reconnection, server hint). */
void lift_sync_manager_poke (LiftSyncManager *self);

G_END_DECLS
