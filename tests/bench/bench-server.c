/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's core, without HTTP, against plain C over SQLite on a copy of the same file. */
#include "bench-raw.h"
#include "bench-wire.h"
#include "bench.h"
#include "lift-server-sqlite.h"
#include "lift-server.h"

#include <string.h>

#define PASSWORD "correct horse battery"

typedef struct
{
  char *folder;
  char *path;
  LiftStore *store; /* for the catalogue alone */
  BenchRows *rows;
  LiftServer *server;
  LiftServerUser *user;
  gint64 mutation;
  sqlite3 *raw;
  gint64 seq; /* of the limit */
  guint n_pulled;
  char *end; /* of the feed, a cursor */
} World;

static char *
login (LiftServer *server, LiftServerUser **user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = lift_server_login (server, "ann", PASSWORD, NULL, &error);
  g_autoptr (JsonObject) answer = NULL;

  g_assert_no_error (error);
  answer = lift_json_parse_object (text->str, text->len, &error);
  g_assert_no_error (error);
  *user = lift_server_authenticate (server, lift_json_get_string (answer, "token"), &error);
  g_assert_no_error (error);
  return g_strdup ((*user)->athlete_id);
}

static void
open_server (World *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerDatabase) database = lift_server_sqlite_open (self->path, 2, &error);
  g_autofree char *coach = NULL;
  g_autofree char *athlete = NULL;

  g_assert_no_error (error);
  self->server = lift_server_new (database, lift_clock_get_system (), &error);
  g_assert_no_error (error);
  lift_server_set_cheap_passwords (self->server, TRUE);
  coach = lift_server_add_user (self->server, "kim", PASSWORD, "coach", NULL, NULL, &error);
  g_assert_no_error (error);
  athlete = lift_server_add_user (self->server, "ann", PASSWORD, "athlete", NULL, "kim", &error);
  g_assert_no_error (error);
}

static gint64
push_body (World *self, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GString) answer = NULL;
  gint64 start = g_get_monotonic_time ();

  object = lift_json_parse_object (g_bytes_get_data (body, NULL), g_bytes_get_size (body), &error);
  g_assert_no_error (error);
  answer = lift_server_push (self->server, self->user, object, &error);
  g_assert_no_error (error);
  start = g_get_monotonic_time () - start;
  g_assert_nonnull (strstr (answer->str, "\"failed\":[]"));
  return start;
}

static gint64
push_bodies (World *self, GPtrArray *bodies)
{
  gint64 taken = 0;

  for (guint i = 0; i < bodies->len; i++)
    taken += push_body (self, g_ptr_array_index (bodies, i));
  return taken;
}

static void
copy_database (World *self)
{
  g_autofree char *copy = g_build_filename (self->folder, "raw.db", NULL);
  g_autoptr (GError) error = NULL;

  lift_server_backup (self->server, copy, &error);
  g_assert_no_error (error);
  self->raw = bench_raw_open (copy);
  self->seq = bench_raw_get_int (self->raw, "SELECT max (seq) FROM change");
}

static World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  g_autofree char *store = NULL;
  g_autofree char *athlete = NULL;
  g_autoptr (GPtrArray) frame = NULL;

  self->folder = bench_make_folder ();
  self->path = g_build_filename (self->folder, "server.db", NULL);
  store = g_build_filename (self->folder, "store.db", NULL);
  self->store = lift_store_open (store, lift_clock_get_system (), NULL);
  open_server (self);
  athlete = login (self->server, &self->user);
  self->rows = bench_rows_new (self->store, athlete);
  frame = bench_wire_make_frame (self->rows, 5, &self->mutation);
  push_bodies (self, frame);
  copy_database (self);
  return self;
}

static void
world_free (World *self)
{
  lift_server_user_free (self->user);
  g_object_unref (self->server);
  bench_rows_free (self->rows);
  g_object_unref (self->store);
  bench_raw_close (self->raw);
  bench_remove_folder (self->folder);
  g_free (self->path);
  g_free (self->end);
  g_free (self->folder);
  g_free (self);
}

static gint64
push (gpointer data)
{
  World *self = data;
  g_autoptr (GPtrArray)
    bodies = bench_wire_make_sets (self->rows, bench_get_rows (), &self->mutation);

  return push_bodies (self, bodies);
}

static gint64
push_small (gpointer data)
{
  World *self = data;
  g_autoptr (GPtrArray) bodies = bench_wire_make_sets (self->rows, 1, &self->mutation);

  return push_bodies (self, bodies);
}

/* What any server must do with the same rows: store each, and its place in the feed, in durable
 * transactions of 500. */
static gint64
push_raw_rows (World *self, guint n)
{
  sqlite3_stmt *row = bench_raw_prepare (
    self->raw, "INSERT INTO set_session (id, scope, hidden, created_at, updated_at, version, "
               "created_by, updated_by, athlete_id, exercise_session_id, set_number, actual_reps, "
               "actual_weight, actual_rpe, kind, completed_at) "
               "VALUES (?, ?, 0, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, 'working', ?)");
  sqlite3_stmt *change = bench_raw_prepare (
    self->raw, "INSERT INTO change (scope, seq, type, id) VALUES (?, ?, 'SetSession', ?)");
  g_autofree char *scope = g_strconcat ("athlete:", self->rows->athlete, NULL);
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 start;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (sets, bench_rows_make_set (self->rows));
  start = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    {
      LiftSetSession *set = g_ptr_array_index (sets, i);

      if (i % BENCH_BATCH == 0)
        bench_raw_exec (self->raw, "BEGIN IMMEDIATE");
      bench_raw_bind (row, "ssiissssiiddi", LIFT_ENTITY (set)->id, scope,
                      LIFT_ENTITY (set)->created_at, g_get_real_time (), self->user->id,
                      self->user->id, set->athlete_id, set->exercise_session_id, set->set_number,
                      set->actual_reps, set->actual_weight, set->actual_rpe, set->completed_at);
      bench_raw_step (row);
      bench_raw_bind (change, "sis", scope, ++self->seq, LIFT_ENTITY (set)->id);
      bench_raw_step (change);
      if (i % BENCH_BATCH == BENCH_BATCH - 1 || i + 1 == n)
        bench_raw_exec (self->raw, "COMMIT");
    }
  start = g_get_monotonic_time () - start;
  sqlite3_finalize (row);
  sqlite3_finalize (change);
  return start;
}

static gint64
push_raw (gpointer data)
{
  return push_raw_rows (data, bench_get_rows ());
}

static gint64
push_raw_small (gpointer data)
{
  return push_raw_rows (data, 1);
}

/* Returns the cursor behind the page, or NULL after the last. */
static char *
pull_page (World *self, const char *cursor, gint64 *taken)
{
  LiftServerPullRequest request = { .limit = "500", .cursor = cursor };
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *sets;
  gint64 start = g_get_monotonic_time ();

  text = lift_server_pull (self->server, self->user, &request, &error);
  *taken += g_get_monotonic_time () - start;
  g_assert_no_error (error);
  answer = lift_json_parse_object (text->str, text->len, &error);
  g_assert_no_error (error);
  sets = lift_json_get_array (lift_json_get_object (answer, "changesByType"), "SetSession");
  self->n_pulled += sets != NULL ? json_array_get_length (sets) : 0;
  if (!lift_json_get_boolean (answer, "hasMore", FALSE))
    return NULL;
  return g_strdup (lift_json_get_string (answer, "cursor"));
}

static gint64
pull (gpointer data)
{
  World *self = data;
  g_autofree char *cursor = NULL;
  gint64 taken = 0;

  self->n_pulled = 0;
  do
    {
      g_autofree char *from = g_steal_pointer (&cursor);

      cursor = pull_page (self, from, &taken);
    }
  while (cursor != NULL);
  return taken;
}

static gint64
pull_raw (gpointer data)
{
  World *self = data;
  sqlite3 *handle = bench_raw_open (self->path);
  sqlite3_stmt *statement = bench_raw_prepare (
    handle, "SELECT s.* FROM change c JOIN set_session s ON s.id = c.id "
            "WHERE c.type = 'SetSession' ORDER BY c.scope, c.seq");
  gint64 start = g_get_monotonic_time ();

  g_assert_cmpuint (bench_raw_read_rows (statement), ==, self->n_pulled);
  start = g_get_monotonic_time () - start;
  sqlite3_finalize (statement);
  bench_raw_close (handle);
  return start;
}

/* Walks to the end of the feed and keeps the cursor there. */
static void
find_end (World *self)
{
  LiftServerPullRequest request = { .limit = "500" };
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GString) text = lift_server_pull (self->server, self->user, &request, NULL);
      g_autoptr (JsonObject) answer = lift_json_parse_object (text->str, text->len, NULL);

      more = lift_json_get_boolean (answer, "hasMore", FALSE);
      g_free (self->end);
      self->end = g_strdup (lift_json_get_string (answer, "cursor"));
      request.cursor = self->end;
    }
}

static gint64
pull_nothing (gpointer data)
{
  World *self = data;
  gint64 taken = 0;

  g_assert_null (pull_page (self, self->end, &taken));
  return taken;
}

int
main (int argc, char **argv)
{
  World *world;

  bench_init (&argc, &argv, NULL);
  g_print ("%u rows, %u runs\n", bench_get_rows (), bench_get_runs ());
  bench_heading ("Server core");
  world = world_new ();
  bench_compare ("push of all rows, 500 a batch, JSON to durable answer", push, push_raw, world);
  bench_compare ("push of one row", push_small, push_raw_small, world);
  pull (world);
  bench_compare ("pull of every row ever pushed here, 500 a page", pull, pull_raw, world);
  find_end (world);
  bench_report ("pull when nothing is new", pull_nothing, world);
  world_free (world);
  bench_report_memory ("Memory at most");
  return 0;
}
