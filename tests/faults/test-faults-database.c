/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "fault-memory.h"
#include "lift-database.h"

/* A connection whose n-th allocation fails, for each n. What reads has been run before, so that the
 * allocations are those of reading: statements are kept. */

typedef struct
{
  char *path;
  LiftDatabase *database;
  char *text; /* lies on two pages, and SQLite has no room left behind it for its end */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("lift-faults-XXXXXX", &fixture->path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  fixture->database = lift_database_open (fixture->path, LIFT_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (lift_database_exec (fixture->database, "CREATE TABLE t (a TEXT, b TEXT)", &error));
  fixture->text = g_strnfill (5015, 'x');
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lift_database_free (fixture->database);
  g_unlink (fixture->path);
  g_free (fixture->path);
  g_free (fixture->text);
}

static gint64
count (Fixture *fixture, const char *where)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM t WHERE ", where, NULL);
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (lift_database_get_int (fixture->database, &n, &error, sql, ""));
  return n;
}

static void
test_a_value_without_memory_is_not_null (Fixture *fixture, gconstpointer data)
{
  gboolean reached = TRUE;
  guint told = 0, n;

  for (n = 1; reached; n++)
    {
      gint64 before = count (fixture, "1");
      g_autoptr (GError) error = NULL;
      gboolean done;

      fault_memory_arm (n, FALSE);
      done = lift_database_run (fixture->database, &error, "INSERT INTO t VALUES (?, ?)", "ss",
                                fixture->text, fixture->text);
      reached = fault_memory_disarm ();
      g_assert_cmpint (count (fixture, "a IS NULL OR b IS NULL"), ==, 0);
      g_assert_cmpint (count (fixture, "1"), ==, before + done);
      if (!done)
        g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_MEMORY);
      told += !done;
    }
  g_assert_cmpuint (told, >, 2);
}

/* Reads a row as code does that takes the first one and goes on. */
static char *
read_one (Fixture *fixture, GError **error)
{
  LiftStatement *statement = lift_database_query (fixture->database, error, "SELECT a, b FROM t",
                                                  "");
  char *text;

  if (statement == NULL || !lift_statement_next (statement, error))
    return NULL;
  text = g_strdup (lift_statement_get_text (statement, 1));
  lift_statement_reset (statement);
  return text;
}

static void
test_a_text_without_memory_is_not_null (Fixture *fixture, gconstpointer data)
{
  gboolean reached = TRUE;
  guint told = 0;
  g_autoptr (GError) error = NULL;

  lift_database_run (fixture->database, &error, "INSERT INTO t VALUES (?, ?)", "ss", fixture->text,
                     fixture->text);
  g_free (read_one (fixture, &error));
  g_assert_no_error (error);
  for (guint n = 1; reached; n++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autofree char *text = NULL;

      fault_memory_arm (n, FALSE);
      text = read_one (fixture, &local_error);
      reached = fault_memory_disarm ();
      if (local_error == NULL)
        g_assert_cmpstr (text, ==, fixture->text);
      else
        g_assert_error (local_error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_MEMORY);
      told += local_error != NULL;
    }
  g_assert_cmpuint (told, >, 0);
}

static gboolean
walk (Fixture *fixture, guint *nulls, GError **error)
{
  LiftStatement *statement = lift_database_query (fixture->database, error, "SELECT a, b FROM t",
                                                  "");
  g_autoptr (GError) local_error = NULL;

  *nulls = 0;
  while (statement != NULL && lift_statement_walk (statement, &local_error))
    *nulls += lift_statement_get_text (statement, 0) == NULL ||
              lift_statement_get_text (statement, 1) == NULL;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return statement != NULL && (error == NULL || *error == NULL);
}

static void
test_a_walk_tells_of_a_lost_text (Fixture *fixture, gconstpointer data)
{
  gboolean reached = TRUE;
  guint told = 0, none;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    lift_database_run (fixture->database, &error, "INSERT INTO t VALUES (?, ?)", "ss",
                       fixture->text, fixture->text);
  g_assert_true (walk (fixture, &none, &error));
  for (guint n = 1; reached; n++)
    {
      g_autoptr (GError) local_error = NULL;
      gboolean done;
      guint nulls;

      fault_memory_arm (n, FALSE);
      done = walk (fixture, &nulls, &local_error);
      reached = fault_memory_disarm ();
      if (done)
        g_assert_cmpuint (nulls, ==, 0);
      else
        g_assert_error (local_error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_MEMORY);
      told += !done;
    }
  g_assert_cmpuint (told, >, 0);
}

/* A transaction that stayed open would hold up every other writer, and take in what comes next. */
static void
test_a_rollback_needs_no_memory (Fixture *fixture, gconstpointer data)
{
  for (guint n = 1; n < 20; n++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (lift_database_begin (fixture->database, &error));
      lift_database_run (fixture->database, &error, "INSERT INTO t VALUES (?, ?)", "ss",
                         fixture->text, fixture->text);
      g_assert_no_error (error);
      fault_memory_arm (n, TRUE);
      lift_database_rollback (fixture->database);
      fault_memory_disarm ();
      g_assert_false (lift_database_in_transaction (fixture->database));
      g_assert_cmpint (count (fixture, "1"), ==, 0);
    }
}

#define DATABASE_TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fault_memory_install ();
  DATABASE_TEST ("/faults/database/a-value-without-memory-is-not-null",
                 test_a_value_without_memory_is_not_null);
  DATABASE_TEST ("/faults/database/a-text-without-memory-is-not-null",
                 test_a_text_without_memory_is_not_null);
  DATABASE_TEST ("/faults/database/a-walk-tells-of-a-lost-text", test_a_walk_tells_of_a_lost_text);
  DATABASE_TEST ("/faults/database/a-rollback-needs-no-memory", test_a_rollback_needs_no_memory);
  return g_test_run ();
}
