/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "lift-json.h"
#include "lift-sync-manager-private.h"
#include "sync-fixture.h"

/* Answers that are wrong, too long, too slow, or speak of what is not there. None costs a row. */

#define ID "0190aaaa-0000-7000-8000-0000000000%02u"

static void
script_push (SyncFixture *self, guint status, const char *text)
{
  g_autofree char *body = g_strdelimit (g_strdup (text), "'", '"');

  lift_test_server_script (self->server, "push", status, "application/json", body);
}

static void
script_pull (SyncFixture *self, const char *members)
{
  g_autofree char *text = g_strdup_printf (
    "{'changesByType':{},'syncTimestamp':'2026-03-01T12:00:00Z','cursor':'1:0','hasMore':false%s}",
    members);

  g_strdelimit (text, "'", '"');
  lift_test_server_script (self->server, "pull", 200, "application/json", text);
}

static GPtrArray *
add_entries (SyncFixture *self, guint count)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (entries, sync_fixture_add_entry (self, 80 + i));
  return entries;
}

static void
assert_all_there (SyncFixture *self, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const char *id = LIFT_ENTITY (entries->pdata[i])->id;
      JsonObject *row = lift_test_server_get (self->server, "BodyWeightEntry", id);

      sync_fixture_assert_clean (self, id);
      g_assert_nonnull (row);
      g_assert_cmpint (lift_json_get_int (row, "version", 0), ==, 1);
    }
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 0);
}

/* The batch was applied; its answer is too long. Halves are repeats, and have shorter ones. */
static void
test_long_push_answer (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = add_entries (self, 9);

  self->server->max_answer = 3;
  sync_fixture_sync_well (self);
  assert_all_there (self, entries);
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "push"), ==, 7);
}

/* Of one row too: then it is told, and the row is sent again the next time. */
static void
test_long_answer_of_one (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = add_entries (self, 1);

  lift_test_server_script (self->server, "push", 500, "text/plain", "");
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_SERVER);
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 1);
  g_assert_cmpuint (sync_fixture_get_status (self).retrying, ==, 0);
  sync_fixture_sync_well (self);
  assert_all_there (self, entries);
}

/* Syncs in a process of its own each time. Returns: after how many it goes well */
static guint
sync_until_well (SyncFixture *self)
{
  for (guint i = 1; i <= 10; i++)
    {
      g_autoptr (LiftSyncResult) result = NULL;

      sync_fixture_reopen (self);
      self->manager->counted = TRUE;
      result = sync_fixture_sync (self);
      g_assert_cmpuint (sync_fixture_get_status (self).retrying, ==, 0);
      if (lift_sync_result_is_success (result))
        return i;
      g_assert_error (result->error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_TIMEOUT);
    }
  g_assert_not_reached ();
}

/* A line that is too slow for so much gets half of it, with each sync, until it bears it; twice of
 * that is tried only once it went well. */
static void
test_slow_push (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = add_entries (self, 8);
  g_autoptr (GPtrArray) more = NULL;

  self->server->slow_rows = 3;
  g_assert_cmpuint (sync_until_well (self), ==, 3);
  assert_all_there (self, entries);
  g_assert_cmpuint (sync_fixture_count_pushes (self), ==, 1 + 1 + 4);

  self->server->slow_rows = 4;
  more = add_entries (self, 8);
  g_assert_cmpuint (sync_until_well (self), ==, 1);
  assert_all_there (self, more);
  g_assert_cmpuint (sync_fixture_count_pushes (self), ==, 6 + 2);
}

/* What few rows show of a line says nothing of many. */
static void
test_slow_push_of_few (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = add_entries (self, 8);

  self->server->slow_rows = 3;
  g_assert_cmpuint (sync_until_well (self), ==, 3);
  for (guint i = 0; i < 5; i++)
    {
      sync_fixture_set_weight (self, entries->pdata[i], 100);
      g_assert_cmpuint (sync_until_well (self), ==, 1);
    }
  g_ptr_array_unref (g_steal_pointer (&entries));
  entries = add_entries (self, 8);
  g_assert_cmpuint (sync_until_well (self), ==, 2);
  assert_all_there (self, entries);
}

static void
put_rows (SyncFixture *self, guint first, guint count)
{
  for (guint i = first; i < first + count; i++)
    {
      g_autofree char *id = g_strdup_printf (ID, i);

      sync_fixture_put (self, id, "\"weight\":80,\"measurementDate\":\"2026-03-01\"");
    }
}

static void
assert_asked_for (SyncFixture *self, guint pull, guint limit)
{
  const char *request = lift_test_server_get_request (self->server, "pull", pull);
  g_autofree char *part = g_strdup_printf ("limit=%u&", limit);

  g_assert_nonnull (request);
  g_assert_nonnull (strstr (request, part));
}

static void
test_slow_pull (SyncFixture *self, gconstpointer data)
{
  put_rows (self, 0, 20);
  self->server->slow_limit = 10;
  g_assert_cmpuint (sync_until_well (self), ==, 7);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 20);
  assert_asked_for (self, 6, 7);
  /* So many rows came that twice of it can be tried, and then so few that it says nothing. */
  self->server->slow_limit = 20;
  put_rows (self, 20, 1);
  g_assert_cmpuint (sync_until_well (self), ==, 1);
  assert_asked_for (self, 7, 14);
  g_assert_cmpuint (sync_until_well (self), ==, 1);
  assert_asked_for (self, 8, 14);
}

static void
test_long_pages (SyncFixture *self, gconstpointer data)
{
  put_rows (self, 0, 20);
  self->server->max_limit = 70;
  sync_fixture_sync_well (self);
  g_assert_cmpint (store_fixture_get_int (&self->base, "SELECT count (*) FROM body_weight_entry"),
                   ==, 20);
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "pull"), ==, 4);
  /* What was found out is kept. */
  sync_fixture_sync_well (self);
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "pull"), ==, 5);
}

/* Not one row of a type is short enough. */
static void
test_endless_page (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = add_entries (self, 1);

  for (guint i = 0; i < 9; i++)
    lift_test_server_script (self->server, "pull", 200, "application/json",
                             "{\"changesByType\":7}");
  self->server->max_limit = 0;
  {
    g_autoptr (LiftSyncResult) result = sync_fixture_sync (self);

    g_assert_nonnull (result->error);
    /* The push went all the same. */
    g_assert_cmpuint (result->pushed, ==, 1);
  }
  assert_all_there (self, entries);
}

/* An answer whose elements name others, nobody, or nonsense: the row is not taken for sent. */
static void
test_odd_push_answers (SyncFixture *self, gconstpointer data)
{
  static const char *const answers[] = {
    "{'succeeded':[],'failed':[]}",
    "{'succeeded':[{'entityType':'BodyWeightEntry','entityId':'%s'}],'failed':[]}",
    "{'succeeded':[{'entityType':'BodyWeightEntry','entityId':'%s','entity':{'id':7}}],'failed':[]}",
    "{'succeeded':[{'entityType':'BodyWeightEntry','entityId':'%s','entity':{'weight':80}}],"
    "'failed':[]}",
    "{'succeeded':[{'entityType':'TrainingPlan','entityId':'%s','entity':{'id':'%s'}}],"
    "'failed':[]}",
    "{'succeeded':[{'entityType':'BodyWeightEntry','entityId':'%s','entity':"
    "{'id':'0190aaaa-0000-7000-8000-0000000000aa'}}],'failed':[]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GPtrArray) entries = add_entries (self, 1);
      const char *id = LIFT_ENTITY (entries->pdata[0])->id;
      g_auto (GStrv) parts = g_strsplit (answers[i], "%s", -1);
      g_autofree char *text = g_strjoinv (id, parts);
      g_autoptr (LiftSyncResult) result = NULL;

      script_push (self, 200, text);
      result = sync_fixture_sync (self);
      g_assert_cmpuint (result->pushed, ==, 0);
      g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 1);
      lift_virtual_clock_advance (self->base.clock, G_TIME_SPAN_HOUR);
      sync_fixture_sync_well (self);
      assert_all_there (self, entries);
    }
}

/* Refusals in words that nobody knows; conflicts that cannot be read. */
static void
test_odd_details (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = add_entries (self, 2);
  const char *one = LIFT_ENTITY (entries->pdata[0])->id;
  const char *two = LIFT_ENTITY (entries->pdata[1])->id;
  g_autofree char *text = g_strdup_printf (
    "{'succeeded':[{'entityType':'BodyWeightEntry','entityId':'%s','entity':{'id':'%s','version':1,"
    "'updatedAt':'2026-03-01T12:00:00Z'},'conflicts':[7,{},{'field':'weight'},{'field':'depth',"
    "'theirs':1},{'field':'weight','theirs':'heavy'},{'field':'notes','theirs':'lost','version':2}]"
    "}],'failed':[{'entityType':'BodyWeightEntry','entityId':'%s','retryable':true,"
    "'errors':[7,{'code':'ODD'},{'code':7}]}],'lastMutation':2}",
    one, one, two);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (LiftFailedRow) failed = NULL;
  g_autoptr (LiftSyncResult) result = NULL;

  script_push (self, 200, text);
  result = sync_fixture_sync (self);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->pushed, ==, 1);
  g_assert_cmpuint (result->failed, ==, 1);
  conflicts = lift_sync_list_conflicts (self->base.store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpstr (((LiftConflict *) conflicts->pdata[0])->theirs, ==, "\"lost\"");
  failed = sync_fixture_get_failed (self);
  g_assert_cmpstr (failed->id, ==, two);
}

/* A child whose parent is not there, with nothing that says so in the queue, is refused like any. */
static void
test_parent_missing (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (LiftExercisePlan) part = NULL;
  g_autoptr (LiftFailedRow) failed = NULL;
  g_autoptr (LiftSyncResult) result = NULL;

  sync_fixture_sync_well (self);
  part = store_fixture_add_exercise_plan (&self->base, plan);
  lift_test_server_refuse (self->server, LIFT_ENTITY (part)->id,
                           "[{\"code\":\"PARENT_MISSING\",\"message\":\"none\"}]", TRUE);
  result = sync_fixture_sync (self);
  failed = sync_fixture_get_failed (self);
  g_assert_cmpuint (failed->retry_count, ==, 1);
  g_assert_cmpint (failed->next_retry_at, !=, LIFT_INT_NULL);
}

/* A server that cannot count: the device tries some times, and keeps what it has. */
static void
test_gap_without_end (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = add_entries (self, 1);

  for (guint i = 0; i < 20; i++)
    script_push (self, 409, "{'code':'MUTATION_GAP','status':409,'lastMutation':-5}");
  {
    g_autoptr (LiftSyncResult) result = sync_fixture_sync (self);

    g_assert_nonnull (result->error);
    g_assert_cmpuint (lift_test_server_count_requests (self->server, "push"), <, 10);
  }
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 1);
}

static void
test_count_without_end (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = add_entries (self, 1);
  g_autoptr (LiftSyncResult) result = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("{'succeeded':[],'failed':[],'lastMutation':%u}",
                                               100 * (i + 1));

      script_push (self, 200, text);
    }
  result = sync_fixture_sync (self);
  g_assert_error (result->error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SERVER);
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "push"), <, 10);
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 1);
}

/* A row alone that is too much even for a push of its own. */
static void
test_row_too_large (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = add_entries (self, 1);
  g_autoptr (LiftFailedRow) failed = NULL;
  g_autoptr (LiftSyncResult) result = NULL;
  LiftFault *fault;

  script_push (self, 413, "{'code':'TOO_LARGE','status':413}");
  result = sync_fixture_sync (self);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->failed, ==, 1);
  failed = sync_fixture_get_failed (self);
  fault = g_ptr_array_index (failed->faults, 0);
  g_assert_cmpint (fault->code, ==, LIFT_FAULT_TOO_LONG);
  g_assert_cmpint (failed->next_retry_at, ==, LIFT_INT_NULL);
}

/* Digests that say nothing, or of what is not here. */
static void
test_odd_digests (SyncFixture *self, gconstpointer data)
{
  static const char *const digests[] = {
    ",'digest':7",
    ",'digest':{}",
    ",'digest':{'athlete:x':7,'catalogue':{'rows':1},'other':{}}",
    ",'digest':{'athlete:none':{'rows':0,'hash':'0000000000000000'}}",
    ",'digest':{'athlete:none':{'rows':0,'hash':'0000000000000000','purgedUntil':'never'}}",
    ",'digest':{'coach:none':{'rows':0,'hash':'0000000000000000'}}",
    ",'digest':{'athlete:none':{'rows':0,'hash':'0000000000000000',"
    "'purgedUntil':'2026-03-01T12:00:00Z'}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (digests); i++)
    {
      script_pull (self, digests[i]);
      sync_fixture_sync_well (self);
      g_assert_cmpuint (lift_test_server_count_requests (self->server, "pull"), ==, i + 1);
    }
}

/* One that differs: everything is pulled anew, once, and the journal has a word of it. */
static void
test_digest_differs (SyncFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) conflicts = NULL;

  self->server->digest = "{\"athlete:0190aaaa-0000-7000-8000-0000000000dd\":"
                         "{\"rows\":3,\"hash\":\"00000000000000aa\"}}";
  sync_fixture_sync_well (self);
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "pull"), ==, 2);
  sync_fixture_sync_well (self);
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "pull"), ==, 3);
  conflicts = lift_sync_list_conflicts (self->base.store, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpint (((LiftConflict *) conflicts->pdata[0])->kind, ==, LIFT_JOURNAL_PULLED_ANEW);
  /* It fits again, and may differ another time. */
  self->server->digest = "{\"athlete:0190aaaa-0000-7000-8000-0000000000dd\":"
                         "{\"rows\":0,\"hash\":\"0000000000000000\"}}";
  sync_fixture_sync_well (self);
  g_assert_cmpint (
    store_fixture_get_int (&self->base, "SELECT count (*) FROM fact WHERE name LIKE 'digest:%'"),
    ==, 0);
}

/* The [base] answer of a server that gives no time, or one that cannot be read. */
static void
test_odd_base_answers (SyncFixture *self, gconstpointer data)
{
  static const char *const answers[] = {
    "{\"changesByType\":{}}",
    "{\"changesByType\":{},\"syncTimestamp\":\"soon\"}",
    "{\"changesByType\":{\"BodyWeightEntry\":[7,{},{\"updatedAt\":\"soon\"}]},"
    "\"syncTimestamp\":\"2026-03-01T12:00:00Z\"}",
    "{\"changesByType\":{\"BodyWeightEntry\":[]},\"stats\":{\"BodyWeightEntry\":"
    "{\"hasMore\":true}},\"syncTimestamp\":\"2026-03-01T12:00:00Z\"}",
  };

  self->server->is_base = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      lift_test_server_script (self->server, "pull", 200, "application/json", answers[i]);
      sync_fixture_sync_well (self);
    }
  /* The last one says that there is more, so it is asked for. */
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "pull"), ==,
                    G_N_ELEMENTS (answers) + 1);
}

/* A folder in which no file can be made: the sync says so, and does not run without its lock. */
static void
test_no_lock (SyncFixture *self, gconstpointer data)
{
  g_autofree char *path = g_strconcat (self->base.path, ".sync-lock", NULL);
  g_autoptr (GError) error = NULL;

  g_unlink (path);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_null (lift_sync_manager_sync_sync (self->manager, NULL, &error));
  g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_ACCESS);
  g_assert_nonnull (strstr (error->message, "you may write there"));
  g_assert_cmpuint (lift_test_server_count_requests (self->server, ""), ==, 0);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  sync_fixture_sync_well (self);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/answers/long-push-answer", test_long_push_answer);
  SYNC_TEST ("/sync/answers/long-answer-of-one", test_long_answer_of_one);
  SYNC_TEST ("/sync/answers/slow-push", test_slow_push);
  SYNC_TEST ("/sync/answers/slow-push-of-few", test_slow_push_of_few);
  SYNC_TEST ("/sync/answers/slow-pull", test_slow_pull);
  SYNC_TEST ("/sync/answers/long-pages", test_long_pages);
  SYNC_TEST ("/sync/answers/endless-page", test_endless_page);
  SYNC_TEST ("/sync/answers/odd-push-answers", test_odd_push_answers);
  SYNC_TEST ("/sync/answers/odd-details", test_odd_details);
  SYNC_TEST ("/sync/answers/parent-missing", test_parent_missing);
  SYNC_TEST ("/sync/answers/gap-without-end", test_gap_without_end);
  SYNC_TEST ("/sync/answers/count-without-end", test_count_without_end);
  SYNC_TEST ("/sync/answers/row-too-large", test_row_too_large);
  SYNC_TEST ("/sync/answers/odd-digests", test_odd_digests);
  SYNC_TEST ("/sync/answers/digest-differs", test_digest_differs);
  SYNC_TEST ("/sync/answers/odd-base-answers", test_odd_base_answers);
  SYNC_TEST ("/sync/answers/no-lock", test_no_lock);
  return g_test_run ();
}
