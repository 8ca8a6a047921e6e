/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"
#include "lift-sync-page-private.h"
#include "lift-sync-report.h"
#include "lift-sync-words.h"
#include "lift-toast.h"

/* Entries of a section that are shown at first, and how many more at a time. */
#define STEP 50
/* "in 2 min" comes nearer by itself. */
#define REFRESH_SECONDS 10
/* A push of a thousand rows changes the store a thousand times. */
#define LOAD_MILLISECONDS 150

enum
{
  EDIT,
  ACTED,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiftSyncPage, lift_sync_page, ADW_TYPE_BIN)

static gint64
get_now (LiftSyncPage *self)
{
  return lift_clock_get_time (lift_store_get_clock (self->store));
}

static void
show_last_error (LiftSyncPage *self)
{
  g_autofree char *error = NULL;

  g_object_get (self->manager, "last-error", &error, NULL);
  gtk_widget_set_visible (self->error_row, error != NULL);
  if (error != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->error_row), error);
}

static void
show_state (LiftSyncPage *self)
{
  LiftSyncFigures figures = { 0 };
  g_autofree char *words = NULL;
  g_autofree char *last = NULL;
  gboolean busy;

  g_object_get (self->manager, "state", &figures.state, "pending", &figures.pending,
                "needs-attention", &figures.needs_attention, "last-synced", &figures.last_synced,
                NULL);
  busy = figures.state == LIFT_SYNC_PULLING || figures.state == LIFT_SYNC_PUSHING;
  words = lift_sync_words_for_now (&figures);
  last = lift_sync_words_for_last_sync (&figures, get_now (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), words);
  adw_action_row_set_subtitle (self->state_row, last);
  gtk_widget_set_visible (self->sign_in_button, figures.state == LIFT_SYNC_SIGNED_OUT);
  gtk_widget_set_visible (self->sync_button, figures.state != LIFT_SYNC_SIGNED_OUT);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_stack_set_visible_child_name (self->sync_stack, busy ? "busy" : "idle");
  gtk_widget_set_visible (self->export_group, figures.pending > 0 || self->has_entries);
  show_last_error (self);
}

static gboolean
refresh_cb (gpointer user_data)
{
  LiftSyncPage *self = user_data;

  show_state (self);
  for (guint i = 0; i < LIFT_SYNC_N_SECTIONS; i++)
    lift_sync_group_set_now (self->sections[i], get_now (self));
  return G_SOURCE_CONTINUE;
}

static void
show_report (LiftSyncPage *self, LiftSyncReport *report)
{
  gboolean is_empty = TRUE;

  for (guint i = 0; i < LIFT_SYNC_N_SECTIONS; i++)
    {
      lift_sync_group_update (self->sections[i], report->items[i], report->totals[i],
                              get_now (self));
      is_empty &= report->totals[i] == 0;
    }
  gtk_widget_set_visible (self->empty, is_empty);
  self->has_entries = !is_empty;
  show_state (self);
}

/* GTK gives the focus also to what is hidden, and then no key leads out of there. */
static gboolean
focus_if_shown (GtkWidget *widget)
{
  return gtk_widget_get_visible (widget) && gtk_widget_grab_focus (widget);
}

static void
focus_lost_cb (LiftSyncPage *self)
{
  if (!focus_if_shown (self->sync_button) && !focus_if_shown (self->sign_in_button))
    gtk_widget_grab_focus (self->back_button);
}

typedef struct
{
  LiftStore *store;
  LiftSyncView view;
  char *user;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->store);
  g_free (load->user);
  g_free (load);
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Load *load = task_data;
  GError *error = NULL;
  LiftSyncReport *report = lift_sync_report_read (load->store, &load->view, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) lift_sync_report_free);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LiftSyncPage *self = LIFT_SYNC_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSyncReport) report = g_task_propagate_pointer (G_TASK (result), &error);

  self->is_loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (report != NULL)
    show_report (self, report);
  else
    lift_toast_error (GTK_WIDGET (self), error);
  if (self->is_stale)
    lift_sync_page_load (self);
}

/* Reads anew, or, if that is going on, once more when it is done. */
void
lift_sync_page_load (LiftSyncPage *self)
{
  g_autoptr (GTask) task = NULL;
  Load *load;

  self->is_stale = self->is_loading;
  if (self->is_loading)
    return;
  self->is_loading = TRUE;
  load = g_new0 (Load, 1);
  load->store = g_object_ref (self->store);
  load->view.unit = lift_unit_from_settings (self->settings);
  load->view.places = self->places;
  load->user = g_strdup (self->user);
  load->view.user = load->user;
  for (guint i = 0; i < LIFT_SYNC_N_SECTIONS; i++)
    load->view.limits[i] = self->limits[i];
  task = g_task_new (self, self->cancellable, loaded_cb, NULL);
  g_task_set_source_tag (task, lift_sync_page_load);
  g_task_set_task_data (task, load, load_free);
  g_task_run_in_thread (task, load_thread);
}

static gboolean
load_soon_cb (gpointer user_data)
{
  LiftSyncPage *self = user_data;

  self->load_id = 0;
  lift_sync_page_load (self);
  return G_SOURCE_REMOVE;
}

static void
load_soon (LiftSyncPage *self)
{
  if (self->load_id == 0)
    self->load_id = g_timeout_add (LOAD_MILLISECONDS, load_soon_cb, self);
}

static void
manager_changed_cb (LiftSyncPage *self, GParamSpec *pspec)
{
  show_state (self);
  if (!g_str_equal (pspec->name, "progress"))
    load_soon (self);
}

static void
act_cb (LiftSyncPage *self, LiftSyncItem *item, LiftSyncAct act)
{
  if (act == LIFT_SYNC_ACT_EDIT)
    g_signal_emit (self, signals[EDIT], 0, item->place);
  else
    lift_sync_page_act (self, item, act);
}

/* Says what was done to which entry of the journal, so that it can be taken back. */
void
lift_sync_page_acted (LiftSyncPage *self, LiftSyncAct act, gint64 entry)
{
  g_signal_emit (self, signals[ACTED], 0, act, entry);
}

static void
more_cb (LiftSyncPage *self, LiftSyncGroup *group)
{
  for (guint i = 0; i < LIFT_SYNC_N_SECTIONS; i++)
    if (self->sections[i] == group)
      self->limits[i] += STEP;
  lift_sync_page_load (self);
}

static void
back_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static void
lift_sync_page_dispose (GObject *object)
{
  LiftSyncPage *self = LIFT_SYNC_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_handle_id (&self->clock_id, g_source_remove);
  if (self->manager != NULL)
    g_signal_handlers_disconnect_by_data (self->manager, self);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->manager);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lift_sync_page_parent_class)->dispose (object);
}

static void
lift_sync_page_finalize (GObject *object)
{
  g_object_unref (LIFT_SYNC_PAGE (object)->cancellable);
  g_free (LIFT_SYNC_PAGE (object)->user);
  G_OBJECT_CLASS (lift_sync_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/ui/lift-sync-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftSyncPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncPage, state_group);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncPage, error_row);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncPage, sync_button);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncPage, sync_stack);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncPage, groups);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncPage, empty);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncPage, export_group);
  gtk_widget_class_bind_template_callback (widget_class, lift_sync_page_export);
}

static void
lift_sync_page_class_init (LiftSyncPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_sync_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = lift_sync_page_finalize;
  signals[EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_POINTER);
  signals[ACTED] = g_signal_new ("acted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_UINT, G_TYPE_INT64);
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "sync-page.back", NULL, back_cb);
}

static void
add_section (LiftSyncPage *self, LiftSyncSection section)
{
  GtkWidget *group = lift_sync_group_new (section);

  g_signal_connect_object (group, "act", G_CALLBACK (act_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "act-on-all", G_CALLBACK (lift_sync_page_retry_all), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "focus-lost", G_CALLBACK (focus_lost_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (group, "more", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->groups, group);
  self->sections[section] = LIFT_SYNC_GROUP (group);
  self->limits[section] = STEP;
}

/* A group's list has no name of its own. */
static void
name_list (GtkWidget *widget, const char *name)
{
  if (GTK_IS_LIST_BOX (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_list (child, name);
}

static void
lift_sync_page_init (LiftSyncPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_list (self->state_group, _ ("State"));
  name_list (self->export_group, _ ("Export"));
  self->cancellable = g_cancellable_new ();
  for (guint i = 0; i < LIFT_SYNC_N_SECTIONS; i++)
    add_section (self, i);
}

/**
 * lift_sync_page_new:
 * @store: the store of the open account
 * @manager: its sync manager
 * @settings: (nullable): where the unit is kept
 * @user: (nullable): id of the User whose account it is
 * @places: (array zero-terminated=1): the types of wholes that the program can show to be edited;
 *   has to outlive the page
 *
 * Returns: (transfer none): a page that is being filled
 */
GtkWidget *
lift_sync_page_new (LiftStore *store,
                    LiftSyncManager *manager,
                    GSettings *settings,
                    const char *user,
                    const char *const *places)
{
  LiftSyncPage *self = g_object_new (LIFT_TYPE_SYNC_PAGE, NULL);

  self->store = g_object_ref (store);
  self->manager = g_object_ref (manager);
  self->user = g_strdup (user);
  self->places = places;
  if (g_set_object (&self->settings, settings))
    g_signal_connect_object (settings, "changed::unit", G_CALLBACK (load_soon), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (load_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify", G_CALLBACK (manager_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "finished", G_CALLBACK (load_soon), self, G_CONNECT_SWAPPED);
  self->clock_id = g_timeout_add_seconds (REFRESH_SECONDS, refresh_cb, self);
  show_state (self);
  lift_sync_page_load (self);
  return GTK_WIDGET (self);
}
