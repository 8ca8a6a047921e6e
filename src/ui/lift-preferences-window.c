/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-preferences-window.h"

struct _LiftPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow *unit_row;
  GtkWidget *account_group;
  AdwActionRow *account_row;
  AdwActionRow *folder_row;

  LiftApplication *application;
};

G_DEFINE_FINAL_TYPE (LiftPreferencesWindow, lift_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
unit_selected_cb (LiftPreferencesWindow *self)
{
  if (self->application != NULL)
    g_settings_set_enum (lift_application_get_settings (self->application), "unit",
                         (int) adw_combo_row_get_selected (self->unit_row));
}

static void
sign_out_cb (LiftPreferencesWindow *self)
{
  g_autoptr (LiftApplication) application = g_object_ref (self->application);

  gtk_window_close (GTK_WINDOW (self));
  g_action_group_activate_action (G_ACTION_GROUP (application), "sign-out", NULL);
}

static void
lift_preferences_window_dispose (GObject *object)
{
  LiftPreferencesWindow *self = LIFT_PREFERENCES_WINDOW (object);

  g_clear_object (&self->application);
  G_OBJECT_CLASS (lift_preferences_window_parent_class)->dispose (object);
}

static void
lift_preferences_window_class_init (LiftPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_preferences_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/liftlogger/ui/lift-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftPreferencesWindow, unit_row);
  gtk_widget_class_bind_template_child (widget_class, LiftPreferencesWindow, account_group);
  gtk_widget_class_bind_template_child (widget_class, LiftPreferencesWindow, account_row);
  gtk_widget_class_bind_template_child (widget_class, LiftPreferencesWindow, folder_row);
  gtk_widget_class_bind_template_callback (widget_class, unit_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_out_cb);
}

static void
lift_preferences_window_init (LiftPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_account (LiftPreferencesWindow *self, LiftAccount *account)
{
  gtk_widget_set_visible (self->account_group, account != NULL);
  if (account == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account_row),
                                 lift_account_get_username (account));
  adw_action_row_set_subtitle (self->account_row, lift_account_get_server (account));
  adw_action_row_set_subtitle (self->folder_row, lift_account_get_directory (account));
}

/**
 * lift_preferences_window_new:
 * @application: whose settings and account are shown
 *
 * Returns: (transfer none): a window
 */
GtkWidget *
lift_preferences_window_new (LiftApplication *application)
{
  LiftPreferencesWindow *self = g_object_new (LIFT_TYPE_PREFERENCES_WINDOW, NULL);

  adw_combo_row_set_selected (
    self->unit_row,
    (guint) g_settings_get_enum (lift_application_get_settings (application), "unit"));
  self->application = g_object_ref (application);
  show_account (self, lift_application_get_account (application));
  return GTK_WIDGET (self);
}
