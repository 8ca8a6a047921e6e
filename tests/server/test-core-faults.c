/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "core-fixture.h"
#include "lift-database.h"

#define DEVICE "00000000-0000-7000-8000-0000000000dd"
#define REFUSE_51 \
  "CREATE TRIGGER refuse BEFORE INSERT ON change WHEN NEW.id LIKE '%51' BEGIN" \
  " SELECT RAISE (ABORT, 'refused'); END"

/* The database fails: what clients are told, and what becomes of the rest of a push. */

static LiftDatabase *
open_raw (Core *core)
{
  g_autoptr (GError) error = NULL;
  LiftDatabase *raw = lift_database_open (core->path, LIFT_DATABASE_WRITE, &error);

  g_assert_no_error (error);
  return raw;
}

static void
exec (LiftDatabase *raw, const char *sql)
{
  g_autoptr (GError) error = NULL;

  lift_database_exec (raw, sql, &error);
  g_assert_no_error (error);
}

static void
assert_tells_nothing (Core *core, GError *error, const char *code)
{
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GString) text = g_string_new (NULL);

  lift_server_error_write_problem (copy, text);
  g_test_message ("%s", text->str);
  g_assert_nonnull (strstr (text->str, code));
  g_assert_nonnull (strstr (text->str, "Try again later"));
  g_assert_null (strstr (text->str, core->dir));
  g_assert_null (strstr (text->str, "server.db"));
  /* Whoever looks after the server reads which file it is. */
  g_assert_nonnull (strstr (error->message, core->path));
}

static void
test_busy_tells_no_path (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (LiftDatabase) raw = open_raw (core);
  g_autoptr (GError) error = NULL;

  exec (raw, "BEGIN IMMEDIATE");
  error = core_push_error (core, core->kim, "{'changes':{}}");
  exec (raw, "ROLLBACK");
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_BUSY);
  assert_tells_nothing (core, error, "BUSY");
}

static void
test_fault_tells_no_path (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (LiftDatabase) raw = open_raw (core);
  LiftServerPullRequest request = { 0 };
  g_autoptr (GError) error = NULL;

  exec (raw, "ALTER TABLE scope RENAME TO was_scope");
  error = core_pull_error (core, core->kim, &request);
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INTERNAL);
  assert_tells_nothing (core, error, "INTERNAL");
  exec (raw, "ALTER TABLE was_scope RENAME TO scope");
}

/* Three sets, and what the database refuses of the second is its position, which is found out only
 * when all rows are in. */
static void
test_position_refused (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (LiftDatabase) raw = open_raw (core);
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *cursor = NULL;
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  const char *ann = core->ann->athlete_id;

  core_add_plan (core, core->kim, ann, 1);
  before = core_pull_all (core, core->kim, "500", &cursor);
  exec (raw, REFUSE_51);
  answer = core_push (core, core->kim,
                      "{'deviceId':'" DEVICE "','changes':{'SetPlan':["
                      "{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':12,"
                      "'mutation':1},"
                      "{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':13,"
                      "'mutation':2},"
                      "{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':14,"
                      "'mutation':3}]}}",
                      core_id (50), ann, core_id (2), core_id (51), ann, core_id (2), core_id (52),
                      ann, core_id (2));
  core_assert_code (answer, "INTERNAL");
  g_assert_cmpuint (core_count (answer, "succeeded"), ==, 2);
  g_assert_true (lift_json_get_boolean (
    json_array_get_object_element (lift_json_get_array (answer, "failed"), 0), "retryable", FALSE));
  g_assert_cmpint (lift_json_get_int (answer, "lastMutation", 0), ==, 3);
  after = core_pull_all (core, core->kim, "500", &cursor);
  g_assert_cmpuint (g_hash_table_size (after), ==, 2);
  g_assert_null (core_get_row (after, "SetPlan", core_id (51)));
  g_assert_nonnull (core_get_row (after, "SetPlan", core_id (52)));
}

/* What goes with a row that is refused goes back with it: the parents that it had revived. */
static void
test_revived_goes_back (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (LiftDatabase) raw = open_raw (core);
  g_autoptr (JsonObject) gone = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *cursor = NULL;
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  gone = core_push (core, core->kim,
                    "{'changes':{'TrainingPlan':[{'id':'%s','deletedAt':'2026-03-01T12:00:00Z',"
                    "'changedFields':['deletedAt']}]}}",
                    core_id (1));
  core_assert_ok (gone, 1);
  before = core_pull_all (core, core->kim, "500", &cursor);
  exec (raw, "CREATE TRIGGER refuse BEFORE UPDATE ON set_plan WHEN NEW.target_reps = 8 BEGIN"
             " SELECT RAISE (ABORT, 'refused'); END");
  answer = core_push (core, core->kim,
                      "{'changes':{'SetPlan':[{'id':'%s','targetReps':8,"
                      "'changedFields':['targetReps']}]}}",
                      core_id (3));
  core_assert_code (answer, "INTERNAL");
  after = core_pull_all (core, core->kim, "500", &cursor);
  g_assert_cmpuint (g_hash_table_size (after), ==, 0);
}

/* The positions and digests of a push that was done row by row are those of any other. */
static void
test_digest_after_refusal (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (LiftDatabase) raw = open_raw (core);
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JsonObject) page = NULL;
  g_autofree char *scope = g_strconcat ("athlete:", core->ann->athlete_id, NULL);
  LiftServerPullRequest request = { .limit = "500" };
  JsonObject *digest;
  g_autoptr (GHashTable) all = NULL;
  g_autofree char *sql = NULL;
  gint64 placed = 0;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  exec (raw, REFUSE_51);
  answer = core_push (core, core->kim,
                      "{'changes':{'BodyWeightEntry':["
                      "{'id':'%s','athleteId':'%s','weight':80,'measurementDate':'2026-03-01'},"
                      "{'id':'%s','athleteId':'%s','weight':81,'measurementDate':'2026-03-01'},"
                      "{'id':'%s','athleteId':'%s','weight':82,'measurementDate':'2026-03-01'}]}}",
                      core_id (50), core->ann->athlete_id, core_id (51), core->ann->athlete_id,
                      core_id (52), core->ann->athlete_id);
  core_assert_code (answer, "INTERNAL");
  page = core_pull (core, core->kim, &request);
  digest = lift_json_get_object (lift_json_get_object (page, "digest"), scope);
  g_assert_nonnull (digest);
  all = core_pull_all (core, core->ann, "500", NULL);
  g_assert_nonnull (core_get_row (all, "BodyWeightEntry", core_id (52)));
  g_assert_null (core_get_row (all, "BodyWeightEntry", core_id (51)));
  sql = g_strdup_printf ("SELECT count(*) FROM change WHERE scope = '%s' AND seq <= %s", scope,
                         "(SELECT seq FROM scope WHERE name = change.scope)");
  g_assert_true (lift_database_get_int (raw, &placed, NULL, sql, ""));
  g_assert_cmpint (lift_json_get_int (digest, "rows", 0), ==, placed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/faults/busy-tells-no-path", test_busy_tells_no_path);
  g_test_add_func ("/server/faults/fault-tells-no-path", test_fault_tells_no_path);
  g_test_add_func ("/server/faults/position-refused", test_position_refused);
  g_test_add_func ("/server/faults/revived-goes-back", test_revived_goes_back);
  g_test_add_func ("/server/faults/digest-after-refusal", test_digest_after_refusal);
  return g_test_run ();
}
