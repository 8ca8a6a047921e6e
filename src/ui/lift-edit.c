/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-edit.h"

/**
 * lift_edit_fields:
 * @first_key: the wire key of a field, then others, then %NULL
 *
 * Returns: the set of those fields
 */
LiftFieldSet
lift_edit_fields (LiftEntity *entity, const char *first_key, ...)
{
  const LiftEntityInfo *info = lift_entity_get_info (entity);
  LiftFieldSet fields = LIFT_FIELD_SET_NONE;
  va_list args;

  va_start (args, first_key);
  for (const char *key = first_key; key != NULL; key = va_arg (args, const char *))
    {
      LiftField *field = lift_entity_info_find (info, key);
      g_assert (field != NULL);
      fields |= (LiftFieldSet) 1 << field->index;
    }
  va_end (args);
  return fields;
}

/**
 * lift_edit_add:
 * @entity: a row as it is now; it is not changed
 * @first_property: a property, then its value, and so on, then %NULL
 *
 * Adds a change of a row to a batch: only the fields that are given another value.
 */
void
lift_edit_add (LiftBatch *batch, LiftEntity *entity, const char *first_property, ...)
{
  g_autoptr (LiftEntity) changed = lift_entity_copy (entity);
  LiftFieldSet fields;
  va_list args;

  va_start (args, first_property);
  g_object_set_valist (G_OBJECT (changed), first_property, args);
  va_end (args);
  fields = lift_entity_diff (entity, changed) &
           lift_entity_info_get_editable (lift_entity_get_info (entity));
  if (fields != LIFT_FIELD_SET_NONE)
    lift_batch_update (batch, changed, fields);
}
