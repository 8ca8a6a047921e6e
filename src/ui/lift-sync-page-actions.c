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
  gint64 number;
  gint64 entry; /* where the journal keeps what was discarded; 0: nowhere */
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
      return lift_sync_restore_conflict (job->store, job->number, error);
    case LIFT_SYNC_ACT_DISMISS:
      return lift_sync_dismiss_conflict (job->store, job->number, error);
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

static void
say_done (LiftSyncPage *self, Job *job)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (job->path != NULL)
    say_exported (self, job->path);
  else if (job->act == LIFT_SYNC_ACT_RETRY)
    gtk_widget_activate_action (widget, "app.sync", NULL);
  else if (job->act == LIFT_SYNC_ACT_DISCARD && job->entry > 0)
    lift_toast_action (widget, _ ("Your change was discarded"), _ ("Undo"), "app.restore-entry",
                       g_variant_new_int64 (job->entry));
  else if (job->act == LIFT_SYNC_ACT_DISCARD)
    lift_toast (widget, "%s", _ ("Your change was discarded"));
  else if (job->act == LIFT_SYNC_ACT_RESTORE)
    lift_toast (widget, "%s", _ ("The value was restored"));
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
  job->number = item->number;
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
