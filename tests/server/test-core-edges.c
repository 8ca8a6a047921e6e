/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <glib/gstdio.h>

#include "core-fixture.h"

/* What clients do that is allowed and unusual. */

static gboolean
is_gone (Core *core, const char *type, guint n)
{
  g_autoptr (GHashTable) rows = core_pull_all (core, core->kim, "500", NULL);
  JsonObject *row = core_get_row (rows, type, core_id (n));

  g_assert_nonnull (row);
  return !json_object_get_null_member (row, "deletedAt");
}

static void
push (Core *core, const char *plans, const char *others)
{
  g_autoptr (JsonObject)
    answer = core_push (core, core->kim, "{'changes':{%s,'TrainingPlan':[%s]}}", others, plans);

  g_assert_cmpuint (core_count (answer, "failed"), ==, 0);
}

static char *
deleted (guint n)
{
  return g_strdup_printf (
    "{'id':'%s','deletedAt':'2026-03-01T12:00:00Z','changedFields':['deletedAt']}", core_id (n));
}

static void
restore (Core *core, guint n)
{
  g_autoptr (JsonObject) answer = core_push (
    core, core->kim,
    "{'changes':{'TrainingPlan':[{'id':'%s','deletedAt':null,'changedFields':['deletedAt']}]}}",
    core_id (n));

  core_assert_ok (answer, 1);
}

/* Who edits a set and then deletes its plan wants both, not the plan back: parents go first in
 * what is applied, and the edit is not one that was made elsewhere. */
static void
test_edit_then_delete (void)
{
  static const char *const edits[] = {
    "'targetReps':8,'changedFields':['targetReps']",
    "'setNumber':1,'targetReps':8,'deletedAt':null",
  };

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (Core) core = core_new ();
      g_autofree char *plan = deleted (1);
      g_autofree char *set = g_strdup_printf ("'SetPlan':[{'id':'%s',%s}]", core_id (3), edits[i]);
      g_autoptr (GHashTable) rows = NULL;

      core_add_plan (core, core->kim, core->ann->athlete_id, 1);
      push (core, plan, set);
      g_assert_true (is_gone (core, "TrainingPlan", 1));
      g_assert_true (is_gone (core, "SetPlan", 3));
      rows = core_pull_all (core, core->kim, "500", NULL);
      g_assert_cmpint (
        lift_json_get_int (core_get_row (rows, "SetPlan", core_id (3)), "targetReps", 0), ==, 8);
      /* It went with the plan, so it comes back with it. */
      restore (core, 1);
      g_assert_false (is_gone (core, "SetPlan", 3));
      g_assert_false (is_gone (core, "SetPlan", 4));
    }
}

static void
test_add_then_delete (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *plan = deleted (1);
  g_autofree char *set = g_strdup_printf (
    "'SetPlan':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':3}]", core_id (9),
    core->ann->athlete_id, core_id (2));

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  push (core, plan, set);
  g_assert_true (is_gone (core, "TrainingPlan", 1));
  g_assert_true (is_gone (core, "SetPlan", 9));
  restore (core, 1);
  g_assert_false (is_gone (core, "SetPlan", 9));
}

static void
test_move_out_then_delete (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *plan = deleted (1);
  g_autofree char *move = g_strdup_printf (
    "'ExercisePlan':[{'id':'%s','trainingPlanId':'%s','changedFields':['trainingPlanId']}]",
    core_id (2), core_id (11));

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  core_add_plan (core, core->kim, core->ann->athlete_id, 11);
  push (core, plan, move);
  g_assert_true (is_gone (core, "TrainingPlan", 1));
  g_assert_false (is_gone (core, "ExercisePlan", 2));
  g_assert_false (is_gone (core, "SetPlan", 3));
}

static void
test_move_into_deleted (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *plan = deleted (11);
  g_autofree char *move = g_strdup_printf (
    "'ExercisePlan':[{'id':'%s','trainingPlanId':'%s','changedFields':['trainingPlanId']}]",
    core_id (2), core_id (11));

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  core_add_plan (core, core->kim, core->ann->athlete_id, 11);
  push (core, plan, move);
  g_assert_false (is_gone (core, "TrainingPlan", 1));
  g_assert_true (is_gone (core, "TrainingPlan", 11));
  g_assert_true (is_gone (core, "ExercisePlan", 2));
  g_assert_true (is_gone (core, "SetPlan", 3));
  restore (core, 11);
  g_assert_false (is_gone (core, "SetPlan", 3));
}

/* A part that is named as there goes all the same: a delete covers what it is a part of. */
static void
test_keep_then_delete (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *plan = deleted (1);
  g_autofree char *set = g_strdup_printf (
    "'SetPlan':[{'id':'%s','deletedAt':null,'changedFields':['deletedAt']}]", core_id (3));

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  push (core, plan, set);
  g_assert_true (is_gone (core, "TrainingPlan", 1));
  g_assert_true (is_gone (core, "SetPlan", 3));
  restore (core, 1);
  g_assert_false (is_gone (core, "SetPlan", 3));
}

/* A pair is added to an exercise that was deleted elsewhere: the exercise comes back with the same
 * pair, and one of the two stays. */
static void
test_pair_in_deleted (void)
{
  static const guint added[] = { 44, 46 };

  for (guint i = 0; i < G_N_ELEMENTS (added); i++)
    {
      g_autoptr (Core) core = core_new ();
      g_autofree char *plan = deleted (1);
      const char *ann = core->ann->athlete_id;
      g_autofree char *variant = g_strdup_printf (
        "'Variant':[{'id':'%s','coachId':'%s','name':'Paused'}],", core_id (30),
        core->kim->coach_id);
      g_autofree char *old = g_strdup_printf (
        "%s'ExercisePlanVariant':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s',"
        "'variantId':'%s'}]",
        variant, core_id (45), ann, core_id (2), core_id (30));
      g_autofree char *new = g_strdup_printf (
        "'ExercisePlanVariant':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s',"
        "'variantId':'%s'}]",
        core_id (added[i]), ann, core_id (2), core_id (30));

      core_add_plan (core, core->kim, ann, 1);
      push (core, "", old);
      push (core, plan, "'SetPlan':[]");
      push (core, "", new);
      g_assert_false (is_gone (core, "ExercisePlan", 2));
      g_assert_cmpint (is_gone (core, "ExercisePlanVariant", 45), ==, added[i] < 45);
      g_assert_cmpint (is_gone (core, "ExercisePlanVariant", added[i]), ==, added[i] > 45);
    }
}

/* Two pairs that went in one delete, and of which one was made the same as the other meanwhile. */
static void
test_twins_come_back (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *plan = deleted (1);
  const char *ann = core->ann->athlete_id;
  g_autofree char *pairs = g_strdup_printf (
    "'Variant':[{'id':'%s','name':'Paused'},{'id':'%s','name':'Close'}],"
    "'ExercisePlanVariant':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s','variantId':'%s'},"
    "{'id':'%s','athleteId':'%s','exercisePlanId':'%s','variantId':'%s'}]",
    core_id (30), core_id (31), core_id (45), ann, core_id (2), core_id (30), core_id (46), ann,
    core_id (2), core_id (31));
  g_autofree char *same = g_strdup_printf (
    "'ExercisePlanVariant':[{'id':'%s','variantId':'%s','deletedAt':'2026-03-01T12:00:00Z',"
    "'changedFields':['variantId','deletedAt']}]",
    core_id (46), core_id (30));

  core_add_plan (core, core->kim, ann, 1);
  push (core, "", pairs);
  push (core, plan, "'SetPlan':[]");
  push (core, "", same);
  restore (core, 1);
  g_assert_false (is_gone (core, "ExercisePlanVariant", 45));
  g_assert_true (is_gone (core, "ExercisePlanVariant", 46));
}

static char *
take_page (Core *core, GHashTable *seen, const char *cursor, const char *athlete, gboolean *more)
{
  LiftServerPullRequest request = { .limit = "3", .cursor = cursor, .athlete_id = athlete };
  g_autoptr (JsonObject) page = core_pull (core, core->kim, &request);
  JsonObjectIter iter;
  const char *type;
  JsonNode *node;

  json_object_iter_init (&iter, lift_json_get_object (page, "changesByType"));
  while (json_object_iter_next (&iter, &type, &node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        JsonObject *row = json_array_get_object_element (json_node_get_array (node), i);

        g_hash_table_add (seen, g_strdup_printf ("%s/%s", type, lift_json_get_string (row, "id")));
      }
  *more = lift_json_get_boolean (page, "hasMore", TRUE);
  return g_strdup (lift_json_get_string (page, "cursor"));
}

/* A first pull that asks for one athlete in its middle: what it passes by must still come. */
static void
test_narrow_in_walk (void)
{
  for (guint wide = 1; wide < 8; wide++)
    {
      g_autoptr (Core) core = core_new ();
      g_autoptr (GHashTable) all = NULL;
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autofree char *cursor = NULL;
      gboolean more = TRUE;

      for (guint i = 0; i < 4; i++)
        core_add_plan (core, core->kim, core->ann->athlete_id, 1 + 10 * i);
      for (guint page = 0; more; page++)
        {
          gboolean narrow = page >= wide && page < wide + 2;
          char *next = take_page (core, seen, cursor, narrow ? core->ann->athlete_id : NULL, &more);

          g_free (cursor);
          cursor = next;
          more = more || narrow;
        }
      all = core_pull_all (core, core->kim, "500", NULL);
      g_assert_cmpuint (g_hash_table_size (seen), ==, g_hash_table_size (all));
    }
}

/* The access to an athlete ends after a part of theirs has been sent. */
static void
test_lost_in_walk (void)
{
  g_autoptr (Core) core = core_new ();
  LiftServerPullRequest request = { .limit = "1" };
  g_autoptr (JsonObject) first = core_pull (core, core->kim, &request);
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (JsonObject) third = NULL;
  g_autoptr (GError) error = NULL;

  request.cursor = lift_json_get_string (first, "cursor");
  second = core_pull (core, core->kim, &request);
  g_assert_true (lift_json_get_boolean (second, "hasMore", FALSE));
  lift_server_delete_account (core->server, core->ann, CORE_PASSWORD, &error);
  g_assert_no_error (error);
  request.cursor = lift_json_get_string (second, "cursor");
  third = core_pull (core, core->kim, &request);
  g_assert_cmpuint (json_array_get_length (lift_json_get_array (third, "revoked")), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (lift_json_get_array (third, "revoked"), 0), ==,
                   core->ann->athlete_id);
}

/* An exercise of an athlete that bears the name of some coach, who never heard of it. */
static void
test_two_owners (void)
{
  g_autoptr (Core) core = core_new ();
  const char *coaches[] = { core->lee->coach_id, core->kim->coach_id, core_id (77) };

  for (guint i = 0; i < G_N_ELEMENTS (coaches); i++)
    {
      g_autoptr (JsonObject) answer = core_push (
        core, core->ann,
        "{'changes':{'Exercise':[{'id':'%s','athleteId':'%s','coachId':'%s','name':'Sled'}]}}",
        core_id (5), core->ann->athlete_id, coaches[i]);

      core_assert_code (answer, "FORBIDDEN");
      g_assert_cmpstr (core_field (answer, 0), ==, "coachId");
    }
}

static void
test_bad_names (void)
{
  static const char *const names[] = { "'name'", "{}", "1", "[1]", "['name',null]" };
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) none = NULL;

  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonObject) answer = core_push (
        core, core->kim,
        "{'changes':{'TrainingPlan':[{'id':'%s','name':'X','notes':'Y','changedFields':%s}]}}",
        core_id (1), names[i]);

      core_assert_code (answer, "BAD_FORMAT");
      g_assert_cmpstr (core_field (answer, 0), ==, "changedFields");
    }
  none = core_push (core, core->kim,
                    "{'changes':{'TrainingPlan':[{'id':'%s','name':'X','changedFields':null}]}}",
                    core_id (1));
  core_assert_ok (none, 1);
  g_assert_cmpstr (lift_json_get_string (core_entity (none, 0), "name"), ==, "X");
  g_assert_cmpint (lift_json_get_int (core_entity (none, 0), "version", 0), ==, 2);
}

static void
test_coach_leaves (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (LiftServerUser) ann = NULL;
  g_autoptr (GHashTable) rows = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *user;

  g_assert_true (lift_server_delete_account (core->server, core->kim, CORE_PASSWORD, &error));
  g_assert_no_error (error);
  ann = core_sign_in (core, "ann");
  rows = core_pull_all (core, ann, "500", NULL);
  user = core_get_row (rows, "User", ann->id);
  g_assert_true (json_object_get_null_member (user, "coachId"));
  g_assert_cmpint (lift_json_get_int (user, "version", 0), ==, 2);
}

/* A backup that somebody copies into the place of the data, without the command for it. */
static void
test_backup_by_hand (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *backup = g_build_filename (core->dir, "backup.db", NULL);
  g_autofree char *cursor = NULL;
  g_autoptr (GHashTable) rows = NULL;
  g_autoptr (GError) error = NULL;
  LiftServerPullRequest request = { 0 };

  g_assert_true (lift_server_backup (core->server, backup, &error));
  rows = core_pull_all (core, core->ann, "500", &cursor);
  g_assert_finalize_object (core->server);
  g_assert_cmpint (g_rename (backup, core->path), ==, 0);
  core_open (core);
  request.cursor = cursor;
  error = core_pull_error (core, core->ann, &request);
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_RESYNC);
}

/* A backup that ends before its epoch is forgotten is none: under its name there is nothing, and
 * what it left is no hindrance to the next. */
static void
test_backup_cut_off (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *backup = g_build_filename (core->dir, "backup.db", NULL);
  g_autofree char *partial = g_strconcat (backup, ".partial", NULL);
  g_autofree char *log = g_strconcat (partial, "-wal", NULL);
  g_autoptr (GError) error = NULL;

  core_exec (core, "CREATE TRIGGER cut_off BEFORE UPDATE OF epoch ON server "
                   "BEGIN SELECT RAISE (ABORT, 'cut off'); END");
  g_assert_false (lift_server_backup (core->server, backup, &error));
  g_clear_error (&error);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
  core_exec (core, "DROP TRIGGER cut_off");
  g_file_set_contents (partial, "half of a database", -1, NULL);
  g_file_set_contents (log, "half of a log", -1, NULL);
  lift_server_backup (core->server, backup, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_false (lift_server_backup (core->server, backup, &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID);
  g_assert_false (g_file_test (partial, G_FILE_TEST_EXISTS));
  g_assert_finalize_object (core->server);
  g_clear_error (&error);
  g_assert_true (lift_server_sqlite_restore (core->path, backup, &error));
  core_open (core);
}

/* A restore that was cut off, begun once more: what was put aside is still there. */
static void
test_restore_again (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *backup = g_build_filename (core->dir, "backup.db", NULL);
  g_autofree char *kept = g_strconcat (core->path, ".before-restore", NULL);
  g_autofree char *log = g_strconcat (core->path, "-wal", NULL);
  g_autofree char *kept_log = g_strconcat (kept, "-wal", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_server_backup (core->server, backup, &error));
  g_assert_finalize_object (core->server);
  g_assert_cmpint (g_rename (core->path, kept), ==, 0);
  g_file_set_contents (log, "a log that goes with it", -1, NULL);
  g_assert_true (lift_server_sqlite_restore (core->path, backup, &error));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept_log, G_FILE_TEST_EXISTS));
  core_open (core);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/edges/edit-then-delete", test_edit_then_delete);
  g_test_add_func ("/server/edges/add-then-delete", test_add_then_delete);
  g_test_add_func ("/server/edges/move-out-then-delete", test_move_out_then_delete);
  g_test_add_func ("/server/edges/move-into-deleted", test_move_into_deleted);
  g_test_add_func ("/server/edges/keep-then-delete", test_keep_then_delete);
  g_test_add_func ("/server/edges/pair-in-deleted", test_pair_in_deleted);
  g_test_add_func ("/server/edges/twins-come-back", test_twins_come_back);
  g_test_add_func ("/server/edges/narrow-in-walk", test_narrow_in_walk);
  g_test_add_func ("/server/edges/lost-in-walk", test_lost_in_walk);
  g_test_add_func ("/server/edges/two-owners", test_two_owners);
  g_test_add_func ("/server/edges/bad-names", test_bad_names);
  g_test_add_func ("/server/edges/coach-leaves", test_coach_leaves);
  g_test_add_func ("/server/edges/backup-by-hand", test_backup_by_hand);
  g_test_add_func ("/server/edges/backup-cut-off", test_backup_cut_off);
  g_test_add_func ("/server/edges/restore-again", test_restore_again);
  return g_test_run ();
}
