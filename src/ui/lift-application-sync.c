/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-application-private.h"
#include "lift-sync-journal.h"
#include "lift-sync-item.h"
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

static gboolean
find_deed (GArray *deeds, gint64 number, guint *index)
{
  for (*index = deeds->len; *index > 0; (*index)--)
    if (number == 0 || g_array_index (deeds, LiftDeed, *index - 1).number == number)
      {
        (*index)--;
        return TRUE;
      }
  return FALSE;
}

/* What was discarded and restored again by its button is no longer to be undone. */
static void
acted_cb (LiftApplication *self, LiftSyncAct act, gint64 entry)
{
  GArray *deeds = lift_application_get_private (self)->deeds;
  const LiftDeed deed = { entry, act == LIFT_SYNC_ACT_DISMISS };
  guint index;

  if (entry == 0)
    return;
  if (act == LIFT_SYNC_ACT_DISMISS || act == LIFT_SYNC_ACT_DISCARD)
    g_array_append_val (deeds, deed);
  else if (find_deed (deeds, entry, &index))
    g_array_remove_index (deeds, index);
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
                             lift_account_get_user_id (priv->account),
                             LIFT_APPLICATION_GET_CLASS (self)->places);
  g_signal_connect_object (page, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "edit", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "acted", G_CALLBACK (acted_cb), self, G_CONNECT_SWAPPED);
  lift_window_show_page (priv->window, page);
}

typedef struct
{
  LiftStore *store;
  LiftDeed deed;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->store);
  g_free (undo);
}

static void
undo_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Undo *undo = task_data;
  GError *error = NULL;

  if (undo->deed.dismissed ? lift_sync_recall_conflict (undo->store, undo->deed.number, &error)
                           : lift_sync_restore_conflict (undo->store, undo->deed.number, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LiftWindow *window = lift_application_get_private (LIFT_APPLICATION (source))->window;
  GtkWidget *inside = window != NULL ? lift_window_get_content (window) : NULL;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) && inside != NULL)
    lift_toast_error (inside, error);
}

static void
start_undo (LiftApplication *self, const LiftDeed *deed)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, undone_cb, NULL);
  Undo *undo = g_new0 (Undo, 1);

  undo->store = g_object_ref (lift_application_get_store (self));
  undo->deed = *deed;
  g_task_set_source_tag (task, start_undo);
  g_task_set_task_data (task, undo, undo_free);
  g_task_run_in_thread (task, undo_thread);
}

/* Takes back what the page about the sync did to an entry of the journal, or, if @number is 0, did
 * last; before that come the edits. */
void
lift_application_undo_entry (LiftApplication *self, gint64 number)
{
  GArray *deeds = lift_application_get_private (self)->deeds;
  guint index;

  if (find_deed (deeds, number, &index))
    {
      start_undo (self, &g_array_index (deeds, LiftDeed, index));
      g_array_remove_index (deeds, index);
    }
  else if (number == 0)
    g_action_group_activate_action (G_ACTION_GROUP (self), "undo", NULL);
}
