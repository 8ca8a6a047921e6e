/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

typedef struct
{
  GThread *thread;
  guint count;
  gboolean done;
  LiftChanges *last;
  char *row_id;
  const LiftEntityInfo *info;
  gboolean row_was_there;
} Watch;

static void
changed_cb (LiftStore *store, LiftChanges *changes, gpointer data)
{
  Watch *watch = data;

  g_assert_true (g_thread_self () == watch->thread);
  watch->count++;
  watch->done = TRUE;
  g_clear_pointer (&watch->last, lift_changes_unref);
  watch->last = lift_changes_ref (changes);
  if (watch->row_id != NULL)
    {
      g_autoptr (LiftEntity) row = lift_store_get_sync (store, watch->info, watch->row_id, NULL);

      watch->row_was_there = row != NULL;
    }
}

static void
watch_store (StoreFixture *fixture, Watch *watch)
{
  *watch = (Watch){ .thread = g_thread_self () };
  store_fixture_settle ();
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), watch);
}

static void
watch_clear (StoreFixture *fixture, Watch *watch)
{
  g_signal_handlers_disconnect_by_data (fixture->store, watch);
  g_clear_pointer (&watch->last, lift_changes_unref);
  g_free (watch->row_id);
}

static void
test_told_once_after_the_commit (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = NULL;
  Watch watch;

  watch_store (fixture, &watch);
  plan = store_fixture_add_plan (fixture);
  watch.info = lift_entity_get_info (LIFT_ENTITY (plan));
  watch.row_id = g_strdup (LIFT_ENTITY (plan)->id);
  g_assert_cmpuint (watch.count, ==, 0);
  store_fixture_wait (&watch.done);
  store_fixture_settle ();
  g_assert_cmpuint (watch.count, ==, 1);
  g_assert_true (watch.row_was_there);
  g_assert_true (lift_changes_is_local (watch.last));
  g_assert_true (lift_changes_has_type (watch.last, watch.info));
  g_assert_true (lift_changes_has_row (watch.last, watch.info, watch.row_id));
  g_assert_false (lift_changes_has_row (watch.last, watch.info, "other"));
  g_assert_false (
    lift_changes_has_type (watch.last, lift_entity_info_for_gtype (LIFT_TYPE_SET_PLAN)));
  watch_clear (fixture, &watch);
}

static void
test_what_gathers_is_told_together_by_origin (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) one = NULL;
  g_autoptr (LiftTrainingPlan) two = NULL;
  Watch watch;

  watch_store (fixture, &watch);
  one = store_fixture_add_plan (fixture);
  two = store_fixture_add_plan (fixture);
  store_fixture_save_clean (fixture, one);
  store_fixture_wait (&watch.done);
  store_fixture_settle ();
  g_assert_cmpuint (watch.count, ==, 2);
  g_assert_false (lift_changes_is_local (watch.last));
  watch_clear (fixture, &watch);
}

static void
test_refused_batch_is_not_told (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);
  Watch watch;

  watch_store (fixture, &watch);
  lift_batch_insert (batch, LIFT_ENTITY (plan));
  store_fixture_refuse (fixture, batch, LIFT_FAULT_REQUIRED, "name");
  store_fixture_settle ();
  g_assert_cmpuint (watch.count, ==, 0);
  watch_clear (fixture, &watch);
}

/* Another connection stands for another process: to SQLite they are the same. */
static void
test_other_process_is_noticed (StoreFixture *fixture, gconstpointer data)
{
  Watch watch;
  g_autoptr (LiftStore) other = lift_store_open (fixture->path, LIFT_CLOCK (fixture->clock), NULL);
  LiftStore *mine = fixture->store;
  g_autoptr (LiftTrainingPlan) plan = NULL;

  watch_store (fixture, &watch);
  fixture->store = other;
  plan = store_fixture_add_plan (fixture);
  fixture->store = mine;
  store_fixture_wait (&watch.done);
  /* So that the sync starts as after an edit of one's own. */
  g_assert_true (lift_changes_is_local (watch.last));
  g_assert_true (lift_changes_has_row (watch.last, lift_entity_get_info (LIFT_ENTITY (plan)),
                                       LIFT_ENTITY (plan)->id));
  watch_clear (fixture, &watch);
}

/* Otherwise two programs with the store open would make each other sync for ever. */
static void
test_sync_of_another_process_is_no_edit (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftStore) other = lift_store_open (fixture->path, LIFT_CLOCK (fixture->clock), NULL);
  LiftStore *mine = fixture->store;
  Watch watch;

  watch_store (fixture, &watch);
  fixture->store = other;
  store_fixture_save_clean (fixture, plan);
  fixture->store = mine;
  store_fixture_wait (&watch.done);
  g_assert_false (lift_changes_is_local (watch.last));
  g_assert_true (lift_changes_has_row (watch.last, lift_entity_get_info (LIFT_ENTITY (plan)),
                                       LIFT_ENTITY (plan)->id));
  watch_clear (fixture, &watch);
}

static void
add_by (StoreFixture *fixture, LiftStore *store)
{
  LiftStore *mine = fixture->store;
  g_autoptr (LiftTrainingPlan) plan = NULL;

  fixture->store = store;
  plan = store_fixture_add_plan (fixture);
  fixture->store = mine;
}

/* One's own edit comes between that of the other and the look for others. */
static void
test_edit_of_another_process_is_not_hidden_by_ours (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftStore) other = lift_store_open (fixture->path, LIFT_CLOCK (fixture->clock), NULL);
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  Watch watch;

  watch_store (fixture, &watch);
  add_by (fixture, other);
  add_by (fixture, fixture->store);
  while (
    (watch.last == NULL ||
     !lift_changes_has_row (watch.last, lift_entity_info_for_gtype (LIFT_TYPE_COACH), "any")) &&
    g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_true (
    lift_changes_has_row (watch.last, lift_entity_info_for_gtype (LIFT_TYPE_COACH), "any"));
  g_assert_true (lift_changes_is_local (watch.last));
  watch_clear (fixture, &watch);
}

typedef struct
{
  guint finished;
  gboolean done;
  guint expected;
} Order;

static void
commit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Order *order = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_finish (LIFT_STORE (source), result, &error);

  g_assert_no_error (error);
  g_assert_nonnull (inverse);
  order->done = ++order->finished == order->expected;
}

static void
test_async_commits_keep_their_order (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftTrainingPlan) row = NULL;
  Order order = { .expected = 20 };

  for (gint64 i = 0; i < 20; i++)
    {
      g_autoptr (LiftBatch) batch = lift_batch_new (NULL);

      lift_entity_set (LIFT_ENTITY (plan), "order-in-day", i, NULL);
      lift_batch_update (batch, LIFT_ENTITY (plan), store_fixture_field (plan, "orderInDay"));
      lift_store_commit_async (fixture->store, batch, NULL, commit_cb, &order);
    }
  store_fixture_wait (&order.done);
  row = store_fixture_load (fixture, plan);
  g_assert_cmpint (row->order_in_day, ==, 19);
  store_fixture_settle ();
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lift_store_commit_finish (LIFT_STORE (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) data = TRUE;
}

static void
test_cancelled_commit_writes_nothing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);
  g_autoptr (LiftEntity) row = NULL;
  gboolean done = FALSE;

  lift_batch_delete (batch, lift_entity_get_info (LIFT_ENTITY (plan)), LIFT_ENTITY (plan)->id);
  g_cancellable_cancel (cancellable);
  lift_store_commit_async (fixture->store, batch, cancellable, cancelled_cb, &done);
  store_fixture_wait (&done);
  row = store_fixture_load (fixture, plan);
  g_assert_false (lift_entity_is_deleted (row));
  store_fixture_settle ();
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(LiftStore **) data = lift_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
test_store_opened_off_thread_tells_here (StoreFixture *fixture, gconstpointer data)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  g_autoptr (LiftTrainingPlan) plan = NULL;
  LiftStore *opened = NULL;
  Watch watch;

  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  lift_store_open_async (fixture->path, LIFT_CLOCK (fixture->clock), NULL, opened_cb, &opened);
  while (opened == NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (opened);
  fixture->store = opened;
  watch_store (fixture, &watch);
  plan = store_fixture_add_plan (fixture);
  store_fixture_wait (&watch.done);
  watch_clear (fixture, &watch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) STORE_TEST ("/store/signals/" name, test_##func)
  ADD ("told-once-after-the-commit", told_once_after_the_commit);
  ADD ("what-gathers-is-told-together-by-origin", what_gathers_is_told_together_by_origin);
  ADD ("refused-batch-is-not-told", refused_batch_is_not_told);
  ADD ("other-process-is-noticed", other_process_is_noticed);
  ADD ("sync-of-another-process-is-no-edit", sync_of_another_process_is_no_edit);
  ADD ("edit-of-another-process-is-not-hidden-by-ours",
       edit_of_another_process_is_not_hidden_by_ours);
  ADD ("async-commits-keep-their-order", async_commits_keep_their_order);
  ADD ("cancelled-commit-writes-nothing", cancelled_commit_writes_nothing);
  ADD ("store-opened-off-thread-tells-here", store_opened_off_thread_tells_here);
  return g_test_run ();
}
