/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-json-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Not G_DEFINE_QUARK: the formatter would put spaces into its unquoted name. */
GQuark
lift_json_error_quark (void)
{
  return g_quark_from_static_string ("lift-json-error-quark");
}

static void append_node (GString *out, JsonNode *node);

/**
 * lift_json_parse:
 * @data: JSON text from a file, the wire or a command line; need not end in a zero byte
 * @length: its bytes, or -1 for text that ends in a zero byte
 *
 * Not the parser of json-glib, which takes much that is not JSON, overflows the stack on what is
 * nested deeply, and needs twice the time. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): the root, which may be changed, or %NULL with an error of
 *   %LIFT_JSON_ERROR
 */
JsonNode *
lift_json_parse (const char *data, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (data) : (gsize) length;
  gboolean too_deep = FALSE;
  JsonNode *root = NULL;

  if (g_utf8_validate_len (data, size, NULL))
    root = lift_json_read (data, size, &too_deep);
  if (root != NULL)
    return root;
  if (too_deep)
    g_set_error (error, LIFT_JSON_ERROR, LIFT_JSON_ERROR_TOO_DEEP,
                 _ ("The JSON text is nested deeper than %d levels"), LIFT_JSON_MAX_DEPTH);
  else
    g_set_error (error, LIFT_JSON_ERROR, LIFT_JSON_ERROR_SYNTAX, _ ("This is not JSON text"));
  return NULL;
}

/**
 * lift_json_parse_object:
 *
 * As [func@json_parse], for text whose root must be an object.
 *
 * Returns: (transfer full) (nullable): the object, or %NULL with an error
 */
JsonObject *
lift_json_parse_object (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonNode) root = lift_json_parse (data, length, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, LIFT_JSON_ERROR, LIFT_JSON_ERROR_TYPE,
                   _ ("A JSON object was expected, in braces"));
      return NULL;
    }
  return json_node_dup_object (root);
}

static JsonNode *
get_value (JsonObject *object, const char *key, GType type)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

/**
 * lift_json_get_string:
 *
 * Returns: (nullable): the text at @key, or %NULL if there is none
 */
const char *
lift_json_get_string (JsonObject *object, const char *key)
{
  JsonNode *node = get_value (object, key, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/**
 * lift_json_get_int:
 *
 * Returns: the whole number at @key, or @fallback if there is none
 */
gint64
lift_json_get_int (JsonObject *object, const char *key, gint64 fallback)
{
  JsonNode *node = get_value (object, key, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : fallback;
}

/**
 * lift_json_get_boolean:
 *
 * Returns: the truth at @key, or @fallback if there is none
 */
gboolean
lift_json_get_boolean (JsonObject *object, const char *key, gboolean fallback)
{
  JsonNode *node = get_value (object, key, G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) : fallback;
}

/**
 * lift_json_get_object:
 *
 * Returns: (nullable) (transfer none): the object at @key, or %NULL if there is none
 */
JsonObject *
lift_json_get_object (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * lift_json_get_array:
 *
 * Returns: (nullable) (transfer none): the array at @key, or %NULL if there is none
 */
JsonArray *
lift_json_get_array (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * lift_json_append_string:
 * @text: (nullable): UTF-8; %NULL is written as `null`
 *
 * Appends @text as a JSON string.
 */
void
lift_json_append_string (GString *out, const char *text)
{
  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  g_string_append_c (out, '"');
  for (const char *run = text;; text++)
    {
      guchar c = *text;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (out, run, text - run);
      run = text + 1;
      if (c == '\0')
        break;
      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c == '\n')
        g_string_append (out, "\\n");
      else
        g_string_append_printf (out, "\\u%04x", c);
    }
  g_string_append_c (out, '"');
}

/**
 * lift_json_append_double:
 * @value: a finite number
 *
 * Appends the shortest text that reads back to the same double.
 */
void
lift_json_append_double (GString *out, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (isfinite (value));

  if (value == floor (value) && fabs (value) < 1e15)
    {
      g_string_append_printf (out, "%" G_GINT64_FORMAT, (gint64) value);
      return;
    }
  for (int digits = 15; digits <= 17; digits++)
    {
      char format[] = { '%', '.', '1', '0' + digits - 10, 'g', '\0' };

      g_ascii_formatd (text, sizeof text, format, value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  g_string_append (out, text);
}

/**
 * lift_json_append_key:
 * @key: a name that needs no escaping
 *
 * Appends `"key":`, with a comma before it unless an object was just opened.
 */
void
lift_json_append_key (GString *out, const char *key)
{
  if (out->len > 0 && out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  g_string_append_c (out, '"');
  g_string_append (out, key);
  g_string_append (out, "\":");
}

static void
append_member (JsonObject *object, const char *name, JsonNode *node, gpointer out)
{
  if (((GString *) out)->str[((GString *) out)->len - 1] != '{')
    g_string_append_c (out, ',');
  lift_json_append_string (out, name);
  g_string_append_c (out, ':');
  append_node (out, node);
}

static void
append_element (JsonArray *array, guint index, JsonNode *node, gpointer out)
{
  if (index > 0)
    g_string_append_c (out, ',');
  append_node (out, node);
}

static void
append_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    lift_json_append_string (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (isfinite (json_node_get_double (node)))
    lift_json_append_double (out, json_node_get_double (node));
  else
    g_string_append (out, "null");
}

static void
append_node (GString *out, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_string_append_c (out, '{');
      json_object_foreach_member (json_node_get_object (node), append_member, out);
      g_string_append_c (out, '}');
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_string_append_c (out, '[');
      json_array_foreach_element (json_node_get_array (node), append_element, out);
      g_string_append_c (out, ']');
    }
  else if (JSON_NODE_HOLDS_VALUE (node))
    append_value (out, node);
  else
    g_string_append (out, "null");
}

/**
 * lift_json_node_to_text:
 * @node: what [func@json_parse] gave, or was built here
 *
 * Not the writer of json-glib, which makes 0.10000000000000001 of 0.1, and of a number that is too
 * great for a double what nobody can read. Such a number becomes `null`.
 *
 * Returns: (transfer full): @node as compact JSON text
 */
char *
lift_json_node_to_text (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  append_node (out, node);
  return g_string_free (out, FALSE);
}
