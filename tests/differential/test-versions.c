/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "version-roles.h"

/*
 * A version of the client with another one of the server: what the older of the two does not know is
 * not lost, holds nothing up, and is there once it is of the newer version too.
 */

#define PLAN "01900000-0000-7000-8000-000000000001"
#define COMMENT "01900000-0000-7000-8000-000000000002"
#define WEIGHT "01900000-0000-7000-8000-000000000003"
#define OTHER "01900000-0000-7000-8000-000000000004"

#define ADD_PLAN "add TrainingPlan " PLAN " name=Day date=2026-03-01"
#define ADD_COMMENT "add Comment " COMMENT " trainingPlanId=" PLAN " text=Strong stars=4"
#define ADD_WEIGHT \
  "add BodyWeightEntry " WEIGHT " weight=80.5 measurementDate=2026-03-01 source=scale"
#define QUIET "pulled 0 pushed 0 failed 0 pending 0 parked "

static char *program;

typedef struct
{
  char *folder;
  GSubprocess *server;
  char *port;
} World;

static void
stop_server (World *self)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (self->server), NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (self->server, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&self->server);
  g_clear_pointer (&self->port, g_free);
}

static void
start_server (World *self, const char *version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) input = NULL;

  if (self->server != NULL)
    stop_server (self);
  self->server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                   &error, program, "serve", version, self->folder, NULL);
  g_assert_no_error (error);
  input = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->server));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (input), FALSE);
  self->port = g_data_input_stream_read_line (input, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->port);
}

static void
set_up (World *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("lift-versions-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (World *self, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", self->folder);

  stop_server (self);
  g_assert_cmpint (system (command), ==, 0);
  g_free (self->folder);
}

/* Returns: (transfer full): what the client said */
static char *
use (World *self, const char *version, const char *name, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *const role[] = { program, "use", version, self->folder, name, self->port };
  g_autoptr (GSubprocess) client = NULL;
  g_autoptr (GError) error = NULL;
  char *said = NULL;
  const char *word;
  va_list args;

  for (guint i = 0; i < G_N_ELEMENTS (role); i++)
    g_ptr_array_add (words, (gpointer) role[i]);
  va_start (args, name);
  while ((word = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (words, (gpointer) word);
  va_end (args);
  g_ptr_array_add (words, NULL);
  client = g_subprocess_newv ((const char *const *) words->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (client, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (client));
  return said;
}

static void
expect (char *said, const char *text)
{
  g_autofree char *owned = said;

  if (strstr (owned, text) == NULL)
    g_error ("expected “%s”, got “%s”", text, owned);
}

/* The older client keeps a row of a type that it does not know, and has it after its upgrade. */
static void
test_older_client_type (World *self, gconstpointer data)
{
  start_server (self, "next");
  expect (use (self, "next", "new", ADD_PLAN, ADD_COMMENT, "sync", NULL), "pushed 2 failed 0");
  expect (use (self, "now", "old", "sync", "show TrainingPlan " PLAN, NULL), "\"name\":\"Day\"");
  /* It is not missed either: nothing is fetched again. */
  expect (use (self, "now", "old", "sync", NULL), QUIET "1");
  expect (use (self, "now", "old", "edit TrainingPlan " PLAN " name Renamed", "sync", NULL),
          "pushed 1 failed 0 pending 0 parked 1");
  expect (use (self, "now", "old", "sync", NULL), QUIET "1");
  expect (use (self, "next", "new", "edit Comment " COMMENT " stars 5", "sync",
               "show TrainingPlan " PLAN, NULL),
          "\"name\":\"Renamed\"");
  expect (use (self, "now", "old", "sync", NULL), "parked 1");
  expect (use (self, "next", "old", "sync", NULL), "parked 0");
  expect (use (self, "next", "old", "show Comment " COMMENT, NULL), "\"stars\":5");
  expect (use (self, "next", "old", "sync", NULL), QUIET "0");
}

/* A delete on the older client covers the rows that it does not know, and a restore too. */
static void
test_older_client_deletes (World *self, gconstpointer data)
{
  start_server (self, "next");
  g_free (use (self, "next", "new", ADD_PLAN, ADD_COMMENT, "sync", NULL));
  g_free (use (self, "now", "old", "sync", NULL));
  expect (use (self, "now", "old", "delete TrainingPlan " PLAN, "sync", NULL), "pushed 1 failed 0");
  expect (use (self, "next", "new", "sync", "show Comment " COMMENT, NULL), "\"deletedAt\":\"2");
  g_free (use (self, "now", "old", "sync", NULL));
  expect (use (self, "now", "old", "restore TrainingPlan " PLAN, "sync", NULL),
          "pushed 1 failed 0");
  expect (use (self, "next", "new", "sync", "show Comment " COMMENT, NULL), "\"deletedAt\":null");
  expect (use (self, "now", "old", "delete TrainingPlan " PLAN, "sync", "sync", NULL), QUIET "1");
  expect (use (self, "next", "old", "show Comment " COMMENT, NULL), "nothing");
  expect (use (self, "next", "old", "sync", "show Comment " COMMENT, NULL), "\"deletedAt\":\"2");
  expect (use (self, "next", "old", "sync", NULL), QUIET "0");
}

/* The older client writes whole rows without a column that it does not know, which stays as it is
 * on the server; and it knows the value after its upgrade. */
static void
test_older_client_column (World *self, gconstpointer data)
{
  start_server (self, "now");
  g_free (use (self, "now", "new", ADD_WEIGHT, "sync", NULL));
  expect (use (self, "before", "old", "sync", "show BodyWeightEntry " WEIGHT, NULL), "80.5");
  expect (use (self, "before", "old", "edit BodyWeightEntry " WEIGHT " notes early", "sync", NULL),
          "pushed 1 failed 0 pending 0");
  expect (use (self, "before", "old", "sync", NULL), QUIET);
  expect (use (self, "now", "new", "sync", "show BodyWeightEntry " WEIGHT, NULL),
          "\"notes\":\"early\"");
  expect (use (self, "now", "new", "show BodyWeightEntry " WEIGHT, NULL), "\"source\":\"scale\"");
  expect (use (self, "now", "new", "edit BodyWeightEntry " WEIGHT " source watch", "sync", NULL),
          "pushed 1");
  expect (use (self, "before", "old", "sync", NULL), "pulled 1");
  expect (use (self, "now", "old", "sync", "show BodyWeightEntry " WEIGHT, NULL),
          "\"source\":\"watch\"");
  expect (use (self, "now", "old", "sync", NULL), QUIET);
}

/* An upgrade while an edit of the older version waits. */
static void
test_upgrade_with_edits (World *self, gconstpointer data)
{
  start_server (self, "now");
  g_free (use (self, "now", "new", ADD_WEIGHT, "sync", NULL));
  g_free (use (self, "before", "old", "sync", NULL));
  g_free (use (self, "before", "old", "edit BodyWeightEntry " WEIGHT " notes early",
               "add BodyWeightEntry " OTHER " weight=81 measurementDate=2026-03-02", NULL));
  expect (use (self, "now", "old", "edit BodyWeightEntry " WEIGHT " weight 82", "sync", NULL),
          "pushed 2 failed 0 pending 0");
  expect (use (self, "now", "new", "sync", "show BodyWeightEntry " WEIGHT, NULL), "\"weight\":82");
  expect (use (self, "now", "new", "show BodyWeightEntry " WEIGHT, NULL), "\"notes\":\"early\"");
  expect (use (self, "now", "new", "show BodyWeightEntry " WEIGHT, NULL), "\"source\":\"scale\"");
}

/* A server that does not know a type refuses its rows, which wait and go after its upgrade. */
static void
test_older_server_type (World *self, gconstpointer data)
{
  start_server (self, "now");
  expect (use (self, "next", "new", ADD_PLAN, ADD_COMMENT, ADD_WEIGHT, "sync", NULL),
          "pushed 2 failed 1 pending 1");
  expect (use (self, "next", "new", "edit TrainingPlan " PLAN " name Renamed", "sync", NULL),
          "pushed 1 failed 0 pending 1");
  expect (use (self, "next", "new", "show Comment " COMMENT, NULL), "Strong");
  start_server (self, "next");
  expect (use (self, "next", "new", "retry Comment " COMMENT, "sync", NULL),
          "pushed 1 failed 0 pending 0");
  expect (use (self, "next", "far", "sync", "show Comment " COMMENT, NULL), "Strong");
  expect (use (self, "next", "far", "show TrainingPlan " PLAN, NULL), "Renamed");
}

/* A server that does not know a column drops it; the client keeps its own value. */
static void
test_older_server_column (World *self, gconstpointer data)
{
  start_server (self, "before");
  expect (use (self, "now", "new", ADD_WEIGHT, "sync", NULL), "pushed 1 failed 0 pending 0");
  expect (use (self, "now", "new", "sync", NULL), QUIET);
  expect (
    use (self, "now", "far", "sync", "edit BodyWeightEntry " WEIGHT " notes far", "sync", NULL),
    "pushed 1");
  expect (use (self, "now", "new", "sync", "show BodyWeightEntry " WEIGHT, NULL),
          "\"notes\":\"far\"");
  expect (use (self, "now", "new", "show BodyWeightEntry " WEIGHT, NULL), "\"source\":\"scale\"");
  expect (use (self, "now", "new", "edit BodyWeightEntry " WEIGHT " source watch", "sync", NULL),
          "failed 0 pending 0");
  start_server (self, "now");
  expect (use (self, "now", "new", "edit BodyWeightEntry " WEIGHT " source clock", "sync", NULL),
          "pushed 1 failed 0 pending 0");
  expect (use (self, "now", "far", "sync", "show BodyWeightEntry " WEIGHT, NULL),
          "\"source\":\"clock\"");
}

#define ADD(name, test) \
  g_test_add ("/differential/versions/" name, World, NULL, set_up, test, tear_down)

static int
run_tests (void)
{
  ADD ("older-client-type", test_older_client_type);
  ADD ("older-client-deletes", test_older_client_deletes);
  ADD ("older-client-column", test_older_client_column);
  ADD ("upgrade-with-edits", test_upgrade_with_edits);
  ADD ("older-server-type", test_older_server_type);
  ADD ("older-server-column", test_older_server_column);
  return g_test_run ();
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "serve"))
    return version_serve (argv[2], argv[3]);
  if (argc > 6 && g_str_equal (argv[1], "use"))
    return version_use (argv[2], argv[3], argv[4], argv[5], argv + 6);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  return run_tests ();
}
