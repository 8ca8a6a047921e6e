/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lift-json.h"
#include "lift-sync-lock.h"
#include "sync-fixture.h"

/* When runs begin, how they end, and what the properties say. */

/* Iterates until @done, 10 s at most. */
#define WAIT_FOR(done) \
  G_STMT_START \
  { \
    gint64 deadline_ = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND; \
    while (!(done) && g_get_monotonic_time () < deadline_) \
      { \
        g_main_context_iteration (NULL, FALSE); \
        g_usleep (500); \
      } \
    g_assert_true (done); \
  } \
  G_STMT_END

static void
wait_a_while (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
}

static guint
get_count (SyncFixture *self, const char *property)
{
  guint count;

  g_object_get (self->manager, property, &count, NULL);
  return count;
}

static LiftSyncState
get_state (SyncFixture *self)
{
  LiftSyncState state;

  g_object_get (self->manager, "state", &state, NULL);
  return state;
}

static gboolean
is_running (SyncFixture *self)
{
  gboolean running;

  g_object_get (self->manager, "running", &running, NULL);
  return running;
}

typedef struct
{
  LiftSyncResult *result;
  GError *error;
  gboolean done;
} Outcome;

static void
sync_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->result = lift_sync_manager_sync_finish (LIFT_SYNC_MANAGER (source), result,
                                                   &outcome->error);
  outcome->done = TRUE;
}

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->result, lift_sync_result_free);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static guint
count_pulls (SyncFixture *self)
{
  return lift_test_server_count_requests (self->server, "pull");
}

static void
count_finished (LiftSyncManager *manager, LiftSyncResult *result, guint *count)
{
  g_assert_nonnull (result);
  (*count)++;
}

static void
test_async (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_auto (Outcome) outcome = { 0 };
  guint finished = 0;
  gint64 last_synced;
  double progress;

  g_signal_connect (self->manager, "finished", G_CALLBACK (count_finished), &finished);
  lift_sync_manager_sync_async (self->manager, NULL, sync_cb, &outcome);
  g_assert_true (is_running (self));
  WAIT_FOR (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_true (lift_sync_result_is_success (outcome.result));
  g_assert_cmpuint (outcome.result->pushed, ==, 1);
  g_assert_cmpuint (finished, ==, 1);
  g_assert_false (is_running (self));
  g_assert_cmpuint (get_count (self, "pending"), ==, 0);
  g_object_get (self->manager, "last-synced", &last_synced, "progress", &progress, NULL);
  g_assert_cmpint (last_synced, ==, lift_clock_get_time (LIFT_CLOCK (self->base.clock)));
  g_assert_cmpfloat (progress, ==, 1);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
}

/* However many ask while one runs, one more follows. */
static void
test_coalesced (SyncFixture *self, gconstpointer data)
{
  g_auto (Outcome) first = { 0 };
  g_auto (Outcome) second = { 0 };
  g_auto (Outcome) third = { 0 };

  lift_sync_manager_sync_async (self->manager, NULL, sync_cb, &first);
  lift_sync_manager_sync_async (self->manager, NULL, sync_cb, &second);
  lift_sync_manager_sync_async (self->manager, NULL, sync_cb, &third);
  WAIT_FOR (first.done && second.done && third.done);
  g_assert_no_error (first.error);
  g_assert_no_error (third.error);
  g_assert_cmpuint (count_pulls (self), ==, 2);
}

static void
test_two_managers (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSyncLock) lock = lift_sync_lock_take (self->base.path, &error);
  g_auto (Outcome) outcome = { 0 };

  g_assert_no_error (error);
  g_assert_null (lift_sync_manager_sync_sync (self->manager, NULL, &error));
  g_assert_error (error, LIFT_SYNC_ERROR, LIFT_SYNC_ERROR_BUSY);
  lift_sync_manager_sync_async (self->manager, NULL, sync_cb, &outcome);
  WAIT_FOR (outcome.done);
  g_assert_error (outcome.error, LIFT_SYNC_ERROR, LIFT_SYNC_ERROR_BUSY);
  g_assert_cmpuint (count_pulls (self), ==, 0);
  g_clear_pointer (&lock, lift_sync_lock_release);
  sync_fixture_sync_well (self);
}

static void
hold_in_child (const char *path, int ready, int end)
{
  LiftSyncLock *lock = lift_sync_lock_take (path, NULL);
  char byte = lock != NULL ? 'y' : 'n';

  if (write (ready, &byte, 1) == 1 && read (end, &byte, 1) >= 0)
    _exit (0);
  _exit (1);
}

/* The lock of a process goes with it, however it ends. */
static void
test_two_processes (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int ready[2], end[2];
  char byte = 0;
  pid_t child;

  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (end), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    hold_in_child (self->base.path, ready[1], end[0]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'y');
  g_assert_null (lift_sync_manager_sync_sync (self->manager, NULL, &error));
  g_assert_error (error, LIFT_SYNC_ERROR, LIFT_SYNC_ERROR_BUSY);
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  sync_fixture_sync_well (self);
  for (guint i = 0; i < 2; i++)
    {
      close (ready[i]);
      close (end[i]);
    }
}

static void
test_cancelled (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_auto (Outcome) outcome = { 0 };

  g_cancellable_cancel (cancellable);
  lift_sync_manager_sync_async (self->manager, cancellable, sync_cb, &outcome);
  WAIT_FOR (outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  WAIT_FOR (!is_running (self));
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "push"), ==, 0);
  sync_fixture_sync_well (self);
}

static void
test_start (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  lift_sync_manager_start (self->manager);
  WAIT_FOR (!is_running (self) && count_pulls (self) == 1);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  lift_sync_manager_stop (self->manager);
}

/* Two seconds after an edit, not at once, and once for several. */
static void
test_start_after_edit (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) first = NULL;
  g_autoptr (LiftBodyWeightEntry) second = NULL;
  gint64 start;

  lift_sync_manager_start (self->manager);
  WAIT_FOR (!is_running (self) && count_pulls (self) == 1);
  start = g_get_monotonic_time ();
  first = sync_fixture_add_entry (self, 80);
  second = sync_fixture_add_entry (self, 81);
  WAIT_FOR (get_count (self, "pending") == 2);
  WAIT_FOR (lift_test_server_count (self->server) == 2);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 1900 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);
  WAIT_FOR (!is_running (self));
  g_assert_cmpuint (get_count (self, "pending"), ==, 0);
  g_assert_cmpuint (count_pulls (self), ==, 2);
  lift_sync_manager_stop (self->manager);
}

typedef struct
{
  SyncFixture *fixture;
  LiftBodyWeightEntry *late;
} Late;

static void
add_late (gpointer data)
{
  Late *late = data;

  late->fixture->server->before_answer = NULL;
  late->fixture->server->fail_push = 0;
  late->late = sync_fixture_add_entry (late->fixture, 99);
}

/* An edit made during the last push of a run is followed by a push. */
static void
test_edit_during_run (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  Late late = { self, NULL };

  self->server->before_answer = add_late;
  self->server->before_answer_data = &late;
  lift_sync_manager_start (self->manager);
  WAIT_FOR (lift_test_server_count (self->server) == 2);
  WAIT_FOR (!is_running (self));
  sync_fixture_assert_clean (self, LIFT_ENTITY (late.late)->id);
  g_object_unref (late.late);
  lift_sync_manager_stop (self->manager);
}

/* A failure waits 30 s and more, an edit does not hasten it, a reconnection does. */
static void
test_backoff_and_poke (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = NULL;
  g_autofree char *message = NULL;

  self->server->fail_pull = 503;
  self->server->fail_push = 503;
  lift_sync_manager_start (self->manager);
  WAIT_FOR (!is_running (self) && get_state (self) == LIFT_SYNC_OFFLINE);
  g_object_get (self->manager, "last-error", &message, NULL);
  g_assert_nonnull (message);
  entry = sync_fixture_add_entry (self, 80);
  wait_a_while (2500);
  g_assert_cmpuint (count_pulls (self), ==, 1);
  self->server->fail_pull = 0;
  self->server->fail_push = 0;
  lift_sync_manager_poke (self->manager);
  WAIT_FOR (!is_running (self) && get_state (self) == LIFT_SYNC_IDLE && count_pulls (self) == 2);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_free (g_steal_pointer (&message));
  g_object_get (self->manager, "last-error", &message, NULL);
  g_assert_null (message);
  lift_sync_manager_stop (self->manager);
}

static void
test_signed_out (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  lift_test_server_script (self->server, "pull", 401, "application/problem+json",
                           "{\"code\":\"SIGN_IN_AGAIN\"}");
  lift_sync_manager_start (self->manager);
  WAIT_FOR (!is_running (self) && get_state (self) == LIFT_SYNC_SIGNED_OUT);
  sync_fixture_set_weight (self, entry, 81);
  wait_a_while (2500);
  g_assert_cmpuint (count_pulls (self), ==, 1);
  sync_fixture_assert_pending (self, LIFT_ENTITY (entry)->id, "*");
  lift_api_set_tokens (self->api, "another", NULL);
  lift_sync_manager_poke (self->manager);
  WAIT_FOR (!is_running (self) && get_state (self) == LIFT_SYNC_IDLE);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  lift_sync_manager_stop (self->manager);
}

static void
test_stop (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = NULL;

  lift_sync_manager_start (self->manager);
  WAIT_FOR (!is_running (self) && count_pulls (self) == 1);
  lift_sync_manager_stop (self->manager);
  entry = sync_fixture_add_entry (self, 80);
  wait_a_while (2500);
  lift_sync_manager_poke (self->manager);
  wait_a_while (100);
  g_assert_cmpuint (count_pulls (self), ==, 1);
}

static void
begin_another (LiftSyncManager *manager, LiftSyncResult *result, Outcome *outcome)
{
  g_signal_handlers_disconnect_by_func (manager, begin_another, outcome);
  lift_sync_manager_sync_async (manager, NULL, sync_cb, outcome);
}

/* Who hears of the end may ask for the next at once. */
static void
test_begin_in_finished (SyncFixture *self, gconstpointer data)
{
  g_auto (Outcome) first = { 0 };
  g_auto (Outcome) second = { 0 };
  g_auto (Outcome) third = { 0 };

  g_signal_connect (self->manager, "finished", G_CALLBACK (begin_another), &third);
  lift_sync_manager_sync_async (self->manager, NULL, sync_cb, &first);
  lift_sync_manager_sync_async (self->manager, NULL, sync_cb, &second);
  WAIT_FOR (first.done && second.done && third.done);
  g_assert_cmpuint (count_pulls (self), ==, 2);
}

/* From another thread, while one runs. */
static gpointer
sync_in_thread (gpointer data)
{
  return lift_sync_manager_sync_sync (data, NULL, NULL);
}

static void
test_blocking_from_threads (SyncFixture *self, gconstpointer data)
{
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("test", sync_in_thread, self->manager);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (LiftSyncResult) result = g_thread_join (threads[i]);

      g_assert_nonnull (result);
      g_assert_true (lift_sync_result_is_success (result));
    }
  WAIT_FOR (!is_running (self));
}

static void
test_results (void)
{
  LiftSyncResult result = { 0 };
  g_autoptr (LiftSyncResult) copy = NULL;
  g_autoptr (GEnumClass) states = g_type_class_ref (LIFT_TYPE_SYNC_STATE);

  g_assert_true (lift_sync_result_is_success (&result));
  g_assert_false (lift_sync_result_is_partial (&result));
  result.failed = 1;
  g_assert_false (lift_sync_result_is_success (&result));
  g_assert_true (lift_sync_result_is_partial (&result));
  result.failed = 0;
  result.error = g_error_new_literal (LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE, "no");
  g_assert_false (lift_sync_result_is_partial (&result));
  result.pushed = 1;
  g_assert_true (lift_sync_result_is_partial (&result));
  copy = lift_sync_result_copy (&result);
  g_assert_error (copy->error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE);
  g_clear_error (&result.error);
  g_assert_cmpstr (g_enum_get_value (states, LIFT_SYNC_SIGNED_OUT)->value_nick, ==, "signed-out");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/manager/async", test_async);
  SYNC_TEST ("/sync/manager/coalesced", test_coalesced);
  SYNC_TEST ("/sync/manager/two-managers", test_two_managers);
  SYNC_TEST ("/sync/manager/two-processes", test_two_processes);
  SYNC_TEST ("/sync/manager/cancelled", test_cancelled);
  SYNC_TEST ("/sync/manager/start", test_start);
  SYNC_TEST ("/sync/manager/start-after-edit", test_start_after_edit);
  SYNC_TEST ("/sync/manager/edit-during-run", test_edit_during_run);
  SYNC_TEST ("/sync/manager/backoff-and-poke", test_backoff_and_poke);
  SYNC_TEST ("/sync/manager/signed-out", test_signed_out);
  SYNC_TEST ("/sync/manager/stop", test_stop);
  SYNC_TEST ("/sync/manager/begin-in-finished", test_begin_in_finished);
  SYNC_TEST ("/sync/manager/blocking-from-threads", test_blocking_from_threads);
  g_test_add_func ("/sync/manager/results", test_results);
  return g_test_run ();
}
