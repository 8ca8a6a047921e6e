/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core-fixture.h"

#include <glib/gstdio.h>

#include "lift-catalogue.h"
#include "lift-database.h"

/* 2026-03-01 12:00 UTC */
#define START G_GINT64_CONSTANT (1772366400000000)

static void
add_user (Core *core, const char *username, const char *role, const char *coach)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = lift_server_add_user (core->server, username, CORE_PASSWORD, role, NULL,
                                              coach, &error);

  g_assert_no_error (error);
  g_assert_nonnull (id);
}

void
core_open (Core *core)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerDatabase) database = lift_server_sqlite_open (core->path, 2, &error);

  g_assert_no_error (error);
  core->server = lift_server_new (database, LIFT_CLOCK (core->clock), &error);
  g_assert_no_error (error);
  lift_server_set_cheap_passwords (core->server, TRUE);
}

Core *
core_new (void)
{
  Core *core = g_new0 (Core, 1);
  g_autoptr (GError) error = NULL;

  core->dir = g_dir_make_tmp ("lift-core-XXXXXX", &error);
  g_assert_no_error (error);
  core->path = g_build_filename (core->dir, "server.db", NULL);
  core->clock = lift_virtual_clock_new (START, 7);
  core_open (core);
  add_user (core, "kim", "coach", NULL);
  add_user (core, "ann", "athlete", "kim");
  add_user (core, "lee", "coach", NULL);
  add_user (core, "bob", "athlete", "lee");
  core->kim = core_sign_in (core, "kim");
  core->ann = core_sign_in (core, "ann");
  core->lee = core_sign_in (core, "lee");
  core->bob = core_sign_in (core, "bob");
  return core;
}

static void
remove_files (const char *dir)
{
  GDir *open = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      g_unlink (path);
    }
  g_dir_close (open);
  g_rmdir (dir);
}

/* What must hold whatever was pushed. */
void
core_assert_whole (Core *core)
{
  g_autoptr (GError) error = NULL;

  lift_server_check (core->server, &error);
  g_assert_no_error (error);
}

void
core_free (Core *core)
{
  core_assert_whole (core);
  lift_server_user_free (core->kim);
  lift_server_user_free (core->ann);
  lift_server_user_free (core->lee);
  lift_server_user_free (core->bob);
  g_assert_finalize_object (core->server);
  g_assert_finalize_object (core->clock);
  remove_files (core->dir);
  g_free (core->path);
  g_free (core->dir);
  g_free (core);
}

void
core_reopen (Core *core)
{
  g_assert_finalize_object (core->server);
  core_open (core);
}

LiftServerUser *
core_sign_in (Core *core, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString)
    text = lift_server_login (core->server, username, CORE_PASSWORD, NULL, &error);
  g_autoptr (JsonObject) answer = NULL;
  LiftServerUser *user;

  g_assert_no_error (error);
  answer = lift_json_parse_object (text->str, text->len, &error);
  g_assert_no_error (error);
  user = lift_server_authenticate (core->server, lift_json_get_string (answer, "token"), &error);
  g_assert_no_error (error);
  return user;
}

/* Ids that sort as their numbers do; good until a few more have been asked for. */
const char *
core_id (guint n)
{
  static char ring[32][37];
  static guint next;
  char *id = ring[next++ % G_N_ELEMENTS (ring)];

  g_snprintf (id, 37, "00000000-0000-7000-8000-%012u", n);
  return id;
}

static JsonObject *
json_valist (const char *format, va_list args)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_vprintf (format, args);
#pragma GCC diagnostic pop
  g_strdelimit (text, "'", '"');
  object = lift_json_parse_object (text, -1, &error);
  g_assert_no_error (error);
  return object;
}

/* JSON written with ' for ". */
JsonObject *
core_json (const char *format, ...)
{
  JsonObject *object;
  va_list args;

  va_start (args, format);
  object = json_valist (format, args);
  va_end (args);
  return object;
}

JsonObject *
core_push (Core *core, LiftServerUser *user, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GString) text = NULL;
  JsonObject *answer;
  va_list args;

  va_start (args, format);
  body = json_valist (format, args);
  va_end (args);
  text = lift_server_push (core->server, user, body, &error);
  g_assert_no_error (error);
  answer = lift_json_parse_object (text->str, text->len, &error);
  g_assert_no_error (error);
  return answer;
}

GError *
core_push_error (Core *core, LiftServerUser *user, const char *format, ...)
{
  GError *error = NULL;
  g_autoptr (JsonObject) body = NULL;
  va_list args;

  va_start (args, format);
  body = json_valist (format, args);
  va_end (args);
  g_assert_null (lift_server_push (core->server, user, body, &error));
  g_assert_nonnull (error);
  return error;
}

JsonObject *
core_pull (Core *core, LiftServerUser *user, const LiftServerPullRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = lift_server_pull (core->server, user, request, &error);
  JsonObject *answer;

  g_assert_no_error (error);
  answer = lift_json_parse_object (text->str, text->len, &error);
  g_assert_no_error (error);
  return answer;
}

GError *
core_pull_error (Core *core, LiftServerUser *user, const LiftServerPullRequest *request)
{
  GError *error = NULL;

  g_assert_null (lift_server_pull (core->server, user, request, &error));
  g_assert_nonnull (error);
  return error;
}

static void
keep_rows (GHashTable *rows, JsonObject *page)
{
  JsonObject *changes = lift_json_get_object (page, "changesByType");
  JsonObjectIter iter;
  const char *type;
  JsonNode *node;

  json_object_iter_init (&iter, changes);
  while (json_object_iter_next (&iter, &type, &node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonObject *row = json_array_get_object_element (array, i);

          g_hash_table_insert (rows,
                               g_strdup_printf ("%s/%s", type, lift_json_get_string (row, "id")),
                               json_object_ref (row));
        }
    }
}

/* Follows the cursor to the end, as a client does. @cursor: where to start, and where it ended. */
GHashTable *
core_pull_all (Core *core, LiftServerUser *user, const char *limit, char **cursor)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) json_object_unref);
  g_autofree char *position = cursor != NULL ? g_steal_pointer (cursor) : NULL;
  gboolean more = TRUE;

  for (guint pages = 0; more; pages++)
    {
      LiftServerPullRequest request = { .limit = limit, .cursor = position };
      g_autoptr (JsonObject) page = core_pull (core, user, &request);

      g_assert_cmpuint (pages, <, 10000);
      keep_rows (rows, page);
      more = lift_json_get_boolean (page, "hasMore", TRUE);
      g_free (position);
      position = g_strdup (lift_json_get_string (page, "cursor"));
      g_assert_nonnull (position);
    }
  if (cursor != NULL)
    *cursor = g_steal_pointer (&position);
  return rows;
}

JsonObject *
core_get_row (GHashTable *rows, const char *type, const char *id)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", type, id);

  return g_hash_table_lookup (rows, key);
}

JsonObject *
core_entity (JsonObject *answer, guint index)
{
  JsonArray *list = lift_json_get_array (answer, "succeeded");

  g_assert_cmpuint (json_array_get_length (list), >, index);
  return lift_json_get_object (json_array_get_object_element (list, index), "entity");
}

static JsonObject *
get_error (JsonObject *answer, guint index)
{
  JsonArray *list = lift_json_get_array (answer, "failed");

  g_assert_cmpuint (json_array_get_length (list), >, index);
  return json_array_get_object_element (
    lift_json_get_array (json_array_get_object_element (list, index), "errors"), 0);
}

const char *
core_code (JsonObject *answer, guint index)
{
  return lift_json_get_string (get_error (answer, index), "code");
}

const char *
core_field (JsonObject *answer, guint index)
{
  return lift_json_get_string (get_error (answer, index), "field");
}

guint
core_count (JsonObject *answer, const char *list)
{
  return json_array_get_length (lift_json_get_array (answer, list));
}

void
core_assert_ok (JsonObject *answer, guint n)
{
  if (core_count (answer, "failed") > 0)
    g_test_message ("%s: %s %s", core_code (answer, 0), core_field (answer, 0),
                    lift_json_get_string (get_error (answer, 0), "message"));
  g_assert_cmpuint (core_count (answer, "failed"), ==, 0);
  g_assert_cmpuint (core_count (answer, "succeeded"), ==, n);
}

void
core_assert_code (JsonObject *answer, const char *code)
{
  g_assert_cmpuint (core_count (answer, "failed"), ==, 1);
  g_assert_cmpstr (core_code (answer, 0), ==, code);
}

/* A plan with one exercise and two sets: ids @n, @n + 1, @n + 2 and @n + 3. */
void
core_add_plan (Core *core, LiftServerUser *user, const char *athlete_id, guint n)
{
  g_autoptr (GPtrArray) catalogue = lift_catalogue_load ();
  LiftEntity *exercise = g_ptr_array_index (catalogue, 0);
  g_autoptr (JsonObject) answer = core_push (
    core, user,
    "{'changes':{'SetPlan':["
    "{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':1,'targetReps':5},"
    "{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':2,'targetReps':5}],"
    "'ExercisePlan':[{'id':'%s','athleteId':'%s','trainingPlanId':'%s','exerciseId':'%s',"
    "'orderIndex':0}],"
    "'TrainingPlan':[{'id':'%s','athleteId':'%s','name':'Day','date':'2026-03-02',"
    "'isLocked':false}]}}",
    core_id (n + 2), athlete_id, core_id (n + 1), core_id (n + 3), athlete_id, core_id (n + 1),
    core_id (n + 1), athlete_id, core_id (n), exercise->id, core_id (n), athlete_id);

  core_assert_ok (answer, 4);
}

void
core_exec (Core *core, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftDatabase) raw = lift_database_open (core->path, LIFT_DATABASE_WRITE, &error);

  g_assert_no_error (error);
  lift_database_exec (raw, sql, &error);
  g_assert_no_error (error);
}
