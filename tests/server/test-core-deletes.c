/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "core-fixture.h"

/* Several deletes in one push: each brings back its own when it is undone. The rows are those of
 * core_add_plan(): plan 1, its exercise 2, its sets 3 and 4. */

static const char *const types[] = { NULL, "TrainingPlan", "ExercisePlan", "SetPlan", "SetPlan" };

/* @explicit: with changedFields, as our clients send it */
static char *
deleted (guint n, const char *time, gboolean explicit)
{
  return g_strdup_printf ("{'id':'%s','deletedAt':'2026-03-01T%sZ'%s}", core_id (n), time,
                          explicit ? ",'changedFields':['deletedAt']" : "");
}

static void
push (Core *core, const char *rows)
{
  g_autoptr (JsonObject) answer = core_push (core, core->kim, "{'changes':{%s}}", rows);

  if (core_count (answer, "failed") > 0)
    g_test_message ("%s %s", core_code (answer, 0), core_field (answer, 0));
  g_assert_cmpuint (core_count (answer, "failed"), ==, 0);
}

static void
restore (Core *core, guint n)
{
  g_autofree char *rows = g_strdup_printf (
    "'%s':[{'id':'%s','deletedAt':null,'changedFields':['deletedAt']}]", types[n], core_id (n));

  push (core, rows);
}

/* The rows that are there, as `1234`. */
static char *
list_live (Core *core)
{
  g_autoptr (GHashTable) rows = core_pull_all (core, core->ann, "500", NULL);
  GString *live = g_string_new (NULL);

  for (guint i = 1; i <= 4; i++)
    {
      JsonObject *row = core_get_row (rows, types[i], core_id (i));

      if (row != NULL && json_object_get_null_member (row, "deletedAt"))
        g_string_append_printf (live, "%u", i);
    }
  return g_string_free (live, FALSE);
}

static void
assert_live (Core *core, const char *expected)
{
  g_autofree char *live = list_live (core);

  g_assert_cmpstr (live, ==, expected);
}

static Core *
make (void)
{
  Core *core = core_new ();

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  return core;
}

/* Offline, a set is deleted, and then the exercise with what was left of it. */
static void
test_part_then_whole (void)
{
  for (guint explicit = 0; explicit < 2; explicit ++)
    {
      g_autoptr (Core) core = make ();
      g_autofree char *three = deleted (3, "10:00:00", explicit);
      g_autofree char *four = deleted (4, "10:05:00", explicit);
      g_autofree char *two = deleted (2, "10:05:00", explicit);
      g_autofree char *rows = g_strdup_printf ("'SetPlan':[%s,%s],'ExercisePlan':[%s]", three, four,
                                               two);

      push (core, rows);
      assert_live (core, "1");
      restore (core, 2);
      assert_live (core, "124");
      restore (core, 3);
      assert_live (core, "1234");
    }
}

/* Three deletes, each inside the next. */
static void
test_three_deep (void)
{
  g_autoptr (Core) core = make ();
  g_autofree char *three = deleted (3, "10:00:00", TRUE);
  g_autofree char *two = deleted (2, "10:00:01", TRUE);
  g_autofree char *one = deleted (1, "10:00:02", TRUE);
  g_autofree char *rows = g_strdup_printf ("'TrainingPlan':[%s],'ExercisePlan':[%s],'SetPlan':[%s]",
                                           one, two, three);

  push (core, rows);
  assert_live (core, "");
  restore (core, 1);
  assert_live (core, "1");
  restore (core, 2);
  assert_live (core, "124");
}

/* One delete, sent row by row, is one group whatever the order on the wire. */
static void
test_one_group (void)
{
  g_autoptr (Core) core = make ();
  g_autofree char *three = deleted (3, "10:00:00", TRUE);
  g_autofree char *four = deleted (4, "10:00:00", TRUE);
  g_autofree char *two = deleted (2, "10:00:00", TRUE);
  g_autofree char *rows = g_strdup_printf ("'SetPlan':[%s,%s],'ExercisePlan':[%s]", four, three,
                                           two);

  push (core, rows);
  assert_live (core, "1");
  restore (core, 3);
  assert_live (core, "1234");
}

/* The plan is brought back, and a set that had gone with it is deleted for itself. */
static void
test_restore_then_delete_part (void)
{
  g_autoptr (Core) core = make ();
  g_autofree char *one = deleted (1, "10:00:00", TRUE);
  g_autofree char *first = g_strdup_printf ("'TrainingPlan':[%s]", one);
  g_autofree char *three = deleted (3, "10:05:00", TRUE);
  g_autofree char *second = g_strdup_printf (
    "'SetPlan':[%s],'TrainingPlan':[{'id':'%s','deletedAt':null,'changedFields':['deletedAt']}]",
    three, core_id (1));

  push (core, first);
  assert_live (core, "");
  push (core, second);
  assert_live (core, "124");
}

/* Others deleted the plan; who edits a set of it and deletes the plan too does not bring it back. */
static void
test_edit_and_delete_again (void)
{
  g_autoptr (Core) core = make ();
  g_autofree char *one = deleted (1, "10:00:00", TRUE);
  g_autofree char *first = g_strdup_printf ("'TrainingPlan':[%s]", one);
  g_autofree char *second = g_strdup_printf (
    "'SetPlan':[{'id':'%s','targetReps':8,'changedFields':['targetReps']}],%s", core_id (3), first);

  push (core, first);
  push (core, second);
  assert_live (core, "");
  restore (core, 1);
  assert_live (core, "1234");
}

/* Made and deleted before they were ever sent: the part went first, and its whole must be there
 * for it. */
static void
test_never_there (void)
{
  g_autoptr (Core) core = make ();
  g_autofree char *rows = g_strdup_printf (
    "'ExercisePlanVariant':[],'TrainingPlan':[{'id':'%s','athleteId':'%s','name':'Gone',"
    "'date':'2026-03-03','deletedAt':'2026-03-01T10:05:00Z'}],"
    "'ExercisePlan':[{'id':'%s','athleteId':'%s','trainingPlanId':'%s','exerciseId':"
    "'11f70000-0000-8000-8000-000000000001','deletedAt':'2026-03-01T10:00:00Z'}]",
    core_id (11), core->ann->athlete_id, core_id (12), core->ann->athlete_id, core_id (11));

  push (core, rows);
  assert_live (core, "1234");
}

/* The same with a part that is not named as deleted: it goes with its whole, and comes back so. */
static void
test_part_of_never_there (void)
{
  g_autoptr (Core) core = make ();
  g_autofree char *rows = g_strdup_printf (
    "'TrainingPlan':[{'id':'%s','athleteId':'%s','name':'Gone','date':'2026-03-03',"
    "'deletedAt':'2026-03-01T10:05:00Z'}],"
    "'ExercisePlan':[{'id':'%s','athleteId':'%s','trainingPlanId':'%s','exerciseId':"
    "'11f70000-0000-8000-8000-000000000001'}]",
    core_id (11), core->ann->athlete_id, core_id (12), core->ann->athlete_id, core_id (11));
  g_autoptr (GHashTable) gone = NULL;
  g_autoptr (GHashTable) back = NULL;
  g_autofree char *plan = g_strdup_printf (
    "'TrainingPlan':[{'id':'%s','deletedAt':null,'changedFields':['deletedAt']}]", core_id (11));

  push (core, rows);
  gone = core_pull_all (core, core->kim, "500", NULL);
  g_assert_false (
    json_object_get_null_member (core_get_row (gone, "ExercisePlan", core_id (12)), "deletedAt"));
  push (core, plan);
  back = core_pull_all (core, core->kim, "500", NULL);
  g_assert_true (
    json_object_get_null_member (core_get_row (back, "ExercisePlan", core_id (12)), "deletedAt"));
}

/* What cannot be read as a time, or is no list of names, fails alone and changes nothing. */
static void
test_bad_deletes (void)
{
  static const char *const bad[] = {
    "'deletedAt':'yesterday','changedFields':['deletedAt']",
    "'deletedAt':'yesterday'",
    "'deletedAt':'2026-03-01T10:00:00Z','changedFields':[['deletedAt']]",
    "'deletedAt':'2026-03-01T10:00:00Z','changedFields':'deletedAt'",
  };
  g_autoptr (Core) core = make ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonObject) answer = core_push (
        core, core->kim,
        "{'changes':{'SetPlan':[{'id':'%s',%s}],'TrainingPlan':[{'id':'%s','name':'Day %u',"
        "'changedFields':['name']}]}}",
        core_id (3), bad[i], core_id (1), i);

      core_assert_code (answer, "BAD_FORMAT");
      g_assert_cmpuint (core_count (answer, "succeeded"), ==, 1);
      assert_live (core, "1234");
    }
}

/* One push of Ann's device, which has the number @mutation. */
static void
push_part (Core *core, guint mutation, const char *changes)
{
  g_autoptr (JsonObject) answer = core_push (
    core, core->ann,
    "{'deviceId':'00000000-0000-7000-8000-0000000000dd','firstMutation':%u,'changes':{%s}}",
    mutation, changes);

  core_assert_ok (answer, core_count (answer, "succeeded"));
}

static char *
delete_part (guint mutation, const char *type, guint n, const char *said)
{
  return g_strdup_printf ("'%s':[{'id':'%s','version':1,'deletedAt':'%s','mutation':%u,"
                          "'changedFields':['deletedAt']}]",
                          type, core_id (n), said, mutation);
}

static char *
make_deleted_set (Core *core, guint mutation, guint n, const char *said)
{
  return g_strdup_printf ("{'id':'%s','athleteId':'%s','exercisePlanId':'%s',"
                          "'setNumber':9,'deletedAt':'%s','mutation':%u}",
                          core_id (n), core->ann->athlete_id, core_id (101), said, mutation);
}

static char *
add_deleted_set (Core *core, guint mutation, guint n, const char *said)
{
  g_autofree char *set = make_deleted_set (core, mutation, n, said);

  return g_strdup_printf ("'SetPlan':[%s]", set);
}

static void
edit_set (Core *core, guint n)
{
  g_autoptr (JsonObject) answer = core_push (core, core->kim,
                                             "{'changes':{'SetPlan':[{'id':'%s','targetReps':9,"
                                             "'changedFields':['targetReps']}]}}",
                                             core_id (n));

  core_assert_ok (answer, 1);
}

static gboolean
lives (Core *core, guint n)
{
  g_autoptr (GHashTable) rows = core_pull_all (core, core->kim, "500", NULL);
  JsonObject *row = core_get_row (rows, "SetPlan", core_id (n));

  g_assert_nonnull (row);
  return lift_json_get_string (row, "deletedAt") == NULL;
}

#define SAID "2026-03-01T11:00:00.000005Z"
#define EARLIER "2026-03-01T11:00:00.000004Z"

/* What was deleted at once comes back at once, though it came in two pushes; what had been deleted
 * before does not. */
static void
test_in_two_pushes (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *plan = delete_part (1, "TrainingPlan", 100, SAID);
  g_autofree char *with = add_deleted_set (core, 2, 104, SAID);
  g_autofree char *before = add_deleted_set (core, 3, 105, EARLIER);
  g_autofree char *known = delete_part (4, "SetPlan", 103, SAID);

  core_add_plan (core, core->ann, core->ann->athlete_id, 100);
  push_part (core, 1, plan);
  push_part (core, 2, with);
  push_part (core, 3, before);
  push_part (core, 4, known);
  g_assert_false (lives (core, 104));
  edit_set (core, 102);
  g_assert_true (lives (core, 103));
  g_assert_true (lives (core, 104));
  g_assert_false (lives (core, 105));
}

/* The set is new to the server, and came as deleted by the delete of its plan. */
static void
test_new_and_gone_with_the_rest (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *plan = delete_part (2, "TrainingPlan", 100, SAID);
  g_autofree char *one = make_deleted_set (core, 1, 104, SAID);
  g_autofree char *other = make_deleted_set (core, 3, 105, SAID);
  g_autofree char *before = make_deleted_set (core, 4, 106, EARLIER);
  g_autofree char *all = g_strdup_printf ("'SetPlan':[%s,%s,%s],%s", one, other, before, plan);

  core_add_plan (core, core->ann, core->ann->athlete_id, 100);
  push_part (core, 1, all);
  g_assert_false (lives (core, 104));
  edit_set (core, 102);
  g_assert_true (lives (core, 103));
  g_assert_true (lives (core, 104));
  g_assert_true (lives (core, 105));
  g_assert_false (lives (core, 106));
}

/* An edit beats the first part of a delete, so the rest of it deletes nothing; a delete that knows
 * of the edit, or is another one, does. */
static void
test_beaten_in_between (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *plan = delete_part (1, "TrainingPlan", 100, SAID);
  g_autofree char *rest = delete_part (2, "SetPlan", 103, SAID);
  g_autofree char *again = delete_part (3, "SetPlan", 103, "2026-03-01T11:30:00Z");

  core_add_plan (core, core->ann, core->ann->athlete_id, 100);
  push_part (core, 1, plan);
  g_assert_false (lives (core, 103));
  edit_set (core, 102);
  push_part (core, 2, rest);
  g_assert_true (lives (core, 103));
  push_part (core, 3, again);
  g_assert_false (lives (core, 103));
  g_assert_true (lives (core, 102));
}

static void
delete_by_coach (Core *core, const char *type, guint n)
{
  g_autoptr (JsonObject) answer = core_push (core, core->kim,
                                             "{'changes':{'%s':[{'id':'%s',"
                                             "'deletedAt':'2026-03-01T10:00:00Z',"
                                             "'changedFields':['deletedAt']}]}}",
                                             type, core_id (n));

  core_assert_ok (answer, 1);
}

/* The coach had deleted the plan before, and Ann, who did not know, deletes it with a set of hers: it
 * comes back whole, whether her delete came at once or not, but for what had gone before. */
static void
test_gone_before (void)
{
  for (guint pushes = 1; pushes <= 2; pushes++)
    {
      g_autoptr (Core) core = core_new ();
      g_autofree char *plan = delete_part (1, "TrainingPlan", 100, SAID);
      g_autofree char *one = make_deleted_set (core, 2, 104, SAID);
      g_autofree char *before = make_deleted_set (core, 3, 105, EARLIER);
      g_autofree char *sets = g_strdup_printf ("'SetPlan':[%s,%s]", one, before);
      g_autofree char *all = g_strdup_printf ("%s,%s", plan, sets);

      core_add_plan (core, core->ann, core->ann->athlete_id, 100);
      delete_by_coach (core, "TrainingPlan", 100);
      push_part (core, 1, pushes == 1 ? all : plan);
      if (pushes == 2)
        push_part (core, 2, sets);
      g_assert_false (lives (core, 104));
      edit_set (core, 102);
      g_assert_true (lives (core, 103));
      g_assert_true (lives (core, 104));
      g_assert_false (lives (core, 105));
    }
}

/* The coach had deleted a set. Who knows that, and deletes it with its plan, had brought it back. */
static void
test_back_and_gone_again (void)
{
  for (guint version = 1; version <= 2; version++)
    {
      g_autoptr (Core) core = core_new ();
      g_autofree char *plan = delete_part (1, "TrainingPlan", 100, SAID);
      g_autofree char *set = g_strdup_printf (
        "'SetPlan':[{'id':'%s','version':%u,'deletedAt':'" SAID "','mutation':2,"
        "'changedFields':['deletedAt']}]",
        core_id (103), version);
      g_autofree char *all = g_strdup_printf ("%s,%s", plan, set);

      core_add_plan (core, core->ann, core->ann->athlete_id, 100);
      delete_by_coach (core, "SetPlan", 103);
      push_part (core, 1, all);
      edit_set (core, 102);
      g_assert_cmpint (lives (core, 103), ==, version == 2);
      core_assert_whole (core);
    }
}

/* With an exercise that joins the delete of its plan go its sets, which the coach had deleted with it. */
static void
test_joins_with_parts (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *plan = delete_part (1, "TrainingPlan", 100, SAID);
  g_autofree char *all = g_strdup_printf ("%s,'ExercisePlan':[{'id':'%s','version':2,"
                                          "'deletedAt':'" SAID "','mutation':2,"
                                          "'changedFields':['deletedAt']}]",
                                          plan, core_id (101));
  g_autofree char *back = g_strdup_printf (
    "'TrainingPlan':[{'id':'%s','deletedAt':null,'changedFields':['deletedAt']}]", core_id (100));

  core_add_plan (core, core->ann, core->ann->athlete_id, 100);
  delete_by_coach (core, "ExercisePlan", 101);
  push_part (core, 1, all);
  g_assert_false (lives (core, 103));
  push (core, back);
  g_assert_true (lives (core, 102));
  g_assert_true (lives (core, 103));
}

/* A device that has the answer to the first part of its delete calls the rest by that. */
static void
test_by_the_instant_of_the_server (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *plan = delete_part (1, "TrainingPlan", 100, SAID);
  g_autofree char *set = NULL;
  const char *stamp;

  core_add_plan (core, core->ann, core->ann->athlete_id, 100);
  push_part (core, 1, plan);
  {
    g_autoptr (GHashTable) rows = core_pull_all (core, core->kim, "500", NULL);

    stamp = lift_json_get_string (core_get_row (rows, "TrainingPlan", core_id (100)), "deletedAt");
    set = add_deleted_set (core, 2, 104, stamp);
  }
  push_part (core, 2, set);
  edit_set (core, 102);
  g_assert_true (lives (core, 104));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/deletes/part-then-whole", test_part_then_whole);
  g_test_add_func ("/server/deletes/three-deep", test_three_deep);
  g_test_add_func ("/server/deletes/one-group", test_one_group);
  g_test_add_func ("/server/deletes/restore-then-delete-part", test_restore_then_delete_part);
  g_test_add_func ("/server/deletes/edit-and-delete-again", test_edit_and_delete_again);
  g_test_add_func ("/server/deletes/never-there", test_never_there);
  g_test_add_func ("/server/deletes/part-of-never-there", test_part_of_never_there);
  g_test_add_func ("/server/deletes/bad-deletes", test_bad_deletes);
  g_test_add_func ("/server/deletes/in-two-pushes", test_in_two_pushes);
  g_test_add_func ("/server/deletes/new-and-gone-with-the-rest", test_new_and_gone_with_the_rest);
  g_test_add_func ("/server/deletes/beaten-in-between", test_beaten_in_between);
  g_test_add_func ("/server/deletes/gone-before", test_gone_before);
  g_test_add_func ("/server/deletes/back-and-gone-again", test_back_and_gone_again);
  g_test_add_func ("/server/deletes/joins-with-parts", test_joins_with_parts);
  g_test_add_func ("/server/deletes/by-the-instant-of-the-server",
                   test_by_the_instant_of_the_server);
  return g_test_run ();
}
