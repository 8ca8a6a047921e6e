/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lift-batch.h"
#include "lift-clock.h"
#include "lift-query.h"

G_BEGIN_DECLS

#define LIFT_TYPE_STORE (lift_store_get_type ())
G_DECLARE_FINAL_TYPE (LiftStore, lift_store, LIFT, STORE, GObject)

/**
 * LiftStore:
 *
 * All rows of one account in one SQLite file, and what of them the server does not know yet.
 * Errors are of LIFT_MODEL_ERROR (bad data, nothing was written) or LIFT_DATABASE_ERROR.
 * May be used from any thread; the signal `changed` (a [struct@Changes]) is emitted in the main
 * context that was the thread default when the store was opened, after the commit.
 */

LiftStore *lift_store_open (const char *path, LiftClock *clock, GError **error);
/* Without a thread: all work is done by the caller. For simulations; @path may be `:memory:`. */
LiftStore *lift_store_open_inline (const char *path, LiftClock *clock, GError **error);
/* Where the file cannot be written: all reads work, all writes fail. Without a thread too. */
LiftStore *lift_store_open_read_only (const char *path, LiftClock *clock, GError **error);
void lift_store_open_async (const char *path,
                            LiftClock *clock,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
LiftStore *lift_store_open_finish (GAsyncResult *result, GError **error);
void lift_store_close (LiftStore *self);
LiftClock *lift_store_get_clock (LiftStore *self);
const char *lift_store_get_path (LiftStore *self);

/* The one door for writes. Returns the writes that take this one back. */
LiftBatch *lift_store_commit_sync (LiftStore *self, LiftBatch *batch, GError **error);
void lift_store_commit_async (LiftStore *self,
                              LiftBatch *batch,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
LiftBatch *lift_store_commit_finish (LiftStore *self, GAsyncResult *result, GError **error);

/* Reads: entities in arrays that own them. Several queries see one and the same moment; the answer
 * of query_finish is an array of one such array for each query, also when there is but one. */
GPtrArray *lift_store_query_sync (LiftStore *self, LiftQuery *query, GError **error);
LiftEntity *
lift_store_get_sync (LiftStore *self, const LiftEntityInfo *info, const char *id, GError **error);
gint64 lift_store_count_sync (LiftStore *self, LiftQuery *query, GError **error);
void lift_store_query_async (LiftStore *self,
                             LiftQuery *const *queries,
                             guint n_queries,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *lift_store_query_finish (LiftStore *self, GAsyncResult *result, GError **error);

/**
 * LiftChanges:
 *
 * Which rows a commit touched: a set of ids for each entity type. Boxed.
 */
#define LIFT_TYPE_CHANGES (lift_changes_get_type ())
typedef struct _LiftChanges LiftChanges;
GType lift_changes_get_type (void);
LiftChanges *lift_changes_ref (LiftChanges *self);
void lift_changes_unref (LiftChanges *self);
gboolean lift_changes_has_type (LiftChanges *self, const LiftEntityInfo *info);
gboolean lift_changes_has_row (LiftChanges *self, const LiftEntityInfo *info, const char *id);
gboolean lift_changes_is_local (LiftChanges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftChanges, lift_changes_unref)

/**
 * LiftStoreStatus:
 * @pending: rows with something that the server has not confirmed
 * @retrying: of these, rows that failed and will be tried again
 * @needs_attention: of these, rows that wait for an edit or for the user
 * @conflicts: values and rows in the journal that lost against others, which nobody has dismissed
 *   or restored
 * @notes: other open entries of the journal: what was discarded, and what is only told
 * @parked: rows from the server that this version cannot read yet
 * @last_synced_at: when a sync last ended well, or %LIFT_INT_NULL
 */
typedef struct
{
  guint pending;
  guint retrying;
  guint needs_attention;
  guint conflicts;
  guint notes;
  guint parked;
  gint64 last_synced_at;
} LiftStoreStatus;

gboolean lift_store_get_status_sync (LiftStore *self, LiftStoreStatus *status, GError **error);
guint lift_store_count_pending (const char *path, LiftClock *clock);
gboolean lift_store_check_sync (LiftStore *self, GError **error);

G_END_DECLS
