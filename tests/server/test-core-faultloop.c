/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "core-fixture.h"
#include "lift-database.h"

/* The N-th step of the database fails, for N = 1, 2, 3 … until a run passes. Whatever fails has
 * written nothing, tells that the server is busy, and leaves no connection behind. */

static struct
{
  LiftServerDatabaseClass real;
  guint steps;    /* since the run began */
  guint at;       /* which of them fails, 0 for none */
  gboolean again; /* and each multiple of it */
  int code;
  guint failed;
} faults;

static gboolean
fail (GError **error)
{
  faults.steps++;
  if (faults.at == 0 || (faults.again ? faults.steps % faults.at != 0 : faults.steps != faults.at))
    return FALSE;
  faults.failed++;
  g_set_error_literal (error, LIFT_SERVER_ERROR, faults.code, "a fault that the test made");
  return TRUE;
}

static LiftServerConnection *
begin (LiftServerDatabase *self, LiftServerAccess access, GError **error)
{
  return fail (error) ? NULL : faults.real.begin (self, access, error);
}

static gboolean
end (LiftServerDatabase *self, LiftServerConnection *connection, gboolean commit, GError **error)
{
  gboolean failed = commit && fail (error);

  return faults.real.end (self, connection, commit && !failed, failed ? NULL : error) && !failed;
}

static LiftServerResult *
query (LiftServerConnection *connection,
       const char *sql,
       const LiftServerValue *values,
       guint n_values,
       GError **error)
{
  return fail (error) ? NULL : faults.real.query (connection, sql, values, n_values, error);
}

static gboolean
next (LiftServerResult *result, GError **error)
{
  return !fail (error) && faults.real.next (result, error);
}

static gboolean
savepoint (LiftServerConnection *connection, char what, GError **error)
{
  return !fail (error) && faults.real.savepoint (connection, what, error);
}

static void
drop_message (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

/* Everybody's class is changed, which is nobody else's in this program. */
static void
install_faults (void)
{
  LiftServerDatabaseClass *klass = g_type_class_ref (LIFT_TYPE_SERVER_SQLITE);

  /* What the server tells its log of each fault. */
  g_log_set_handler (NULL, G_LOG_LEVEL_MESSAGE, drop_message, NULL);
  faults.real = *klass;
  klass->begin = begin;
  klass->end = end;
  klass->query = query;
  klass->next = next;
  klass->savepoint = savepoint;
}

static void
set_fault (guint at, gboolean again, int code)
{
  faults.at = at;
  faults.again = again;
  faults.code = code;
  faults.steps = faults.failed = 0;
}

typedef struct
{
  Core *core;
  LiftDatabase *raw;
  char *code;    /* of an invite */
  char *refresh; /* a token */
  char *token;
  char *cursor;
} World;

static char *
take_text (GString *text, const char *key)
{
  g_autoptr (JsonObject) object = NULL;
  char *value;

  g_assert_nonnull (text);
  object = lift_json_parse_object (text->str, text->len, NULL);
  value = g_strdup (lift_json_get_string (object, key));
  g_string_free (text, TRUE);
  return value;
}

static gboolean
push (World *world, LiftServerUser *user, const char *changes, GError **error)
{
  g_autoptr (JsonObject) body = core_json ("{'changes':%s}", changes);
  g_autoptr (GString) text = lift_server_push (world->core->server, user, body, error);
  g_autoptr (JsonObject) answer = NULL;

  if (text == NULL)
    return FALSE;
  answer = lift_json_parse_object (text->str, text->len, NULL);
  g_assert_cmpuint (core_count (answer, "failed"), ==, 0);
  return TRUE;
}

static gboolean
push_plan (World *world, const char *type, guint n, const char *members, GError **error)
{
  g_autofree char *changes = g_strdup_printf ("{'%s':[{'id':'%s',%s}]}", type, core_id (n),
                                              members);

  return push (world, world->core->kim, changes, error);
}

static gboolean
add_rows (World *world, GError **error)
{
  g_autofree char *changes = g_strdup_printf (
    "{'Athlete':[{'id':'%s','displayName':'Pat'}],"
    "'Variant':[{'id':'%s','coachId':'%s','name':'Paused'}],"
    "'ExercisePlanVariant':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s','variantId':'%s'}]}",
    core_id (70), core_id (71), world->core->kim->coach_id, core_id (73),
    world->core->ann->athlete_id, core_id (2), core_id (71));

  return push (world, world->core->kim, changes, error);
}

/* The pair is there already, with a greater id. */
static gboolean
add_pair (World *world, GError **error)
{
  g_autofree char *changes = g_strdup_printf (
    "{'ExercisePlanVariant':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s','variantId':'%s'}]}",
    core_id (72), world->core->ann->athlete_id, core_id (2), core_id (71));

  return push (world, world->core->ann, changes, error);
}

static gboolean
edit (World *world, GError **error)
{
  return push_plan (world, "TrainingPlan", 1, "'name':'Heavy','version':1,'changedFields':['name']",
                    error);
}

static gboolean
edit_over (World *world, GError **error)
{
  g_autofree char *changes = g_strdup_printf (
    "{'TrainingPlan':[{'id':'%s','name':'Light','version':1,'changedFields':['name']}]}",
    core_id (1));

  return push (world, world->core->ann, changes, error);
}

static gboolean
hide (World *world, GError **error)
{
  return push_plan (world, "TrainingPlan", 1, "'status':'draft','changedFields':['status']", error);
}

static gboolean delete (World *world, GError **error)
{
  return push_plan (world, "TrainingPlan", 1,
                    "'deletedAt':'2026-03-01T12:00:00Z','changedFields':['deletedAt']", error);
}

static gboolean
revive (World *world, GError **error)
{
  return push_plan (world, "SetPlan", 3, "'targetReps':8,'changedFields':['targetReps']", error);
}

static gboolean
pull (World *world, const LiftServerPullRequest *request, GError **error)
{
  g_autoptr (GString)
    text = lift_server_pull (world->core->server, world->core->kim, request, error);

  return text != NULL;
}

static gboolean
pull_first (World *world, GError **error)
{
  LiftServerPullRequest request = { .limit = "2" };

  return pull (world, &request, error);
}

static gboolean
pull_next (World *world, GError **error)
{
  LiftServerPullRequest request = { .cursor = world->cursor };

  return pull (world, &request, error);
}

static gboolean
pull_since (World *world, GError **error)
{
  LiftServerPullRequest request = { .since = "1970-01-01T00:00:00Z",
                                    .athlete_id = world->core->ann->athlete_id };

  return pull (world, &request, error);
}

static gboolean
list_scopes (World *world, GError **error)
{
  g_auto (GStrv) scopes = lift_server_dup_scopes (world->core->server, world->core->kim, error);

  return scopes != NULL;
}

static gboolean export(World *world, GError **error)
{
  g_autoptr (GString)
    text = lift_server_export_account (world->core->server, world->core->kim, error);

  return text != NULL;
}

static gboolean
login (World *world, GError **error)
{
  GString *text = lift_server_login (world->core->server, "kim", CORE_PASSWORD, NULL, error);

  if (text == NULL)
    return FALSE;
  world->refresh = take_text (text, "refreshToken");
  return TRUE;
}

static gboolean
refresh (World *world, GError **error)
{
  GString *text = lift_server_refresh (world->core->server, world->refresh, error);

  if (text == NULL)
    return FALSE;
  world->token = take_text (text, "token");
  return TRUE;
}

static gboolean
authenticate (World *world, GError **error)
{
  g_autoptr (LiftServerUser)
    user = lift_server_authenticate (world->core->server, world->token, error);

  return user != NULL;
}

static gboolean
invite (World *world, GError **error)
{
  GString *text = lift_server_create_invite (world->core->server, world->core->kim, core_id (70),
                                             error);

  if (text == NULL)
    return FALSE;
  world->code = take_text (text, "inviteCode");
  return TRUE;
}

static gboolean
follow_invite (World *world, GError **error)
{
  LiftServerRegistration registration = {
    .username = "pat",
    .password = CORE_PASSWORD,
    .name = "Pat",
    .user_type = "athlete",
    .invite_code = world->code,
  };
  g_autoptr (GString) text = lift_server_register (world->core->server, &registration, error);

  return text != NULL;
}

static gboolean
change_password (World *world, GError **error)
{
  return lift_server_change_password (world->core->server, world->core->bob, CORE_PASSWORD,
                                      "another horse", error);
}

static gboolean
logout (World *world, GError **error)
{
  return lift_server_logout (world->core->server, world->core->bob, error);
}

static gboolean
add_user (World *world, GError **error)
{
  g_autofree char *id = lift_server_add_user (world->core->server, "zoe", CORE_PASSWORD, "athlete",
                                              NULL, "kim", error);

  return id != NULL;
}

static gboolean
set_password (World *world, GError **error)
{
  return lift_server_set_password (world->core->server, "zoe", "another horse", error);
}

static gboolean
disable (World *world, GError **error)
{
  return lift_server_set_disabled (world->core->server, "zoe", TRUE, error);
}

static gboolean
list_accounts (World *world, GError **error)
{
  g_autoptr (GPtrArray) accounts = lift_server_list_accounts (world->core->server, error);

  return accounts != NULL;
}

static gboolean
ping (World *world, GError **error)
{
  return lift_server_ping (world->core->server, error);
}

static gboolean
erase_athlete (World *world, GError **error)
{
  return lift_server_delete_account (world->core->server, world->core->ann, CORE_PASSWORD, error);
}

static gboolean
erase_coach (World *world, GError **error)
{
  return lift_server_delete_account (world->core->server, world->core->kim, CORE_PASSWORD, error);
}

static gboolean
start_epoch (World *world, GError **error)
{
  return lift_server_start_epoch (world->core->server, error);
}

typedef struct
{
  const char *name;
  gboolean (*run) (World *world, GError **error);
} Act;

static gint64
get_int (World *world, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  lift_database_get_int (world->raw, &value, &error, sql, "");
  g_assert_no_error (error);
  return value;
}

/* A scope's counts are those of its rows, and no position is beyond its last or of no row. */
static void
check_books (World *world)
{
  g_assert_cmpint (get_int (world, "SELECT count(*) FROM scope s WHERE s.all_rows <>"
                                   " (SELECT count(*) FROM change c WHERE c.scope = s.name)"),
                   ==, 0);
  g_assert_cmpint (get_int (world, "SELECT count(*) FROM scope s WHERE s.seq <>"
                                   " (SELECT max(seq) FROM change c WHERE c.scope = s.name)"),
                   ==, 0);
  g_assert_cmpint (get_int (world, "SELECT count(*) FROM change WHERE type = 'SetPlan'"
                                   " AND id NOT IN (SELECT id FROM set_plan)"),
                   ==, 0);
}

static void
check_connections (World *world)
{
  LiftServerCounts counts;

  lift_server_get_counts (world->core->server, &counts);
  g_assert_cmpuint (counts.busy_connections, ==, 0);
}

static void
run_act (World *world, const Act *act)
{
  gint64 before = get_int (world, "PRAGMA data_version");
  guint n = 0;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      gboolean done;

      set_fault (++n, FALSE, LIFT_SERVER_ERROR_BUSY);
      done = act->run (world, &error);
      set_fault (0, FALSE, 0);
      check_connections (world);
      if (done)
        break;
      g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_BUSY);
      g_assert_cmpint (get_int (world, "PRAGMA data_version"), ==, before);
    }
  g_test_message ("%s passes after %u faults", act->name, n - 1);
  g_assert_cmpuint (n, >, 1);
  check_books (world);
}

static void
open_world (World *world)
{
  g_autoptr (GError) error = NULL;

  world->core = core_new ();
  world->raw = lift_database_open (world->core->path, LIFT_DATABASE_READ, &error);
  g_assert_no_error (error);
  core_add_plan (world->core, world->core->kim, world->core->ann->athlete_id, 1);
  g_hash_table_unref (core_pull_all (world->core, world->core->kim, "500", &world->cursor));
}

static void
close_world (World *world)
{
  g_free (world->code);
  g_free (world->refresh);
  g_free (world->token);
  g_free (world->cursor);
  lift_database_free (world->raw);
  core_free (world->core);
}

static void
test_busy (void)
{
  static const Act acts[] = {
    { "add rows", add_rows },
    { "add a pair that is there", add_pair },
    { "edit", edit },
    { "edit over an edit", edit_over },
    { "hide", hide },
    { "delete", delete },
    { "revive", revive },
    { "first pull", pull_first },
    { "next pull", pull_next },
    { "pull since", pull_since },
    { "list scopes", list_scopes },
    { "export", export },
    { "login", login },
    { "refresh", refresh },
    { "authenticate", authenticate },
    { "invite", invite },
    { "follow an invite", follow_invite },
    { "change a password", change_password },
    { "log out", logout },
    { "add a user", add_user },
    { "set a password", set_password },
    { "disable", disable },
    { "list accounts", list_accounts },
    { "ping", ping },
    { "erase an athlete", erase_athlete },
    { "erase a coach", erase_coach },
    { "start an epoch", start_epoch },
  };
  World world = { NULL };

  open_world (&world);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    run_act (&world, &acts[i]);
  close_world (&world);
}

static GString *
push_three (World *world, guint n, GError **error)
{
  const char *ann = world->core->ann->athlete_id;
  g_autoptr (JsonObject)
    body = core_json ("{'changes':{'SetPlan':["
                      "{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':1},"
                      "{'id':'%s','targetReps':%u,'changedFields':['targetReps']},"
                      "{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':3}]}}",
                      core_id (1000 + 2 * n), ann, core_id (2), core_id (3), n % 100,
                      core_id (1001 + 2 * n), ann, core_id (2));

  return lift_server_push (world->core->server, world->core->kim, body, error);
}

/* One fault costs no row: what cannot be done at once is done row by row. */
static void
test_one_fault (void)
{
  World world = { NULL };
  guint n = 0;

  open_world (&world);
  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = NULL;
      g_autoptr (JsonObject) answer = NULL;

      set_fault (++n, FALSE, LIFT_SERVER_ERROR_INTERNAL);
      text = push_three (&world, n, &error);
      g_assert_no_error (error);
      answer = lift_json_parse_object (text->str, text->len, NULL);
      core_assert_ok (answer, 3);
      check_connections (&world);
    }
  while (faults.failed > 0);
  set_fault (0, FALSE, 0);
  g_assert_cmpuint (n, >, 20);
  check_books (&world);
  close_world (&world);
}

/* Fault after fault: each row is there and answered as such, or neither. */
static void
test_many_faults (void)
{
  World world = { NULL };
  guint whole = 0, partly = 0, none = 0;

  open_world (&world);
  for (guint n = 2; n < 150; n++)
    {
      gint64 before = get_int (&world, "SELECT count(*) FROM set_plan");
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = NULL;
      g_autoptr (JsonObject) answer = NULL;
      guint failed;

      set_fault (n, TRUE, LIFT_SERVER_ERROR_INTERNAL);
      text = push_three (&world, n, &error);
      set_fault (0, FALSE, 0);
      check_connections (&world);
      check_books (&world);
      if (text == NULL)
        {
          g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INTERNAL);
          g_assert_cmpint (get_int (&world, "SELECT count(*) FROM set_plan"), ==, before);
          none++;
          continue;
        }
      answer = lift_json_parse_object (text->str, text->len, NULL);
      failed = core_count (answer, "failed");
      for (guint i = 0; i < failed; i++)
        g_assert_cmpstr (core_code (answer, i), ==, "INTERNAL");
      g_assert_cmpint (get_int (&world, "SELECT count(*) FROM set_plan") - before, >=,
                       2 - (gint64) failed);
      if (failed > 0)
        partly++;
      else
        whole++;
    }
  g_test_message ("%u pushes were taken, %u in part, %u not at all", whole, partly, none);
  g_assert_cmpuint (whole, >, 0);
  g_assert_cmpuint (partly, >, 0);
  g_assert_cmpuint (none, >, 0);
  close_world (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  install_faults ();
  g_test_add_func ("/server/fault-loop/busy", test_busy);
  g_test_add_func ("/server/fault-loop/one-fault", test_one_fault);
  g_test_add_func ("/server/fault-loop/many-faults", test_many_faults);
  return g_test_run ();
}
