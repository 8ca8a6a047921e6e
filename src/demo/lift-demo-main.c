/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <locale.h>

#include "lift-demo-program.h"
#include "lift-demo-world.h"
#include "lift-sample.h"

static GSubprocess *
open_window (LiftDemoWorld *world,
             const char *folder,
             const char *program,
             const char *username,
             GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *data_dir = lift_demo_world_dup_data_dir (world, username);
  g_autofree char *secrets = lift_demo_world_dup_secrets (world, username);
  g_autofree char *path = lift_demo_dup_program (folder, program);

  g_subprocess_launcher_setenv (launcher, "LIFTLOGGER_SECRETS", secrets, TRUE);
  /* The account of the demo is at the server of the demo, whatever the person uses otherwise. */
  g_subprocess_launcher_unsetenv (launcher, "LIFTLOGGER_SERVER");
  return g_subprocess_launcher_spawn (launcher, error, path, "--data-dir", data_dir, NULL);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  static guint closed;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  if (++closed == 2)
    g_main_loop_quit (user_data);
}

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

/* Until both windows are closed. */
static gboolean
show (LiftDemoWorld *world, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GSubprocess) coach = NULL;
  g_autoptr (GSubprocess) athlete = NULL;

  coach = open_window (world, "coach", "liftlogger-coach", LIFT_SAMPLE_COACH, error);
  athlete = coach != NULL ? open_window (world, "athlete", "liftlogger-athlete",
                                         lift_sample_athletes[0].username, error)
                          : NULL;
  if (athlete == NULL)
    return FALSE;
  g_subprocess_wait_async (coach, NULL, on_closed, loop);
  g_subprocess_wait_async (athlete, NULL, on_closed, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_main_loop_run (loop);
  g_subprocess_force_exit (coach);
  g_subprocess_force_exit (athlete);
  return TRUE;
}

static void
introduce (LiftDemoWorld *world)
{
  g_print (_ ("Server: %s\nData: %s\n"), world->address, world->folder);
  g_print (_ ("Coach: %s. Athletes: mara, ben, ida. Password of all: %s\n"), LIFT_SAMPLE_COACH,
           LIFT_SAMPLE_PASSWORD);
}

static gboolean
run (const char *prepare, GError **error)
{
  LiftDemoWorld world = { NULL };
  g_autofree char *folder = prepare != NULL ? g_strdup (prepare)
                                            : g_dir_make_tmp ("liftlogger-demo-XXXXXX", error);
  gboolean done = folder != NULL && g_mkdir_with_parents (folder, 0700) == 0 &&
                  lift_demo_world_make (&world, folder, error);

  if (done)
    introduce (&world);
  if (done && prepare == NULL)
    done = show (&world, error);
  lift_demo_world_clear (&world);
  return done;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *prepare = NULL;
  const GOptionEntry entries[] = {
    { "prepare", 0, 0, G_OPTION_ARG_FILENAME, &prepare,
      N_ ("Only make the server's database and the two computers in this folder"), "DIR" },
    { NULL },
  };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LIFT_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_option_context_set_summary (
    context, _ ("Starts a server with sample data, and the coach's and the athlete's window."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, &argc, &argv, &error) && run (prepare, &error))
    return 0;
  g_printerr ("liftlogger-demo: %s\n",
              error != NULL ? error->message : _ ("the folder cannot be made"));
  return 1;
}
