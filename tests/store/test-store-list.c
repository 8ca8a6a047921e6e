/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <time.h>

#include "lift-entity-list.h"
#include "store-fixture.h"

/* What a list told its watchers. */
typedef struct
{
  LiftEntityList *list;
  guint count;
  guint position;
  guint removed;
  guint added;
} Log;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Log *log = data;

  log->count++;
  log->position = position;
  log->removed = removed;
  log->added = added;
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Waits until the list has the number of items, then until nothing more happens for a while. */
static void
wait_for (Log *log, guint n_items)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  guint waker = g_timeout_add (5, wake_cb, NULL);
  guint quiet = 0;

  while (quiet < 10 && g_get_monotonic_time () < deadline)
    {
      gboolean loading;

      g_main_context_iteration (NULL, TRUE);
      g_object_get (log->list, "loading", &loading, NULL);
      if (!loading && g_list_model_get_n_items (G_LIST_MODEL (log->list)) == n_items)
        quiet++;
    }
  g_source_remove (waker);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log->list)), ==, n_items);
}

static LiftTrainingPlan *
add_plan (StoreFixture *fixture, const char *name, const char *date)
{
  LiftTrainingPlan *plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);

  lift_entity_set (LIFT_ENTITY (plan), "name", name, "date", date, NULL);
  store_fixture_insert (fixture, plan);
  return plan;
}

static void
start (StoreFixture *fixture, Log *log, guint n_items)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_TRAINING_PLAN);

  lift_query_order_by (query, "date", FALSE);
  *log = (Log){ .list = lift_entity_list_new (fixture->store, query) };
  wait_for (log, n_items);
  g_signal_connect (log->list, "items-changed", G_CALLBACK (items_changed_cb), log);
}

static void
stop (Log *log)
{
  store_fixture_settle ();
  g_assert_finalize_object (log->list);
}

static void
assert_told (Log *log, guint count, guint position, guint removed, guint added)
{
  g_assert_cmpuint (log->count, ==, count);
  g_assert_cmpuint (log->position, ==, position);
  g_assert_cmpuint (log->removed, ==, removed);
  g_assert_cmpuint (log->added, ==, added);
}

static void
test_loading_ends_with_the_first_answer (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  Log log = { .list = lift_entity_list_new (fixture->store, query) };
  gboolean loading;

  g_object_get (log.list, "loading", &loading, NULL);
  g_assert_true (loading);
  wait_for (&log, 0);
  stop (&log);
}

static void
test_new_row_in_the_middle_splices_there (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) a = add_plan (fixture, "A", "2026-03-01");
  g_autoptr (LiftTrainingPlan) c = add_plan (fixture, "C", "2026-03-03");
  g_autoptr (LiftTrainingPlan) b = NULL;
  Log log;

  start (fixture, &log, 2);
  b = add_plan (fixture, "B", "2026-03-02");
  wait_for (&log, 3);
  assert_told (&log, 1, 1, 0, 1);
  g_assert_cmpstr (LIFT_ENTITY (b)->id, ==,
                   lift_entity_list_find (log.list, LIFT_ENTITY (b)->id)->id);
  g_assert_null (lift_entity_list_find (log.list, "none"));
  stop (&log);
}

static void
test_deleted_row_is_taken_out (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) a = add_plan (fixture, "A", "2026-03-01");
  g_autoptr (LiftTrainingPlan) b = add_plan (fixture, "B", "2026-03-02");
  g_autoptr (LiftTrainingPlan) c = add_plan (fixture, "C", "2026-03-03");
  g_autoptr (LiftBatch) inverse = NULL;
  Log log;

  start (fixture, &log, 3);
  inverse = store_fixture_delete (fixture, b);
  wait_for (&log, 2);
  assert_told (&log, 1, 1, 1, 0);
  stop (&log);
}

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_edit_updates_the_object_in_place (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) a = add_plan (fixture, "A", "2026-03-01");
  g_autoptr (LiftTrainingPlan) b = add_plan (fixture, "B", "2026-03-02");
  g_autoptr (LiftTrainingPlan) shown = NULL;
  g_autoptr (LiftBatch) inverse = NULL;
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  guint notified = 0;
  Log log;

  start (fixture, &log, 2);
  shown = g_list_model_get_item (G_LIST_MODEL (log.list), 1);
  g_signal_connect (shown, "notify::name", G_CALLBACK (notify_cb), &notified);
  lift_entity_set (LIFT_ENTITY (b), "name", "Renamed", NULL);
  inverse = store_fixture_update (fixture, b, "name");
  while (notified == 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_cmpstr (shown->name, ==, "Renamed");
  g_assert_cmpuint (log.count, ==, 0);
  stop (&log);
}

static void
test_moved_row_keeps_its_object (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) a = add_plan (fixture, "A", "2026-03-01");
  g_autoptr (LiftTrainingPlan) b = add_plan (fixture, "B", "2026-03-02");
  g_autoptr (LiftTrainingPlan) c = add_plan (fixture, "C", "2026-03-03");
  g_autoptr (LiftTrainingPlan) d = add_plan (fixture, "D", "2026-03-04");
  g_autoptr (LiftEntity) before = NULL;
  g_autoptr (LiftEntity) after = NULL;
  g_autoptr (LiftBatch) inverse = NULL;
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  Log log;

  start (fixture, &log, 4);
  before = g_list_model_get_item (G_LIST_MODEL (log.list), 1);
  lift_entity_set (LIFT_ENTITY (b), "date", "2026-03-03", "name", "B2", NULL);
  lift_entity_set (LIFT_ENTITY (c), "date", "2026-03-02", NULL);
  {
    g_autoptr (LiftBatch) batch = lift_batch_new ("Swap");

    lift_batch_update (batch, LIFT_ENTITY (b), store_fixture_field (b, "date"));
    lift_batch_update (batch, LIFT_ENTITY (c), store_fixture_field (c, "date"));
    inverse = store_fixture_commit (fixture, batch);
  }
  while (log.count == 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  assert_told (&log, 1, 1, 2, 2);
  after = g_list_model_get_item (G_LIST_MODEL (log.list), 2);
  g_assert_true (before == after);
  stop (&log);
}

static void
test_other_types_do_not_disturb (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = add_plan (fixture, "A", "2026-03-01");
  g_autoptr (LiftExercisePlan) exercise = NULL;
  Log log;

  start (fixture, &log, 1);
  exercise = store_fixture_add_exercise_plan (fixture, plan);
  wait_for (&log, 1);
  g_assert_cmpuint (log.count, ==, 0);
  stop (&log);
}

static void
test_new_query_replaces_what_differs (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) a = add_plan (fixture, "A", "2026-03-01");
  g_autoptr (LiftTrainingPlan) b = add_plan (fixture, "B", "2026-03-02");
  g_autoptr (LiftTrainingPlan) c = add_plan (fixture, "C", "2026-03-03");
  g_autoptr (LiftQuery) late = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftQuery) later = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  Log log;

  start (fixture, &log, 3);
  lift_query_where (late, "date", LIFT_QUERY_AT_MOST, "2026-03-01");
  lift_query_where (later, "date", LIFT_QUERY_AT_LEAST, "2026-03-02");
  /* The answer to the first of the two is dropped. */
  lift_entity_list_set_query (log.list, late);
  lift_entity_list_set_query (log.list, later);
  wait_for (&log, 2);
  assert_told (&log, 1, 0, 1, 0);
  lift_entity_list_set_query (log.list, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log.list)), ==, 0);
  assert_told (&log, 2, 0, 2, 0);
  stop (&log);
}

static void
test_list_may_go_while_it_loads (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) a = add_plan (fixture, "A", "2026-03-01");
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  LiftEntityList *list = lift_entity_list_new (fixture->store, query);
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  gpointer watched = list;

  g_object_add_weak_pointer (G_OBJECT (list), &watched);
  g_object_unref (list);
  while (watched != NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (watched);
}

static LiftTrainingPlan *
get_plan (Log *log, guint i)
{
  g_autoptr (LiftTrainingPlan) plan = g_list_model_get_item (G_LIST_MODEL (log->list), i);

  return plan;
}

/* Runs the main context until the plan at @i is called @name. */
static void
wait_for_name (Log *log, guint i, const char *name)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  guint waker = g_timeout_add (5, wake_cb, NULL);

  while (g_strcmp0 (get_plan (log, i)->name, name) != 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (waker);
  g_assert_cmpstr (get_plan (log, i)->name, ==, name);
}

static void
rename_plan (StoreFixture *fixture, LiftTrainingPlan *plan, const char *name)
{
  lift_entity_set (LIFT_ENTITY (plan), "name", name, NULL);
  lift_batch_unref (store_fixture_update (fixture, plan, "name"));
}

/* An object that no commit has named keeps what somebody is writing into it, which is seen only
 * because nobody looks at it. */
static void
test_only_rows_that_changed_are_looked_at (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) a = add_plan (fixture, "A", "2026-03-01");
  g_autoptr (LiftTrainingPlan) b = add_plan (fixture, "B", "2026-03-02");
  Log log;

  start (fixture, &log, 2);
  lift_entity_set (LIFT_ENTITY (get_plan (&log, 0)), "name", "Draft", NULL);
  rename_plan (fixture, b, "B2");
  wait_for_name (&log, 1, "B2");
  g_assert_cmpstr (get_plan (&log, 0)->name, ==, "Draft");
  rename_plan (fixture, a, "A2");
  wait_for_name (&log, 0, "A2");
  stop (&log);
}

static void
test_edit_of_another_process_is_found (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) a = add_plan (fixture, "A", "2026-03-01");
  g_autoptr (LiftTrainingPlan) b = add_plan (fixture, "B", "2026-03-02");
  g_autoptr (LiftStore) other = lift_store_open (fixture->path, LIFT_CLOCK (fixture->clock), NULL);
  LiftStore *mine = fixture->store;
  guint notified = 0;
  Log log;

  start (fixture, &log, 2);
  g_signal_connect (get_plan (&log, 0), "notify", G_CALLBACK (notify_cb), &notified);
  fixture->store = other;
  rename_plan (fixture, b, "B2");
  fixture->store = mine;
  wait_for_name (&log, 1, "B2");
  g_assert_cmpuint (notified, ==, 0);
  g_assert_cmpuint (log.count, ==, 0);
  stop (&log);
}

static void
test_many_commits_at_once_are_all_seen (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func (g_object_unref);
  Log log;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *date = g_strdup_printf ("2026-%02u-%02u", 1 + i / 25, 1 + i % 25);

      g_ptr_array_add (plans, add_plan (fixture, "Old", date));
    }
  start (fixture, &log, 100);
  for (guint i = 0; i < 100; i++)
    {
      rename_plan (fixture, g_ptr_array_index (plans, i), "New");
      /* A signal each, while the list asks for what the first one said. */
      store_fixture_settle ();
    }
  for (guint i = 0; i < 100; i++)
    wait_for_name (&log, i, "New");
  g_assert_cmpuint (log.count, ==, 0);
  stop (&log);
}

/* What changes while the list shows another type, or nothing yet, is not forgotten. */
static void
test_change_during_another_query_is_seen (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) a = add_plan (fixture, "A", "2026-03-01");
  g_autoptr (LiftQuery) plans = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftQuery) lines = lift_query_new (LIFT_TYPE_EXERCISE_PLAN);
  Log log;

  start (fixture, &log, 1);
  lift_entity_list_set_query (log.list, lines);
  rename_plan (fixture, a, "A2");
  store_fixture_settle ();
  lift_entity_list_set_query (log.list, plans);
  rename_plan (fixture, a, "A3");
  wait_for (&log, 1);
  wait_for_name (&log, 0, "A3");
  lift_entity_list_set_query (log.list, lines);
  wait_for (&log, 0);
  lift_entity_list_set_query (log.list, plans);
  wait_for (&log, 1);
  g_assert_cmpstr (get_plan (&log, 0)->name, ==, "A3");
  stop (&log);
}

static void
failed_cb (LiftEntityList *list, GError *error, gpointer data)
{
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FAILED);
  (*(guint *) data)++;
}

static void
test_change_is_seen_after_a_failed_answer (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) a = add_plan (fixture, "A", "2026-03-01");
  g_autoptr (LiftTrainingPlan) b = add_plan (fixture, "B", "2026-03-02");
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  guint failures = 0;
  Log log;

  start (fixture, &log, 2);
  g_signal_connect (log.list, "failed", G_CALLBACK (failed_cb), &failures);
  rename_plan (fixture, a, "A2");
  store_fixture_run_sql (fixture, "ALTER TABLE training_plan RENAME TO away");
  while (failures == 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (failures, ==, 1);
  g_assert_cmpstr (get_plan (&log, 0)->name, ==, "A");
  store_fixture_run_sql (fixture, "ALTER TABLE away RENAME TO training_plan");
  rename_plan (fixture, b, "B2");
  wait_for_name (&log, 1, "B2");
  g_assert_cmpstr (get_plan (&log, 0)->name, ==, "A2");
  stop (&log);
}

static gint64
get_thread_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* A frame is 16 ms; under the sanitizers all is slower. */
static gint64
get_frame_us (void)
{
  const char *slowness = g_getenv ("LIFT_TEST_SLOWNESS");

  return 16000 * (slowness != NULL ? g_ascii_strtoll (slowness, NULL, 10) : 1);
}

/* Of a list of 100,000 rows the main thread must not feel one edit. */
static void
test_edit_in_a_long_list_is_cheap_here (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = add_plan (fixture, "A", "2026-03-01");
  gint64 before, edited, added;
  g_autoptr (LiftTrainingPlan) another = NULL;
  Log log;

  store_fixture_run_sql (
    fixture, "INSERT INTO training_plan (id, athlete_id, name, date) "
             "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99999) "
             "SELECT 'row-' || i, 'x', 'Plan ' || i, '2026-03-02' FROM n");
  start (fixture, &log, 100000);
  store_fixture_settle ();
  rename_plan (fixture, plan, "A2");
  before = get_thread_us ();
  while (g_strcmp0 (get_plan (&log, 0)->name, "A2") != 0)
    g_main_context_iteration (NULL, TRUE);
  edited = get_thread_us () - before;
  another = add_plan (fixture, "B", "2026-03-01");
  before = get_thread_us ();
  while (log.count == 0)
    g_main_context_iteration (NULL, TRUE);
  added = get_thread_us () - before;
  g_test_message ("main thread: one edit %.1f ms, one new row %.1f ms", edited / 1000.0,
                  added / 1000.0);
  g_assert_cmpint (edited, <, get_frame_us ());
  g_assert_cmpint (added, <, get_frame_us ());
  g_assert_cmpuint (log.added, ==, 1);
  g_assert_cmpuint (log.removed, ==, 0);
  stop (&log);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) STORE_TEST ("/store/list/" name, test_##func)
  ADD ("loading-ends-with-the-first-answer", loading_ends_with_the_first_answer);
  ADD ("new-row-in-the-middle-splices-there", new_row_in_the_middle_splices_there);
  ADD ("deleted-row-is-taken-out", deleted_row_is_taken_out);
  ADD ("edit-updates-the-object-in-place", edit_updates_the_object_in_place);
  ADD ("moved-row-keeps-its-object", moved_row_keeps_its_object);
  ADD ("other-types-do-not-disturb", other_types_do_not_disturb);
  ADD ("new-query-replaces-what-differs", new_query_replaces_what_differs);
  ADD ("list-may-go-while-it-loads", list_may_go_while_it_loads);
  ADD ("only-rows-that-changed-are-looked-at", only_rows_that_changed_are_looked_at);
  ADD ("edit-of-another-process-is-found", edit_of_another_process_is_found);
  ADD ("many-commits-at-once-are-all-seen", many_commits_at_once_are_all_seen);
  ADD ("change-during-another-query-is-seen", change_during_another_query_is_seen);
  ADD ("change-is-seen-after-a-failed-answer", change_is_seen_after_a_failed_answer);
  ADD ("edit-in-a-long-list-is-cheap-here", edit_in_a_long_list_is_cheap_here);
  return g_test_run ();
}
