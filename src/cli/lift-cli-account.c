/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-cli.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "lift-soup-transport.h"

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
