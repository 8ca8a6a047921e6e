/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-sync-manager-private.h"
#include "sync-fixture.h"

/* When the next run is due. The timer itself is looked at, for nobody wants to wait for it. */

#define SECOND ((double) G_TIME_SPAN_SECOND)

/* Iterates until @done, 20 s at most. */
#define WAIT_FOR(done) \
  G_STMT_START \
  { \
    gint64 deadline_ = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND; \
    while (!(done) && g_get_monotonic_time () < deadline_) \
      { \
        g_main_context_iteration (NULL, FALSE); \
        g_usleep (500); \
      } \
    g_assert_true (done); \
  } \
  G_STMT_END

static guint finished;

static void
finished_cb (LiftSyncManager *manager, LiftSyncResult *result, gpointer data)
{
  finished++;
}

static void
run_once (SyncFixture *self)
{
  guint before = finished;

  /* What is known before it begins was not edited meanwhile. */
  store_fixture_settle ();
  if (self->manager->active)
    lift_sync_manager_poke (self->manager);
  else
    lift_sync_manager_start (self->manager);
  WAIT_FOR (finished > before && !self->manager->running);
}

/* Seconds until the timer that was just set, between @least and @most and a little that has passed. */
static void
assert_due (SyncFixture *self, LiftSyncWait wait, double least, double most)
{
  double due = (self->manager->timer_at - g_get_monotonic_time ()) / SECOND;

  g_assert_nonnull (self->manager->timer);
  g_assert_cmpint (self->manager->wait, ==, wait);
  g_assert_cmpfloat (due, <=, most);
  g_assert_cmpfloat (due, >=, least - 5);
}

static void
begin (SyncFixture *self)
{
  finished = 0;
  g_signal_connect (self->manager, "finished", G_CALLBACK (finished_cb), NULL);
}

static void
test_regular (SyncFixture *self, gconstpointer data)
{
  begin (self);
  run_once (self);
  assert_due (self, LIFT_SYNC_WAIT_REGULAR, 300, 300);
  /* Started already: nothing more begins. */
  lift_sync_manager_start (self->manager);
  g_assert_false (self->manager->running);
  lift_sync_manager_stop (self->manager);
  g_assert_null (self->manager->timer);
  g_assert_cmpint (self->manager->wait, ==, LIFT_SYNC_WAIT_NONE);
  lift_sync_manager_stop (self->manager);
  lift_sync_manager_poke (self->manager);
  g_assert_false (self->manager->running);
}

/* 30 s, 1, 2, 4, 8 minutes and no more, each with up to a quarter of jitter. */
static void
test_backoff (SyncFixture *self, gconstpointer data)
{
  static const double pauses[] = { 30, 60, 120, 240, 480, 480, 480 };

  begin (self);
  self->server->fail_pull = 503;
  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++)
    {
      run_once (self);
      assert_due (self, LIFT_SYNC_WAIT_BACKOFF, pauses[i], pauses[i] * 1.25);
    }
  self->server->fail_pull = 0;
  run_once (self);
  assert_due (self, LIFT_SYNC_WAIT_REGULAR, 300, 300);
  self->server->fail_pull = 503;
  run_once (self);
  assert_due (self, LIFT_SYNC_WAIT_BACKOFF, 30, 37.5);
  lift_sync_manager_stop (self->manager);
}

/* The server says when, within reason. */
static void
test_retry_after (SyncFixture *self, gconstpointer data)
{
  begin (self);
  self->server->fail_pull = 429;
  self->server->retry_after = 77;
  run_once (self);
  assert_due (self, LIFT_SYNC_WAIT_BACKOFF, 77, 77 * 1.25);
  self->server->retry_after = 24 * 60 * 60;
  run_once (self);
  assert_due (self, LIFT_SYNC_WAIT_BACKOFF, 3600, 4500);
  lift_sync_manager_stop (self->manager);
}

/* A refused row goes again after 30 s, which is before the next regular run. */
static void
test_refused_row (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  guint retrying, needs_attention;

  begin (self);
  lift_test_server_refuse (self->server, LIFT_ENTITY (entry)->id, SYNC_REFUSAL, TRUE);
  run_once (self);
  assert_due (self, LIFT_SYNC_WAIT_REGULAR, 30, 31);
  g_object_get (self->manager, "retrying", &retrying, "needs-attention", &needs_attention, NULL);
  g_assert_cmpuint (retrying, ==, 1);
  g_assert_cmpuint (needs_attention, ==, 0);
  lift_test_server_refuse (self->server, LIFT_ENTITY (entry)->id, SYNC_REFUSAL, FALSE);
  lift_virtual_clock_advance (self->base.clock, G_TIME_SPAN_MINUTE);
  run_once (self);
  /* It waits for the user, who need not be waited for. */
  g_object_get (self->manager, "retrying", &retrying, "needs-attention", &needs_attention, NULL);
  g_assert_cmpuint (retrying, ==, 0);
  g_assert_cmpuint (needs_attention, ==, 1);
  assert_due (self, LIFT_SYNC_WAIT_REGULAR, 300, 300);
  lift_sync_manager_stop (self->manager);
}

/* After a failure an edit waits with all else; after a good run it goes in 2 s, and a second edit
 * does not put that off. */
static void
test_edits (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  gint64 at;

  begin (self);
  self->server->fail_pull = self->server->fail_push = 503;
  run_once (self);
  sync_fixture_set_weight (self, entry, 81);
  assert_due (self, LIFT_SYNC_WAIT_BACKOFF, 30, 37.5);
  self->server->fail_pull = self->server->fail_push = 0;
  run_once (self);
  assert_due (self, LIFT_SYNC_WAIT_REGULAR, 300, 300);
  sync_fixture_set_weight (self, entry, 82);
  WAIT_FOR (self->manager->timer_at < g_get_monotonic_time () + 3 * G_TIME_SPAN_SECOND);
  at = self->manager->timer_at;
  sync_fixture_set_weight (self, entry, 83);
  WAIT_FOR (self->manager->status.pending == 1 && !self->manager->refreshing);
  g_assert_cmpint (self->manager->timer_at, ==, at);
  WAIT_FOR (self->manager->status.pending == 0 && !self->manager->running);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 83);
  lift_sync_manager_stop (self->manager);
}

/* What is pending is counted again after each edit, one count at a time, and not for a manager
 * that has gone. */
static void
test_counts (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) one = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry) two = NULL;

  begin (self);
  run_once (self);
  WAIT_FOR (!self->manager->refreshing);
  sync_fixture_set_weight (self, one, 81);
  two = sync_fixture_add_entry (self, 82);
  WAIT_FOR (self->manager->status.pending == 2 && !self->manager->refreshing);
  sync_fixture_set_weight (self, one, 83);
  lift_sync_manager_stop (self->manager);
}

typedef struct
{
  SyncFixture *fixture;
  GMutex mutex;
  GCond cond;
  gboolean waits;
  gboolean may_go;
} Gate;

static void
wait_at_gate (gpointer data)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->waits = TRUE;
  while (!gate->may_go)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
open_gate (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->may_go = TRUE;
  g_cond_signal (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static gboolean
is_at_gate (Gate *gate)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&gate->mutex);

  return gate->waits;
}

/* A run that nobody asked for ends with the manager's work; what was sent is under way. */
static void
test_stopped_run (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) one = sync_fixture_add_entry (self, 80);
  Gate gate = { .fixture = self };

  g_mutex_init (&gate.mutex);
  g_cond_init (&gate.cond);
  begin (self);
  self->server->before_answer = wait_at_gate;
  self->server->before_answer_data = &gate;
  lift_sync_manager_start (self->manager);
  WAIT_FOR (is_at_gate (&gate));
  lift_sync_manager_stop (self->manager);
  g_assert_true (g_cancellable_is_cancelled (self->manager->run_cancellable));
  open_gate (&gate);
  WAIT_FOR (!self->manager->running);
  /* Cancelled, or just done; either way nothing begins any more, and nothing is lost. */
  g_assert_null (self->manager->timer);
  self->server->before_answer = NULL;
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (one)->id);
  g_mutex_clear (&gate.mutex);
  g_cond_clear (&gate.cond);
}

static void
test_properties (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autofree char *last_error = NULL;
  LiftSyncState state;
  gboolean running;
  double progress;
  gint64 last_synced;
  guint pending, conflicts;

  begin (self);
  g_object_get (self->manager, "last-synced", &last_synced, "last-error", &last_error, NULL);
  g_assert_cmpint (last_synced, ==, LIFT_INT_NULL);
  g_assert_null (last_error);
  self->server->fail_push = 503;
  run_once (self);
  g_object_get (self->manager, "state", &state, "running", &running, "progress", &progress,
                "pending", &pending, "last-error", &last_error, "conflicts", &conflicts, NULL);
  g_assert_cmpint (state, ==, LIFT_SYNC_OFFLINE);
  g_assert_false (running);
  g_assert_cmpfloat (progress, ==, 0);
  g_assert_cmpuint (pending, ==, 1);
  g_assert_cmpuint (conflicts, ==, 0);
  g_assert_nonnull (last_error);
  self->server->fail_push = 0;
  run_once (self);
  g_free (last_error);
  g_object_get (self->manager, "progress", &progress, "last-synced", &last_synced, "last-error",
                &last_error, NULL);
  g_assert_cmpfloat (progress, ==, 1);
  g_assert_cmpint (last_synced, !=, LIFT_INT_NULL);
  g_assert_null (last_error);
  lift_sync_manager_stop (self->manager);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/schedule/regular", test_regular);
  SYNC_TEST ("/sync/schedule/backoff", test_backoff);
  SYNC_TEST ("/sync/schedule/retry-after", test_retry_after);
  SYNC_TEST ("/sync/schedule/refused-row", test_refused_row);
  SYNC_TEST ("/sync/schedule/edits", test_edits);
  SYNC_TEST ("/sync/schedule/counts", test_counts);
  SYNC_TEST ("/sync/schedule/stopped-run", test_stopped_run);
  SYNC_TEST ("/sync/schedule/properties", test_properties);
  return g_test_run ();
}
