/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <math.h>

#include "core-fixture.h"
#include "lift-database.h"

/* What a push does to rows: new, merged, refused, deleted, brought back, repeated. */

#define DEVICE "11111111-1111-4111-8111-111111111111"

static JsonObject *
edit_plan (Core *core, LiftServerUser *user, guint n, const char *members)
{
  return core_push (core, user, "{'changes':{'TrainingPlan':[{'id':'%s','athleteId':'%s',%s}]}}",
                    core_id (n), core->ann->athlete_id, members);
}

static JsonObject *
find (Core *core, LiftServerUser *user, const char *type, guint n)
{
  g_autoptr (GHashTable) rows = core_pull_all (core, user, "500", NULL);
  JsonObject *row = core_get_row (rows, type, core_id (n));

  return row != NULL ? json_object_ref (row) : NULL;
}

static gboolean
is_gone (Core *core, LiftServerUser *user, const char *type, guint n)
{
  g_autoptr (JsonObject) row = find (core, user, type, n);

  g_assert_nonnull (row);
  return !json_object_get_null_member (row, "deletedAt");
}

static void
test_new (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) row = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  row = find (core, core->ann, "TrainingPlan", 1);
  g_assert_cmpint (lift_json_get_int (row, "version", 0), ==, 1);
  g_assert_cmpstr (lift_json_get_string (row, "createdBy"), ==, core->kim->id);
  g_assert_cmpstr (lift_json_get_string (row, "updatedBy"), ==, core->kim->id);
  g_assert_cmpstr (lift_json_get_string (row, "name"), ==, "Day");
  g_assert_true (json_object_get_null_member (row, "deletedAt"));
  g_assert_false (json_object_has_member (row, "isDirty"));
}

static void
test_server_owned (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) answer = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  answer = edit_plan (core, core->kim, 1,
                      "'name':'New','version':77,'updatedAt':'2001-01-01T00:00:00Z',"
                      "'updatedBy':'11111111-1111-4111-8111-111111111111','isDirty':true,"
                      "'unheardOf':[1]");
  core_assert_ok (answer, 1);
  g_assert_cmpint (lift_json_get_int (core_entity (answer, 0), "version", 0), ==, 2);
  g_assert_cmpstr (lift_json_get_string (core_entity (answer, 0), "updatedBy"), ==, core->kim->id);
  g_assert_true (g_str_has_prefix (lift_json_get_string (core_entity (answer, 0), "updatedAt"),
                                   "2026-03-01T12"));
}

static void
test_field_merge (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) one = NULL;
  g_autoptr (JsonObject) other = NULL;
  g_autoptr (JsonObject) third = NULL;
  JsonArray *conflicts;
  JsonObject *conflict;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  one = edit_plan (core, core->kim, 1,
                   "'name':'Heavy','notes':'old','date':'2026-03-02','version':1,"
                   "'changedFields':['name']");
  core_assert_ok (one, 1);
  g_assert_true (json_object_get_null_member (core_entity (one, 0), "notes"));
  other = edit_plan (core, core->ann, 1,
                     "'name':'Day','notes':'tired','date':'2026-03-02','version':1,"
                     "'changedFields':['notes','whatIsThis']");
  core_assert_ok (other, 1);
  g_assert_cmpstr (lift_json_get_string (core_entity (other, 0), "name"), ==, "Heavy");
  g_assert_cmpstr (lift_json_get_string (core_entity (other, 0), "notes"), ==, "tired");
  conflicts = lift_json_get_array (
    json_array_get_object_element (lift_json_get_array (other, "succeeded"), 0), "conflicts");
  g_assert_cmpuint (json_array_get_length (conflicts), ==, 0);

  third = edit_plan (core, core->ann, 1, "'name':'Light','version':1,'changedFields':['name']");
  core_assert_ok (third, 1);
  g_assert_cmpstr (lift_json_get_string (core_entity (third, 0), "name"), ==, "Light");
  conflicts = lift_json_get_array (
    json_array_get_object_element (lift_json_get_array (third, "succeeded"), 0), "conflicts");
  g_assert_cmpuint (json_array_get_length (conflicts), ==, 1);
  conflict = json_array_get_object_element (conflicts, 0);
  g_assert_cmpstr (lift_json_get_string (conflict, "field"), ==, "name");
  g_assert_cmpstr (lift_json_get_string (conflict, "theirs"), ==, "Heavy");
  g_assert_cmpstr (lift_json_get_string (conflict, "by"), ==, core->kim->id);
  g_assert_cmpint (lift_json_get_int (conflict, "version", 0), ==, 2);
}

static void
test_same_user_no_conflict (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) one = NULL;
  g_autoptr (JsonObject) other = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  one = edit_plan (core, core->kim, 1, "'name':'A','version':1,'changedFields':['name']");
  other = edit_plan (core, core->kim, 1, "'name':'B','version':1,'changedFields':['name']");
  g_assert_cmpuint (
    core_count (json_array_get_object_element (lift_json_get_array (other, "succeeded"), 0),
                "conflicts"),
    ==, 0);
}

static void
test_absent_and_null (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) one = NULL;
  g_autoptr (JsonObject) other = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  one = edit_plan (core, core->kim, 1, "'notes':'keep','version':1");
  other = edit_plan (core, core->kim, 1, "'name':'Day','date':'2026-03-02T23:30:00+02:00'");
  core_assert_ok (other, 1);
  g_assert_cmpstr (lift_json_get_string (core_entity (other, 0), "notes"), ==, "keep");
  g_assert_cmpstr (lift_json_get_string (core_entity (other, 0), "date"), ==, "2026-03-02");
  g_clear_pointer (&other, json_object_unref);
  other = edit_plan (core, core->kim, 1, "'notes':null,'version':2");
  g_assert_true (json_object_get_null_member (core_entity (other, 0), "notes"));
}

static void
test_no_change_no_version (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) answer = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  answer = edit_plan (core, core->kim, 1, "'name':'Day','date':'2026-03-02','isLocked':false");
  core_assert_ok (answer, 1);
  g_assert_cmpint (lift_json_get_int (core_entity (answer, 0), "version", 0), ==, 1);
}

static void
test_partial_failure (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JsonObject) good = NULL;
  g_autoptr (JsonObject) bad = NULL;
  JsonObject *summary;
  const char *ann = core->ann->athlete_id;

  core_add_plan (core, core->kim, ann, 1);
  answer = core_push (
    core, core->kim,
    "{'changes':{'SetPlan':["
    "{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':3,'targetRpe':11},"
    "{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':4,'targetRpe':8.5}],"
    "'TrainingPlan':[{'id':'%s','athleteId':'%s','name':'','date':'2026-03-09'}],"
    "'ExercisePlan':[{'id':'%s','athleteId':'%s','trainingPlanId':'%s','exerciseId':'%s'}]}}",
    core_id (20), ann, core_id (2), core_id (21), ann, core_id (2), core_id (22), ann, core_id (23),
    ann, core_id (22), core_id (99));
  summary = lift_json_get_object (answer, "summary");
  g_assert_cmpint (lift_json_get_int (summary, "totalReceived", 0), ==, 4);
  g_assert_cmpint (lift_json_get_int (summary, "succeeded", 0), ==, 1);
  g_assert_cmpint (lift_json_get_int (summary, "failed", 0), ==, 3);
  g_assert_cmpstr (core_code (answer, 0), ==, "REQUIRED");
  g_assert_cmpstr (core_field (answer, 0), ==, "name");
  g_assert_cmpstr (core_code (answer, 1), ==, "PARENT_MISSING");
  g_assert_cmpstr (core_code (answer, 2), ==, "OUT_OF_RANGE");
  g_assert_cmpstr (core_field (answer, 2), ==, "targetRpe");
  good = find (core, core->kim, "SetPlan", 21);
  g_assert_cmpfloat (json_object_get_double_member (good, "targetRpe"), ==, 8.5);
  bad = find (core, core->kim, "SetPlan", 20);
  g_assert_null (bad);
}

static void
test_codes (void)
{
  static const struct
  {
    const char *members;
    const char *code;
    const char *field;
  } cases[] = {
    { "'id':'%s','date':'2026-03-02'", "REQUIRED", "name" },
    { "'id':'%s','name':null,'date':'2026-03-02'", "REQUIRED", "name" },
    { "'id':'%s','name':'A','date':'2026-02-30'", "BAD_FORMAT", "date" },
    { "'id':'%s','name':'A','date':20260302", "BAD_FORMAT", "date" },
    { "'id':'%s','name':['A'],'date':'2026-03-02'", "BAD_FORMAT", "name" },
    { "'id':'%s','name':'A','date':'2026-03-02','isLocked':'yes'", "BAD_FORMAT", "isLocked" },
    { "'id':'%s','name':'A','date':'2026-03-02','kind':'party'", "BAD_FORMAT", "kind" },
    { "'id':'%s','name':'A','date':'2026-03-02','orderInDay':100", "OUT_OF_RANGE", "orderInDay" },
    { "'id':'%s0','name':'A','date':'2026-03-02'", "BAD_FORMAT", "id" },
    { "'notId':'%s','name':'A','date':'2026-03-02'", "REQUIRED", "id" },
  };
  g_autoptr (Core) core = core_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) answer = NULL;
      g_autofree char *members = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      members = g_strdup_printf (cases[i].members, core_id (50 + i));
#pragma GCC diagnostic pop
      answer = core_push (core, core->kim, "{'changes':{'TrainingPlan':[{'athleteId':'%s',%s}]}}",
                          core->ann->athlete_id, members);
      g_test_message ("%s", cases[i].members);
      core_assert_code (answer, cases[i].code);
      g_assert_cmpstr (core_field (answer, 0), ==, cases[i].field);
    }
}

static void
test_too_long (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *name = g_strnfill (256, 'x');
  g_autoptr (JsonObject) answer = core_push (
    core, core->kim,
    "{'changes':{'TrainingPlan':[{'id':'%s','athleteId':'%s','name':'%s','date':'2026-03-02'}]}}",
    core_id (1), core->ann->athlete_id, name);

  core_assert_code (answer, "TOO_LONG");
}

static void
test_unknown_type (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject)
    answer = core_push (core, core->kim,
                        "{'changes':{'Horoscope':[{'id':'%s'}],'BodyWeightEntry':[{'id':'%s',"
                        "'athleteId':'%s','weight':80,'measurementDate':'2026-03-01'}]}}",
                        core_id (1), core_id (2), core->ann->athlete_id);

  g_assert_cmpuint (core_count (answer, "succeeded"), ==, 1);
  core_assert_code (answer, "UNKNOWN_TYPE");
}

static void
test_bad_bodies (void)
{
  static const char *const bodies[] = {
    "{}",
    "{'changes':[]}",
    "{'changes':{'TrainingPlan':{}}}",
    "{'changes':{'TrainingPlan':[1]}}",
    "{'deviceId':'me','changes':{}}",
    "{'deviceId':7,'changes':{}}",
    "{'deviceId':'11111111-1111-4111-8111-111111111111','changes':{'User':[{'mutation':0}]}}",
    "{'deviceId':'11111111-1111-4111-8111-111111111111','changes':{'User':[{'mutation':'1'}]}}",
    "{'deviceId':'11111111-1111-4111-8111-111111111111',"
    "'changes':{'User':[{'mutation':1},{'mutation':1}]}}",
  };
  g_autoptr (Core) core = core_new ();

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = core_push_error (core, core->kim, "%s", bodies[i]);

      g_test_message ("%s", bodies[i]);
      g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID);
      g_assert_cmpuint (lift_server_error_get_status (error), ==, 400);
      g_assert_nonnull (lift_server_error_get_field (error));
    }
}

static void
test_too_many (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GString) body = g_string_new ("{'changes':{'User':[{}");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < LIFT_SERVER_MAX_PUSH_ROWS; i++)
    g_string_append (body, ",{}");
  g_string_append (body, "]}}");
  error = core_push_error (core, core->kim, "%s", body->str);
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_TOO_LARGE);
  g_assert_cmpuint (lift_server_error_get_status (error), ==, 413);
}

static JsonObject *
numbered (Core *core, LiftServerUser *user, gint64 mutation, const char *name)
{
  return core_push (core, user,
                    "{'deviceId':'" DEVICE "','firstMutation':%d,'changes':{'TrainingPlan':[{"
                    "'id':'%s','athleteId':'%s','name':'%s','date':'2026-03-02','mutation':%d}]}}",
                    (int) mutation, core_id (1), core->ann->athlete_id, name, (int) mutation);
}

/* Nobody writes into a history that they have not pulled, not even with a push of nothing. */
static void
test_other_epoch (void)
{
  g_autoptr (Core) core = core_new ();
  LiftServerPullRequest request = { 0 };
  g_autoptr (JsonObject) before = core_pull (core, core->ann, &request);
  const char *epoch = lift_json_get_string (before, "epoch");
  g_autoptr (JsonObject) known = core_push (core, core->ann, "{'epoch':'%s','changes':{}}", epoch);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (known);
  lift_server_start_epoch (core->server, &error);
  g_assert_no_error (error);
  error = core_push_error (core, core->ann,
                           "{'epoch':'%s','changes':{'BodyWeightEntry':[{'id':'%s',"
                           "'athleteId':'%s','weight':80,'measurementDate':'2026-03-01'}]}}",
                           epoch, core_id (1), core->ann->athlete_id);
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_RESYNC);
  g_clear_error (&error);
  g_assert_null (find (core, core->ann, "BodyWeightEntry", 1));
  error = core_push_error (core, core->ann, "{'epoch':'%s','changes':{}}", epoch);
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_RESYNC);
}

/* What another wrote in a row is named when the row is deleted without knowing of it. */
static void
test_delete_names_edit (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) edited = NULL, deleted = NULL;
  JsonArray *conflicts;
  JsonObject *conflict;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  edited = edit_plan (core, core->ann, 1,
                      "'name':'Mine','date':'2026-03-02','version':1,"
                      "'changedFields':['name']");
  deleted = edit_plan (core, core->kim, 1,
                       "'name':'Day','date':'2026-03-02','version':1,"
                       "'deletedAt':'2026-03-01T10:00:00Z','changedFields':['deletedAt']");
  core_assert_ok (edited, 1);
  core_assert_ok (deleted, 1);
  conflicts = lift_json_get_array (
    json_array_get_object_element (lift_json_get_array (deleted, "succeeded"), 0), "conflicts");
  g_assert_cmpuint (json_array_get_length (conflicts), ==, 1);
  conflict = json_array_get_object_element (conflicts, 0);
  g_assert_cmpstr (lift_json_get_string (conflict, "field"), ==, "deletedAt");
  g_assert_cmpstr (lift_json_get_string (conflict, "by"), ==, core->ann->id);
  g_assert_true (json_object_get_null_member (conflict, "theirs"));
}

static void
test_repeat (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = numbered (core, core->kim, 1, "One");
  g_autoptr (JsonObject) theirs = NULL;
  g_autoptr (JsonObject) again = NULL;

  g_assert_cmpint (lift_json_get_int (first, "lastMutation", 0), ==, 1);
  theirs = edit_plan (core, core->ann, 1, "'name':'Two','version':1,'changedFields':['name']");
  core_assert_ok (theirs, 1);
  again = numbered (core, core->kim, 1, "One");
  core_assert_ok (again, 1);
  g_assert_cmpstr (lift_json_get_string (core_entity (again, 0), "name"), ==, "Two");
  g_assert_cmpint (lift_json_get_int (core_entity (again, 0), "version", 0), ==, 2);
  g_assert_cmpint (lift_json_get_int (again, "lastMutation", 0), ==, 1);
}

/* The first answer may have been lost, and with it what the push replaced. */
static void
test_repeat_names_conflicts (void)
{
  static const char edit[] = "{'deviceId':'" DEVICE
                             "','firstMutation':2,'changes':{'TrainingPlan':[{'id':'%s',"
                             "'name':'Mine','version':1,'changedFields':['name'],'mutation':2}]}}";
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = numbered (core, core->kim, 1, "One");
  g_autoptr (JsonObject) theirs = NULL;

  theirs = edit_plan (core, core->ann, 1, "'name':'Two','version':1,'changedFields':['name']");
  core_assert_ok (theirs, 1);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JsonObject) answer = core_push (core, core->kim, edit, core_id (1));
      JsonArray *conflicts;

      core_assert_ok (answer, 1);
      conflicts = lift_json_get_array (
        json_array_get_object_element (lift_json_get_array (answer, "succeeded"), 0), "conflicts");
      g_assert_cmpuint (json_array_get_length (conflicts), ==, 1);
      g_assert_cmpstr (
        lift_json_get_string (json_array_get_object_element (conflicts, 0), "theirs"), ==, "Two");
    }
}

static void
test_repeat_failure (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = numbered (core, core->kim, 1, "");
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) next = NULL;

  core_assert_code (first, "REQUIRED");
  again = numbered (core, core->kim, 1, "Good now");
  core_assert_code (again, "REQUIRED");
  g_assert_cmpstr (core_field (again, 0), ==, "name");
  next = numbered (core, core->kim, 2, "Good now");
  core_assert_ok (next, 1);
}

static void
test_gap (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = numbered (core, core->kim, 1, "One");
  g_autoptr (JsonObject) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) problem = g_string_new (NULL);
  g_autoptr (JsonObject) parsed = NULL;

  error = core_push_error (core, core->kim,
                           "{'deviceId':'" DEVICE "','changes':{'TrainingPlan':[{"
                           "'id':'%s','name':'X','mutation':3}]}}",
                           core_id (1));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_MUTATION_GAP);
  g_assert_cmpint (lift_server_error_get_last_mutation (error), ==, 1);
  lift_server_error_write_problem (error, problem);
  parsed = lift_json_parse_object (problem->str, problem->len, NULL);
  g_assert_cmpint (lift_json_get_int (parsed, "status", 0), ==, 409);
  g_assert_cmpstr (lift_json_get_string (parsed, "code"), ==, "MUTATION_GAP");
  g_assert_cmpint (lift_json_get_int (parsed, "lastMutation", 0), ==, 1);
  g_clear_error (&error);
  /* A hole inside of a push is one too, and nothing of it is applied. */
  error = core_push_error (core, core->kim,
                           "{'deviceId':'" DEVICE "','changes':{'TrainingPlan':[{"
                           "'id':'%s','name':'Never','mutation':2},{'id':'%s','mutation':4}]}}",
                           core_id (1), core_id (2));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_MUTATION_GAP);
  /* Numbers are counted for each user on their own. */
  other = core_push (core, core->ann,
                     "{'deviceId':'" DEVICE "','changes':{'TrainingPlan':[{'id':'%s',"
                     "'athleteId':'%s','name':'Hers','mutation':1}]}}",
                     core_id (1), core->ann->athlete_id);
  core_assert_ok (other, 1);
  g_assert_cmpstr (lift_json_get_string (core_entity (other, 0), "name"), ==, "Hers");
}

static void
test_overlap (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = numbered (core, core->kim, 1, "One");
  g_autoptr (JsonObject) both = core_push (
    core, core->kim,
    "{'deviceId':'" DEVICE "','firstMutation':1,'changes':{'TrainingPlan':["
    "{'id':'%s','athleteId':'%s','name':'Two','version':1,'changedFields':['name'],'mutation':2},"
    "{'id':'%s','athleteId':'%s','name':'Zero','mutation':1}]}}",
    core_id (1), core->ann->athlete_id, core_id (1), core->ann->athlete_id);

  core_assert_ok (both, 2);
  g_assert_cmpstr (lift_json_get_string (core_entity (both, 0), "name"), ==, "Two");
  g_assert_cmpint (lift_json_get_int (both, "lastMutation", 0), ==, 2);
}

static void
delete_plan (Core *core, LiftServerUser *user, guint n)
{
  g_autoptr (JsonObject) answer = edit_plan (
    core, user, n, "'deletedAt':'2020-01-01T00:00:00Z','version':1,'changedFields':['deletedAt']");

  core_assert_ok (answer, 1);
  /* The clock of a client decides nothing. */
  g_assert_true (g_str_has_prefix (lift_json_get_string (core_entity (answer, 0), "deletedAt"),
                                   "2026-03-01T12"));
}

static void
test_delete_covers_children (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) plan = NULL;
  g_autoptr (JsonObject) set = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  delete_plan (core, core->kim, 1);
  g_assert_true (is_gone (core, core->kim, "ExercisePlan", 2));
  plan = find (core, core->kim, "TrainingPlan", 1);
  set = find (core, core->kim, "SetPlan", 3);
  g_assert_cmpstr (lift_json_get_string (plan, "deletedAt"), ==,
                   lift_json_get_string (set, "deletedAt"));
}

static void
test_restore (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) answer = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  /* A set that went before the plan stays gone when the plan comes back. */
  first = core_push (core, core->kim,
                     "{'changes':{'SetPlan':[{'id':'%s','version':1,"
                     "'deletedAt':'2026-03-01T12:00:00Z','changedFields':['deletedAt']}]}}",
                     core_id (4));
  core_assert_ok (first, 1);
  delete_plan (core, core->kim, 1);
  answer = edit_plan (core, core->kim, 1,
                      "'deletedAt':null,'version':2,'changedFields':['deletedAt']");
  core_assert_ok (answer, 1);
  g_assert_true (json_object_get_null_member (core_entity (answer, 0), "deletedAt"));
  g_assert_false (is_gone (core, core->kim, "ExercisePlan", 2));
  g_assert_false (is_gone (core, core->kim, "SetPlan", 3));
  g_assert_true (is_gone (core, core->kim, "SetPlan", 4));
}

static void
test_edit_beats_delete (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) answer = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  delete_plan (core, core->kim, 1);
  answer = core_push (core, core->ann,
                      "{'changes':{'SetPlan':[{'id':'%s','athleteId':'%s','targetReps':8,"
                      "'deletedAt':null,'version':1,'changedFields':['targetReps']}]}}",
                      core_id (3), core->ann->athlete_id);
  core_assert_ok (answer, 1);
  g_assert_cmpint (lift_json_get_int (core_entity (answer, 0), "targetReps", 0), ==, 8);
  g_assert_false (is_gone (core, core->kim, "SetPlan", 3));
  g_assert_false (is_gone (core, core->kim, "SetPlan", 4));
  g_assert_false (is_gone (core, core->kim, "ExercisePlan", 2));
  g_assert_false (is_gone (core, core->kim, "TrainingPlan", 1));
}

static void
test_child_beats_delete (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) answer = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  delete_plan (core, core->kim, 1);
  answer = core_push (core, core->ann,
                      "{'changes':{'SetPlan':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s',"
                      "'setNumber':3}]}}",
                      core_id (9), core->ann->athlete_id, core_id (2));
  core_assert_ok (answer, 1);
  g_assert_false (is_gone (core, core->kim, "TrainingPlan", 1));
  g_assert_false (is_gone (core, core->kim, "SetPlan", 3));
  g_assert_false (is_gone (core, core->kim, "SetPlan", 9));
}

static void
test_delete_twice (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JsonObject) before = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  delete_plan (core, core->kim, 1);
  before = find (core, core->kim, "TrainingPlan", 1);
  lift_virtual_clock_advance (core->clock, G_USEC_PER_SEC);
  answer = edit_plan (core, core->ann, 1,
                      "'deletedAt':'2026-03-01T12:00:05Z','version':1,"
                      "'changedFields':['deletedAt']");
  core_assert_ok (answer, 1);
  g_assert_cmpstr (lift_json_get_string (core_entity (answer, 0), "deletedAt"), ==,
                   lift_json_get_string (before, "deletedAt"));
}

static void
test_pair (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) one = NULL;
  g_autoptr (JsonObject) small = NULL;
  g_autoptr (JsonObject) large = NULL;
  const char *ann = core->ann->athlete_id;

  core_add_plan (core, core->kim, ann, 1);
  one = core_push (core, core->kim,
                   "{'changes':{'Variant':[{'id':'%s','coachId':'%s','name':'Paused'}],"
                   "'ExercisePlanVariant':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s',"
                   "'variantId':'%s'}]}}",
                   core_id (30), core->kim->coach_id, core_id (45), ann, core_id (2), core_id (30));
  core_assert_ok (one, 2);
  large = core_push (core, core->ann,
                     "{'changes':{'ExercisePlanVariant':[{'id':'%s','athleteId':'%s',"
                     "'exercisePlanId':'%s','variantId':'%s'}]}}",
                     core_id (46), ann, core_id (2), core_id (30));
  core_assert_ok (large, 1);
  g_assert_false (json_object_get_null_member (core_entity (large, 0), "deletedAt"));
  g_assert_false (is_gone (core, core->kim, "ExercisePlanVariant", 45));
  small = core_push (core, core->ann,
                     "{'changes':{'ExercisePlanVariant':[{'id':'%s','athleteId':'%s',"
                     "'exercisePlanId':'%s','variantId':'%s'}]}}",
                     core_id (44), ann, core_id (2), core_id (30));
  core_assert_ok (small, 1);
  g_assert_true (json_object_get_null_member (core_entity (small, 0), "deletedAt"));
  g_assert_true (is_gone (core, core->kim, "ExercisePlanVariant", 45));
}

static void
test_duplicates (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) one = core_push (
    core, core->kim, "{'changes':{'Exercise':[{'id':'%s','coachId':'%s','name':'Señor Press'}]}}",
    core_id (1), core->kim->coach_id);
  g_autoptr (JsonObject) same = NULL;
  g_autoptr (JsonObject) theirs = NULL;
  g_autoptr (JsonObject) key = NULL;

  core_assert_ok (one, 1);
  same = core_push (core, core->kim,
                    "{'changes':{'Exercise':[{'id':'%s','coachId':'%s','name':'SENOR press'}]}}",
                    core_id (2), core->kim->coach_id);
  core_assert_code (same, "DUPLICATE");
  g_assert_cmpstr (core_field (same, 0), ==, "name");
  theirs = core_push (core, core->lee,
                      "{'changes':{'Exercise':[{'id':'%s','coachId':'%s','name':'SENOR press'}]}}",
                      core_id (3), core->lee->coach_id);
  core_assert_ok (theirs, 1);
  key = core_push (core, core->ann,
                   "{'changes':{'TrainingSession':["
                   "{'id':'%s','athleteId':'%s','sessionDate':'2026-03-01','sourceKey':'a'},"
                   "{'id':'%s','athleteId':'%s','sessionDate':'2026-03-01','sourceKey':'a'}]}}",
                   core_id (4), core->ann->athlete_id, core_id (5), core->ann->athlete_id);
  core_assert_code (key, "DUPLICATE");
  g_assert_cmpstr (core_field (key, 0), ==, "sourceKey");
}

/* A row that only the database refuses: the others of the push stay, and it may be tried again. */
static void
test_refused_by_database (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (LiftDatabase) raw = NULL;
  g_autofree char *cursor = NULL;
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  const char *ann = core->ann->athlete_id;

  core_add_plan (core, core->kim, ann, 1);
  before = core_pull_all (core, core->kim, "500", &cursor);
  raw = lift_database_open (core->path, LIFT_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  lift_database_exec (raw,
                      "CREATE TRIGGER refuse_set BEFORE INSERT ON set_plan"
                      " WHEN NEW.set_number = 13 BEGIN SELECT RAISE (ABORT, 'no'); END;",
                      &error);
  g_assert_no_error (error);
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
  g_assert_cmpuint (core_count (answer, "succeeded"), ==, 2);
  core_assert_code (answer, "INTERNAL");
  g_assert_true (lift_json_get_boolean (
    json_array_get_object_element (lift_json_get_array (answer, "failed"), 0), "retryable", FALSE));
  after = core_pull_all (core, core->kim, "500", &cursor);
  g_assert_cmpuint (g_hash_table_size (after), ==, 2);
  g_assert_nonnull (core_get_row (after, "SetPlan", core_id (52)));
}

static void
test_speed (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GString) body = g_string_new ("{'changes':{'SetPlan':[");
  g_autoptr (JsonObject) answer = NULL;
  double seconds;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (body,
                            "%s{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':%u,"
                            "'targetReps':5,'targetWeight':102.5}",
                            i > 0 ? "," : "", core_id (100 + i), core->ann->athlete_id, core_id (2),
                            i);
  g_string_append (body, "]}}");
  g_test_timer_start ();
  answer = core_push (core, core->kim, "%s", body->str);
  seconds = g_test_timer_elapsed ();
  core_assert_ok (answer, 100);
  g_test_message ("100 rows pushed in %.1f ms", seconds * 1000);
  g_assert_cmpfloat (seconds, <, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/push/new", test_new);
  g_test_add_func ("/server/push/server-owned", test_server_owned);
  g_test_add_func ("/server/push/field-merge", test_field_merge);
  g_test_add_func ("/server/push/same-user-no-conflict", test_same_user_no_conflict);
  g_test_add_func ("/server/push/absent-and-null", test_absent_and_null);
  g_test_add_func ("/server/push/no-change-no-version", test_no_change_no_version);
  g_test_add_func ("/server/push/partial-failure", test_partial_failure);
  g_test_add_func ("/server/push/codes", test_codes);
  g_test_add_func ("/server/push/too-long", test_too_long);
  g_test_add_func ("/server/push/unknown-type", test_unknown_type);
  g_test_add_func ("/server/push/bad-bodies", test_bad_bodies);
  g_test_add_func ("/server/push/too-many", test_too_many);
  g_test_add_func ("/server/push/other-epoch", test_other_epoch);
  g_test_add_func ("/server/push/delete-names-edit", test_delete_names_edit);
  g_test_add_func ("/server/push/repeat", test_repeat);
  g_test_add_func ("/server/push/repeat-names-conflicts", test_repeat_names_conflicts);
  g_test_add_func ("/server/push/repeat-failure", test_repeat_failure);
  g_test_add_func ("/server/push/gap", test_gap);
  g_test_add_func ("/server/push/overlap", test_overlap);
  g_test_add_func ("/server/push/delete-covers-children", test_delete_covers_children);
  g_test_add_func ("/server/push/restore", test_restore);
  g_test_add_func ("/server/push/edit-beats-delete", test_edit_beats_delete);
  g_test_add_func ("/server/push/child-beats-delete", test_child_beats_delete);
  g_test_add_func ("/server/push/delete-twice", test_delete_twice);
  g_test_add_func ("/server/push/pair", test_pair);
  g_test_add_func ("/server/push/duplicates", test_duplicates);
  g_test_add_func ("/server/push/refused-by-database", test_refused_by_database);
  g_test_add_func ("/server/push/speed", test_speed);
  return g_test_run ();
}
