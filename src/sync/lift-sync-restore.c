/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-edits.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-sync-journal-private.h"

/* Brings back what the journal holds, in one transaction: all of it, or an error and nothing. */

typedef struct
{
  LiftStoreWriter *writer;
  LiftDatabase *database;
  LiftBatch *batch;
  GPtrArray *entries; /* LiftConflict */
} Restore;

static gboolean
is_whole (const LiftConflict *entry)
{
  return g_str_equal (entry->field, LIFT_EDITS_NEW);
}

static LiftFieldSet
get_bit (const LiftEntityInfo *info, const char *key)
{
  return (LiftFieldSet) 1 << lift_entity_info_find (info, key)->index;
}

static LiftEntity *
read_row (const LiftConflict *entry, GError **error)
{
  g_autoptr (JsonObject) object = lift_edits_parse (entry->mine);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  g_autoptr (LiftEntity) row = g_object_new (entry->info->gtype, NULL);

  lift_entity_read_json (row, object, faults);
  if (faults->len == 0)
    return g_steal_pointer (&row);
  lift_fault_list_to_error (faults, entry->info->name, error);
  return NULL;
}

static gboolean
find_row (LiftStoreWriter *writer,
          const LiftEntityInfo *info,
          const char *id,
          LiftEntity **row,
          GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *row = lift_store_writer_load (writer, info, id, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The row came back another way: what had been changed in it becomes an edit. */
static void
change_present (Restore *self, const LiftConflict *entry, LiftEntity *row)
{
  g_autoptr (JsonObject) base = lift_edits_parse (entry->theirs);
  LiftFieldSet fields = lift_edits_get_fields (base, entry->info);

  if (entry->theirs == NULL)
    fields = lift_entity_info_get_editable (entry->info);
  lift_batch_update (self->batch, row, fields | get_bit (entry->info, "deletedAt"));
}

/* A row that was added and deleted, and never sent: nothing shows it, so nothing is in its way. */
static gboolean
save_tombstone (Restore *self, LiftEntity *row, GError **error)
{
  gint64 edit = lift_store_writer_next_edit (self->writer);

  g_free (row->pending);
  row->pending = g_strdup_printf (
    "{\"" LIFT_EDITS_NEW "\":%" G_GINT64_FORMAT ",\"deletedAt\":%" G_GINT64_FORMAT "}", edit, edit);
  return lift_store_writer_save (self->writer, row, error);
}

/* A row that is not there is a new one to the server, should it take it. */
static gboolean
restore_whole (Restore *self, const LiftConflict *entry, GError **error)
{
  g_autoptr (LiftEntity) row = read_row (entry, error);
  g_autoptr (LiftEntity) present = NULL;

  if (row == NULL || !find_row (self->writer, entry->info, entry->id, &present, error))
    return FALSE;
  if (present != NULL)
    change_present (self, entry, row);
  else if (lift_entity_is_deleted (row))
    return save_tombstone (self, row, error);
  else
    lift_batch_insert (self->batch, row);
  return TRUE;
}

static gboolean
set_value (const LiftConflict *entry, LiftEntity *row, LiftFieldSet *fields, GError **error)
{
  LiftField *field = lift_entity_info_find (entry->info, entry->field);
  g_autoptr (JsonNode) node = NULL;

  if (field != NULL && entry->theirs != NULL)
    node = lift_json_parse (entry->theirs, -1, NULL);
  if (node == NULL || lift_field_read_json (field, row, node) != LIFT_FAULT_NONE)
    {
      g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_UNKNOWN_FIELD,
                   _ ("The other value of %s cannot be read by this version"), entry->field);
      return FALSE;
    }
  *fields |= (LiftFieldSet) 1 << field->index;
  return TRUE;
}

/* All entries about the row of @first, as one edit of it. */
static gboolean
restore_fields (Restore *self, const LiftConflict *first, GError **error)
{
  g_autoptr (LiftEntity) row = NULL;
  LiftFieldSet fields = LIFT_FIELD_SET_NONE;

  if (!find_row (self->writer, first->info, first->id, &row, error))
    return FALSE;
  if (row == NULL)
    {
      g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE,
                   _ ("The %s of this conflict is no longer there; dismiss the conflict"),
                   first->info->name);
      return FALSE;
    }
  for (guint i = 0; i < self->entries->len; i++)
    {
      const LiftConflict *entry = g_ptr_array_index (self->entries, i);

      if (entry->info == first->info && g_str_equal (entry->id, first->id) && !is_whole (entry) &&
          !set_value (entry, row, &fields, error))
        return FALSE;
    }
  lift_batch_update (self->batch, row, fields);
  return TRUE;
}

/* Whether an entry before @index is about the same row. */
static gboolean
is_covered (Restore *self, guint index)
{
  const LiftConflict *entry = g_ptr_array_index (self->entries, index);

  for (guint i = 0; i < index; i++)
    {
      const LiftConflict *other = g_ptr_array_index (self->entries, i);

      if (other->info == entry->info && g_str_equal (other->id, entry->id) && !is_whole (other))
        return TRUE;
    }
  return FALSE;
}

/* Whole rows lie in the journal parents first, and go back so. */
static gboolean
restore_entries (Restore *self, GError **error)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const LiftConflict *entry = g_ptr_array_index (self->entries, i);

      if (is_whole (entry) ? !restore_whole (self, entry, error)
                           : !is_covered (self, i) && !restore_fields (self, entry, error))
        return FALSE;
    }
  return lift_store_writer_apply (self->writer, self->batch, error);
}

/* The entry that holds the row which @row is a part of; 0 if there is none. */
static gboolean
find_parent_entry (LiftDatabase *database, LiftEntity *row, gint64 *number, GError **error)
{
  const LiftField *parent = lift_entity_get_info (row)->parent;

  *number = LIFT_INT_NULL;
  if (parent != NULL && lift_entity_get_parent_id (row) != NULL &&
      !lift_database_get_int (database, number, error,
                              "SELECT max (number) FROM conflict WHERE type = ? AND id = ? AND "
                              "field = ? AND restored = 0 AND kind IN ('setAside', 'discarded')",
                              "sss", parent->target, lift_entity_get_parent_id (row),
                              LIFT_EDITS_NEW))
    return FALSE;
  if (*number == LIFT_INT_NULL)
    *number = 0;
  return TRUE;
}

static gboolean restore_number (LiftStoreWriter *writer, gint64 number, GError **error);

/* What the row of an entry is a part of may have been set aside like it: that goes first. */
static gboolean
restore_parent (LiftStoreWriter *writer, const LiftConflict *entry, GError **error)
{
  g_autoptr (LiftEntity) row = NULL;
  g_autoptr (LiftEntity) present = NULL;
  const LiftEntityInfo *parent;
  gint64 number;

  if (!is_whole (entry))
    return TRUE;
  row = read_row (entry, error);
  if (row == NULL ||
      !find_parent_entry (lift_store_writer_get_database (writer), row, &number, error))
    return FALSE;
  if (number == 0)
    return TRUE;
  parent = lift_registry_find (entry->info->parent->target);
  if (!find_row (writer, parent, lift_entity_get_parent_id (row), &present, error))
    return FALSE;
  return present != NULL || restore_number (writer, number, error);
}

static gboolean
check_restorable (GPtrArray *entries, gint64 number, GError **error)
{
  if (entries->len == 0)
    return lift_journal_set_no_entry (number, error);
  if (lift_conflict_is_restorable (g_ptr_array_index (entries, 0)))
    return TRUE;
  g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE,
               _ ("Number %" G_GINT64_FORMAT " only tells what happened: there is nothing to "
                  "restore. Dismiss it once you have read it"),
               number);
  return FALSE;
}

static gboolean
restore_number (LiftStoreWriter *writer, gint64 number, GError **error)
{
  LiftDatabase *database = lift_store_writer_get_database (writer);
  g_autoptr (GPtrArray) entries = lift_journal_list_open (database, number, error);
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Restore Value"));
  Restore self = { writer, database, batch, entries };

  if (entries == NULL || !check_restorable (entries, number, error) ||
      !restore_parent (writer, g_ptr_array_index (entries, 0), error))
    return FALSE;
  return restore_entries (&self, error) && lift_journal_close (writer, number, "restored", error);
}

static gboolean
restore (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  return restore_number (writer, *(gint64 *) user_data, error);
}

/**
 * lift_sync_restore_conflict:
 * @number: which entry
 *
 * Writes the value that lost back into its row, as an edit of its own, which the next sync sends.
 * A row that was set aside or discarded is made again. What was written by one deed comes back
 * together. What was dismissed comes back too. Either all of that is done, or nothing, and the
 * entry stays. The store's `changed`
 * follows. Blocks; for workers.
 *
 * Returns: %FALSE with an error of %LIFT_MODEL_ERROR if there is no such entry (any more), if it is
 *   only told, if its row or what that is a part of is gone, or if the value does not fit any more
 */
gboolean
lift_sync_restore_conflict (LiftStore *store, gint64 number, GError **error)
{
  g_return_val_if_fail (LIFT_IS_STORE (store), FALSE);

  return lift_store_edit_sync (store, restore, &number, error);
}
