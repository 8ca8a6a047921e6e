/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "core-fixture.h"
#include "lift-catalogue.h"

/* Who may do what: each line of the table in the data model, both ways. */

static const char *
exercise_id (void)
{
  static char id[37];
  g_autoptr (GPtrArray) catalogue = lift_catalogue_load ();

  g_strlcpy (id, ((LiftEntity *) g_ptr_array_index (catalogue, 0))->id, sizeof id);
  return id;
}

static JsonObject *
see (Core *core, LiftServerUser *user, const char *type, const char *id)
{
  g_autoptr (GHashTable) rows = core_pull_all (core, user, "500", NULL);
  JsonObject *row = core_get_row (rows, type, id);

  return row != NULL ? json_object_ref (row) : NULL;
}

static void
assert_sees (Core *core, LiftServerUser *user, const char *type, const char *id, gboolean expected)
{
  g_autoptr (JsonObject) row = see (core, user, type, id);

  g_assert_cmpint (row != NULL, ==, expected);
}

static JsonObject *
set_plan (Core *core, LiftServerUser *user, guint n, const char *members)
{
  return core_push (core, user, "{'changes':{'TrainingPlan':[{'id':'%s',%s}]}}", core_id (n),
                    members);
}

static void
test_plans (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) mine = NULL;
  g_autoptr (JsonObject) foreign = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  core_add_plan (core, core->ann, core->ann->athlete_id, 11);
  assert_sees (core, core->ann, "TrainingPlan", core_id (1), TRUE);
  assert_sees (core, core->kim, "SetPlan", core_id (13), TRUE);
  assert_sees (core, core->lee, "TrainingPlan", core_id (1), FALSE);
  assert_sees (core, core->bob, "TrainingPlan", core_id (1), FALSE);
  mine = set_plan (core, core->ann, 1, "'name':'Mine','changedFields':['name']");
  core_assert_ok (mine, 1);
  foreign = set_plan (core, core->bob, 1, "'name':'Mine','changedFields':['name']");
  core_assert_code (foreign, "FORBIDDEN");
}

static void
test_locked (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) lock = NULL;
  g_autoptr (JsonObject) plan = NULL;
  g_autoptr (JsonObject) set = NULL;
  g_autoptr (JsonObject) child = NULL;
  g_autoptr (JsonObject) gone = NULL;
  g_autoptr (JsonObject) open = NULL;
  g_autoptr (JsonObject) now = NULL;
  const char *ann = core->ann->athlete_id;

  core_add_plan (core, core->kim, ann, 1);
  lock = set_plan (core, core->kim, 1, "'isLocked':true,'changedFields':['isLocked']");
  core_assert_ok (lock, 1);
  plan = set_plan (core, core->ann, 1, "'name':'X','changedFields':['name']");
  core_assert_code (plan, "LOCKED");
  open = set_plan (core, core->ann, 1,
                   "'name':'Day','date':'2026-03-02','isLocked':false,'notes':'x'");
  core_assert_code (open, "LOCKED");
  set = core_push (core, core->ann,
                   "{'changes':{'SetPlan':[{'id':'%s','targetReps':1,"
                   "'changedFields':['targetReps']}]}}",
                   core_id (3));
  core_assert_code (set, "LOCKED");
  child = core_push (core, core->ann,
                     "{'changes':{'SetPlan':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s',"
                     "'setNumber':9}]}}",
                     core_id (9), ann, core_id (2));
  core_assert_code (child, "LOCKED");
  gone = set_plan (core, core->ann, 1,
                   "'deletedAt':'2026-03-01T00:00:00Z','changedFields':['deletedAt']");
  core_assert_code (gone, "LOCKED");
  now = set_plan (core, core->kim, 1, "'name':'Y','changedFields':['name']");
  core_assert_ok (now, 1);
}

/* Two who delete the same agree, whatever was locked meanwhile; to bring it back is another thing. */
static void
test_locked_and_gone (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) gone = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (JsonObject) back = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  gone = set_plan (core, core->kim, 1,
                   "'isLocked':true,'deletedAt':'2026-03-01T00:00:00Z',"
                   "'changedFields':['isLocked','deletedAt']");
  core_assert_ok (gone, 1);
  again = set_plan (core, core->ann, 1,
                    "'deletedAt':'2026-03-02T00:00:00Z','changedFields':['deletedAt']");
  core_assert_ok (again, 1);
  back = set_plan (core, core->ann, 1, "'deletedAt':null,'changedFields':['deletedAt']");
  core_assert_code (back, "LOCKED");
}

/* What is the coach's alone in a plan stays so, whatever a stale row of the athlete says. */
static void
test_lock_is_the_coachs (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) whole = NULL;
  g_autoptr (JsonObject) named = NULL;
  g_autoptr (JsonObject) status = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  whole = set_plan (core, core->ann, 1, "'name':'Z','date':'2026-03-02','isLocked':true");
  core_assert_ok (whole, 1);
  g_assert_false (lift_json_get_boolean (core_entity (whole, 0), "isLocked", TRUE));
  named = set_plan (core, core->ann, 1, "'isLocked':true,'changedFields':['isLocked']");
  core_assert_code (named, "FORBIDDEN");
  g_assert_cmpstr (core_field (named, 0), ==, "isLocked");
  status = set_plan (core, core->ann, 1, "'status':'draft','changedFields':['status']");
  core_assert_code (status, "FORBIDDEN");
}

static void
test_sessions (void)
{
  g_autoptr (Core) core = core_new ();
  LiftServerUser *users[] = { core->ann, core->kim };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (JsonObject) answer = core_push (
        core, users[i],
        "{'changes':{'TrainingSession':[{'id':'%s','athleteId':'%s','sessionDate':'2026-03-01'}],"
        "'ExerciseSession':[{'id':'%s','athleteId':'%s','trainingSessionId':'%s',"
        "'exerciseId':'%s'}],'SetSession':[{'id':'%s','athleteId':'%s','exerciseSessionId':'%s',"
        "'setNumber':1,'actualReps':5}],'BodyWeightEntry':[{'id':'%s','athleteId':'%s',"
        "'weight':80,'measurementDate':'2026-03-01'}]}}",
        core_id (10 * i), core->ann->athlete_id, core_id (10 * i + 1), core->ann->athlete_id,
        core_id (10 * i), exercise_id (), core_id (10 * i + 2), core->ann->athlete_id,
        core_id (10 * i + 1), core_id (10 * i + 3), core->ann->athlete_id);
      g_autoptr (JsonObject) other = NULL;

      core_assert_ok (answer, 4);
      other = core_push (core, users[1 - i],
                         "{'changes':{'SetSession':[{'id':'%s','actualReps':6,"
                         "'changedFields':['actualReps']}]}}",
                         core_id (10 * i + 2));
      core_assert_ok (other, 1);
      assert_sees (core, core->lee, "SetSession", core_id (10 * i + 2), FALSE);
      assert_sees (core, core->bob, "BodyWeightEntry", core_id (10 * i + 3), FALSE);
    }
}

static JsonObject *
set_athlete (Core *core, LiftServerUser *user, const char *id, const char *members)
{
  return core_push (core, user, "{'changes':{'Athlete':[{'id':'%s',%s}]}}", id, members);
}

static void
test_athlete (void)
{
  g_autoptr (Core) core = core_new ();
  const char *ann = core->ann->athlete_id;
  g_autoptr (JsonObject)
    note = set_athlete (core, core->kim, ann, "'coachNote':'lazy','changedFields':['coachNote']");
  g_autoptr (JsonObject) own = NULL;
  g_autoptr (JsonObject) coach = NULL;
  g_autoptr (JsonObject) guess = NULL;
  g_autoptr (JsonObject) whole = NULL;
  g_autoptr (JsonObject) move = NULL;
  g_autoptr (JsonObject) give = NULL;
  g_autoptr (JsonObject) seen = NULL;
  g_autoptr (JsonObject) kept = NULL;

  core_assert_ok (note, 1);
  seen = see (core, core->ann, "Athlete", ann);
  g_assert_false (json_object_has_member (seen, "coachNote"));
  own = set_athlete (core, core->ann, ann, "'heightCm':171,'changedFields':['heightCm']");
  core_assert_ok (own, 1);
  g_assert_false (json_object_has_member (core_entity (own, 0), "coachNote"));
  /* Also the right guess is refused: else it would be told. */
  guess = set_athlete (core, core->ann, ann, "'coachNote':'lazy','changedFields':['coachNote']");
  core_assert_code (guess, "FORBIDDEN");
  move = set_athlete (core, core->ann, ann, "'coachId':null,'changedFields':['coachId']");
  core_assert_code (move, "FORBIDDEN");
  whole = set_athlete (core, core->ann, ann,
                       "'displayName':'Annie','coachNote':'great','coachId':null,'userId':null");
  core_assert_ok (whole, 1);
  kept = see (core, core->kim, "Athlete", ann);
  g_assert_cmpstr (lift_json_get_string (kept, "coachNote"), ==, "lazy");
  g_assert_cmpstr (lift_json_get_string (kept, "coachId"), ==, core->kim->coach_id);
  g_assert_cmpstr (lift_json_get_string (kept, "userId"), ==, core->ann->id);
  g_assert_cmpstr (lift_json_get_string (kept, "displayName"), ==, "Annie");
  give = core_push (core, core->kim,
                    "{'changes':{'Athlete':[{'id':'%s','coachId':'%s',"
                    "'changedFields':['coachId']}]}}",
                    ann, core->lee->coach_id);
  core_assert_code (give, "FORBIDDEN");
  assert_sees (core, core->lee, "Athlete", ann, FALSE);
  coach = core_push (core, core->lee,
                     "{'changes':{'Athlete':[{'id':'%s','coachId':'%s',"
                     "'displayName':'Mine now'}]}}",
                     ann, core->lee->coach_id);
  core_assert_code (coach, "FORBIDDEN");
}

static void
test_make_athletes (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) made = core_push (
    core, core->kim, "{'changes':{'Athlete':[{'id':'%s','displayName':'Pat','coachId':'%s'}]}}",
    core_id (1), core->kim->coach_id);
  g_autoptr (JsonObject) other = NULL;
  g_autoptr (JsonObject) by_athlete = NULL;

  core_assert_ok (made, 1);
  core_add_plan (core, core->kim, core_id (1), 11);
  other = core_push (core, core->kim,
                     "{'changes':{'Athlete':[{'id':'%s','displayName':'Pat','coachId':'%s'}],"
                     "'BodyWeightEntry':[{'id':'%s','athleteId':'%s','weight':70,"
                     "'measurementDate':'2026-03-01'}]}}",
                     core_id (2), core->lee->coach_id, core_id (3), core_id (2));
  g_assert_cmpuint (core_count (other, "failed"), ==, 2);
  g_assert_cmpstr (core_code (other, 0), ==, "FORBIDDEN");
  g_assert_cmpstr (core_code (other, 1), ==, "PARENT_MISSING");
  by_athlete = core_push (
    core, core->ann, "{'changes':{'Athlete':[{'id':'%s','displayName':'Twin'}]}}", core_id (4));
  core_assert_code (by_athlete, "FORBIDDEN");
}

static void
test_exercises (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject)
    coachs = core_push (core, core->kim,
                        "{'changes':{'Exercise':[{'id':'%s','coachId':'%s','name':'Kim press'}],"
                        "'Variant':[{'id':'%s','coachId':'%s','name':'Slow'}]}}",
                        core_id (1), core->kim->coach_id, core_id (2), core->kim->coach_id);
  g_autoptr (JsonObject) athletes = core_push (
    core, core->ann, "{'changes':{'Exercise':[{'id':'%s','athleteId':'%s','name':'Ann lift'}]}}",
    core_id (3), core->ann->athlete_id);
  g_autoptr (JsonObject) by_athlete = NULL;
  g_autoptr (JsonObject) by_coach = NULL;

  core_assert_ok (coachs, 2);
  core_assert_ok (athletes, 1);
  assert_sees (core, core->ann, "Exercise", core_id (1), TRUE);
  assert_sees (core, core->ann, "Variant", core_id (2), TRUE);
  assert_sees (core, core->bob, "Exercise", core_id (1), FALSE);
  assert_sees (core, core->lee, "Variant", core_id (2), FALSE);
  assert_sees (core, core->kim, "Exercise", core_id (3), TRUE);
  assert_sees (core, core->lee, "Exercise", core_id (3), FALSE);
  by_athlete = core_push (core, core->ann,
                          "{'changes':{'Exercise':[{'id':'%s','name':'X',"
                          "'changedFields':['name']}],'Variant':[{'id':'%s','coachId':'%s',"
                          "'name':'Fast'}]}}",
                          core_id (1), core_id (5), core->kim->coach_id);
  g_assert_cmpuint (core_count (by_athlete, "failed"), ==, 2);
  g_assert_cmpstr (core_code (by_athlete, 0), ==, "FORBIDDEN");
  g_assert_cmpstr (core_code (by_athlete, 1), ==, "FORBIDDEN");
  by_coach = core_push (core, core->kim,
                        "{'changes':{'Exercise':[{'id':'%s','name':'X',"
                        "'changedFields':['name']}]}}",
                        core_id (3));
  core_assert_code (by_coach, "FORBIDDEN");
}

static void
test_catalogue (void)
{
  g_autoptr (Core) core = core_new ();
  LiftServerUser *users[] = { core->kim, core->ann, core->lee };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (JsonObject) edit = core_push (
        core, users[i],
        "{'changes':{'Exercise':[{'id':'%s','name':'X','changedFields':['name']}]}}",
        exercise_id ());
      g_autoptr (JsonObject) add = core_push (
        core, users[i],
        "{'changes':{'Exercise':[{'id':'%s','coachId':null,'athleteId':null,'name':'New'}]}}",
        core_id (1));

      assert_sees (core, users[i], "Exercise", exercise_id (), TRUE);
      core_assert_code (edit, "FORBIDDEN");
      core_assert_code (add, "FORBIDDEN");
    }
}

static void
test_people (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject)
    own = core_push (core, core->ann,
                     "{'changes':{'User':[{'id':'%s','name':'Ann B','role':'COACH',"
                     "'email':'ann','coachId':null}]}}",
                     core->ann->id);
  g_autoptr (JsonObject) role = NULL;
  g_autoptr (JsonObject) others = NULL;
  g_autoptr (JsonObject) made = NULL;
  g_autoptr (JsonObject) gone = NULL;
  g_autoptr (JsonObject) coach = NULL;
  g_autoptr (JsonObject) user = NULL;

  core_assert_ok (own, 1);
  g_assert_cmpstr (lift_json_get_string (core_entity (own, 0), "name"), ==, "Ann B");
  g_assert_cmpstr (lift_json_get_string (core_entity (own, 0), "role"), ==, "ATHLETE");
  g_assert_cmpstr (lift_json_get_string (core_entity (own, 0), "coachId"), ==, core->kim->coach_id);
  role = core_push (core, core->ann,
                    "{'changes':{'User':[{'id':'%s','role':'COACH','changedFields':['role']}]}}",
                    core->ann->id);
  core_assert_code (role, "FORBIDDEN");
  others = core_push (core, core->kim,
                      "{'changes':{'User':[{'id':'%s','name':'X','changedFields':['name']}],"
                      "'Coach':[{'id':'%s','bio':'X','changedFields':['bio']}]}}",
                      core->ann->id, core->lee->coach_id);
  g_assert_cmpuint (core_count (others, "failed"), ==, 2);
  made = core_push (core, core->kim,
                    "{'changes':{'User':[{'id':'%s','email':'x','name':'X','role':'COACH'}],"
                    "'Coach':[{'id':'%s','userId':'%s','displayName':'X'}]}}",
                    core_id (1), core_id (2), core_id (1));
  g_assert_cmpuint (core_count (made, "failed"), ==, 2);
  g_assert_cmpstr (core_code (made, 0), ==, "FORBIDDEN");
  gone = core_push (core, core->kim,
                    "{'changes':{'Coach':[{'id':'%s','deletedAt':'2026-03-01T00:00:00Z',"
                    "'changedFields':['deletedAt']}]}}",
                    core->kim->coach_id);
  core_assert_code (gone, "FORBIDDEN");
  coach = see (core, core->ann, "Coach", core->kim->coach_id);
  g_assert_cmpstr (lift_json_get_string (coach, "displayName"), ==, "kim");
  g_assert_false (json_object_has_member (coach, "bio"));
  user = see (core, core->ann, "User", core->kim->id);
  g_assert_false (json_object_has_member (user, "email"));
  assert_sees (core, core->ann, "User", core->lee->id, FALSE);
  assert_sees (core, core->kim, "Coach", core->lee->coach_id, FALSE);
}

static char *
fail (Core *core, LiftServerUser *user, const char *id, const char *athlete_id, guint parent)
{
  g_autoptr (JsonObject) answer = core_push (
    core, user,
    "{'changes':{'ExercisePlan':[{'id':'%s','athleteId':'%s','trainingPlanId':'%s',"
    "'exerciseId':'%s'}]}}",
    id, athlete_id, core_id (parent), exercise_id ());
  JsonObject *failure;

  g_assert_cmpuint (core_count (answer, "failed"), ==, 1);
  failure = json_array_get_object_element (lift_json_get_array (answer, "failed"), 0);
  g_assert_false (json_object_has_member (failure, "entity"));
  {
    g_autoptr (JsonNode)
      node = json_node_init_array (json_node_alloc (), lift_json_get_array (failure, "errors"));

    return lift_json_node_to_text (node);
  }
}

/* What is somebody else's and what is not there answer alike. */
static void
test_indistinguishable (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *foreign_athlete = NULL;
  g_autofree char *no_athlete = NULL;
  g_autofree char *foreign_parent = NULL;
  g_autofree char *no_parent = NULL;

  core_add_plan (core, core->lee, core->bob->athlete_id, 1);
  foreign_athlete = fail (core, core->kim, core_id (50), core->bob->athlete_id, 1);
  no_athlete = fail (core, core->kim, core_id (50), core_id (777), 778);
  g_assert_cmpstr (foreign_athlete, ==, no_athlete);
  g_assert_nonnull (strstr (foreign_athlete, "FORBIDDEN"));
  foreign_parent = fail (core, core->kim, core_id (50), core->ann->athlete_id, 1);
  no_parent = fail (core, core->kim, core_id (50), core->ann->athlete_id, 778);
  g_assert_cmpstr (foreign_parent, ==, no_parent);
  g_assert_nonnull (strstr (foreign_parent, "PARENT_MISSING"));
}

static void
lock_plan (Core *core, LiftServerUser *user, guint n, const char *status)
{
  g_autofree char *members = g_strdup_printf (
    "'isLocked':true,'status':'%s','changedFields':['isLocked','status']", status);
  g_autoptr (JsonObject) answer = set_plan (core, user, n, members);

  core_assert_ok (answer, 1);
}

/* A lock tells of no plan that the athlete does not know: another's, and a draft. */
static void
test_lock_tells_nothing (void)
{
  static const guint hidden[] = { 1, 11 };
  g_autoptr (Core) core = core_new ();

  core_add_plan (core, core->lee, core->bob->athlete_id, 1);
  core_add_plan (core, core->kim, core->ann->athlete_id, 11);
  core_add_plan (core, core->kim, core->ann->athlete_id, 21);
  lock_plan (core, core->lee, 1, "published");
  lock_plan (core, core->kim, 11, "draft");
  lock_plan (core, core->kim, 21, "published");
  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      g_autofree char *there = fail (core, core->ann, core_id (50), core->ann->athlete_id,
                                     hidden[i]);
      g_autofree char *missing = fail (core, core->ann, core_id (50), core->ann->athlete_id, 777);

      g_assert_cmpstr (there, ==, missing);
      g_assert_nonnull (strstr (there, "PARENT_MISSING"));
    }
  {
    g_autofree char *own = fail (core, core->ann, core_id (50), core->ann->athlete_id, 21);

    g_assert_nonnull (strstr (own, "LOCKED"));
  }
}

/* The same for a set, whose plan is two steps away. */
static void
test_lock_of_a_set_tells_nothing (void)
{
  static const guint parents[] = { 2, 777 };
  g_autoptr (Core) core = core_new ();

  core_add_plan (core, core->lee, core->bob->athlete_id, 1);
  lock_plan (core, core->lee, 1, "published");
  for (guint i = 0; i < G_N_ELEMENTS (parents); i++)
    {
      g_autoptr (JsonObject) answer = core_push (
        core, core->ann,
        "{'changes':{'SetPlan':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s',"
        "'setNumber':1}]}}",
        core_id (50), core->ann->athlete_id, core_id (parents[i]));

      core_assert_code (answer, "PARENT_MISSING");
    }
}

static void
test_takeover (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) theirs = NULL;
  g_autoptr (JsonObject) move = NULL;
  g_autoptr (JsonObject) sibling = NULL;
  g_autoptr (JsonObject) cross = NULL;

  core_add_plan (core, core->lee, core->bob->athlete_id, 1);
  core_add_plan (core, core->kim, core->ann->athlete_id, 11);
  /* A foreign id under an own athlete. */
  theirs = core_push (core, core->kim,
                      "{'changes':{'TrainingPlan':[{'id':'%s','athleteId':'%s','name':'Mine',"
                      "'date':'2026-03-02'}]}}",
                      core_id (1), core->ann->athlete_id);
  core_assert_code (theirs, "FORBIDDEN");
  sibling = core_push (core, core->kim, "{'changes':{'Athlete':[{'id':'%s','displayName':'Pat'}]}}",
                       core_id (60));
  core_assert_ok (sibling, 1);
  move = core_push (core, core->kim,
                    "{'changes':{'TrainingPlan':[{'id':'%s','athleteId':'%s',"
                    "'changedFields':['athleteId']}]}}",
                    core_id (11), core_id (60));
  core_assert_code (move, "FORBIDDEN");
  cross = core_push (core, core->kim,
                     "{'changes':{'ExercisePlan':[{'id':'%s','athleteId':'%s',"
                     "'trainingPlanId':'%s','exerciseId':'%s'}]}}",
                     core_id (61), core_id (60), core_id (11), exercise_id ());
  core_assert_code (cross, "BAD_REFERENCE");
}

static void
test_references (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) theirs = core_push (
    core, core->lee, "{'changes':{'Exercise':[{'id':'%s','coachId':'%s','name':'Lee press'}]}}",
    core_id (1), core->lee->coach_id);
  g_autoptr (JsonObject) answer = NULL;

  core_assert_ok (theirs, 1);
  core_add_plan (core, core->kim, core->ann->athlete_id, 11);
  answer = core_push (core, core->kim,
                      "{'changes':{'ExercisePlan':[{'id':'%s','athleteId':'%s',"
                      "'trainingPlanId':'%s','exerciseId':'%s'}]}}",
                      core_id (20), core->ann->athlete_id, core_id (11), core_id (1));
  core_assert_code (answer, "BAD_REFERENCE");
  g_assert_cmpstr (core_field (answer, 0), ==, "exerciseId");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/rights/plans", test_plans);
  g_test_add_func ("/server/rights/locked", test_locked);
  g_test_add_func ("/server/rights/locked-and-gone", test_locked_and_gone);
  g_test_add_func ("/server/rights/lock-is-the-coachs", test_lock_is_the_coachs);
  g_test_add_func ("/server/rights/sessions", test_sessions);
  g_test_add_func ("/server/rights/athlete", test_athlete);
  g_test_add_func ("/server/rights/make-athletes", test_make_athletes);
  g_test_add_func ("/server/rights/exercises", test_exercises);
  g_test_add_func ("/server/rights/catalogue", test_catalogue);
  g_test_add_func ("/server/rights/people", test_people);
  g_test_add_func ("/server/rights/indistinguishable", test_indistinguishable);
  g_test_add_func ("/server/rights/lock-tells-nothing", test_lock_tells_nothing);
  g_test_add_func ("/server/rights/lock-of-a-set-tells-nothing", test_lock_of_a_set_tells_nothing);
  g_test_add_func ("/server/rights/takeover", test_takeover);
  g_test_add_func ("/server/rights/references", test_references);
  return g_test_run ();
}
