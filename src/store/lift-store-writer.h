/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-database.h"
#include "lift-store.h"

G_BEGIN_DECLS

/**
 * LiftStoreWriter:
 *
 * A write transaction of a store, for the sync (apps use [method@Store.commit_async]). Lives
 * while the function that it was handed to runs, on the thread that owns the writing connection.
 */
typedef struct _LiftStoreWriter LiftStoreWriter;

/**
 * LiftStoreWriteFunc:
 *
 * Runs inside `BEGIN IMMEDIATE` … `COMMIT`; %FALSE with an error rolls everything back.
 */
typedef gboolean (*LiftStoreWriteFunc) (LiftStoreWriter *writer,
                                        gpointer user_data,
                                        GError **error);
typedef gboolean (*LiftStoreReadFunc) (LiftDatabase *database, gpointer user_data, GError **error);

gboolean lift_store_write_sync (LiftStore *self,
                                LiftStoreWriteFunc func,
                                gpointer user_data,
                                GError **error);
gboolean
lift_store_edit_sync (LiftStore *self, LiftStoreWriteFunc func, gpointer user_data, GError **error);
gboolean
lift_store_read_sync (LiftStore *self, LiftStoreReadFunc func, gpointer user_data, GError **error);

LiftDatabase *lift_store_writer_get_database (LiftStoreWriter *self);
LiftEntity *lift_store_writer_load (LiftStoreWriter *self,
                                    const LiftEntityInfo *info,
                                    const char *id,
                                    GError **error);
gboolean lift_store_writer_save (LiftStoreWriter *self, LiftEntity *entity, GError **error);
/* Says that a row changed by SQL of one's own, for `changed`. */
void lift_store_writer_touch (LiftStoreWriter *self, const LiftEntityInfo *info, const char *id);
gboolean lift_store_writer_remove (LiftStoreWriter *self,
                                   const LiftEntityInfo *info,
                                   const char *id,
                                   GError **error);
gint64 lift_store_writer_next_edit (LiftStoreWriter *self);
/* Through the door, with its checks. */
gboolean lift_store_writer_apply (LiftStoreWriter *self, LiftBatch *batch, GError **error);

/* For simulations: whether @self has no thread, and what to call between two pieces of work, where
 * nothing is locked and others may go on. */
gboolean lift_store_is_inline (LiftStore *self);
void lift_store_set_pause_func (LiftStore *self, void (*func) (gpointer), gpointer user_data);

/* Small durable facts: cursor, device id, last mutation. */
char *lift_store_writer_dup_fact (LiftStoreWriter *self, const char *name);
gboolean lift_store_writer_set_fact (LiftStoreWriter *self,
                                     const char *name,
                                     const char *value,
                                     GError **error);
char *lift_store_dup_fact_sync (LiftStore *self, const char *name, GError **error);

G_END_DECLS
