/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store-fixture.h"

static void
add_plan (StoreFixture *fixture, const char *name, const char *date, gint64 order, gboolean locked)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);

  lift_entity_set (LIFT_ENTITY (plan), "name", name, "date", date, "order-in-day", order,
                   "is-locked", locked, NULL);
  store_fixture_insert (fixture, plan);
}

static void
add_plans (StoreFixture *fixture)
{
  add_plan (fixture, "b", "2026-03-01", 10, FALSE);
  add_plan (fixture, "A", "2026-03-02", 9, TRUE);
  add_plan (fixture, "c", "2026-03-03", LIFT_INT_NULL, FALSE);
}

/* The names of the rows, one after the other. */
static void
assert_names (StoreFixture *fixture, LiftQuery *query, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = lift_store_query_sync (fixture->store, query, &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append (names, ((LiftTrainingPlan *) g_ptr_array_index (rows, i))->name);
  g_assert_cmpstr (names->str, ==, expected);
  g_assert_cmpint (lift_store_count_sync (fixture->store, query, &error), ==, rows->len);
}

static void
check_where (
  StoreFixture *fixture, const char *key, LiftQueryOp op, const char *value, const char *expected)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_TRAINING_PLAN);

  lift_query_order_by (query, "date", FALSE);
  lift_query_where (query, key, op, value);
  assert_names (fixture, query, expected);
}

static void
test_conditions_go_by_the_kind (StoreFixture *fixture, gconstpointer data)
{
  add_plans (fixture);
  check_where (fixture, "date", LIFT_QUERY_EQUAL, "2026-03-02", "A");
  check_where (fixture, "date", LIFT_QUERY_NOT_EQUAL, "2026-03-02", "bc");
  check_where (fixture, "date", LIFT_QUERY_LESS, "2026-03-02", "b");
  check_where (fixture, "date", LIFT_QUERY_AT_MOST, "2026-03-02", "bA");
  check_where (fixture, "date", LIFT_QUERY_MORE, "2026-03-02", "c");
  check_where (fixture, "date", LIFT_QUERY_AT_LEAST, "2026-03-02", "Ac");
  /* As a number: as text 10 would come before 9. */
  check_where (fixture, "orderInDay", LIFT_QUERY_MORE, "9", "b");
  check_where (fixture, "isLocked", LIFT_QUERY_EQUAL, "true", "A");
  check_where (fixture, "createdAt", LIFT_QUERY_AT_LEAST, "2026-03-01T00:00:00Z", "bAc");
  check_where (fixture, "name", LIFT_QUERY_EQUAL, "' OR 1", "");
}

static void
test_null_matches_only_when_asked_for (StoreFixture *fixture, gconstpointer data)
{
  add_plans (fixture);
  check_where (fixture, "orderInDay", LIFT_QUERY_IS_NULL, NULL, "c");
  check_where (fixture, "orderInDay", LIFT_QUERY_NOT_NULL, NULL, "bA");
  check_where (fixture, "orderInDay", LIFT_QUERY_NOT_EQUAL, "9", "b");
  check_where (fixture, "orderInDay", LIFT_QUERY_EQUAL, "", "");
}

static void
test_order_and_limit (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftQuery) by_name = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftQuery) newest = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftQuery) rest = lift_query_new (LIFT_TYPE_TRAINING_PLAN);

  add_plans (fixture);
  lift_query_order_by (by_name, "name", FALSE);
  assert_names (fixture, by_name, "Abc");
  lift_query_order_by (newest, "date", TRUE);
  lift_query_limit (newest, 2, 0);
  assert_names (fixture, newest, "cA");
  lift_query_order_by (rest, "date", TRUE);
  lift_query_limit (rest, 0, 1);
  assert_names (fixture, rest, "Ab");
}

/* Rows that two devices put at one place stand the same way on both. */
static void
test_ties_go_by_id (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) one = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftTrainingPlan) other = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  gboolean in_order = strcmp (LIFT_ENTITY (one)->id, LIFT_ENTITY (other)->id) < 0;
  LiftTrainingPlan *first = in_order ? one : other;
  LiftTrainingPlan *second = in_order ? other : one;

  g_object_set (first, "name", "a", "date", "2026-03-01", NULL);
  g_object_set (second, "name", "b", "date", "2026-03-01", NULL);
  store_fixture_insert (fixture, second);
  store_fixture_insert (fixture, first);
  lift_query_order_by (query, "date", FALSE);
  assert_names (fixture, query, "ab");
}

static void
test_bad_value_is_an_error_that_names_the_field (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftQuery) outer = lift_query_new (LIFT_TYPE_EXERCISE_PLAN);
  g_autoptr (GError) error = NULL;

  lift_query_where (query, "date", LIFT_QUERY_EQUAL, "yesterday");
  g_assert_null (lift_store_query_sync (fixture->store, query, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_FORMAT);
  g_assert_nonnull (strstr (error->message, "date"));
  g_clear_error (&error);
  lift_query_where_in (outer, "trainingPlanId", query, "id");
  g_assert_cmpint (lift_store_count_sync (fixture->store, outer, &error), ==, -1);
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_FORMAT);
}

static void
test_unknown_key_is_a_fault_of_the_program (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_TRAINING_PLAN);

  add_plans (fixture);
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*no field dateOfPlan*");
  lift_query_where (query, "dateOfPlan", LIFT_QUERY_EQUAL, "2026-03-02");
  g_test_assert_expected_messages ();
  assert_names (fixture, query, "");
}

static void
test_rows_of_rows (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftTrainingPlan) other = store_fixture_add_plan (fixture);
  g_autoptr (LiftExercisePlan) exercise = store_fixture_add_exercise_plan (fixture, plan);
  g_autoptr (LiftExercisePlan) elsewhere = store_fixture_add_exercise_plan (fixture, other);
  g_autoptr (LiftSetPlan) one = store_fixture_add_set (fixture, exercise);
  g_autoptr (LiftSetPlan) two = store_fixture_add_set (fixture, elsewhere);
  g_autoptr (LiftQuery) plans = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftQuery) exercises = lift_query_new (LIFT_TYPE_EXERCISE_PLAN);
  g_autoptr (LiftQuery) sets = lift_query_new (LIFT_TYPE_SET_PLAN);
  g_autoptr (GPtrArray) rows = NULL;

  lift_query_where (plans, "id", LIFT_QUERY_EQUAL, LIFT_ENTITY (plan)->id);
  lift_query_where_in (exercises, "trainingPlanId", plans, "id");
  lift_query_where (sets, "targetReps", LIFT_QUERY_EQUAL, "5");
  lift_query_where_in (sets, "exercisePlanId", exercises, "id");
  lift_query_where (sets, "targetWeight", LIFT_QUERY_EQUAL, "100");
  rows = lift_store_query_sync (fixture->store, sets, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (LIFT_ENTITY (g_ptr_array_index (rows, 0))->id, ==, LIFT_ENTITY (one)->id);
  /* A tombstone on the way hides what lies below it, even if it has none itself. */
  store_fixture_run_sql (fixture, "UPDATE exercise_plan SET deleted_at = 5");
  g_assert_cmpint (lift_store_count_sync (fixture->store, sets, NULL), ==, 0);
}

static void
test_rows_by_ids_and_dirty_rows (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) one = store_fixture_add_plan (fixture);
  g_autoptr (LiftTrainingPlan) two = store_fixture_add_plan (fixture);
  const char *ids[] = { LIFT_ENTITY (one)->id, "\"quoted\"", LIFT_ENTITY (two)->id, NULL };
  const char *none[] = { NULL };
  g_autoptr (LiftQuery) by_ids = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftQuery) empty = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftQuery) dirty = lift_query_new (LIFT_TYPE_TRAINING_PLAN);

  lift_query_where_ids (by_ids, "id", ids);
  lift_query_where_ids (empty, "id", none);
  lift_query_only_dirty (dirty);
  g_assert_cmpint (lift_store_count_sync (fixture->store, by_ids, NULL), ==, 2);
  g_assert_cmpint (lift_store_count_sync (fixture->store, empty, NULL), ==, 0);
  g_assert_cmpint (lift_store_count_sync (fixture->store, dirty, NULL), ==, 2);
  store_fixture_save_clean (fixture, one);
  g_assert_cmpint (lift_store_count_sync (fixture->store, dirty, NULL), ==, 1);
}

static void
answers_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **) data = lift_store_query_finish (LIFT_STORE (source), result, &error);
  g_assert_no_error (error);
}

static void
test_several_queries_at_once (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftQuery) plans = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftQuery) sets = lift_query_new (LIFT_TYPE_SET_PLAN);
  LiftQuery *queries[] = { plans, sets };
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  g_autoptr (GPtrArray) answers = NULL;

  lift_store_query_async (fixture->store, queries, 2, NULL, answers_cb, &answers);
  while (answers == NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (answers);
  g_assert_cmpuint (answers->len, ==, 2);
  g_assert_cmpuint (((GPtrArray *) g_ptr_array_index (answers, 0))->len, ==, 1);
  g_assert_cmpuint (((GPtrArray *) g_ptr_array_index (answers, 1))->len, ==, 0);
  store_fixture_settle ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) STORE_TEST ("/store/query/" name, test_##func)
  ADD ("conditions-go-by-the-kind", conditions_go_by_the_kind);
  ADD ("null-matches-only-when-asked-for", null_matches_only_when_asked_for);
  ADD ("order-and-limit", order_and_limit);
  ADD ("ties-go-by-id", ties_go_by_id);
  ADD ("bad-value-is-an-error-that-names-the-field", bad_value_is_an_error_that_names_the_field);
  ADD ("unknown-key-is-a-fault-of-the-program", unknown_key_is_a_fault_of_the_program);
  ADD ("rows-of-rows", rows_of_rows);
  ADD ("rows-by-ids-and-dirty-rows", rows_by_ids_and_dirty_rows);
  ADD ("several-queries-at-once", several_queries_at_once);
  return g_test_run ();
}
