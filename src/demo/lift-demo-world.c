/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-demo-world.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-demo-program.h"
#include "lift-demo-store.h"
#include "lift-sample.h"

/**
 * lift_demo_world_dup_data_dir:
 *
 * Returns: (transfer full): the folder that stands for the computer of one person
 */
char *
lift_demo_world_dup_data_dir (LiftDemoWorld *self, const char *username)
{
  return g_build_filename (self->folder, username, NULL);
}

/**
 * lift_demo_world_dup_secrets:
 *
 * Returns: (transfer full): what LIFTLOGGER_SECRETS has to be on that computer
 */
char *
lift_demo_world_dup_secrets (LiftDemoWorld *self, const char *username)
{
  g_autofree char *folder = g_build_filename (self->folder, username, "secrets", NULL);

  return g_strconcat ("file:", folder, NULL);
}

static char *
dup_database (LiftDemoWorld *self)
{
  g_autofree char *path = g_build_filename (self->folder, "server.db", NULL);

  return g_strconcat ("sqlite:", path, NULL);
}

static gboolean
add_user (
  LiftDemoWorld *self, const char *username, const char *name, const char *role, GError **error)
{
  g_autofree char *database = dup_database (self);
  g_autofree char *program = lift_demo_dup_program ("server", "liftlogger-server");
  g_autoptr (GSubprocess) process = NULL;
  gboolean is_athlete = g_str_equal (role, "athlete");
  const char *argv[] = {
    program,
    "--database",
    database,
    "user",
    "add",
    username,
    "--role",
    role,
    "--name",
    name,
    is_athlete ? "--coach" : NULL,
    LIFT_SAMPLE_COACH,
    NULL,
  };

  process = g_subprocess_newv (
    argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, error);
  return process != NULL &&
         g_subprocess_communicate_utf8 (process, LIFT_SAMPLE_PASSWORD "\n", NULL, NULL, NULL,
                                        error) &&
         g_subprocess_wait_check (process, NULL, error);
}

static gboolean
add_users (LiftDemoWorld *self, GError **error)
{
  if (!add_user (self, LIFT_SAMPLE_COACH, "Jonas Weber", "coach", error))
    return FALSE;
  for (guint i = 0; i < lift_sample_n_athletes; i++)
    if (!add_user (self, lift_sample_athletes[i].username, lift_sample_athletes[i].name, "athlete",
                   error))
      return FALSE;
  return TRUE;
}

/* The server says where it listens once it does. */
static gboolean
start_server (LiftDemoWorld *self, GError **error)
{
  g_autofree char *database = dup_database (self);
  g_autofree char *program = lift_demo_dup_program ("server", "liftlogger-server");
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  const char *address;

  self->server = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, error, program,
    "--database", database, "--listen", "127.0.0.1:0", "serve", NULL);
  if (self->server == NULL)
    return FALSE;
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->server));
  line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  address = line != NULL ? strstr (line, "http://") : NULL;
  if (address == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _ ("The server of the demo did not start"));
      return FALSE;
    }
  self->address = g_strdup (address);
  return TRUE;
}

/**
 * lift_demo_world_make:
 * @folder: an empty folder
 *
 * Makes a server with a coach, three athletes, the catalogue and eight weeks of training, leaves
 * it running, and signs the coach and the first athlete in on computers of their own. Blocks.
 *
 * Returns: whether that worked
 */
gboolean
lift_demo_world_make (LiftDemoWorld *self, const char *folder, GError **error)
{
  self->folder = g_strdup (folder);
  return add_users (self, error) && start_server (self, error) && lift_demo_fill (self, error) &&
         lift_demo_sign_in (self, lift_sample_athletes[0].username, error);
}

/**
 * lift_demo_world_clear:
 *
 * Ends the server; the folder stays.
 */
void
lift_demo_world_clear (LiftDemoWorld *self)
{
  if (self->server != NULL)
    {
      g_subprocess_send_signal (self->server, 15);
      g_subprocess_wait (self->server, NULL, NULL);
    }
  g_clear_object (&self->server);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->address, g_free);
}
