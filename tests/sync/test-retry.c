/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-json.h"
#include "sync-fixture.h"

/* What becomes of rows that are refused, and of requests that fail. */

static void
test_partial_failure (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) good = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) bad = sync_fixture_add_entry (self, 81);
  g_autoptr (LiftBodyWeightEntry) other = sync_fixture_add_entry (self, 82);
  g_autoptr (LiftSyncResult) result = NULL;
  g_autoptr (LiftBodyWeightEntry) kept = NULL;
  LiftFailedRow *failed;

  lift_test_server_refuse (self->server, LIFT_ENTITY (bad)->id, SYNC_REFUSAL, TRUE);
  result = sync_fixture_sync (self);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->pushed, ==, 2);
  g_assert_cmpuint (result->failed, ==, 1);
  g_assert_false (lift_sync_result_is_success (result));
  g_assert_true (lift_sync_result_is_partial (result));
  sync_fixture_assert_clean (self, LIFT_ENTITY (good)->id);
  sync_fixture_assert_clean (self, LIFT_ENTITY (other)->id);
  sync_fixture_assert_pending (self, LIFT_ENTITY (bad)->id, "*");
  kept = sync_fixture_load (self, LIFT_ENTITY (bad)->id);
  g_assert_cmpfloat (kept->weight, ==, 81);
  failed = sync_fixture_get_failed (self);
  g_assert_cmpstr (failed->id, ==, LIFT_ENTITY (bad)->id);
  g_assert_cmpuint (failed->faults->len, ==, 1);
  g_assert_cmpint (((LiftFault *) failed->faults->pdata[0])->code, ==, LIFT_FAULT_OUT_OF_RANGE);
  g_assert_cmpstr (((LiftFault *) failed->faults->pdata[0])->field, ==, "weight");
  lift_failed_row_free (failed);
}

static void
sync_any (SyncFixture *self)
{
  lift_sync_result_free (sync_fixture_sync (self));
}

static void
test_retry_steps (SyncFixture *self, gconstpointer data)
{
  static const gint64 steps[] = { 30, 60, 120, 240, 480 };
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  guint pushes;

  lift_test_server_refuse (self->server, LIFT_ENTITY (entry)->id, SYNC_REFUSAL, TRUE);
  sync_any (self);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      sync_fixture_assert_waits (self, i + 1, steps[i]);
      g_assert_cmpuint (sync_fixture_get_status (self).retrying, ==, 1);
      lift_virtual_clock_advance (self->base.clock, (steps[i] - 1) * G_TIME_SPAN_SECOND);
      /* In the midst of it the program is started anew. */
      sync_fixture_reopen (self);
      pushes = sync_fixture_count_pushes (self);
      sync_any (self);
      g_assert_cmpuint (sync_fixture_count_pushes (self), ==, pushes);
      lift_virtual_clock_advance (self->base.clock, G_TIME_SPAN_SECOND);
      sync_any (self);
      /* The first of the two asks how far the server counts. */
      g_assert_cmpuint (sync_fixture_count_pushes (self), ==, pushes + 2);
    }
  sync_fixture_assert_waits (self, 5, -1);
  g_assert_cmpuint (sync_fixture_get_status (self).needs_attention, ==, 1);
  pushes = sync_fixture_count_pushes (self);
  lift_virtual_clock_advance (self->base.clock, G_TIME_SPAN_DAY * 30);
  sync_any (self);
  g_assert_cmpuint (sync_fixture_count_pushes (self), ==, pushes);

  lift_test_server_refuse (self->server, LIFT_ENTITY (entry)->id, NULL, TRUE);
  g_assert_true (lift_sync_retry_now (self->base.store, NULL, NULL, NULL));
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpuint (sync_fixture_get_status (self).needs_attention, ==, 0);
}

static void
test_not_retryable (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  lift_test_server_refuse (self->server, LIFT_ENTITY (entry)->id, SYNC_REFUSAL, FALSE);
  sync_any (self);
  sync_fixture_assert_waits (self, 1, -1);
  /* An edit may mend it. */
  lift_test_server_refuse (self->server, LIFT_ENTITY (entry)->id, NULL, FALSE);
  sync_fixture_set_weight (self, entry, 81);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 81);
}

static void
test_clock_set_back (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  lift_test_server_refuse (self->server, LIFT_ENTITY (entry)->id, SYNC_REFUSAL, TRUE);
  sync_any (self);
  lift_test_server_refuse (self->server, LIFT_ENTITY (entry)->id, NULL, TRUE);
  lift_virtual_clock_jump (self->base.clock, -365 * G_TIME_SPAN_DAY);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
}

static void
test_too_large_halves (SyncFixture *self, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    g_object_unref (sync_fixture_add_entry (self, 80 + i));
  self->server->max_rows = 3;
  sync_fixture_sync_well (self);
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 0);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 20);
}

static void
test_poisoned_row (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) first = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) second = NULL;
  g_autoptr (LiftSyncResult) result = NULL;

  /* Ids of another millisecond: the first goes first. */
  lift_virtual_clock_advance (self->base.clock, G_TIME_SPAN_SECOND);
  second = sync_fixture_add_entry (self, 81);
  lift_test_server_script (self->server, "push", 413, "text/html", "too large");
  lift_test_server_script (self->server, "push", 413, "text/html", "too large");
  result = sync_fixture_sync (self);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->failed, ==, 1);
  g_assert_cmpuint (result->pushed, ==, 1);
  sync_fixture_assert_clean (self, LIFT_ENTITY (second)->id);
  sync_fixture_assert_pending (self, LIFT_ENTITY (first)->id, "*");
  sync_fixture_assert_waits (self, 1, -1);
}

static void
edit_all (SyncFixture *self, GPtrArray *entries, double weight)
{
  for (guint i = 0; i < entries->len; i++)
    sync_fixture_set_weight (self, g_ptr_array_index (entries, i), weight);
}

static void
assert_all_have (SyncFixture *self, GPtrArray *entries, double weight)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const char *id = LIFT_ENTITY (entries->pdata[i])->id;

      sync_fixture_assert_clean (self, id);
      g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, weight);
    }
}

/* A row is refused unseen whose number the server took before, and others after it: none of those
 * numbers is free again, and the row goes on being asked about. */
static void
test_refused_after_others (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) held = sync_fixture_add_entry (self, 80);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);
  const char *id = LIFT_ENTITY (held)->id;
  g_autoptr (LiftSyncResult) result = NULL;

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (others, sync_fixture_add_entry (self, 80));
  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, held, 81);
  self->server->forget_in_answer = id;
  sync_any (self);
  self->server->forget_in_answer = NULL;
  edit_all (self, others, 82);
  sync_any (self);
  lift_virtual_clock_advance (self->base.clock, 30 * G_TIME_SPAN_SECOND);
  lift_test_server_script (self->server, "push", 413, "text/html", "too large");
  result = sync_fixture_sync (self);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->failed, ==, 1);
  sync_fixture_assert_waits (self, 2, 60);

  edit_all (self, others, 83);
  sync_any (self);
  assert_all_have (self, others, 83);
  lift_virtual_clock_advance (self->base.clock, 60 * G_TIME_SPAN_SECOND);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, id);
  g_assert_cmpint (json_object_get_int_member (
                     lift_test_server_get (self->server, "BodyWeightEntry", id), "version"),
                   ==, 2);
}

/* Somebody on the way who refuses all pushes, of whatever size, says nothing of a row. */
static void
test_refused_whatever (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (entries, sync_fixture_add_entry (self, 80));
  sync_fixture_sync_well (self);
  self->server->lose_answers = 1;
  edit_all (self, entries, 81);
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_OFFLINE);
  self->server->fail_push = 413;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_TOO_LARGE);
  g_assert_cmpuint (sync_fixture_get_status (self).needs_attention, ==, 0);
  self->server->fail_push = 0;
  edit_all (self, entries, 82);
  sync_fixture_sync_well (self);
  assert_all_have (self, entries, 82);
}

static void
test_missing_in_answer (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) other = sync_fixture_add_entry (self, 81);
  const char *id = LIFT_ENTITY (entry)->id;

  self->server->forget_in_answer = id;
  sync_any (self);
  sync_fixture_assert_pending (self, id, "*");
  sync_fixture_assert_clean (self, LIFT_ENTITY (other)->id);
  sync_fixture_assert_waits (self, 1, 30);
  self->server->forget_in_answer = NULL;
  lift_virtual_clock_advance (self->base.clock, 30 * G_TIME_SPAN_SECOND);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, id);
  g_assert_cmpint (json_object_get_int_member (
                     lift_test_server_get (self->server, "BodyWeightEntry", id), "version"),
                   ==, 1);
}

static void
test_unreadable_entity (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autofree char *answer = g_strdup_printf (
    "{\"succeeded\":[{\"entityType\":\"BodyWeightEntry\",\"entityId\":\"%s\",\"entity\":"
    "{\"id\":\"%s\",\"weight\":\"heavy\"}}],\"failed\":[],\"lastMutation\":1}",
    id, id);

  lift_test_server_script (self->server, "push", 200, "application/json", answer);
  sync_any (self);
  sync_fixture_assert_pending (self, id, "*");
  sync_fixture_assert_waits (self, 1, 30);
  lift_virtual_clock_advance (self->base.clock, 30 * G_TIME_SPAN_SECOND);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, id);
}

static void
assert_costs_nothing (SyncFixture *self, LiftRemoteError code)
{
  sync_fixture_sync_fails (self, code);
  g_assert_cmpuint (sync_fixture_get_status (self).retrying, ==, 0);
  g_assert_cmpuint (sync_fixture_get_status (self).needs_attention, ==, 0);
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 1);
}

static void
test_failed_requests (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  lift_test_server_script (self->server, "push", 500, "text/plain", "oh");
  assert_costs_nothing (self, LIFT_REMOTE_ERROR_SERVER);
  lift_test_server_script (self->server, "push", 429, "text/plain", "slow down");
  assert_costs_nothing (self, LIFT_REMOTE_ERROR_RATE_LIMITED);
  lift_test_server_script (self->server, "push", 200, "text/html",
                           "<html>Welcome to CafeNet</html>");
  assert_costs_nothing (self, LIFT_REMOTE_ERROR_NOT_OURS);
  lift_test_server_script (self->server, "push", 200, "application/json", "{\"succeeded\":[{}]}");
  assert_costs_nothing (self, LIFT_REMOTE_ERROR_NOT_OURS);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
}

static void
test_expired_token (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  LiftSyncState state;

  lift_test_server_script (self->server, "push", 401, "application/problem+json",
                           "{\"code\":\"SIGN_IN_AGAIN\"}");
  assert_costs_nothing (self, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
  g_object_get (self->manager, "state", &state, NULL);
  g_assert_cmpint (state, ==, LIFT_SYNC_SIGNED_OUT);
  lift_api_set_tokens (self->api, "another", NULL);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_object_get (self->manager, "state", &state, NULL);
  g_assert_cmpint (state, ==, LIFT_SYNC_IDLE);
}

static void
test_pull_fails (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftSyncResult) result = NULL;

  self->server->fail_pull = 500;
  result = sync_fixture_sync (self);
  g_assert_error (result->error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SERVER);
  g_assert_cmpuint (result->pushed, ==, 1);
  g_assert_true (lift_sync_result_is_partial (result));
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
}

static void
test_parent_missing (SyncFixture *self, gconstpointer data)
{
  static const char missing[] =
    "[{\"field\":\"trainingPlanId\",\"code\":\"PARENT_MISSING\",\"message\":\"no plan\"}]";
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (LiftExercisePlan) child = store_fixture_add_exercise_plan (&self->base, plan);
  g_autoptr (GPtrArray) failed = NULL;
  g_autoptr (LiftExercisePlan) after = NULL;

  lift_test_server_refuse (self->server, LIFT_ENTITY (plan)->id, SYNC_REFUSAL, TRUE);
  lift_test_server_refuse (self->server, LIFT_ENTITY (child)->id, missing, TRUE);
  sync_any (self);
  failed = lift_sync_list_failed (self->base.store, NULL);
  g_assert_cmpuint (failed->len, ==, 2);
  /* By type: the ExercisePlan is first. The parent's failure is none of its own. */
  g_assert_cmpuint (((LiftFailedRow *) failed->pdata[0])->retry_count, ==, 0);
  g_assert_cmpuint (((LiftFailedRow *) failed->pdata[1])->retry_count, ==, 1);
  lift_test_server_refuse (self->server, LIFT_ENTITY (plan)->id, NULL, TRUE);
  lift_test_server_refuse (self->server, LIFT_ENTITY (child)->id, NULL, TRUE);
  lift_virtual_clock_advance (self->base.clock, 30 * G_TIME_SPAN_SECOND);
  sync_fixture_sync_well (self);
  after = store_fixture_load (&self->base, child);
  g_assert_cmpstr (LIFT_ENTITY (after)->pending, ==, NULL);
}

#define REFERENCE "[{\"field\":\"exerciseId\",\"code\":\"%s\",\"message\":\"no exercise\"}]"

/* As the server gives it to others. */
static void
put_exercise (SyncFixture *self, const char *id, const char *name)
{
  g_autofree char *json = g_strdup_printf (
    "{\"id\":\"%s\",\"name\":\"%s\",\"createdAt\":\"2026-03-01T10:00:00Z\"}", id, name);

  lift_test_server_put (self->server, "Exercise", json);
}

/* An exercise that is here and no longer on the server, whose owner is somebody else. */
static LiftExercise *
add_set_apart (SyncFixture *self)
{
  LiftExercise *exercise = store_fixture_new (&self->base, LIFT_TYPE_EXERCISE);

  lift_entity_set (LIFT_ENTITY (exercise), "name", "Coach lift", NULL);
  store_fixture_save_clean (&self->base, exercise);
  return exercise;
}

static LiftExercisePlan *
add_naming (SyncFixture *self, LiftTrainingPlan *plan, LiftExercise *exercise)
{
  LiftExercisePlan *row = store_fixture_new (&self->base, LIFT_TYPE_EXERCISE_PLAN);

  lift_entity_set (LIFT_ENTITY (row), "training-plan-id", LIFT_ENTITY (plan)->id, "exercise-id",
                   LIFT_ENTITY (exercise)->id, NULL);
  store_fixture_insert (&self->base, row);
  return row;
}

static void
refuse (SyncFixture *self, gpointer row, const char *code)
{
  g_autofree char *errors = g_strdup_printf (REFERENCE, code);

  lift_test_server_refuse (self->server, LIFT_ENTITY (row)->id, errors, FALSE);
}

static void
refuse_no_more (SyncFixture *self, gpointer row)
{
  lift_test_server_refuse (self->server, LIFT_ENTITY (row)->id, NULL, FALSE);
}

static void
assert_sends_nothing (SyncFixture *self)
{
  guint pushes = sync_fixture_count_pushes (self);

  sync_any (self);
  g_assert_cmpuint (sync_fixture_count_pushes (self), ==, pushes);
}

static void
assert_sent (SyncFixture *self, gpointer row, gboolean sent)
{
  g_autoptr (LiftEntity) after = store_fixture_load (&self->base, row);

  g_assert_cmpint (lift_entity_is_dirty (after), ==, !sent);
}

/* A row that is refused for one that it names goes again when that one comes, and no other does. */
static void
test_reference_comes (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (LiftExercise) exercise = add_set_apart (self);
  g_autoptr (LiftExercise) elsewhere = add_set_apart (self);
  g_autoptr (LiftExercisePlan) row = add_naming (self, plan, exercise);
  g_autoptr (LiftSetPlan) part = store_fixture_add_set (&self->base, row);
  g_autoptr (LiftExercisePlan) wrong = add_naming (self, plan, exercise);
  g_autoptr (LiftExercisePlan) other = add_naming (self, plan, elsewhere);

  refuse (self, row, "BAD_REFERENCE");
  refuse (self, part, "PARENT_MISSING");
  refuse (self, wrong, "OUT_OF_RANGE");
  refuse (self, other, "BAD_REFERENCE");
  sync_any (self);
  g_assert_cmpuint (sync_fixture_get_status (self).needs_attention, ==, 3);
  g_assert_cmpuint (sync_fixture_get_status (self).retrying, ==, 1);
  refuse_no_more (self, row);
  refuse_no_more (self, part);
  assert_sends_nothing (self);
  put_exercise (self, "0190aaaa-0000-7000-8000-000000000001", "Another");
  assert_sends_nothing (self);
  put_exercise (self, LIFT_ENTITY (exercise)->id, "Coach lift");
  sync_any (self);
  assert_sent (self, row, TRUE);
  assert_sent (self, part, TRUE);
  assert_sent (self, wrong, FALSE);
  assert_sent (self, other, FALSE);
  g_assert_cmpuint (sync_fixture_get_status (self).needs_attention, ==, 2);
}

/* That a row changes which the server was known to have mends nothing. */
static void
test_reference_was_there (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (LiftExercise) exercise = add_set_apart (self);
  g_autoptr (LiftExercisePlan) row = add_naming (self, plan, exercise);

  put_exercise (self, LIFT_ENTITY (exercise)->id, "Coach lift");
  refuse (self, row, "PARENT_MISSING");
  sync_any (self);
  sync_fixture_assert_waits (self, 1, -1);
  put_exercise (self, LIFT_ENTITY (exercise)->id, "Coach's lift");
  assert_sends_nothing (self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/retry/partial-failure", test_partial_failure);
  SYNC_TEST ("/sync/retry/retry-steps", test_retry_steps);
  SYNC_TEST ("/sync/retry/not-retryable", test_not_retryable);
  SYNC_TEST ("/sync/retry/clock-set-back", test_clock_set_back);
  SYNC_TEST ("/sync/retry/too-large-halves", test_too_large_halves);
  SYNC_TEST ("/sync/retry/poisoned-row", test_poisoned_row);
  SYNC_TEST ("/sync/retry/refused-after-others", test_refused_after_others);
  SYNC_TEST ("/sync/retry/refused-whatever", test_refused_whatever);
  SYNC_TEST ("/sync/retry/missing-in-answer", test_missing_in_answer);
  SYNC_TEST ("/sync/retry/unreadable-entity", test_unreadable_entity);
  SYNC_TEST ("/sync/retry/failed-requests", test_failed_requests);
  SYNC_TEST ("/sync/retry/expired-token", test_expired_token);
  SYNC_TEST ("/sync/retry/pull-fails", test_pull_fails);
  SYNC_TEST ("/sync/retry/parent-missing", test_parent_missing);
  SYNC_TEST ("/sync/retry/reference-comes", test_reference_comes);
  SYNC_TEST ("/sync/retry/reference-was-there", test_reference_was_there);
  return g_test_run ();
}
