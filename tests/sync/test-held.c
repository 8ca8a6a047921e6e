/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discard-fixture.h"
#include "lift-json.h"

/* A server that does not know the field `source`, and learns of it later: what is here stays, is not
 * sent for ever, and is sent in the end. */

static void
assert_held (SyncFixture *self, const char *id, const char *source, const char *held)
{
  g_autoptr (LiftBodyWeightEntry) row = sync_fixture_load (self, id);

  sync_fixture_assert_clean (self, id);
  g_assert_cmpstr (row->source, ==, source);
  g_assert_cmpstr (LIFT_ENTITY (row)->held, ==, held);
}

#define LEFT_ASIDE "{\"source\":true}"

static char *
add_held (SyncFixture *self)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  char *id = g_strdup (LIFT_ENTITY (entry)->id);

  self->server->unknown = "source";
  sync_fixture_edit (self, id, "source", "scale");
  sync_fixture_sync_well (self);
  sync_fixture_sync_well (self);
  assert_held (self, id, "scale", LEFT_ASIDE);
  g_assert_cmpuint (sync_fixture_count_pushes (self), ==, 1);
  return id;
}

static const char *
get_source (SyncFixture *self, const char *id)
{
  JsonObject *row = lift_test_server_get (self->server, "BodyWeightEntry", id);

  return lift_json_get_string (row, "source");
}

/* The server is updated, and shows the row when somebody has changed it. */
static void
learn (SyncFixture *self, const char *id)
{
  self->server->unknown = NULL;
  sync_fixture_put (self, id, "\"source\":null,\"notes\":\"by another\"");
  sync_fixture_sync_well (self);
}

static void
assert_sent (SyncFixture *self, const char *id, const char *source)
{
  /* What became of it may show with the next pull only. */
  sync_fixture_sync_well (self);
  assert_held (self, id, source, NULL);
  g_assert_cmpstr (get_source (self, id), ==, source);
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
}

static void
test_learnt (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = add_held (self);

  sync_fixture_reopen (self);
  sync_fixture_edit (self, id, "notes", "mine");
  sync_fixture_sync_well (self);
  sync_fixture_sync_well (self);
  assert_held (self, id, "scale", LEFT_ASIDE);
  learn (self, id);
  assert_sent (self, id, "scale");
}

static void
test_learnt_by_a_base_server (SyncFixture *self, gconstpointer data)
{
  self->server->is_base = TRUE;
  self->server->page = 4;
  self->server->partial = data != NULL;
  test_learnt (self, data);
}

/* The answer to a push is what shows it. */
static void
test_learnt_from_an_answer (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = add_held (self);
  JsonObject *row = lift_test_server_get (self->server, "BodyWeightEntry", id);

  self->server->unknown = NULL;
  json_object_set_null_member (row, "source");
  sync_fixture_edit (self, id, "notes", "mine");
  sync_fixture_sync_well (self);
  assert_sent (self, id, "scale");
}

static void
test_edited (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = add_held (self);

  sync_fixture_edit (self, id, "source", "tape");
  sync_fixture_sync_well (self);
  assert_held (self, id, "tape", LEFT_ASIDE);
  sync_fixture_edit (self, id, "source", "null");
  sync_fixture_sync_well (self);
  assert_held (self, id, "null", LEFT_ASIDE);
  learn (self, id);
  assert_sent (self, id, "null");
}

/* A discard goes back to what had been taken, and the discard of that to what was discarded. */
static void
test_discarded (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = add_held (self);
  g_autoptr (LiftBodyWeightEntry) row = sync_fixture_load (self, id);
  gint64 entry;

  sync_fixture_edit (self, id, "source", "tape");
  entry = sync_discard_do (self, row);
  assert_held (self, id, "scale", LEFT_ASIDE);
  lift_sync_restore_conflict (self->base.store, entry, NULL);
  sync_fixture_assert_pending (self, id, "source");
  sync_fixture_sync_well (self);
  assert_held (self, id, "tape", LEFT_ASIDE);
  learn (self, id);
  assert_sent (self, id, "tape");
}

static void
test_pulled_anew (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = add_held (self);

  self->server->epoch++;
  sync_fixture_sync_well (self);
  assert_held (self, id, "scale", LEFT_ASIDE);
  self->server->epoch++;
  learn (self, id);
  assert_sent (self, id, "scale");
}

/* Nobody brings a deleted row back for the sake of a field; who brings it back has the field. */
static void
test_deleted (SyncFixture *self, gconstpointer data)
{
  g_autofree char *id = add_held (self);

  sync_fixture_put (self, id, "\"deletedAt\":\"2026-03-01T11:00:00Z\"");
  sync_fixture_sync_well (self);
  learn (self, id);
  assert_held (self, id, "scale", LEFT_ASIDE);
  g_assert_cmpuint (sync_fixture_count_pushes (self), ==, 1);
  sync_fixture_put (self, id, "\"deletedAt\":null");
  sync_fixture_sync_well (self);
  assert_sent (self, id, "scale");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/held/learnt", test_learnt);
  SYNC_TEST ("/sync/held/learnt-by-a-base-server", test_learnt_by_a_base_server);
  g_test_add ("/sync/held/learnt-by-a-base-server-of-partial-answers", SyncFixture, "partial",
              sync_fixture_set_up, test_learnt_by_a_base_server, sync_fixture_tear_down);
  SYNC_TEST ("/sync/held/learnt-from-an-answer", test_learnt_from_an_answer);
  SYNC_TEST ("/sync/held/edited", test_edited);
  SYNC_TEST ("/sync/held/discarded", test_discarded);
  SYNC_TEST ("/sync/held/pulled-anew", test_pulled_anew);
  SYNC_TEST ("/sync/held/deleted", test_deleted);
  return g_test_run ();
}
