/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-entity.h"

#include <string.h>

#include "lift-json.h"

/* Keys of the protocol that lie in a row but are no field of it. */
static const char *const envelope_keys[] = {
  "isDirty", "lastSyncedAt", "mutation", "changedFields", NULL,
};

static void
write_extra (const char *extra, GString *out)
{
  gsize length = extra != NULL ? strlen (extra) : 0;

  if (length <= 2)
    return;
  if (out->len > 0 && out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  g_string_append_len (out, extra + 1, length - 2);
}

/**
 * lift_entity_write_members:
 * @fields: which ones; local fields never travel and are left out
 *
 * Appends `"key":value` pairs without the braces around them, and all that an unknown newer
 * server had sent along if every field is asked for.
 */
void
lift_entity_write_members (LiftEntity *self, GString *out, LiftFieldSet fields)
{
  const LiftEntityInfo *info = lift_entity_get_info (self);

  for (guint i = 0; i < info->n_fields; i++)
    if ((fields >> i & 1) && !(info->fields[i]->flags & LIFT_FIELD_LOCAL))
      {
        lift_json_append_key (out, info->fields[i]->key);
        lift_field_write_json (info->fields[i], self, out);
      }
  if (fields == LIFT_FIELD_SET_ALL)
    write_extra (self->extra, out);
}

/**
 * lift_entity_write_json:
 * @fields: as for [method@Entity.write_members]
 *
 * Appends the row as a JSON object.
 */
void
lift_entity_write_json (LiftEntity *self, GString *out, LiftFieldSet fields)
{
  g_string_append_c (out, '{');
  lift_entity_write_members (self, out, fields);
  g_string_append_c (out, '}');
}

/* Keys of @object that are neither fields nor of the envelope. */
static void
keep_unknown (LiftEntity *self, JsonObject *object)
{
  const LiftEntityInfo *info = lift_entity_get_info (self);
  g_autoptr (JsonObject) unknown = json_object_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, &node))
    if (lift_entity_info_find (info, key) == NULL && !g_strv_contains (envelope_keys, key))
      json_object_set_member (unknown, key, json_node_copy (node));
  if (json_object_get_size (unknown) == 0)
    return;
  root = json_node_init_object (json_node_alloc (), unknown);
  g_free (self->extra);
  self->extra = lift_json_node_to_text (root);
}

static guint
count_envelope (JsonObject *object)
{
  guint n = 0;

  for (guint i = 0; envelope_keys[i] != NULL; i++)
    n += json_object_has_member (object, envelope_keys[i]);
  return n;
}

static void
read_field (
  LiftEntity *self, const LiftField *field, JsonNode *node, LiftFieldSet *seen, GPtrArray *faults)
{
  LiftFaultCode code = lift_field_read_json (field, self, node);

  if (code == LIFT_FAULT_NONE)
    *seen |= (LiftFieldSet) 1 << field->index;
  else
    g_ptr_array_add (faults, lift_field_fault (field, code));
}

/**
 * lift_entity_read_json:
 * @object: a row from the wire
 * @faults: (element-type LiftFault): where to add what cannot be read
 *
 * Takes over every field that @object names; an absent key leaves its field as it is, and keys
 * that this version does not know are kept in [field@Entity.extra].
 *
 * Returns: the fields that were read
 */
LiftFieldSet
lift_entity_read_json (LiftEntity *self, JsonObject *object, GPtrArray *faults)
{
  const LiftEntityInfo *info = lift_entity_get_info (self);
  LiftFieldSet seen = LIFT_FIELD_SET_NONE;
  guint known = 0;

  /* By field and not by key: an object finds a key faster than a table does. */
  for (guint i = 0; i < info->n_fields; i++)
    {
      const LiftField *field = info->fields[i];
      JsonNode *node = NULL;

      if (!(field->flags & LIFT_FIELD_LOCAL))
        node = json_object_get_member (object, field->key);
      if (node == NULL)
        continue;
      known++;
      read_field (self, field, node, &seen, faults);
    }
  if (json_object_get_size (object) > known + count_envelope (object))
    keep_unknown (self, object);
  return seen;
}
