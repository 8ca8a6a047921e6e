/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>

#include "lift-server-private.h"

/* How far back failures are kept for a device that asks again, and marks. */
#define KEPT_NUMBERS 5000
#define MARK_LENGTH 16

/* A mark tells one row and its content from any other, however they are written: members may come
 * in any order, and numbers and texts in other spellings, since proxies may write anew what they
 * pass on. It is stored, so what makes it must stay as it is. */

static guint64
scramble (guint64 hash)
{
  hash = (hash ^ hash >> 33) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash = (hash ^ hash >> 33) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return hash ^ hash >> 33;
}

static guint64
hash_text (const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (; *text != '\0'; text++)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (0x100000001b3);
  return scramble (hash);
}

static guint64
hash_number (double number)
{
  double positive = number == 0 ? 0 : number;
  guint64 bits;

  memcpy (&bits, &positive, sizeof bits);
  return scramble (bits + 1);
}

static guint64
hash_value (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    return hash_text (json_node_get_string (node));
  if (type == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? 2 : 3;
  return hash_number (json_node_get_double (node));
}

static guint64 hash_node (JsonNode *node);

static guint64
hash_array (JsonArray *array)
{
  guint64 hash = 5;

  for (guint i = 0; i < json_array_get_length (array); i++)
    hash = scramble (hash + hash_node (json_array_get_element (array, i)));
  return hash;
}

/* The sum does not depend on the order. The number itself is not a part of the row. */
static guint64
hash_object (JsonObject *object)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;
  guint64 sum = 7;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, &node))
    if (!g_str_equal (key, "mutation"))
      sum += scramble (hash_text (key) + 31 * hash_node (node));
  return scramble (sum);
}

static guint64
hash_node (JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return hash_object (json_node_get_object (node));
    case JSON_NODE_ARRAY:
      return hash_array (json_node_get_array (node));
    case JSON_NODE_VALUE:
      return hash_value (node);
    case JSON_NODE_NULL:
    default:
      return 11;
    }
}

/**
 * lift_server_make_mark: (skip)
 * @type: of the row
 * @object: the row as it came
 */
guint64
lift_server_make_mark (const char *type, JsonObject *object)
{
  return scramble (hash_text (type) + hash_object (object));
}

/**
 * lift_server_device_load: (skip)
 * @last: (out): the newest number of the device that was taken; 0 for none
 */
gboolean
lift_server_device_load (LiftServerWork *work, gint64 *last, GError **error)
{
  if (!lift_server_get_int (work->connection, last, error,
                            "SELECT mutation FROM device WHERE user_id = ? AND id = ?", "ss",
                            work->user_id, work->device))
    return FALSE;
  *last = MAX (*last, 0);
  return TRUE;
}

/* The numbers of a push follow each other, so one text holds the marks of all. */
static gboolean
store_marks (LiftServerWork *work, gint64 first, GArray *marks, GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (marks->len * MARK_LENGTH);

  for (guint i = 0; i < marks->len; i++)
    g_string_append_printf (text, "%016" G_GINT64_MODIFIER "x", g_array_index (marks, guint64, i));
  return lift_server_run (work->connection, error,
                          "INSERT INTO mark (user_id, device, mutation, marks) VALUES (?, ?, ?, ?)",
                          "ssis", work->user_id, work->device, first, text->str);
}

static gboolean
forget (LiftServerWork *work, const char *sql, gint64 before, GError **error)
{
  return lift_server_run (work->connection, error, sql, "ssi", work->user_id, work->device, before);
}

/**
 * lift_server_device_store: (skip)
 * @last: the newest number until now
 * @marks: (element-type guint64): of the numbers that follow it
 */
gboolean
lift_server_device_store (LiftServerWork *work, gint64 last, GArray *marks, GError **error)
{
  gint64 newest = last + marks->len;

  return lift_server_run (work->connection, error,
                          "INSERT INTO device (user_id, id, mutation) VALUES (?, ?, ?)"
                          " ON CONFLICT (user_id, id) DO UPDATE SET mutation = excluded.mutation",
                          "ssi", work->user_id, work->device, newest) &&
         store_marks (work, last + 1, marks, error) &&
         forget (work, "DELETE FROM failure WHERE user_id = ? AND device = ? AND mutation < ?",
                 newest - KEPT_NUMBERS, error) &&
         forget (work, "DELETE FROM mark WHERE user_id = ? AND device = ? AND mutation < ?",
                 newest - KEPT_NUMBERS, error);
}

/* The mark of a number among those of its push. Returns: NULL if it is not there */
static char *
cut_mark (LiftServerResult *result, gint64 mutation)
{
  const char *marks = lift_server_result_get_text (result, 1);
  gint64 index = mutation - lift_server_result_get_int (result, 0);

  return index < (gint64) strlen (marks) / MARK_LENGTH
           ? g_strndup (marks + index * MARK_LENGTH, MARK_LENGTH)
           : NULL;
}

/**
 * lift_server_device_knows_other: (skip)
 * @mutation: a number that was taken
 * @knows: (out): whether it was another row or another content; not known of one from long ago
 */
gboolean
lift_server_device_knows_other (
  LiftServerWork *work, gint64 mutation, guint64 mark, gboolean *knows, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", mark);
  g_autofree char *known = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult)
    result = lift_server_query (work->connection, &local_error,
                                "SELECT mutation, marks FROM mark WHERE user_id = ? AND device = ?"
                                " AND mutation <= ? ORDER BY mutation DESC LIMIT 1",
                                "ssi", work->user_id, work->device, mutation);

  if (result != NULL && lift_server_result_next (result, &local_error))
    known = cut_mark (result, mutation);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *knows = known != NULL && !g_str_equal (known, text);
  return TRUE;
}

/**
 * lift_server_device_add_failure: (skip)
 * @failure: the answer, as JSON
 */
gboolean
lift_server_device_add_failure (LiftServerWork *work,
                                gint64 mutation,
                                const char *failure,
                                GError **error)
{
  return lift_server_run (work->connection, error,
                          "INSERT INTO failure (user_id, device, mutation, answer)"
                          " VALUES (?, ?, ?, ?)",
                          "ssis", work->user_id, work->device, mutation, failure);
}

/**
 * lift_server_device_find_failure: (skip)
 * @failure: (out) (nullable) (transfer full): what was answered the first time, if it was a failure
 */
gboolean
lift_server_device_find_failure (LiftServerWork *work,
                                 gint64 mutation,
                                 char **failure,
                                 GError **error)
{
  return lift_server_dup_text (work->connection, failure, error,
                               "SELECT answer FROM failure WHERE user_id = ? AND device = ?"
                               " AND mutation = ?",
                               "ssi", work->user_id, work->device, mutation);
}
