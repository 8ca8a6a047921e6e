/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store-fixture.h"

static LiftSetPlan *
add_set (StoreFixture *fixture)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftExercisePlan) exercise = store_fixture_add_exercise_plan (fixture, plan);

  return store_fixture_add_set (fixture, exercise);
}

static LiftSetPlan *
add_clean_set (StoreFixture *fixture)
{
  LiftSetPlan *set = add_set (fixture);

  store_fixture_save_clean (fixture, set);
  return set;
}

static void
test_new_row_is_dirty_as_a_whole (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftEntity) row = store_fixture_load (fixture, plan);
  LiftStoreStatus status;

  g_assert_cmpstr (row->pending, ==, "{\"*\":1}");
  g_assert_null (row->base);
  g_assert_cmpint (row->version, ==, LIFT_INT_NULL);
  g_assert_cmpint (row->created_at, ==, lift_clock_get_time (LIFT_CLOCK (fixture->clock)));
  g_assert_true (lift_store_get_status_sync (fixture->store, &status, NULL));
  g_assert_cmpuint (status.pending, ==, 1);
  g_assert_cmpint (status.last_synced_at, ==, LIFT_INT_NULL);
}

static void
test_update_marks_only_what_changed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftSetPlan) set = add_clean_set (fixture);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Edit");
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftSetPlan) row = NULL;

  /* The weight is named, but it is what it was; the notes differ, but are not named. */
  lift_entity_set (LIFT_ENTITY (set), "target-reps", (gint64) 0, "notes", "not meant", NULL);
  lift_batch_update (batch, LIFT_ENTITY (set),
                     store_fixture_field (set, "targetReps") |
                       store_fixture_field (set, "targetWeight"));
  inverse = store_fixture_commit (fixture, batch);
  row = store_fixture_load (fixture, set);
  g_assert_cmpint (row->target_reps, ==, 0);
  g_assert_null (row->notes);
  g_assert_cmpstr (LIFT_ENTITY (row)->pending, ==, "{\"targetReps\":4}");
  g_assert_cmpstr (LIFT_ENTITY (row)->base, ==, "{\"targetReps\":5}");
}

static void
test_base_stays_that_of_the_server (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftSetPlan) set = add_clean_set (fixture);
  g_autoptr (LiftEntity) row = NULL;

  for (gint64 reps = 6; reps <= 8; reps++)
    {
      lift_entity_set (LIFT_ENTITY (set), "target-reps", reps, NULL);
      lift_batch_unref (store_fixture_update (fixture, set, "targetReps"));
    }
  lift_entity_set (LIFT_ENTITY (set), "notes", "slow \"down\"", NULL);
  lift_batch_unref (store_fixture_update (fixture, set, "notes"));
  row = store_fixture_load (fixture, set);
  g_assert_cmpstr (row->pending, ==, "{\"targetReps\":6,\"notes\":7}");
  g_assert_cmpstr (row->base, ==, "{\"targetReps\":5,\"notes\":null}");
}

static void
test_edit_of_a_new_row_adds_to_its_mark (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftSetPlan) set = add_set (fixture);
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftEntity) row = NULL;

  lift_entity_set (LIFT_ENTITY (set), "target-weight", 105.0, NULL);
  inverse = store_fixture_update (fixture, set, "targetWeight");
  row = store_fixture_load (fixture, set);
  g_assert_cmpstr (row->pending, ==, "{\"*\":3,\"targetWeight\":4}");
  g_assert_null (row->base);
}

static void
test_edit_counter_survives_and_never_goes_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftSetPlan) set = add_clean_set (fixture);
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftEntity) row = NULL;

  store_fixture_reopen (fixture);
  lift_entity_set (LIFT_ENTITY (set), "target-weight", 105.0, NULL);
  inverse = store_fixture_update (fixture, set, "targetWeight");
  row = store_fixture_load (fixture, set);
  g_assert_cmpstr (row->pending, ==, "{\"targetWeight\":4}");
}

static void
test_nothing_is_written_where_nothing_differs (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftSetPlan) set = add_clean_set (fixture);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Edit");
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftEntity) row = NULL;
  gint64 edit = store_fixture_get_int (fixture, "SELECT value FROM fact WHERE name = 'edit'");

  lift_batch_update (batch, LIFT_ENTITY (set), LIFT_FIELD_SET_ALL);
  inverse = store_fixture_commit (fixture, batch);
  g_assert_true (lift_batch_is_empty (inverse));
  row = store_fixture_load (fixture, set);
  g_assert_null (row->pending);
  g_assert_cmpint (store_fixture_get_int (fixture, "SELECT value FROM fact WHERE name = 'edit'"),
                   ==, edit);
}

static void
test_server_fields_are_not_taken_from_the_client (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftSetPlan) set = add_clean_set (fixture);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Edit");
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftEntity) row = NULL;

  lift_entity_set (LIFT_ENTITY (set), "version", (gint64) 99, "pending", "{}", "extra", "{\"a\":1}",
                   "updated-by", fixture->athlete, NULL);
  lift_batch_update (batch, LIFT_ENTITY (set), LIFT_FIELD_SET_ALL);
  inverse = store_fixture_commit (fixture, batch);
  row = store_fixture_load (fixture, set);
  g_assert_cmpint (row->version, ==, 3);
  g_assert_null (row->pending);
  g_assert_null (row->extra);
  g_assert_null (row->updated_by);
}

static void
test_text_is_cleaned (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftTrainingPlan) row = NULL;
  g_autofree char *upper = g_ascii_strup (LIFT_ENTITY (plan)->id, -1);

  lift_entity_set (LIFT_ENTITY (plan), "name", "  Cafe\xcc\x81 \x01 ", "date", "2026-03-02", "id",
                   upper, NULL);
  store_fixture_insert (fixture, plan);
  row = (LiftTrainingPlan *) lift_store_get_sync (
    fixture->store, lift_entity_get_info (LIFT_ENTITY (plan)), LIFT_ENTITY (plan)->id, NULL);
  g_assert_null (row);
  lift_entity_set (LIFT_ENTITY (plan), "id", NULL, NULL);
  LIFT_ENTITY (plan)->id = g_ascii_strdown (upper, -1);
  row = store_fixture_load (fixture, plan);
  g_assert_cmpstr (row->name, ==, "Caf\xc3\xa9");
}

static void
test_batch_is_all_or_nothing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftSetPlan) set = add_set (fixture);
  g_autoptr (LiftSetPlan) good = g_object_new (LIFT_TYPE_SET_PLAN, NULL);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Many");
  gint64 before = store_fixture_get_int (fixture, "SELECT count(*) FROM set_plan");

  lift_entity_assign (LIFT_ENTITY (good), LIFT_ENTITY (set), LIFT_FIELD_SET_ALL);
  g_free (LIFT_ENTITY (good)->id);
  LIFT_ENTITY (good)->id = lift_uuid_new (LIFT_CLOCK (fixture->clock));
  lift_batch_insert (batch, LIFT_ENTITY (good));
  lift_entity_set (LIFT_ENTITY (set), "target-rpe", 11.0, NULL);
  lift_batch_update (batch, LIFT_ENTITY (set), store_fixture_field (set, "targetRpe"));
  store_fixture_refuse (fixture, batch, LIFT_FAULT_OUT_OF_RANGE, "targetRpe");
  g_assert_cmpint (store_fixture_get_int (fixture, "SELECT count(*) FROM set_plan"), ==, before);
}

static void
test_same_id_twice_is_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Again");

  lift_batch_insert (batch, LIFT_ENTITY (plan));
  store_fixture_refuse (fixture, batch, LIFT_FAULT_DUPLICATE, "TrainingPlan: id");
}

static void
test_row_that_is_not_there_is_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  const LiftEntityInfo *info = lift_entity_get_info (LIFT_ENTITY (plan));
  g_autoptr (LiftBatch) update = lift_batch_new (NULL);
  g_autoptr (LiftBatch) remove = lift_batch_new (NULL);
  g_autoptr (LiftBatch) restore = lift_batch_new (NULL);

  lift_batch_update (update, LIFT_ENTITY (plan), LIFT_FIELD_SET_ALL);
  lift_batch_delete (remove, info, LIFT_ENTITY (plan)->id);
  lift_batch_restore (restore, info, "nonsense");
  store_fixture_refuse (fixture, update, LIFT_FAULT_BAD_REFERENCE, LIFT_ENTITY (plan)->id);
  store_fixture_refuse (fixture, remove, LIFT_FAULT_BAD_REFERENCE, LIFT_ENTITY (plan)->id);
  store_fixture_refuse (fixture, restore, LIFT_FAULT_BAD_REFERENCE, "nonsense");
}

static void
test_deleted_row_is_not_edited (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) inverse = store_fixture_delete (fixture, plan);
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);

  lift_entity_set (LIFT_ENTITY (plan), "name", "Later", NULL);
  lift_batch_update (batch, LIFT_ENTITY (plan), store_fixture_field (plan, "name"));
  store_fixture_refuse (fixture, batch, LIFT_FAULT_BAD_REFERENCE, "deleted");
  /* Another instant of death does not make it live. */
  lift_entity_set (LIFT_ENTITY (plan), "deleted-at", (gint64) 5, NULL);
  lift_batch_update (batch, LIFT_ENTITY (plan), LIFT_FIELD_SET_ALL);
  store_fixture_refuse (fixture, batch, LIFT_FAULT_BAD_REFERENCE, "deleted");
}

static void
test_row_is_restored_and_edited_at_once (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) gone = store_fixture_delete (fixture, plan);
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftBatch) redo = NULL;
  g_autoptr (LiftTrainingPlan) row = NULL;
  g_autoptr (LiftTrainingPlan) undone = NULL;

  lift_entity_set (LIFT_ENTITY (plan), "name", "Back", NULL);
  lift_batch_update (batch, LIFT_ENTITY (plan), LIFT_FIELD_SET_ALL);
  inverse = store_fixture_commit (fixture, batch);
  row = store_fixture_load (fixture, plan);
  g_assert_false (lift_entity_is_deleted (LIFT_ENTITY (row)));
  g_assert_cmpstr (row->name, ==, "Back");
  redo = store_fixture_commit (fixture, inverse);
  undone = store_fixture_load (fixture, plan);
  g_assert_true (lift_entity_is_deleted (LIFT_ENTITY (undone)));
  g_assert_cmpstr (undone->name, ==, "Squat day");
}

static void
test_edit_makes_a_refused_row_due_again (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftSetPlan) set = add_clean_set (fixture);
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO failure VALUES ('SetPlan', '%s', '[]', 1, NULL), "
    "('SetPlan', 'other', '[]', 1, 5)",
    LIFT_ENTITY (set)->id);
  g_autoptr (LiftBatch) inverse = NULL;
  LiftStoreStatus status;

  store_fixture_run_sql (fixture, sql);
  g_assert_true (lift_store_get_status_sync (fixture->store, &status, NULL));
  g_assert_cmpuint (status.needs_attention, ==, 1);
  g_assert_cmpuint (status.retrying, ==, 1);
  lift_entity_set (LIFT_ENTITY (set), "target-reps", (gint64) 6, NULL);
  inverse = store_fixture_update (fixture, set, "targetReps");
  g_assert_true (lift_store_get_status_sync (fixture->store, &status, NULL));
  g_assert_cmpuint (status.needs_attention, ==, 0);
  g_assert_cmpuint (status.retrying, ==, 1);
}

static void
test_hundred_rows_are_quick (StoreFixture *fixture, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();
  gint64 spent;

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
    }
  spent = g_get_monotonic_time () - start;
  g_test_message ("100 rows, a durable commit each: %.1f ms", spent / 1000.0);
  g_assert_cmpint (spent, <, 5 * G_TIME_SPAN_SECOND);
}

static void
test_ten_thousand_rows_in_one_batch (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftSetPlan) first = add_set (fixture);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Import");
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_SET_PLAN);
  g_autoptr (GPtrArray) rows = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 10000; i++)
    {
      g_autoptr (LiftSetPlan) set = store_fixture_new (fixture, LIFT_TYPE_SET_PLAN);

      lift_entity_set (LIFT_ENTITY (set), "exercise-plan-id", first->exercise_plan_id,
                       "target-reps", (gint64) 5, "notes", "as before", NULL);
      lift_batch_insert (batch, LIFT_ENTITY (set));
    }
  g_test_message ("10,000 rows made: %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  start = g_get_monotonic_time ();
  inverse = store_fixture_commit (fixture, batch);
  g_test_message ("10,000 rows committed: %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  start = g_get_monotonic_time ();
  rows = lift_store_query_sync (fixture->store, query, NULL);
  g_test_message ("10,000 rows read: %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpuint (rows->len, ==, 10001);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) STORE_TEST ("/store/door/" name, test_##func)
  ADD ("new-row-is-dirty-as-a-whole", new_row_is_dirty_as_a_whole);
  ADD ("update-marks-only-what-changed", update_marks_only_what_changed);
  ADD ("base-stays-that-of-the-server", base_stays_that_of_the_server);
  ADD ("edit-of-a-new-row-adds-to-its-mark", edit_of_a_new_row_adds_to_its_mark);
  ADD ("edit-counter-survives-and-never-goes-back", edit_counter_survives_and_never_goes_back);
  ADD ("nothing-is-written-where-nothing-differs", nothing_is_written_where_nothing_differs);
  ADD ("server-fields-are-not-taken-from-the-client", server_fields_are_not_taken_from_the_client);
  ADD ("text-is-cleaned", text_is_cleaned);
  ADD ("batch-is-all-or-nothing", batch_is_all_or_nothing);
  ADD ("same-id-twice-is-refused", same_id_twice_is_refused);
  ADD ("row-that-is-not-there-is-refused", row_that_is_not_there_is_refused);
  ADD ("deleted-row-is-not-edited", deleted_row_is_not_edited);
  ADD ("row-is-restored-and-edited-at-once", row_is_restored_and_edited_at_once);
  ADD ("edit-makes-a-refused-row-due-again", edit_makes_a_refused_row_due_again);
  ADD ("hundred-rows-are-quick", hundred_rows_are_quick);
  ADD ("ten-thousand-rows-in-one-batch", ten_thousand_rows_in_one_batch);
  return g_test_run ();
}
