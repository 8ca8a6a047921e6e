/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-edits.h"

#include "lift-json.h"

/*
 * What of a row the server has not confirmed: a JSON object from wire key to the number of the
 * edit that set the field last. The number is the field's generation: an acknowledgement of an
 * older one says nothing about the value that is there now.
 */

/*
 * lift_edits_parse:
 * @text: (nullable): as it lies in the row
 *
 * Returns: (transfer full): the set, empty for none and for what cannot be read; it may be changed
 */
JsonObject *
lift_edits_parse (const char *text)
{
  JsonObject *object = text != NULL ? lift_json_parse_object (text, -1, NULL) : NULL;

  return object != NULL ? object : json_object_new ();
}

/*
 * lift_edits_print:
 *
 * Returns: (transfer full) (nullable): the set as it lies in a row, %NULL for an empty one
 */
char *
lift_edits_print (JsonObject *pending)
{
  g_autoptr (JsonNode) node = NULL;

  if (lift_edits_is_empty (pending))
    return NULL;
  node = json_node_init_object (json_node_alloc (), pending);
  return lift_json_node_to_text (node);
}

/*
 * lift_edits_is_new:
 *
 * Returns: whether the server has never confirmed the row
 */
gboolean
lift_edits_is_new (JsonObject *pending)
{
  return json_object_has_member (pending, LIFT_EDITS_NEW);
}

/*
 * lift_edits_is_again:
 *
 * Returns: whether the row is new only because the server has forgotten it
 */
gboolean
lift_edits_is_again (JsonObject *pending)
{
  return json_object_has_member (pending, LIFT_EDITS_AGAIN);
}

/*
 * lift_edits_take_as_known:
 *
 * The server has the row: what is left are edits of fields.
 */
void
lift_edits_take_as_known (JsonObject *pending)
{
  if (lift_edits_is_new (pending))
    json_object_remove_member (pending, LIFT_EDITS_NEW);
  if (lift_edits_is_again (pending))
    json_object_remove_member (pending, LIFT_EDITS_AGAIN);
}

gboolean
lift_edits_is_empty (JsonObject *pending)
{
  return json_object_get_size (pending) == 0;
}

/*
 * lift_edits_get_fields:
 *
 * Returns: the fields whose local value counts
 */
LiftFieldSet
lift_edits_get_fields (JsonObject *pending, const LiftEntityInfo *info)
{
  LiftFieldSet set = LIFT_FIELD_SET_NONE;

  if (lift_edits_is_new (pending))
    return lift_entity_info_get_editable (info);
  for (guint i = 0; i < info->n_fields; i++)
    if (json_object_has_member (pending, info->fields[i]->key))
      set |= (LiftFieldSet) 1 << i;
  return set;
}

/*
 * lift_edits_add:
 *
 * Notes @edit for those of @fields that no later one is noted for.
 */
void
lift_edits_add (JsonObject *pending, const LiftEntityInfo *info, LiftFieldSet fields, gint64 edit)
{
  for (guint i = 0; i < info->n_fields; i++)
    if ((fields >> i & 1) && !json_object_has_member (pending, info->fields[i]->key))
      json_object_set_int_member (pending, info->fields[i]->key, edit);
}

/* A row that was new when it was sent: whatever differs from what was sent was edited since, but for
 * the instant of its delete, which becomes that of what it is a part of. */
static void
keep_edited_since (JsonObject *pending, gint64 edit, LiftEntity *local, LiftEntity *sent_row)
{
  const LiftEntityInfo *info = lift_entity_get_info (local);
  LiftFieldSet edited = lift_entity_diff (local, sent_row) & lift_entity_info_get_editable (info);

  if (lift_entity_is_deleted (local) && lift_entity_is_deleted (sent_row))
    edited &= ~((LiftFieldSet) 1 << lift_entity_info_find (info, "deletedAt")->index);
  lift_edits_add (pending, info, edited, edit);
}

/* The row came from the server while it was under way as a new one, and what was otherwise there
 * stayed as it was sent. No edit of the user has the number 0. */
static void
clear_as_sent (JsonObject *pending, gint64 edit, LiftEntity *local, LiftEntity *sent_row)
{
  const LiftEntityInfo *info = lift_entity_get_info (local);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const LiftField *field = info->fields[i];
      gint64 number = lift_json_get_int (pending, field->key, 0);

      if (number > 0 && number <= edit && lift_field_equal (field, local, sent_row))
        json_object_remove_member (pending, field->key);
    }
}

/*
 * lift_edits_acknowledge:
 * @pending: what is pending now; changed
 * @sent: what was pending when the row was sent
 * @local: the row as it is now
 * @sent_row: the row as it was sent
 *
 * Clears what was sent and not edited since.
 */
void
lift_edits_acknowledge (JsonObject *pending,
                        JsonObject *sent,
                        LiftEntity *local,
                        LiftEntity *sent_row)
{
  gboolean created = lift_edits_is_new (sent) && lift_edits_is_new (pending);
  gint64 edit = created ? lift_json_get_int (pending, LIFT_EDITS_NEW, 0) : 0;
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init (&iter, sent);
  while (json_object_iter_next (&iter, &key, NULL))
    if (json_object_has_member (pending, key) &&
        lift_json_get_int (pending, key, 0) == lift_json_get_int (sent, key, 0))
      json_object_remove_member (pending, key);
  if (created)
    {
      lift_edits_take_as_known (pending);
      keep_edited_since (pending, edit, local, sent_row);
    }
  else if (lift_edits_is_new (sent))
    clear_as_sent (pending, lift_json_get_int (sent, LIFT_EDITS_NEW, 0), local, sent_row);
}
