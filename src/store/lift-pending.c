/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-pending.h"

#include <string.h>

#include "lift-json.h"

/* pending is written by this file and by the sync alone: one level of keys and whole numbers. */

/*
 * lift_pending_new:
 *
 * Returns: (transfer full): what a row that the server has never seen has as pending
 */
char *
lift_pending_new (gint64 edit)
{
  return g_strdup_printf ("{\"*\":%" G_GINT64_FORMAT "}", edit);
}

/*
 * lift_pending_has:
 * @pending: (nullable): pending of a row
 * @key: a wire key or `*`
 *
 * Returns: whether the server does not have that field as it is here
 */
gboolean
lift_pending_has (const char *pending, const char *key)
{
  g_autofree char *needle = NULL;

  if (pending == NULL)
    return FALSE;
  needle = g_strdup_printf ("\"%s\":", key);
  return strstr (pending, needle) != NULL;
}

/* Sets members of the JSON object @text, or of none, and returns it as text. */
static char *
update_object (const char *text,
               const LiftEntityInfo *info,
               LiftFieldSet fields,
               JsonNode *(*make) (const LiftField *field, gpointer data),
               gpointer data)
{
  g_autoptr (JsonObject) object = text != NULL ? lift_json_parse_object (text, -1, NULL) : NULL;
  g_autoptr (JsonNode) node = NULL;

  if (object == NULL)
    object = json_object_new ();
  else
    {
      /* What was parsed cannot be changed. */
      g_autoptr (JsonObject) parsed = g_steal_pointer (&object);
      g_autoptr (GList) members = json_object_get_members (parsed);

      object = json_object_new ();
      for (GList *l = members; l != NULL; l = l->next)
        json_object_set_member (object, l->data, json_object_dup_member (parsed, l->data));
    }
  for (guint i = 0; i < info->n_fields; i++)
    if (fields >> i & 1)
      json_object_set_member (object, info->fields[i]->key, make (info->fields[i], data));
  node = json_node_init_object (json_node_alloc (), object);
  return lift_json_node_to_text (node);
}

static JsonNode *
make_edit (const LiftField *field, gpointer data)
{
  return json_node_init_int (json_node_alloc (), *(gint64 *) data);
}

static JsonNode *
make_value (const LiftField *field, gpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  lift_field_write_json (field, data, text);
  return lift_json_parse (text->str, text->len, NULL);
}

/* The usual case: the row was clean, so nothing needs to be parsed. */
static char *
write_edits (const LiftEntityInfo *info, LiftFieldSet fields, gint64 edit)
{
  GString *out = g_string_new ("{");

  for (guint i = 0; i < info->n_fields; i++)
    if (fields >> i & 1)
      {
        lift_json_append_key (out, info->fields[i]->key);
        g_string_append_printf (out, "%" G_GINT64_FORMAT, edit);
      }
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static LiftFieldSet
get_clean (const LiftEntityInfo *info, const char *pending, LiftFieldSet fields)
{
  if (pending == NULL)
    return fields;
  if (lift_pending_has (pending, "*"))
    return LIFT_FIELD_SET_NONE;
  for (guint i = 0; i < info->n_fields; i++)
    if ((fields >> i & 1) && lift_pending_has (pending, info->fields[i]->key))
      fields &= ~((LiftFieldSet) 1 << i);
  return fields;
}

static void
remember_base (LiftEntity *row, LiftEntity *before, LiftFieldSet fields)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  char *old = row->base;

  if (fields == LIFT_FIELD_SET_NONE)
    return;
  if (old == NULL)
    {
      GString *out = g_string_new (NULL);

      lift_entity_write_json (before, out, fields);
      row->base = g_string_free (out, FALSE);
      return;
    }
  row->base = update_object (old, info, fields, make_value, before);
  g_free (old);
}

/*
 * lift_pending_mark:
 * @row: a row with new values
 * @before: the same row with the values that it had
 * @changed: in which fields the two differ
 * @edit: the counter of this edit
 *
 * Notes in @row what the server does not know: the changed fields with the counter in pending,
 * and in base what the server has for those that were clean until now.
 */
void
lift_pending_mark (LiftEntity *row, LiftEntity *before, LiftFieldSet changed, gint64 edit)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  char *old = row->pending;

  remember_base (row, before, get_clean (info, old, changed));
  row->pending = old == NULL ? write_edits (info, changed, edit)
                             : update_object (old, info, changed, make_edit, &edit);
  g_free (old);
}
