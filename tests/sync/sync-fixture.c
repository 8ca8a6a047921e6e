/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-fixture.h"

#include <math.h>

#include "lift-json.h"
#include "lift-sync-manager-private.h"

static void
make_manager (SyncFixture *self)
{
  self->api = lift_api_new (LIFT_TRANSPORT (self->server));
  lift_api_set_tokens (self->api, "token", NULL);
  self->manager = lift_sync_manager_new (self->base.store, self->api, SYNC_DEVICE);
}

void
sync_fixture_set_up (SyncFixture *self, gconstpointer data)
{
  store_fixture_set_up (&self->base, data);
  self->server = lift_test_server_new ();
  make_manager (self);
  /* As if it had asked before; whether it does is for the tests of older copies. */
  self->manager->counted = TRUE;
}

/* A started manager counts in other threads, which let go of the store in their own time. */
static void
settle (SyncFixture *self)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  while ((g_atomic_int_get (&G_OBJECT (self->manager)->ref_count) > 1 ||
          g_atomic_int_get (&G_OBJECT (self->base.store)->ref_count) > 2) &&
         g_get_monotonic_time () < deadline)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

void
sync_fixture_tear_down (SyncFixture *self, gconstpointer data)
{
  settle (self);
  g_assert_finalize_object (self->manager);
  g_assert_finalize_object (self->api);
  g_assert_finalize_object (self->server);
  store_fixture_tear_down (&self->base, data);
}

void
sync_fixture_reopen (SyncFixture *self)
{
  settle (self);
  g_assert_finalize_object (self->manager);
  g_assert_finalize_object (self->api);
  store_fixture_reopen (&self->base);
  make_manager (self);
}

LiftSyncResult *
sync_fixture_sync (SyncFixture *self)
{
  g_autoptr (GError) error = NULL;
  LiftSyncResult *result = lift_sync_manager_sync_sync (self->manager, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  return result;
}

void
sync_fixture_sync_well (SyncFixture *self)
{
  g_autoptr (LiftSyncResult) result = sync_fixture_sync (self);

  g_assert_no_error (result->error);
  g_assert_true (lift_sync_result_is_success (result));
}

void
sync_fixture_sync_fails (SyncFixture *self, LiftRemoteError code)
{
  g_autoptr (LiftSyncResult) result = sync_fixture_sync (self);

  g_assert_error (result->error, LIFT_REMOTE_ERROR, (int) code);
}

LiftBodyWeightEntry *
sync_fixture_add_entry (SyncFixture *self, double weight)
{
  LiftBodyWeightEntry *entry = store_fixture_new (&self->base, LIFT_TYPE_BODY_WEIGHT_ENTRY);

  lift_entity_set (LIFT_ENTITY (entry), "athlete-id", self->base.athlete, "weight", weight,
                   "measurement-date", "2026-03-01", NULL);
  store_fixture_insert (&self->base, entry);
  return entry;
}

LiftBodyWeightEntry *
sync_fixture_load (SyncFixture *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  LiftEntity *entry = lift_store_get_sync (
    self->base.store, lift_entity_info_for_gtype (LIFT_TYPE_BODY_WEIGHT_ENTRY), id, &error);

  g_assert_no_error (error);
  return (LiftBodyWeightEntry *) entry;
}

void
sync_fixture_edit (SyncFixture *self, const char *id, const char *key, const char *text)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_load (self, id);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Edit");
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (GError) error = NULL;
  LiftField *field = lift_entity_info_find (lift_entity_get_info (LIFT_ENTITY (entry)), key);

  g_assert_cmpint (lift_field_scan (field, entry, text), ==, LIFT_FAULT_NONE);
  lift_batch_update (batch, LIFT_ENTITY (entry), (LiftFieldSet) 1 << field->index);
  inverse = lift_store_commit_sync (self->base.store, batch, &error);
  g_assert_no_error (error);
}

void
sync_fixture_set_weight (SyncFixture *self, LiftBodyWeightEntry *entry, double weight)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  sync_fixture_edit (self, LIFT_ENTITY (entry)->id, "weight",
                     g_ascii_dtostr (text, sizeof text, weight));
}

void
sync_fixture_set_notes (SyncFixture *self, LiftBodyWeightEntry *entry, const char *notes)
{
  sync_fixture_edit (self, LIFT_ENTITY (entry)->id, "notes", notes);
}

void
sync_fixture_put (SyncFixture *self, const char *id, const char *members)
{
  g_autofree char *json = g_strdup_printf (
    "{\"id\":\"%s\",\"athleteId\":\"%s\",\"updatedBy\":\"0190aaaa-0000-7000-8000-00000000000b\",%s}",
    id, self->base.athlete, members);

  lift_test_server_put (self->server, "BodyWeightEntry", json);
}

LiftStoreStatus
sync_fixture_get_status (SyncFixture *self)
{
  LiftStoreStatus status;
  g_autoptr (GError) error = NULL;

  lift_store_get_status_sync (self->base.store, &status, &error);
  g_assert_no_error (error);
  return status;
}

LiftFailedRow *
sync_fixture_get_failed (SyncFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = lift_sync_list_failed (self->base.store, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  return g_ptr_array_steal_index (rows, 0);
}

void
sync_fixture_assert_clean (SyncFixture *self, const char *id)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_load (self, id);

  g_assert_nonnull (entry);
  g_assert_cmpstr (LIFT_ENTITY (entry)->pending, ==, NULL);
  g_assert_cmpstr (LIFT_ENTITY (entry)->base, ==, NULL);
  g_assert_cmpint (LIFT_ENTITY (entry)->last_synced_at, !=, LIFT_INT_NULL);
}

void
sync_fixture_assert_pending (SyncFixture *self, const char *id, const char *key)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_load (self, id);
  g_autoptr (JsonObject) pending = NULL;

  g_assert_nonnull (entry);
  g_assert_nonnull (LIFT_ENTITY (entry)->pending);
  pending = lift_json_parse_object (LIFT_ENTITY (entry)->pending, -1, NULL);
  g_assert_true (json_object_has_member (pending, key));
  /* A new row notes its edits too, though all of it is pending. */
  g_assert_true (g_str_equal (key, "*") || json_object_get_size (pending) == 1);
}

double
sync_fixture_get_server_weight (SyncFixture *self, const char *id)
{
  JsonObject *row = lift_test_server_get (self->server, "BodyWeightEntry", id);

  return row != NULL ? json_object_get_double_member (row, "weight") : NAN;
}

void
sync_fixture_assert_waits (SyncFixture *self, guint count, gint64 seconds)
{
  LiftFailedRow *failed = sync_fixture_get_failed (self);
  gint64 now = lift_clock_get_time (LIFT_CLOCK (self->base.clock));

  g_assert_cmpuint (failed->retry_count, ==, count);
  if (seconds >= 0)
    g_assert_cmpint (failed->next_retry_at, ==, now + seconds * G_TIME_SPAN_SECOND);
  else
    g_assert_cmpint (failed->next_retry_at, ==, LIFT_INT_NULL);
  lift_failed_row_free (failed);
}

guint
sync_fixture_count_pushes (SyncFixture *self)
{
  return lift_test_server_count_requests (self->server, "push");
}
