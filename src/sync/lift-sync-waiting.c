/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-edits.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-store-writer.h"
#include "lift-sync-journal-private.h"

/* What is not on the server, row by row, and why. */

/**
 * lift_waiting_row_free:
 */
void
lift_waiting_row_free (LiftWaitingRow *self)
{
  g_free (self->id);
  g_ptr_array_unref (self->faults);
  g_free (self);
}

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
  g_autoptr (JsonNode) node = text != NULL ? lift_json_parse (text, -1, NULL) : NULL;
  GPtrArray *faults = lift_fault_list_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add_fault (faults, json_array_get_element (array, i));
  return faults;
}

static gboolean
only_misses_parent (GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    if (((LiftFault *) faults->pdata[i])->code != LIFT_FAULT_PARENT_MISSING)
      return FALSE;
  return faults->len > 0;
}

/* The columns of a row that waits. */
enum
{
  COLUMN_ID,
  COLUMN_PENDING,
  COLUMN_CREATED_AT,
  COLUMN_DELETED_AT,
  COLUMN_UNDER_WAY,
  COLUMN_FAULTS,
  COLUMN_RETRY_COUNT,
  COLUMN_NEXT_RETRY_AT,
  COLUMN_PARENT_FAILED,
};

/* Parameters: the type, the type that its parent is of (if it has one), the type. */
static char *
make_sql (const LiftEntityInfo *info, gboolean only_failed)
{
  g_autofree char *parent = g_strdup ("0");

  if (info->parent != NULL)
    {
      g_free (parent);
      parent = g_strdup_printf ("x.type IS NOT NULL AND t.\"%s\" IN (SELECT id FROM failure "
                                "WHERE type = '%s')",
                                info->parent->name, info->parent->target);
    }
  return g_strdup_printf ("SELECT t.id, t.pending, t.created_at, t.deleted_at, "
                          "t.id IN (SELECT id FROM flight WHERE type = ?1), "
                          "x.faults, x.retry_count, x.next_retry_at, %s "
                          "FROM \"%s\" t %s failure x ON x.type = ?1 AND x.id = t.id "
                          "WHERE t.pending IS NOT NULL ORDER BY t.id",
                          parent, info->table, only_failed ? "JOIN" : "LEFT JOIN");
}

static LiftWaitingState
get_state (LiftStatement *statement, LiftWaitingRow *row)
{
  if (lift_statement_is_null (statement, COLUMN_FAULTS))
    return row->under_way ? LIFT_WAITING_UNDER_WAY : LIFT_WAITING_WAITS;
  if (row->next_retry_at == LIFT_INT_NULL)
    return LIFT_WAITING_NEEDS_ATTENTION;
  return lift_statement_get_int (statement, COLUMN_PARENT_FAILED) == 1 &&
             only_misses_parent (row->faults)
           ? LIFT_WAITING_HELD
           : LIFT_WAITING_RETRY;
}

static void
read_change (LiftStatement *statement, LiftWaitingRow *row)
{
  const char *text = lift_statement_get_text (statement, COLUMN_PENDING);
  g_autoptr (JsonObject) pending = lift_edits_parse (text);
  gboolean is_deleted = !lift_statement_is_null (statement, COLUMN_DELETED_AT) &&
                        json_object_has_member (pending, "deletedAt");
  gboolean is_new = lift_edits_is_new (pending);

  row->since = LIFT_INT_NULL;
  if (!is_new)
    row->fields = lift_edits_get_fields (pending, row->info);
  if (is_deleted)
    row->change = LIFT_WAITING_DELETED;
  else
    row->change = is_new ? LIFT_WAITING_ADDED : LIFT_WAITING_EDITED;
  if (is_new)
    row->since = lift_journal_get_int (statement, COLUMN_CREATED_AT);
  else if (is_deleted && json_object_get_size (pending) == 1)
    row->since = lift_journal_get_int (statement, COLUMN_DELETED_AT);
}

static LiftWaitingRow *
read_row (LiftStatement *statement, const LiftEntityInfo *info)
{
  LiftWaitingRow *row = g_new0 (LiftWaitingRow, 1);

  row->info = info;
  row->id = g_strdup (lift_statement_get_text (statement, COLUMN_ID));
  read_change (statement, row);
  row->under_way = lift_statement_get_int (statement, COLUMN_UNDER_WAY) == 1;
  row->faults = parse_faults (lift_statement_get_text (statement, COLUMN_FAULTS));
  row->next_retry_at = lift_journal_get_int (statement, COLUMN_NEXT_RETRY_AT);
  if (!lift_statement_is_null (statement, COLUMN_RETRY_COUNT))
    row->retry_count = lift_statement_get_int (statement, COLUMN_RETRY_COUNT);
  row->state = get_state (statement, row);
  return row;
}

static gboolean
list_type (LiftDatabase *database,
           const LiftEntityInfo *info,
           gboolean only_failed,
           GPtrArray *rows,
           GError **error)
{
  g_autofree char *sql = make_sql (info, only_failed);
  g_autoptr (GError) local_error = NULL;
  LiftStatement *statement = lift_database_query (database, error, sql, "s", info->name);

  while (statement != NULL && lift_statement_next (statement, &local_error))
    g_ptr_array_add (rows, read_row (statement, info));
  if (local_error == NULL)
    return statement != NULL;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/*
 * lift_journal_list_waiting:
 * @only_failed: those that were refused, no others
 *
 * Returns: (transfer full) (nullable) (element-type LiftWaitingRow): parents first
 */
GPtrArray *
lift_journal_list_waiting (LiftDatabase *database, gboolean only_failed, GError **error)
{
  g_autoptr (GPtrArray)
    rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_waiting_row_free);

  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (!list_type (database, lift_registry_get (i), only_failed, rows, error))
      return NULL;
  return g_steal_pointer (&rows);
}

typedef struct
{
  gboolean only_failed;
  GPtrArray *rows;
} List;

static gboolean
list_waiting (LiftDatabase *database, gpointer user_data, GError **error)
{
  List *list = user_data;

  list->rows = lift_journal_list_waiting (database, list->only_failed, error);
  return list->rows != NULL;
}

/**
 * lift_sync_list_waiting:
 *
 * Reads everything that is not on the server, all of one moment. Blocks; for workers. Ten thousand
 * rows take some tens of milliseconds.
 *
 * Returns: (transfer full) (nullable) (element-type LiftWaitingRow): the rows, parents first, the
 *   older first within a type
 */
GPtrArray *
lift_sync_list_waiting (LiftStore *store, GError **error)
{
  List list = { FALSE, NULL };

  g_return_val_if_fail (LIFT_IS_STORE (store), NULL);

  return lift_store_read_sync (store, list_waiting, &list, error) ? list.rows : NULL;
}

static LiftFailedRow *
make_failed (LiftWaitingRow *row)
{
  LiftFailedRow *self = g_new0 (LiftFailedRow, 1);

  self->info = row->info;
  self->id = g_strdup (row->id);
  self->faults = g_ptr_array_ref (row->faults);
  self->retry_count = row->retry_count;
  self->next_retry_at = row->next_retry_at;
  return self;
}

static int
compare_failed (gconstpointer a, gconstpointer b)
{
  const LiftFailedRow *one = *(LiftFailedRow *const *) a;
  const LiftFailedRow *other = *(LiftFailedRow *const *) b;
  int order = g_strcmp0 (one->info->name, other->info->name);

  return order != 0 ? order : g_strcmp0 (one->id, other->id);
}

/**
 * lift_sync_list_failed:
 *
 * Those of [func@sync_list_waiting] that the server refused. Blocks; for workers.
 *
 * Returns: (transfer full) (nullable) (element-type LiftFailedRow): the rows, by type and id
 */
GPtrArray *
lift_sync_list_failed (LiftStore *store, GError **error)
{
  List list = { TRUE, NULL };
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *failed;

  g_return_val_if_fail (LIFT_IS_STORE (store), NULL);

  if (!lift_store_read_sync (store, list_waiting, &list, error))
    return NULL;
  rows = list.rows;
  failed = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_failed_row_free);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (failed, make_failed (g_ptr_array_index (rows, i)));
  g_ptr_array_sort (failed, compare_failed);
  return failed;
}

typedef struct
{
  const LiftEntityInfo *info;
  const char *id;
  gint64 now;
} Retry;

static gboolean
set_not_waiting (const Retry *retry, GError **error)
{
  g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE,
               _ ("%s %s is not among the rows that the server refused"), retry->info->name,
               retry->id);
  return FALSE;
}

static gboolean
touch_refused (LiftStoreWriter *writer, const char *type, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  LiftStatement *statement = lift_database_query (
    lift_store_writer_get_database (writer), error,
    "SELECT type, id FROM failure WHERE ? IS NULL OR (type = ? AND id = ?)", "sss", type, type, id);

  while (statement != NULL && lift_statement_next (statement, &local_error))
    {
      const LiftEntityInfo *info = lift_registry_find (lift_statement_get_text (statement, 0));

      if (info != NULL)
        lift_store_writer_touch (writer, info, lift_statement_get_text (statement, 1));
    }
  if (local_error == NULL)
    return statement != NULL;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A row that waited for the user begins its five retries anew. */
static gboolean
make_due (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  Retry *retry = user_data;
  LiftDatabase *database = lift_store_writer_get_database (writer);
  const char *type = retry->info != NULL ? retry->info->name : NULL;

  if (!touch_refused (writer, type, retry->id, error) ||
      !lift_database_run (database, error,
                          "UPDATE failure SET retry_count = CASE WHEN next_retry_at IS NULL THEN 0 "
                          "ELSE retry_count END, next_retry_at = ? "
                          "WHERE ? IS NULL OR (type = ? AND id = ?)",
                          "isss", retry->now, type, type, retry->id))
    return FALSE;
  return type == NULL || lift_database_get_changes (database) > 0 || set_not_waiting (retry, error);
}

/**
 * lift_sync_retry_now:
 * @info: (nullable): the type of the row; %NULL for every row
 * @id: (nullable): the row
 *
 * Makes what waits due: it goes with the next sync. The store's `changed` follows. Blocks; for
 * workers.
 */
gboolean
lift_sync_retry_now (LiftStore *store, const LiftEntityInfo *info, const char *id, GError **error)
{
  Retry retry = { info, id };

  g_return_val_if_fail (LIFT_IS_STORE (store), FALSE);
  g_return_val_if_fail (info == NULL || id != NULL, FALSE);

  retry.now = lift_clock_get_time (lift_store_get_clock (store));
  return lift_store_write_sync (store, make_due, &retry, error);
}
