/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-sync-journal.h"

#include <glib/gi18n-lib.h>

#include "lift-edits.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-store-writer.h"
#include "lift-sync-facts.h"

/**
 * lift_failed_row_free:
 */
void
lift_failed_row_free (LiftFailedRow *self)
{
  g_free (self->id);
  g_ptr_array_unref (self->faults);
  g_free (self);
}

/**
 * lift_conflict_free:
 */
void
lift_conflict_free (LiftConflict *self)
{
  g_free (self->id);
  g_free (self->field);
  g_free (self->mine);
  g_free (self->theirs);
  g_free (self->by);
  g_free (self);
}

static void
add_fault (GPtrArray *faults, JsonNode *node)
{
  JsonObject *object;
  const char *code;
  const char *message;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_get_object (node);
  code = lift_json_get_string (object, "code");
  message = lift_json_get_string (object, "message");
  g_ptr_array_add (faults, lift_fault_new (lift_fault_code_from_string (code),
                                           lift_json_get_string (object, "field"), "%s",
                                           message != NULL ? message : _ ("refused")));
}

/* Servers word their errors themselves: what does not fit is passed over. */
static GPtrArray *
parse_faults (const char *text)
{
  g_autoptr (JsonNode) node = lift_json_parse (text, -1, NULL);
  GPtrArray *faults = lift_fault_list_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add_fault (faults, json_array_get_element (array, i));
  return faults;
}

static gint64
get_int_or_null (LiftStatement *statement, int column)
{
  return lift_statement_is_null (statement, column) ? LIFT_INT_NULL
                                                    : lift_statement_get_int (statement, column);
}

static LiftFailedRow *
read_failed (LiftStatement *statement)
{
  LiftFailedRow *self = g_new0 (LiftFailedRow, 1);

  self->info = lift_registry_find (lift_statement_get_text (statement, 0));
  self->id = g_strdup (lift_statement_get_text (statement, 1));
  self->faults = parse_faults (lift_statement_get_text (statement, 2));
  self->retry_count = lift_statement_get_int (statement, 3);
  self->next_retry_at = get_int_or_null (statement, 4);
  return self;
}

static LiftConflict *
read_conflict (LiftStatement *statement)
{
  LiftConflict *self = g_new0 (LiftConflict, 1);

  self->number = lift_statement_get_int (statement, 0);
  self->at = lift_statement_get_int (statement, 1);
  self->info = lift_registry_find (lift_statement_get_text (statement, 2));
  self->id = g_strdup (lift_statement_get_text (statement, 3));
  self->field = g_strdup (lift_statement_get_text (statement, 4));
  self->mine = g_strdup (lift_statement_get_text (statement, 5));
  self->theirs = g_strdup (lift_statement_get_text (statement, 6));
  self->by = g_strdup (lift_statement_get_text (statement, 7));
  self->version = get_int_or_null (statement, 8);
  self->restored = lift_statement_get_int (statement, 9) != 0;
  return self;
}

typedef struct
{
  GPtrArray *rows;
  gint64 number;
} List;

/* Rows of a type that this version does not know (a newer one was here) cannot be shown. */
static gboolean
list_failed (LiftDatabase *database, gpointer user_data, GError **error)
{
  List *list = user_data;
  g_autoptr (GError) local_error = NULL;
  LiftStatement *statement = lift_database_query (
    database, error,
    "SELECT type, id, faults, retry_count, next_retry_at FROM failure ORDER BY type, id", "");

  while (statement != NULL && lift_statement_next (statement, &local_error))
    if (lift_registry_find (lift_statement_get_text (statement, 0)) != NULL)
      g_ptr_array_add (list->rows, read_failed (statement));
  if (local_error == NULL)
    return statement != NULL;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
list_conflicts (LiftDatabase *database, gpointer user_data, GError **error)
{
  List *list = user_data;
  g_autoptr (GError) local_error = NULL;
  LiftStatement *statement = lift_database_query (
    database, error,
    "SELECT number, at, type, id, field, mine, theirs, by_user, version, restored FROM conflict "
    "WHERE restored = 0 AND dismissed = 0 AND (? < 0 OR number = ?) ORDER BY number",
    "ii", list->number, list->number);

  while (statement != NULL && lift_statement_next (statement, &local_error))
    if (lift_registry_find (lift_statement_get_text (statement, 2)) != NULL)
      g_ptr_array_add (list->rows, read_conflict (statement));
  if (local_error == NULL)
    return statement != NULL;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_sync_list_failed:
 *
 * Reads the retry queue. Blocks; for workers.
 *
 * Returns: (transfer full) (nullable) (element-type LiftFailedRow): rows that the server refused
 */
GPtrArray *
lift_sync_list_failed (LiftStore *store, GError **error)
{
  g_autoptr (GPtrArray)
    rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_failed_row_free);
  List list = { rows, -1 };

  g_return_val_if_fail (LIFT_IS_STORE (store), NULL);

  if (!lift_store_read_sync (store, list_failed, &list, error))
    return NULL;
  return g_steal_pointer (&rows);
}

static GPtrArray *
read_conflicts (LiftStore *store, gint64 number, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_conflict_free);
  List list = { rows, number };

  if (!lift_store_read_sync (store, list_conflicts, &list, error))
    return NULL;
  return g_steal_pointer (&rows);
}

/**
 * lift_sync_list_conflicts:
 *
 * Reads the conflict journal: what was neither restored nor dismissed, oldest first. A whole row
 * that was set aside when the access to it ended has the field `*`. Blocks; for workers.
 *
 * Returns: (transfer full) (nullable) (element-type LiftConflict): values that lost
 */
GPtrArray *
lift_sync_list_conflicts (LiftStore *store, GError **error)
{
  g_return_val_if_fail (LIFT_IS_STORE (store), NULL);

  return read_conflicts (store, -1, error);
}

typedef struct
{
  const LiftEntityInfo *info;
  const char *id;
  gint64 number;
  const char *column;
  gint64 now;
} Change;

static gboolean
set_not_waiting (const Change *change, GError **error)
{
  g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE,
               _ ("%s %s is not among the rows that the server refused"), change->info->name,
               change->id);
  return FALSE;
}

/* A row that waited for the user begins its five retries anew. */
static gboolean
make_due (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  Change *change = user_data;
  LiftDatabase *database = lift_store_writer_get_database (writer);
  const char *type = change->info != NULL ? change->info->name : NULL;

  if (!lift_database_run (database, error,
                          "UPDATE failure SET retry_count = CASE WHEN next_retry_at IS NULL THEN 0 "
                          "ELSE retry_count END, next_retry_at = ? "
                          "WHERE ? IS NULL OR (type = ? AND id = ?)",
                          "isss", change->now, type, type, change->id))
    return FALSE;
  return type == NULL || lift_database_get_changes (database) > 0 ||
         set_not_waiting (change, error);
}

/**
 * lift_sync_retry_now:
 * @info: (nullable): the type of the row; %NULL for every row
 * @id: (nullable): the row
 *
 * Makes what waits due: it goes with the next sync. Blocks; for workers.
 */
gboolean
lift_sync_retry_now (LiftStore *store, const LiftEntityInfo *info, const char *id, GError **error)
{
  Change change = { info, id };

  g_return_val_if_fail (LIFT_IS_STORE (store), FALSE);
  g_return_val_if_fail (info == NULL || id != NULL, FALSE);

  change.now = lift_clock_get_time (lift_store_get_clock (store));
  return lift_store_write_sync (store, make_due, &change, error);
}

static gboolean
close_entry (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  Change *change = user_data;
  g_autofree char *sql = g_strdup_printf (
    "UPDATE conflict SET %s = 1 WHERE number = ? AND restored = 0 AND dismissed = 0",
    change->column);

  if (!lift_database_run (lift_store_writer_get_database (writer), error, sql, "i", change->number))
    return FALSE;
  if (lift_database_get_changes (lift_store_writer_get_database (writer)) > 0)
    return TRUE;
  g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE,
               _ ("There is no open conflict with the number %" G_GINT64_FORMAT), change->number);
  return FALSE;
}

/* A row that was set aside is a new one to the server, should it take it. */
static gboolean
put_back (LiftBatch *batch, const LiftConflict *conflict, GError **error)
{
  g_autoptr (JsonObject) object = lift_edits_parse (conflict->mine);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  g_autoptr (LiftEntity) row = g_object_new (conflict->info->gtype, NULL);

  lift_entity_read_json (row, object, faults);
  if (faults->len > 0)
    {
      lift_fault_list_to_error (faults, conflict->info->name, error);
      return FALSE;
    }
  lift_batch_insert (batch, row);
  return TRUE;
}

static gboolean
set_value (LiftBatch *batch, const LiftConflict *conflict, LiftEntity *row, GError **error)
{
  LiftField *field = lift_entity_info_find (conflict->info, conflict->field);
  g_autoptr (JsonNode) node = NULL;

  if (field != NULL && conflict->theirs != NULL)
    node = lift_json_parse (conflict->theirs, -1, NULL);
  if (node == NULL || lift_field_read_json (field, row, node) != LIFT_FAULT_NONE)
    {
      g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_UNKNOWN_FIELD,
                   _ ("The other value of %s cannot be read by this version"), conflict->field);
      return FALSE;
    }
  lift_batch_update (batch, row, (LiftFieldSet) 1 << field->index);
  return TRUE;
}

static LiftBatch *
make_restore (LiftStore *store, const LiftConflict *conflict, GError **error)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Restore Value"));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftEntity) row = NULL;

  if (g_str_equal (conflict->field, LIFT_EDITS_NEW))
    return put_back (batch, conflict, error) ? g_steal_pointer (&batch) : NULL;
  row = lift_store_get_sync (store, conflict->info, conflict->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (row == NULL)
    {
      g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE,
                   _ ("The %s of this conflict is no longer there; dismiss the conflict"),
                   conflict->info->name);
      return NULL;
    }
  return set_value (batch, conflict, row, error) ? g_steal_pointer (&batch) : NULL;
}

/**
 * lift_sync_restore_conflict:
 * @number: which entry
 *
 * Writes the value that lost back into its row, as an edit of its own, which the next sync sends.
 * Blocks; for workers.
 */
gboolean
lift_sync_restore_conflict (LiftStore *store, gint64 number, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (LiftBatch) batch = NULL;
  g_autoptr (LiftBatch) inverse = NULL;
  Change change = { .number = number, .column = "restored" };

  g_return_val_if_fail (LIFT_IS_STORE (store), FALSE);

  found = read_conflicts (store, number, error);
  if (found == NULL)
    return FALSE;
  if (found->len > 0)
    {
      batch = make_restore (store, g_ptr_array_index (found, 0), error);
      inverse = batch != NULL ? lift_store_commit_sync (store, batch, error) : NULL;
      if (inverse == NULL)
        return FALSE;
    }
  return lift_store_write_sync (store, close_entry, &change, error);
}

/**
 * lift_sync_dismiss_conflict:
 * @number: which entry
 *
 * Takes an entry off the list; the local value stays. Blocks; for workers.
 */
gboolean
lift_sync_dismiss_conflict (LiftStore *store, gint64 number, GError **error)
{
  Change change = { .number = number, .column = "dismissed" };

  g_return_val_if_fail (LIFT_IS_STORE (store), FALSE);

  return lift_store_write_sync (store, close_entry, &change, error);
}

/**
 * lift_sync_dup_cursor:
 *
 * Where the next pull goes on, for those who look from outside.
 *
 * Returns: (transfer full) (nullable): the server's cursor, or %NULL before the first pull
 */
char *
lift_sync_dup_cursor (LiftStore *store, GError **error)
{
  return lift_store_dup_fact_sync (store, LIFT_FACT_CURSOR, error);
}
