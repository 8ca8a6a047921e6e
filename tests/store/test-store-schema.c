/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-catalogue.h"
#include "lift-database.h"
#include "store-fixture.h"

static char *
get_column_type (LiftDatabase *database, const char *table, const char *column)
{
  return lift_database_dup_text (
    database, NULL, "SELECT type FROM pragma_table_info (?) WHERE name = ?", "ss", table, column);
}

static const char *
get_expected_type (const LiftField *field)
{
  if (lift_field_is_text (field))
    return "TEXT";
  return lift_field_is_double (field) ? "REAL" : "INTEGER";
}

static gint64
count (LiftDatabase *database, const char *sql, const char *table)
{
  g_autoptr (GError) error = NULL;
  gint64 value;

  g_assert_true (lift_database_get_int (database, &value, &error, sql, "s", table));
  g_assert_no_error (error);
  return value;
}

/* A field without a migration, or a migration without a field, is found here. */
static void
test_columns_are_those_of_the_field_table (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftDatabase) database = lift_database_open (fixture->path, LIFT_DATABASE_READ, NULL);

  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *info = lift_registry_get (i);

      g_assert_cmpint (count (database, "SELECT count(*) FROM pragma_table_info (?)", info->table),
                       ==, info->n_fields);
      g_assert_cmpint (count (database,
                              "SELECT strict FROM pragma_table_list WHERE name = ? "
                              "AND schema = 'main'",
                              info->table),
                       ==, 1);
      for (guint j = 0; j < info->n_fields; j++)
        {
          g_autofree char *type = get_column_type (database, info->table, info->fields[j]->name);

          g_assert_cmpstr (type, ==, get_expected_type (info->fields[j]));
        }
    }
}

static gboolean
is_local_table (const char *name)
{
  static const char *const local[] = {
    "fact", "flight", "failure", "conflict", "parked", "sqlite_sequence", NULL,
  };

  return g_strv_contains (local, name);
}

static gboolean
is_registered (const char *name)
{
  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (g_str_equal (lift_registry_get (i)->table, name))
      return TRUE;
  return FALSE;
}

static void
test_each_table_is_synced_or_local (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftDatabase) database = lift_database_open (fixture->path, LIFT_DATABASE_READ, NULL);
  LiftStatement *statement = lift_database_query (
    database, NULL, "SELECT name FROM sqlite_schema WHERE type = 'table'", "");
  guint n = 0;

  while (lift_statement_next (statement, NULL))
    {
      const char *name = lift_statement_get_text (statement, 0);

      g_assert_true (is_registered (name) != is_local_table (name));
      n++;
    }
  g_assert_cmpuint (n, ==, lift_registry_get_size () + 6);
}

static char *
explain (LiftDatabase *database, const char *sql)
{
  g_autofree char *text = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  LiftStatement *statement = lift_database_query (database, NULL, text, "");
  GString *plan = g_string_new (NULL);

  while (lift_statement_next (statement, NULL))
    g_string_append_printf (plan, "%s\n", lift_statement_get_text (statement, 3));
  return g_string_free (plan, FALSE);
}

static void
assert_indexed (LiftDatabase *database, const char *table, const char *condition)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE %s", table, condition);
  g_autofree char *plan = explain (database, sql);
  g_autofree char *name = g_strdup_printf ("INDEX %s_", table);

  g_test_message ("%s: %s", sql, plan);
  g_assert_nonnull (strstr (plan, name));
}

static void
test_indexes_are_used (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftDatabase) database = lift_database_open (fixture->path, LIFT_DATABASE_READ, NULL);

  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *info = lift_registry_get (i);

      assert_indexed (database, info->table, "pending IS NOT NULL");
      assert_indexed (database, info->table, "updated_at > 5 AND deleted_at IS NULL");
      if (lift_entity_info_find (info, "athleteId") != NULL)
        assert_indexed (database, info->table, "deleted_at IS NULL AND athlete_id = 'a'");
      if (info->parent != NULL)
        {
          g_autofree char *condition = g_strdup_printf (
            "deleted_at IS NULL AND %s IN (SELECT value FROM json_each ('[1]'))",
            info->parent->name);

          assert_indexed (database, info->table, condition);
        }
    }
  assert_indexed (database, "training_plan", "athlete_id = 'a' AND date BETWEEN 'x' AND 'y'");
  assert_indexed (database, "training_session", "athlete_id = 'a' AND session_date > 'x'");
  assert_indexed (database, "exercise_session", "exercise_id = 'e'");
  assert_indexed (database, "conflict", "type = 'SetPlan' AND id = 'e' AND restored = 0");
}

static void
test_catalogue_is_there_from_the_start (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) catalogue = lift_catalogue_load ();
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
  LiftEntity *first = g_ptr_array_index (catalogue, 0);
  g_autoptr (LiftEntity) row = store_fixture_load (fixture, first);
  LiftStoreStatus status;

  g_assert_cmpint (lift_store_count_sync (fixture->store, query, NULL), ==, catalogue->len);
  g_assert_cmpuint (lift_entity_diff (first, row), ==, 0);
  g_assert_true (lift_store_get_status_sync (fixture->store, &status, NULL));
  g_assert_cmpuint (status.pending, ==, 0);
}

static void
test_newer_program_brings_missing_exercises (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
  gint64 before = lift_store_count_sync (fixture->store, query, NULL);

  store_fixture_run_sql (fixture,
                         "DELETE FROM exercise WHERE id IN (SELECT id FROM exercise LIMIT 3);"
                         "UPDATE exercise SET name = 'By the server' WHERE id = "
                         "(SELECT max (id) FROM exercise);"
                         "UPDATE fact SET value = value - 3 WHERE name = 'catalogue'");
  store_fixture_reopen (fixture);
  g_assert_cmpint (lift_store_count_sync (fixture->store, query, NULL), ==, before);
  g_assert_cmpint (
    store_fixture_get_int (fixture, "SELECT count(*) FROM exercise WHERE name = 'By the server'"),
    ==, 1);
}

static void
test_check_finds_unreadable_notes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_store_check_sync (fixture->store, &error));
  store_fixture_run_sql (fixture, "UPDATE training_plan SET pending = '{\"name\":'");
  g_assert_false (lift_store_check_sync (fixture->store, &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "TrainingPlan"));
  store_fixture_run_sql (fixture, "UPDATE training_plan SET pending = NULL, held = '[]'");
  g_assert_false (lift_store_check_sync (fixture->store, NULL));
}

static void
test_store_of_a_newer_program_is_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_run_sql (fixture, "PRAGMA user_version = 999");
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_assert_null (lift_store_open (fixture->path, LIFT_CLOCK (fixture->clock), &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_TOO_NEW);
}

static void
test_table_without_a_column_is_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_run_sql (fixture, "ALTER TABLE set_plan DROP COLUMN tempo");
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_assert_null (lift_store_open (fixture->path, LIFT_CLOCK (fixture->clock), &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "SetPlan"));
}

static void
test_opening_again_is_quick (StoreFixture *fixture, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();

  /* Tells that the catalogue is not read again: the mark fits. */
  store_fixture_run_sql (fixture, "DELETE FROM exercise");
  for (guint i = 0; i < 10; i++)
    store_fixture_reopen (fixture);
  g_test_message ("a store opened: %.1f ms", (g_get_monotonic_time () - start) / 10000.0);
  g_assert_cmpint (store_fixture_get_int (fixture, "SELECT count(*) FROM exercise"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) STORE_TEST ("/store/schema/" name, test_##func)
  ADD ("columns-are-those-of-the-field-table", columns_are_those_of_the_field_table);
  ADD ("each-table-is-synced-or-local", each_table_is_synced_or_local);
  ADD ("indexes-are-used", indexes_are_used);
  ADD ("catalogue-is-there-from-the-start", catalogue_is_there_from_the_start);
  ADD ("newer-program-brings-missing-exercises", newer_program_brings_missing_exercises);
  ADD ("opening-again-is-quick", opening_again_is_quick);
  ADD ("check-finds-unreadable-notes", check_finds_unreadable_notes);
  ADD ("store-of-a-newer-program-is-refused", store_of_a_newer_program_is_refused);
  ADD ("table-without-a-column-is-refused", table_without_a_column_is_refused);
  return g_test_run ();
}
