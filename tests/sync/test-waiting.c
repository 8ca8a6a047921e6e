/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sync-fixture.h"

/* What is listed as not on the server, and what it is said to wait for. */

static const char missing[] =
  "[{\"field\":\"trainingPlanId\",\"code\":\"PARENT_MISSING\",\"message\":\"no plan\"}]";

static GPtrArray *
list (SyncFixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = lift_sync_list_waiting (self->base.store, &error);

  g_assert_no_error (error);
  g_assert_nonnull (rows);
  g_assert_cmpuint (rows->len, ==, sync_fixture_get_status (self).pending);
  return rows;
}

/* The only row, or the one of that id. */
static LiftWaitingRow *
find (GPtrArray *rows, gpointer entity)
{
  for (guint i = 0; i < rows->len; i++)
    {
      LiftWaitingRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->id, LIFT_ENTITY (entity)->id))
        {
          g_assert_true (row->info == lift_entity_get_info (LIFT_ENTITY (entity)));
          return row;
        }
    }
  g_assert_not_reached ();
}

static void
sync_any (SyncFixture *self)
{
  lift_sync_result_free (sync_fixture_sync (self));
}

static void
test_nothing (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = list (self);
  g_autoptr (GPtrArray) failed = lift_sync_list_failed (self->base.store, NULL);

  g_assert_cmpuint (rows->len, ==, 0);
  g_assert_cmpuint (failed->len, ==, 0);
}

static void
test_added (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (GPtrArray) rows = NULL;
  LiftWaitingRow *row;

  /* An edit of what was never sent is a part of the adding. */
  sync_fixture_set_weight (self, entry, 81);
  rows = list (self);
  row = find (rows, entry);
  g_assert_cmpint (row->change, ==, LIFT_WAITING_ADDED);
  g_assert_true (row->fields == LIFT_FIELD_SET_NONE);
  g_assert_cmpint (row->since, ==, LIFT_ENTITY (entry)->created_at);
  g_assert_cmpint (row->state, ==, LIFT_WAITING_WAITS);
  g_assert_false (row->under_way);
  g_assert_cmpuint (row->faults->len, ==, 0);
  g_assert_cmpuint (row->retry_count, ==, 0);
  g_assert_cmpint (row->next_retry_at, ==, LIFT_INT_NULL);
}

static void
test_edited (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) clean = sync_fixture_add_entry (self, 81);
  g_autoptr (GPtrArray) rows = NULL;
  LiftWaitingRow *row;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 82);
  sync_fixture_set_notes (self, entry, "after breakfast");
  rows = list (self);
  g_assert_cmpuint (rows->len, ==, 1);
  row = find (rows, entry);
  g_assert_cmpint (row->change, ==, LIFT_WAITING_EDITED);
  g_assert_true (row->fields ==
                 (store_fixture_field (entry, "weight") | store_fixture_field (entry, "notes")));
  g_assert_cmpint (row->since, ==, LIFT_INT_NULL);
}

static void
test_deleted (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (LiftExercisePlan) part = store_fixture_add_exercise_plan (&self->base, plan);
  g_autoptr (LiftTrainingPlan) never_sent = NULL;
  g_autoptr (LiftBatch) undo = NULL;
  g_autoptr (LiftBatch) other = NULL;
  g_autoptr (LiftBatch) again = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) after = NULL;
  LiftWaitingRow *row;

  sync_fixture_sync_well (self);
  never_sent = store_fixture_add_plan (&self->base);
  undo = store_fixture_delete (&self->base, plan);
  other = store_fixture_delete (&self->base, never_sent);
  rows = list (self);
  g_assert_cmpuint (rows->len, ==, 3);
  row = find (rows, plan);
  g_assert_cmpint (row->change, ==, LIFT_WAITING_DELETED);
  g_assert_cmpint (row->since, ==, lift_clock_get_time (LIFT_CLOCK (self->base.clock)));
  g_assert_true (row->fields == store_fixture_field (plan, "deletedAt"));
  g_assert_cmpint (find (rows, part)->change, ==, LIFT_WAITING_DELETED);
  g_assert_cmpint (find (rows, never_sent)->change, ==, LIFT_WAITING_DELETED);
  /* Parents first. */
  g_assert_true (((LiftWaitingRow *) rows->pdata[2])->info ==
                 lift_entity_get_info (LIFT_ENTITY (part)));
  /* Once the delete is sent, the return from it is an edit. */
  sync_fixture_sync_well (self);
  again = store_fixture_commit (&self->base, undo);
  after = list (self);
  g_assert_cmpint (find (after, plan)->change, ==, LIFT_WAITING_EDITED);
}

static void
test_under_way (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (GPtrArray) rows = NULL;

  self->server->lose_answers = 1;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_OFFLINE);
  rows = list (self);
  g_assert_cmpint (find (rows, entry)->state, ==, LIFT_WAITING_UNDER_WAY);
  g_assert_true (find (rows, entry)->under_way);
}

/* It may be on the server, but the answer does not say so. */
static void
test_unanswered (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (GPtrArray) rows = NULL;

  self->server->forget_in_answer = LIFT_ENTITY (entry)->id;
  sync_any (self);
  rows = list (self);
  g_assert_cmpint (find (rows, entry)->state, ==, LIFT_WAITING_RETRY);
  g_assert_true (find (rows, entry)->under_way);
  g_assert_cmpuint (find (rows, entry)->faults->len, ==, 1);
}

static void
test_refused (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) soon = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) never = sync_fixture_add_entry (self, 81);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) failed = NULL;
  LiftWaitingRow *row;
  LiftFault *fault;

  lift_test_server_refuse (self->server, LIFT_ENTITY (soon)->id, SYNC_REFUSAL, TRUE);
  lift_test_server_refuse (self->server, LIFT_ENTITY (never)->id, SYNC_REFUSAL, FALSE);
  sync_any (self);
  rows = list (self);
  row = find (rows, soon);
  g_assert_cmpint (row->state, ==, LIFT_WAITING_RETRY);
  g_assert_false (row->under_way);
  g_assert_cmpuint (row->retry_count, ==, 1);
  g_assert_cmpint (row->next_retry_at, ==,
                   lift_clock_get_time (LIFT_CLOCK (self->base.clock)) + 30 * G_TIME_SPAN_SECOND);
  fault = g_ptr_array_index (row->faults, 0);
  g_assert_cmpint (fault->code, ==, LIFT_FAULT_OUT_OF_RANGE);
  g_assert_cmpstr (fault->field, ==, "weight");
  g_assert_cmpint (find (rows, never)->state, ==, LIFT_WAITING_NEEDS_ATTENTION);
  failed = lift_sync_list_failed (self->base.store, NULL);
  g_assert_cmpuint (failed->len, ==, 2);
}

static void
test_held (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (LiftExercisePlan) part = store_fixture_add_exercise_plan (&self->base, plan);
  g_autoptr (GPtrArray) rows = NULL;

  lift_test_server_refuse (self->server, LIFT_ENTITY (plan)->id, SYNC_REFUSAL, TRUE);
  lift_test_server_refuse (self->server, LIFT_ENTITY (part)->id, missing, TRUE);
  sync_any (self);
  rows = list (self);
  g_assert_cmpint (find (rows, plan)->state, ==, LIFT_WAITING_RETRY);
  g_assert_cmpint (find (rows, part)->state, ==, LIFT_WAITING_HELD);
}

/* Whatever a server says of an error, the row is listed. */
static void
test_strange_faults (SyncFixture *self, gconstpointer data)
{
  static const char *const texts[] = {
    "", "nonsense", "{}", "[1,null,\"x\"]", "[]", "[{\"a\":1}]", "[{\"code\":5}]"
  };
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  lift_test_server_refuse (self->server, LIFT_ENTITY (entry)->id, SYNC_REFUSAL, FALSE);
  sync_any (self);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE failure SET faults = '%s'", texts[i]);
      g_autoptr (GPtrArray) rows = NULL;

      store_fixture_run_sql (&self->base, sql);
      rows = list (self);
      g_assert_cmpint (find (rows, entry)->state, ==, LIFT_WAITING_NEEDS_ATTENTION);
    }
}

static void
count_cb (LiftStore *store, LiftChanges *changes, gpointer user_data)
{
  guint *count = user_data;

  *count += lift_changes_has_type (changes, lift_registry_find ("BodyWeightEntry"));
}

static void
test_retry_is_told (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const LiftEntityInfo *info = lift_entity_get_info (LIFT_ENTITY (entry));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  guint told = 0;

  lift_test_server_refuse (self->server, LIFT_ENTITY (entry)->id, SYNC_REFUSAL, FALSE);
  sync_any (self);
  store_fixture_settle ();
  g_signal_connect (self->base.store, "changed", G_CALLBACK (count_cb), &told);
  g_assert_true (lift_sync_retry_now (self->base.store, info, LIFT_ENTITY (entry)->id, &error));
  g_assert_no_error (error);
  store_fixture_settle ();
  g_assert_cmpuint (told, ==, 1);
  rows = list (self);
  g_assert_cmpint (find (rows, entry)->state, ==, LIFT_WAITING_RETRY);
  g_assert_false (lift_sync_retry_now (self->base.store, info, "no-such-row", &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE);
  g_signal_handlers_disconnect_by_data (self->base.store, &told);
}

/* A month without a network. */
static void
test_ten_thousand (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Import");
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) failed = NULL;
  g_autofree char *text = NULL;
  gint64 begin;

  for (guint i = 0; i < 10000; i++)
    {
      g_autoptr (LiftBodyWeightEntry)
        entry = store_fixture_new (&self->base, LIFT_TYPE_BODY_WEIGHT_ENTRY);

      lift_entity_set (LIFT_ENTITY (entry), "athlete-id", self->base.athlete, "weight", 80.0,
                       "measurement-date", "2026-03-01", NULL);
      lift_batch_insert (batch, LIFT_ENTITY (entry));
    }
  inverse = store_fixture_commit (&self->base, batch);
  /* Every second one was refused, and a batch is under way. */
  store_fixture_run_sql (
    &self->base,
    "INSERT INTO failure (type, id, faults, retry_count, next_retry_at) "
    "SELECT 'BodyWeightEntry', id, '[{\"code\":\"OUT_OF_RANGE\",\"message\":\"no\"}]', 1, 5 "
    "FROM body_weight_entry WHERE rowid % 2 = 0;"
    "INSERT INTO flight (type, id, sent, body) "
    "SELECT 'BodyWeightEntry', id, '{}', '{}' FROM body_weight_entry WHERE rowid % 20 = 1;");
  begin = g_get_monotonic_time ();
  rows = list (self);
  g_test_message ("10,000 rows listed in %.1f ms", (g_get_monotonic_time () - begin) / 1000.0);
  g_assert_cmpuint (rows->len, ==, 10000);
  begin = g_get_monotonic_time ();
  failed = lift_sync_list_failed (self->base.store, NULL);
  g_test_message ("5,000 of them that were refused in %.1f ms",
                  (g_get_monotonic_time () - begin) / 1000.0);
  g_assert_cmpuint (failed->len, ==, 5000);
  begin = g_get_monotonic_time ();
  text = lift_sync_export_unsynced (self->base.store, NULL);
  g_test_message ("exported in %.1f ms, %.1f MB", (g_get_monotonic_time () - begin) / 1000.0,
                  strlen (text) / 1e6);
  g_assert_nonnull (text);
}

static GPtrArray *
list_values (SyncFixture *self, gpointer row)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *values = lift_sync_list_values (
    self->base.store, lift_entity_get_info (LIFT_ENTITY (row)), LIFT_ENTITY (row)->id, &error);

  g_assert_no_error (error);
  return values;
}

static void
assert_value (GPtrArray *values, guint i, const char *key, const char *before, const char *now)
{
  const LiftWaitingValue *value = g_ptr_array_index (values, i);

  g_assert_cmpstr (value->field->key, ==, key);
  g_assert_cmpstr (value->before, ==, before);
  g_assert_cmpstr (value->now, ==, now);
}

/* What was entered is told beside what the server has, and no longer than it waits. */
static void
test_values (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (GPtrArray) added = list_values (self, entry);
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GPtrArray) edited = NULL;
  gboolean found = FALSE;

  for (guint i = 0; i < added->len; i++)
    {
      const LiftWaitingValue *value = g_ptr_array_index (added, i);

      g_assert_null (value->before);
      g_assert_cmpstr (value->now, !=, "null");
      found |= g_str_equal (value->field->key, "weight") && g_str_equal (value->now, "80");
    }
  g_assert_true (found);
  sync_fixture_sync_well (self);
  sent = list_values (self, entry);
  g_assert_cmpuint (sent->len, ==, 0);
  sync_fixture_set_weight (self, entry, 82);
  sync_fixture_set_notes (self, entry, "after breakfast");
  edited = list_values (self, entry);
  g_assert_cmpuint (edited->len, ==, 2);
  assert_value (edited, 0, "weight", "80", "82");
  assert_value (edited, 1, "notes", "null", "\"after breakfast\"");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/waiting/nothing", test_nothing);
  SYNC_TEST ("/sync/waiting/added", test_added);
  SYNC_TEST ("/sync/waiting/edited", test_edited);
  SYNC_TEST ("/sync/waiting/deleted", test_deleted);
  SYNC_TEST ("/sync/waiting/values", test_values);
  SYNC_TEST ("/sync/waiting/under-way", test_under_way);
  SYNC_TEST ("/sync/waiting/unanswered", test_unanswered);
  SYNC_TEST ("/sync/waiting/refused", test_refused);
  SYNC_TEST ("/sync/waiting/held", test_held);
  SYNC_TEST ("/sync/waiting/strange-faults", test_strange_faults);
  SYNC_TEST ("/sync/waiting/retry-is-told", test_retry_is_told);
  SYNC_TEST ("/sync/waiting/ten-thousand", test_ten_thousand);
  return g_test_run ();
}
