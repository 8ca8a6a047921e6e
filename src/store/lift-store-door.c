/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-store-door.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-pending.h"
#include "lift-row.h"
#include "lift-text.h"
#include "lift-uuid.h"

/*
 * lift_door_set_fault:
 *
 * Sets an error for one fault of a row.
 *
 * Returns: %FALSE
 */
gboolean
lift_door_set_fault (const LiftEntityInfo *info,
                     LiftFaultCode code,
                     const char *field,
                     const char *text,
                     GError **error)
{
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();

  g_ptr_array_add (faults, lift_fault_new (code, field, "%s", text));
  lift_fault_list_to_error (faults, info->name, error);
  return FALSE;
}

/*
 * lift_door_load:
 *
 * Returns: (transfer full) (nullable): a row that must be there
 */
LiftEntity *
lift_door_load (LiftDoor *self, const LiftEntityInfo *info, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  LiftEntity *row = lift_row_load (self->writer->database, info, id, &local_error);
  g_autofree char *text = NULL;

  if (row != NULL)
    return row;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  text = g_strdup_printf (_ ("there is no %s with the id %s"), info->name, id);
  lift_door_set_fault (info, LIFT_FAULT_BAD_REFERENCE, "id", text, error);
  return NULL;
}

/*
 * lift_door_forget_failure:
 *
 * An edit may mend what the server refused, so the row is due again at once.
 */
gboolean
lift_door_forget_failure (LiftDoor *self,
                          const LiftEntityInfo *info,
                          const char *id,
                          GError **error)
{
  return !self->has_failures ||
         lift_database_run (self->writer->database, error,
                            "DELETE FROM failure WHERE type = ? AND id = ?", "ss", info->name, id);
}

/* Most texts are plain, and a look costs less than the cleaning. */
static gboolean
is_plain (const char *text)
{
  const guchar *p = (const guchar *) text;

  for (; *p != '\0'; p++)
    if (*p < 0x20 || *p >= 0x7f)
      return FALSE;
  return p == (const guchar *) text || (text[0] != ' ' && p[-1] != ' ');
}

static void
clean_field (const LiftField *field, LiftEntity *row)
{
  const char *text = lift_field_get_text (field, row);
  g_autofree char *clean = NULL;

  if (text == NULL)
    return;
  if (field->kind == LIFT_FIELD_TEXT && !is_plain (text))
    clean = lift_text_clean (text);
  else if (field->kind == LIFT_FIELD_UUID && strpbrk (text, "ABCDEF") != NULL)
    clean = lift_uuid_normalize (text);
  if (clean != NULL)
    lift_field_set_text (field, row, clean);
}

/* Brings what was typed into the one form that is stored. */
static void
clean_row (LiftEntity *row, LiftFieldSet fields)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  for (guint i = 0; i < info->n_fields; i++)
    if ((fields >> i & 1) && lift_field_is_text (info->fields[i]))
      clean_field (info->fields[i], row);
}

/* What a client has no say in starts empty. */
static void
stamp_new (LiftDoor *self, LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i]->flags & (LIFT_FIELD_SERVER | LIFT_FIELD_LOCAL))
      lift_field_set_null (info->fields[i], row);
  row->deleted_at = LIFT_INT_NULL;
  if (row->created_at == LIFT_INT_NULL)
    row->created_at = lift_clock_get_time (self->writer->store->clock);
  row->pending = lift_pending_new (self->edit);
}

static gboolean
insert (LiftDoor *self, LiftEntity *row, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  g_autoptr (GError) local_error = NULL;

  clean_row (row, LIFT_FIELD_SET_ALL);
  stamp_new (self, row);
  if (!lift_rules_check_writable (row, error) ||
      !lift_rules_check (self->rules, row, NULL, LIFT_FIELD_SET_ALL, error))
    return FALSE;
  if (lift_row_insert (self->writer->database, row, &local_error))
    {
      lift_rules_add_row (self->rules, row);
      lift_store_writer_touch (self->writer, info, row->id);
      lift_batch_delete (self->inverse, info, row->id);
      return TRUE;
    }
  if (g_error_matches (local_error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_CONSTRAINT))
    return lift_door_set_fault (info, LIFT_FAULT_DUPLICATE, "id",
                                _ ("there is a row with this id already"), error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static LiftFieldSet
get_field_bit (const LiftEntityInfo *info, const char *key)
{
  return (LiftFieldSet) 1 << lift_entity_info_find (info, key)->index;
}

static gboolean
save_changes (
  LiftDoor *self, LiftEntity *row, LiftEntity *before, LiftFieldSet changed, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  LiftFieldSet notes = get_field_bit (info, "pending") | get_field_bit (info, "base");

  if (!lift_rules_check_writable (before, error) || !lift_rules_check_writable (row, error) ||
      !lift_rules_check (self->rules, row, before, changed, error))
    return FALSE;
  lift_pending_mark (row, before, changed, self->edit);
  lift_rules_forget (self->rules);
  lift_store_writer_touch (self->writer, info, row->id);
  return lift_row_update (self->writer->database, row, changed | notes, error) &&
         lift_door_forget_failure (self, info, row->id, error);
}

/* @before is the row as it was at the beginning of the write; a restore may have changed it. */
static gboolean
update_values (
  LiftDoor *self, LiftEntity *before, LiftEntity *wanted, LiftFieldSet changed, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (wanted);
  g_autoptr (LiftEntity) row = lift_door_load (self, info, wanted->id, error);

  if (row == NULL)
    return FALSE;
  if (lift_entity_is_deleted (row))
    return lift_door_set_fault (info, LIFT_FAULT_BAD_REFERENCE, "deletedAt",
                                _ ("the row was deleted; restore it before you change it"), error);
  lift_entity_assign (row, wanted, changed);
  if (!save_changes (self, row, before, changed, error))
    return FALSE;
  lift_batch_take_update (self->inverse, g_object_ref (before), changed);
  return TRUE;
}

/* The tombstone is put and taken by update too, and then means the children as well. */
static gboolean
delete_updated (LiftDoor *self, LiftEntity *wanted, GError **error)
{
  g_autoptr (LiftEntity)
    row = lift_door_load (self, lift_entity_get_info (wanted), wanted->id, error);

  return row != NULL && lift_door_delete (self, row, error);
}

static gboolean
update (LiftDoor *self, LiftEntity *wanted, LiftFieldSet fields, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (wanted);
  LiftFieldSet tombstone = get_field_bit (info, "deletedAt");
  g_autoptr (LiftEntity) before = lift_door_load (self, info, wanted->id, error);
  LiftFieldSet changed;
  gboolean is_delete;

  if (before == NULL)
    return FALSE;
  clean_row (wanted, fields);
  changed = lift_entity_diff (before, wanted) & fields & lift_entity_info_get_editable (info);
  is_delete = lift_entity_is_deleted (wanted);
  if ((changed & tombstone) && !is_delete && !lift_door_restore (self, before, error))
    return FALSE;
  if ((changed & ~tombstone) && !update_values (self, before, wanted, changed & ~tombstone, error))
    return FALSE;
  return !(changed & tombstone) || !is_delete || delete_updated (self, wanted, error);
}

static gboolean
delete_or_restore (LiftDoor *self, LiftWrite *write, GError **error)
{
  g_autoptr (LiftEntity) row = lift_door_load (self, write->info, write->id, error);

  if (row == NULL)
    return FALSE;
  return write->kind == LIFT_WRITE_DELETE ? lift_door_delete (self, row, error)
                                          : lift_door_restore (self, row, error);
}

static gboolean
do_write (LiftDoor *self, LiftWrite *write, GError **error)
{
  switch (write->kind)
    {
    case LIFT_WRITE_INSERT:
      return insert (self, write->entity, error);
    case LIFT_WRITE_UPDATE:
      return update (self, write->entity, write->fields, error);
    case LIFT_WRITE_DELETE:
    case LIFT_WRITE_RESTORE:
    default:
      return delete_or_restore (self, write, error);
    }
}

typedef struct
{
  LiftBatch *batch;
  LiftBatch *inverse;
} CommitData;

static void
commit_data_free (CommitData *data)
{
  lift_batch_unref (data->batch);
  g_clear_pointer (&data->inverse, lift_batch_unref);
  g_free (data);
}

static gboolean
write_batch (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  CommitData *data = user_data;
  GPtrArray *writes = lift_batch_get_writes (data->batch);
  g_autoptr (LiftRules) rules = lift_rules_new (writer->database);
  LiftDoor self = { .writer = writer, .rules = rules, .inverse = data->inverse };
  gint64 failures;

  if (!lift_database_get_int (writer->database, &failures, error,
                              "SELECT EXISTS (SELECT 1 FROM failure)", ""))
    return FALSE;
  self.has_failures = failures == 1;
  self.edit = lift_store_writer_next_edit (writer);
  for (guint i = 0; i < writes->len; i++)
    if (!do_write (&self, g_ptr_array_index (writes, i), error))
      return FALSE;
  lift_batch_reverse (data->inverse);
  return TRUE;
}

/**
 * lift_store_writer_apply:
 * @batch: writes of a user; not to be changed afterwards
 *
 * Writes @batch as [method@Store.commit_sync] does, as a part of the transaction of @self.
 *
 * Returns: %FALSE with an error if anything in it is wrong; the transaction must be given up then
 */
gboolean
lift_store_writer_apply (LiftStoreWriter *self, LiftBatch *batch, GError **error)
{
  g_autoptr (LiftBatch) inverse = lift_batch_new (lift_batch_get_label (batch));
  CommitData data = { batch, inverse };

  return lift_batch_is_empty (batch) || write_batch (self, &data, error);
}

static gboolean
commit_job (LiftStore *self, gpointer user_data, GError **error)
{
  CommitData *data = user_data;

  data->inverse = lift_batch_new (lift_batch_get_label (data->batch));
  if (lift_batch_is_empty (data->batch) ||
      lift_store_transact (self, TRUE, write_batch, data, error))
    return TRUE;
  g_clear_pointer (&data->inverse, lift_batch_unref);
  return FALSE;
}

/**
 * lift_store_commit_sync:
 * @batch: writes; not to be changed afterwards
 *
 * Writes all of @batch or, if anything in it is wrong, nothing. When it returns, the rows are on
 * the disk.
 *
 * Returns: (transfer full) (nullable): the writes that take this one back; %NULL with an error of
 *   LIFT_MODEL_ERROR that names the field, or of LIFT_DATABASE_ERROR
 */
LiftBatch *
lift_store_commit_sync (LiftStore *self, LiftBatch *batch, GError **error)
{
  CommitData data = { batch, NULL };

  g_return_val_if_fail (LIFT_IS_STORE (self), NULL);
  g_return_val_if_fail (batch != NULL, NULL);

  return lift_store_run_sync (self, commit_job, &data, error) ? data.inverse : NULL;
}

/**
 * lift_store_commit_async:
 * @cancellable: (nullable): has an effect only until the writing begins
 *
 * As [method@Store.commit_sync], off the calling thread. Commits are made in the order of calls.
 */
void
lift_store_commit_async (LiftStore *self,
                         LiftBatch *batch,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  CommitData *data = g_new0 (CommitData, 1);

  data->batch = lift_batch_ref (batch);
  g_task_set_source_tag (task, lift_store_commit_async);
  g_task_set_task_data (task, data, (GDestroyNotify) commit_data_free);
  lift_store_run_async (self, commit_job, task);
}

/**
 * lift_store_commit_finish:
 *
 * Returns: (transfer full) (nullable): as [method@Store.commit_sync]
 */
LiftBatch *
lift_store_commit_finish (LiftStore *self, GAsyncResult *result, GError **error)
{
  CommitData *data;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  data = g_task_get_task_data (G_TASK (result));
  return g_steal_pointer (&data->inverse);
}
