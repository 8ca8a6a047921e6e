/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-cli.h"

#include <glib/gi18n-lib.h>

#include "lift-database.h"
#include "lift-json.h"
#include "lift-server-url.h"
#include "lift-soup-transport.h"

/**
 * lift_cli_clear:
 *
 * Closes what was opened.
 */
void
lift_cli_clear (LiftCli *self)
{
  if (self->store != NULL)
    lift_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->api);
  g_clear_object (&self->account);
  g_clear_object (&self->accounts);
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->server, g_free);
}

/**
 * lift_cli_parse:
 * @entries: (nullable): the options of the command itself
 * @argc: (inout): what follows the command, less the options afterwards; `argv[0]` is its name
 *
 * Takes the options out of a command's arguments; the general ones may stand here too.
 *
 * Returns: whether all were understood; if not, the reason has been printed
 */
gboolean
lift_cli_parse (
  LiftCli *self, const LiftCommand *command, const GOptionEntry *entries, int *argc, char ***argv)
{
  g_autofree char *words = g_strconcat (command->name, " ", command->arguments, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (words);
  g_autoptr (GError) error = NULL;
  const GOptionEntry general[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir, N_ ("Where accounts are kept"),
      "DIR" },
    { "server", 0, 0, G_OPTION_ARG_STRING, &self->server, N_ ("Address of the server"), "URL" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  g_option_context_set_summary (context, _ (command->summary));
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, general, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  lift_cli_usage (command->name, "%s", error->message);
  return FALSE;
}

/**
 * lift_cli_find_command:
 *
 * Returns: (nullable): the command of that name
 */
const LiftCommand *
lift_cli_find_command (const char *name)
{
  for (const LiftCommand *command = lift_cli_commands; command->name != NULL; command++)
    if (g_strcmp0 (command->name, name) == 0)
      return command;
  return NULL;
}

/**
 * lift_cli_usage:
 * @command: (nullable): the command that was called wrongly
 *
 * Says what was wrong with the call, and how it goes.
 *
 * Returns: %LIFT_EXIT_USAGE
 */
LiftExit
lift_cli_usage (const char *command, const char *format, ...)
{
  const LiftCommand *found = lift_cli_find_command (command);
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("liftlogger: %s\n", text);
  if (found != NULL)
    g_printerr (_ ("Usage: liftlogger %s %s\n"), found->name, found->arguments);
  else
    g_printerr ("%s\n", _ ("Call \"liftlogger --help\" for the list of commands."));
  return LIFT_EXIT_USAGE;
}

static LiftExit
exit_for_remote (const GError *error)
{
  switch ((LiftRemoteError) error->code)
    {
    case LIFT_REMOTE_ERROR_BAD_CREDENTIALS:
    case LIFT_REMOTE_ERROR_SIGN_IN_AGAIN:
      return LIFT_EXIT_SIGN_IN;
    case LIFT_REMOTE_ERROR_REFUSED:
      return LIFT_EXIT_INVALID;
    case LIFT_REMOTE_ERROR_BAD_ADDRESS:
      return LIFT_EXIT_USAGE;
    default:
      return LIFT_EXIT_OFFLINE;
    }
}

static LiftExit
exit_for_account (const GError *error)
{
  switch ((LiftAccountError) error->code)
    {
    case LIFT_ACCOUNT_ERROR_INVALID:
      return LIFT_EXIT_INVALID;
    case LIFT_ACCOUNT_ERROR_NO_ACCOUNT:
    case LIFT_ACCOUNT_ERROR_SECRETS:
    case LIFT_ACCOUNT_ERROR_LOCKED:
      return LIFT_EXIT_SIGN_IN;
    case LIFT_ACCOUNT_ERROR_BUSY:
      return LIFT_EXIT_PARTIAL;
    case LIFT_ACCOUNT_ERROR_DAMAGED:
    case LIFT_ACCOUNT_ERROR_FILE:
    default:
      return LIFT_EXIT_DAMAGED;
    }
}

/* A store that another program holds is as sound as one that another program syncs. */
static LiftExit
exit_for_database (const GError *error)
{
  return error->code == LIFT_DATABASE_ERROR_BUSY ? LIFT_EXIT_PARTIAL : LIFT_EXIT_DAMAGED;
}

static LiftExit
exit_for (const GError *error)
{
  if (error->domain == LIFT_MODEL_ERROR || error->domain == LIFT_JSON_ERROR)
    return LIFT_EXIT_INVALID;
  if (error->domain == LIFT_DATABASE_ERROR)
    return exit_for_database (error);
  if (error->domain == LIFT_REMOTE_ERROR)
    return exit_for_remote (error);
  if (error->domain == LIFT_ACCOUNT_ERROR)
    return exit_for_account (error);
  if (error->domain == LIFT_SYNC_ERROR)
    return LIFT_EXIT_PARTIAL;
  return LIFT_EXIT_USAGE;
}

/**
 * lift_cli_fail:
 * @error: (transfer full): why a command did not work
 *
 * Prints the reason on standard error.
 *
 * Returns: the exit code for it
 */
LiftExit
lift_cli_fail (GError *error)
{
  g_autoptr (GError) owned = error;

  g_printerr ("liftlogger: %s\n", owned->message);
  return exit_for (owned);
}

/**
 * lift_cli_open_accounts:
 *
 * Finds the accounts of this computer.
 *
 * Returns: whether that worked
 */
gboolean
lift_cli_open_accounts (LiftCli *self, GError **error)
{
  g_autoptr (LiftSecrets) secrets = NULL;
  g_autofree char *fallback = lift_accounts_dup_default_directory ();

  if (self->accounts != NULL)
    return TRUE;
  secrets = lift_secrets_new_default (error);
  if (secrets == NULL)
    return FALSE;
  self->accounts = lift_accounts_new (self->data_dir != NULL ? self->data_dir : fallback, secrets,
                                      lift_clock_get_system ());
  return TRUE;
}

/**
 * lift_cli_open_store:
 *
 * Opens the store of the account that was used last; needs no network.
 *
 * Returns: whether that worked
 */
gboolean
lift_cli_open_store (LiftCli *self, GError **error)
{
  g_autofree char *path = NULL;

  if (self->store != NULL)
    return TRUE;
  if (!lift_cli_open_accounts (self, error))
    return FALSE;
  self->account = lift_accounts_dup_last (self->accounts, NULL, error);
  if (self->account == NULL)
    return FALSE;
  path = lift_account_dup_store_path (self->account);
  self->store = lift_store_open (path, lift_clock_get_system (), error);
  return self->store != NULL;
}

static gboolean
is_unwritable (const GError *error)
{
  return g_error_matches (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_ACCESS) ||
         g_error_matches (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FULL);
}

/**
 * lift_cli_open_store_to_read:
 *
 * As lift_cli_open_store(), for a command that only reads: a store that cannot be written is opened
 * all the same, and what is the matter with it is said.
 *
 * Returns: whether that worked
 */
gboolean
lift_cli_open_store_to_read (LiftCli *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = NULL;

  if (lift_cli_open_store (self, &local_error))
    return TRUE;
  if (self->account != NULL && is_unwritable (local_error))
    {
      path = lift_account_dup_store_path (self->account);
      self->store = lift_store_open_read_only (path, lift_clock_get_system (), NULL);
    }
  if (self->store == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_printerr (_ ("liftlogger: %s. Only reading\n"), local_error->message);
  return self->store != NULL;
}

/* Tokens are shown to the server that gave them and to no other, whatever LIFTLOGGER_SERVER says. One
 * of this machine may have moved to another port. */
static char *
pick_server (LiftCli *self, GError **error)
{
  const char *own = lift_account_get_server (self->account);
  g_autofree char *asked = NULL;

  if (self->server == NULL)
    return g_strdup (own);
  asked = lift_server_url_normalize (self->server, error);
  if (asked == NULL || g_str_equal (asked, own) ||
      (lift_server_url_is_loopback (asked) && lift_server_url_is_loopback (own)))
    return g_steal_pointer (&asked);
  g_set_error (
    error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_NO_ACCOUNT,
    _ ("%s is signed in at %s, not at %s; sign in there first, or leave out --server and "
       "LIFTLOGGER_SERVER"),
    lift_account_get_username (self->account), own, asked);
  return NULL;
}

/**
 * lift_cli_open_manager:
 *
 * Opens all that a sync needs.
 *
 * Returns: (transfer full) (nullable): the manager, or %NULL with an error
 */
LiftSyncManager *
lift_cli_open_manager (LiftCli *self, GError **error)
{
  g_autoptr (LiftTransport) transport = NULL;
  g_autofree char *server = NULL;

  if (!lift_cli_open_store (self, error))
    return NULL;
  server = pick_server (self, error);
  if (server == NULL)
    return NULL;
  transport = lift_soup_transport_new (server, LIFT_SOUP_TRANSPORT_NONE, error);
  if (transport == NULL)
    return NULL;
  self->api = lift_api_new (transport);
  if (!lift_accounts_open (self->accounts, self->account, self->api, NULL, error))
    return NULL;
  return lift_sync_manager_new (self->store, self->api, lift_account_get_device_id (self->account));
}
