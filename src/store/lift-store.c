/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-store-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "lift-folder-lock.h"

G_DEFINE_FINAL_TYPE (LiftStore, lift_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
lift_store_dispose (GObject *object)
{
  lift_store_close (LIFT_STORE (object));
  G_OBJECT_CLASS (lift_store_parent_class)->dispose (object);
}

static void
lift_store_finalize (GObject *object)
{
  LiftStore *self = LIFT_STORE (object);

  g_queue_clear_full (&self->waiting, (GDestroyNotify) lift_changes_unref);
  g_ptr_array_unref (self->readers);
  g_atomic_rc_box_release_full (self->weak_self, (GDestroyNotify) g_weak_ref_clear);
  g_main_context_unref (self->context);
  g_clear_object (&self->clock);
  g_free (self->path);
  g_rec_mutex_clear (&self->inline_lock);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (lift_store_parent_class)->finalize (object);
}

static void
lift_store_class_init (LiftStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lift_store_dispose;
  object_class->finalize = lift_store_finalize;

  /**
   * LiftStore::changed:
   * @changes: which rows
   *
   * Emitted after a commit, also of another process, in the context where the store was opened.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, LIFT_TYPE_CHANGES);
}

static void
lift_store_init (LiftStore *self)
{
  self->lock = -1;
  g_mutex_init (&self->mutex);
  g_rec_mutex_init (&self->inline_lock);
  self->context = g_main_context_ref_thread_default ();
  self->weak_self = g_atomic_rc_box_new0 (GWeakRef);
  g_weak_ref_init (self->weak_self, self);
  self->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_database_free);
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_str_equal (path, ":memory:") || g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_ACCESS,
               _ ("The folder %s cannot be made. Check that you may write beside it"), folder);
  return FALSE;
}

/* Whoever removes the account finds that it is in use. */
static gboolean
lock_folder (LiftStore *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (g_str_equal (self->path, ":memory:"))
    return TRUE;
  self->lock = lift_folder_lock_take (folder, FALSE);
  if (self->lock >= 0)
    return TRUE;
  if (self->lock == -EWOULDBLOCK)
    g_set_error (
      error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_BUSY,
      _ ("Another program is removing the account that %s belongs to. Sign in again once "
         "it has ended"),
      self->path);
  else
    lift_database_set_file_error (self->path, -self->lock, error);
  return FALSE;
}

static LiftStore *
make_store (const char *path, LiftClock *clock, GMainContext *context, gboolean is_inline)
{
  LiftStore *self = g_object_new (LIFT_TYPE_STORE, NULL);

  g_main_context_unref (self->context);
  self->context = context != NULL ? g_main_context_ref (context)
                                  : g_main_context_ref_thread_default ();
  self->path = g_strdup (path);
  self->clock = g_object_ref (clock);
  self->is_inline = is_inline;
  return self;
}

static LiftStore *
open_store (
  const char *path, LiftClock *clock, GMainContext *context, gboolean is_inline, GError **error)
{
  g_autoptr (LiftStore) self = make_store (path, clock, context, is_inline);

  if (!make_folder (path, error) || (!is_inline && !lock_folder (self, error)))
    return NULL;
  self->database = lift_database_open (path, LIFT_DATABASE_WRITE, error);
  if (self->database == NULL || !lift_store_prepare_schema (self, error))
    return NULL;
  if (!is_inline)
    lift_store_start_jobs (self);
  return g_steal_pointer (&self);
}

/**
 * lift_store_open:
 * @path: the file of the account; it and its folder are made if need be
 * @clock: what the time is
 *
 * Opens a store, brings its tables up to date and puts the catalogue of exercises into it.
 *
 * Returns: (transfer full) (nullable): the store, or %NULL with an error of LIFT_DATABASE_ERROR
 */
LiftStore *
lift_store_open (const char *path, LiftClock *clock, GError **error)
{
  return open_store (path, clock, NULL, FALSE, error);
}

/**
 * lift_store_open_inline:
 *
 * As [ctor@Store.open], but all work is done in the calling thread, in an order that a test can
 * repeat, and other processes are not looked for.
 *
 * Returns: (transfer full) (nullable): the store
 */
LiftStore *
lift_store_open_inline (const char *path, LiftClock *clock, GError **error)
{
  return open_store (path, clock, NULL, TRUE, error);
}

/**
 * lift_store_open_read_only:
 *
 * Opens a store that cannot be written, on a disk that is read-only or full: what is in it can be
 * read and taken out, and every write fails. All work is done in the calling thread.
 *
 * Returns: (transfer full) (nullable): the store; %NULL with an error also if its tables would have
 *   to be brought up to date first
 */
LiftStore *
lift_store_open_read_only (const char *path, LiftClock *clock, GError **error)
{
  g_autoptr (LiftStore) self = make_store (path, clock, NULL, TRUE);

  if (!lock_folder (self, error))
    return NULL;
  self->database = lift_database_open (path, LIFT_DATABASE_READ_ANYWHERE, error);
  if (self->database == NULL || !lift_store_prepare_tables (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

typedef struct
{
  char *path;
  LiftClock *clock;
  GMainContext *context;
} OpenData;

static void
open_data_free (OpenData *data)
{
  g_free (data->path);
  g_object_unref (data->clock);
  g_main_context_unref (data->context);
  g_free (data);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  OpenData *data = task_data;
  GError *error = NULL;
  LiftStore *self = open_store (data->path, data->clock, data->context, FALSE, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * lift_store_open_async:
 *
 * As [ctor@Store.open], off the calling thread, whose context gets the signals.
 */
void
lift_store_open_async (const char *path,
                       LiftClock *clock,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  OpenData *data = g_new0 (OpenData, 1);

  data->path = g_strdup (path);
  data->clock = g_object_ref (clock);
  data->context = g_main_context_ref_thread_default ();
  g_task_set_source_tag (task, lift_store_open_async);
  g_task_set_task_data (task, data, (GDestroyNotify) open_data_free);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * lift_store_open_finish:
 *
 * Returns: (transfer full) (nullable): the store
 */
LiftStore *
lift_store_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * lift_store_close:
 *
 * Waits for the writes that were given, and closes the file. What is asked of the store later
 * fails. Not from within a function that the store runs.
 */
void
lift_store_close (LiftStore *self)
{
  g_return_if_fail (LIFT_IS_STORE (self));

  lift_store_stop_jobs (self);
  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->readers, 0);
  g_mutex_unlock (&self->mutex);
  g_rec_mutex_lock (&self->inline_lock);
  g_clear_pointer (&self->database, lift_database_free);
  lift_folder_lock_give (self->lock);
  self->lock = -1;
  g_rec_mutex_unlock (&self->inline_lock);
}

/*
 * lift_store_set_closed_error:
 *
 * Returns: %FALSE
 */
gboolean
lift_store_set_closed_error (LiftStore *self, GError **error)
{
  g_set_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FAILED,
               _ ("The file %s was closed. Open the account again"), self->path);
  return FALSE;
}

/**
 * lift_store_get_clock:
 *
 * Returns: (transfer none): the clock
 */
LiftClock *
lift_store_get_clock (LiftStore *self)
{
  return self->clock;
}

/**
 * lift_store_get_path:
 *
 * Returns: (transfer none): the file
 */
const char *
lift_store_get_path (LiftStore *self)
{
  return self->path;
}
