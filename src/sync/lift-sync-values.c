/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-edits.h"
#include "lift-row.h"
#include "lift-store-writer.h"
#include "lift-sync-journal.h"

/* What stands in a row that waits, and what the server has instead. */

/**
 * lift_waiting_value_free:
 */
void
lift_waiting_value_free (LiftWaitingValue *self)
{
  g_free (self->before);
  g_free (self->now);
  g_free (self);
}

/* All of a new row was entered here; what was left empty says nothing. */
static LiftFieldSet
get_fields (LiftEntity *row, JsonObject *pending)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  LiftFieldSet editable = lift_entity_info_get_editable (info);
  LiftFieldSet fields = LIFT_FIELD_SET_NONE;

  if (!lift_edits_is_new (pending))
    return lift_edits_get_fields (pending, info);
  for (guint i = 0; i < info->n_fields; i++)
    if (!lift_field_is_null (info->fields[i], row))
      fields |= (LiftFieldSet) 1 << i;
  return fields & editable;
}

static void
add_value (GPtrArray *values, LiftField *field, LiftEntity *row, LiftEntity *server)
{
  LiftWaitingValue *value = g_new0 (LiftWaitingValue, 1);

  value->field = field;
  value->before = server != NULL ? lift_field_dup_json (field, server) : NULL;
  value->now = lift_field_dup_json (field, row);
  g_ptr_array_add (values, value);
}

static void
add_values (GPtrArray *values, LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  g_autoptr (JsonObject) pending = lift_edits_parse (row->pending);
  g_autoptr (JsonObject) base = lift_edits_parse (row->base);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  g_autoptr (LiftEntity) server = g_object_new (info->gtype, NULL);
  LiftFieldSet known = lift_entity_read_json (server, base, faults);
  LiftFieldSet fields = get_fields (row, pending);

  for (guint i = 0; i < info->n_fields; i++)
    if (fields >> i & 1)
      add_value (values, info->fields[i], row, known >> i & 1 ? server : NULL);
}

typedef struct
{
  const LiftEntityInfo *info;
  const char *id;
  GPtrArray *values;
} List;

/* It may have been sent meanwhile, or be gone: then nothing of it waits. */
static gboolean
list_values (LiftDatabase *database, gpointer user_data, GError **error)
{
  List *list = user_data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftEntity) row = lift_row_load (database, list->info, list->id, &local_error);

  if (row != NULL && lift_entity_is_dirty (row))
    add_values (list->values, row);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_sync_list_values:
 * @info: the type of a row
 * @id: the row
 *
 * Reads what was entered in a row and is not on the server: the fields that differ, of a new row
 * all that are not empty. Blocks; for workers.
 *
 * Returns: (transfer full) (nullable) (element-type LiftWaitingValue): the values in the order of
 *   the fields; empty if nothing of the row waits
 */
GPtrArray *
lift_sync_list_values (LiftStore *store, const LiftEntityInfo *info, const char *id, GError **error)
{
  g_autoptr (GPtrArray)
    values = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_waiting_value_free);
  List list = { info, id, values };

  g_return_val_if_fail (LIFT_IS_STORE (store), NULL);
  g_return_val_if_fail (info != NULL && id != NULL, NULL);

  return lift_store_read_sync (store, list_values, &list, error) ? g_steal_pointer (&values) : NULL;
}
