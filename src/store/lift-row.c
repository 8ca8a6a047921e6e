/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-row.h"

/* The SQL of one entity type, made once from its field table. */
typedef struct
{
  char *columns;
  char *load;
  char *insert;
  char *save;
  char *remove;
} RowSql;

static char *
make_columns (const LiftEntityInfo *info)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < info->n_fields; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", info->fields[i]->name);
  return g_string_free (out, FALSE);
}

static char *
make_insert (const LiftEntityInfo *info, const char *columns)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "INSERT INTO %s (%s) VALUES (?", info->table, columns);
  for (guint i = 1; i < info->n_fields; i++)
    g_string_append (out, ", ?");
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

static char *
make_save (const LiftEntityInfo *info, const char *insert)
{
  GString *out = g_string_new (insert);

  g_string_append (out, " ON CONFLICT (id) DO UPDATE SET ");
  for (guint i = 1; i < info->n_fields; i++)
    g_string_append_printf (out, "%s%s = excluded.%s", i > 1 ? ", " : "", info->fields[i]->name,
                            info->fields[i]->name);
  return g_string_free (out, FALSE);
}

static RowSql *
make_sql (const LiftEntityInfo *info)
{
  RowSql *sql = g_new0 (RowSql, 1);

  sql->columns = make_columns (info);
  sql->load = g_strdup_printf ("SELECT %s FROM %s WHERE id = ?", sql->columns, info->table);
  sql->insert = make_insert (info, sql->columns);
  sql->save = make_save (info, sql->insert);
  sql->remove = g_strdup_printf ("DELETE FROM %s WHERE id = ?", info->table);
  return sql;
}

static const RowSql *
get_sql (const LiftEntityInfo *info)
{
  static GMutex mutex;
  static GHashTable *all;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  RowSql *sql;

  if (all == NULL)
    all = g_hash_table_new (NULL, NULL);
  sql = g_hash_table_lookup (all, info);
  if (sql == NULL)
    {
      sql = make_sql (info);
      g_hash_table_insert (all, (gpointer) info, sql);
    }
  return sql;
}

/*
 * lift_row_get_columns:
 *
 * Returns: (transfer none): the columns of a type in the order of its fields, for a SELECT
 */
const char *
lift_row_get_columns (const LiftEntityInfo *info)
{
  return get_sql (info)->columns;
}

/*
 * lift_row_read:
 * @statement: stands on a row of lift_row_get_columns()
 *
 * Returns: (transfer full): the row as an object
 */
LiftEntity *
lift_row_read (LiftStatement *statement, const LiftEntityInfo *info)
{
  LiftEntity *entity = g_object_new (info->gtype, NULL);

  for (guint i = 0; i < info->n_fields; i++)
    lift_statement_load_field (statement, i, info->fields[i], entity);
  return entity;
}

/*
 * lift_row_load:
 *
 * Returns: (transfer full) (nullable): the row; %NULL without an error if there is none
 */
LiftEntity *
lift_row_load (LiftDatabase *database, const LiftEntityInfo *info, const char *id, GError **error)
{
  LiftStatement *statement = lift_database_query (database, error, get_sql (info)->load, "s", id);
  LiftEntity *entity;

  if (statement == NULL || !lift_statement_next (statement, error))
    return NULL;
  entity = lift_row_read (statement, info);
  lift_statement_reset (statement);
  return entity;
}

static gboolean
run (LiftDatabase *database, const char *sql, LiftEntity *entity, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (entity);
  LiftStatement *statement = lift_database_prepare (database, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < info->n_fields; i++)
    lift_statement_bind_field (statement, i, info->fields[i], entity);
  lift_statement_next (statement, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/*
 * lift_row_insert:
 *
 * Writes a new row; %LIFT_DATABASE_ERROR_CONSTRAINT if the id is taken.
 */
gboolean
lift_row_insert (LiftDatabase *database, LiftEntity *entity, GError **error)
{
  return run (database, get_sql (lift_entity_get_info (entity))->insert, entity, error);
}

/*
 * lift_row_save:
 *
 * Writes a row, every column of it, whether it is there or not.
 */
gboolean
lift_row_save (LiftDatabase *database, LiftEntity *entity, GError **error)
{
  return run (database, get_sql (lift_entity_get_info (entity))->save, entity, error);
}

static char *
make_update (const LiftEntityInfo *info, LiftFieldSet fields)
{
  GString *out = g_string_new (NULL);
  const char *separator = "";

  g_string_append_printf (out, "UPDATE %s SET ", info->table);
  for (guint i = 0; i < info->n_fields; i++)
    if (fields >> i & 1)
      {
        g_string_append_printf (out, "%s%s = ?", separator, info->fields[i]->name);
        separator = ", ";
      }
  g_string_append (out, " WHERE id = ?");
  return g_string_free (out, FALSE);
}

static void
bind_fields (LiftStatement *statement, LiftEntity *entity, LiftFieldSet fields)
{
  const LiftEntityInfo *info = lift_entity_get_info (entity);
  int index = 0;

  for (guint i = 0; i < info->n_fields; i++)
    if (fields >> i & 1)
      lift_statement_bind_field (statement, index++, info->fields[i], entity);
  lift_statement_bind_text (statement, index, entity->id);
}

/*
 * lift_row_update:
 * @fields: the columns to write, at least one
 *
 * Writes some columns of a row that is there. SQLite goes through the indexes of those columns
 * alone.
 */
gboolean
lift_row_update (LiftDatabase *database, LiftEntity *entity, LiftFieldSet fields, GError **error)
{
  g_autofree char *sql = make_update (lift_entity_get_info (entity), fields);
  LiftStatement *statement = lift_database_prepare (database, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  bind_fields (statement, entity, fields);
  lift_statement_next (statement, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/*
 * lift_row_remove:
 *
 * Removes a row for good, without a tombstone.
 */
gboolean
lift_row_remove (LiftDatabase *database, const LiftEntityInfo *info, const char *id, GError **error)
{
  return lift_database_run (database, error, get_sql (info)->remove, "s", id);
}
