/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-json.h"
#include "sync-fixture.h"

/* What becomes of local edits on their way to the server. */

static void
test_create (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) after = NULL;

  sync_fixture_assert_pending (self, id, "*");
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 1);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, id);
  after = sync_fixture_load (self, id);
  g_assert_cmpint (LIFT_ENTITY (after)->last_synced_at, ==,
                   lift_clock_get_time (LIFT_CLOCK (self->base.clock)));
  g_assert_cmpint (LIFT_ENTITY (after)->version, ==, 1);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 80);
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 0);
  g_assert_cmpint (sync_fixture_get_status (self).last_synced_at, ==,
                   LIFT_ENTITY (after)->last_synced_at);
}

static JsonObject *
get_pushed_row (SyncFixture *self, guint push, JsonObject **body)
{
  const char *request = lift_test_server_get_request (self->server, "push ", push);
  g_autoptr (GError) error = NULL;
  JsonArray *rows;

  g_assert_nonnull (request);
  *body = lift_json_parse_object (request + strlen ("push "), -1, &error);
  g_assert_no_error (error);
  rows = lift_json_get_array (lift_json_get_object (*body, "changes"), "BodyWeightEntry");
  g_assert_cmpuint (json_array_get_length (rows), ==, 1);
  return json_array_get_object_element (rows, 0);
}

static void
test_body (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  JsonObject *row;
  JsonArray *fields;

  sync_fixture_sync_well (self);
  row = get_pushed_row (self, 0, &first);
  g_assert_cmpstr (lift_json_get_string (first, "deviceId"), ==, SYNC_DEVICE);
  g_assert_cmpint (lift_json_get_int (first, "firstMutation", -1), ==, 1);
  g_assert_cmpint (lift_json_get_int (row, "mutation", -1), ==, 1);
  g_assert_false (json_object_has_member (row, "changedFields"));
  g_assert_false (json_object_has_member (row, "pending"));
  g_assert_false (json_object_has_member (row, "isDirty"));
  g_assert_false (json_object_has_member (row, "lastSyncedAt"));

  sync_fixture_set_weight (self, entry, 81);
  sync_fixture_sync_well (self);
  row = get_pushed_row (self, 1, &second);
  g_assert_cmpint (lift_json_get_int (second, "firstMutation", -1), ==, 2);
  g_assert_cmpint (lift_json_get_int (row, "version", -1), ==, 1);
  fields = lift_json_get_array (row, "changedFields");
  g_assert_cmpuint (json_array_get_length (fields), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (fields, 0), ==, "weight");
  /* Whole, all the same. */
  g_assert_true (json_object_has_member (row, "notes"));
  g_assert_cmpstr (lift_json_get_string (row, "measurementDate"), ==, "2026-03-01");
}

typedef struct
{
  SyncFixture *fixture;
  LiftBodyWeightEntry *entry;
  double weight;
} Edit;

static void
edit_now (gpointer data)
{
  Edit *edit = data;

  sync_fixture_set_weight (edit->fixture, edit->entry, edit->weight);
  edit->fixture->server->before_answer = NULL;
}

static void
test_edit_during_create (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 100);
  g_autoptr (LiftBodyWeightEntry) after = NULL;
  Edit edit = { self, entry, 105 };

  self->server->before_answer = edit_now;
  self->server->before_answer_data = &edit;
  sync_fixture_sync_well (self);
  after = sync_fixture_load (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpfloat (after->weight, ==, 105);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 105);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpuint (sync_fixture_count_pushes (self), ==, 2);
}

/* The answer to the first push is all that comes: what it leaves must be dirty. */
static void
test_edit_during_update (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 100);
  g_autoptr (LiftBodyWeightEntry) after = NULL;
  g_autoptr (LiftSyncResult) result = NULL;
  g_autoptr (JsonObject) body = NULL;
  Edit edit = { self, entry, 105 };
  JsonObject *row;
  JsonArray *fields;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 102);
  sync_fixture_set_notes (self, entry, "morning");
  self->server->before_answer = edit_now;
  self->server->before_answer_data = &edit;
  result = sync_fixture_sync (self);
  g_assert_no_error (result->error);
  after = sync_fixture_load (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpfloat (after->weight, ==, 105);
  g_assert_cmpstr (after->notes, ==, "morning");
  /* The second push of the run carried the correction and nothing else. */
  row = get_pushed_row (self, 2, &body);
  fields = lift_json_get_array (row, "changedFields");
  g_assert_cmpuint (json_array_get_length (fields), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (fields, 0), ==, "weight");
}

static void
fail_later (gpointer data)
{
  Edit *edit = data;

  edit_now (data);
  edit->fixture->server->fail_push = 503;
}

static void
test_echo_leaves_edit_dirty (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 100);
  g_autoptr (LiftBodyWeightEntry) after = NULL;
  Edit edit = { self, entry, 105 };

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 102);
  self->server->before_answer = fail_later;
  self->server->before_answer_data = &edit;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_SERVER);
  sync_fixture_assert_pending (self, LIFT_ENTITY (entry)->id, "weight");
  after = sync_fixture_load (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpfloat (after->weight, ==, 105);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 102);
  self->server->fail_push = 0;
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 105);
}

/* Each row that was refused while it was edited goes out again with the new value at once. */
static void
test_edit_of_refused (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 100);
  g_autoptr (LiftSyncResult) result = NULL;
  Edit edit = { self, entry, 105 };

  lift_test_server_refuse (self->server, LIFT_ENTITY (entry)->id, SYNC_REFUSAL, FALSE);
  self->server->before_answer = edit_now;
  self->server->before_answer_data = &edit;
  result = sync_fixture_sync (self);
  g_assert_cmpuint (sync_fixture_count_pushes (self), ==, 2);
  sync_fixture_assert_waits (self, 1, -1);
}

static void
test_lost_answer (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 100);
  const char *id = LIFT_ENTITY (entry)->id;

  self->server->lose_answers = 1;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_OFFLINE);
  sync_fixture_assert_pending (self, id, "*");
  sync_fixture_set_weight (self, entry, 105);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, id);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 105);
  /* The repeat is the same to the byte, and no conflict with ourselves comes of it. */
  g_assert_cmpstr (lift_test_server_get_request (self->server, "push", 0), ==,
                   lift_test_server_get_request (self->server, "push", 1));
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
}

/* Somebody who knew our value wrote another: the repeat must not put ours back. */
static void
test_lost_answer_superseded (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 100);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) after = NULL;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 101);
  self->server->lose_answers = 1;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_OFFLINE);
  sync_fixture_put (self, id, "\"weight\":99");
  sync_fixture_sync_well (self);
  after = sync_fixture_load (self, id);
  g_assert_cmpfloat (after->weight, ==, 99);
  sync_fixture_assert_clean (self, id);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 99);
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
}

/* The same for a row that was new: it is ours, not a stranger with our id. */
static void
test_add_lost_answer_superseded (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 100);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) after = NULL;

  self->server->lose_answers = 1;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_OFFLINE);
  sync_fixture_put (self, id, "\"weight\":99");
  sync_fixture_sync_well (self);
  after = sync_fixture_load (self, id);
  g_assert_cmpfloat (after->weight, ==, 99);
  sync_fixture_assert_clean (self, id);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 99);
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
}

static void
test_crash_before_ack (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 100);
  const char *id = LIFT_ENTITY (entry)->id;

  self->server->lose_answers = 1;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_OFFLINE);
  sync_fixture_reopen (self);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, id);
  g_assert_cmpstr (lift_test_server_get_request (self->server, "push", 0), ==,
                   lift_test_server_get_request (self->server, "push", 1));
  g_assert_cmpint (json_object_get_int_member (
                     lift_test_server_get (self->server, "BodyWeightEntry", id), "version"),
                   ==, 1);
}

static void
test_gap (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  for (guint i = 0; i < 3; i++)
    {
      sync_fixture_set_weight (self, entry, 90 + i);
      sync_fixture_sync_well (self);
    }
  self->server->last_mutation = 1;
  sync_fixture_set_weight (self, entry, 99);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 99);
  g_assert_cmpint (self->server->last_mutation, ==, 2);
}

/* The store is an older copy of one that went on: its numbers are taken already. */
static void
test_copied_store (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  sync_fixture_sync_well (self);
  self->server->last_mutation = 50;
  sync_fixture_set_weight (self, entry, 99);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 99);
  g_assert_cmpint (self->server->last_mutation, ==, 51);
}

/* Another copy of the store goes on beside it, and was first with its numbers. */
static void
test_number_of_another (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (JsonObject) body = NULL;
  JsonObject *row;
  gint64 pulls;

  sync_fixture_sync_well (self);
  pulls = lift_test_server_count_requests (self->server, "pull");
  self->server->last_mutation = 3;
  sync_fixture_set_weight (self, entry, 99);
  lift_test_server_script (self->server, "push", 409, "application/problem+json",
                           "{\"code\":\"MUTATION_GAP\",\"status\":409,\"lastMutation\":3}");
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 99);
  row = get_pushed_row (self, 2, &body);
  g_assert_cmpint (lift_json_get_int (row, "mutation", -1), ==, 4);
  /* Nobody was restored. */
  sync_fixture_sync_well (self);
  g_assert_cmpint (lift_test_server_count_requests (self->server, "pull"), ==, pulls + 2);
}

static void
test_partial_entity (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) after = NULL;

  sync_fixture_set_notes (self, entry, "fasted");
  self->server->partial = TRUE;
  sync_fixture_sync_well (self);
  after = sync_fixture_load (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpstr (after->notes, ==, "fasted");
  g_assert_cmpfloat (after->weight, ==, 80);
  g_assert_cmpint (LIFT_ENTITY (after)->version, ==, 1);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
}

static void
test_conflicts_in_answer (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autofree char *answer = g_strdup_printf (
    "{\"succeeded\":[{\"entityType\":\"BodyWeightEntry\",\"entityId\":\"%s\",\"entity\":"
    "{\"id\":\"%s\",\"weight\":80,\"version\":5},\"conflicts\":[{\"field\":\"weight\","
    "\"theirs\":79.5,\"by\":\"somebody\",\"version\":4},{\"field\":\"unheardOf\",\"theirs\":1},"
    "7]}],\"failed\":[],\"lastMutation\":1}",
    id, id);
  g_autoptr (GPtrArray) conflicts = NULL;
  LiftConflict *conflict;

  lift_test_server_script (self->server, "push", 200, "application/json", answer);
  sync_fixture_sync_well (self);
  conflicts = lift_sync_list_conflicts (self->base.store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (conflict->id, ==, id);
  g_assert_cmpstr (conflict->field, ==, "weight");
  g_assert_cmpstr (conflict->mine, ==, "80");
  g_assert_cmpstr (conflict->theirs, ==, "79.5");
  g_assert_cmpstr (conflict->by, ==, "somebody");
  g_assert_cmpint (conflict->version, ==, 4);
}

static void
test_parents_first (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (LiftExercisePlan) exercise = store_fixture_add_exercise_plan (&self->base, plan);
  g_autoptr (LiftSetPlan) set = store_fixture_add_set (&self->base, exercise);
  const char *body;

  sync_fixture_sync_well (self);
  g_assert_cmpuint (sync_fixture_count_pushes (self), ==, 1);
  body = lift_test_server_get_request (self->server, "push", 0);
  g_assert_true (strstr (body, "\"TrainingPlan\":[") < strstr (body, "\"ExercisePlan\":["));
  g_assert_true (strstr (body, "\"ExercisePlan\":[") < strstr (body, "\"SetPlan\":["));
}

static void
test_delete (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (JsonObject) body = NULL;
  JsonObject *row;

  sync_fixture_sync_well (self);
  inverse = store_fixture_delete (&self->base, entry);
  sync_fixture_assert_pending (self, LIFT_ENTITY (entry)->id, "deletedAt");
  sync_fixture_sync_well (self);
  row = get_pushed_row (self, 1, &body);
  g_assert_cmpstr (json_array_get_string_element (lift_json_get_array (row, "changedFields"), 0),
                   ==, "deletedAt");
  g_assert_nonnull (lift_json_get_string (row, "deletedAt"));
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
}

static void
test_hundred (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Hundred");
  g_autoptr (LiftBatch) inverse = NULL;
  gint64 start;

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (LiftBodyWeightEntry)
        entry = store_fixture_new (&self->base, LIFT_TYPE_BODY_WEIGHT_ENTRY);

      lift_entity_set (LIFT_ENTITY (entry), "athlete-id", self->base.athlete, "weight", 80.0,
                       "measurement-date", "2026-03-01", NULL);
      lift_batch_insert (batch, LIFT_ENTITY (entry));
    }
  inverse = store_fixture_commit (&self->base, batch);
  start = g_get_monotonic_time ();
  sync_fixture_sync_well (self);
  g_test_minimized_result ((g_get_monotonic_time () - start) / 1e6, "100 rows in %.1f ms",
                           (g_get_monotonic_time () - start) / 1e3);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 100);
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 0);
}

static void
test_many_batches (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Many");
  g_autoptr (LiftBatch) inverse = NULL;

  for (guint i = 0; i < 1201; i++)
    {
      g_autoptr (LiftBodyWeightEntry)
        entry = store_fixture_new (&self->base, LIFT_TYPE_BODY_WEIGHT_ENTRY);

      lift_entity_set (LIFT_ENTITY (entry), "athlete-id", self->base.athlete, "weight", 80.0,
                       "measurement-date", "2026-03-01", NULL);
      lift_batch_insert (batch, LIFT_ENTITY (entry));
    }
  inverse = store_fixture_commit (&self->base, batch);
  self->server->max_rows = 500;
  sync_fixture_sync_well (self);
  g_assert_cmpuint (sync_fixture_count_pushes (self), ==, 3);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 1201);
}

/* The file was restored from a backup: numbers that are new here are repeats to the server. */
static void
test_older_copy_of_the_store (SyncFixture *self, gconstpointer data)
{
  LiftBodyWeightEntry *entries[5];

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    entries[i] = sync_fixture_add_entry (self, 80);
  sync_fixture_sync_well (self);
  self->server->last_mutation += 3;
  sync_fixture_reopen (self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    sync_fixture_set_weight (self, entries[i], 90 + i);
  sync_fixture_sync_well (self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      const char *id = LIFT_ENTITY (entries[i])->id;

      sync_fixture_assert_clean (self, id);
      g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 90 + i);
      g_object_unref (entries[i]);
    }
}

/* An unreadable state that came before must not come back over what was acknowledged since. */
static void
test_acknowledged_row_is_not_parked (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO parked (type, id, json) VALUES ('BodyWeightEntry', '%s', '{\"weight\":\"?\"}')",
    LIFT_ENTITY (entry)->id);

  sync_fixture_sync_well (self);
  /* Takes the echo, so that the next pull brings nothing. */
  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 85);
  store_fixture_run_sql (&self->base, sql);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpuint (sync_fixture_get_status (self).parked, ==, 0);
}

/* The same with a copy from before the first push: it begins to count at 1 again. */
static void
test_older_copy_of_a_new_store (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = NULL;

  self->server->last_mutation = 1;
  sync_fixture_reopen (self);
  entry = sync_fixture_add_entry (self, 90);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 90);
}

/* A server that counts no numbers applies the repeat of a new row whole. What both sides typed
 * meanwhile is sent once more, or that would be undone. */
static void
test_equal_under_way (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 100);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) after = NULL;

  self->server->is_base = TRUE;
  self->server->page = 100;
  self->server->lose_answers = 1;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_OFFLINE);
  sync_fixture_set_weight (self, entry, 105);
  sync_fixture_put (self, id, "\"weight\":105");
  sync_fixture_sync_well (self);
  sync_fixture_sync_well (self);
  after = sync_fixture_load (self, id);
  g_assert_cmpfloat (after->weight, ==, 105);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 105);
}

/* Others edit a new row whose answer is lost again and again: theirs are the later edits, so nothing
 * of them was ever hidden. */
static void
test_edited_under_way (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 100);
  const char *id = LIFT_ENTITY (entry)->id;

  self->server->lose_answers = 2;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_OFFLINE);
  sync_fixture_put (self, id, "\"weight\":99");
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_OFFLINE);
  sync_fixture_put (self, id, "\"weight\":98");
  sync_fixture_sync_well (self);
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 98);
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/push/create", test_create);
  SYNC_TEST ("/sync/push/body", test_body);
  SYNC_TEST ("/sync/push/edit-during-create", test_edit_during_create);
  SYNC_TEST ("/sync/push/edit-during-update", test_edit_during_update);
  SYNC_TEST ("/sync/push/echo-leaves-edit-dirty", test_echo_leaves_edit_dirty);
  SYNC_TEST ("/sync/push/edit-of-refused", test_edit_of_refused);
  SYNC_TEST ("/sync/push/lost-answer", test_lost_answer);
  SYNC_TEST ("/sync/push/lost-answer-superseded", test_lost_answer_superseded);
  SYNC_TEST ("/sync/push/add-lost-answer-superseded", test_add_lost_answer_superseded);
  SYNC_TEST ("/sync/push/crash-before-ack", test_crash_before_ack);
  SYNC_TEST ("/sync/push/gap", test_gap);
  SYNC_TEST ("/sync/push/copied-store", test_copied_store);
  SYNC_TEST ("/sync/push/number-of-another", test_number_of_another);
  SYNC_TEST ("/sync/push/partial-entity", test_partial_entity);
  SYNC_TEST ("/sync/push/conflicts-in-answer", test_conflicts_in_answer);
  SYNC_TEST ("/sync/push/parents-first", test_parents_first);
  SYNC_TEST ("/sync/push/delete", test_delete);
  SYNC_TEST ("/sync/push/hundred", test_hundred);
  SYNC_TEST ("/sync/push/many-batches", test_many_batches);
  SYNC_TEST ("/sync/push/older-copy-of-the-store", test_older_copy_of_the_store);
  SYNC_TEST ("/sync/push/older-copy-of-a-new-store", test_older_copy_of_a_new_store);
  SYNC_TEST ("/sync/push/acknowledged-row-is-not-parked", test_acknowledged_row_is_not_parked);
  SYNC_TEST ("/sync/push/equal-under-way", test_equal_under_way);
  SYNC_TEST ("/sync/push/edited-under-way", test_edited_under_way);
  return g_test_run ();
}
