/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "core-fixture.h"
#include "lift-database.h"
#include "lift-json.h"

/* What a server knows of the numbers that it took: which row each was, and what was in it. Two
 * copies of one store that both go on give them out twice. */

#define DEVICE "11111111-1111-4111-8111-111111111111"
#define EXACT "'exactRepeats':true,"

/* Plan @n of Ann's, under number @mutation of the device. */
static char *
print_plan (Core *core, const char *flag, guint mutation, guint n, const char *name)
{
  return g_strdup_printf ("{'deviceId':'" DEVICE "',%s'firstMutation':%u,'changes':{'TrainingPlan':"
                          "[{'id':'%s','athleteId':'%s','name':'%s','date':'2026-03-02',"
                          "'mutation':%u}]}}",
                          flag, mutation, core_id (n), core->ann->athlete_id, name, mutation);
}

static void
assert_taken (Core *core, const char *flag, guint mutation, guint n, const char *name)
{
  g_autofree char *body = print_plan (core, flag, mutation, n, name);
  g_autoptr (JsonObject) answer = core_push (core, core->ann, "%s", body);

  core_assert_ok (answer, 1);
}

static void
assert_refused (Core *core, guint mutation, guint n, const char *name, gint64 last)
{
  g_autofree char *body = print_plan (core, EXACT, mutation, n, name);
  g_autoptr (GError) error = core_push_error (core, core->ann, "%s", body);

  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_MUTATION_GAP);
  g_assert_cmpint (lift_server_error_get_last_mutation (error), ==, last);
}

static void
assert_name (Core *core, guint n, const char *name)
{
  g_autoptr (GHashTable) rows = core_pull_all (core, core->ann, "500", NULL);
  JsonObject *row = core_get_row (rows, "TrainingPlan", core_id (n));

  g_assert_cmpstr (row != NULL ? lift_json_get_string (row, "name") : NULL, ==, name);
}

static gint64
count_marks (Core *core)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftDatabase) raw = lift_database_open (core->path, LIFT_DATABASE_READ, &error);
  gint64 marks;

  g_assert_no_error (error);
  lift_database_get_int (raw, &marks, &error, "SELECT count (*) FROM mark", "");
  g_assert_no_error (error);
  return marks;
}

static void
test_of_another (void)
{
  g_autoptr (Core) core = core_new ();

  assert_taken (core, EXACT, 1, 1, "One");
  assert_taken (core, EXACT, 2, 2, "Two");
  assert_refused (core, 2, 2, "Other", 2);
  assert_refused (core, 1, 2, "Two", 2);
  assert_refused (core, 1, 3, "One", 2);
  core_reopen (core);
  assert_refused (core, 1, 1, "Other", 2);
  assert_taken (core, EXACT, 1, 1, "One");
  assert_taken (core, EXACT, 3, 3, "Other");
  assert_name (core, 1, "One");
  assert_name (core, 2, "Two");
}

/* Nothing is applied of a push that has one such number. */
static void
test_beside_new (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) error = NULL;

  assert_taken (core, EXACT, 1, 1, "One");
  error = core_push_error (core, core->ann,
                           "{'deviceId':'" DEVICE "'," EXACT "'changes':{'TrainingPlan':["
                           "{'id':'%s','athleteId':'%s','name':'New','mutation':2},"
                           "{'id':'%s','athleteId':'%s','name':'Other','mutation':1}]}}",
                           core_id (2), core->ann->athlete_id, core_id (1), core->ann->athlete_id);
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_MUTATION_GAP);
  assert_name (core, 1, "One");
  assert_name (core, 2, NULL);
  assert_taken (core, EXACT, 2, 2, "New");
}

/* The same in other words: proxies may write anew what they pass on. */
static void
test_same_otherwise (void)
{
  static const char *const bodies[] = {
    "'weight':80,'notes':'caf\xc3\xa9','measurementDate':'2026-03-01','changedFields':['a','b'],"
    "'mutation':1",
    "'mutation':1,'changedFields':['a','b'],'measurementDate':'2026-03-01','weight':80.0,"
    "'notes':'caf\\u00e9'",
    "'weight':8e1,'changedFields':['a','b'],'notes':'caf\xc3\xa9','mutation':1,"
    "'measurementDate':'2026-03-01'",
  };
  static const char *const others[] = {
    "'weight':80,'notes':'caf\xc3\xa9','measurementDate':'2026-03-01','changedFields':['b','a'],"
    "'mutation':1",
    "'weight':80,'notes':null,'measurementDate':'2026-03-01','changedFields':['a','b'],"
    "'mutation':1",
    "'weight':80.5,'notes':'caf\xc3\xa9','measurementDate':'2026-03-01','changedFields':['a','b'],"
    "'mutation':1",
    "'weight':80,'measurementDate':'2026-03-01','changedFields':['a','b'],'mutation':1",
  };
  static const char body[] = "{'deviceId':'" DEVICE "'," EXACT "'changes':{'BodyWeightEntry':[{"
                             "'id':'%s','athleteId':'%s',%s}]}}";
  g_autoptr (Core) core = core_new ();

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (JsonObject)
        answer = core_push (core, core->ann, body, core_id (1), core->ann->athlete_id, bodies[i]);

      core_assert_ok (answer, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = core_push_error (core, core->ann, body, core_id (1),
                                                  core->ann->athlete_id, others[i]);

      g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_MUTATION_GAP);
    }
}

/* A client that does not say that its repeats are exact gets the row as it stands. */
static void
test_not_exact (void)
{
  g_autoptr (Core) core = core_new ();

  assert_taken (core, "", 1, 1, "One");
  assert_taken (core, "", 1, 1, "Other");
  assert_name (core, 1, "One");
  assert_refused (core, 1, 1, "Other", 1);
}

static void
push_many (Core *core, guint first, guint count)
{
  GString *body = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) answer = NULL;

  g_string_append_printf (body, "{'deviceId':'" DEVICE "','changes':{'BodyWeightEntry':[");
  for (guint i = first; i < first + count; i++)
    g_string_append_printf (body,
                            "%s{'id':'%s','athleteId':'%s','weight':%u,"
                            "'measurementDate':'2026-03-01','mutation':%u}",
                            i > first ? "," : "", core_id (1), core->ann->athlete_id, 50 + i % 100,
                            i);
  g_string_append (body, "]}}");
  text = g_string_free (body, FALSE);
  answer = core_push (core, core->ann, "%s", text);
  core_assert_ok (answer, count);
}

/* As many are known as answers to failures are; older ones are repeats, whatever is in them. */
static void
test_kept (void)
{
  g_autoptr (Core) core = core_new ();

  for (guint i = 0; i < 14; i++)
    push_many (core, 1 + 500 * i, 500);
  g_assert_cmpint (count_marks (core), ==, 10);
  assert_taken (core, EXACT, 7001, 2, "New");
  assert_refused (core, 7000, 2, "New", 7001);
  assert_refused (core, 2300, 2, "New", 7001);
  assert_taken (core, EXACT, 1, 2, "Long ago");
  assert_name (core, 2, "New");
}

/* They are those of one user's device, and go back with it. */
static void
test_whose (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *kept = g_build_filename (core->dir, "kept.db", NULL);
  g_autofree char *theirs = print_plan (core, EXACT, 1, 9, "Hers");
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) error = NULL;

  assert_taken (core, EXACT, 1, 1, "One");
  answer = core_push (core, core->kim, "%s", theirs);
  core_assert_ok (answer, 1);
  g_assert_true (lift_server_backup (core->server, kept, &error));
  assert_taken (core, EXACT, 2, 2, "Two");
  g_assert_finalize_object (core->server);
  g_assert_true (lift_server_sqlite_restore (core->path, kept, &error));
  core_open (core);
  assert_refused (core, 1, 1, "Other", 1);
  assert_taken (core, EXACT, 2, 2, "Other");
  g_assert_cmpint (count_marks (core), ==, 3);
  lift_server_delete_account (core->server, core->ann, CORE_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_marks (core), ==, 1);
}

/* A number that a refused row had is taken too. */
static void
test_of_failures (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *bad = print_plan (core, EXACT, 1, 1, "");
  g_autoptr (JsonObject) first = core_push (core, core->ann, "%s", bad);
  g_autoptr (JsonObject) again = core_push (core, core->ann, "%s", bad);

  core_assert_code (first, "REQUIRED");
  core_assert_code (again, "REQUIRED");
  assert_refused (core, 1, 1, "Good", 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/numbers/of-another", test_of_another);
  g_test_add_func ("/server/numbers/beside-new", test_beside_new);
  g_test_add_func ("/server/numbers/same-otherwise", test_same_otherwise);
  g_test_add_func ("/server/numbers/not-exact", test_not_exact);
  g_test_add_func ("/server/numbers/kept", test_kept);
  g_test_add_func ("/server/numbers/whose", test_whose);
  g_test_add_func ("/server/numbers/of-failures", test_of_failures);
  return g_test_run ();
}
