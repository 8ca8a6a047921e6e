/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-cli.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

const LiftCommand lift_cli_commands[] = {
  { "login", "USERNAME [--password-file FILE]", N_ ("Sign in on this computer"), lift_cli_login },
  { "logout", "[--keep | --discard]", N_ ("Sign out; refuses while changes wait"),
    lift_cli_logout },
  { "status", "[--json]", N_ ("Say who is signed in and what waits"), lift_cli_status },
  { "sync", "[--json]", N_ ("Fetch what is new, send what changed"), lift_cli_sync },
  { "watch", "", N_ ("Stay, and sync whenever there is a reason"), lift_cli_watch },
  { "list", "TYPE [--where FIELD=VALUE]… [--deleted] [--json]", N_ ("Print rows"), lift_cli_list },
  { "get", "TYPE ID [--json]", N_ ("Print one row"), lift_cli_get },
  { "create", "TYPE FIELD=VALUE… | TYPE --json FILE|-", N_ ("Make a row and print its id"),
    lift_cli_create },
  { "update", "TYPE ID FIELD=VALUE…", N_ ("Change a row; FIELD= leaves it without a value"),
    lift_cli_update },
  { "delete", "TYPE ID", N_ ("Delete a row and all in it"), lift_cli_delete },
  { "restore", "TYPE ID", N_ ("Bring back a deleted row and what went with it"), lift_cli_restore },
  { "waiting", "[--json]", N_ ("Print what is not on the server, and why"), lift_cli_waiting },
  { "retry", "[TYPE ID]", N_ ("Try refused changes again with the next sync"), lift_cli_retry },
  { "discard", "TYPE ID", N_ ("Take back what was changed in a row and is not on the server"),
    lift_cli_discard },
  { "conflicts", "[--json] | restore N | dismiss N",
    N_ ("Show what lost, was discarded or happened; bring it back, or take it off the list, from "
        "where its number still brings it back"),
    lift_cli_conflicts },
  { "export", "unsynced [FILE|-]", N_ ("Write all that is not on the server as JSON"),
    lift_cli_export },
  { "doctor", "", N_ ("Check the store and say what is wrong"), lift_cli_doctor },
  { NULL },
};

static void
print_help (void)
{
  g_print ("%s\n\n", _ ("Usage: liftlogger [--data-dir DIR] [--server URL] COMMAND"));
  g_print ("%s\n\n%s\n", _ ("The training log on the command line."), _ ("Commands:"));
  for (const LiftCommand *command = lift_cli_commands; command->name != NULL; command++)
    g_print ("  %-10s %s\n  %-10s   %s\n", command->name, command->arguments, "",
             _ (command->summary));
  g_print ("\n%s\n", _ ("Options:"));
  g_print ("  --data-dir DIR   %s\n", _ ("where accounts are kept; else LIFTLOGGER_DATA_DIR"));
  g_print ("  --server URL     %s\n", _ ("address of the server; else LIFTLOGGER_SERVER"));
  g_print ("  --version        %s\n\n", _ ("print the version"));
  g_print ("%s\n", _ ("Without a Secret Service, LIFTLOGGER_SECRETS=file:DIR keeps sign-ins in "
                      "files that only you can read."));
  g_print ("%s\n", _ ("Exit codes: 0 done, 1 usage, 2 invalid data, 3 partial sync, 4 no network "
                      "or server, 5 sign-in needed, 6 the store is damaged, or it or an export "
                      "cannot be written."));
}

/* The options before the command; what is left in @argv begins with the command. */
static gboolean
parse_general (LiftCli *cli, int *argc, char ***argv, gboolean *version, gboolean *help)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &cli->data_dir, NULL, NULL },
    { "server", 0, 0, G_OPTION_ARG_STRING, &cli->server, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, version, NULL, NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, help, NULL, NULL },
    { NULL },
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  lift_cli_usage (NULL, "%s", error->message);
  return FALSE;
}

static LiftExit
run (LiftCli *cli, int argc, char **argv)
{
  gboolean version = FALSE, help = FALSE;
  const LiftCommand *command;

  if (!parse_general (cli, &argc, &argv, &version, &help))
    return LIFT_EXIT_USAGE;
  if (version)
    g_print ("liftlogger %s\n", LIFT_VERSION);
  else if (help)
    print_help ();
  if (version || help)
    return LIFT_EXIT_DONE;
  if (argc < 2)
    return lift_cli_usage (NULL, "%s", _ ("A command is missing"));
  command = lift_cli_find_command (argv[1]);
  if (command == NULL)
    return lift_cli_usage (NULL, _ ("There is no command \"%s\""), argv[1]);
  return command->run (cli, argc - 1, argv + 1);
}

int
main (int argc, char **argv)
{
  LiftCli cli = { 0 };
  g_auto (GStrv) arguments = NULL;
  const char *server = g_getenv ("LIFTLOGGER_SERVER");
  LiftExit code;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LIFT_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* Option parsing shuffles the pointers; the copy keeps the texts for as long as they are used. */
  arguments = g_strdupv (argv);
  if (server != NULL && *server != '\0')
    cli.server = g_strdup (server);
  {
    g_autofree char **view = g_memdup2 (arguments, (argc + 1) * sizeof (char *));

    code = run (&cli, argc, view);
  }
  lift_cli_clear (&cli);
  return code;
}
