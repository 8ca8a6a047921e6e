/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Not G_DEFINE_QUARK: the formatter would put spaces into its unquoted name. */
GQuark
lift_json_error_quark (void)
{
  return g_quark_from_static_string ("lift-json-error-quark");
}

/* json-glib recurses once a level and json-glib 1.6 overflows the stack on hostile input, so the
 * depth is looked at before it sees anything. */
static gboolean
is_too_deep (const char *data, gsize length)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = data[i];

      if (in_string && c == '\\')
        i++;
      else if (c == '"')
        in_string = !in_string;
      else if (!in_string && (c == '[' || c == '{') && ++depth > LIFT_JSON_MAX_DEPTH)
        return TRUE;
      else if (!in_string && (c == ']' || c == '}') && depth > 0)
        depth--;
    }
  return FALSE;
}

/* json-glib also takes comments, in which the look at the depth would be led astray by a quote. */
static gboolean
has_comment (const char *data, gsize length)
{
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string && data[i] == '\\')
        i++;
      else if (data[i] == '"')
        in_string = !in_string;
      else if (!in_string && (data[i] == '/' || data[i] == '#' || data[i] == '\''))
        return TRUE;
    }
  return FALSE;
}

static gsize
skip_spaces (const char *data, gsize length, gsize i)
{
  while (i < length && g_ascii_isspace (data[i]))
    i++;
  return i;
}

/* Where a value that begins with a bracket, a brace or a quote ends. */
static gsize
skip_enclosed (const char *data, gsize length, gsize i)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  do
    {
      if (in_string && data[i] == '\\')
        i++;
      else if (data[i] == '"')
        in_string = !in_string;
      else if (!in_string && (data[i] == '[' || data[i] == '{'))
        depth++;
      else if (!in_string && (data[i] == ']' || data[i] == '}'))
        depth--;
      i++;
    }
  while (i < length && (in_string || depth > 0));
  return MIN (i, length);
}

/* json-glib takes any number of values one after the other, and keeps one of them. */
static gboolean
has_second_value (const char *data, gsize length)
{
  gsize i = skip_spaces (data, length, 0);

  if (i < length && strchr ("[{\"", data[i]) != NULL)
    i = skip_enclosed (data, length, i);
  else
    while (i < length && !g_ascii_isspace (data[i]) && strchr ("[{\"", data[i]) == NULL)
      i++;
  return skip_spaces (data, length, i) < length;
}

/**
 * lift_json_parse:
 * @data: JSON text from a file, the wire or a command line; need not end in a zero byte
 * @length: its bytes, or -1 for text that ends in a zero byte
 *
 * The only way into json-glib for text from outside. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): the root, or %NULL with an error of %LIFT_JSON_ERROR
 */
JsonNode *
lift_json_parse (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local_error = NULL;
  JsonNode *root;

  if (length < 0)
    length = strlen (data);
  if (!g_utf8_validate_len (data, length, NULL) || has_comment (data, length) ||
      has_second_value (data, length))
    {
      g_set_error (error, LIFT_JSON_ERROR, LIFT_JSON_ERROR_SYNTAX, _ ("This is not JSON text"));
      return NULL;
    }
  if (is_too_deep (data, length))
    {
      g_set_error (error, LIFT_JSON_ERROR, LIFT_JSON_ERROR_TOO_DEEP,
                   _ ("The JSON text is nested deeper than %d levels"), LIFT_JSON_MAX_DEPTH);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, data, length, &local_error))
    {
      g_set_error (error, LIFT_JSON_ERROR, LIFT_JSON_ERROR_SYNTAX, _ ("This is not JSON: %s"),
                   local_error->message);
      return NULL;
    }
  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error (error, LIFT_JSON_ERROR, LIFT_JSON_ERROR_SYNTAX, _ ("The JSON text is empty"));
  return root;
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

/**
 * lift_json_node_to_text:
 *
 * Returns: (transfer full): @node as compact JSON text
 */
char *
lift_json_node_to_text (JsonNode *node)
{
  return json_to_string (node, FALSE);
}
