/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "lift-json.h"

/*
 * Changes JSON as JSON: bytes alone would hardly ever get past the reader. An input is a line of
 * JSON or several; one node of one of them is replaced, removed, copied or renamed. A quarter
 * of the time, and where there is no JSON, bytes change as usual.
 */

#define LONG_TEXT 5000

typedef struct
{
  JsonNode *parent;
  char *name; /* in an object */
  guint index;
} Place;

static const char *const values[] = {
  "null",
  "true",
  "false",
  "0",
  "-1",
  "1",
  "0.1",
  "9223372036854775807",
  "-9223372036854775808",
  "18446744073709551616",
  "1e308",
  "-1e-320",
  "1e999",
  "\"\"",
  "\"*\"",
  "\"\\u0000\"",
  "\"\\ud83c\\udfcb\"",
  "\"\\u202e\"",
  "[]",
  "{}",
  "[[[[[[[[[[]]]]]]]]]]",
  "{\"id\":null}",
  "\"2026-02-30\"",
  "\"9999-12-31\"",
  "\"0000-00-00\"",
  "\"2026-03-01T12:00:00.123456Z\"",
  "\"9999-12-31T23:59:59.999999Z\"",
  "\"0001-01-01T00:00:00Z\"",
  "\"00000000-0000-7000-8000-000000000001\"",
  "\"00000000-0000-7000-8000-000000000011\"",
  "\"00000000-0000-7000-8000-0000000000AA\"",
};

static void
free_place (gpointer data)
{
  g_free (((Place *) data)->name);
  g_free (data);
}

static void
add_place (GPtrArray *places, JsonNode *parent, const char *name, guint index)
{
  Place *place = g_new0 (Place, 1);

  place->parent = parent;
  place->name = g_strdup (name);
  place->index = index;
  g_ptr_array_add (places, place);
}

static void
list_places (GPtrArray *places, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));

      for (GList *l = names; l != NULL; l = l->next)
        {
          add_place (places, node, l->data, 0);
          list_places (places, json_object_get_member (json_node_get_object (node), l->data));
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        add_place (places, node, NULL, i);
        list_places (places, json_array_get_element (json_node_get_array (node), i));
      }
}

static JsonNode *
get_node (Place *place)
{
  if (place->name != NULL)
    return json_object_get_member (json_node_get_object (place->parent), place->name);
  return json_array_get_element (json_node_get_array (place->parent), place->index);
}

static void
remove_node (Place *place)
{
  if (place->name != NULL)
    json_object_remove_member (json_node_get_object (place->parent), place->name);
  else
    json_array_remove_element (json_node_get_array (place->parent), place->index);
}

/* A node's own copy shares what it holds, and a list that holds itself has no end. */
static JsonNode *
copy_node (JsonNode *node)
{
  g_autofree char *text = lift_json_node_to_text (node);
  JsonNode *copy = lift_json_parse (text, -1, NULL);

  /* What was put in itself may be too deep. */
  return copy != NULL ? copy : json_node_init_null (json_node_alloc ());
}

/* Puts a value in the place of another; in a list also before it. */
static void
put_node (Place *place, const char *name, JsonNode *node)
{
  JsonArray *array;
  g_autoptr (GPtrArray) rest = NULL;

  if (place->name != NULL)
    {
      json_object_set_member (json_node_get_object (place->parent), name, node);
      return;
    }
  array = json_node_get_array (place->parent);
  rest = g_ptr_array_new ();
  while (json_array_get_length (array) > place->index)
    {
      g_ptr_array_add (rest, json_array_dup_element (array, place->index));
      json_array_remove_element (array, place->index);
    }
  json_array_add_element (array, node);
  for (guint i = 0; i < rest->len; i++)
    json_array_add_element (array, g_ptr_array_index (rest, i));
}

static JsonNode *
make_text (GRand *rand, const char *text)
{
  uint8_t bytes[256];
  gsize length = MIN (strlen (text), sizeof bytes / 2);
  g_autofree char *changed = NULL;
  g_autofree char *valid = NULL;

  if (g_rand_int_range (rand, 0, 8) == 0)
    {
      changed = g_strnfill (LONG_TEXT, 'a');
      return json_node_init_string (json_node_alloc (), changed);
    }
  memcpy (bytes, text, length);
  length = LLVMFuzzerMutate (bytes, length, sizeof bytes);
  changed = g_strndup ((const char *) bytes, length);
  valid = g_utf8_make_valid (changed, -1);
  return json_node_init_string (json_node_alloc (), valid);
}

static JsonNode *
make_value (GRand *rand, Place *place)
{
  JsonNode *old = get_node (place);

  if (JSON_NODE_HOLDS_VALUE (old) && json_node_get_value_type (old) == G_TYPE_STRING &&
      g_rand_boolean (rand))
    return make_text (rand, json_node_get_string (old));
  if (JSON_NODE_HOLDS_VALUE (old) && json_node_get_value_type (old) == G_TYPE_INT64 &&
      g_rand_boolean (rand))
    return json_node_init_int (json_node_alloc (),
                               json_node_get_int (old) / 2 + g_rand_int_range (rand, -3, 4));
  return lift_json_parse (values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))], -1, NULL);
}

static Place *
pick (GRand *rand, GPtrArray *places)
{
  return g_ptr_array_index (places, g_rand_int_range (rand, 0, places->len));
}

static void
change (GRand *rand, JsonNode *root)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (free_place);
  Place *place, *other;

  list_places (places, root);
  if (places->len == 0)
    return;
  place = pick (rand, places);
  other = pick (rand, places);
  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
      remove_node (place);
      break;
    case 1:
      put_node (place, place->name, copy_node (get_node (other)));
      break;
    case 2:
      put_node (place, other->name != NULL ? other->name : "x", copy_node (get_node (place)));
      break;
    case 3:
      put_node (place, "id", make_value (rand, place));
      break;
    default:
      put_node (place, place->name, make_value (rand, place));
      if (place->name == NULL)
        remove_node (&(Place){ .parent = place->parent, .index = place->index + 1 });
      break;
    }
}

static char *
change_line (GRand *rand, const char *line)
{
  const char *json = strpbrk (line, "{[");
  g_autoptr (JsonNode) root = json != NULL ? lift_json_parse (json, -1, NULL) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *head = NULL;

  if (root == NULL)
    return NULL;
  for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
    change (rand, root);
  text = lift_json_node_to_text (root);
  head = g_strndup (line, json - line);
  return g_strconcat (head, text, NULL);
}

static char *
change_lines (GRand *rand, char **lines)
{
  guint n = g_strv_length (lines);
  guint which = g_rand_int_range (rand, 0, MAX (n, 1));
  char *line = n > 0 ? change_line (rand, lines[which]) : NULL;

  if (line == NULL)
    return NULL;
  g_free (lines[which]);
  lines[which] = line;
  return g_strjoinv ("\n", lines);
}

size_t
LLVMFuzzerCustomMutator (uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (g_rand_int_range (rand, 0, 4) == 0)
    return LLVMFuzzerMutate (data, size, max_size);
  lines = fuzz_lines (data, size);
  text = change_lines (rand, lines);
  length = text != NULL ? strlen (text) : 0;
  if (length == 0 || length > max_size)
    return LLVMFuzzerMutate (data, size, max_size);
  memcpy (data, text, length);
  return length;
}
