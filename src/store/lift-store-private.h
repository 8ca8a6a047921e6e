/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-changes-private.h"
#include "lift-store-writer.h"

G_BEGIN_DECLS

struct _LiftStore
{
  GObject parent_instance;

  char *path;
  LiftClock *clock;
  GMainContext *context;
  GWeakRef *weak_self; /* in a box with a count: for what may outlive the store */

  /* Of the thread that writes; in inline mode of whoever holds @inline_lock. */
  LiftDatabase *database;
  int lock;         /* of the folder, for as long as the file is open; negative: none */
  gint64 last_edit; /* as far as this store has given edit counters or told of others' */
  gint64 data_version;
  gint64 next_look;

  gboolean is_inline;
  GRecMutex inline_lock;
  void (*pause) (gpointer user_data); /* nullable: between two pieces of inline work */
  gpointer pause_data;
  GThread *thread;
  GAsyncQueue *jobs;

  GMutex mutex; /* for what follows */
  gboolean closed;
  GPtrArray *readers; /* LiftDatabase: connections that nobody uses just now */
  GQueue waiting;     /* LiftChanges that are still to be told */
  gboolean telling;
};

/* What only ever grows, over restarts and for all processes on the file. */
typedef struct
{
  gint64 edit;   /* the last edit counter given out */
  gint64 delete; /* the instant of the last delete */
} LiftStoreCounters;

struct _LiftStoreWriter
{
  LiftStore *store;
  LiftDatabase *database;
  LiftChanges *changes;
  LiftStoreCounters begin; /* as they were when the transaction began */
  LiftStoreCounters now;
  GError *error; /* of what cannot tell of one; fails the transaction */
};

typedef gboolean (*LiftStoreJobFunc) (LiftStore *self, gpointer data, GError **error);

void lift_store_start_jobs (LiftStore *self);
void lift_store_stop_jobs (LiftStore *self);
gboolean
lift_store_run_sync (LiftStore *self, LiftStoreJobFunc func, gpointer data, GError **error);
void lift_store_run_async (LiftStore *self, LiftStoreJobFunc func, GTask *task);
void lift_store_run_beside (LiftStore *self, LiftStoreJobFunc func, GTask *task);
gboolean lift_store_is_writing_thread (LiftStore *self);
void lift_store_tell (LiftStore *self, LiftChanges *changes);
gboolean lift_store_set_closed_error (LiftStore *self, GError **error);

gboolean lift_store_transact (
  LiftStore *self, gboolean is_local, LiftStoreWriteFunc func, gpointer data, GError **error);
gint64 lift_store_writer_next_delete (LiftStoreWriter *self);
gboolean
lift_store_read_counters (LiftDatabase *database, LiftStoreCounters *counters, GError **error);

gboolean lift_store_prepare_tables (LiftStore *self, GError **error);
gboolean lift_store_prepare_schema (LiftStore *self, GError **error);

G_END_DECLS
