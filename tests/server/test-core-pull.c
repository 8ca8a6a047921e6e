/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "core-fixture.h"
#include "lift-instant.h"

/* What a pull brings: everything, once or more, never less, whoever writes meanwhile. */

static void
add_sets (Core *core, guint first, guint n)
{
  g_autoptr (GString) body = g_string_new ("{'changes':{'SetPlan':[");
  g_autoptr (JsonObject) answer = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
      body, "%s{'id':'%s','athleteId':'%s','exercisePlanId':'%s','setNumber':%u}", i > 0 ? "," : "",
      core_id (first + i), core->ann->athlete_id, core_id (2), i);
  g_string_append (body, "]}}");
  answer = core_push (core, core->kim, "%s", body->str);
  core_assert_ok (answer, n);
}

static void
fill (Core *core)
{
  core_add_plan (core, core->kim, core->ann->athlete_id, 1);
  core_add_plan (core, core->kim, core->ann->athlete_id, 11);
  add_sets (core, 100, 40);
}

static void
assert_same (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer key, value;

  g_assert_cmpuint (g_hash_table_size (a), ==, g_hash_table_size (b));
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      JsonObject *other = g_hash_table_lookup (b, key);

      g_assert_nonnull (other);
      g_assert_cmpstr (lift_json_get_string (value, "updatedAt"), ==,
                       lift_json_get_string (other, "updatedAt"));
      g_assert_cmpint (lift_json_get_int (value, "version", 0), ==,
                       lift_json_get_int (other, "version", 0));
    }
}

static void
test_limits (void)
{
  static const char *const limits[] = { "1", "7", "100" };
  g_autoptr (Core) core = core_new ();
  g_autoptr (GHashTable) all = NULL;

  fill (core);
  all = core_pull_all (core, core->ann, "500", NULL);
  g_assert_nonnull (core_get_row (all, "SetPlan", core_id (139)));
  g_assert_nonnull (core_get_row (all, "Athlete", core->ann->athlete_id));
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (GHashTable) some = core_pull_all (core, core->ann, limits[i], NULL);

      assert_same (all, some);
    }
}

static void
test_parents_first (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *cursor = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean more = TRUE;

  fill (core);
  while (more)
    {
      LiftServerPullRequest request = { .limit = "1", .cursor = cursor };
      g_autoptr (JsonObject) page = core_pull (core, core->ann, &request);
      JsonObject *changes = lift_json_get_object (page, "changesByType");
      static const char *const types[] = { "TrainingPlan", "ExercisePlan", "SetPlan" };
      static const char *const parents[] = { NULL, "trainingPlanId", "exercisePlanId" };

      for (guint t = 0; t < G_N_ELEMENTS (types); t++)
        {
          JsonArray *rows = lift_json_get_array (changes, types[t]);

          for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
            {
              JsonObject *row = json_array_get_object_element (rows, i);

              if (parents[t] != NULL)
                g_assert_true (
                  g_hash_table_contains (seen, lift_json_get_string (row, parents[t])));
              g_hash_table_add (seen, g_strdup (lift_json_get_string (row, "id")));
            }
        }
      more = lift_json_get_boolean (page, "hasMore", TRUE);
      g_free (cursor);
      cursor = g_strdup (lift_json_get_string (page, "cursor"));
    }
  g_assert_true (g_hash_table_contains (seen, core_id (139)));
}

static void
edit_set (Core *core, guint n, guint reps)
{
  g_autoptr (JsonObject) answer = core_push (
    core, core->kim,
    "{'changes':{'SetPlan':[{'id':'%s','targetReps':%u,'changedFields':['targetReps']}]}}",
    core_id (n), reps);

  core_assert_ok (answer, 1);
}

/* Somebody writes between any two pages: edits what has come and what has not, and adds rows. */
static void
test_writer_between (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                       (GDestroyNotify) json_object_unref);
  g_autoptr (GHashTable) all = NULL;
  g_autofree char *cursor = NULL;
  gboolean more = TRUE;

  fill (core);
  for (guint pages = 0; more; pages++)
    {
      LiftServerPullRequest request = { .limit = "7", .cursor = cursor };
      g_autoptr (JsonObject) page = core_pull (core, core->ann, &request);
      JsonArray *sets = lift_json_get_array (lift_json_get_object (page, "changesByType"),
                                             "SetPlan");

      for (guint i = 0; sets != NULL && i < json_array_get_length (sets); i++)
        {
          JsonObject *row = json_array_get_object_element (sets, i);

          g_hash_table_insert (rows,
                               g_strdup_printf ("SetPlan/%s", lift_json_get_string (row, "id")),
                               json_object_ref (row));
        }
      if (pages < 30)
        {
          edit_set (core, 100 + pages, 9);
          edit_set (core, 139 - pages, 8);
          add_sets (core, 200 + pages, 1);
        }
      more = lift_json_get_boolean (page, "hasMore", TRUE);
      g_free (cursor);
      cursor = g_strdup (lift_json_get_string (page, "cursor"));
    }
  {
    g_autoptr (GHashTable) rest = core_pull_all (core, core->ann, "500", &cursor);
    GHashTableIter iter;
    gpointer key, value;

    g_hash_table_iter_init (&iter, rest);
    while (g_hash_table_iter_next (&iter, &key, &value))
      if (g_str_has_prefix (key, "SetPlan/"))
        g_hash_table_insert (rows, g_strdup (key), json_object_ref (value));
  }
  all = core_pull_all (core, core->ann, "500", NULL);
  {
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init (&iter, all);
    while (g_hash_table_iter_next (&iter, &key, NULL))
      if (!g_str_has_prefix (key, "SetPlan/"))
        g_hash_table_iter_remove (&iter);
  }
  assert_same (all, rows);
}

static void
test_changes_only (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *cursor = NULL;
  g_autoptr (GHashTable) all = NULL;
  g_autoptr (GHashTable) none = NULL;
  g_autoptr (GHashTable) one = NULL;

  fill (core);
  all = core_pull_all (core, core->ann, "100", &cursor);
  none = core_pull_all (core, core->ann, "100", &cursor);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  edit_set (core, 103, 12);
  one = core_pull_all (core, core->ann, "100", &cursor);
  g_assert_cmpuint (g_hash_table_size (one), ==, 1);
  g_assert_nonnull (core_get_row (one, "SetPlan", core_id (103)));
}

static void
test_bad_cursors (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *cursor = NULL;
  g_autoptr (GHashTable) all = core_pull_all (core, core->ann, "100", &cursor);

  for (gsize i = 0; cursor[i] != '\0'; i++)
    {
      char kept = cursor[i];
      LiftServerPullRequest request = { .cursor = cursor };
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = NULL;

      /* The last letter may hold bits that stand for nothing. */
      if (cursor[i + 1] == '\0')
        break;
      cursor[i] = kept == 'A' ? 'B' : 'A';
      text = lift_server_pull (core->server, core->ann, &request, &error);
      g_assert_null (text);
      g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_BAD_CURSOR);
      g_assert_cmpuint (lift_server_error_get_status (error), ==, 400);
      cursor[i] = kept;
    }
  {
    static const char *const bad[] = { "x", "!!!!", "AAAAAAAAAAAAAAAA", "%00", "\xff\xfe" };

    for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
      {
        LiftServerPullRequest request = { .cursor = bad[i] };
        g_autoptr (GError) error = core_pull_error (core, core->ann, &request);

        g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_BAD_CURSOR);
      }
  }
}

static void
test_epoch (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *cursor = NULL;
  g_autoptr (GHashTable) all = core_pull_all (core, core->ann, "100", &cursor);
  LiftServerPullRequest request = { .cursor = cursor };
  g_autoptr (JsonObject) still = NULL;
  g_autoptr (GError) error = NULL;

  core_reopen (core);
  still = core_pull (core, core->ann, &request);
  g_assert_false (lift_json_get_boolean (still, "hasMore", TRUE));
  lift_server_start_epoch (core->server, &error);
  g_assert_no_error (error);
  error = core_pull_error (core, core->ann, &request);
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_RESYNC);
  g_assert_cmpuint (lift_server_error_get_status (error), ==, 410);
  g_assert_cmpstr (lift_server_error_get_code (error), ==, "RESYNC");
}

static void
test_restore_backup (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *backup = g_build_filename (core->dir, "backup.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;
  g_autoptr (GHashTable) rows = NULL;
  g_autoptr (GHashTable) after = NULL;
  LiftServerPullRequest request = { 0 };

  fill (core);
  lift_server_backup (core->server, backup, &error);
  g_assert_no_error (error);
  edit_set (core, 100, 20);
  rows = core_pull_all (core, core->ann, "100", &cursor);
  g_assert_finalize_object (g_steal_pointer (&core->server));
  lift_server_sqlite_restore (core->path, backup, &error);
  g_assert_no_error (error);
  core->server = NULL;
  {
    g_autoptr (LiftServerDatabase) database = lift_server_sqlite_open (core->path, 1, &error);

    core->server = lift_server_new (database, LIFT_CLOCK (core->clock), &error);
  }
  g_assert_no_error (error);
  lift_server_start_epoch (core->server, &error);
  request.cursor = cursor;
  error = core_pull_error (core, core->ann, &request);
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_RESYNC);
  g_clear_error (&error);
  after = core_pull_all (core, core->ann, "100", NULL);
  g_assert_true (
    json_object_get_null_member (core_get_row (after, "SetPlan", core_id (100)), "targetReps"));
  g_assert_true (lift_server_check (core->server, &error));
}

static gint64
get_instant (JsonObject *object, const char *key)
{
  gint64 instant;

  g_assert_true (lift_instant_parse (lift_json_get_string (object, key), &instant));
  return instant;
}

/* Who pulls everything is told which stamps are of a history that was lost; and no stamp is given
 * that could be mistaken for one of those. */
static void
test_forgotten (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) fresh = NULL, after = NULL, answer = NULL;
  g_autoptr (GError) error = NULL;
  LiftServerPullRequest request = { 0 };
  JsonObject *gap;

  fresh = core_pull (core, core->ann, &request);
  g_assert_cmpuint (json_array_get_length (lift_json_get_array (fresh, "forgotten")), ==, 1);
  gap = json_array_get_object_element (lift_json_get_array (fresh, "forgotten"), 0);
  g_assert_cmpint (get_instant (gap, "after"), ==, get_instant (gap, "until"));
  g_assert_cmpstr (lift_json_get_string (gap, "epoch"), ==, lift_json_get_string (fresh, "epoch"));
  lift_server_start_epoch (core->server, &error);
  g_assert_no_error (error);
  after = core_pull (core, core->ann, &request);
  g_assert_cmpstr (lift_json_get_string (fresh, "epoch"), !=,
                   lift_json_get_string (after, "epoch"));
  g_assert_cmpuint (json_array_get_length (lift_json_get_array (after, "forgotten")), ==, 2);
  gap = json_array_get_object_element (lift_json_get_array (after, "forgotten"), 1);
  g_assert_cmpint (get_instant (gap, "after"), <=, get_instant (gap, "until"));
  answer = core_push (core, core->ann,
                      "{'changes':{'BodyWeightEntry':[{'id':'%s','athleteId':'%s','weight':80,"
                      "'measurementDate':'2026-03-01'}]}}",
                      core_id (9), core->ann->athlete_id);
  g_assert_cmpint (get_instant (core_entity (answer, 0), "updatedAt"), >,
                   get_instant (gap, "until"));
}

/* Whose rows a user may see, and how, and nothing of others. */
static void
test_scopes (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *ann = g_strconcat ("athlete:", core->ann->athlete_id, NULL);
  g_autofree char *kim = g_strconcat ("coach:", core->kim->coach_id, NULL);
  LiftServerPullRequest request = { 0 };
  g_autoptr (JsonObject) coachs = core_pull (core, core->kim, &request);
  g_autoptr (JsonObject) athletes = core_pull (core, core->ann, &request);
  g_autoptr (JsonObject) next = NULL;
  JsonObject *scopes = lift_json_get_object (coachs, "scopes");

  g_assert_cmpuint (json_object_get_size (scopes), ==, 3);
  g_assert_cmpstr (lift_json_get_string (scopes, ann), ==, "care");
  g_assert_cmpstr (lift_json_get_string (scopes, kim), ==, "own");
  scopes = lift_json_get_object (athletes, "scopes");
  g_assert_cmpuint (json_object_get_size (scopes), ==, 3);
  g_assert_cmpstr (lift_json_get_string (scopes, ann), ==, "own");
  g_assert_cmpstr (lift_json_get_string (scopes, kim), ==, "read");
  request.cursor = lift_json_get_string (athletes, "cursor");
  next = core_pull (core, core->ann, &request);
  g_assert_false (json_object_has_member (next, "scopes"));
  g_assert_cmpstr (lift_json_get_string (next, "epoch"), ==,
                   lift_json_get_string (athletes, "epoch"));
}

/* A [base] client: each type by `since`, and `syncTimestamp` for the next time. */
static void
test_since (void)
{
  static const char *const limits[] = { "1", "7", "500" };
  g_autoptr (Core) core = core_new ();
  g_autoptr (GHashTable) all = NULL;

  fill (core);
  all = core_pull_all (core, core->kim, "500", NULL);
  for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
    {
      g_autofree char *since = g_strdup ("1970-01-01T00:00:00Z");
      g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      gboolean more = TRUE;

      for (guint pages = 0; more; pages++)
        {
          LiftServerPullRequest request = { .limit = limits[l], .since = since };
          g_autoptr (JsonObject) page = core_pull (core, core->kim, &request);
          JsonObject *changes = lift_json_get_object (page, "changesByType");
          JsonObjectIter iter;
          const char *type;
          JsonNode *node;

          g_assert_cmpuint (pages, <, 1000);
          json_object_iter_init (&iter, changes);
          while (json_object_iter_next (&iter, &type, &node))
            {
              JsonArray *array = json_node_get_array (node);
              const char *last = "";

              for (guint i = 0; i < json_array_get_length (array); i++)
                {
                  JsonObject *row = json_array_get_object_element (array, i);

                  g_assert_cmpstr (lift_json_get_string (row, "updatedAt"), >, last);
                  last = lift_json_get_string (row, "updatedAt");
                  g_hash_table_add (
                    rows, g_strdup_printf ("%s/%s", type, lift_json_get_string (row, "id")));
                }
            }
          more = FALSE;
          json_object_iter_init (&iter, lift_json_get_object (page, "stats"));
          while (json_object_iter_next (&iter, &type, &node))
            more |= lift_json_get_boolean (json_node_get_object (node), "hasMore", FALSE);
          g_assert_cmpint (more, ==, lift_json_get_boolean (page, "hasMore", !more));
          g_free (since);
          since = g_strdup (lift_json_get_string (page, "syncTimestamp"));
          /* Every page takes it further, the first too. */
          g_assert_cmpstr (since, >, "1970-01-02");
        }
      g_assert_cmpuint (g_hash_table_size (rows), ==, g_hash_table_size (all));
      {
        LiftServerPullRequest request = { .since = since };
        g_autoptr (JsonObject) nothing = core_pull (core, core->kim, &request);

        g_assert_cmpuint (json_object_get_size (lift_json_get_object (nothing, "changesByType")),
                          ==, 0);
        g_assert_nonnull (lift_json_get_string (nothing, "cursor"));
      }
    }
}

/* A [base] client that pages one type by the newest stamp that it saw. */
static void
test_since_one_type (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *since = g_strdup ("1970-01-01T00:00:00Z");
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean more = TRUE;

  fill (core);
  while (more)
    {
      LiftServerPullRequest request = { .limit = "7", .since = since, .entity_types = "SetPlan" };
      g_autoptr (JsonObject) page = core_pull (core, core->ann, &request);
      JsonArray *rows = lift_json_get_array (lift_json_get_object (page, "changesByType"),
                                             "SetPlan");

      g_assert_cmpuint (json_object_get_size (lift_json_get_object (page, "changesByType")), ==, 1);
      for (guint i = 0; i < json_array_get_length (rows); i++)
        {
          JsonObject *row = json_array_get_object_element (rows, i);

          g_assert_true (g_hash_table_add (ids, g_strdup (lift_json_get_string (row, "id"))));
          g_free (since);
          since = g_strdup (lift_json_get_string (row, "updatedAt"));
        }
      more = lift_json_get_boolean (
        lift_json_get_object (lift_json_get_object (page, "stats"), "SetPlan"), "hasMore", FALSE);
    }
  g_assert_cmpuint (g_hash_table_size (ids), ==, 44);
}

static void
test_types_of_cursor (void)
{
  g_autoptr (Core) core = core_new ();
  LiftServerPullRequest few = { .limit = "500", .entity_types = "TrainingPlan, BodyWeightEntry" };
  LiftServerPullRequest rest = { .limit = "500" };
  g_autoptr (JsonObject) page = NULL;
  g_autoptr (JsonObject) after = NULL;

  fill (core);
  page = core_pull (core, core->ann, &few);
  g_assert_cmpuint (json_object_get_size (lift_json_get_object (page, "changesByType")), ==, 1);
  rest.cursor = lift_json_get_string (page, "cursor");
  after = core_pull (core, core->ann, &rest);
  g_assert_nonnull (lift_json_get_array (lift_json_get_object (after, "changesByType"), "SetPlan"));
}

static void
test_one_athlete (void)
{
  g_autoptr (Core) core = core_new ();
  LiftServerPullRequest request = { .limit = "500", .athlete_id = core->ann->athlete_id };
  g_autoptr (JsonObject) page = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;

  fill (core);
  page = core_pull (core, core->kim, &request);
  g_assert_null (lift_json_get_array (lift_json_get_object (page, "changesByType"), "Exercise"));
  g_assert_nonnull (lift_json_get_array (lift_json_get_object (page, "changesByType"), "SetPlan"));
  request.athlete_id = core->bob->athlete_id;
  error = core_pull_error (core, core->kim, &request);
  request.athlete_id = core_id (12345);
  other = core_pull_error (core, core->kim, &request);
  g_assert_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_FORBIDDEN);
  g_assert_error (other, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_FORBIDDEN);
  g_assert_cmpstr (error->message, ==, other->message);
}

static void
test_bad_parameters (void)
{
  static const struct
  {
    LiftServerPullRequest request;
    const char *field;
    guint status;
  } cases[] = {
    { { .limit = "0" }, "limit", 400 },
    { { .limit = "-1" }, "limit", 400 },
    { { .limit = "ten" }, "limit", 400 },
    { { .limit = "501" }, "limit", 413 },
    { { .since = "yesterday" }, "since", 400 },
    { { .entity_types = "TrainingPlan,Horoscope" }, "entityTypes", 400 },
    { { .athlete_id = "me" }, "athleteId", 400 },
  };
  g_autoptr (Core) core = core_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = core_pull_error (core, core->ann, &cases[i].request);

      g_assert_cmpuint (lift_server_error_get_status (error), ==, cases[i].status);
      g_assert_cmpstr (lift_server_error_get_field (error), ==, cases[i].field);
    }
}

static guint64
hash_row (JsonObject *row)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = g_strdup_printf ("%s:%d:%d", lift_json_get_string (row, "id"),
                                           (int) lift_json_get_int (row, "version", 0),
                                           !json_object_get_null_member (row, "deletedAt"));

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_autofree char *hex = g_strndup (g_checksum_get_string (checksum), 16);
  return g_ascii_strtoull (hex, NULL, 16);
}

/* The digest is what a client that holds all rows works out. */
static void
assert_digest (Core *core, LiftServerUser *user)
{
  LiftServerPullRequest request = { .limit = "500" };
  g_autoptr (JsonObject) page = core_pull (core, user, &request);
  g_autofree char *scope = g_strconcat ("athlete:", core->ann->athlete_id, NULL);
  JsonObject *digest = lift_json_get_object (lift_json_get_object (page, "digest"), scope);
  g_autofree char *hex = NULL;
  JsonObjectIter iter;
  const char *type;
  JsonNode *node;
  guint64 hash = 0;
  gint64 rows = 0;

  json_object_iter_init (&iter, lift_json_get_object (page, "changesByType"));
  while (json_object_iter_next (&iter, &type, &node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        JsonObject *row = json_array_get_object_element (json_node_get_array (node), i);
        gboolean own = g_strcmp0 (lift_json_get_string (row, "athleteId"), core->ann->athlete_id) ==
                         0 ||
                       g_strcmp0 (lift_json_get_string (row, "id"), core->ann->athlete_id) == 0;

        if (own)
          {
            hash += hash_row (row);
            rows++;
          }
      }
  hex = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", hash);
  g_assert_nonnull (digest);
  g_assert_cmpint (lift_json_get_int (digest, "rows", -1), ==, rows);
  g_assert_cmpstr (lift_json_get_string (digest, "hash"), ==, hex);
}

static void
set_status (Core *core, guint n, const char *status)
{
  g_autoptr (JsonObject) answer = core_push (
    core, core->kim,
    "{'changes':{'TrainingPlan':[{'id':'%s','status':'%s','changedFields':['status']}]}}",
    core_id (n), status);

  core_assert_ok (answer, 1);
}

static void
test_digest (void)
{
  g_autoptr (Core) core = core_new ();
  g_autoptr (JsonObject) gone = NULL;

  fill (core);
  assert_digest (core, core->ann);
  assert_digest (core, core->kim);
  set_status (core, 11, "draft");
  gone = core_push (core, core->kim,
                    "{'changes':{'SetPlan':[{'id':'%s','deletedAt':'2026-03-01T00:00:00Z',"
                    "'changedFields':['deletedAt']}]}}",
                    core_id (120));
  core_assert_ok (gone, 1);
  assert_digest (core, core->ann);
  assert_digest (core, core->kim);
}

static void
test_drafts (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *cursor = NULL;
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) hidden = NULL;
  g_autoptr (GHashTable) shown = NULL;
  g_autoptr (GHashTable) gone = NULL;
  g_autoptr (GHashTable) coach = NULL;
  g_autoptr (JsonObject) draft = NULL;
  g_autoptr (JsonObject) secret = NULL;
  const char *ann = core->ann->athlete_id;

  core_add_plan (core, core->kim, ann, 1);
  before = core_pull_all (core, core->ann, "500", &cursor);
  draft = core_push (
    core, core->kim,
    "{'changes':{'TrainingPlan':[{'id':'%s','athleteId':'%s','name':'Soon',"
    "'date':'2026-03-05','status':'draft'}],'ExercisePlan':[{'id':'%s',"
    "'athleteId':'%s','trainingPlanId':'%s','exerciseId':'%s'}],"
    "'SetPlan':[{'id':'%s','athleteId':'%s','exercisePlanId':'%s',"
    "'setNumber':1}]}}",
    core_id (21), ann, core_id (22), ann, core_id (21),
    lift_json_get_string (core_get_row (before, "ExercisePlan", core_id (2)), "exerciseId"),
    core_id (23), ann, core_id (22));
  core_assert_ok (draft, 3);
  hidden = core_pull_all (core, core->ann, "500", &cursor);
  g_assert_cmpuint (g_hash_table_size (hidden), ==, 0);
  coach = core_pull_all (core, core->kim, "500", NULL);
  g_assert_nonnull (core_get_row (coach, "SetPlan", core_id (23)));

  set_status (core, 21, "published");
  shown = core_pull_all (core, core->ann, "1", &cursor);
  g_assert_nonnull (core_get_row (shown, "TrainingPlan", core_id (21)));
  g_assert_nonnull (core_get_row (shown, "ExercisePlan", core_id (22)));
  g_assert_nonnull (core_get_row (shown, "SetPlan", core_id (23)));

  set_status (core, 21, "draft");
  secret = core_push (core, core->kim,
                      "{'changes':{'TrainingPlan':[{'id':'%s','name':'Secret',"
                      "'changedFields':['name']}]}}",
                      core_id (21));
  core_assert_ok (secret, 1);
  gone = core_pull_all (core, core->ann, "7", &cursor);
  g_assert_false (
    json_object_get_null_member (core_get_row (gone, "TrainingPlan", core_id (21)), "deletedAt"));
  g_assert_false (
    json_object_has_member (core_get_row (gone, "TrainingPlan", core_id (21)), "name"));
  g_assert_false (
    json_object_get_null_member (core_get_row (gone, "SetPlan", core_id (23)), "deletedAt"));
  g_assert_cmpstr (
    lift_json_get_string (core_get_row (gone, "SetPlan", core_id (23)), "exercisePlanId"), ==,
    core_id (22));
}

static void
test_gained_and_lost (void)
{
  g_autoptr (Core) core = core_new ();
  g_autofree char *cursor = NULL;
  g_autoptr (GHashTable) first = core_pull_all (core, core->kim, "100", &cursor);
  g_autoptr (GHashTable) gained = NULL;
  g_autoptr (JsonObject) paper = NULL;
  g_autoptr (JsonObject) lost = NULL;
  g_autoptr (GError) error = NULL;
  LiftServerPullRequest request = { 0 };

  paper = core_push (core, core->kim,
                     "{'changes':{'Athlete':[{'id':'%s','displayName':'Paper Pat'}],"
                     "'BodyWeightEntry':[{'id':'%s','athleteId':'%s','weight':80,"
                     "'measurementDate':'2026-03-01'}]}}",
                     core_id (70), core_id (71), core_id (70));
  core_assert_ok (paper, 2);
  gained = core_pull_all (core, core->kim, "1", &cursor);
  g_assert_nonnull (core_get_row (gained, "Athlete", core_id (70)));
  g_assert_nonnull (core_get_row (gained, "BodyWeightEntry", core_id (71)));

  lift_server_delete_account (core->server, core->ann, CORE_PASSWORD, &error);
  g_assert_no_error (error);
  request.cursor = cursor;
  lost = core_pull (core, core->kim, &request);
  g_assert_cmpuint (json_array_get_length (lift_json_get_array (lost, "revoked")), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (lift_json_get_array (lost, "revoked"), 0), ==,
                   core->ann->athlete_id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/pull/limits", test_limits);
  g_test_add_func ("/server/pull/parents-first", test_parents_first);
  g_test_add_func ("/server/pull/writer-between", test_writer_between);
  g_test_add_func ("/server/pull/changes-only", test_changes_only);
  g_test_add_func ("/server/pull/bad-cursors", test_bad_cursors);
  g_test_add_func ("/server/pull/epoch", test_epoch);
  g_test_add_func ("/server/pull/restore-backup", test_restore_backup);
  g_test_add_func ("/server/pull/forgotten", test_forgotten);
  g_test_add_func ("/server/pull/scopes", test_scopes);
  g_test_add_func ("/server/pull/since", test_since);
  g_test_add_func ("/server/pull/since-one-type", test_since_one_type);
  g_test_add_func ("/server/pull/types-of-cursor", test_types_of_cursor);
  g_test_add_func ("/server/pull/one-athlete", test_one_athlete);
  g_test_add_func ("/server/pull/bad-parameters", test_bad_parameters);
  g_test_add_func ("/server/pull/digest", test_digest);
  g_test_add_func ("/server/pull/drafts", test_drafts);
  g_test_add_func ("/server/pull/gained-and-lost", test_gained_and_lost);
  return g_test_run ();
}
