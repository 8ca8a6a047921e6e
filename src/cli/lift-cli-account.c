/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-cli.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "lift-instant.h"
#include "lift-json.h"
#include "lift-soup-transport.h"
#include "lift-sync-journal.h"

#define DEFAULT_SERVER "http://127.0.0.1:8484"

static char *
read_line (FILE *file)
{
  g_autoptr (GString) line = g_string_new (NULL);
  int c;

  while ((c = fgetc (file)) != EOF && c != '\n')
    g_string_append_c (line, c);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
ask_password (void)
{
  struct termios before, quiet;
  char *password;

  if (tcgetattr (STDIN_FILENO, &before) != 0)
    return read_line (stdin);
  quiet = before;
  quiet.c_lflag &= ~(tcflag_t) ECHO;
  g_printerr ("%s", _ ("Password: "));
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
  password = read_line (stdin);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  g_printerr ("\n");
  return password;
}

static char *
get_password (const char *file, GError **error)
{
  char *contents;

  if (file == NULL)
    return ask_password ();
  if (!g_file_get_contents (file, &contents, NULL, error))
    return NULL;
  contents[strcspn (contents, "\r\n")] = '\0';
  return contents;
}

static gboolean
sign_in (LiftCli *self, const char *username, const char *password, GError **error)
{
  const char *server = self->server != NULL ? self->server : DEFAULT_SERVER;
  g_autoptr (LiftTransport)
    transport = lift_soup_transport_new (server, LIFT_SOUP_TRANSPORT_NONE, error);

  if (transport == NULL || !lift_cli_open_accounts (self, error))
    return FALSE;
  self->api = lift_api_new (transport);
  self->account = lift_accounts_sign_in (self->accounts, self->api, server, username, password,
                                         NULL, error);
  return self->account != NULL;
}

/**
 * lift_cli_login:
 *
 * `login USERNAME`, with the password from the terminal, a file or standard input
 */
LiftExit
lift_cli_login (LiftCli *self, int argc, char **argv)
{
  g_autofree char *file = NULL;
  g_autofree char *password = NULL;
  GError *error = NULL;
  const GOptionEntry entries[] = {
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &file, N_ ("Read the password from a file"),
      "FILE" },
    { NULL },
  };

  if (!lift_cli_parse (self, lift_cli_find_command ("login"), entries, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 2)
    return lift_cli_usage ("login", "%s", _ ("One user name is needed"));
  password = get_password (file, &error);
  if (password == NULL)
    {
      lift_cli_fail (error);
      return LIFT_EXIT_USAGE;
    }
  if (!sign_in (self, argv[1], password, &error))
    return lift_cli_fail (error);
  g_printerr (_ ("Signed in as %s.\n"), lift_account_get_username (self->account));
  return LIFT_EXIT_DONE;
}

static LiftExit
refuse_logout (guint pending)
{
  g_printerr (g_dngettext (
                GETTEXT_PACKAGE,
                "liftlogger: %u change is not on the server yet. Call \"liftlogger sync\" first, "
                "or give --keep to leave it on this computer, or --discard to lose it.\n",
                "liftlogger: %u changes are not on the server yet. Call \"liftlogger sync\" first, "
                "or give --keep to leave them on this computer, or --discard to lose them.\n",
                pending),
              pending);
  return LIFT_EXIT_PARTIAL;
}

static LiftExit
leave (LiftCli *self, gboolean discard)
{
  GError *error = NULL;
  g_autoptr (LiftTransport) transport = lift_soup_transport_new (
    lift_account_get_server (self->account), LIFT_SOUP_TRANSPORT_NONE, &error);

  if (transport == NULL)
    return lift_cli_fail (error);
  self->api = lift_api_new (transport);
  lift_accounts_open (self->accounts, self->account, self->api, NULL, NULL);
  if (!lift_accounts_sign_out (self->accounts, self->account, self->api, NULL, &error))
    return lift_cli_fail (error);
  if (!discard)
    return LIFT_EXIT_DONE;
  lift_store_close (self->store);
  g_clear_object (&self->store);
  if (!lift_accounts_remove (self->accounts, self->account, &error))
    return lift_cli_fail (error);
  return LIFT_EXIT_DONE;
}

/**
 * lift_cli_logout:
 *
 * `logout [--keep|--discard]`
 */
LiftExit
lift_cli_logout (LiftCli *self, int argc, char **argv)
{
  gboolean keep = FALSE, discard = FALSE;
  LiftStoreStatus status;
  GError *error = NULL;
  const GOptionEntry entries[] = {
    { "keep", 0, 0, G_OPTION_ARG_NONE, &keep, N_ ("Leave waiting changes on this computer"), NULL },
    { "discard", 0, 0, G_OPTION_ARG_NONE, &discard, N_ ("Lose all data of this account here"),
      NULL },
    { NULL },
  };

  if (!lift_cli_parse (self, lift_cli_find_command ("logout"), entries, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 1 || (keep && discard))
    return lift_cli_usage ("logout", "%s", _ ("Give --keep or --discard, or neither"));
  if (!lift_cli_open_store (self, &error) ||
      !lift_store_get_status_sync (self->store, &status, &error))
    return lift_cli_fail (error);
  if (status.pending > 0 && !keep && !discard)
    return refuse_logout (status.pending);
  return leave (self, discard);
}

static void
append_text (GString *out, const char *key, const char *text)
{
  lift_json_append_key (out, key);
  lift_json_append_string (out, text);
}

static void
append_count (GString *out, const char *key, guint count)
{
  lift_json_append_key (out, key);
  g_string_append_printf (out, "%u", count);
}

static void
print_status_json (LiftCli *self, const LiftStoreStatus *status, const char *synced)
{
  g_autoptr (GString) out = g_string_new ("{");
  g_autofree char *cursor = lift_sync_dup_cursor (self->store, NULL);

  append_text (out, "account", lift_account_get_username (self->account));
  append_text (out, "userType", lift_account_get_user_type (self->account));
  append_text (out, "server", lift_account_get_server (self->account));
  lift_json_append_key (out, "signedIn");
  g_string_append (out, lift_account_get_signed_in (self->account) ? "true" : "false");
  append_count (out, "pending", status->pending);
  append_count (out, "retrying", status->retrying);
  append_count (out, "needsAttention", status->needs_attention);
  append_count (out, "conflicts", status->conflicts);
  append_text (out, "lastSyncedAt", synced);
  append_text (out, "cursor", cursor);
  g_print ("%s}\n", out->str);
}

static void
print_status_text (LiftCli *self, const LiftStoreStatus *status, const char *synced)
{
  g_print (_ ("Account: %s (%s) on %s\n"), lift_account_get_username (self->account),
           lift_account_get_user_type (self->account), lift_account_get_server (self->account));
  g_print (_ ("Signed in: %s\n"),
           lift_account_get_signed_in (self->account) ? _ ("yes") : _ ("no"));
  g_print (_ ("Waiting to be sent: %u\n"), status->pending);
  g_print (_ ("Retried by itself: %u\n"), status->retrying);
  g_print (_ ("Needs attention: %u\n"), status->needs_attention);
  g_print (_ ("Conflicts: %u\n"), status->conflicts);
  g_print (_ ("Last synced: %s\n"), synced != NULL ? synced : _ ("never"));
}

/**
 * lift_cli_status:
 *
 * `status [--json]`
 */
LiftExit
lift_cli_status (LiftCli *self, int argc, char **argv)
{
  LiftStoreStatus status;
  g_autofree char *synced = NULL;
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command ("status"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 1)
    return lift_cli_usage ("status", "%s", _ ("It takes no arguments"));
  if (!lift_cli_open_store (self, &error) ||
      !lift_store_get_status_sync (self->store, &status, &error))
    return lift_cli_fail (error);
  if (status.last_synced_at != LIFT_INT_NULL)
    synced = lift_instant_format (status.last_synced_at);
  if (self->json)
    print_status_json (self, &status, synced);
  else
    print_status_text (self, &status, synced);
  return LIFT_EXIT_DONE;
}
