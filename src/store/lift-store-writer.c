/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-row.h"
#include "lift-store-private.h"

static gboolean
read_edit (LiftStoreWriter *self)
{
  gint64 edit;

  if (!lift_database_get_int (self->database, &edit, NULL,
                              "SELECT CAST (value AS INTEGER) FROM fact WHERE name = 'edit'", ""))
    return FALSE;
  self->edit = edit != LIFT_INT_NULL ? edit : 0;
  return TRUE;
}

/* The counter is written with the rows that carry it, so that it never goes back. */
static gboolean
keep_edit (LiftStoreWriter *self, GError **error)
{
  return self->edit == 0 ||
         lift_database_run (self->database, error,
                            "INSERT INTO fact (name, value) VALUES ('edit', CAST (? AS TEXT)) "
                            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                            "i", self->edit);
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
  if (!func (&writer, data, error))
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
  if (!keep_edit (&writer, error) || !lift_database_commit (self->database, error))
    {
      lift_database_rollback (self->database);
      return FALSE;
    }
  if (!lift_changes_is_empty (changes))
    lift_store_tell (self, changes);
  return TRUE;
}

/*
 * lift_store_next_instant:
 *
 * Returns: now, but never the same twice: deletes are told apart by it
 */
gint64
lift_store_next_instant (LiftStore *self)
{
  self->last_instant = MAX (lift_clock_get_time (self->clock), self->last_instant + 1);
  return self->last_instant;
}

typedef struct
{
  LiftStoreWriteFunc func;
  gpointer user_data;
} WriteData;

static gboolean
write_job (LiftStore *self, gpointer data, GError **error)
{
  WriteData *write = data;

  return lift_store_transact (self, FALSE, write->func, write->user_data, error);
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
  WriteData write = { func, user_data };

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
  if (self->edit == 0 && !read_edit (self))
    g_critical ("The edit counter cannot be read");
  return ++self->edit;
}

/**
 * lift_store_writer_dup_fact:
 *
 * Returns: (transfer full) (nullable): the value, %NULL if it was never set
 */
char *
lift_store_writer_dup_fact (LiftStoreWriter *self, const char *name)
{
  return lift_database_dup_text (self->database, NULL, "SELECT value FROM fact WHERE name = ?", "s",
                                 name);
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
