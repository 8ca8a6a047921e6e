/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "http-client.h"
#include "lift-database.h"
#include "lift-json.h"

#define PASSWORD "correct horse"

typedef struct
{
  char *dir;
  char *database;
} Fixture;

/* What one run of the program said. */
typedef struct
{
  int exit;
  char *out;
  char *err;
} Run;

static void
run_free (Run *self)
{
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("lift-program-XXXXXX", &error);
  g_assert_no_error (error);
  self->database = g_strdup_printf ("sqlite:%s/data/server.db", self->dir);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_unlink (child) != 0)
        remove_folder (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  remove_folder (self->dir);
  g_free (self->dir);
  g_free (self->database);
}

static char *
make_path (Fixture *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}

/* @words: options and commands, split at spaces */
static GSubprocess *
spawn (Fixture *self, const char *words, GSubprocessFlags flags)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = g_strsplit (words, " ", -1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  GSubprocess *process;

  g_ptr_array_add (argv, (char *) g_getenv ("LIFT_SERVER_PROGRAM"));
  for (guint i = 0; arguments[i] != NULL && arguments[i][0] != '\0'; i++)
    g_ptr_array_add (argv, arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_setenv (launcher, "LIFTLOGGER_DATABASE", self->database, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

static Run *
run (Fixture *self, const char *words, const char *input)
{
  g_autoptr (GSubprocess)
    process = spawn (self, words,
                     G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                       G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GError) error = NULL;
  Run *result = g_new0 (Run, 1);

  g_subprocess_communicate_utf8 (process, input != NULL ? input : "", NULL, &result->out,
                                 &result->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result->exit = g_subprocess_get_exit_status (process);
  g_test_message ("%s: %d\n%s%s", words, result->exit, result->out, result->err);
  return result;
}

static void
expect (Fixture *self, const char *words, const char *input, int exit)
{
  g_autoptr (Run) result = run (self, words, input);

  g_assert_cmpint (result->exit, ==, exit);
}

typedef struct
{
  GSubprocess *process;
  guint16 port;
} Running;

static Running
start (Fixture *self, const char *words)
{
  Running running = { spawn (self, words,
                             G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE) };
  g_autoptr (GDataInputStream)
    out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (running.process));
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (out), FALSE);
  line = g_data_input_stream_read_line_utf8 (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "Listening on http://127.0.0.1:"));
  running.port = atoi (strrchr (line, ':') + 1);
  g_assert_cmpuint (running.port, >, 0);
  return running;
}

/* Returns what the server logged. */
static char *
stop (Running *running, int signal_number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) err = NULL;

  g_subprocess_send_signal (running->process, signal_number);
  g_subprocess_communicate (running->process, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (running->process));
  g_assert_cmpint (g_subprocess_get_exit_status (running->process), ==, 0);
  g_clear_object (&running->process);
  return g_strndup (g_bytes_get_data (err, NULL), g_bytes_get_size (err));
}

static guint
log_in (guint16 port, const char *username, const char *password)
{
  g_autofree char *text = g_strdup_printf ("{\"username\":\"%s\",\"password\":\"%s\"}", username,
                                           password);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (Answer) answer = wire_post (port, "/api/v1/auth/login", "", body);

  return answer->status;
}

static void
test_usage (Fixture *self, gconstpointer data)
{
  g_autoptr (Run) help = run (self, "--help", NULL);
  g_autoptr (Run) user = run (self, "user add ann --help", NULL);
  g_autoptr (Run) version = run (self, "--version", NULL);

  g_assert_cmpint (help->exit, ==, 0);
  g_assert_nonnull (strstr (help->out, "user add USERNAME"));
  g_assert_cmpint (version->exit, ==, 0);
  g_assert_true (g_str_has_prefix (version->out, "liftlogger-server "));
  g_assert_cmpint (user->exit, ==, 0);
  g_assert_nonnull (strstr (user->out, "--role athlete"));
  g_assert_null (strstr (user->out, "--tls-cert"));
  expect (self, "dance", NULL, 1);
  expect (self, "--dance", NULL, 1);
  expect (self, "user", NULL, 1);
  expect (self, "user dance ann", NULL, 1);
  expect (self, "user add", NULL, 1);
  expect (self, "user add ann", PASSWORD, 1);
  expect (self, "user add ann --role king", PASSWORD, 1);
  expect (self, "user list ann", NULL, 1);
  expect (self, "backup", NULL, 1);
  expect (self, "serve here", NULL, 1);
}

static void
test_invalid (Fixture *self, gconstpointer data)
{
  expect (self, "serve --listen nowhere", NULL, 2);
  expect (self, "serve --listen 127.0.0.1:0 --tls-cert /dev/null", NULL, 2);
  expect (self, "serve --listen 127.0.0.1:0 --tls-cert /dev/null --tls-key /dev/null", NULL, 2);
  expect (self, "migrate --database oracle:x", NULL, 2);
  expect (self, "user add ann --role athlete", "", 2);
  expect (self, "user add ann --role athlete", "short\n", 2);
  expect (self, "user add ann --role athlete --coach nobody", PASSWORD "\n", 2);
  expect (self, "user passwd nobody", PASSWORD "\n", 2);
  expect (self, "user disable nobody", NULL, 2);
  expect (self, "user add ann --role athlete --password-file /nowhere/at/all", NULL, 2);
}

static void
test_users (Fixture *self, gconstpointer data)
{
  g_autofree char *file = make_path (self, "password");
  g_autofree char *add = g_strdup_printf (
    "user add ann --role athlete --coach cora --password-file %s", file);
  g_autoptr (Run) first = run (self, "user add cora --role coach --name Cora", PASSWORD "\n");
  g_autoptr (Run) list = NULL;
  g_autoptr (Run) again = NULL;

  g_assert_cmpint (first->exit, ==, 0);
  g_assert_cmpstr (first->out, ==, "Added the coach cora.\n");
  g_file_set_contents (file, PASSWORD "\nsecond line", -1, NULL);
  expect (self, add, NULL, 0);
  expect (self, add, NULL, 2);
  list = run (self, "user list", NULL);
  g_assert_cmpint (list->exit, ==, 0);
  g_assert_nonnull (strstr (list->out, "cora\tcoach\t-\tactive\tCora\n"));
  g_assert_nonnull (strstr (list->out, "ann\tathlete\tcora\tactive\t"));
  g_assert_null (strstr (list->out, "horse"));
  expect (self, "user disable ann", NULL, 0);
  again = run (self, "user list", NULL);
  g_assert_nonnull (strstr (again->out, "ann\tathlete\tcora\tdisabled\t"));
}

static void
test_serve (Fixture *self, gconstpointer data)
{
  Running running;
  g_autofree char *log = NULL;

  expect (self, "user add cora --role coach", PASSWORD "\n", 0);
  running = start (self, "serve --listen 127.0.0.1:0");
  g_assert_cmpuint (log_in (running.port, "cora", PASSWORD), ==, 200);
  g_assert_cmpuint (log_in (running.port, "cora", "wrong horse"), ==, 401);
  /* Accounts are changed while the server runs. */
  expect (self, "user passwd cora", "another horse\n", 0);
  g_assert_cmpuint (log_in (running.port, "cora", PASSWORD), ==, 401);
  g_assert_cmpuint (log_in (running.port, "cora", "another horse"), ==, 200);
  expect (self, "user disable cora", NULL, 0);
  g_assert_cmpuint (log_in (running.port, "cora", "another horse"), ==, 401);
  expect (self, "user enable cora", NULL, 0);
  g_assert_cmpuint (log_in (running.port, "cora", "another horse"), ==, 200);
  log = stop (&running, SIGTERM);
  g_assert_nonnull (strstr (log, "POST /api/v1/auth/login 200 "));
  g_assert_nonnull (strstr (log, "POST /api/v1/auth/login 401 "));
  g_assert_null (strstr (log, "horse"));
}

static void
test_serve_is_default (Fixture *self, gconstpointer data)
{
  Running running = start (self, "--listen 127.0.0.1:0");
  g_autofree char *request = g_strdup ("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n");
  g_autoptr (Answer) answer = wire_ask (running.port, request);
  g_autofree char *log = stop (&running, SIGINT);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (strstr (log, "GET /readyz 200 "));
}

static void
test_log_is_one_line (Fixture *self, gconstpointer data)
{
  Running running = start (self, "--listen 127.0.0.1:0");
  g_autoptr (Answer)
    answer = wire_ask (running.port, "GET /a%0aFAKE%1b[2J?token=secret HTTP/1.1\r\nHost: x\r\n"
                                     "Authorization: Bearer secret\r\n\r\n");
  g_autofree char *log = stop (&running, SIGTERM);

  g_assert_cmpuint (answer->status, ==, 404);
  g_assert_null (strstr (log, "\nFAKE"));
  g_assert_null (strchr (log, 033));
  g_assert_null (strstr (log, "secret"));
}

static void
test_address_in_use (Fixture *self, gconstpointer data)
{
  Running running = start (self, "--listen 127.0.0.1:0");
  g_autofree char *words = g_strdup_printf ("--listen 127.0.0.1:%u", running.port);
  g_autoptr (Run) second = run (self, words, NULL);
  g_autofree char *log = stop (&running, SIGTERM);

  g_assert_cmpint (second->exit, ==, 4);
  g_assert_nonnull (strstr (second->err, "--listen"));
}

static void
test_backup (Fixture *self, gconstpointer data)
{
  g_autofree char *file = make_path (self, "copy.db");
  g_autofree char *backup = g_strdup_printf ("backup %s", file);
  g_autofree char *restore = g_strdup_printf ("restore %s", file);
  Running running;
  g_autofree char *log = NULL;
  g_autoptr (Run) list = NULL;

  expect (self, "user add cora --role coach", PASSWORD "\n", 0);
  running = start (self, "--listen 127.0.0.1:0");
  expect (self, backup, NULL, 0);
  expect (self, restore, NULL, 4);
  log = stop (&running, SIGTERM);
  expect (self, "user add later --role coach", PASSWORD "\n", 0);
  expect (self, restore, NULL, 0);
  list = run (self, "user list", NULL);
  g_assert_nonnull (strstr (list->out, "cora\t"));
  g_assert_null (strstr (list->out, "later\t"));
  expect (self, "check", NULL, 0);
  expect (self, "restore /nowhere/at/all", NULL, 2);
}

/* What is no backup must not take the place of the data, and not of what was put aside either. */
static void
test_restore_other (Fixture *self, gconstpointer data)
{
  g_autofree char *empty = make_path (self, "empty.db");
  g_autofree char *restore = g_strdup_printf ("restore %s", empty);
  g_autoptr (Run) refused = NULL;
  g_autoptr (Run) list = NULL;

  expect (self, "user add cora --role coach", PASSWORD "\n", 0);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  refused = run (self, restore, NULL);
  g_assert_cmpint (refused->exit, ==, 2);
  g_assert_nonnull (strstr (refused->err, "empty.db"));
  list = run (self, "user list", NULL);
  g_assert_nonnull (strstr (list->out, "cora\t"));
}

static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_autofree char *file = make_path (self, "data/server.db");
  g_autofree char *garbage = g_strnfill (100000, 'x');
  g_autoptr (Run) check = NULL;

  expect (self, "migrate", NULL, 0);
  expect (self, "check", NULL, 0);
  g_file_set_contents (file, garbage, -1, NULL);
  check = run (self, "check", NULL);
  g_assert_cmpint (check->exit, ==, 6);
  g_assert_cmpuint (strlen (check->err), >, 0);
}

static LiftDatabase *
open_raw (Fixture *self)
{
  g_autofree char *path = make_path (self, "data/server.db");
  g_autoptr (GError) error = NULL;
  LiftDatabase *raw = lift_database_open (path, LIFT_DATABASE_WRITE, &error);

  g_assert_no_error (error);
  return raw;
}

/* A value that was overwritten in 1970. */
static void
add_old_value (Fixture *self)
{
  g_autoptr (LiftDatabase) raw = open_raw (self);
  g_autoptr (GError) error = NULL;

  lift_database_exec (raw,
                      "INSERT INTO history (type, id, field, version, old_value, scope, stamp)"
                      " VALUES ('SetPlan', 'x', 'notes', 1, 'null', 'athlete:x', 1000)",
                      &error);
  g_assert_no_error (error);
}

static gint64
count_old_values (Fixture *self)
{
  g_autoptr (LiftDatabase) raw = open_raw (self);
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  lift_database_get_int (raw, &n, &error, "SELECT count(*) FROM history", "");
  g_assert_no_error (error);
  return n;
}

static void
test_purge (Fixture *self, gconstpointer data)
{
  g_autoptr (Run) purged = NULL;
  g_autoptr (Run) again = NULL;

  expect (self, "migrate", NULL, 0);
  add_old_value (self);
  purged = run (self, "purge", NULL);
  g_assert_cmpint (purged->exit, ==, 0);
  g_assert_true (g_str_has_prefix (purged->out, "1 "));
  g_assert_cmpint (count_old_values (self), ==, 0);
  again = run (self, "purge", NULL);
  g_assert_true (g_str_has_prefix (again->out, "0 "));
}

/* The server does it by itself, and is not kept from ending by it. */
static void
test_purges_itself (Fixture *self, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;
  g_autofree char *log = NULL;
  Running running;

  expect (self, "migrate", NULL, 0);
  add_old_value (self);
  running = start (self, "--listen 127.0.0.1:0");
  while (count_old_values (self) > 0 && g_get_monotonic_time () < end)
    g_usleep (20 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (count_old_values (self), ==, 0);
  log = stop (&running, SIGTERM);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "usage", test_usage },
    { "invalid", test_invalid },
    { "users", test_users },
    { "serve", test_serve },
    { "serve-is-default", test_serve_is_default },
    { "log-is-one-line", test_log_is_one_line },
    { "address-in-use", test_address_in_use },
    { "backup", test_backup },
    { "restore-other", test_restore_other },
    { "damaged", test_damaged },
    { "purge", test_purge },
    { "purges-itself", test_purges_itself },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/program/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
