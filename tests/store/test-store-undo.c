/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>

#include "fault-disk.h"
#include "lift-undo.h"
#include "store-fixture.h"

static void
commit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_undo_commit_finish (LIFT_UNDO (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
commit (LiftUndo *undo, LiftBatch *batch)
{
  gboolean done = FALSE;

  lift_undo_commit_async (undo, batch, NULL, commit_cb, &done);
  store_fixture_wait (&done);
}

static void
set_done_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Undo and redo say that they are done by their properties. */
static void
step (LiftUndo *undo, void (*func) (LiftUndo *))
{
  gboolean done = FALSE;
  gulong id = g_signal_connect (undo, "notify::can-redo", G_CALLBACK (set_done_cb), &done);

  func (undo);
  store_fixture_wait (&done);
  g_signal_handler_disconnect (undo, id);
}

static gboolean
get_flag (LiftUndo *undo, const char *name)
{
  gboolean value;

  g_object_get (undo, name, &value, NULL);
  return value;
}

static void
assert_label (LiftUndo *undo, const char *name, const char *expected)
{
  g_autofree char *label = NULL;

  g_object_get (undo, name, &label, NULL);
  g_assert_cmpstr (label, ==, expected);
}

/* What people see of a row: all but the book-keeping. */
static char *
print_row (StoreFixture *fixture, gpointer entity)
{
  g_autoptr (LiftEntity) row = store_fixture_load (fixture, entity);
  GString *out = g_string_new (NULL);

  lift_entity_write_json (row, out, LIFT_FIELD_SET_ALL);
  return g_string_free (out, FALSE);
}

static void
finish (LiftUndo *undo)
{
  store_fixture_settle ();
  g_assert_finalize_object (undo);
}

static void
test_update_is_undone_and_redone (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Rename Plan");
  g_autofree char *before = print_row (fixture, plan);
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  LiftUndo *undo = lift_undo_new (fixture->store);

  g_assert_false (get_flag (undo, "can-undo"));
  lift_entity_set (LIFT_ENTITY (plan), "name", "Bench day", "notes", "", "order-in-day", (gint64) 0,
                   NULL);
  lift_batch_update (batch, LIFT_ENTITY (plan), LIFT_FIELD_SET_ALL);
  commit (undo, batch);
  after = print_row (fixture, plan);
  g_assert_cmpstr (before, !=, after);
  g_assert_true (get_flag (undo, "can-undo"));
  assert_label (undo, "undo-label", "Rename Plan");
  assert_label (undo, "redo-label", NULL);
  step (undo, lift_undo_undo);
  undone = print_row (fixture, plan);
  g_assert_cmpstr (undone, ==, before);
  g_assert_false (get_flag (undo, "can-undo"));
  assert_label (undo, "redo-label", "Rename Plan");
  step (undo, lift_undo_redo);
  redone = print_row (fixture, plan);
  g_assert_cmpstr (redone, ==, after);
  finish (undo);
}

static void
test_insert_is_undone_by_a_tombstone (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Add Plan");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (LiftEntity) row = NULL;
  LiftUndo *undo = lift_undo_new (fixture->store);

  lift_entity_set (LIFT_ENTITY (plan), "name", "A", "date", "2026-03-02", NULL);
  lift_batch_insert (batch, LIFT_ENTITY (plan));
  commit (undo, batch);
  before = print_row (fixture, plan);
  step (undo, lift_undo_undo);
  row = store_fixture_load (fixture, plan);
  g_assert_true (lift_entity_is_deleted (row));
  step (undo, lift_undo_redo);
  after = print_row (fixture, plan);
  g_assert_cmpstr (before, ==, after);
  finish (undo);
}

static void
test_many_steps_go_back_in_order (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  LiftUndo *undo = lift_undo_new (fixture->store);

  for (gint64 i = 1; i <= 5; i++)
    {
      g_autoptr (LiftBatch) batch = lift_batch_new ("Move");

      lift_entity_set (LIFT_ENTITY (plan), "order-in-day", i, NULL);
      lift_batch_update (batch, LIFT_ENTITY (plan), LIFT_FIELD_SET_ALL);
      commit (undo, batch);
    }
  for (gint64 i = 4; i >= 1; i--)
    {
      g_autoptr (LiftTrainingPlan) row = NULL;

      step (undo, lift_undo_undo);
      row = store_fixture_load (fixture, plan);
      g_assert_cmpint (row->order_in_day, ==, i);
    }
  finish (undo);
}

static void
test_new_commit_forgets_what_could_be_redone (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) one = lift_batch_new ("One");
  g_autoptr (LiftBatch) two = lift_batch_new ("Two");
  LiftUndo *undo = lift_undo_new (fixture->store);

  lift_entity_set (LIFT_ENTITY (plan), "name", "1", NULL);
  lift_batch_update (one, LIFT_ENTITY (plan), LIFT_FIELD_SET_ALL);
  commit (undo, one);
  step (undo, lift_undo_undo);
  g_assert_true (get_flag (undo, "can-redo"));
  lift_entity_set (LIFT_ENTITY (plan), "name", "2", NULL);
  lift_batch_update (two, LIFT_ENTITY (plan), LIFT_FIELD_SET_ALL);
  commit (undo, two);
  g_assert_false (get_flag (undo, "can-redo"));
  lift_undo_clear (undo);
  g_assert_false (get_flag (undo, "can-undo"));
  finish (undo);
}

/* Ctrl+Z right after typing means what was typed, also while it is still being written. */
static void
test_undo_waits_for_the_commit_under_way (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Rename");
  g_autoptr (LiftTrainingPlan) row = NULL;
  LiftUndo *undo = lift_undo_new (fixture->store);
  gboolean done = FALSE;
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  lift_entity_set (LIFT_ENTITY (plan), "name", "Typed", NULL);
  lift_batch_update (batch, LIFT_ENTITY (plan), LIFT_FIELD_SET_ALL);
  lift_undo_commit_async (undo, batch, NULL, commit_cb, &done);
  lift_undo_undo (undo);
  while (!get_flag (undo, "can-redo") && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (done);
  row = store_fixture_load (fixture, plan);
  g_assert_cmpstr (row->name, ==, "Squat day");
  finish (undo);
}

static void
refused_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lift_undo_commit_finish (LIFT_UNDO (source), result, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_REQUIRED);
  *(gboolean *) data = TRUE;
}

static void
test_refused_commit_leaves_nothing_to_undo (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Add");
  LiftUndo *undo = lift_undo_new (fixture->store);
  gboolean done = FALSE;

  lift_batch_insert (batch, LIFT_ENTITY (plan));
  lift_undo_commit_async (undo, batch, NULL, refused_cb, &done);
  store_fixture_wait (&done);
  g_assert_false (get_flag (undo, "can-undo"));
  finish (undo);
}

static void
failed_cb (LiftUndo *undo, GError *error, gpointer data)
{
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE);
  *(gboolean *) data = TRUE;
}

static void
test_undo_of_a_row_that_went_away_is_told (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Rename");
  g_autoptr (LiftBatch) inverse = NULL;
  LiftUndo *undo = lift_undo_new (fixture->store);
  gboolean done = FALSE;

  g_signal_connect (undo, "failed", G_CALLBACK (failed_cb), &done);
  lift_entity_set (LIFT_ENTITY (plan), "name", "1", NULL);
  lift_batch_update (batch, LIFT_ENTITY (plan), LIFT_FIELD_SET_ALL);
  commit (undo, batch);
  inverse = store_fixture_delete (fixture, plan);
  lift_undo_undo (undo);
  store_fixture_wait (&done);
  g_assert_false (get_flag (undo, "can-undo"));
  g_assert_false (get_flag (undo, "can-redo"));
  finish (undo);
}

static void
full_cb (LiftUndo *undo, GError *error, gpointer data)
{
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FULL);
  *(gboolean *) data = TRUE;
}

/* What failed for want of room can be asked for again once there is some. */
static void
test_undo_is_kept_when_the_disk_is_full (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Rename");
  g_autofree char *before = print_row (fixture, plan);
  g_autofree char *after = NULL;
  LiftUndo *undo = lift_undo_new (fixture->store);
  gboolean done = FALSE;

  lift_entity_set (LIFT_ENTITY (plan), "name", "1", NULL);
  lift_batch_update (batch, LIFT_ENTITY (plan), LIFT_FIELD_SET_ALL);
  commit (undo, batch);
  g_signal_connect (undo, "failed", G_CALLBACK (full_cb), &done);
  fault_disk_arm (1, SQLITE_FULL, TRUE);
  lift_undo_undo (undo);
  store_fixture_wait (&done);
  fault_disk_disarm ();
  g_assert_true (get_flag (undo, "can-undo"));
  g_assert_false (get_flag (undo, "can-redo"));
  step (undo, lift_undo_undo);
  after = print_row (fixture, plan);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (get_flag (undo, "can-undo"));
  step (undo, lift_undo_redo);
  g_assert_true (get_flag (undo, "can-undo"));
  finish (undo);
}

/* Closing waits for commits that were asked for, also for those behind another: they were shown as
 * saved. */
static void
test_commits_survive_a_close (StoreFixture *fixture, gconstpointer data)
{
  LiftUndo *undo = lift_undo_new (fixture->store);
  gboolean done[3] = { FALSE, FALSE, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (done); i++)
    {
      g_autoptr (LiftBatch) batch = lift_batch_new ("Add");
      g_autoptr (LiftTrainingPlan) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);

      lift_entity_set (LIFT_ENTITY (plan), "name", "Squat day", "date", "2026-03-01", NULL);
      lift_batch_insert (batch, LIFT_ENTITY (plan));
      lift_undo_commit_async (undo, batch, NULL, commit_cb, &done[i]);
    }
  lift_store_close (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (done); i++)
    store_fixture_wait (&done[i]);
  finish (undo);
  store_fixture_reopen (fixture);
  g_assert_cmpint (store_fixture_get_int (fixture, "SELECT count(*) FROM training_plan"), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fault_disk_install ();
#define ADD(name, func) STORE_TEST ("/store/undo/" name, test_##func)
  ADD ("update-is-undone-and-redone", update_is_undone_and_redone);
  ADD ("insert-is-undone-by-a-tombstone", insert_is_undone_by_a_tombstone);
  ADD ("many-steps-go-back-in-order", many_steps_go_back_in_order);
  ADD ("new-commit-forgets-what-could-be-redone", new_commit_forgets_what_could_be_redone);
  ADD ("commits-survive-a-close", commits_survive_a_close);
  ADD ("undo-waits-for-the-commit-under-way", undo_waits_for_the_commit_under_way);
  ADD ("refused-commit-leaves-nothing-to-undo", refused_commit_leaves_nothing_to_undo);
  ADD ("undo-of-a-row-that-went-away-is-told", undo_of_a_row_that_went_away_is_told);
  ADD ("undo-is-kept-when-the-disk-is-full", undo_is_kept_when_the_disk_is_full);
  return g_test_run ();
}
