/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-process.h"

#include <signal.h>
#include <string.h>

static GSubprocess *
spawn (BenchProcess *self, GSubprocessFlags flags, const char *const *words)
{
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_strv_builder_add_many (argv, g_getenv ("LIFT_SERVER_PROGRAM"), "--database", self->database,
                           NULL);
  g_strv_builder_addv (argv, (const char **) words);
  all = g_strv_builder_end (argv);
  process = g_subprocess_newv ((const char *const *) all, flags | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                               &error);
  g_assert_no_error (error);
  return process;
}

static void
run (BenchProcess *self, const char *const *words)
{
  g_autoptr (GSubprocess) process = spawn (
    self, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, words);
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8 (process, BENCH_PASSWORD "\n", NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
}

BenchProcess *
bench_process_new (const char *folder)
{
  static const char *const coach[] = { "user", "add", "kim", "--role", "coach", NULL };
  BenchProcess *self = g_new0 (BenchProcess, 1);

  if (g_getenv ("LIFT_SERVER_PROGRAM") == NULL)
    g_error ("LIFT_SERVER_PROGRAM must name liftlogger-server");
  self->database = g_strdup_printf ("sqlite:%s/server.db", folder);
  run (self, coach);
  return self;
}

void
bench_process_add_athlete (BenchProcess *self, const char *name)
{
  const char *const words[] = { "user", "add", name, "--role", "athlete", "--coach", "kim", NULL };

  run (self, words);
}

void
bench_process_start (BenchProcess *self)
{
  static const char *const words[] = { "--listen", "127.0.0.1:0", "serve", NULL };
  g_autoptr (GDataInputStream) out = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  const char *url;

  self->process = spawn (self, G_SUBPROCESS_FLAGS_STDOUT_PIPE, words);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (out), FALSE);
  line = g_data_input_stream_read_line (out, NULL, NULL, &error);
  g_assert_no_error (error);
  url = line != NULL ? strstr (line, "http://") : NULL;
  if (url == NULL)
    g_error ("The server did not start");
  self->url = g_strdup (url);
  self->port = g_ascii_strtoull (strrchr (url, ':') + 1, NULL, 10);
}

void
bench_process_free (BenchProcess *self)
{
  if (self->process != NULL)
    {
      g_subprocess_send_signal (self->process, SIGTERM);
      g_subprocess_wait (self->process, NULL, NULL);
      g_object_unref (self->process);
    }
  g_free (self->database);
  g_free (self->url);
  g_free (self);
}
