/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lift-database.h"
#include "lift-set-plan.h"

typedef struct
{
  char *folder;
  char *path;
  LiftDatabase *database;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lift-database-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "test.db", NULL);
  fixture->database = lift_database_open (fixture->path, LIFT_DATABASE_WRITE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  lift_database_free (fixture->database);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
run (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_database_exec (fixture->database, sql, &error));
  g_assert_no_error (error);
}

static gint64
get_int (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value;

  g_assert_true (lift_database_get_int (fixture->database, &value, &error, sql, ""));
  g_assert_no_error (error);
  return value;
}

static void
test_file_is_for_its_owner_alone (Fixture *fixture, gconstpointer data)
{
  const char *const suffixes[] = { "", "-wal", "-shm" };

  run (fixture, "CREATE TABLE t (x)");
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);
      GStatBuf status;

      g_assert_no_errno (g_stat (path, &status));
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    }
}

static void
test_settings_keep_what_was_committed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *mode = lift_database_dup_text (fixture->database, NULL, "PRAGMA journal_mode",
                                                  "");

  g_assert_cmpstr (mode, ==, "wal");
  g_assert_cmpint (get_int (fixture, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (get_int (fixture, "PRAGMA foreign_keys"), ==, 0);
  g_assert_cmpint (get_int (fixture, "PRAGMA cell_size_check"), ==, 1);
  g_assert_cmpint (get_int (fixture, "PRAGMA trusted_schema"), ==, 0);
}

static void
test_values_come_back_as_bound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LiftStatement *statement;

  run (fixture, "CREATE TABLE t (a TEXT, b INTEGER, c REAL, d TEXT, e INTEGER, f REAL) STRICT");
  g_assert_true (lift_database_run (fixture->database, &error,
                                    "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", "sidsid", "",
                                    (gint64) 0, 0.0, NULL, LIFT_INT_NULL, LIFT_NUMBER_NULL));
  g_assert_cmpint (lift_database_get_changes (fixture->database), ==, 1);
  statement = lift_database_query (fixture->database, &error, "SELECT * FROM t", "");
  g_assert_true (lift_statement_next (statement, &error));
  g_assert_cmpstr (lift_statement_get_text (statement, 0), ==, "");
  g_assert_false (lift_statement_is_null (statement, 1));
  g_assert_cmpint (lift_statement_get_int (statement, 1), ==, 0);
  g_assert_cmpfloat (lift_statement_get_double (statement, 2), ==, 0.0);
  g_assert_null (lift_statement_get_text (statement, 3));
  g_assert_cmpint (lift_statement_get_int (statement, 4), ==, LIFT_INT_NULL);
  g_assert_true (isnan (lift_statement_get_double (statement, 5)));
  g_assert_false (lift_statement_next (statement, &error));
  g_assert_no_error (error);
}

static void
test_fields_bind_and_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftSetPlan) in = g_object_new (LIFT_TYPE_SET_PLAN, NULL);
  g_autoptr (LiftSetPlan) out = g_object_new (LIFT_TYPE_SET_PLAN, NULL);
  const LiftEntityInfo *info = lift_entity_get_info (LIFT_ENTITY (in));
  const char *const keys[] = { "targetReps", "targetWeight", "notes", "kind", "tempo" };
  LiftStatement *statement;

  lift_entity_set (LIFT_ENTITY (in), "target-reps", (gint64) 0, "target-weight", 102.5, "notes",
                   "é\n", "kind", "amrap", NULL);
  statement = lift_database_prepare (fixture->database, "SELECT ?, ?, ?, ?, ?", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    lift_statement_bind_field (statement, i, lift_entity_info_find (info, keys[i]), in);
  g_assert_true (lift_statement_next (statement, NULL));
  lift_entity_set (LIFT_ENTITY (out), "tempo", "31X0", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    lift_statement_load_field (statement, i, lift_entity_info_find (info, keys[i]), out);
  lift_statement_reset (statement);
  g_assert_cmpuint (lift_entity_diff (LIFT_ENTITY (in), LIFT_ENTITY (out)), ==, 0);
  g_assert_true (in->kind == out->kind);
}

static void
test_statements_are_kept_by_text (Fixture *fixture, gconstpointer data)
{
  const char *sql = "SELECT 1 UNION SELECT 2";
  g_autofree char *copy = g_strdup (sql);
  LiftStatement *first = lift_database_prepare (fixture->database, sql, NULL);
  LiftStatement *nested;

  g_assert_true (lift_statement_next (first, NULL));
  nested = lift_database_prepare (fixture->database, copy, NULL);
  g_assert_true (nested != first);
  g_assert_true (lift_statement_next (nested, NULL));
  g_assert_cmpint (lift_statement_get_int (nested, 0), ==, 1);
  g_assert_true (lift_statement_next (first, NULL));
  g_assert_cmpint (lift_statement_get_int (first, 0), ==, 2);
  g_assert_false (lift_statement_next (first, NULL));
  g_assert_true (lift_database_prepare (fixture->database, copy, NULL) == first);
  lift_statement_reset (first);
  lift_statement_reset (nested);
}

static void
test_rollback_takes_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LiftStatement *loop;

  run (fixture, "CREATE TABLE t (x); INSERT INTO t VALUES (1), (2)");
  g_assert_true (lift_database_begin (fixture->database, &error));
  g_assert_true (lift_database_in_transaction (fixture->database));
  run (fixture, "DELETE FROM t");
  run (fixture, "INSERT INTO t VALUES (3), (4), (5)");
  /* A walk that was left early does not stand in the way. */
  loop = lift_database_query (fixture->database, &error, "SELECT x FROM t", "");
  g_assert_true (lift_statement_next (loop, &error));
  lift_database_rollback (fixture->database);
  g_assert_false (lift_database_in_transaction (fixture->database));
  g_assert_cmpint (get_int (fixture, "SELECT count(*) FROM t"), ==, 2);
  lift_database_rollback (fixture->database);
}

static void
test_reader_sees_one_moment (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftDatabase) reader = NULL;
  gint64 value;

  run (fixture, "CREATE TABLE t (x)");
  reader = lift_database_open (fixture->path, LIFT_DATABASE_READ, &error);
  g_assert_no_error (error);
  g_assert_true (lift_database_begin_read (reader, &error));
  g_assert_true (lift_database_get_int (reader, &value, &error, "SELECT count(*) FROM t", ""));
  run (fixture, "INSERT INTO t VALUES (1)");
  g_assert_true (lift_database_get_int (reader, &value, &error, "SELECT count(*) FROM t", ""));
  g_assert_cmpint (value, ==, 0);
  lift_database_rollback (reader);
  g_assert_true (lift_database_get_int (reader, &value, &error, "SELECT count(*) FROM t", ""));
  g_assert_cmpint (value, ==, 1);
  g_assert_false (lift_database_exec (reader, "INSERT INTO t VALUES (2)", &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_ACCESS);
}

static const LiftMigration migrations[] = {
  { 1, "CREATE TABLE a (x); INSERT INTO a VALUES (1)" },
  { 2, "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1" },
  { 3, "CREATE TABLE b (x)" },
};

static void
test_migrations_run_once_each (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_database_migrate (fixture->database, migrations, 1, &error));
  g_assert_cmpint (get_int (fixture, "PRAGMA user_version"), ==, 1);
  g_assert_true (lift_database_migrate (fixture->database, migrations, 3, &error));
  g_assert_true (lift_database_migrate (fixture->database, migrations, 3, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_int (fixture, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (get_int (fixture, "SELECT y FROM a"), ==, 2);
  g_assert_cmpint (get_int (fixture, "SELECT count(*) FROM a"), ==, 1);
}

static void
test_failed_migration_leaves_the_version_before (Fixture *fixture, gconstpointer data)
{
  const LiftMigration broken[] = { migrations[0], { 2, "CREATE TABLE c (x); NONSENSE" } };
  g_autoptr (GError) error = NULL;

  g_assert_false (lift_database_migrate (fixture->database, broken, 2, &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FAILED);
  g_assert_null (strstr (error->message, "NONSENSE"));
  g_assert_false (lift_database_in_transaction (fixture->database));
  g_assert_cmpint (get_int (fixture, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (get_int (fixture, "SELECT count(*) FROM sqlite_schema WHERE name = 'c'"), ==, 0);
}

static void
test_newer_file_is_left_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  run (fixture, "PRAGMA user_version = 4");
  g_assert_false (lift_database_migrate (fixture->database, migrations, 3, &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_TOO_NEW);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_cmpint (get_int (fixture, "SELECT count(*) FROM sqlite_schema"), ==, 0);
}

static void
test_second_writer_waits_then_gives_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftDatabase) other = lift_database_open (fixture->path, LIFT_DATABASE_WRITE, &error);
  gint64 start = g_get_monotonic_time ();

  g_assert_no_error (error);
  g_assert_true (lift_database_begin (fixture->database, &error));
  run (fixture, "CREATE TABLE t (x)");
  g_assert_true (lift_database_exec (other, "PRAGMA busy_timeout = 100", &error));
  g_assert_false (lift_database_begin (other, &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_BUSY);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 80000);
  g_assert_true (lift_database_commit (fixture->database, NULL));
  g_assert_true (lift_database_begin (other, NULL));
  lift_database_rollback (other);
}

static void
test_memory_needs_no_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftDatabase) database = lift_database_open (":memory:", LIFT_DATABASE_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (lift_database_exec (database, "CREATE TABLE t (x)", &error));
  g_assert_true (lift_database_check (database, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/database/" name, Fixture, NULL, set_up, test_##func, tear_down)
  ADD ("file-is-for-its-owner-alone", file_is_for_its_owner_alone);
  ADD ("settings-keep-what-was-committed", settings_keep_what_was_committed);
  ADD ("values-come-back-as-bound", values_come_back_as_bound);
  ADD ("fields-bind-and-load", fields_bind_and_load);
  ADD ("statements-are-kept-by-text", statements_are_kept_by_text);
  ADD ("rollback-takes-back", rollback_takes_back);
  ADD ("reader-sees-one-moment", reader_sees_one_moment);
  ADD ("migrations-run-once-each", migrations_run_once_each);
  ADD ("failed-migration-leaves-the-version-before", failed_migration_leaves_the_version_before);
  ADD ("newer-file-is-left-alone", newer_file_is_left_alone);
  ADD ("second-writer-waits-then-gives-up", second_writer_waits_then_gives_up);
  g_test_add_func ("/database/memory-needs-no-file", test_memory_needs_no_file);
  return g_test_run ();
}
