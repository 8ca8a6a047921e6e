/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "lift-database-private.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("lift-errors-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "test.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* A sound file of some hundred pages, all of it in the main file. */
static void
make_database (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftDatabase) database = lift_database_open (path, LIFT_DATABASE_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (lift_database_exec (
    database,
    "CREATE TABLE t (id TEXT PRIMARY KEY, x TEXT);"
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
    "INSERT INTO t SELECT hex (randomblob (16)), hex (randomblob (100)) FROM n;"
    "PRAGMA wal_checkpoint (TRUNCATE)",
    &error));
  g_assert_no_error (error);
}

static void
assert_refused (const char *path, LiftDatabaseMode mode, LiftDatabaseError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftDatabase) database = lift_database_open (path, mode, &error);

  g_assert_null (database);
  g_assert_error (error, LIFT_DATABASE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_null (strstr (error->message, "SELECT"));
  g_assert_null (strstr (error->message, "PRAGMA"));
}

static void
test_file_of_another_kind (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  assert_refused (fixture->path, LIFT_DATABASE_WRITE, LIFT_DATABASE_ERROR_DAMAGED);
  assert_refused (fixture->path, LIFT_DATABASE_READ, LIFT_DATABASE_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
test_truncated_file (Fixture *fixture, gconstpointer data)
{
  const gsize lengths[] = { 100, 4096, 50000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_remove (fixture->path);
      make_database (fixture->path);
      g_assert_no_errno (truncate (fixture->path, lengths[i]));
      assert_refused (fixture->path, LIFT_DATABASE_WRITE, LIFT_DATABASE_ERROR_DAMAGED);
    }
}

static void
test_damaged_page_is_found_by_the_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  make_database (fixture->path);
  database = lift_database_open (fixture->path, LIFT_DATABASE_READ, &error);
  g_assert_true (lift_database_check (database, &error));
  g_assert_no_error (error);
  g_clear_pointer (&database, lift_database_free);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  memset (bytes + 20 * 4096, 0x5a, 3 * 4096);
  g_assert_true (g_file_set_contents (fixture->path, bytes, length, NULL));
  database = lift_database_open (fixture->path, LIFT_DATABASE_READ, &error);
  g_assert_no_error (error);
  g_assert_false (lift_database_check (database, &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, fixture->path));
}

static void
test_folder_is_no_file (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture->folder, LIFT_DATABASE_WRITE, LIFT_DATABASE_ERROR_ACCESS);
  assert_refused (fixture->folder, LIFT_DATABASE_READ, LIFT_DATABASE_ERROR_ACCESS);
}

static void
test_folder_is_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "none", "test.db", NULL);

  assert_refused (path, LIFT_DATABASE_WRITE, LIFT_DATABASE_ERROR_ACCESS);
  assert_refused (path, LIFT_DATABASE_READ, LIFT_DATABASE_ERROR_ACCESS);
}

static void
test_reader_needs_the_file (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture->path, LIFT_DATABASE_READ, LIFT_DATABASE_ERROR_ACCESS);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* Root may write anywhere, so for the time of the test it is somebody else. */
static void
test_folder_or_file_that_is_read_only (Fixture *fixture, gconstpointer data)
{
  gboolean is_root = geteuid () == 0;

  g_assert_no_errno (g_chmod (fixture->folder, 0555));
  if (is_root)
    g_assert_no_errno (seteuid (65534));
  assert_refused (fixture->path, LIFT_DATABASE_WRITE, LIFT_DATABASE_ERROR_ACCESS);
  if (is_root)
    g_assert_no_errno (seteuid (0));
  g_assert_no_errno (g_chmod (fixture->folder, 0755));
  make_database (fixture->path);
  g_assert_no_errno (g_chmod (fixture->path, 0444));
  if (is_root)
    g_assert_no_errno (seteuid (65534));
  assert_refused (fixture->path, LIFT_DATABASE_WRITE, LIFT_DATABASE_ERROR_ACCESS);
  if (is_root)
    g_assert_no_errno (seteuid (0));
}

static void
lock_folder (Fixture *fixture, gboolean locked)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);

      g_chmod (path, locked ? 0444 : 0644);
    }
  g_assert_no_errno (g_chmod (fixture->folder, locked ? 0555 : 0755));
}

static void
assert_readable (const char *path, gint64 rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftDatabase)
    database = lift_database_open (path, LIFT_DATABASE_READ_ANYWHERE, &error);
  gint64 count = -1;

  g_assert_no_error (error);
  g_assert_true (lift_database_get_int (database, &count, &error, "SELECT count(*) FROM t", ""));
  g_assert_cmpint (count, ==, rows);
  g_assert_false (lift_database_exec (database, "DELETE FROM t", &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_ACCESS);
}

/* Neither the file nor its folder can be written; first with a log beside it, then without. */
static void
test_what_is_read_only_can_be_read (Fixture *fixture, gconstpointer data)
{
  gboolean is_root = geteuid () == 0;
  g_autoptr (LiftDatabase) other = NULL;
  g_autoptr (GError) error = NULL;

  make_database (fixture->path);
  other = lift_database_open (fixture->path, LIFT_DATABASE_WRITE, &error);
  g_assert_true (lift_database_exec (other, "INSERT INTO t VALUES ('new', '')", &error));
  for (guint i = 0; i < 2; i++)
    {
      lock_folder (fixture, TRUE);
      if (is_root)
        g_assert_no_errno (seteuid (65534));
      assert_readable (fixture->path, 2001);
      g_assert_null (lift_database_open (fixture->path, LIFT_DATABASE_WRITE, &error));
      g_assert_nonnull (strstr (error->message, g_strerror (EACCES)));
      g_clear_error (&error);
      if (is_root)
        g_assert_no_errno (seteuid (0));
      lock_folder (fixture, FALSE);
      g_clear_pointer (&other, lift_database_free);
    }
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  make_database (fixture->path);
  database = lift_database_open (fixture->path, LIFT_DATABASE_WRITE, &error);
  g_assert_true (lift_database_exec (database, "PRAGMA max_page_count = 1", &error));
  g_assert_true (lift_database_begin (database, &error));
  g_assert_no_error (error);
  while (lift_database_run (database, &error,
                            "INSERT INTO t SELECT hex (randomblob (16)), x FROM t", ""))
    ;
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, fixture->path));
  lift_database_rollback (database);
  g_clear_error (&error);
  g_assert_true (lift_database_get_int (database, &count, &error, "SELECT count(*) FROM t", ""));
  g_assert_cmpint (count, ==, 2000);
  g_assert_true (lift_database_check (database, &error));
}

static void
test_constraint (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftDatabase) database = lift_database_open (fixture->path, LIFT_DATABASE_WRITE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (
    lift_database_exec (database,
                        "CREATE TABLE t (id TEXT PRIMARY KEY NOT NULL, n INTEGER) STRICT;"
                        "INSERT INTO t VALUES ('a', 1)",
                        NULL));
  g_assert_false (
    lift_database_run (database, &error, "INSERT INTO t VALUES (?, ?)", "si", "a", (gint64) 1));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (lift_database_run (database, &error, "INSERT INTO t VALUES ('b', ?)", "s", "x"));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_CONSTRAINT);
}

static void
test_empty_file_is_an_empty_database (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  database = lift_database_open (fixture->path, LIFT_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (lift_database_exec (database, "CREATE TABLE t (x)", &error));
}

/* A lost race for the lock of the log is tried again like any other that somebody holds. */
static void
test_lost_race_for_the_log_is_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  lift_database_set_error (fixture->path, SQLITE_PROTOCOL, 0, &error);
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_BUSY);
}

static void
test_lack_of_memory_has_its_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  make_database (fixture->path);
  database = lift_database_open (fixture->path, LIFT_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  sqlite3_hard_heap_limit64 (sqlite3_memory_used () + 20000);
  lift_database_exec (database, "CREATE TABLE u AS SELECT randomblob (4000000) AS x", &error);
  sqlite3_hard_heap_limit64 (0);
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_MEMORY);
  g_assert_nonnull (strstr (error->message, "memory"));
  g_assert_nonnull (strstr (error->message, fixture->path));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/database/errors/" name, Fixture, NULL, set_up, test_##func, tear_down)
  ADD ("file-of-another-kind", file_of_another_kind);
  ADD ("truncated-file", truncated_file);
  ADD ("damaged-page-is-found-by-the-check", damaged_page_is_found_by_the_check);
  ADD ("folder-is-no-file", folder_is_no_file);
  ADD ("folder-is-missing", folder_is_missing);
  ADD ("reader-needs-the-file", reader_needs_the_file);
  ADD ("folder-or-file-that-is-read-only", folder_or_file_that_is_read_only);
  ADD ("what-is-read-only-can-be-read", what_is_read_only_can_be_read);
  ADD ("full-disk", full_disk);
  ADD ("constraint", constraint);
  ADD ("empty-file-is-an-empty-database", empty_file_is_an_empty_database);
  ADD ("lost-race-for-the-log-is-busy", lost_race_for_the_log_is_busy);
  ADD ("lack-of-memory-has-its-words", lack_of_memory_has_its_words);
  return g_test_run ();
}
