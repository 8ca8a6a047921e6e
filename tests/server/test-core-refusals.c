/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "core-fixture.h"

/* What the server does not take, and what it says of it. */

#define DEVICE "00000000-0000-7000-8000-0000000000dd"

static void
test_ids (void)
{
  static const struct
  {
    const char *row, *code;
  } cases[] = {
    { "{'name':'Paused'}", "REQUIRED" },
    { "{'id':null,'name':'Paused'}", "REQUIRED" },
    { "{'id':7,'name':'Paused'}", "REQUIRED" },
    { "{'id':'','name':'Paused'}", "BAD_FORMAT" },
    { "{'id':'7','name':'Paused'}", "BAD_FORMAT" },
    { "{'id':'00000000-0000-7000-8000-00000000000g','name':'Paused'}", "BAD_FORMAT" },
  };
  g_autoptr (Core) core = core_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject)
        answer = core_push (core, core->kim, "{'changes':{'Variant':[%s]}}", cases[i].row);

      core_assert_code (answer, cases[i].code);
      g_assert_cmpstr (core_field (answer, 0), ==, "id");
    }
}

/* Whose a new row is. */
static void
test_owners (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) nobodys = NULL;
  g_autoptr (JsonObject) self_made = NULL;
  g_autoptr (JsonObject) other_coach = NULL;

  nobodys = core_push (core, core->kim,
                       "{'changes':{'TrainingPlan':[{'id':'%s','name':'Day',"
                       "'date':'2026-03-02'}]}}",
                       core_id (1));
  core_assert_code (nobodys, "REQUIRED");
  g_assert_cmpstr (core_field (nobodys, 0), ==, "athleteId");
  self_made = core_push (
    core, core->ann, "{'changes':{'Athlete':[{'id':'%s','displayName':'Ann too'}]}}", core_id (2));
  core_assert_code (self_made, "FORBIDDEN");
  other_coach = core_push (core, core->kim,
                           "{'changes':{'Athlete':[{'id':'%s','displayName':'Pat',"
                           "'coachId':'%s'}]}}",
                           core_id (3), core->lee->coach_id);
  core_assert_code (other_coach, "FORBIDDEN");
}

/* What a row names, and is no part of, must have been taken too. */
static void
test_named_row_failed (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) answer = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  answer = core_push (core, core->kim,
                      "{'changes':{'Variant':[{'id':'%s','coachId':'%s','name':''}],"
                      "'ExercisePlanVariant':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s',"
                      "'variantId':'%s'}]}}",
                      core_id (30), core->kim->coach_id, core_id (31), core->ann->athlete_id,
                      core_id (2), core_id (30));
  g_assert_cmpuint (core_count (answer, "failed"), ==, 2);
  g_assert_cmpstr (core_code (answer, 1), ==, "PARENT_MISSING");
  g_assert_cmpstr (core_field (answer, 1), ==, "variantId");
}

static JsonObject *
rename_plan (Core *core, LiftServerUser *user)
{
  return core_push (core, user,
                    "{'deviceId':'" DEVICE "','changes':{'TrainingPlan':[{'id':'%s','name':'Mine',"
                    "'changedFields':['name'],'mutation':1}]}}",
                    core_id (1));
}

/* A repeat is answered with the row as it stands now: withdrawn, it tells nothing of itself. */
static void
test_repeat_of_withdrawn (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) hidden = NULL;
  g_autoptr (JsonObject) again = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  first = rename_plan (core, core->ann);
  core_assert_ok (first, 1);
  g_assert_cmpstr (lift_json_get_string (core_entity (first, 0), "name"), ==, "Mine");
  hidden = core_push (core, core->kim,
                      "{'changes':{'TrainingPlan':[{'id':'%s','status':'draft','name':'Secret',"
                      "'changedFields':['status','name']}]}}",
                      core_id (1));
  core_assert_ok (hidden, 1);
  again = rename_plan (core, core->ann);
  core_assert_ok (again, 1);
  g_assert_false (json_object_has_member (core_entity (again, 0), "name"));
  g_assert_false (json_object_get_null_member (core_entity (again, 0), "deletedAt"));
}

/* And erased, there is nothing to answer with. */
static void
test_repeat_of_erased (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) first = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  first = rename_plan (core, core->kim);
  core_assert_ok (first, 1);
  g_assert_true (lift_server_delete_account (core->server, core->ann, CORE_PASSWORD, &error));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (JsonObject) again = rename_plan (core, core->kim);

      core_assert_code (again, "FORBIDDEN");
      g_assert_cmpint (lift_json_get_int (again, "lastMutation", 0), ==, 1);
    }
}

static void
refuse_registration (Core *core, const LiftServerRegistration *registration, const char *field)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lift_server_register (core->server, registration, &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID);
  g_assert_cmpstr (lift_server_error_get_field (error), ==, field);
}

static void
test_registrations (void)
{
  g_autofree char *long_name = g_strnfill (101, 'n');
  g_autofree char *long_password = g_strnfill (1025, 'p');
  const LiftServerRegistration good = {
    .username = "pat",
    .password = CORE_PASSWORD,
    .name = "Pat",
    .user_type = "athlete",
  };
  g_autoptr (Core) core = core_new ();
  LiftServerRegistration bad = good;
  g_autoptr (GString) text = NULL;

  lift_server_set_open_registration (core->server, TRUE);
  bad.name = long_name;
  refuse_registration (core, &bad, "name");
  bad.name = " ";
  refuse_registration (core, &bad, "name");
  bad.name = NULL;
  refuse_registration (core, &bad, "name");
  bad = good;
  bad.password = long_password;
  refuse_registration (core, &bad, "password");
  bad.password = NULL;
  refuse_registration (core, &bad, "password");
  bad = good;
  bad.user_type = "king";
  refuse_registration (core, &bad, "userType");
  bad.user_type = "coach";
  bad.invite_code = "code";
  refuse_registration (core, &bad, "inviteCode");
  /* What was refused has taken no name. */
  text = lift_server_register (core->server, &good, NULL);
  g_assert_nonnull (text);
}

/* However long the rows are, a page stays one that a client can take, and nothing is left out. */
static void
test_long_rows (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *notes = g_strnfill (9000, 'n');
  g_autofree char *cursor = NULL;
  LiftServerPullRequest request = { .limit = "500" };
  g_autoptr (JsonObject) page = NULL;
  g_autoptr (GHashTable) rows = NULL;

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GString) plans = g_string_new (NULL);
      g_autoptr (JsonObject) answer = NULL;

      for (guint j = 0; j < 100; j++)
        g_string_append_printf (plans,
                                "%s{'id':'%s','athleteId':'%s','name':'Day','date':'2026-03-02',"
                                "'notes':'%s'}",
                                j > 0 ? "," : "", core_id (1000 + 100 * i + j),
                                core->ann->athlete_id, notes);
      answer = core_push (core, core->kim, "{'changes':{'TrainingPlan':[%s]}}", plans->str);
      core_assert_ok (answer, 100);
    }
  request.since = "1970-01-01T00:00:00Z";
  page = core_pull (core, core->kim, &request);
  g_assert_cmpuint (json_array_get_length (lift_json_get_array (
                      lift_json_get_object (page, "changesByType"), "TrainingPlan")),
                    <, 500);
  rows = core_pull_all (core, core->kim, "500", &cursor);
  for (guint i = 0; i < 600; i++)
    g_assert_nonnull (core_get_row (rows, "TrainingPlan", core_id (1000 + i)));
}

/* The file of a version that did not know a field yet: its rows have no value, and take one. */
static void
test_older_file (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) answer = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  core_exec (core, "ALTER TABLE set_plan DROP COLUMN tempo");
  core_reopen (core);
  answer = core_push (core, core->kim,
                      "{'changes':{'SetPlan':[{'id':'%s','tempo':'31X0',"
                      "'changedFields':['tempo']}]}}",
                      core_id (3));
  core_assert_ok (answer, 1);
  g_assert_cmpstr (lift_json_get_string (core_entity (answer, 0), "tempo"), ==, "31X0");
}

static void
test_newer_file (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerDatabase) database = lift_server_sqlite_open (core->path, 1, &error);

  g_assert_no_error (error);
  core_exec (core, "UPDATE server SET schema = 99");
  g_assert_null (lift_server_new (database, LIFT_CLOCK (core->clock), &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INTERNAL);
  g_assert_nonnull (strstr (error->message, "newer version"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/refusals/ids", test_ids);
  g_test_add_func ("/server/refusals/owners", test_owners);
  g_test_add_func ("/server/refusals/named-row-failed", test_named_row_failed);
  g_test_add_func ("/server/refusals/repeat-of-withdrawn", test_repeat_of_withdrawn);
  g_test_add_func ("/server/refusals/repeat-of-erased", test_repeat_of_erased);
  g_test_add_func ("/server/refusals/registrations", test_registrations);
  g_test_add_func ("/server/refusals/long-rows", test_long_rows);
  g_test_add_func ("/server/refusals/older-file", test_older_file);
  g_test_add_func ("/server/refusals/newer-file", test_newer_file);
  return g_test_run ();
}
