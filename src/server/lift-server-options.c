/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-server-options.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_LISTEN "127.0.0.1:8484"

static void
add_common_entries (LiftServerOptions *self, GOptionContext *context, gboolean *help)
{
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_STRING, &self->database,
      N_ ("Where the data are, such as sqlite:/var/lib/liftlogger/server.db"), N_ ("URL") },
    { "help", 'h', 0, G_OPTION_ARG_NONE, help, N_ ("Show this; also after a command"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_ ("Show the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->words, NULL, NULL },
    { NULL },
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static void
add_serve_entries (LiftServerOptions *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &self->listen,
      N_ ("Address to listen on, such as 127.0.0.1:8484, [::1]:8484 or :8484 for all"),
      N_ ("ADDRESS") },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &self->tls_cert,
      N_ ("Certificate chain, PEM; with --tls-key"), N_ ("FILE") },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &self->tls_key, N_ ("Private key, PEM"),
      N_ ("FILE") },
    { "open-registration", 0, 0, G_OPTION_ARG_NONE, &self->open_registration,
      N_ ("Let anybody make an account"), NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static void
add_user_entries (LiftServerOptions *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &self->role, N_ ("coach or athlete"), N_ ("ROLE") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &self->name, N_ ("Name that others see"), N_ ("NAME") },
    { "coach", 0, 0, G_OPTION_ARG_STRING, &self->coach, N_ ("Coach of the new athlete"),
      N_ ("USERNAME") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->password_file,
      N_ ("Read the password from the first line of a file"), N_ ("FILE") },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static GOptionContext *
make_context (void)
{
  GOptionContext *context = g_option_context_new (_ ("[COMMAND]"));

  g_option_context_set_summary (
    context, _ ("The server that LiftLogger's coaches and athletes synchronize with.\n\n"
                "Commands:\n"
                "  serve                 answer requests until SIGTERM or SIGINT (the default)\n"
                "  user add USERNAME     make an account; needs --role\n"
                "  user list             username, role, coach, state and name, with tabs between\n"
                "  user disable USERNAME end an account's sign-ins and refuse new ones\n"
                "  user enable USERNAME  let it sign in again\n"
                "  user passwd USERNAME  set a new password\n"
                "  migrate               bring the database to this version's form\n"
                "  backup FILE           write a copy of the database while the server runs\n"
                "  restore FILE          put such a copy in place; the server must be stopped\n"
                "  check                 look for damage\n"
                "  purge                 forget now what was deleted over 400 days ago; serve\n"
                "                        does so every day"));
  g_option_context_set_description (
    context,
    _ ("Passwords are read from the terminal, from --password-file, or from standard input.\n"
       "LIFTLOGGER_LISTEN, LIFTLOGGER_DATABASE, LIFTLOGGER_TLS_CERT, LIFTLOGGER_TLS_KEY and\n"
       "LIFTLOGGER_OPEN_REGISTRATION=1 stand for the options of those names. Where no database is\n"
       "named, it is $XDG_DATA_HOME/liftlogger/server.db (~/.local/share/liftlogger/server.db).\n"
       "Exit codes: 0 done, 1 usage, 2 invalid data, 4 out of reach, 6 damaged database."));
  return context;
}

static GOptionContext *
make_user_context (void)
{
  GOptionContext *context = g_option_context_new (_ ("user COMMAND [USERNAME]"));

  g_option_context_set_summary (
    context, _ ("The accounts of the server, which may run meanwhile.\n\n"
                "Commands:\n"
                "  user add USERNAME --role coach [--name NAME]\n"
                "  user add USERNAME --role athlete [--name NAME] [--coach USERNAME]\n"
                "                        make an account\n"
                "  user list             username, role, coach, state and name, with tabs between\n"
                "  user disable USERNAME end an account's sign-ins and refuse new ones\n"
                "  user enable USERNAME  let it sign in again\n"
                "  user passwd USERNAME  set a new password"));
  g_option_context_set_description (
    context, _ ("Passwords are read from the terminal, from --password-file, or from standard "
                "input."));
  return context;
}

/* What the words that were typed are about. */
static void
fill_help (LiftServerOptions *self, GOptionContext *whole)
{
  g_autoptr (GOptionContext) user = make_user_context ();
  gboolean is_user = self->words != NULL && g_strcmp0 (self->words[0], "user") == 0;
  gboolean help;

  add_user_entries (self, user);
  add_common_entries (self, user, &help);
  self->help = g_option_context_get_help (is_user ? user : whole, TRUE, NULL);
}

static gboolean
parse_words (LiftServerOptions *self, int argc, char *argv[], GError **error)
{
  g_autoptr (GOptionContext) context = make_context ();
  gboolean help = FALSE;

  add_serve_entries (self, context);
  add_user_entries (self, context);
  add_common_entries (self, context, &help);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (help)
    fill_help (self, context);
  return TRUE;
}

static void
fill (char **option, const char *variable, const char *fallback)
{
  const char *value = g_getenv (variable);

  if (*option == NULL)
    *option = g_strdup (value != NULL && value[0] != '\0' ? value : fallback);
}

/**
 * lift_server_options_parse:
 * @self: (out): to be cleared by the caller, also after an error
 *
 * Reads the command line, then the environment for what it does not say.
 *
 * Returns: %FALSE with an error for the user
 */
gboolean
lift_server_options_parse (LiftServerOptions *self, int argc, char *argv[], GError **error)
{
  g_autofree char *database = g_strdup_printf ("sqlite:%s/liftlogger/server.db",
                                               g_get_user_data_dir ());

  *self = (LiftServerOptions){ 0 };
  if (!parse_words (self, argc, argv, error))
    return FALSE;
  fill (&self->listen, "LIFTLOGGER_LISTEN", DEFAULT_LISTEN);
  fill (&self->database, "LIFTLOGGER_DATABASE", database);
  fill (&self->tls_cert, "LIFTLOGGER_TLS_CERT", NULL);
  fill (&self->tls_key, "LIFTLOGGER_TLS_KEY", NULL);
  self->open_registration = self->open_registration ||
                            g_strcmp0 (g_getenv ("LIFTLOGGER_OPEN_REGISTRATION"), "1") == 0;
  if (self->words == NULL)
    self->words = g_strsplit ("serve", " ", 1);
  return TRUE;
}

void
lift_server_options_clear (LiftServerOptions *self)
{
  g_free (self->listen);
  g_free (self->database);
  g_free (self->tls_cert);
  g_free (self->tls_key);
  g_free (self->role);
  g_free (self->name);
  g_free (self->coach);
  g_free (self->password_file);
  g_free (self->help);
  g_strfreev (self->words);
}
