/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "core-fixture.h"

/* A row that cannot be read fails alone, and says why; the good ones beside it are taken. */

#define DEVICE "00000000-0000-7000-8000-0000000000dd"

typedef struct
{
  const char *members; /* of the bad row, after its athlete */
  const char *field;
} Case;

static const Case cases[] = {
  { "'id':'not-a-uuid','name':'Bad','date':'2026-03-02'", "id" },
  { "'id':5,'name':'Bad','date':'2026-03-02'", "id" },
  { "'id':'%s','name':5,'date':'2026-03-02'", "name" },
  { "'id':'%s','name':['Bad'],'date':'2026-03-02'", "name" },
  { "'id':'%s','name':'Bad','date':'tomorrow'", "date" },
  { "'id':'%s','name':'Bad','date':20260302", "date" },
  { "'id':'%s','name':'Bad','date':'2026-03-02','isLocked':'yes'", "isLocked" },
  { "'id':'%s','name':'Bad','date':'2026-03-02','orderInDay':1.5", "orderInDay" },
  { "'id':'%s','name':'Bad','date':'2026-03-02','orderInDay':'1'", "orderInDay" },
  { "'id':'%s','name':'Bad','date':'2026-03-02','status':'maybe'", "status" },
  { "'id':'%s','name':'Bad','date':'2026-03-02','notes':{}", "notes" },
  { "'id':'%s','name':'Bad','date':'2026-03-02','createdAt':'soon'", "createdAt" },
  { "'id':'%s','name':'Bad','date':'2026-03-02','deletedAt':true", "deletedAt" },
};

static void
test_case (gconstpointer data)
{
  const Case *bad = data;
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GHashTable) rows = NULL;
  g_autoptr (GString) members = g_string_new (bad->members);
  const char *ann = core->ann->athlete_id;

  g_string_replace (members, "%s", core_id (2), 0);
  answer = core_push (core, core->kim,
                      "{'deviceId':'" DEVICE "','firstMutation':1,'changes':{'TrainingPlan':["
                      "{'athleteId':'%s',%s},"
                      "{'id':'%s','athleteId':'%s','name':'Good','date':'2026-03-02',"
                      "'mutation':1}]}}",
                      ann, members->str, core_id (1), ann);
  g_assert_cmpuint (core_count (answer, "succeeded"), ==, 1);
  core_assert_code (answer, g_str_has_prefix (bad->members, "'id':5") ? "REQUIRED" : "BAD_FORMAT");
  g_assert_cmpstr (core_field (answer, 0), ==, bad->field);
  rows = core_pull_all (core, core->kim, "100", NULL);
  g_assert_nonnull (core_get_row (rows, "TrainingPlan", core_id (1)));
  g_assert_null (core_get_row (rows, "TrainingPlan", core_id (2)));
}

/* JSON has no infinity, but a number that is too large for a double. */
static void
test_infinite (void)
{
  g_autoptr (Core) core = core_new ();
  const char *ann = core->ann->athlete_id;
  g_autoptr (JsonObject) answer = core_push (
    core, core->ann,
    "{'changes':{'BodyWeightEntry':["
    "{'id':'%s','athleteId':'%s','weight':1e999,'measurementDate':'2026-03-01'},"
    "{'id':'%s','athleteId':'%s','weight':80.1,'measurementDate':'2026-03-01'}]}}",
    core_id (1), ann, core_id (2), ann);

  g_assert_cmpuint (core_count (answer, "succeeded"), ==, 1);
  g_assert_cmpuint (core_count (answer, "failed"), ==, 1);
  g_assert_cmpstr (core_field (answer, 0), ==, "weight");
}

/* What belongs to no row can only be refused as a whole. */
static void
test_not_a_row (void)
{
  static const char *const rows[] = { "5", "null", "'Bad'", "[]" };
  g_autoptr (Core) core = core_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError)
        error = core_push_error (core, core->ann, "{'changes':{'TrainingPlan':[%s]}}", rows[i]);

      g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID);
    }
}

/* A new row in somebody else's care gets one answer, whatever else is wrong with it: the same as a
 * row that is there. */
static void
test_foreign_says_no_more (void)
{
  static const char *const ends[] = { "", ",'name':5", ",'date':'soon'", ",'name':''" };
  g_autoptr (Core) core = core_new ();

  core_add_plan (core, core->bob, core->bob->athlete_id, 100);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    for (guint n = 100; n <= 200; n += 100)
      {
        g_autoptr (JsonObject) answer = core_push (
          core, core->ann, "{'changes':{'TrainingPlan':[{'id':'%s','athleteId':'%s'%s}]}}",
          core_id (n), core->bob->athlete_id, ends[i]);
        JsonObject *failed = json_array_get_object_element (lift_json_get_array (answer, "failed"),
                                                            0);

        core_assert_code (answer, "FORBIDDEN");
        g_assert_cmpuint (json_array_get_length (lift_json_get_array (failed, "errors")), ==, 1);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/server/alone/%s-%u", cases[i].field, i);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/server/alone/infinite", test_infinite);
  g_test_add_func ("/server/alone/not-a-row", test_not_a_row);
  g_test_add_func ("/server/alone/foreign-says-no-more", test_foreign_says_no_more);
  return g_test_run ();
}
