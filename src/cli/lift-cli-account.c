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

/* The account of this computer with that name; the last one before others. */
static LiftAccount *
find_account (LiftAccounts *accounts, const char *username)
{
  g_autofree char *name = lift_username_normalize (username);
  g_autoptr (LiftAccount) last = lift_accounts_dup_last (accounts, NULL, NULL);
  g_autoptr (GPtrArray) all = NULL;

  if (last != NULL && g_strcmp0 (name, lift_account_get_username (last)) == 0)
    return g_steal_pointer (&last);
  all = lift_accounts_list (accounts, NULL);
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_strcmp0 (name, lift_account_get_username (all->pdata[i])) == 0)
      return g_object_ref (all->pdata[i]);
  return g_steal_pointer (&last);
}

/* Where people signed in before is where they mean to sign in again. */
static char *
dup_server (LiftCli *self, const char *username)
{
  g_autoptr (LiftAccount) known = NULL;

  if (self->server != NULL)
    return g_strdup (self->server);
  known = find_account (self->accounts, username);
  return g_strdup (known != NULL ? lift_account_get_server (known) : DEFAULT_SERVER);
}

static gboolean
sign_in (LiftCli *self, const char *username, const char *password, GError **error)
{
  g_autoptr (LiftTransport) transport = NULL;
  g_autofree char *server = NULL;

  if (!lift_cli_open_accounts (self, error))
    return FALSE;
  server = dup_server (self, username);
  transport = lift_soup_transport_new (server, LIFT_SOUP_TRANSPORT_NONE, error);
  if (transport == NULL)
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
  g_printerr (_ ("Signed in as %s on %s.\n"), lift_account_get_username (self->account),
              lift_account_get_server (self->account));
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
  /* Our own is not in the way of a removal. */
  lift_store_close (self->store);
  g_clear_object (&self->store);
  if (discard ? lift_accounts_remove (self->accounts, self->account, self->api, NULL, &error)
              : lift_accounts_sign_out (self->accounts, self->account, self->api, NULL, &error))
    return LIFT_EXIT_DONE;
  return lift_cli_fail (error);
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

static char *
format_or_null (gint64 us)
{
  return us != LIFT_INT_NULL ? lift_instant_format (us) : NULL;
}

static gboolean
is_signed_in (LiftCli *self)
{
  return lift_account_get_signed_in (self->account) && !lift_account_get_ended (self->account);
}

static void
print_status_json (LiftCli *self, const LiftStoreStatus *status, gint64 next_retry)
{
  g_autoptr (GString) out = g_string_new ("{");
  g_autofree char *cursor = lift_sync_dup_cursor (self->store, NULL);
  g_autofree char *synced = format_or_null (status->last_synced_at);
  g_autofree char *next = format_or_null (next_retry);

  append_text (out, "account", lift_account_get_username (self->account));
  append_text (out, "userType", lift_account_get_user_type (self->account));
  append_text (out, "server", lift_account_get_server (self->account));
  lift_json_append_key (out, "signedIn");
  g_string_append (out, is_signed_in (self) ? "true" : "false");
  append_count (out, "pending", status->pending);
  append_count (out, "retrying", status->retrying);
  append_count (out, "needsAttention", status->needs_attention);
  append_count (out, "conflicts", status->conflicts);
  append_count (out, "notes", status->notes);
  append_count (out, "parked", status->parked);
  append_text (out, "nextRetryAt", next);
  append_text (out, "lastSyncedAt", synced);
  append_text (out, "cursor", cursor);
  g_print ("%s}\n", out->str);
}

static void
print_retrying (guint count, gint64 next_retry)
{
  g_autofree char *next = next_retry != LIFT_INT_NULL ? lift_cli_dup_time (next_retry) : NULL;

  if (next != NULL)
    g_print (_ ("Retried by itself: %u (from %s)\n"), count, next);
  else
    g_print (_ ("Retried by itself: %u\n"), count);
}

static const char *
describe_sign_in (LiftCli *self)
{
  if (is_signed_in (self))
    return _ ("yes");
  return lift_account_get_signed_in (self->account)
           ? _ ("no, the server has ended the sign-in; sign in again")
           : _ ("no");
}

static void
print_status_text (LiftCli *self, const LiftStoreStatus *status, gint64 next_retry)
{
  g_autofree char *synced = status->last_synced_at != LIFT_INT_NULL
                              ? lift_cli_dup_time (status->last_synced_at)
                              : g_strdup (_ ("never"));

  g_print (_ ("Account: %s (%s) on %s\n"), lift_account_get_username (self->account),
           lift_account_get_user_type (self->account), lift_account_get_server (self->account));
  g_print (_ ("Signed in: %s\n"), describe_sign_in (self));
  g_print (_ ("Waiting to be sent: %u\n"), status->pending);
  print_retrying (status->retrying, next_retry);
  g_print (_ ("Needs attention: %u\n"), status->needs_attention);
  g_print (_ ("Conflicts: %u\n"), status->conflicts);
  g_print (_ ("Other notes in the journal: %u\n"), status->notes);
  if (status->parked > 0)
    g_print (_ ("Kept for a newer version of this program: %u\n"), status->parked);
  g_print (_ ("Last synced: %s\n"), synced);
}

/* When the first of the refused rows is tried again. */
static gboolean
find_next_retry (LiftStore *store, gint64 *next, GError **error)
{
  g_autoptr (GPtrArray) failed = lift_sync_list_failed (store, error);

  *next = LIFT_INT_NULL;
  for (guint i = 0; failed != NULL && i < failed->len; i++)
    {
      const LiftFailedRow *row = g_ptr_array_index (failed, i);

      if (row->next_retry_at != LIFT_INT_NULL &&
          (*next == LIFT_INT_NULL || row->next_retry_at < *next))
        *next = row->next_retry_at;
    }
  return failed != NULL;
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
  gint64 next_retry;
  GError *error = NULL;

  if (!lift_cli_parse (self, lift_cli_find_command ("status"), NULL, &argc, &argv))
    return LIFT_EXIT_USAGE;
  if (argc != 1)
    return lift_cli_usage ("status", "%s", _ ("It takes no arguments"));
  if (!lift_cli_open_store_to_read (self, &error) ||
      !lift_store_get_status_sync (self->store, &status, &error) ||
      !find_next_retry (self->store, &next_retry, &error))
    return lift_cli_fail (error);
  if (self->json)
    print_status_json (self, &status, next_retry);
  else
    print_status_text (self, &status, next_retry);
  return LIFT_EXIT_DONE;
}
