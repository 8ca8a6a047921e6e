/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-sync-indicator.h"

#include <glib/gi18n-lib.h>

#include "lift-sync-words.h"
#include "lift-toast.h"

/* "2 min ago" grows old by itself. */
#define REFRESH_SECONDS 20

struct _LiftSyncIndicator
{
  AdwBin parent_instance;

  GtkLabel *words;
  GtkWidget *sign_in_button;
  GtkMenuButton *attention_button;
  GtkListBox *failed_list;
  GtkStack *sync_stack;
  GtkSpinner *spinner;

  LiftStore *store;
  LiftSyncManager *manager;
  GCancellable *cancellable;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (LiftSyncIndicator, lift_sync_indicator, ADW_TYPE_BIN)

static LiftSyncFigures
get_figures (LiftSyncIndicator *self)
{
  LiftSyncFigures figures = { 0 };

  g_object_get (self->manager, "state", &figures.state, "pending", &figures.pending,
                "needs-attention", &figures.needs_attention, "last-synced", &figures.last_synced,
                NULL);
  return figures;
}

static gint64
get_now (LiftSyncIndicator *self)
{
  return lift_clock_get_time (lift_store_get_clock (self->store));
}

static void
update_attention (LiftSyncIndicator *self, guint n)
{
  g_autofree char *label = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u needs attention", "%u need attention", n), n);

  gtk_widget_set_visible (GTK_WIDGET (self->attention_button), n > 0);
  if (n > 0)
    gtk_menu_button_set_label (self->attention_button, label);
}

static void
update (LiftSyncIndicator *self)
{
  LiftSyncFigures figures = get_figures (self);
  g_autofree char *words = lift_sync_words_for_state (&figures, get_now (self));
  gboolean busy = figures.state == LIFT_SYNC_PULLING || figures.state == LIFT_SYNC_PUSHING;

  gtk_label_set_label (self->words, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->words), words);
  gtk_widget_set_visible (self->sign_in_button, figures.state == LIFT_SYNC_SIGNED_OUT);
  update_attention (self, figures.needs_attention);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_stack_set_visible_child_name (self->sync_stack, busy ? "busy" : "idle");
}

static gboolean
refresh_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

/* What was refused, with what it is called. */
typedef struct
{
  GPtrArray *rows;     /* LiftFailedRow */
  GPtrArray *subjects; /* utf8 */
} Failed;

static void
failed_free (Failed *failed)
{
  g_ptr_array_unref (failed->rows);
  g_ptr_array_unref (failed->subjects);
  g_free (failed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Failed, failed_free)

static void
list_failed_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *rows = lift_sync_list_failed (task_data, &error);
  Failed *failed;

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  failed = g_new0 (Failed, 1);
  failed->rows = rows;
  failed->subjects = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      LiftFailedRow *row = rows->pdata[i];

      g_ptr_array_add (failed->subjects,
                       lift_sync_words_for_subject (task_data, row->info, row->id));
    }
  g_task_return_pointer (task, failed, (GDestroyNotify) failed_free);
}

static void
append_row (LiftSyncIndicator *self, LiftFailedRow *failed, const char *subject)
{
  GtkWidget *row = adw_action_row_new ();
  const char *type = lift_sync_words_for_type (failed->info);
  g_autofree char *why = lift_sync_words_for_row (failed, get_now (self));
  g_autofree char *words = *subject != '\0' ? g_strdup_printf ("%s\n%s", subject, why)
                                            : g_strdup (why);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), type);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->failed_list, row);
}

static void
clear_rows (LiftSyncIndicator *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->failed_list, 0)) != NULL)
    gtk_list_box_remove (self->failed_list, GTK_WIDGET (row));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LiftSyncIndicator *self = LIFT_SYNC_INDICATOR (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (Failed) failed = g_task_propagate_pointer (G_TASK (result), &error);

  if (failed == NULL)
    {
      lift_toast_error (GTK_WIDGET (self), error);
      return;
    }
  clear_rows (self);
  for (guint i = 0; i < failed->rows->len; i++)
    append_row (self, failed->rows->pdata[i], failed->subjects->pdata[i]);
}

static void
popover_shown_cb (LiftSyncIndicator *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, listed_cb, NULL);

  g_task_set_source_tag (task, popover_shown_cb);
  g_task_set_task_data (task, g_object_ref (self->store), g_object_unref);
  g_task_run_in_thread (task, list_failed_thread);
}

static void
retry_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (lift_sync_retry_now (task_data, NULL, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LiftSyncIndicator *self = LIFT_SYNC_INDICATOR (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    lift_toast_error (GTK_WIDGET (self), error);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.sync", NULL);
}

static void
retry_cb (LiftSyncIndicator *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, retried_cb, NULL);

  g_task_set_source_tag (task, retry_cb);
  g_task_set_task_data (task, g_object_ref (self->store), g_object_unref);
  g_task_run_in_thread (task, retry_thread);
  gtk_menu_button_popdown (self->attention_button);
}

static void
lift_sync_indicator_dispose (GObject *object)
{
  LiftSyncIndicator *self = LIFT_SYNC_INDICATOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->manager != NULL)
    g_signal_handlers_disconnect_by_data (self->manager, self);
  g_clear_object (&self->manager);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lift_sync_indicator_parent_class)->dispose (object);
}

static void
lift_sync_indicator_class_init (LiftSyncIndicatorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_sync_indicator_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/ui/lift-sync-indicator.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, words);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, attention_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, failed_list);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, sync_stack);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncIndicator, spinner);
  gtk_widget_class_bind_template_callback (widget_class, popover_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
lift_sync_indicator_init (LiftSyncIndicator *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * lift_sync_indicator_new:
 * @store: the store of the open account
 * @manager: its sync manager
 *
 * Returns: (transfer none): the bottom line
 */
GtkWidget *
lift_sync_indicator_new (LiftStore *store, LiftSyncManager *manager)
{
  LiftSyncIndicator *self = g_object_new (LIFT_TYPE_SYNC_INDICATOR, NULL);

  self->store = g_object_ref (store);
  self->manager = g_object_ref (manager);
  g_signal_connect_swapped (manager, "notify", G_CALLBACK (update), self);
  self->refresh_id = g_timeout_add_seconds (REFRESH_SECONDS, refresh_cb, self);
  update (self);
  return GTK_WIDGET (self);
}
