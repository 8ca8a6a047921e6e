/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-query-private.h"
#include "lift-row.h"
#include "lift-store-private.h"

/* Connections that are kept for the next reader. */
#define MAX_IDLE_READERS 4

static LiftDatabase *
take_reader (LiftStore *self, GError **error)
{
  LiftDatabase *reader = NULL;
  gboolean closed;

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  if (self->readers->len > 0)
    reader = g_ptr_array_steal_index (self->readers, self->readers->len - 1);
  g_mutex_unlock (&self->mutex);
  if (closed)
    {
      lift_store_set_closed_error (self, error);
      return NULL;
    }
  return reader != NULL ? reader : lift_database_open (self->path, LIFT_DATABASE_READ, error);
}

static void
give_reader (LiftStore *self, LiftDatabase *reader)
{
  g_mutex_lock (&self->mutex);
  if (!self->closed && self->readers->len < MAX_IDLE_READERS)
    g_ptr_array_add (self->readers, g_steal_pointer (&reader));
  g_mutex_unlock (&self->mutex);
  lift_database_free (reader);
}

/* Several queries of @func see the same moment. */
static gboolean
read_in_transaction (LiftDatabase *database,
                     LiftStoreReadFunc func,
                     gpointer user_data,
                     GError **error)
{
  gboolean result;

  if (lift_database_in_transaction (database))
    return func (database, user_data, error);
  if (!lift_database_begin_read (database, error))
    return FALSE;
  result = func (database, user_data, error);
  lift_database_rollback (database);
  return result;
}

static gboolean
read_inline (LiftStore *self, LiftStoreReadFunc func, gpointer user_data, GError **error)
{
  gboolean result;

  g_rec_mutex_lock (&self->inline_lock);
  result = self->closed ? lift_store_set_closed_error (self, error)
                        : read_in_transaction (self->database, func, user_data, error);
  g_rec_mutex_unlock (&self->inline_lock);
  return result;
}

/**
 * lift_store_read_sync:
 * @func: what to read, in the calling thread
 *
 * Runs @func in a read transaction. Writers are not held up by it, nor it by them.
 *
 * Returns: what @func returned
 */
gboolean
lift_store_read_sync (LiftStore *self, LiftStoreReadFunc func, gpointer user_data, GError **error)
{
  LiftDatabase *reader;
  gboolean result;

  g_return_val_if_fail (LIFT_IS_STORE (self), FALSE);

  if (self->is_inline)
    return read_inline (self, func, user_data, error);
  reader = take_reader (self, error);
  if (reader == NULL)
    return FALSE;
  result = read_in_transaction (reader, func, user_data, error);
  give_reader (self, reader);
  return result;
}

typedef struct
{
  GPtrArray *queries; /* LiftQuery */
  GPtrArray *answers; /* GPtrArray of LiftEntity */
} ReadData;

static void
read_data_free (ReadData *data)
{
  g_ptr_array_unref (data->queries);
  g_ptr_array_unref (data->answers);
  g_free (data);
}

static ReadData *
read_data_new (LiftQuery *const *queries, guint n_queries)
{
  ReadData *data = g_new0 (ReadData, 1);

  data->queries = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_query_unref);
  data->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < n_queries; i++)
    g_ptr_array_add (data->queries, lift_query_ref (queries[i]));
  return data;
}

static gboolean
read_queries (LiftDatabase *database, gpointer user_data, GError **error)
{
  ReadData *data = user_data;

  for (guint i = 0; i < data->queries->len; i++)
    {
      GPtrArray *rows = lift_query_run (g_ptr_array_index (data->queries, i), database, error);

      if (rows == NULL)
        return FALSE;
      g_ptr_array_add (data->answers, rows);
    }
  return TRUE;
}

/**
 * lift_store_query_sync:
 *
 * Returns: (transfer full) (nullable) (element-type LiftEntity): the rows
 */
GPtrArray *
lift_store_query_sync (LiftStore *self, LiftQuery *query, GError **error)
{
  ReadData *data = read_data_new (&query, 1);
  GPtrArray *rows = NULL;

  if (lift_store_read_sync (self, read_queries, data, error))
    rows = g_ptr_array_ref (g_ptr_array_index (data->answers, 0));
  read_data_free (data);
  return rows;
}

typedef struct
{
  const LiftEntityInfo *info;
  const char *id;
  LiftEntity *row;
} GetData;

static gboolean
read_row (LiftDatabase *database, gpointer user_data, GError **error)
{
  GetData *data = user_data;
  g_autoptr (GError) local_error = NULL;

  data->row = lift_row_load (database, data->info, data->id, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_store_get_sync:
 *
 * Returns: (transfer full) (nullable): the row, deleted or not; %NULL without an error if there
 *   is none
 */
LiftEntity *
lift_store_get_sync (LiftStore *self, const LiftEntityInfo *info, const char *id, GError **error)
{
  GetData data = { info, id, NULL };

  lift_store_read_sync (self, read_row, &data, error);
  return data.row;
}

typedef struct
{
  LiftQuery *query;
  gint64 count;
} CountData;

static gboolean
read_count (LiftDatabase *database, gpointer user_data, GError **error)
{
  CountData *data = user_data;

  return lift_query_count (data->query, database, &data->count, error);
}

/**
 * lift_store_count_sync:
 *
 * Returns: how many rows @query has, or -1 with an error
 */
gint64
lift_store_count_sync (LiftStore *self, LiftQuery *query, GError **error)
{
  CountData data = { query, -1 };

  return lift_store_read_sync (self, read_count, &data, error) ? data.count : -1;
}

typedef struct
{
  const char *name;
  char *value;
} FactData;

static gboolean
read_fact (LiftDatabase *database, gpointer user_data, GError **error)
{
  FactData *data = user_data;
  g_autoptr (GError) local_error = NULL;

  data->value = lift_database_dup_text (database, &local_error,
                                        "SELECT value FROM fact WHERE name = ?", "s", data->name);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_store_dup_fact_sync:
 *
 * Returns: (transfer full) (nullable): a durable value; %NULL without an error if it was never
 *   set
 */
char *
lift_store_dup_fact_sync (LiftStore *self, const char *name, GError **error)
{
  FactData data = { name, NULL };

  lift_store_read_sync (self, read_fact, &data, error);
  return data.value;
}

static gboolean
query_job (LiftStore *self, gpointer data, GError **error)
{
  return lift_store_read_sync (self, read_queries, data, error);
}

/**
 * lift_store_query_async:
 * @queries: (array length=n_queries): what to read, all at one moment
 *
 * Reads off the calling thread.
 */
void
lift_store_query_async (LiftStore *self,
                        LiftQuery *const *queries,
                        guint n_queries,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lift_store_query_async);
  g_task_set_task_data (task, read_data_new (queries, n_queries), (GDestroyNotify) read_data_free);
  lift_store_run_beside (self, query_job, task);
}

/**
 * lift_store_query_finish:
 *
 * Returns: (transfer full) (nullable) (element-type GPtrArray): an array of rows for each query,
 *   in their order
 */
GPtrArray *
lift_store_query_finish (LiftStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_ptr_array_ref (((ReadData *) g_task_get_task_data (G_TASK (result)))->answers);
}
