/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-application-private.h"
#include "lift-preferences-window.h"
#include "lift-toast.h"

/* A sync that a person asked for says how it ended where the bottom line would not. */
static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftApplication) self = user_data;
  LiftWindow *window = lift_application_get_window (self);
  GtkWidget *inside = window != NULL ? lift_window_get_content (window) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSyncResult)
    answer = lift_sync_manager_sync_finish (LIFT_SYNC_MANAGER (source), result, &error);

  if (inside == NULL)
    return;
  if (answer == NULL)
    lift_toast_error (inside, error);
  else if (answer->error != NULL)
    lift_toast (inside, "%s", answer->error->message);
}

static void
sync_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LiftApplication *self = user_data;

  lift_sync_manager_sync_async (lift_application_get_sync_manager (self), NULL, synced_cb,
                                g_object_ref (self));
}

/* Later, since it may be the button of the toast itself that was pressed. */
static gboolean
withdraw_cb (gpointer user_data)
{
  lift_toast_withdraw_undo ();
  return G_SOURCE_REMOVE;
}

static void
sync_page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lift_application_show_sync_page (user_data);
}

static void
undo_entry_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lift_application_undo_entry (user_data, g_variant_get_int64 (parameter));
  g_idle_add (withdraw_cb, NULL);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lift_undo_undo (lift_application_get_undo (user_data));
  g_idle_add (withdraw_cb, NULL);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lift_undo_redo (lift_application_get_undo (user_data));
  g_idle_add (withdraw_cb, NULL);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LiftApplication *self = user_data;
  GtkWidget *preferences = lift_preferences_window_new (self);

  gtk_window_set_transient_for (GTK_WINDOW (preferences),
                                GTK_WINDOW (lift_application_get_window (self)));
  gtk_window_present (GTK_WINDOW (preferences));
}

/* Each program brings its own keys as gtk/help-overlay.ui, from which GTK makes this action. */
static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LiftWindow *window = lift_application_get_window (user_data);

  if (g_action_group_has_action (G_ACTION_GROUP (window), "show-help-overlay"))
    g_action_group_activate_action (G_ACTION_GROUP (window), "show-help-overlay", NULL);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LiftApplication *self = user_data;
  const char *developers[] = { "The LiftLogger authors", NULL };

  adw_show_about_window (
    GTK_WINDOW (lift_application_get_window (self)), "application-name", g_get_application_name (),
    "application-icon", g_application_get_application_id (G_APPLICATION (self)), "version",
    LIFT_VERSION, "developer-name", "The LiftLogger authors", "developers", developers,
    "license-type", GTK_LICENSE_GPL_3_0, "copyright", "© 2026 The LiftLogger authors", "comments",
    _ ("Strength training that coaches plan and athletes log, with or without a network."), NULL);
}

static void
sign_out_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lift_application_sign_out (user_data);
}

static void
sign_in_again_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lift_application_show_sign_in (
    user_data, _ ("Your sign-in has ended. What you have entered is kept on this computer."));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LiftWindow *window = lift_application_get_window (user_data);

  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (user_data);
}

static const GActionEntry entries[] = {
  { "sync", sync_cb },
  { "sync-page", sync_page_cb },
  { "undo-entry", undo_entry_cb, "x" },
  { "undo", undo_cb },
  { "redo", redo_cb },
  { "preferences", preferences_cb },
  { "shortcuts", shortcuts_cb },
  { "about", about_cb },
  { "sign-out", sign_out_cb },
  { "sign-in-again", sign_in_again_cb },
  { "quit", quit_cb },
};

static const struct
{
  const char *action;
  const char *const keys[3];
} keys[] = {
  { "app.sync", { "F5", "<Control>r" } },
  { "app.sync-page", { "<Shift>F5", "<Control><Shift>r" } },
  { "app.undo", { "<Control>z" } },
  { "app.redo", { "<Control><Shift>z" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question", "<Control><Shift>question" } },
  { "app.quit", { "<Control>q" } },
};

void
lift_application_add_actions (LiftApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i].action,
                                           (const char *const *) keys[i].keys);
  lift_application_update_actions (self);
}

static GSimpleAction *
find_action (LiftApplication *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name));
}

/* Some need an open account. Undo and redo follow their journal until it goes. */
void
lift_application_update_actions (LiftApplication *self)
{
  static const char *const with_account[] = { "sync", "sync-page", "undo-entry", "sign-out",
                                              "sign-in-again" };
  LiftUndo *undo = lift_application_get_undo (self);

  for (gsize i = 0; i < G_N_ELEMENTS (with_account); i++)
    g_simple_action_set_enabled (find_action (self, with_account[i]), undo != NULL);
  g_simple_action_set_enabled (find_action (self, "undo"), FALSE);
  g_simple_action_set_enabled (find_action (self, "redo"), FALSE);
  if (undo == NULL)
    return;
  g_object_bind_property (undo, "can-undo", find_action (self, "undo"), "enabled",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (undo, "can-redo", find_action (self, "redo"), "enabled",
                          G_BINDING_SYNC_CREATE);
}
