/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-server-database.h"

/* More than the most columns that an entity can have. */
#define MAX_VALUES 80

G_DEFINE_ABSTRACT_TYPE (LiftServerDatabase, lift_server_database, G_TYPE_OBJECT)

static LiftServerDatabaseClass *
get_class (LiftServerConnection *connection)
{
  return LIFT_SERVER_DATABASE_GET_CLASS (connection->database);
}

static LiftServerDatabaseClass *
result_class (LiftServerResult *result)
{
  return get_class (result->connection);
}

static void
lift_server_database_class_init (LiftServerDatabaseClass *klass)
{
}

static void
lift_server_database_init (LiftServerDatabase *self)
{
}

/**
 * lift_server_database_begin:
 *
 * Begins a transaction, waiting for a free connection. May be called from any thread; the
 * connection then belongs to that thread until it is committed or rolled back.
 *
 * Returns: (transfer full): the transaction, or %NULL with @error
 */
LiftServerConnection *
lift_server_database_begin (LiftServerDatabase *self, LiftServerAccess access, GError **error)
{
  return LIFT_SERVER_DATABASE_GET_CLASS (self)->begin (self, access, error);
}

/**
 * lift_server_connection_commit:
 * @connection: (transfer full): the transaction
 *
 * Makes what was written durable. The transaction is over, also with an error.
 */
gboolean
lift_server_connection_commit (LiftServerConnection *connection, GError **error)
{
  return get_class (connection)->end (connection->database, connection, TRUE, error);
}

/**
 * lift_server_connection_rollback:
 * @connection: (nullable) (transfer full): the transaction
 *
 * Ends a transaction as if it had never been.
 */
void
lift_server_connection_rollback (LiftServerConnection *connection)
{
  if (connection != NULL)
    get_class (connection)->end (connection->database, connection, FALSE, NULL);
}

/**
 * lift_server_connection_savepoint:
 * @what: `s` to set the savepoint, `r` to release it, `b` to go back to it
 */
gboolean
lift_server_connection_savepoint (LiftServerConnection *connection, char what, GError **error)
{
  return get_class (connection)->savepoint (connection, what, error);
}

/**
 * lift_server_connection_run_schema:
 * @sql: statements that make tables and indexes
 */
gboolean
lift_server_connection_run_schema (LiftServerConnection *connection,
                                   const char *sql,
                                   GError **error)
{
  return get_class (connection)->run_schema (connection, sql, error);
}

/**
 * lift_server_connection_list_columns:
 *
 * Returns: (transfer full): the columns of @table, empty if there is no such table
 */
char **
lift_server_connection_list_columns (LiftServerConnection *connection,
                                     const char *table,
                                     GError **error)
{
  return get_class (connection)->list_columns (connection, table, error);
}

/**
 * lift_server_query_values:
 * @sql: one statement with a `?` for each of @values; it is prepared once and kept by its text
 *
 * Returns: (transfer full): the rows to come, or %NULL with @error
 */
LiftServerResult *
lift_server_query_values (LiftServerConnection *connection,
                          GError **error,
                          const char *sql,
                          const LiftServerValue *values,
                          guint n_values)
{
  return get_class (connection)->query (connection, sql, values, n_values, error);
}

static LiftServerResult *
query_valist (LiftServerConnection *connection,
              GError **error,
              const char *sql,
              const char *types,
              va_list args)
{
  LiftServerValue values[MAX_VALUES];
  guint n = 0;

  for (; types[n] != '\0'; n++)
    {
      g_assert (n < MAX_VALUES);
      values[n].type = types[n];
      if (types[n] == 's')
        values[n].text = va_arg (args, const char *);
      else if (types[n] == 'i')
        values[n].integer = va_arg (args, gint64);
      else
        values[n].number = va_arg (args, double);
    }
  return lift_server_query_values (connection, error, sql, values, n);
}

/**
 * lift_server_query:
 * @types: a letter for each `?`: `s` const char *, `i` gint64, `d` double
 *
 * Returns: (transfer full): the rows to come, or %NULL with @error
 */
LiftServerResult *
lift_server_query (
  LiftServerConnection *connection, GError **error, const char *sql, const char *types, ...)
{
  LiftServerResult *result;
  va_list args;

  va_start (args, types);
  result = query_valist (connection, error, sql, types, args);
  va_end (args);
  return result;
}

/**
 * lift_server_run:
 * @types: as for [func@server_query]
 *
 * Runs a statement whose rows, if any, are of no interest.
 */
gboolean
lift_server_run (
  LiftServerConnection *connection, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (LiftServerResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  va_list args;

  va_start (args, types);
  result = query_valist (connection, &local_error, sql, types, args);
  va_end (args);
  while (result != NULL && lift_server_result_next (result, &local_error))
    continue;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_server_result_next:
 *
 * Returns: whether there is another row; %FALSE also with @error
 */
gboolean
lift_server_result_next (LiftServerResult *result, GError **error)
{
  return result_class (result)->next (result, error);
}

/**
 * lift_server_result_is_null:
 */
gboolean
lift_server_result_is_null (LiftServerResult *result, guint column)
{
  return result_class (result)->is_null (result, column);
}

/**
 * lift_server_result_get_text:
 *
 * Returns: (nullable) (transfer none): the text, until the next step
 */
const char *
lift_server_result_get_text (LiftServerResult *result, guint column)
{
  return result_class (result)->get_text (result, column);
}

/**
 * lift_server_result_get_int:
 *
 * Returns: the whole number, %LIFT_INT_NULL for none
 */
gint64
lift_server_result_get_int (LiftServerResult *result, guint column)
{
  return result_class (result)->get_int (result, column);
}

/**
 * lift_server_result_get_double:
 *
 * Returns: the number, NaN for none
 */
double
lift_server_result_get_double (LiftServerResult *result, guint column)
{
  return result_class (result)->get_double (result, column);
}

/**
 * lift_server_result_free:
 * @result: (nullable) (transfer full): a result, read to its end or not
 */
void
lift_server_result_free (LiftServerResult *result)
{
  if (result != NULL)
    result_class (result)->done (result);
}

/**
 * lift_server_database_check:
 *
 * Reads everything and looks whether it fits together. Takes long.
 */
gboolean
lift_server_database_check (LiftServerDatabase *self, GError **error)
{
  return LIFT_SERVER_DATABASE_GET_CLASS (self)->check (self, error);
}

/**
 * lift_server_database_backup:
 * @path: a file that does not exist yet
 *
 * Writes a copy of everything as it is at one moment.
 */
gboolean
lift_server_database_backup (LiftServerDatabase *self, const char *path, GError **error)
{
  return LIFT_SERVER_DATABASE_GET_CLASS (self)->backup (self, path, error);
}

/**
 * lift_server_database_get_load:
 * @busy: (out): connections that are in use
 * @all: (out): connections that there are
 */
void
lift_server_database_get_load (LiftServerDatabase *self, guint *busy, guint *all)
{
  LIFT_SERVER_DATABASE_GET_CLASS (self)->get_load (self, busy, all);
}
