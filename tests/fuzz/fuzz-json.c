/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <math.h>
#include <string.h>

#include "lift-json.h"

/*
 * The JSON reader. What it takes it can print, and takes again with the same result. json-glib is
 * more lenient in most things, so what is read here has to be read there too, to the same values,
 * but for what our reader is known to do otherwise; see same_as_theirs().
 */

static gboolean same_node (JsonNode *a, JsonNode *b);

static gboolean
same_object (JsonObject *a, JsonObject *b)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, a);
  while (json_object_iter_next (&iter, &name, &node))
    if (!json_object_has_member (b, name) || !same_node (node, json_object_get_member (b, name)))
      return FALSE;
  return json_object_get_size (a) == json_object_get_size (b);
}

static gboolean
same_array (JsonArray *a, JsonArray *b)
{
  if (json_array_get_length (a) != json_array_get_length (b))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (a); i++)
    if (!same_node (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
same_node (JsonNode *a, JsonNode *b)
{
  if (json_node_get_node_type (a) != json_node_get_node_type (b))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (a))
    return same_object (json_node_get_object (a), json_node_get_object (b));
  if (JSON_NODE_HOLDS_ARRAY (a))
    return same_array (json_node_get_array (a), json_node_get_array (b));
  if (!JSON_NODE_HOLDS_VALUE (a))
    return TRUE;
  if (json_node_get_value_type (a) == G_TYPE_STRING)
    return g_strcmp0 (json_node_get_string (a), json_node_get_string (b)) == 0;
  if (json_node_get_value_type (a) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (a) == json_node_get_boolean (b);
  return fabs (json_node_get_double (a) - json_node_get_double (b)) <=
         1e-12 * fabs (json_node_get_double (b));
}

/* json-glib reads no half of a pair, ends texts at a zero, reads no control character, and numbers
 * that do not fit 64 bits or a double its own way; it takes NULL for no character. */
static gboolean
is_common_ground (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p < 0x20 && strchr ("\t\r\n", *p) == NULL)
      return FALSE;
  return strstr (text, "\\u") == NULL && strpbrk (text, "eE\t\r\n") == NULL &&
         strstr (text, "\\") == NULL;
}

static gboolean
has_long_number (const char *text)
{
  guint run = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      run = g_ascii_isdigit (*p) ? run + 1 : 0;
      if (run > 15)
        return TRUE;
    }
  return FALSE;
}

/* Of two members with one name json-glib, too, keeps the last. */
static void
compare_with_theirs (const char *text, JsonNode *ours)
{
  g_autoptr (JsonParser) parser = NULL;

  if (!is_common_ground (text) || has_long_number (text))
    return;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, -1, NULL))
    fuzz_fail ("read by us and not by json-glib", text);
  if (!same_node (ours, json_parser_get_root (parser)))
    fuzz_fail ("another value than json-glib's", text);
}

static void
check_print (JsonNode *node)
{
  g_autofree char *once = lift_json_node_to_text (node);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) again = lift_json_parse (once, -1, &error);
  g_autofree char *twice = NULL;

  if (again == NULL)
    fuzz_fail ("our own text is not read", once);
  twice = lift_json_node_to_text (again);
  if (!g_str_equal (once, twice))
    fuzz_fail ("not printed as it was read", once);
  if (!g_utf8_validate (once, -1, NULL))
    fuzz_fail ("not UTF-8", once);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = lift_json_parse ((const char *) data, size, &error);
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *text = fuzz_text (data, size);

  fuzz_assert_error (node == NULL, error);
  object = lift_json_parse_object ((const char *) data, size, NULL);
  if ((object != NULL) != (node != NULL && JSON_NODE_HOLDS_OBJECT (node)))
    fuzz_fail ("an object to one and none to the other", text);
  if (node == NULL)
    return 0;
  check_print (node);
  if (strlen (text) == size)
    compare_with_theirs (text, node);
  return 0;
}
