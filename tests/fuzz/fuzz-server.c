/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-server.h"

#include <string.h>

#include "lift-json.h"
#include "lift-registry.h"
#include "lift-server-private.h"
#include "lift-server-sqlite.h"
#include "lift-virtual-clock.h"

/* 2026-03-01 12:00 UTC */
#define START G_GINT64_CONSTANT (1772366400000000)
#define PASSWORD "correct horse"

static FuzzServer *fuzz;
static LiftServerDatabase *database;

/*
 * All connections are the one that writes, for each in-memory database of SQLite is another; and
 * while an input runs, each transaction is a savepoint in one that never commits.
 */
static LiftServerConnection *(*real_begin) (LiftServerDatabase *self,
                                            LiftServerAccess access,
                                            GError **error);
static gboolean (*real_end) (LiftServerDatabase *self,
                             LiftServerConnection *connection,
                             gboolean commit,
                             GError **error);
static LiftServerConnection *outer;

static LiftServerConnection *
begin (LiftServerDatabase *self, LiftServerAccess access, GError **error)
{
  if (outer == NULL)
    return real_begin (self, LIFT_SERVER_WRITE, error);
  return lift_server_connection_run_schema (outer, "SAVEPOINT fuzz", error) ? outer : NULL;
}

static gboolean
end (LiftServerDatabase *self, LiftServerConnection *connection, gboolean commit, GError **error)
{
  if (outer == NULL)
    return real_end (self, connection, commit, error);
  return lift_server_connection_run_schema (
    outer, commit ? "RELEASE fuzz" : "ROLLBACK TO fuzz; RELEASE fuzz", error);
}

static void
redirect (void)
{
  LiftServerDatabaseClass *klass = g_type_class_ref (LIFT_TYPE_SERVER_SQLITE);

  real_begin = klass->begin;
  real_end = klass->end;
  klass->begin = begin;
  klass->end = end;
}

static void
add_user (guint n, const char *username, const char *role, const char *coach)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = lift_server_add_user (fuzz->server, username, PASSWORD, role, NULL, coach,
                                              &error);
  g_autoptr (GString) text = NULL;
  g_autoptr (JsonObject) answer = NULL;

  g_assert_no_error (error);
  text = lift_server_login (fuzz->server, username, PASSWORD, NULL, &error);
  g_assert_no_error (error);
  answer = lift_json_parse_object (text->str, text->len, &error);
  g_assert_no_error (error);
  fuzz->tokens[n] = g_strdup (lift_json_get_string (answer, "token"));
  fuzz->users[n] = lift_server_authenticate (fuzz->server, fuzz->tokens[n], &error);
  g_assert_no_error (error);
}

/* Hundreds of rows that are all alike would take most of the time. */
static void
shorten_catalogue (void)
{
  g_autoptr (GError) error = NULL;
  LiftServerConnection *connection = real_begin (database, LIFT_SERVER_WRITE, &error);

  g_assert_no_error (error);
  lift_server_connection_run_schema (
    connection,
    "DELETE FROM exercise WHERE id NOT IN (SELECT id FROM exercise ORDER BY id LIMIT 3);"
    "DELETE FROM change WHERE scope = 'catalogue' AND id NOT IN (SELECT id FROM exercise);",
    &error);
  g_assert_no_error (error);
  real_end (database, connection, TRUE, &error);
  g_assert_no_error (error);
}

/* One of the catalogue. */
static char *
dup_exercise (void)
{
  g_autoptr (GError) error = NULL;
  LiftServerConnection *connection = real_begin (database, LIFT_SERVER_WRITE, &error);
  char *id = NULL;

  g_assert_no_error (error);
  lift_server_dup_text (connection, &id, &error, "SELECT min (id) FROM exercise", "");
  g_assert_no_error (error);
  real_end (database, connection, FALSE, NULL);
  return id;
}

static void
push_rows (guint user, const char *prefix)
{
  const char *athlete = fuzz->users[user]->athlete_id;
  g_autofree char *exercise = dup_exercise ();
  g_autofree char *text = g_strdup_printf (
    "{\"deviceId\":\"%s0f\",\"firstMutation\":1,\"changes\":{"
    "\"TrainingPlan\":[{\"mutation\":1,\"id\":\"%s10\",\"athleteId\":\"%s\",\"name\":\"Day\","
    "\"date\":\"2026-03-02\",\"isLocked\":false}],"
    "\"ExercisePlan\":[{\"id\":\"%s11\",\"athleteId\":\"%s\",\"trainingPlanId\":\"%s10\","
    "\"exerciseId\":\"%s\",\"orderIndex\":0,\"mutation\":4}],"
    "\"SetPlan\":[{\"id\":\"%s12\",\"athleteId\":\"%s\",\"exercisePlanId\":\"%s11\","
    "\"setNumber\":1,\"targetReps\":5,\"mutation\":5}],"
    "\"BodyWeightEntry\":[{\"mutation\":2,\"id\":\"%s20\",\"athleteId\":\"%s\",\"weight\":80.5,"
    "\"measurementDate\":\"2026-03-01\"},{\"mutation\":3,\"id\":\"%s21\",\"athleteId\":\"%s\","
    "\"weight\":81,\"measurementDate\":\"2026-03-02\"}]}}",
    prefix, prefix, athlete, prefix, athlete, prefix, exercise, prefix, athlete, prefix, prefix,
    athlete, prefix, athlete);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = lift_json_parse_object (text, -1, &error);
  g_autoptr (GString) answer = NULL;

  g_assert_no_error (error);
  answer = lift_server_push (fuzz->server, fuzz->users[user], body, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (answer->str, "\"failed\":[]"));
}

static void
open_server (void)
{
  g_autoptr (GError) error = NULL;

  redirect ();
  fuzz = g_new0 (FuzzServer, 1);
  fuzz->clock = LIFT_CLOCK (lift_virtual_clock_new (START, 7));
  database = lift_server_sqlite_open (":memory:", 1, &error);
  g_assert_no_error (error);
  fuzz->server = lift_server_new (database, fuzz->clock, &error);
  g_assert_no_error (error);
  lift_server_set_cheap_passwords (fuzz->server, TRUE);
  shorten_catalogue ();
  add_user (FUZZ_KIM, "kim", "coach", NULL);
  add_user (FUZZ_ANN, "ann", "athlete", "kim");
  add_user (FUZZ_LEE, "lee", "coach", NULL);
  add_user (FUZZ_BOB, "bob", "athlete", "lee");
  push_rows (FUZZ_ANN, "00000000-0000-7000-8000-0000000000");
  push_rows (FUZZ_BOB, "00000000-0000-7000-8000-0000000001");
}

FuzzServer *
fuzz_server_get (void)
{
  if (fuzz == NULL)
    open_server ();
  return fuzz;
}

void
fuzz_server_begin (void)
{
  g_autoptr (GError) error = NULL;

  fuzz_server_get ();
  outer = real_begin (database, LIFT_SERVER_WRITE, &error);
  g_assert_no_error (error);
}

void
fuzz_server_end (void)
{
  LiftServerConnection *connection = g_steal_pointer (&outer);

  real_end (database, connection, FALSE, NULL);
}

static void
add_rows (const LiftEntityInfo *info, GHashTable *rows)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id, scope, version, updated_at FROM \"%s\" WHERE "
                                          "scope <> 'catalogue'",
                                          info->table);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerResult) result = lift_server_query (outer, &error, sql, "");

  while (result != NULL && lift_server_result_next (result, &error))
    {
      FuzzServerRow *row = g_new0 (FuzzServerRow, 1);

      row->scope = g_strdup (lift_server_result_get_text (result, 1));
      row->version = lift_server_result_get_int (result, 2);
      row->updated_at = lift_server_result_get_int (result, 3);
      g_hash_table_insert (
        rows, g_strconcat (info->name, "/", lift_server_result_get_text (result, 0), NULL), row);
    }
  g_assert_no_error (error);
}

static void
free_row (gpointer data)
{
  g_free (((FuzzServerRow *) data)->scope);
  g_free (data);
}

GHashTable *
fuzz_server_list_rows (void)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_row);

  for (guint i = 0; i < lift_registry_get_size (); i++)
    add_rows (lift_registry_get (i), rows);
  return rows;
}

/* A request can be wrong, but none makes the server fail; and what it is told can be read. */
void
fuzz_server_check_error (const GError *error)
{
  guint status = lift_server_error_get_status (error);
  g_autoptr (GString) problem = g_string_new (NULL);
  g_autoptr (JsonObject) object = NULL;

  if (status < 400 || status >= 500)
    fuzz_fail ("the server failed", error->message);
  lift_server_error_write_problem (error, problem);
  object = lift_json_parse_object (problem->str, problem->len, NULL);
  if (object == NULL || lift_json_get_int (object, "status", 0) != status ||
      lift_json_get_string (object, "code") == NULL ||
      lift_json_get_string (object, "title") == NULL)
    fuzz_fail ("no problem that can be read", problem->str);
}

/* Returns the cursor of the answer, NULL for none or an error. */
char *
fuzz_server_pull (guint user, const LiftServerPullRequest *request, gboolean *more)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = lift_server_pull (fuzz->server, fuzz->users[user], request, &error);
  g_autoptr (JsonObject) answer = NULL;

  *more = FALSE;
  fuzz_assert_error (text == NULL, error);
  if (text == NULL)
    {
      fuzz_server_check_error (error);
      return NULL;
    }
  answer = lift_json_parse_object (text->str, text->len, NULL);
  if (answer == NULL || lift_json_get_object (answer, "changesByType") == NULL ||
      lift_json_get_string (answer, "syncTimestamp") == NULL)
    fuzz_fail ("no page that can be read", text->str);
  *more = lift_json_get_boolean (answer, "hasMore", FALSE);
  return g_strdup (lift_json_get_string (answer, "cursor"));
}
