/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-row.h"
#include "lift-store-private.h"

/*
 * lift_store_read_counters:
 * @counters: (out): the newest of the file; 0 where none was ever given out
 */
gboolean
lift_store_read_counters (LiftDatabase *database, LiftStoreCounters *counters, GError **error)
{
  return lift_database_get_int (
           database, &counters->edit, error,
           "SELECT coalesce (max (CAST (value AS INTEGER)), 0) FROM fact WHERE name = 'edit'",
           "") &&
         lift_database_get_int (
           database, &counters->delete, error,
           "SELECT coalesce (max (CAST (value AS INTEGER)), 0) FROM fact WHERE name = 'delete'",
           "");
}

static gboolean
keep_counter (LiftStoreWriter *self, const char *name, gint64 begin, gint64 now, GError **error)
{
  return begin == now ||
         lift_database_run (self->database, error,
                            "INSERT INTO fact (name, value) VALUES (?, CAST (? AS TEXT)) "
                            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                            "si", name, now);
}

/* The counters are written with the rows that carry them, so that they never go back. */
static gboolean
finish (LiftStoreWriter *self, GError **error)
{
  return keep_counter (self, "edit", self->begin.edit, self->now.edit, error) &&
         keep_counter (self, "delete", self->begin.delete, self->now.delete, error) &&
         lift_database_commit (self->database, error);
}

/* Runs @func and sees to errors that it could not be told of. */
static gboolean
run (LiftStoreWriter *self, LiftStoreWriteFunc func, gpointer data, GError **error)
{
  gboolean result;

  if (!lift_store_read_counters (self->database, &self->begin, error))
    return FALSE;
  self->now = self->begin;
  result = func (self, data, error);
  if (!result || self->error == NULL)
    g_clear_error (&self->error);
  else
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      result = FALSE;
    }
  return result;
}

/*
 * lift_store_transact:
 * @is_local: whether what @func does is an edit of this computer
 *
 * Runs @func between BEGIN IMMEDIATE and COMMIT, then tells what it touched. On the thread that
 * writes.
 */
gboolean
lift_store_transact (
  LiftStore *self, gboolean is_local, LiftStoreWriteFunc func, gpointer data, GError **error)
{
  g_autoptr (LiftChanges) changes = lift_changes_new (is_local);
  LiftStoreWriter writer = { .store = self, .database = self->database, .changes = changes };

  g_assert (lift_store_is_writing_thread (self));
  if (!lift_database_begin (self->database, error))
    return FALSE;
  if (!run (&writer, func, data, error))
    {
      lift_database_rollback (self->database);
      return FALSE;
    }
  if (is_local && lift_changes_is_empty (changes))
    {
      /* Nothing differed from what is stored, so nothing is written. */
      lift_database_rollback (self->database);
      return TRUE;
    }
  if (!finish (&writer, error))
    {
      lift_database_rollback (self->database);
      return FALSE;
    }
  /* Otherwise another process has edited meanwhile, and that is still to be told. */
  if (writer.begin.edit == self->last_edit)
    self->last_edit = writer.now.edit;
  if (!lift_changes_is_empty (changes))
    lift_store_tell (self, changes);
  return TRUE;
}

typedef struct
{
  gboolean is_local;
  LiftStoreWriteFunc func;
  gpointer user_data;
} WriteData;

static gboolean
write_job (LiftStore *self, gpointer data, GError **error)
{
  WriteData *write = data;

  return lift_store_transact (self, write->is_local, write->func, write->user_data, error);
}

/**
 * lift_store_write_sync:
 * @func: what to do, on the thread that writes; it must neither wait for the calling thread nor
 *   begin another transaction
 *
 * Runs @func in one transaction and waits for its end.
 *
 * Returns: whether it was committed
 */
gboolean
lift_store_write_sync (LiftStore *self, LiftStoreWriteFunc func, gpointer user_data, GError **error)
{
  WriteData write = { FALSE, func, user_data };

  g_return_val_if_fail (LIFT_IS_STORE (self), FALSE);

  return lift_store_run_sync (self, write_job, &write, error);
}

/**
 * lift_store_edit_sync:
 * @func: as for [func@store_write_sync]
 *
 * Runs @func in one transaction that counts as an edit of the user: `changed` says so, and a sync
 * follows. Where @func touches no row, nothing is written.
 *
 * Returns: whether it was committed
 */
gboolean
lift_store_edit_sync (LiftStore *self, LiftStoreWriteFunc func, gpointer user_data, GError **error)
{
  WriteData write = { TRUE, func, user_data };

  g_return_val_if_fail (LIFT_IS_STORE (self), FALSE);

  return lift_store_run_sync (self, write_job, &write, error);
}

/**
 * lift_store_writer_get_database:
 *
 * Returns: (transfer none): the writing connection, for SQL of one's own
 */
LiftDatabase *
lift_store_writer_get_database (LiftStoreWriter *self)
{
  return self->database;
}

/**
 * lift_store_writer_load:
 *
 * Returns: (transfer full) (nullable): the row, deleted or not; %NULL without an error if there
 *   is none
 */
LiftEntity *
lift_store_writer_load (LiftStoreWriter *self,
                        const LiftEntityInfo *info,
                        const char *id,
                        GError **error)
{
  return lift_row_load (self->database, info, id, error);
}

/**
 * lift_store_writer_save:
 * @entity: a row with all its book-keeping
 *
 * Writes every column of a row, whether it is there or not, without the checks of the door.
 */
gboolean
lift_store_writer_save (LiftStoreWriter *self, LiftEntity *entity, GError **error)
{
  lift_store_writer_touch (self, lift_entity_get_info (entity), entity->id);
  return lift_row_save (self->database, entity, error);
}

/**
 * lift_store_writer_remove:
 *
 * Removes a row for good, without a tombstone and without its children.
 */
gboolean
lift_store_writer_remove (LiftStoreWriter *self,
                          const LiftEntityInfo *info,
                          const char *id,
                          GError **error)
{
  lift_store_writer_touch (self, info, id);
  return lift_row_remove (self->database, info, id, error);
}

/**
 * lift_store_writer_touch:
 *
 * Names a row in the `changed` that follows the commit.
 */
void
lift_store_writer_touch (LiftStoreWriter *self, const LiftEntityInfo *info, const char *id)
{
  lift_changes_add (self->changes, info, id);
}

/**
 * lift_store_writer_next_edit:
 *
 * Returns: a number that is greater than any given out before for this store
 */
gint64
lift_store_writer_next_edit (LiftStoreWriter *self)
{
  return ++self->now.edit;
}

/*
 * lift_store_writer_next_delete:
 *
 * Returns: now, but never what another delete in this store has had: they are told apart by it
 */
gint64
lift_store_writer_next_delete (LiftStoreWriter *self)
{
  self->now.delete = MAX (lift_clock_get_time (self->store->clock), self->now.delete + 1);
  return self->now.delete;
}

/**
 * lift_store_writer_dup_fact:
 *
 * Returns: (transfer full) (nullable): the value, %NULL if it was never set. Also if it cannot be
 *   read, but then nothing of the transaction is committed
 */
char *
lift_store_writer_dup_fact (LiftStoreWriter *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *value = lift_database_dup_text (self->database, &error,
                                        "SELECT value FROM fact WHERE name = ?", "s", name);

  if (error != NULL && self->error == NULL)
    self->error = g_steal_pointer (&error);
  return value;
}

/**
 * lift_store_writer_set_fact:
 * @value: (nullable): the value; %NULL forgets it
 *
 * Sets a durable value, with the transaction.
 */
gboolean
lift_store_writer_set_fact (LiftStoreWriter *self,
                            const char *name,
                            const char *value,
                            GError **error)
{
  if (value == NULL)
    return lift_database_run (self->database, error, "DELETE FROM fact WHERE name = ?", "s", name);
  return lift_database_run (self->database, error,
                            "INSERT INTO fact (name, value) VALUES (?, ?) "
                            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                            "ss", name, value);
}
