/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-json.h"
#include "sync-fixture.h"

/* Servers that begin anew, take access away, or know the [base] protocol alone. */

#define ID "0190aaaa-0000-7000-8000-0000000000%02u"

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
remove_from_server (SyncFixture *self, guint index)
{
  g_ptr_array_remove_index (self->server->rows, index);
}

static void
test_resync (SyncFixture *self, gconstpointer data)
{
  g_autofree char *clean = put_new (self, 1, 80);
  g_autofree char *dirty = put_new (self, 2, 81);
  g_autofree char *stays = put_new (self, 3, 82);
  g_autoptr (LiftBodyWeightEntry) edited = NULL;
  gint64 exercises = store_fixture_get_int (&self->base, "SELECT count (*) FROM exercise");

  sync_fixture_sync_well (self);
  edited = sync_fixture_load (self, dirty);
  sync_fixture_set_weight (self, edited, 99);
  remove_from_server (self, 1);
  remove_from_server (self, 0);
  self->server->epoch++;
  self->server->page = 1;
  sync_fixture_sync_well (self);
  g_assert_null (sync_fixture_load (self, clean));
  sync_fixture_assert_clean (self, stays);
  sync_fixture_assert_clean (self, dirty);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, dirty), ==, 99);
  /* The catalogue came with the program: the server need not have it. */
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM exercise"), ==,
                   exercises);
  g_assert_cmpint (
    store_fixture_get_int (&self->base, "SELECT count (*) FROM fact WHERE name = 'resync'"), ==, 0);
}

/* Cut short, a resync drops nothing, and begins anew. */
static void
test_resync_cut_short (SyncFixture *self, gconstpointer data)
{
  g_autofree char *one = put_new (self, 1, 80);
  g_autofree char *two = put_new (self, 2, 81);
  g_autofree char *gone = put_new (self, 3, 82);

  sync_fixture_sync_well (self);
  remove_from_server (self, 2);
  self->server->epoch++;
  lift_test_server_script (self->server, "pull", 410, "application/problem+json",
                           "{\"code\":\"RESYNC\"}");
  lift_test_server_script (self->server, "pull", 200, "application/json",
                           "{\"changesByType\":{},\"cursor\":\"2:1\",\"hasMore\":true}");
  lift_test_server_script (self->server, "pull", 503, "text/plain", "oh");
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_SERVER);
  sync_fixture_assert_clean (self, gone);
  sync_fixture_reopen (self);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, one);
  sync_fixture_assert_clean (self, two);
  g_assert_null (sync_fixture_load (self, gone));
}

/* The server comes back from a backup that is older than what it had acknowledged. */
static void
test_restored_server (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) edited = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) missing = NULL;
  g_autofree char *others = put_new (self, 1, 70);
  const char *id = LIFT_ENTITY (edited)->id;
  JsonObject *row;
  g_autofree char *backup_time = NULL;

  sync_fixture_sync_well (self);
  row = lift_test_server_get (self->server, "BodyWeightEntry", id);
  backup_time = g_strdup (lift_json_get_string (row, "updatedAt"));
  /* After the backup: */
  sync_fixture_set_weight (self, edited, 85);
  missing = sync_fixture_add_entry (self, 90);
  sync_fixture_sync_well (self);

  json_object_set_double_member (row, "weight", 80);
  json_object_set_int_member (row, "version", 1);
  json_object_set_string_member (row, "updatedAt", backup_time);
  remove_from_server (self, self->server->rows->len - 1);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 2);
  self->server->last_mutation = 1;
  self->server->epoch++;
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 85);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (missing)->id), ==, 90);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, others), ==, 70);
  sync_fixture_assert_clean (self, id);
  sync_fixture_assert_clean (self, LIFT_ENTITY (missing)->id);
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
}

/* The same without a new epoch: the push is what finds out. */
static void
test_restored_unseen (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) kept = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) missing = NULL;

  sync_fixture_sync_well (self);
  missing = sync_fixture_add_entry (self, 90);
  sync_fixture_sync_well (self);
  remove_from_server (self, 1);
  self->server->last_mutation = 1;
  sync_fixture_set_weight (self, kept, 81);
  sync_fixture_sync_well (self);
  sync_fixture_sync_well (self);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 2);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (kept)->id), ==, 81);
  sync_fixture_assert_clean (self, LIFT_ENTITY (kept)->id);
  sync_fixture_assert_clean (self, LIFT_ENTITY (missing)->id);
}

/* Until it is known whether the server has forgotten something, nothing is pulled over what may be
 * all that is left. */
static void
begin_restored (SyncFixture *self)
{
  g_autoptr (LiftBodyWeightEntry) kept = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) missing = sync_fixture_add_entry (self, 90);

  sync_fixture_sync_well (self);
  remove_from_server (self, 1);
  self->server->last_mutation = 1;
  self->server->epoch++;
}

static void
assert_restored (SyncFixture *self)
{
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 2);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 2);
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 0);
}

static void
test_restored_not_asked (SyncFixture *self, gconstpointer data)
{
  begin_restored (self);
  self->server->fail_push = 503;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_SERVER);
  self->server->fail_push = 0;
  sync_fixture_sync_well (self);
  assert_restored (self);
}

/* The pull failed and the push did not: there is no position yet that a new epoch would show in. */
static void
test_restored_before_the_first_pull (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  self->server->fail_pull = 503;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_SERVER);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  remove_from_server (self, 0);
  self->server->last_mutation = 0;
  self->server->fail_pull = 0;
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 80);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
}

static void
test_restored_by_a_portal (SyncFixture *self, gconstpointer data)
{
  begin_restored (self);
  lift_test_server_script (self->server, "push", 200, "text/html", "<html>Welcome</html>");
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_NOT_OURS);
  sync_fixture_sync_well (self);
  assert_restored (self);
}

static void
test_revoked (SyncFixture *self, gconstpointer data)
{
  g_autofree char *clean = put_new (self, 1, 80);
  g_autofree char *dirty = put_new (self, 2, 81);
  g_autoptr (LiftBodyWeightEntry) edited = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  LiftConflict *conflict;

  sync_fixture_sync_well (self);
  edited = sync_fixture_load (self, dirty);
  sync_fixture_set_weight (self, edited, 99);
  self->server->revoked = g_strdup_printf ("\"%s\"", self->base.athlete);
  sync_fixture_sync_well (self);
  g_assert_null (sync_fixture_load (self, clean));
  g_assert_null (sync_fixture_load (self, dirty));
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "push"), ==, 0);
  conflicts = lift_sync_list_conflicts (self->base.store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (conflict->id, ==, dirty);
  g_assert_cmpstr (conflict->field, ==, "*");
  g_assert_nonnull (strstr (conflict->mine, "\"weight\":99"));
  /* Should the access come back, so can the row. */
  g_clear_pointer (&self->server->revoked, g_free);
  g_assert_true (lift_sync_restore_conflict (self->base.store, conflict->number, NULL));
  sync_fixture_assert_pending (self, dirty, "*");
}

static void
test_base_server (SyncFixture *self, gconstpointer data)
{
  g_autofree char *last = NULL;
  g_autoptr (LiftBodyWeightEntry) entry = NULL;

  self->server->is_base = TRUE;
  self->server->page = 4;
  for (guint i = 0; i < 11; i++)
    {
      g_free (last);
      last = put_new (self, i, 80 + i);
    }
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 11);
  /* 12 s after the first row, less 60. */
  g_assert_cmpint (
    store_fixture_get_int (&self->base,
                           "SELECT count (*) FROM fact WHERE name = 'since' AND value = "
                           "'2026-03-01T11:59:12Z' OR value = '2026-03-01T11:59:12.000000Z'"),
    ==, 1);
  entry = sync_fixture_load (self, last);
  sync_fixture_set_weight (self, entry, 120);
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, last);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, last), ==, 120);
}

/* Rows that share an instant, cut by a page. */
static void
test_base_ties (SyncFixture *self, gconstpointer data)
{
  self->server->is_base = TRUE;
  self->server->page = 4;
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *id = put_new (self, i, 80 + i);

      if (i >= 3 && i < 5)
        sync_fixture_put (self, id, "\"updatedAt\":\"2026-03-01T12:00:04Z\"");
    }
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 6);
}

static void
put_tie (SyncFixture *self, guint number)
{
  g_autofree char *id = put_new (self, number, 80 + number);

  sync_fixture_put (self, id, "\"updatedAt\":\"2026-03-01T12:00:04Z\"");
}

static void
assert_stuck (SyncFixture *self)
{
  g_autoptr (LiftSyncResult) result = sync_fixture_sync (self);

  g_assert_error (result->error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SERVER);
  g_assert_nonnull (strstr (result->error->message, "rows of BodyWeightEntry:"));
  g_assert_cmpint (
    store_fixture_get_int (&self->base, "SELECT count (*) FROM fact WHERE name LIKE 'since%'"), ==,
    0);
}

/* More rows of one instant than a page holds: that is told, all else comes, and nothing goes on
 * behind them. */
static void
test_base_stuck (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) mine = sync_fixture_add_entry (self, 70);

  self->server->is_base = TRUE;
  self->server->page = 4;
  for (guint i = 0; i < 6; i++)
    put_tie (self, i);
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *plan = g_strdup_printf ("{\"id\":\"" ID "\",\"name\":\"Light\"}", 20 + i);

      lift_test_server_put (self->server, "TrainingPlan", plan);
    }
  assert_stuck (self);
  assert_stuck (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM training_plan"), ==,
                   9);
  sync_fixture_assert_clean (self, LIFT_ENTITY (mine)->id);
  self->server->page = 7;
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 7);
}

/* The page is as small as this device asked for. */
static void
test_base_greater_page (SyncFixture *self, gconstpointer data)
{
  self->server->is_base = TRUE;
  self->server->page = 500;
  store_fixture_run_sql (&self->base, "INSERT INTO fact (name, value) VALUES ('pull-rows', '3')");
  for (guint i = 0; i < 6; i++)
    put_tie (self, i);
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 6);
}

/* A page that says there is more, and not from where on. */
static void
test_base_without_instants (SyncFixture *self, gconstpointer data)
{
  static const char page[] = "{\"changesByType\":{},\"syncTimestamp\":\"2026-03-01T12:00:30Z\","
                             "\"stats\":{\"BodyWeightEntry\":{\"hasMore\":true}}}";

  self->server->is_base = TRUE;
  self->server->page = 4;
  g_free (put_new (self, 1, 80));
  lift_test_server_script (self->server, "pull", 200, "application/json", page);
  lift_test_server_script (self->server, "pull", 200, "application/json", page);
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_SERVER);
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 1);
}

/* What is pushed at once may get one instant, and has to fit on a page of those who pull it. */
static void
test_base_small_batches (SyncFixture *self, gconstpointer data)
{
  self->server->is_base = TRUE;
  self->server->page = 100;
  self->server->max_rows = 99;
  for (guint i = 0; i < 230; i++)
    g_object_unref (sync_fixture_add_entry (self, 60));
  sync_fixture_sync_well (self);
  g_assert_cmpuint (sync_fixture_count_pushes (self), ==, 3);
}

static void
test_base_cut_short (SyncFixture *self, gconstpointer data)
{
  self->server->is_base = TRUE;
  self->server->page = 4;
  for (guint i = 0; i < 11; i++)
    g_free (put_new (self, i, 80 + i));
  lift_test_server_script (
    self->server, "pull", 200, "application/json",
    "{\"changesByType\":{\"BodyWeightEntry\":[{\"id\":\"0190aaaa-0000-7000-8000-000000000000\","
    "\"weight\":80,\"updatedAt\":\"2026-03-01T12:00:01Z\"}]},\"syncTimestamp\":"
    "\"2026-03-01T12:00:30Z\",\"stats\":{\"BodyWeightEntry\":{\"hasMore\":true}}}");
  lift_test_server_script (self->server, "pull", 500, "text/plain", "oh");
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_SERVER);
  sync_fixture_reopen (self);
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 11);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM fact WHERE name "
                                                       "LIKE 'since%' AND name <> 'since'"),
                   ==, 0);
}

static void
test_base_learns_cursors (SyncFixture *self, gconstpointer data)
{
  g_free (put_new (self, 1, 80));
  self->server->is_base = TRUE;
  sync_fixture_sync_well (self);
  g_free (put_new (self, 2, 81));
  self->server->is_base = FALSE;
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 2);
  g_assert_cmpint (
    store_fixture_get_int (&self->base, "SELECT count (*) FROM fact WHERE name LIKE 'since%'"), ==,
    0);
  /* And back. */
  self->server->is_base = TRUE;
  g_free (put_new (self, 3, 82));
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/resync/resync", test_resync);
  SYNC_TEST ("/sync/resync/resync-cut-short", test_resync_cut_short);
  SYNC_TEST ("/sync/resync/restored-server", test_restored_server);
  SYNC_TEST ("/sync/resync/restored-unseen", test_restored_unseen);
  SYNC_TEST ("/sync/resync/restored-not-asked", test_restored_not_asked);
  SYNC_TEST ("/sync/resync/restored-by-a-portal", test_restored_by_a_portal);
  SYNC_TEST ("/sync/resync/restored-before-the-first-pull", test_restored_before_the_first_pull);
  SYNC_TEST ("/sync/resync/revoked", test_revoked);
  SYNC_TEST ("/sync/resync/base-server", test_base_server);
  SYNC_TEST ("/sync/resync/base-ties", test_base_ties);
  SYNC_TEST ("/sync/resync/base-stuck", test_base_stuck);
  SYNC_TEST ("/sync/resync/base-greater-page", test_base_greater_page);
  SYNC_TEST ("/sync/resync/base-without-instants", test_base_without_instants);
  SYNC_TEST ("/sync/resync/base-small-batches", test_base_small_batches);
  SYNC_TEST ("/sync/resync/base-cut-short", test_base_cut_short);
  SYNC_TEST ("/sync/resync/base-learns-cursors", test_base_learns_cursors);
  return g_test_run ();
}
