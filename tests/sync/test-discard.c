/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discard-fixture.h"

/* "Discard my change": the row is as the server has it, the change is in the journal, and comes back
 * from there; and nothing is discarded that the server may have. */

static void
test_edit (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) after = NULL;
  g_autoptr (LiftBodyWeightEntry) again = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  LiftConflict *first;
  guint pushes;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  sync_fixture_set_weight (self, entry, 82);
  sync_fixture_set_notes (self, entry, "a typing error");
  lift_test_server_refuse (self->server, id, SYNC_REFUSAL, FALSE);
  sync_discard_sync_any (self);
  g_assert_cmpint (sync_discard_do (self, entry), >, 0);
  sync_fixture_assert_clean (self, id);
  after = sync_fixture_load (self, id);
  g_assert_cmpfloat (after->weight, ==, 80);
  g_assert_cmpstr (after->notes, ==, NULL);
  sync_discard_assert_failures (self, 0);
  g_assert_cmpuint (sync_fixture_get_status (self).needs_attention, ==, 0);
  /* The user's own doing is no conflict. */
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
  g_assert_cmpuint (sync_fixture_get_status (self).notes, ==, 2);
  entries = sync_discard_list_journal (self);
  g_assert_cmpuint (entries->len, ==, 2);
  first = g_ptr_array_index (entries, 0);
  g_assert_cmpint (first->kind, ==, LIFT_JOURNAL_DISCARDED);
  g_assert_cmpint (first->deed, >, 0);
  g_assert_cmpint (first->deed, ==, ((LiftConflict *) entries->pdata[1])->deed);
  g_assert_true (lift_conflict_is_restorable (first));
  g_assert_cmpstr (first->field, ==, "weight");
  g_assert_cmpstr (first->mine, ==, "80");
  g_assert_cmpstr (first->theirs, ==, "82");

  lift_test_server_refuse (self->server, id, NULL, FALSE);
  pushes = lift_test_server_count_requests (self->server, "push");
  sync_fixture_sync_well (self);
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "push"), ==, pushes);
  /* One deed is one thing to bring back. */
  sync_discard_restore (self, ((LiftConflict *) entries->pdata[1])->number);
  again = sync_fixture_load (self, id);
  g_assert_cmpfloat (again->weight, ==, 82);
  g_assert_cmpstr (again->notes, ==, "a typing error");
  g_assert_cmpuint (sync_fixture_get_status (self).notes, ==, 0);
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 82);
}

/* An edit that ends where it began leaves nothing to tell. */
static void
test_edit_and_back (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  sync_fixture_set_weight (self, entry, 80);
  g_assert_cmpint (sync_discard_do (self, entry), ==, 0);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpuint (sync_fixture_get_status (self).notes, ==, 0);
}

/* The server's newest value, not the one that was edited, is what the row goes back to. */
static void
test_edit_against_newer (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) after = NULL;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  sync_fixture_put (self, id, "\"weight\":90,\"notes\":\"theirs\"");
  self->server->fail_push = 503;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_SERVER);
  self->server->fail_push = 0;
  /* It is under way now, as far as this computer knows. */
  sync_discard_refuse (self, entry, "not answered");
  lift_test_server_refuse (self->server, id, SYNC_REFUSAL, FALSE);
  sync_discard_sync_any (self);
  sync_discard_do (self, entry);
  after = sync_fixture_load (self, id);
  g_assert_cmpfloat (after->weight, ==, 90);
  g_assert_cmpstr (after->notes, ==, "theirs");
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 90);
}

/* The server has applied it, and only the answer was lost: a row that is clean here with the old
 * value would differ for good. */
static void
test_under_way (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  self->server->lose_answers = 1;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_OFFLINE);
  sync_discard_refuse (self, entry, "not answered");
  sync_fixture_reopen (self);
  sync_discard_refuse (self, entry, "not answered");
  /* Not an edit since, either: what it would go back to is not known. */
  sync_fixture_set_weight (self, entry, 82);
  sync_discard_refuse (self, entry, "not answered");
  sync_fixture_sync_well (self);
  sync_discard_refuse (self, entry, "nothing");
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 82);
}

typedef struct
{
  SyncFixture *fixture;
  gpointer entity;
} Attempt;

static void
try_now (gpointer data)
{
  Attempt *attempt = data;

  attempt->fixture->server->before_answer = NULL;
  sync_discard_refuse (attempt->fixture, attempt->entity, "not answered");
}

static void
test_during_the_push (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  Attempt attempt = { self, entry };

  self->server->before_answer = try_now;
  self->server->before_answer_data = &attempt;
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 80);
}

/* A [base] server need not say what it stored. */
static void
test_server_value_unknown (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  store_fixture_run_sql (&self->base, "UPDATE body_weight_entry SET base = NULL");
  sync_discard_refuse (self, entry, "not known");
  store_fixture_run_sql (&self->base,
                         "UPDATE body_weight_entry SET base = '{\"weight\":\"heavy\"}'");
  sync_discard_refuse (self, entry, "not known");
}

static void
test_nothing_waits (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry)
    unknown = store_fixture_new (&self->base, LIFT_TYPE_BODY_WEIGHT_ENTRY);

  sync_fixture_sync_well (self);
  sync_discard_refuse (self, entry, "nothing");
  sync_discard_refuse (self, unknown, "nothing");
}

static void
test_added (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) back = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  gint64 number;

  sync_fixture_set_notes (self, entry, "at night");
  lift_test_server_refuse (self->server, id, SYNC_REFUSAL, FALSE);
  sync_discard_sync_any (self);
  number = sync_discard_do (self, entry);
  g_assert_false (sync_discard_is_there (self, entry));
  sync_discard_assert_failures (self, 0);
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 0);
  entries = sync_discard_list_journal (self);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (((LiftConflict *) entries->pdata[0])->field, ==, "*");
  sync_fixture_sync_well (self);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 0);

  lift_test_server_refuse (self->server, id, NULL, FALSE);
  sync_discard_restore (self, number);
  back = sync_fixture_load (self, id);
  g_assert_cmpfloat (back->weight, ==, 80);
  g_assert_cmpstr (back->notes, ==, "at night");
  g_assert_cmpint (LIFT_ENTITY (back)->created_at, ==, LIFT_ENTITY (entry)->created_at);
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 80);
}

/* An edit keeps a row alive that others deleted; without the edit it is deleted. */
static void
test_edit_of_deleted (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) back = NULL;
  gint64 number;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  sync_fixture_put (self, id, "\"deletedAt\":\"2026-03-01T11:00:00Z\"");
  lift_test_server_refuse (self->server, id, SYNC_REFUSAL, FALSE);
  sync_discard_sync_any (self);
  sync_discard_assert_row (self, entry, FALSE, TRUE);
  number = sync_discard_do (self, entry);
  sync_discard_assert_row (self, entry, TRUE, FALSE);
  lift_test_server_refuse (self->server, id, NULL, FALSE);
  sync_discard_restore (self, number);
  back = sync_fixture_load (self, id);
  g_assert_cmpfloat (back->weight, ==, 81);
  sync_discard_assert_row (self, entry, FALSE, TRUE);
  sync_fixture_sync_well (self);
  sync_discard_assert_deleted (self, entry, FALSE);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 81);
}

static void
changed_cb (LiftStore *store, LiftChanges *changes, gpointer user_data)
{
  GString *log = user_data;

  if (lift_changes_has_type (changes, lift_registry_find ("BodyWeightEntry")))
    g_string_append (log, lift_changes_is_local (changes) ? "edit " : "sync ");
}

/* Pages are told of each step; a restore is an edit, which a sync follows. */
static void
test_signals (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (GString) log = g_string_new (NULL);
  gint64 number;

  store_fixture_settle ();
  g_signal_connect (self->base.store, "changed", G_CALLBACK (changed_cb), log);
  number = sync_discard_do (self, entry);
  store_fixture_settle ();
  sync_discard_restore (self, number);
  store_fixture_settle ();
  number = sync_discard_do (self, entry);
  store_fixture_settle ();
  g_assert_true (lift_sync_dismiss_conflict (self->base.store, number, NULL));
  store_fixture_settle ();
  g_assert_cmpstr (log->str, ==, "sync edit sync sync ");
  g_signal_handlers_disconnect_by_data (self->base.store, log);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/discard/edit", test_edit);
  SYNC_TEST ("/sync/discard/edit-and-back", test_edit_and_back);
  SYNC_TEST ("/sync/discard/edit-against-newer", test_edit_against_newer);
  SYNC_TEST ("/sync/discard/edit-of-deleted", test_edit_of_deleted);
  SYNC_TEST ("/sync/discard/under-way", test_under_way);
  SYNC_TEST ("/sync/discard/during-the-push", test_during_the_push);
  SYNC_TEST ("/sync/discard/server-value-unknown", test_server_value_unknown);
  SYNC_TEST ("/sync/discard/nothing-waits", test_nothing_waits);
  SYNC_TEST ("/sync/discard/added", test_added);
  SYNC_TEST ("/sync/discard/signals", test_signals);
  return g_test_run ();
}
