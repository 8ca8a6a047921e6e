/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-server.h"

#include <string.h>

#include "lift-json.h"

/*
 * Bodies of a push, one a line; a line begins with a letter for who sends it: k, a, l or b (Kim,
 * Ann, Lee, Bob), Kim if there is none. The server answers for each row or refuses the whole, and
 * never fails; rows that are not the user's own do not change; no row goes away, and versions only
 * grow; the same body once more is answered the same and, with numbers, changes nothing.
 */

static guint
get_user (const char **line)
{
  static const char letters[] = "kalb";
  const char *letter = **line != '\0' ? strchr (letters, **line) : NULL;

  if (letter == NULL)
    return FUZZ_KIM;
  (*line)++;
  return letter - letters;
}

/* Kim and Ann share what is Ann's, Lee and Bob what is Bob's. */
static gboolean
may_write (guint user, const char *scope)
{
  FuzzServer *fuzz = fuzz_server_get ();
  LiftServerUser *coach = fuzz->users[user == FUZZ_KIM || user == FUZZ_ANN ? FUZZ_KIM : FUZZ_LEE];
  LiftServerUser *athlete = fuzz->users[user == FUZZ_KIM || user == FUZZ_ANN ? FUZZ_ANN : FUZZ_BOB];
  LiftServerUser *others = fuzz->users[user == FUZZ_KIM || user == FUZZ_ANN ? FUZZ_BOB : FUZZ_ANN];
  LiftServerUser *other = fuzz->users[user == FUZZ_KIM || user == FUZZ_ANN ? FUZZ_LEE : FUZZ_KIM];
  const char *id = strchr (scope, ':');

  if (id == NULL)
    return FALSE;
  id++;
  if (g_str_equal (id, athlete->athlete_id) || g_str_equal (id, coach->coach_id))
    return TRUE;
  /* An athlete that Kim has just made. */
  return !g_str_equal (id, others->athlete_id) && !g_str_equal (id, other->coach_id) &&
         (user == FUZZ_KIM || user == FUZZ_LEE);
}

static void
check_row (guint user, const char *name, const FuzzServerRow *before, const FuzzServerRow *after)
{
  gboolean same = before != NULL && after != NULL && before->version == after->version &&
                  before->updated_at == after->updated_at &&
                  g_str_equal (before->scope, after->scope);

  if (same)
    return;
  if (after == NULL)
    fuzz_fail ("a row is gone", name);
  if (before != NULL && !g_str_equal (before->scope, after->scope))
    fuzz_fail ("a row has moved", name);
  if (before != NULL &&
      (after->version <= before->version || after->updated_at < before->updated_at))
    fuzz_fail ("a row went back", name);
  if (!may_write (user, after->scope))
    fuzz_fail ("a row of another changed", name);
}

static void
check_rows (guint user, GHashTable *before, GHashTable *after)
{
  GHashTableIter iter;
  gpointer name, row;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &name, &row))
    check_row (user, name, row, g_hash_table_lookup (after, name));
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &name, &row))
    check_row (user, name, g_hash_table_lookup (before, name), row);
}

/* Each of the rows sent is in the one list or in the other, and none was too much for the server. */
static void
check_answer (JsonObject *answer, const char *text)
{
  JsonArray *succeeded = lift_json_get_array (answer, "succeeded");
  JsonArray *failed = lift_json_get_array (answer, "failed");
  JsonObject *summary = lift_json_get_object (answer, "summary");

  if (succeeded == NULL || failed == NULL || summary == NULL ||
      lift_json_get_int (summary, "totalReceived", -1) !=
        json_array_get_length (succeeded) + json_array_get_length (failed))
    fuzz_fail ("not answered for each row", text);
  if (strstr (text, "\"code\":\"INTERNAL\"") != NULL)
    fuzz_fail ("a row was too much for the server", text);
}

static GString *
push (guint user, JsonObject *body)
{
  FuzzServer *fuzz = fuzz_server_get ();
  g_autoptr (GHashTable) before = fuzz_server_list_rows ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = lift_server_push (fuzz->server, fuzz->users[user], body, &error);
  g_autoptr (GHashTable) after = fuzz_server_list_rows ();
  g_autoptr (JsonObject) answer = NULL;

  fuzz_assert_error (text == NULL, error);
  check_rows (user, before, after);
  if (text == NULL)
    {
      fuzz_server_check_error (error);
      return NULL;
    }
  answer = lift_json_parse_object (text->str, text->len, NULL);
  if (answer == NULL)
    fuzz_fail ("no answer that can be read", text->str);
  check_answer (answer, text->str);
  return g_steal_pointer (&text);
}

static void
check_unchanged (GHashTable *before, GHashTable *after)
{
  GHashTableIter iter;
  gpointer name, row;

  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &name, &row))
    {
      const FuzzServerRow *old = g_hash_table_lookup (before, name);

      if (old == NULL || old->version != ((FuzzServerRow *) row)->version)
        fuzz_fail ("a repeat had an effect", name);
    }
}

static gboolean
is_numbered (JsonObject *body)
{
  JsonObject *changes = lift_json_get_object (body, "changes");
  JsonObjectIter iter;
  JsonNode *rows;

  if (lift_json_get_string (body, "deviceId") == NULL)
    return FALSE;
  json_object_iter_init (&iter, changes);
  while (json_object_iter_next (&iter, NULL, &rows))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (rows)); i++)
      if (lift_json_get_int (json_array_get_object_element (json_node_get_array (rows), i),
                             "mutation", 0) < 1)
        return FALSE;
  return TRUE;
}

static void
push_line (const char *line)
{
  guint user = get_user (&line);
  g_autoptr (JsonObject) body = lift_json_parse_object (line, -1, NULL);
  g_autoptr (GString) first = body != NULL ? push (user, body) : NULL;
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GString) second = NULL;

  if (first == NULL || !is_numbered (body))
    return;
  before = fuzz_server_list_rows ();
  second = push (user, body);
  after = fuzz_server_list_rows ();
  if (second == NULL)
    fuzz_fail ("a repeat was refused", line);
  check_unchanged (before, after);
}

/* What was taken can be pulled by all who may see it. */
static void
pull_all (void)
{
  for (guint user = FUZZ_KIM; user <= FUZZ_BOB; user++)
    {
      g_autofree char *cursor = NULL;
      gboolean more = TRUE;

      while (more)
        {
          LiftServerPullRequest request = { .cursor = cursor, .limit = "500" };
          char *next = fuzz_server_pull (user, &request, &more);

          g_free (cursor);
          cursor = next;
        }
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (GStrv) lines = fuzz_lines (data, size);

  fuzz_server_begin ();
  for (guint i = 0; lines[i] != NULL; i++)
    push_line (lines[i]);
  if (size % 8 == 0)
    pull_all ();
  fuzz_server_end ();
  return 0;
}
