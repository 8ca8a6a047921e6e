/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "core-fixture.h"
#include "lift-database.h"

/* What was deleted is forgotten 400 days after, and nothing else is. The plan is 100, its exercise
 * 101, its sets 102 and 103. */

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static void
wait_days (Core *core, guint days)
{
  lift_virtual_clock_advance (core->clock, days * DAY);
}

/* Purges to the end, looking after each step. */
static guint
purge_all (Core *core, guint max_rows)
{
  guint all = 0, purged;

  do
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (lift_server_purge (core->server, max_rows, &purged, &error));
      g_assert_no_error (error);
      core_assert_whole (core);
      all += purged;
    }
  while (purged > 0);
  return all;
}

static void
delete_row (Core *core, const char *type, guint n)
{
  g_autoptr (JsonObject)
    answer = core_push (core, core->kim,
                        "{'changes':{'%s':[{'id':'%s','deletedAt':'2026-03-01T12:00:00Z',"
                        "'changedFields':['deletedAt']}]}}",
                        type, core_id (n));

  core_assert_ok (answer, 1);
}

static JsonObject *
set_reps (Core *core, guint n, guint reps)
{
  return core_push (core, core->kim,
                    "{'changes':{'SetPlan':[{'id':'%s','athleteId':'%s','targetReps':%u,"
                    "'exercisePlanId':'%s','setNumber':1,'changedFields':['targetReps']}]}}",
                    core_id (n), core->ann->athlete_id, reps, core_id (101));
}

static void
set_status (Core *core, const char *status)
{
  g_autoptr (JsonObject) answer = core_push (core, core->kim,
                                             "{'changes':{'TrainingPlan':[{'id':'%s','status':'%s',"
                                             "'changedFields':['status']}]}}",
                                             core_id (100), status);

  core_assert_ok (answer, 1);
}

static gint64
count (Core *core, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftDatabase) raw = lift_database_open (core->path, LIFT_DATABASE_READ, &error);
  gint64 n = -1;

  g_assert_no_error (error);
  lift_database_get_int (raw, &n, &error, sql, "");
  g_assert_no_error (error);
  return n;
}

static gboolean
has (GHashTable *rows, const char *type, guint n)
{
  return core_get_row (rows, type, core_id (n)) != NULL;
}

static void
test_kept_400_days (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 100);
  core_add_plan (core, core->kim, core->ann->athlete_id, 200);
  delete_row (core, "ExercisePlan", 101);
  wait_days (core, 399);
  g_assert_cmpuint (purge_all (core, 100), ==, 0);
  before = core_pull_all (core, core->kim, "100", NULL);
  g_assert_true (has (before, "SetPlan", 102));
  wait_days (core, 2);
  g_assert_cmpuint (purge_all (core, 100), ==, 3);
  after = core_pull_all (core, core->kim, "100", NULL);
  g_assert_false (has (after, "ExercisePlan", 101));
  g_assert_false (has (after, "SetPlan", 102));
  /* What lives stays, however old it is. */
  g_assert_true (has (after, "TrainingPlan", 100));
  g_assert_true (has (after, "SetPlan", 202));
  g_assert_cmpint (count (core, "SELECT count(*) FROM history"), ==, 0);
}

/* Positions go on as if nothing had gone. */
static void
test_cursors (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *behind = NULL;
  g_autofree char *ahead = NULL;
  g_autoptr (GHashTable) one = NULL;
  g_autoptr (GHashTable) two = NULL;
  g_autoptr (GHashTable) news = NULL;
  g_autoptr (JsonObject) edited = NULL;
  g_autoptr (GError) error = NULL;
  LiftServerPullRequest request = { 0 };

  core_add_plan (core, core->kim, core->ann->athlete_id, 100);
  one = core_pull_all (core, core->ann, "100", &behind);
  delete_row (core, "SetPlan", 103);
  two = core_pull_all (core, core->ann, "100", &ahead);
  wait_days (core, 401);
  g_assert_cmpuint (purge_all (core, 100), ==, 1);
  request.cursor = behind;
  error = core_pull_error (core, core->ann, &request);
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_RESYNC);
  edited = set_reps (core, 102, 8);
  core_assert_ok (edited, 1);
  news = core_pull_all (core, core->ann, "100", &ahead);
  g_assert_true (has (news, "SetPlan", 102));
  g_assert_cmpuint (g_hash_table_size (news), ==, 1);
}

/* One row a step, so the rest of a delete is met without its head. */
static void
test_steps (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) error = NULL;
  guint purged;

  core_add_plan (core, core->kim, core->ann->athlete_id, 100);
  delete_row (core, "TrainingPlan", 100);
  wait_days (core, 401);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (JsonObject) refused = NULL;

      g_assert_true (lift_server_purge (core->server, 1, &purged, &error));
      g_assert_cmpuint (purged, ==, 1);
      core_assert_whole (core);
      refused = set_reps (core, 102, 9);
      core_assert_code (refused, "PARENT_MISSING");
      core_assert_whole (core);
    }
  g_assert_cmpuint (purge_all (core, 1), >=, 2);
  g_assert_cmpint (count (core, "SELECT count(*) FROM set_plan"), ==, 0);
  g_assert_cmpint (count (core, "SELECT count(*) FROM change WHERE type LIKE '%Plan'"), ==, 0);
}

/* The row that was edited back in time stays. */
static void
test_brought_back (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) back = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 100);
  delete_row (core, "TrainingPlan", 100);
  wait_days (core, 399);
  back = set_reps (core, 102, 9);
  core_assert_ok (back, 1);
  wait_days (core, 399);
  g_assert_cmpint (count (core, "SELECT count(*) FROM history"), >, 0);
  purge_all (core, 100);
  g_assert_cmpint (count (core, "SELECT count(*) FROM set_plan"), ==, 2);
  g_assert_cmpint (count (core, "SELECT count(*) FROM training_plan"), ==, 1);
}

/* A plan that was taken back is a tombstone to its athlete alone. */
static void
test_taken_back (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (GHashTable) forgotten = NULL;
  g_autoptr (GHashTable) coachs = NULL;
  g_autoptr (GHashTable) again = NULL;
  g_autofree char *cursor = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 100);
  set_status (core, "draft");
  seen = core_pull_all (core, core->ann, "100", &cursor);
  g_assert_true (has (seen, "TrainingPlan", 100));
  wait_days (core, 401);
  g_assert_cmpuint (purge_all (core, 3), >=, 4);
  forgotten = core_pull_all (core, core->ann, "100", NULL);
  g_assert_false (has (forgotten, "TrainingPlan", 100));
  coachs = core_pull_all (core, core->kim, "100", NULL);
  g_assert_true (has (coachs, "SetPlan", 103));
  set_status (core, "published");
  core_assert_whole (core);
  again = core_pull_all (core, core->ann, "100", &cursor);
  g_assert_true (has (again, "SetPlan", 103));
}

/* Workouts name exercises; the names must be there for whoever signs in anew. */
static void
test_exercises_stay (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GHashTable) rows = NULL;
  g_autoptr (JsonObject) made = core_push (
    core, core->kim, "{'changes':{'Exercise':[{'id':'%s','name':'Zercher squat'}]}}",
    core_id (300));

  core_assert_ok (made, 1);
  delete_row (core, "Exercise", 300);
  wait_days (core, 401);
  purge_all (core, 100);
  rows = core_pull_all (core, core->ann, "100", NULL);
  g_assert_cmpstr (lift_json_get_string (core_get_row (rows, "Exercise", core_id (300)), "name"),
                   ==, "Zercher squat");
}

static JsonObject *
get_digest (Core *core, LiftServerUser *user)
{
  LiftServerPullRequest request = { .limit = "500" };
  g_autofree char *scope = g_strconcat ("athlete:", core->ann->athlete_id, NULL);
  g_autoptr (JsonObject) page = core_pull (core, user, &request);
  JsonObject *digest = lift_json_get_object (lift_json_get_object (page, "digest"), scope);

  g_assert_nonnull (digest);
  return json_object_ref (digest);
}

/* Clients drop by the same rule what is counted no longer. */
static void
test_digest (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 100);
  delete_row (core, "TrainingPlan", 100);
  before = get_digest (core, core->ann);
  g_assert_null (lift_json_get_string (before, "purgedUntil"));
  wait_days (core, 401);
  purge_all (core, 100);
  after = get_digest (core, core->ann);
  g_assert_cmpint (lift_json_get_int (after, "rows", -1), ==,
                   lift_json_get_int (before, "rows", -1) - 4);
  g_assert_true (g_str_has_prefix (lift_json_get_string (after, "purgedUntil"), "2026-03-01T"));
}

/* A client that goes by time from before what was purged would never hear of it: the cursor that it
 * gets begins anew there, and the digest shows the rest. */
static void
test_since (void)
{
  g_autoptr (Core) core = core_new ();
  LiftServerPullRequest request = { .since = "2026-03-01T12:00:00.000001Z", .limit = "500" };
  g_autoptr (JsonObject) page = NULL;
  g_autoptr (GHashTable) rows = NULL;
  g_autofree char *cursor = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 100);
  delete_row (core, "SetPlan", 103);
  wait_days (core, 401);
  purge_all (core, 100);
  page = core_pull (core, core->ann, &request);
  cursor = g_strdup (lift_json_get_string (page, "cursor"));
  rows = core_pull_all (core, core->ann, "100", &cursor);
  g_assert_true (has (rows, "TrainingPlan", 100));
}

/* The first pull is under way, page by page, while the purge takes tombstones of it. */
static void
test_during_walk (void)
{
  g_autoptr (Core) core = core_new ();
  LiftServerPullRequest request = { .limit = "1" };
  g_autoptr (JsonObject) page = NULL;
  g_autoptr (GHashTable) rest = NULL;
  g_autofree char *cursor = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 100);
  core_add_plan (core, core->kim, core->ann->athlete_id, 200);
  delete_row (core, "TrainingPlan", 100);
  wait_days (core, 401);
  page = core_pull (core, core->ann, &request);
  cursor = g_strdup (lift_json_get_string (page, "cursor"));
  purge_all (core, 1);
  rest = core_pull_all (core, core->ann, "1", &cursor);
  g_assert_true (has (rest, "SetPlan", 202));
  g_assert_true (has (rest, "SetPlan", 203));
  g_assert_false (has (rest, "SetPlan", 102));
}

static void
test_erasure (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 100);
  delete_row (core, "ExercisePlan", 101);
  wait_days (core, 401);
  purge_all (core, 1);
  lift_server_delete_account (core->server, core->ann, CORE_PASSWORD, &error);
  g_assert_no_error (error);
  core_assert_whole (core);
  sql = g_strdup_printf ("SELECT (SELECT count(*) FROM scope WHERE name = 'athlete:%s')"
                         " + (SELECT count(*) FROM history) + (SELECT count(*) FROM training_plan)",
                         core->ann->athlete_id);
  g_assert_cmpint (count (core, sql), ==, 0);
}

static void
act (Core *core, GRand *rand)
{
  guint plan = 100 + 100 * g_rand_int_range (rand, 0, 3);
  guint n = plan + g_rand_int_range (rand, 0, 4);
  g_autoptr (JsonObject) answer = NULL;

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      delete_row (core, n == plan ? "TrainingPlan" : n == plan + 1 ? "ExercisePlan" : "SetPlan", n);
      break;
    case 1:
      set_status (core, g_rand_boolean (rand) ? "draft" : "published");
      break;
    case 2:
      answer = set_reps (core, plan + 2, g_rand_int_range (rand, 1, 20));
      break;
    case 3:
      wait_days (core, g_rand_int_range (rand, 0, 150));
      break;
    default:
      purge_all (core, g_rand_int_range (rand, 1, 4));
      break;
    }
}

/* Anything in any order, with rows that are pushed anew after they were forgotten. */
static void
test_random (void)
{
  for (guint seed = 1; seed <= 5; seed++)
    {
      g_autoptr (Core) core = core_new ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

      for (guint i = 0; i < 40; i++)
        {
          if (i % 20 == 0)
            for (guint plan = 100; plan <= 300; plan += 100)
              core_add_plan (core, core->kim, core->ann->athlete_id, plan);
          act (core, rand);
          core_assert_whole (core);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/purge/kept-400-days", test_kept_400_days);
  g_test_add_func ("/server/purge/cursors", test_cursors);
  g_test_add_func ("/server/purge/steps", test_steps);
  g_test_add_func ("/server/purge/brought-back", test_brought_back);
  g_test_add_func ("/server/purge/taken-back", test_taken_back);
  g_test_add_func ("/server/purge/exercises-stay", test_exercises_stay);
  g_test_add_func ("/server/purge/digest", test_digest);
  g_test_add_func ("/server/purge/since", test_since);
  g_test_add_func ("/server/purge/during-walk", test_during_walk);
  g_test_add_func ("/server/purge/erasure", test_erasure);
  g_test_add_func ("/server/purge/random", test_random);
  return g_test_run ();
}
