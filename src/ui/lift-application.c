/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-application-private.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"
#include "lift-toast.h"

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LiftApplication, lift_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Folder for accounts and data (LIFTLOGGER_DATA_DIR)"), N_ ("DIR") },
  { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Address of the server (LIFTLOGGER_SERVER)"),
    N_ ("URL") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and end"), NULL },
  { NULL },
};

LiftApplicationPrivate *
lift_application_get_private (LiftApplication *self)
{
  return lift_application_get_instance_private (self);
}

static int
fail (const char *message)
{
  g_printerr ("%s: %s\n", g_get_prgname (), message);
  return 1;
}

static gboolean
open_accounts (LiftApplication *self, GError **error)
{
  LiftApplicationPrivate *priv = lift_application_get_instance_private (self);
  g_autoptr (LiftSecrets) secrets = lift_secrets_new_default (error);

  if (secrets == NULL)
    return FALSE;
  priv->accounts = lift_accounts_new (priv->data_dir, secrets, priv->clock);
  return TRUE;
}

static gboolean
open_settings (LiftApplication *self)
{
  LiftApplicationPrivate *priv = lift_application_get_instance_private (self);
  const char *id = g_application_get_application_id (G_APPLICATION (self));
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, id, TRUE);
  if (schema == NULL)
    return FALSE;
  priv->settings = g_settings_new (id);
  return TRUE;
}

static int
lift_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  LiftApplication *self = LIFT_APPLICATION (application);
  LiftApplicationPrivate *priv = lift_application_get_instance_private (self);
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("LiftLogger %s\n", LIFT_VERSION);
      return 0;
    }
  g_variant_dict_lookup (dict, "data-dir", "^ay", &priv->data_dir);
  if (!g_variant_dict_lookup (dict, "server", "s", &priv->server))
    priv->server = g_strdup (g_getenv ("LIFTLOGGER_SERVER"));
  /* Two with different data are two programs. */
  if (priv->data_dir != NULL || g_getenv ("LIFTLOGGER_DATA_DIR") != NULL)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  if (!open_settings (self))
    return fail (_ ("its settings are not installed; install LiftLogger again, or name the folder "
                    "with gschemas.compiled in GSETTINGS_SCHEMA_DIR"));
  if (!open_accounts (self, &error))
    return fail (error->message);
  return -1;
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/liftlogger/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
lift_application_startup (GApplication *application)
{
  LiftApplication *self = LIFT_APPLICATION (application);
  const char *title = g_dgettext (GETTEXT_PACKAGE, LIFT_APPLICATION_GET_CLASS (self)->title);

  G_APPLICATION_CLASS (lift_application_parent_class)->startup (application);
  g_set_application_name (title);
  gtk_window_set_default_icon_name (g_application_get_application_id (application));
  load_style ();
  lift_application_add_actions (self);
}

static void
lift_application_activate (GApplication *application)
{
  LiftApplication *self = LIFT_APPLICATION (application);
  LiftApplicationPrivate *priv = lift_application_get_instance_private (self);

  if (priv->window == NULL)
    {
      priv->window = lift_window_new (GTK_APPLICATION (self), priv->settings);
      g_object_add_weak_pointer (G_OBJECT (priv->window), (gpointer *) &priv->window);
      gtk_window_set_title (GTK_WINDOW (priv->window), g_get_application_name ());
      lift_application_open_last (self);
    }
  gtk_window_present (GTK_WINDOW (priv->window));
}

static void
lift_application_shutdown (GApplication *application)
{
  lift_application_close_account (LIFT_APPLICATION (application));
  G_APPLICATION_CLASS (lift_application_parent_class)->shutdown (application);
}

static void
lift_application_finalize (GObject *object)
{
  LiftApplicationPrivate *priv = lift_application_get_private (LIFT_APPLICATION (object));

  g_clear_weak_pointer (&priv->window);
  g_clear_object (&priv->accounts);
  g_clear_object (&priv->settings);
  g_clear_object (&priv->clock);
  g_clear_object (&priv->primary_menu);
  g_clear_pointer (&priv->deeds, g_array_unref);
  g_clear_pointer (&priv->data_dir, g_free);
  g_clear_pointer (&priv->server, g_free);
  G_OBJECT_CLASS (lift_application_parent_class)->finalize (object);
}

static void
lift_application_class_init (LiftApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lift_application_finalize;
  application_class->handle_local_options = lift_application_handle_local_options;
  application_class->startup = lift_application_startup;
  application_class->activate = lift_application_activate;
  application_class->shutdown = lift_application_shutdown;
}

static void
lift_application_init (LiftApplication *self)
{
  LiftApplicationPrivate *priv = lift_application_get_instance_private (self);

  priv->clock = g_object_ref (lift_clock_get_system ());
  priv->deeds = g_array_new (FALSE, FALSE, sizeof (LiftDeed));
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (
    G_APPLICATION (self), _ ("Where there is no Secret Service, LIFTLOGGER_SECRETS=file:DIR keeps "
                             "the sign-in in a folder that only you can read."));
}

/**
 * lift_application_get_account:
 *
 * Returns: (transfer none) (nullable): who is signed in
 */
LiftAccount *
lift_application_get_account (LiftApplication *self)
{
  return lift_application_get_private (self)->account;
}

/**
 * lift_application_get_store:
 *
 * Returns: (transfer none) (nullable): the store of the open account
 */
LiftStore *
lift_application_get_store (LiftApplication *self)
{
  return lift_application_get_private (self)->store;
}

/**
 * lift_application_get_api:
 *
 * Returns: (transfer none) (nullable): the calls of the account's server; they block
 */
LiftApi *
lift_application_get_api (LiftApplication *self)
{
  return lift_application_get_private (self)->api;
}

/**
 * lift_application_get_sync_manager:
 *
 * Returns: (transfer none) (nullable): what syncs the store
 */
LiftSyncManager *
lift_application_get_sync_manager (LiftApplication *self)
{
  return lift_application_get_private (self)->sync_manager;
}

/**
 * lift_application_get_undo:
 *
 * Returns: (transfer none) (nullable): the journal behind app.undo and app.redo
 */
LiftUndo *
lift_application_get_undo (LiftApplication *self)
{
  return lift_application_get_private (self)->undo;
}

/**
 * lift_application_get_settings:
 *
 * Returns: (transfer none): the settings of the program
 */
GSettings *
lift_application_get_settings (LiftApplication *self)
{
  return lift_application_get_private (self)->settings;
}

/**
 * lift_application_get_clock:
 *
 * Returns: (transfer none): the clock of everything in the program
 */
LiftClock *
lift_application_get_clock (LiftApplication *self)
{
  return lift_application_get_private (self)->clock;
}

/**
 * lift_application_get_window:
 *
 * Returns: (transfer none) (nullable): the window
 */
LiftWindow *
lift_application_get_window (LiftApplication *self)
{
  return lift_application_get_private (self)->window;
}

/**
 * lift_application_get_unit:
 *
 * Returns: `"kg"` or `"lb"`: in what the person reads and types loads
 */
const char *
lift_application_get_unit (LiftApplication *self)
{
  return lift_unit_from_settings (lift_application_get_private (self)->settings);
}

typedef struct
{
  LiftWindow *window;
  char *done;
} Commit;

static void
commit_free (Commit *commit)
{
  g_clear_weak_pointer (&commit->window);
  g_free (commit->done);
  g_free (commit);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Commit *commit = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *inside = commit->window != NULL ? lift_window_get_content (commit->window) : NULL;
  gboolean good = lift_undo_commit_finish (LIFT_UNDO (source), result, &error);

  if (inside != NULL && !good)
    lift_toast_error (inside, error);
  else if (inside != NULL && commit->done != NULL)
    lift_toast_undo (inside, commit->done);
  commit_free (commit);
}

/**
 * lift_application_commit:
 * @batch: writes, which take effect together or not at all
 * @done: (nullable): what to say afterwards, with a button for undo: "Set deleted"
 *
 * Writes through the undo journal without waiting. An error is shown as a toast.
 */
void
lift_application_commit (LiftApplication *self, LiftBatch *batch, const char *done)
{
  LiftApplicationPrivate *priv = lift_application_get_private (self);
  Commit *commit;

  g_return_if_fail (priv->undo != NULL);
  if (lift_batch_is_empty (batch))
    return;
  lift_toast_withdraw_undo ();
  commit = g_new0 (Commit, 1);
  g_set_weak_pointer (&commit->window, priv->window);
  commit->done = g_strdup (done);
  lift_undo_commit_async (priv->undo, batch, NULL, committed_cb, commit);
}

/**
 * lift_application_get_primary_menu:
 *
 * Returns: (transfer none): the menu of the header bar: preferences, keys, about, sign out
 */
GMenuModel *
lift_application_get_primary_menu (LiftApplication *self)
{
  LiftApplicationPrivate *priv = lift_application_get_private (self);
  g_autoptr (GtkBuilder) builder = NULL;

  if (priv->primary_menu == NULL)
    {
      builder = gtk_builder_new_from_resource ("/org/liftlogger/ui/lift-menus.ui");
      priv->primary_menu = G_MENU_MODEL (
        g_object_ref (gtk_builder_get_object (builder, "primary_menu")));
    }
  return priv->primary_menu;
}
