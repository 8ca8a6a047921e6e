/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-exercise.h"
#include "lift-server-private.h"
#include "lift-text.h"
#include "lift-training-session.h"
#include "lift-user.h"

/* More than the columns of any entity and the server's own four. */
#define MAX_VALUES 80

/**
 * lift_server_row_free: (skip)
 */
void
lift_server_row_free (LiftServerRow *row)
{
  if (row == NULL)
    return;
  g_clear_object (&row->entity);
  g_free (row->scope);
  g_free (row);
}

/**
 * lift_server_row_copy: (skip)
 */
LiftServerRow *
lift_server_row_copy (LiftServerRow *row)
{
  LiftServerRow *copy = g_new0 (LiftServerRow, 1);

  copy->entity = lift_entity_copy (row->entity);
  copy->scope = g_strdup (row->scope);
  copy->hidden = row->hidden;
  copy->delete_group = row->delete_group;
  return copy;
}

/**
 * lift_server_row_is_deleted: (skip)
 */
gboolean
lift_server_row_is_deleted (LiftServerRow *row)
{
  return lift_entity_is_deleted (row->entity);
}

static void
load_field (LiftServerResult *result, guint column, const LiftField *field, gpointer instance)
{
  if (lift_field_is_text (field))
    lift_field_set_text (field, instance, lift_server_result_get_text (result, column));
  else if (lift_field_is_double (field))
    lift_field_set_double (field, instance, lift_server_result_get_double (result, column));
  else
    lift_field_set_int (field, instance, lift_server_result_get_int (result, column));
}

/**
 * lift_server_row_from_result: (skip)
 * @result: at a row of the columns that @table names
 *
 * Returns: (transfer full): the row
 */
LiftServerRow *
lift_server_row_from_result (LiftServerTable *table, LiftServerResult *result)
{
  LiftServerRow *row = g_new0 (LiftServerRow, 1);
  guint n = table->n_columns;

  row->entity = g_object_new (table->info->gtype, NULL);
  for (guint i = 0; i < n; i++)
    load_field (result, i, table->columns[i], row->entity);
  row->scope = g_strdup (lift_server_result_get_text (result, n));
  row->hidden = lift_server_result_get_int (result, n + 1);
  row->delete_group = lift_server_result_get_int (result, n + 2);
  return row;
}

/**
 * lift_server_row_load: (skip)
 * @row: (out) (nullable): the row, %NULL if there is none
 */
gboolean
lift_server_row_load (LiftServer *self,
                      LiftServerConnection *connection,
                      const LiftEntityInfo *info,
                      const char *id,
                      LiftServerRow **row,
                      GError **error)
{
  LiftServerTable *table = lift_server_get_table (self, info);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = NULL;

  *row = NULL;
  result = lift_server_query (connection, &local_error, table->load, "s", id);
  if (result != NULL && lift_server_result_next (result, &local_error))
    *row = lift_server_row_from_result (table, result);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_server_rows_query: (skip)
 * @sql: a statement of the table of @info
 *
 * Returns: (transfer full) (element-type LiftServerRow): all rows, or %NULL with @error
 */
GPtrArray *
lift_server_rows_query (LiftServer *self,
                        LiftServerConnection *connection,
                        const LiftEntityInfo *info,
                        GError **error,
                        const char *sql,
                        const char *types,
                        ...)
{
  g_autoptr (GPtrArray)
    rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_server_row_free);
  LiftServerTable *table = lift_server_get_table (self, info);
  g_autoptr (LiftServerResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  LiftServerValue values[4];
  guint n = 0;
  va_list args;

  va_start (args, types);
  for (; types[n] != '\0'; n++)
    {
      values[n].type = types[n];
      if (types[n] == 's')
        values[n].text = va_arg (args, const char *);
      else
        values[n].integer = va_arg (args, gint64);
    }
  va_end (args);
  result = lift_server_query_values (connection, &local_error, sql, values, n);
  while (result != NULL && lift_server_result_next (result, &local_error))
    g_ptr_array_add (rows, lift_server_row_from_result (table, result));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&rows);
}

static void
set_value (LiftServerValue *value, const LiftField *field, gconstpointer instance)
{
  if (lift_field_is_text (field))
    {
      value->type = 's';
      value->text = lift_field_get_text (field, instance);
    }
  else if (lift_field_is_double (field))
    {
      value->type = 'd';
      value->number = lift_field_get_double (field, instance);
    }
  else
    {
      value->type = 'i';
      value->integer = lift_field_get_int (field, instance);
    }
}

/* The variants of a planned or performed exercise: the type joins its parent and a Variant, and a
 * pair is unique. */
static char *
pair_key (LiftEntity *entity)
{
  const LiftEntityInfo *info = lift_entity_get_info (entity);
  LiftField *variant = lift_entity_info_find (info, "variantId");

  if (info->parent == NULL || variant == NULL)
    return NULL;
  return g_strdup_printf ("%s %s", lift_entity_get_parent_id (entity),
                          lift_field_get_text (variant, entity));
}

/**
 * lift_server_unique_key: (skip)
 *
 * Returns: (nullable) (transfer full): what no other live row of the type may have too
 */
char *
lift_server_unique_key (LiftEntity *entity)
{
  if (LIFT_IS_EXERCISE (entity))
    return lift_text_fold (LIFT_EXERCISE (entity)->name);
  if (LIFT_IS_USER (entity))
    return lift_text_fold (LIFT_USER (entity)->email);
  if (LIFT_IS_TRAINING_SESSION (entity))
    return g_strdup (LIFT_TRAINING_SESSION (entity)->source_key);
  return pair_key (entity);
}

/**
 * lift_server_row_store: (skip)
 * @before: (nullable): the row as it was
 *
 * Writes a row and notes that it needs a new position.
 */
gboolean
lift_server_row_store (LiftServerWork *work,
                       LiftServerRow *row,
                       LiftServerRow *before,
                       GError **error)
{
  LiftServerTable *table = lift_server_get_table (work->server, lift_entity_get_info (row->entity));
  g_autofree char *key = lift_server_unique_key (row->entity);
  LiftServerValue values[MAX_VALUES];
  g_autoptr (LiftServerResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  guint n = table->n_columns;

  for (guint i = 0; i < n; i++)
    set_value (&values[i], table->columns[i], row->entity);
  values[n++] = (LiftServerValue){ .type = 's', .text = row->scope };
  values[n++] = (LiftServerValue){ .type = 'i', .integer = row->hidden };
  values[n++] = (LiftServerValue){ .type = 'i', .integer = row->delete_group };
  values[n++] = (LiftServerValue){ .type = 's', .text = key };
  result = lift_server_query_values (work->connection, &local_error, table->store, values, n);
  if (result != NULL)
    lift_server_result_next (result, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  lift_server_work_touch (work, row, before);
  if (before != NULL)
    g_hash_table_remove_all (work->living);
  return TRUE;
}
