/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-application-private.h"
#include "lift-sync-journal.h"
#include "lift-sync-page.h"
#include "lift-toast.h"

/* The page about the sync, and what its toasts take back. */

static void
closed_cb (LiftApplication *self)
{
  lift_window_close_page (lift_application_get_private (self)->window);
}

static void
edit_cb (LiftApplication *self, LiftPlace *place)
{
  LiftWindow *window = lift_application_get_private (self)->window;
  /* The place goes with the page. */
  g_autoptr (LiftPlace) there = lift_place_copy (place);

  lift_window_close_page (window);
  LIFT_APPLICATION_GET_CLASS (self)->show_place (self, lift_window_get_content (window), there);
}

/* Shows the page about the sync over the content. */
void
lift_application_show_sync_page (LiftApplication *self)
{
  LiftApplicationPrivate *priv = lift_application_get_private (self);
  GtkWidget *page;

  if (LIFT_IS_SYNC_PAGE (lift_window_get_page (priv->window)))
    return;
  page = lift_sync_page_new (priv->store, priv->sync_manager, priv->settings,
                             LIFT_APPLICATION_GET_CLASS (self)->places);
  g_signal_connect_object (page, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  lift_window_show_page (priv->window, page);
}

typedef struct
{
  LiftStore *store;
  gint64 number;
} Restore;

static void
restore_free (gpointer data)
{
  Restore *restore = data;

  g_object_unref (restore->store);
  g_free (restore);
}

static void
restore_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Restore *restore = task_data;
  GError *error = NULL;

  if (lift_sync_restore_conflict (restore->store, restore->number, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LiftWindow *window = lift_application_get_private (LIFT_APPLICATION (source))->window;
  GtkWidget *inside = window != NULL ? lift_window_get_content (window) : NULL;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) && inside != NULL)
    lift_toast_error (inside, error);
}

/* Writes back what an entry of the journal keeps. */
void
lift_application_restore_entry (LiftApplication *self, gint64 number)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, restored_cb, NULL);
  Restore *restore = g_new0 (Restore, 1);

  restore->store = g_object_ref (lift_application_get_store (self));
  restore->number = number;
  g_task_set_source_tag (task, lift_application_restore_entry);
  g_task_set_task_data (task, restore, restore_free);
  g_task_run_in_thread (task, restore_thread);
}
