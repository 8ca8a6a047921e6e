/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-held.h"

#include "lift-edits.h"

/*
 * Fields that a server leaves aside. A server that does not know a field takes the row and shows it
 * without that key. Such a field is not pending, for it would be sent for ever; but what is here is
 * all that there is of it. So the row notes it in `held`, until the server shows the key: by then
 * it has learnt the field, has no value of it, and gets ours as an edit.
 *
 * `held` says of each field whether the row was ever shown without it. An answer to a push may be a
 * part of the row, and then does not tell what the server knows; the next pull does.
 */

/*
 * lift_held_get_own:
 *
 * Returns: the fields that a client can change, without those that every row has and every server
 *   knows
 */
LiftFieldSet
lift_held_get_own (const LiftEntityInfo *info)
{
  LiftFieldSet own = LIFT_FIELD_SET_NONE;

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i]->offset >= sizeof (LiftEntity))
      own |= (LiftFieldSet) 1 << i;
  return own & lift_entity_info_get_editable (info);
}

static void
note_field (JsonObject *held, const LiftField *field, LiftEntity *row, gboolean shown)
{
  if (shown || lift_field_is_null (field, row))
    json_object_remove_member (held, field->key);
  else if (!json_object_has_member (held, field->key))
    json_object_set_boolean_member (held, field->key, FALSE);
}

/*
 * lift_held_note_sent:
 * @row: the row as it is here; changed
 * @seen: the fields that the answer shows
 * @sent: what was pending when the row was sent, as JSON
 *
 * Notes what the server took and does not show. What it shows is settled.
 */
void
lift_held_note_sent (LiftEntity *row, LiftFieldSet seen, const char *sent)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  LiftFieldSet fields = lift_held_get_own (info);
  g_autoptr (JsonObject) edits = NULL;
  g_autoptr (JsonObject) held = NULL;

  /* As it is with a server that knows all. */
  if (row->held == NULL && (fields & ~seen) == LIFT_FIELD_SET_NONE)
    return;
  edits = lift_edits_parse (sent);
  held = lift_edits_parse (row->held);
  if (!lift_edits_is_new (edits))
    fields &= lift_edits_get_fields (edits, info);
  for (guint i = 0; i < info->n_fields; i++)
    if (fields >> i & 1)
      note_field (held, info->fields[i], row, seen >> i & 1);
  g_free (row->held);
  row->held = lift_edits_print (held);
}
