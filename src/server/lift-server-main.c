/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-server-commands.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdarg.h>
#include <sys/stat.h>

typedef struct
{
  const char *word;
  guint min_words;
  guint max_words;
  LiftServerExit (*run) (const LiftServerOptions *options);
} Command;

static const Command commands[] = {
  { "serve", 1, 1, lift_server_serve },         { "user", 2, 3, lift_server_run_user },
  { "migrate", 1, 1, lift_server_migrate },     { "backup", 2, 2, lift_server_run_backup },
  { "restore", 2, 2, lift_server_run_restore }, { "check", 1, 1, lift_server_run_check },
  { "purge", 1, 1, lift_server_run_purge },
};

/* Says what is wrong with the command line. */
LiftServerExit
lift_server_refuse_usage (const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("liftlogger-server: %s\n", text);
  g_printerr (_ ("Try “liftlogger-server --help”\n"));
  return LIFT_SERVER_EXIT_USAGE;
}

static LiftServerExit
run (const LiftServerOptions *options)
{
  guint count = g_strv_length (options->words);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (commands[i].word, options->words[0]))
        continue;
      if (count < commands[i].min_words || count > commands[i].max_words)
        return lift_server_refuse_usage (_ ("“%s” is used in another way"), options->words[0]);
      return commands[i].run (options);
    }
  return lift_server_refuse_usage (_ ("there is no command “%s”"), options->words[0]);
}

int
main (int argc, char *argv[])
{
  g_auto (LiftServerOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LIFT_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  umask (077);
  if (!lift_server_options_parse (&options, argc, argv, &error))
    return lift_server_refuse_usage ("%s", error->message);
  if (options.help != NULL)
    g_print ("%s", options.help);
  else if (options.version)
    g_print ("liftlogger-server %s\n", LIFT_VERSION);
  else
    return run (&options);
  return LIFT_SERVER_EXIT_DONE;
}
