/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-json.h"
#include "lift-store-schema.h"
#include "lift-test-comment.h"
#include "sync-fixture.h"

/* What becomes of the server's rows on their way into the store. */

#define ID "0190aaaa-0000-7000-8000-0000000000%02u"
#define OTHER_USER "0190aaaa-0000-7000-8000-00000000000b"

static char *
put_new (SyncFixture *self, guint number, double weight)
{
  char *id = g_strdup_printf (ID, number);
  g_autofree char *members = g_strdup_printf (
    "\"weight\":%g,\"measurementDate\":\"2026-03-01\",\"createdAt\":\"2026-03-01T10:00:00Z\"",
    weight);

  sync_fixture_put (self, id, members);
  return id;
}

static void
test_clean_takes (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = put_new (self, 1, 80);
  g_autoptr (LiftBodyWeightEntry) entry = NULL;
  g_autoptr (LiftBodyWeightEntry) after = NULL;

  sync_fixture_sync_well (self);
  entry = sync_fixture_load (self, id);
  g_assert_cmpfloat (entry->weight, ==, 80);
  sync_fixture_assert_clean (self, id);
  sync_fixture_put (self, id, "\"weight\":81,\"notes\":\"after lunch\"");
  sync_fixture_sync_well (self);
  after = sync_fixture_load (self, id);
  g_assert_cmpfloat (after->weight, ==, 81);
  g_assert_cmpstr (after->notes, ==, "after lunch");
  g_assert_cmpint (LIFT_ENTITY (after)->version, ==, 2);
  sync_fixture_assert_clean (self, id);
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "push"), ==, 0);
}

static void
test_dirty_wins (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = put_new (self, 1, 80);
  g_autoptr (LiftBodyWeightEntry) entry = NULL;
  g_autoptr (LiftBodyWeightEntry) after = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  LiftConflict *conflict;

  sync_fixture_sync_well (self);
  entry = sync_fixture_load (self, id);
  sync_fixture_set_weight (self, entry, 85);
  sync_fixture_put (self, id, "\"weight\":79,\"notes\":\"theirs\"");
  sync_fixture_sync_well (self);
  after = sync_fixture_load (self, id);
  g_assert_cmpfloat (after->weight, ==, 85);
  g_assert_cmpstr (after->notes, ==, "theirs");
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 85);
  sync_fixture_assert_clean (self, id);
  conflicts = lift_sync_list_conflicts (self->base.store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (conflict->field, ==, "weight");
  g_assert_cmpstr (conflict->mine, ==, "85");
  g_assert_cmpstr (conflict->theirs, ==, "79");
  g_assert_cmpstr (conflict->by, ==, OTHER_USER);
  g_assert_cmpint (conflict->version, ==, 2);

  g_assert_true (lift_sync_restore_conflict (self->base.store, conflict->number, NULL));
  sync_fixture_assert_pending (self, id, "weight");
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 79);
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
  g_assert_false (lift_sync_restore_conflict (self->base.store, conflict->number, NULL));
}

static void
test_dismiss (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = put_new (self, 1, 80);
  g_autoptr (LiftBodyWeightEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  sync_fixture_sync_well (self);
  entry = sync_fixture_load (self, id);
  sync_fixture_set_weight (self, entry, 85);
  sync_fixture_put (self, id, "\"weight\":79");
  sync_fixture_sync_well (self);
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 1);
  g_assert_true (lift_sync_dismiss_conflict (self->base.store, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
  g_assert_false (lift_sync_dismiss_conflict (self->base.store, 99, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE);
}

/* Both sides wrote the same: no conflict, and nothing is left to send. */
static void
test_same_value (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = put_new (self, 1, 80);
  g_autoptr (LiftBodyWeightEntry) entry = NULL;

  sync_fixture_sync_well (self);
  entry = sync_fixture_load (self, id);
  sync_fixture_set_weight (self, entry, 85);
  sync_fixture_put (self, id, "\"weight\":85");
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, id);
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "push"), ==, 0);
}

static void
test_deleted_clean (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = put_new (self, 1, 80);
  g_autoptr (LiftBodyWeightEntry) after = NULL;

  sync_fixture_sync_well (self);
  sync_fixture_put (self, id, "\"deletedAt\":\"2026-03-01T11:00:00Z\"");
  sync_fixture_sync_well (self);
  after = sync_fixture_load (self, id);
  g_assert_true (lift_entity_is_deleted (LIFT_ENTITY (after)));
  sync_fixture_assert_clean (self, id);
}

static void
test_deleted_dirty (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = put_new (self, 1, 80);
  g_autoptr (LiftBodyWeightEntry) entry = NULL;
  g_autoptr (LiftBodyWeightEntry) after = NULL;

  sync_fixture_sync_well (self);
  entry = sync_fixture_load (self, id);
  sync_fixture_set_weight (self, entry, 85);
  sync_fixture_put (self, id, "\"deletedAt\":\"2026-03-01T11:00:00Z\"");
  self->server->fail_push = 500;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_SERVER);
  after = sync_fixture_load (self, id);
  g_assert_false (lift_entity_is_deleted (LIFT_ENTITY (after)));
  sync_fixture_assert_pending (self, id, "weight");
  self->server->fail_push = 0;
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, id);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 85);
  g_assert_true (json_object_get_null_member (
    lift_test_server_get (self->server, "BodyWeightEntry", id), "deletedAt"));
}

static void
test_missing_keys (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = put_new (self, 1, 80);
  g_autoptr (LiftBodyWeightEntry) entry = NULL;
  g_autoptr (LiftBodyWeightEntry) after = NULL;
  g_autofree char *page = g_strdup_printf (
    "{\"changesByType\":{\"BodyWeightEntry\":[{\"id\":\"%s\",\"weight\":82,\"mood\":\"good\"}]},"
    "\"cursor\":\"1:1\",\"hasMore\":false}",
    id);
  JsonObject *row;

  sync_fixture_put (self, id, "\"notes\":\"kept\",\"sleepHours\":7.5");
  sync_fixture_sync_well (self);
  lift_test_server_script (self->server, "pull", 200, "application/json", page);
  sync_fixture_sync_well (self);
  after = sync_fixture_load (self, id);
  g_assert_cmpfloat (after->weight, ==, 82);
  g_assert_cmpstr (after->notes, ==, "kept");
  /* What this version does not know is kept, and goes back with the next push. */
  sync_fixture_set_notes (self, after, "edited");
  sync_fixture_sync_well (self);
  entry = sync_fixture_load (self, id);
  row = lift_json_parse_object (LIFT_ENTITY (entry)->extra, -1, NULL);
  g_assert_cmpstr (lift_json_get_string (row, "mood"), ==, "good");
  g_assert_cmpfloat (json_object_get_double_member (row, "sleepHours"), ==, 7.5);
  json_object_unref (row);
  g_assert_nonnull (strstr (lift_test_server_get_request (self->server, "push", 0), "sleepHours"));
}

static void
test_pages (SyncFixture *self, gconstpointer data)
{
  g_autofree char *last = NULL;
  gint64 entries;

  for (guint i = 0; i < 20; i++)
    {
      g_free (last);
      last = put_new (self, i, 80 + i);
    }
  self->server->page = 3;
  sync_fixture_sync_well (self);
  entries = store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry");
  g_assert_cmpint (entries, ==, 20);
  sync_fixture_assert_clean (self, last);
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "pull"), ==, 7);
}

/* A page and its cursor stand or fall together: what breaks in the midst goes on from there. */
static void
test_pages_cut_short (SyncFixture *self, gconstpointer data)
{
  gint64 entries;
  g_autofree char *cursor = NULL;

  for (guint i = 0; i < 10; i++)
    g_free (put_new (self, i, 80 + i));
  self->server->page = 3;
  lift_test_server_script (self->server, "pull", 200, "application/json",
                           "{\"changesByType\":{},\"cursor\":\"1:3\",\"hasMore\":true}");
  lift_test_server_script (self->server, "pull", 500, "text/plain", "oh");
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_SERVER);
  g_assert_cmpint (
    store_fixture_get_int (&self->base,
                           "SELECT count (*) FROM fact WHERE name = 'cursor' AND value = '1:3'"),
    ==, 1);
  sync_fixture_reopen (self);
  sync_fixture_sync_well (self);
  g_assert_nonnull (lift_test_server_get_request (self->server, "pull?cursor=1:3&", 0));
  entries = store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry");
  g_assert_cmpint (entries, ==, 7);
}

/* The store takes nothing of a page that it cannot take whole, and the cursor stays. */
static void
test_page_not_stored (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftSyncResult) result = NULL;
  gint64 cursors;

  g_free (put_new (self, 1, 80));
  g_free (put_new (self, 2, 666));
  store_fixture_run_sql (&self->base,
                         "CREATE TRIGGER full_disk BEFORE INSERT ON body_weight_entry "
                         "WHEN NEW.weight = 666 BEGIN SELECT abs (-9223372036854775807 - 1); END");
  result = sync_fixture_sync (self);
  g_assert_nonnull (result->error);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 0);
  cursors = store_fixture_get_int (&self->base, "SELECT count (*) FROM fact WHERE name = 'cursor'");
  g_assert_cmpint (cursors, ==, 0);
  store_fixture_run_sql (&self->base, "DROP TRIGGER full_disk");
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 2);
}

/* One row that the tables do not take is set aside, and holds nothing up. */
static void
test_refused_by_tables (SyncFixture *self, gconstpointer data)
{
  g_autofree char *good = put_new (self, 1, 80);

  g_free (put_new (self, 2, 666));
  store_fixture_run_sql (&self->base,
                         "CREATE TRIGGER refuse BEFORE INSERT ON body_weight_entry "
                         "WHEN NEW.weight = 666 BEGIN SELECT RAISE (ABORT, 'no'); END");
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, good);
  g_assert_cmpuint (sync_fixture_get_status (self).parked, ==, 1);
  store_fixture_run_sql (&self->base, "DROP TRIGGER refuse");
  /* It is not looked at with every sync, but by every process. */
  sync_fixture_sync_well (self);
  g_assert_cmpuint (sync_fixture_get_status (self).parked, ==, 1);
  sync_fixture_reopen (self);
  sync_fixture_sync_well (self);
  g_assert_cmpuint (sync_fixture_get_status (self).parked, ==, 0);
}

static void
test_unreadable_row (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = put_new (self, 1, 80);
  g_autofree char *good = put_new (self, 2, 81);
  g_autoptr (LiftBodyWeightEntry) entry = NULL;

  sync_fixture_put (self, id, "\"weight\":\"heavy\"");
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, good);
  g_assert_cmpuint (sync_fixture_get_status (self).parked, ==, 1);
  g_assert_null (sync_fixture_load (self, id));
  sync_fixture_put (self, id, "\"weight\":82");
  sync_fixture_sync_well (self);
  g_assert_cmpuint (sync_fixture_get_status (self).parked, ==, 0);
  entry = sync_fixture_load (self, id);
  g_assert_cmpfloat (entry->weight, ==, 82);
}

/* Last in the program, for a type that was added stays. */
static void
test_unknown_type (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = g_strdup_printf (ID, 77);
  g_autofree char *json = g_strdup_printf (
    "{\"id\":\"%s\",\"athleteId\":\"%s\",\"text\":\"well done\",\"stars\":5}", id,
    self->base.athlete);
  g_autoptr (LiftEntity) comment = NULL;

  lift_test_server_put (self->server, "Comment", json);
  sync_fixture_sync_well (self);
  g_assert_cmpuint (sync_fixture_get_status (self).parked, ==, 1);
  sync_fixture_sync_well (self);
  g_assert_cmpuint (sync_fixture_get_status (self).parked, ==, 1);

  /* The version after this one. */
  lift_registry_add (LIFT_TYPE_TEST_COMMENT);
  lift_store_add_migration (LIFT_TEST_COMMENT_SQL);
  sync_fixture_reopen (self);
  sync_fixture_sync_well (self);
  g_assert_cmpuint (sync_fixture_get_status (self).parked, ==, 0);
  comment = lift_store_get_sync (self->base.store, lift_registry_find ("Comment"), id, NULL);
  g_assert_nonnull (comment);
  g_assert_cmpstr (LIFT_TEST_COMMENT (comment)->text, ==, "well done");
  g_assert_cmpint (LIFT_TEST_COMMENT (comment)->stars, ==, 5);
}

/* A field that the version before this one did not know. */
static void
test_unknown_field (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = put_new (self, 1, 80);
  g_autofree char *edited = put_new (self, 2, 81);
  g_autoptr (LiftBodyWeightEntry) entry = NULL;
  g_autoptr (LiftBodyWeightEntry) after = NULL;
  g_autoptr (LiftBodyWeightEntry) other = NULL;

  sync_fixture_sync_well (self);
  entry = sync_fixture_load (self, edited);
  sync_fixture_set_notes (self, entry, "mine");
  store_fixture_run_sql (&self->base, "UPDATE body_weight_entry SET extra = "
                                      "'{\"notes\":\"from the future\",\"mood\":1}'");
  store_fixture_run_sql (&self->base, "DELETE FROM fact WHERE name = 'fields'");
  sync_fixture_reopen (self);
  sync_fixture_sync_well (self);
  after = sync_fixture_load (self, id);
  g_assert_cmpstr (after->notes, ==, "from the future");
  g_assert_cmpstr (LIFT_ENTITY (after)->extra, ==, "{\"mood\":1}");
  other = sync_fixture_load (self, edited);
  g_assert_cmpstr (other->notes, ==, "mine");
}

static void
test_child_before_parent (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (&self->base, LIFT_TYPE_TRAINING_PLAN);
  g_autofree char *child = g_strdup_printf (
    "{\"id\":\"" ID "\",\"athleteId\":\"%s\",\"trainingPlanId\":\"%s\",\"orderIndex\":1}", 50u,
    self->base.athlete, LIFT_ENTITY (plan)->id);
  g_autofree char *parent = g_strdup_printf (
    "{\"id\":\"%s\",\"athleteId\":\"%s\",\"name\":\"Day 1\",\"date\":\"2026-03-02\"}",
    LIFT_ENTITY (plan)->id, self->base.athlete);

  lift_test_server_put (self->server, "ExercisePlan", child);
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM exercise_plan"), ==,
                   1);
  lift_test_server_put (self->server, "TrainingPlan", parent);
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM training_plan"), ==,
                   1);
}

/* What comes back of our own push is no news. */
static void
test_echo (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftSyncResult) result = NULL;

  sync_fixture_sync_well (self);
  result = sync_fixture_sync (self);
  g_assert_cmpuint (result->pulled, ==, 0);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
}

static void
test_captive_portal (SyncFixture *self, gconstpointer data)
{
  static const char portal[] = "<html><body>Sign in to CafeNet</body></html>";

  lift_test_server_script (self->server, "pull", 200, "text/html", portal);
  lift_test_server_script (self->server, "push", 200, "text/html", portal);
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_NOT_OURS);
  g_assert_cmpint (
    store_fixture_get_int (&self->base, "SELECT count (*) FROM fact WHERE name = 'cursor'"), ==, 0);
  sync_fixture_sync_well (self);
}

static void
test_nothing_new (SyncFixture *self, gconstpointer data)
{
  gint64 start;

  sync_fixture_sync_well (self);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 100; i++)
    sync_fixture_sync_well (self);
  g_test_minimized_result ((g_get_monotonic_time () - start) / 1e8, "nothing new: %.2f ms",
                           (g_get_monotonic_time () - start) / 1e5);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/pull/clean-takes", test_clean_takes);
  SYNC_TEST ("/sync/pull/dirty-wins", test_dirty_wins);
  SYNC_TEST ("/sync/pull/dismiss", test_dismiss);
  SYNC_TEST ("/sync/pull/same-value", test_same_value);
  SYNC_TEST ("/sync/pull/deleted-clean", test_deleted_clean);
  SYNC_TEST ("/sync/pull/deleted-dirty", test_deleted_dirty);
  SYNC_TEST ("/sync/pull/missing-keys", test_missing_keys);
  SYNC_TEST ("/sync/pull/pages", test_pages);
  SYNC_TEST ("/sync/pull/pages-cut-short", test_pages_cut_short);
  SYNC_TEST ("/sync/pull/page-not-stored", test_page_not_stored);
  SYNC_TEST ("/sync/pull/refused-by-tables", test_refused_by_tables);
  SYNC_TEST ("/sync/pull/unreadable-row", test_unreadable_row);
  SYNC_TEST ("/sync/pull/unknown-field", test_unknown_field);
  SYNC_TEST ("/sync/pull/child-before-parent", test_child_before_parent);
  SYNC_TEST ("/sync/pull/echo", test_echo);
  SYNC_TEST ("/sync/pull/captive-portal", test_captive_portal);
  SYNC_TEST ("/sync/pull/nothing-new", test_nothing_new);
  SYNC_TEST ("/sync/pull/unknown-type", test_unknown_type);
  return g_test_run ();
}
