/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-day.h"
#include "lift-sync-journal.h"
#include "lift-sync-page-private.h"
#include "lift-toast.h"

/* What is done to the store, all of it in a worker. */
typedef struct
{
  LiftStore *store;
  LiftSyncItem *item; /* NULL: it is not about one entry */
  LiftSyncAct act;
  const LiftEntityInfo *info; /* NULL: to all rows */
  char *id;
  gint64 entry; /* of the journal: the item's, or where it keeps what was discarded; 0: none */
  char *path;   /* not NULL: to write what waits there, and no act */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->store);
  g_clear_object (&job->item);
  g_free (job->id);
  g_free (job->path);
  g_free (job);
}

static Job *
job_new (LiftSyncPage *self)
{
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (self->store);
  return job;
}

static gboolean
run (Job *job, GError **error)
{
  if (job->path != NULL)
    return lift_sync_export_unsynced_to_file (job->store, job->path, error);
  switch (job->act)
    {
    case LIFT_SYNC_ACT_RETRY:
      return lift_sync_retry_now (job->store, job->info, job->id, error);
    case LIFT_SYNC_ACT_DISCARD:
      return lift_sync_discard (job->store, job->info, job->id, &job->entry, error);
    case LIFT_SYNC_ACT_RESTORE:
    case LIFT_SYNC_ACT_DELETE:
    case LIFT_SYNC_ACT_BRING_BACK:
      return lift_sync_restore_conflict (job->store, job->entry, error);
    case LIFT_SYNC_ACT_DISMISS:
      return lift_sync_dismiss_conflict (job->store, job->entry, error);
    case LIFT_SYNC_ACT_EDIT:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static void
run_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (run (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
say_exported (LiftSyncPage *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  lift_toast (GTK_WIDGET (self), _ ("Exported to %s"), name);
}

/* How many of what was tried again wait still. */
static gssize
count_refused (Job *job, GError **error)
{
  g_autoptr (GPtrArray) rows = lift_sync_list_failed (job->store, error);
  gssize n = 0;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const LiftFailedRow *row = g_ptr_array_index (rows, i);

      n += job->info == NULL || (row->info == job->info && g_str_equal (row->id, job->id));
    }
  return rows != NULL ? n : -1;
}

static void
look_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  gssize n = count_refused (task_data, &error);

  if (n >= 0)
    g_task_return_int (task, n);
  else
    g_task_return_error (task, error);
}

/* The entry says why; that it was tried at all, nobody would see. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LiftSyncPage *self = LIFT_SYNC_PAGE (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gssize n = g_task_propagate_int (G_TASK (result), &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (error != NULL)
    lift_toast_error (GTK_WIDGET (self), error);
  else if (n > 0 && job->info != NULL)
    lift_toast (GTK_WIDGET (self), "%s", _ ("The server refused it again"));
  else if (n > 0)
    lift_toast (GTK_WIDGET (self),
                g_dngettext (GETTEXT_PACKAGE, "%u change was refused again",
                             "%u changes were refused again", n),
                (guint) n);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSyncResult)
    answer = lift_sync_manager_sync_finish (LIFT_SYNC_MANAGER (source), result, &error);

  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (answer->error != NULL)
    g_task_return_error (task, g_error_copy (answer->error));
  else
    g_task_run_in_thread (task, look_thread);
}

static void
send_again (LiftSyncPage *self, const Job *job)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, looked_cb, NULL);
  Job *look = job_new (self);

  look->info = job->info;
  look->id = g_strdup (job->id);
  g_task_set_source_tag (task, send_again);
  g_task_set_task_data (task, look, job_free);
  lift_sync_manager_sync_async (self->manager, NULL, synced_cb, g_steal_pointer (&task));
}

static void
offer_undo (LiftSyncPage *self, const char *title, gint64 entry)
{
  if (entry > 0)
    lift_toast_action (GTK_WIDGET (self), title, _ ("Undo"), "app.undo-entry",
                       g_variant_new_int64 (entry));
  else
    lift_toast (GTK_WIDGET (self), "%s", title);
}

static void
say_acted (LiftSyncPage *self, Job *job)
{
  GtkWidget *widget = GTK_WIDGET (self);

  switch (job->act)
    {
    case LIFT_SYNC_ACT_RETRY:
      send_again (self, job);
      break;
    case LIFT_SYNC_ACT_DISCARD:
      offer_undo (self, _ ("Your change was discarded"), job->entry);
      break;
    case LIFT_SYNC_ACT_DISMISS:
      offer_undo (self, _ ("Taken off the list"), job->entry);
      break;
    case LIFT_SYNC_ACT_DELETE:
      lift_toast (widget, "%s", _ ("It was deleted"));
      break;
    case LIFT_SYNC_ACT_BRING_BACK:
      lift_toast (widget, "%s", _ ("It was brought back"));
      break;
    case LIFT_SYNC_ACT_RESTORE:
      lift_toast (widget, "%s", _ ("The value was restored"));
      break;
    case LIFT_SYNC_ACT_EDIT:
    default:
      g_return_if_reached ();
    }
  lift_sync_page_acted (self, job->act, job->entry);
}

static void
say_done (LiftSyncPage *self, Job *job)
{
  if (job->path != NULL)
    say_exported (self, job->path);
  else
    say_acted (self, job);
}

/* What was refused may have changed although nothing was done. */
static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LiftSyncPage *self = LIFT_SYNC_PAGE (source);
  g_autoptr (GError) error = NULL;
  gboolean good = g_task_propagate_boolean (G_TASK (result), &error);
  Job *job = g_task_get_task_data (G_TASK (result));

  /* What was done well takes the entry away; until then there is nothing more to do. */
  if (job->item != NULL && (!good || job->act == LIFT_SYNC_ACT_RETRY))
    job->item->busy = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (good)
    say_done (self, job);
  else
    lift_toast_error (GTK_WIDGET (self), error);
  lift_sync_page_load (self);
}

static void
start (LiftSyncPage *self, Job *job)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, done_cb, NULL);

  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_thread);
}

/* Does to the row or the entry of the journal what a button says; all but to edit it. */
void
lift_sync_page_act (LiftSyncPage *self, LiftSyncItem *item, LiftSyncAct act)
{
  Job *job;

  if (item->busy)
    return;
  item->busy = TRUE;
  job = job_new (self);
  job->item = g_object_ref (item);
  job->act = act;
  job->info = item->info;
  job->id = g_strdup (item->id);
  job->entry = item->number;
  start (self, job);
}

/* Makes everything due that was refused. */
void
lift_sync_page_retry_all (LiftSyncPage *self)
{
  Job *job = job_new (self);

  job->act = LIFT_SYNC_ACT_RETRY;
  start (self, job);
}

static void
export_to (LiftSyncPage *self, GFile *file)
{
  Job *job;

  if (g_file_peek_path (file) == NULL)
    {
      lift_toast (GTK_WIDGET (self), "%s",
                  _ ("The changes can only be exported to a folder of this computer; choose one, "
                     "and copy the file from there"));
      return;
    }
  job = job_new (self);
  job->path = g_file_get_path (file);
  start (self, job);
}

static void
response_cb (LiftSyncPage *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    export_to (self, file);
}

static char *
dup_file_name (LiftSyncPage *self)
{
  LiftDay today = lift_day_today (lift_store_get_clock (self->store));
  g_autofree char *date = lift_day_format (today);

  return g_strdup_printf ("liftlogger-unsynced-%s.json", date);
}

/* Asks where to, and writes what is not on the server there. */
void
lift_sync_page_export (LiftSyncPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *name = dup_file_name (self);

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Export Unsynced Changes"), window,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
