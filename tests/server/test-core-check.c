/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "core-fixture.h"

/* A check that never fails proves nothing: each rule is broken by hand once, and must be named. */

#define SET "00000000-0000-7000-8000-000000000102"
#define OTHER_SET "00000000-0000-7000-8000-000000000103"
#define EXERCISE "00000000-0000-7000-8000-000000000101"
#define PLAN "00000000-0000-7000-8000-000000000100"

typedef struct
{
  const char *name;
  const char *damage;
  const char *says;
} Case;

static const Case cases[] = {
  { "position-lost", "DELETE FROM change WHERE id = '" SET "'", "no position" },
  { "position-elsewhere", "UPDATE change SET scope = 'catalogue', seq = 9999 WHERE id = '" SET "'",
    "never given" },
  { "position-of-nothing", "DELETE FROM set_plan WHERE id = '" SET "'", "of no row" },
  { "position-ahead", "UPDATE change SET seq = 9999 WHERE id = '" SET "'", "never given" },
  { "scope-lost", "DELETE FROM scope WHERE name LIKE 'athlete:%'", "never given" },
  { "scope-ahead", "UPDATE scope SET seq = seq + 1 WHERE name LIKE 'athlete:%'",
    "newest position" },
  { "gap", "UPDATE set_plan SET version = version + 1 WHERE id = '" SET "'", "gaps" },
  { "purged-ahead", "UPDATE scope SET purged = seq + 1", "more was purged" },
  { "order",
    "UPDATE set_plan SET updated_at = (SELECT stamp FROM server) WHERE set_number = 1;"
    "UPDATE server SET stamp = stamp + 1",
    "order of the positions" },
  { "same-time", "UPDATE athlete SET updated_at = (SELECT max (updated_at) FROM athlete)",
    "same time" },
  { "two-owners",
    "UPDATE athlete SET deleted_at = (SELECT stamp FROM server),"
    " delete_group = (SELECT stamp FROM server)",
    "two owners" },
  { "future", "UPDATE server SET stamp = stamp - 1", "never given" },
  { "no-version", "UPDATE set_plan SET version = 0 WHERE id = '" SET "'", "never given" },
  { "half-deleted",
    "UPDATE set_plan SET delete_group = (SELECT stamp FROM server) WHERE id = '" SET "'",
    "did not take it" },
  { "delete-not-whole",
    "UPDATE exercise_plan SET deleted_at = updated_at, delete_group = updated_at WHERE id = '" EXERCISE
    "'",
    "deleted or not there" },
  { "orphan", "UPDATE set_plan SET exercise_plan_id = '" PLAN "' WHERE id = '" SET "'",
    "deleted or not there" },
  { "twins", "UPDATE set_plan SET unique_key = 'one'", "only one may have" },
  { "shown-alone", "UPDATE exercise_plan SET hidden = 1 WHERE id = '" EXERCISE "'", "shown" },
  { "digest", "UPDATE scope SET all_hash = all_hash + 1 WHERE name LIKE 'athlete:%'",
    "digest of a scope" },
  { "digest-rows", "UPDATE scope SET all_rows = all_rows + 1 WHERE name LIKE 'athlete:%'",
    "digest of a scope" },
  { "athletes-digest", "UPDATE scope SET shown_hash = shown_hash + 1 WHERE name LIKE 'athlete:%'",
    "athlete's digest" },
  { "number-not-taken", "INSERT INTO failure VALUES ('u', 'd', 1, '{}')", "never taken" },
  { "number-not-known", "INSERT INTO mark VALUES ('u', 'd', 1, '0123456789abcdef')",
    "never taken" },
};

static void
test_damage (gconstpointer data)
{
  const Case *damaged = data;
  g_autoptr (Core) core = core_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = g_build_filename (core->dir, "kept.db", NULL);

  core_add_plan (core, core->ann, core->ann->athlete_id, 100);
  core_assert_whole (core);
  g_assert_true (lift_server_backup (core->server, kept, &error));
  core_exec (core, damaged->damage);
  g_assert_false (lift_server_check (core->server, &error));
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INTERNAL);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, damaged->says));
  g_clear_error (&error);
  /* What is put back is whole again. */
  g_assert_finalize_object (core->server);
  g_assert_true (lift_server_sqlite_restore (core->path, kept, &error));
  core_open (core);
}

/* A delete of one part of a plan, an edit that brings it back, and a twin that gives way. */
static void
test_whole (void)
{
  g_autoptr (Core) core = core_new ();

  core_assert_whole (core);
  core_add_plan (core, core->ann, core->ann->athlete_id, 100);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JsonObject) gone = core_push (
        core, core->kim,
        "{'changes':{'TrainingPlan':[{'id':'%s','deletedAt':'2026-03-01T12:00:00Z',"
        "'changedFields':['deletedAt']}]}}",
        PLAN);
      g_autoptr (JsonObject) back = NULL;

      core_assert_ok (gone, 1);
      core_assert_whole (core);
      back = core_push (core, core->ann,
                        "{'changes':{'SetPlan':[{'id':'%s','targetReps':%u,"
                        "'changedFields':['targetReps']}]}}",
                        OTHER_SET, 6 + i);
      core_assert_ok (back, 1);
      core_assert_whole (core);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/server/check/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_damage);
    }
  g_test_add_func ("/server/check/whole", test_whole);
  return g_test_run ();
}
