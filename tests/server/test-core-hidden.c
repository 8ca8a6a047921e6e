/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "core-fixture.h"

/* What a delete hides of somebody else's, and that it is named however often it is asked. */

#define DEVICE "11111111-1111-4111-8111-111111111111"

static Core *
make (void)
{
  Core *core = core_new ();

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  return core;
}

static void
edit (Core *core, LiftServerUser *user, const char *members)
{
  g_autoptr (JsonObject) answer = core_push (
    core, user, "{'changes':{'TrainingPlan':[{'id':'%s',%s}]}}", core_id (1), members);

  core_assert_ok (answer, 1);
}

/* As a device that has seen nothing since the row was made. */
static JsonObject *
delete_unseen (Core *core)
{
  return core_push (core, core->kim,
                    "{'deviceId':'" DEVICE "','firstMutation':1,'changes':{'TrainingPlan':[{"
                    "'id':'%s','version':1,'deletedAt':'2026-03-01T10:00:00Z',"
                    "'changedFields':['deletedAt'],'mutation':1}]}}",
                    core_id (1));
}

static void
assert_names_delete (JsonObject *answer, LiftServerUser *user, gint64 version)
{
  JsonArray *conflicts;
  JsonObject *conflict;

  core_assert_ok (answer, 1);
  conflicts = lift_json_get_array (
    json_array_get_object_element (lift_json_get_array (answer, "succeeded"), 0), "conflicts");
  g_assert_cmpuint (json_array_get_length (conflicts), ==, 1);
  conflict = json_array_get_object_element (conflicts, 0);
  g_assert_cmpstr (lift_json_get_string (conflict, "field"), ==, "deletedAt");
  g_assert_cmpstr (lift_json_get_string (conflict, "by"), ==, user->id);
  g_assert_cmpint (lift_json_get_int (conflict, "version", 0), ==, version);
  g_assert_true (json_object_get_null_member (conflict, "theirs"));
}

static void
assert_names_none (JsonObject *answer)
{
  core_assert_ok (answer, 1);
  g_assert_cmpuint (
    core_count (json_array_get_object_element (lift_json_get_array (answer, "succeeded"), 0),
                "conflicts"),
    ==, 0);
}

/* The row is a tombstone by the time of the repeat, so nothing else would tell of what it hides. */
static void
test_repeated (void)
{
  g_autoptr (Core) core = make ();

  edit (core, core->ann, "'notes':'knee','version':1,'changedFields':['notes']");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JsonObject) answer = delete_unseen (core);

      assert_names_delete (answer, core->ann, 2);
    }
}

/* What comes after the delete was not hidden by it. */
static void
test_edited_later (void)
{
  g_autoptr (Core) core = make ();
  g_autoptr (JsonObject) first = NULL, again = NULL;

  first = delete_unseen (core);
  assert_names_none (first);
  edit (core, core->ann, "'notes':'knee','version':1,'changedFields':['notes']");
  again = delete_unseen (core);
  assert_names_none (again);
}

/* The same user's other device wrote in the row too, beside what somebody else wrote. */
static void
test_own_beside (void)
{
  g_autoptr (Core) core = make ();

  edit (core, core->ann, "'notes':'knee','version':1,'changedFields':['notes']");
  edit (core, core->kim, "'name':'Heavy','version':2,'changedFields':['name']");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (JsonObject) answer = delete_unseen (core);

      assert_names_delete (answer, core->ann, 2);
    }
}

/* What that other device replaced is not in the row any more: it was told of it then. */
static void
test_own_over (void)
{
  g_autoptr (Core) core = make ();

  edit (core, core->ann, "'notes':'knee','version':1,'changedFields':['notes']");
  edit (core, core->kim, "'notes':'mine','version':2,'changedFields':['notes']");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (JsonObject) answer = delete_unseen (core);

      assert_names_none (answer);
    }
}

static guint
count_conflicts (JsonObject *answer, const char *id)
{
  JsonArray *rows = lift_json_get_array (answer, "succeeded");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_str_equal (lift_json_get_string (row, "entityId"), id))
        return core_count (row, "conflicts");
    }
  g_assert_not_reached ();
}

/* A part goes with the whole before its own delete is looked at, and hides what was in it all the
 * same. */
static void
test_parts (void)
{
  g_autoptr (Core) core = make ();
  g_autoptr (JsonObject) edited = core_push (core, core->ann,
                                             "{'changes':{'SetPlan':[{'id':'%s','targetReps':9,"
                                             "'version':1,'changedFields':['targetReps']}]}}",
                                             core_id (3));

  core_assert_ok (edited, 1);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (JsonObject) answer = core_push (
        core, core->kim,
        "{'deviceId':'" DEVICE "','firstMutation':1,'changes':{"
        "'TrainingPlan':[{'id':'%s','version':1,'deletedAt':'2026-03-01T10:00:00Z',"
        "'changedFields':['deletedAt'],'mutation':1}],"
        "'SetPlan':[{'id':'%s','version':1,'deletedAt':'2026-03-01T10:00:00Z',"
        "'changedFields':['deletedAt'],'mutation':2}]}}",
        core_id (1), core_id (3));

      core_assert_ok (answer, 2);
      g_assert_cmpuint (count_conflicts (answer, core_id (1)), ==, 0);
      g_assert_cmpuint (count_conflicts (answer, core_id (3)), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/hidden/repeated", test_repeated);
  g_test_add_func ("/server/hidden/edited-later", test_edited_later);
  g_test_add_func ("/server/hidden/own-beside", test_own_beside);
  g_test_add_func ("/server/hidden/own-over", test_own_over);
  g_test_add_func ("/server/hidden/parts", test_parts);
  return g_test_run ();
}
