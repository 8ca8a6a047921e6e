/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store against plain C over SQLite: the same tables, indexes and settings. */
#include "bench-raw.h"
#include "bench-rows.h"
#include "bench.h"
#include "lift-entity-list.h"
#include "lift-registry.h"

#define EDITS_OF_ROWS 100
#define BIG 10

typedef struct
{
  char *folder;
  char *path;     /* of the store */
  char *raw_path; /* of a copy for the limit */
  LiftStore *store;
  sqlite3 *raw;
  BenchRows *rows;
  GPtrArray *ids; /* of sets in both */
  guint n_edits;
} World;

static LiftStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  LiftStore *store = lift_store_open (path, lift_clock_get_system (), &error);

  g_assert_no_error (error);
  return store;
}

static void
list_ids (World *self)
{
  sqlite3_stmt *statement = bench_raw_prepare (self->raw, "SELECT id FROM set_session");

  self->ids = g_ptr_array_new_with_free_func (g_free);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (self->ids, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);
}

/* Two files with the same n_sets rows that a server has confirmed. */
static World *
world_new (guint n_sets)
{
  World *self = g_new0 (World, 1);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Exercise");

  self->folder = bench_make_folder ();
  self->path = g_build_filename (self->folder, "ours", "store.db", NULL);
  self->raw_path = g_build_filename (self->folder, "raw.db", NULL);
  self->store = open_store (self->path);
  self->rows = bench_rows_new (self->store, NULL);
  bench_rows_fill (self->rows, n_sets);
  bench_rows_begin_exercise (self->rows, batch);
  bench_rows_commit (self->rows, batch);
  bench_rows_make_clean (self->store);
  bench_run_sql (self->store, "PRAGMA optimize");
  bench_rows_free (g_steal_pointer (&self->rows));
  g_clear_object (&self->store);
  bench_copy_file (self->path, self->raw_path);
  self->store = open_store (self->path);
  self->rows = bench_rows_new (self->store, NULL);
  self->raw = bench_raw_open (self->raw_path);
  list_ids (self);
  return self;
}

static void
world_free (World *self)
{
  bench_rows_free (self->rows);
  g_object_unref (self->store);
  bench_raw_close (self->raw);
  bench_remove_folder (self->folder);
  g_ptr_array_unref (self->ids);
  g_free (self->path);
  g_free (self->raw_path);
  g_free (self->folder);
  g_free (self);
}

/* What was told meanwhile belongs to nobody's time. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
remove_new_sets (World *self)
{
  settle ();
  bench_run_sql (self->store, "DELETE FROM set_session WHERE version IS NULL");
  bench_raw_exec (self->raw, "DELETE FROM set_session WHERE version IS NULL");
}

static gint64
create (gpointer data)
{
  World *self = data;
  g_autoptr (LiftBatch) exercise = lift_batch_new ("Exercise");
  g_autoptr (LiftBatch) batch = lift_batch_new ("Sets");
  gint64 start, taken;

  bench_rows_begin_exercise (self->rows, exercise);
  bench_rows_commit (self->rows, exercise);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < bench_get_rows (); i++)
    {
      g_autoptr (LiftSetSession) set = bench_rows_make_set (self->rows);

      lift_batch_insert (batch, LIFT_ENTITY (set));
    }
  bench_rows_commit (self->rows, batch);
  taken = g_get_monotonic_time () - start;
  remove_new_sets (self);
  return taken;
}

static gint64
create_raw (gpointer data)
{
  World *self = data;
  gint64 start = g_get_monotonic_time (), taken;

  bench_raw_insert_sets (self->raw, self->rows->athlete, self->rows->exercise_session,
                         bench_get_rows ());
  taken = g_get_monotonic_time () - start;
  g_assert_cmpint (
    bench_raw_get_int (self->raw, "SELECT count(*) FROM set_session WHERE version IS NULL"), ==,
    bench_get_rows ());
  remove_new_sets (self);
  return taken;
}

static const char *
get_edited_id (World *self, guint i)
{
  return g_ptr_array_index (self->ids, (i * 37 + self->n_edits) % self->ids->len);
}

static void
edit_one (World *self, LiftSetSession *set, guint i)
{
  const LiftEntityInfo *info = lift_entity_get_info (LIFT_ENTITY (set));
  g_autoptr (LiftBatch) batch = lift_batch_new ("Edit");

  LIFT_ENTITY (set)->id = g_strdup (get_edited_id (self, i));
  set->actual_weight = 300 + (self->n_edits + i) % 500;
  lift_batch_update (batch, LIFT_ENTITY (set),
                     (LiftFieldSet) 1 << lift_entity_info_find (info, "actualWeight")->index);
  bench_rows_commit (self->rows, batch);
}

static gint64
edit (gpointer data)
{
  World *self = data;
  guint n = MAX (bench_get_rows () / EDITS_OF_ROWS, 1);
  gint64 start = g_get_monotonic_time (), taken;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LiftSetSession) set = g_object_new (LIFT_TYPE_SET_SESSION, NULL);

      edit_one (self, set, i);
    }
  taken = g_get_monotonic_time () - start;
  settle ();
  bench_run_sql (self->store, "UPDATE set_session SET pending = NULL, base = NULL "
                              "WHERE pending IS NOT NULL AND version IS NOT NULL");
  self->n_edits++;
  return taken;
}

static gint64
edit_raw (gpointer data)
{
  World *self = data;
  guint n = MAX (bench_get_rows () / EDITS_OF_ROWS, 1);
  sqlite3_stmt *statement = bench_raw_prepare (
    self->raw, "UPDATE set_session SET pending = '{\"actualWeight\":1}', "
               "base = json_object ('actualWeight', actual_weight), actual_weight = ? "
               "WHERE id = ?");
  gint64 start = g_get_monotonic_time (), taken;

  for (guint i = 0; i < n; i++)
    {
      sqlite3_bind_double (statement, 1, 300 + (self->n_edits + i) % 500);
      sqlite3_bind_text (statement, 2, get_edited_id (self, i), -1, SQLITE_STATIC);
      bench_raw_step (statement);
    }
  taken = g_get_monotonic_time () - start;
  sqlite3_finalize (statement);
  bench_raw_exec (self->raw, "UPDATE set_session SET pending = NULL, base = NULL "
                             "WHERE pending IS NOT NULL");
  self->n_edits++;
  return taken;
}

static LiftQuery *
make_query (guint limit)
{
  LiftQuery *query = lift_query_new (LIFT_TYPE_SET_SESSION);

  lift_query_limit (query, limit, 0);
  return query;
}

static gint64
run_query (World *self, LiftQuery *query, guint expected)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) rows = lift_store_query_sync (self->store, query, &error);
  gint64 taken = g_get_monotonic_time () - start;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, expected);
  return taken;
}

static gint64
run_raw (World *self, const char *sql, guint expected)
{
  sqlite3_stmt *statement = bench_raw_prepare (self->raw, sql);
  gint64 start, taken;

  /* The store keeps its statements, so the limit need not prepare either. */
  start = g_get_monotonic_time ();
  g_assert_cmpuint (bench_raw_read_rows (statement), ==, expected);
  taken = g_get_monotonic_time () - start;
  sqlite3_finalize (statement);
  return taken;
}

static gint64
read_rows (gpointer data)
{
  g_autoptr (LiftQuery) query = make_query (bench_get_rows ());

  return run_query (data, query, bench_get_rows ());
}

static gint64
read_rows_raw (gpointer data)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM set_session WHERE deleted_at IS NULL "
                                          "ORDER BY id LIMIT %u",
                                          bench_get_rows ());

  return run_raw (data, sql, bench_get_rows ());
}

static gint64
read_recent (gpointer data)
{
  World *self = data;
  g_autoptr (LiftQuery) query = make_query (50);
  g_autoptr (LiftQuery) exercises = lift_query_new (LIFT_TYPE_EXERCISE_SESSION);

  lift_query_where (exercises, "exerciseId", LIFT_QUERY_EQUAL,
                    g_ptr_array_index (self->rows->exercises, 0));
  lift_query_where_in (query, "exerciseSessionId", exercises, "id");
  lift_query_order_by (query, "completedAt", TRUE);
  return run_query (self, query, 50);
}

static gint64
read_recent_raw (gpointer data)
{
  World *self = data;
  g_autofree char *sql = g_strdup_printf (
    "SELECT s.* FROM exercise_session e JOIN set_session s ON s.exercise_session_id = e.id "
    "WHERE e.exercise_id = '%s' AND e.deleted_at IS NULL AND s.deleted_at IS NULL "
    "ORDER BY s.completed_at DESC, s.id LIMIT 50",
    (const char *) g_ptr_array_index (self->rows->exercises, 0));

  return run_raw (self, sql, 50);
}

static gint64
reopen (gpointer data)
{
  World *self = data;
  gint64 start = g_get_monotonic_time (), taken;
  LiftStore *store = open_store (self->path);

  taken = g_get_monotonic_time () - start;
  g_object_unref (store);
  return taken;
}

static gint64
reopen_raw (gpointer data)
{
  World *self = data;
  gint64 start = g_get_monotonic_time (), taken;
  sqlite3 *handle = bench_raw_open (self->raw_path);

  /* SQLite reads nothing before the first question. */
  g_assert_cmpint (bench_raw_get_int (handle, "SELECT count(*) FROM fact"), >, 0);
  taken = g_get_monotonic_time () - start;
  bench_raw_close (handle);
  return taken;
}

static gint64
read_status (gpointer data)
{
  World *self = data;
  LiftStoreStatus status;
  gint64 start = g_get_monotonic_time ();

  g_assert_true (lift_store_get_status_sync (self->store, &status, NULL));
  g_assert_cmpuint (status.pending, ==, 0);
  return g_get_monotonic_time () - start;
}

static gint64
read_status_raw (gpointer data)
{
  World *self = data;
  g_autoptr (GString) sql = g_string_new ("SELECT 0");
  sqlite3_stmt *statement;
  gint64 start, taken;

  for (guint i = 0; i < lift_registry_get_size (); i++)
    g_string_append_printf (sql, " + (SELECT count(*) FROM %s WHERE pending IS NOT NULL)",
                            lift_registry_get (i)->table);
  statement = bench_raw_prepare (self->raw, sql->str);
  start = g_get_monotonic_time ();
  g_assert_cmpuint (bench_raw_read_rows (statement), ==, 1);
  taken = g_get_monotonic_time () - start;
  sqlite3_finalize (statement);
  return taken;
}

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Runs the main loop until @done. Returns how long its longest turn took. */
static gint64
run_loop (gboolean *done)
{
  gint64 longest = 0;

  while (!*done)
    {
      gint64 start = g_get_monotonic_time ();

      if (g_main_context_iteration (NULL, FALSE))
        longest = MAX (longest, g_get_monotonic_time () - start);
      else
        g_usleep (50);
    }
  return longest;
}

typedef struct
{
  World *world;
  LiftEntityList *list;
  gint64 longest;
} Follow;

static gint64
follow (gpointer data)
{
  Follow *self = data;
  g_autoptr (LiftEntity) row = g_list_model_get_item (G_LIST_MODEL (self->list), 7);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Edit");
  gboolean done = FALSE;
  gulong id = g_signal_connect (row, "notify::actual-weight", G_CALLBACK (notify_cb), &done);
  g_autoptr (LiftEntity) edited = lift_entity_copy (row);
  gint64 start;

  settle ();
  LIFT_SET_SESSION (edited)->actual_weight = 300 + ++self->world->n_edits;
  lift_batch_update (batch, edited, LIFT_FIELD_SET_ALL);
  start = g_get_monotonic_time ();
  lift_store_commit_async (self->world->store, batch, NULL, NULL, NULL);
  self->longest = run_loop (&done);
  start = g_get_monotonic_time () - start;
  g_signal_handler_disconnect (row, id);
  return start;
}

/* The limit of a list that asks again: to step through its rows. */
static gint64
follow_raw (gpointer data)
{
  return read_rows_raw (((Follow *) data)->world);
}

static gint64
follow_turn (gpointer data)
{
  follow (data);
  return ((Follow *) data)->longest;
}

static gboolean
is_loaded (LiftEntityList *list)
{
  gboolean loading;

  g_object_get (list, "loading", &loading, NULL);
  return !loading;
}

static void
measure_list (World *world)
{
  g_autoptr (LiftQuery) query = make_query (bench_get_rows ());
  g_autoptr (LiftEntityList) list = lift_entity_list_new (world->store, query);
  Follow data = { world, list, 0 };

  while (!is_loaded (list))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, bench_get_rows ());
  bench_compare ("one edit until a list of all rows shows it", follow, follow_raw, &data);
  bench_report ("of that, the longest turn of the main loop", follow_turn, &data);
}

int
main (int argc, char **argv)
{
  World *world;

  bench_init (&argc, &argv, NULL);
  g_print ("%u rows, %u runs\n", bench_get_rows (), bench_get_runs ());
  bench_heading ("Store");
  world = world_new (bench_get_rows ());
  bench_compare ("create all rows in one batch", create, create_raw, world);
  bench_compare_often ("a hundredth as many durable edits, one by one", edit, edit_raw, world);
  bench_compare ("read all rows", read_rows, read_rows_raw, world);
  measure_list (world);
  world_free (world);

  bench_heading ("Store with ten times the rows");
  world = world_new (BIG * bench_get_rows ());
  bench_compare ("last 50 sets of an exercise", read_recent, read_recent_raw, world);
  bench_compare ("status counts", read_status, read_status_raw, world);
  bench_compare ("open", reopen, reopen_raw, world);
  world_free (world);
  bench_report_memory ("Memory at most");
  return 0;
}
