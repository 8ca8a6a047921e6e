/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-database.h"

#include "lift-database-private.h"

static void
reset_chain (gpointer key, gpointer value, gpointer user_data)
{
  for (LiftStatement *statement = value; statement != NULL; statement = statement->twin)
    if (statement->busy)
      lift_statement_reset (statement);
}

/* A loop that was left early must not keep a snapshot alive beyond its transaction. */
static void
reset_statements (LiftDatabase *self)
{
  g_hash_table_foreach (self->statements, reset_chain, NULL);
}

static LiftStatement *
find_idle (LiftDatabase *self, const char *sql)
{
  LiftStatement *statement = g_hash_table_lookup (self->statements, sql);

  while (statement != NULL && statement->busy)
    statement = statement->twin;
  return statement;
}

static void
keep (LiftDatabase *self, LiftStatement *statement)
{
  LiftStatement *first = g_hash_table_lookup (self->statements, statement->sql);

  if (first == NULL)
    {
      g_hash_table_insert (self->statements, statement->sql, statement);
      return;
    }
  statement->twin = first->twin;
  first->twin = statement;
}

/**
 * lift_database_prepare:
 * @sql: one statement; equal texts are prepared once
 *
 * Returns: (transfer none) (nullable): the statement, its parameters as they were last bound;
 *   it is free for others once [method@Statement.next] said %FALSE or after
 *   [method@Statement.reset], and at the end of a transaction
 */
LiftStatement *
lift_database_prepare (LiftDatabase *self, const char *sql, GError **error)
{
  LiftStatement *statement = find_idle (self, sql);
  sqlite3_stmt *handle = NULL;

  if (statement == NULL)
    {
      int code = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle,
                                     NULL);

      if (code != SQLITE_OK)
        {
          lift_database_fail (self, code, sql, error);
          return NULL;
        }
      statement = g_new0 (LiftStatement, 1);
      statement->database = self;
      statement->handle = handle;
      statement->sql = g_strdup (sql);
      keep (self, statement);
    }
  statement->busy = TRUE;
  return statement;
}

static LiftStatement *
query_valist (LiftDatabase *self, GError **error, const char *sql, const char *types, va_list args)
{
  LiftStatement *statement = lift_database_prepare (self, sql, error);

  if (statement != NULL)
    lift_statement_bind_valist (statement, types, args);
  return statement;
}

/**
 * lift_database_query:
 * @types: a letter a parameter: `s` text or %NULL, `i` gint64, `d` double (NaN is null)
 *
 * Returns: (transfer none) (nullable): a statement that is ready for [method@Statement.next]
 */
LiftStatement *
lift_database_query (LiftDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  LiftStatement *statement;
  va_list args;

  va_start (args, types);
  statement = query_valist (self, error, sql, types, args);
  va_end (args);
  return statement;
}

/* Runs a statement to its first row. Returns FALSE on an error; @row says whether there is one. */
static gboolean
step_once (LiftStatement *statement, gboolean *row, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  *row = lift_statement_next (statement, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_database_run:
 * @types: as for [method@Database.query]
 *
 * Runs one statement to its end and passes over any rows.
 *
 * Returns: whether it went well
 */
gboolean
lift_database_run (LiftDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  LiftStatement *statement;
  gboolean row = FALSE;
  va_list args;

  va_start (args, types);
  statement = query_valist (self, error, sql, types, args);
  va_end (args);
  do
    if (!step_once (statement, &row, error))
      return FALSE;
  while (row);
  return TRUE;
}

/**
 * lift_database_get_int:
 * @value: (out): the first column of the first row, %LIFT_INT_NULL for null or no row
 * @types: as for [method@Database.query]
 *
 * Returns: %FALSE on an error only
 */
gboolean
lift_database_get_int (
  LiftDatabase *self, gint64 *value, GError **error, const char *sql, const char *types, ...)
{
  LiftStatement *statement;
  gboolean row = FALSE;
  va_list args;

  va_start (args, types);
  statement = query_valist (self, error, sql, types, args);
  va_end (args);
  *value = LIFT_INT_NULL;
  if (!step_once (statement, &row, error))
    return FALSE;
  if (row && !lift_statement_is_null (statement, 0))
    *value = lift_statement_get_int (statement, 0);
  lift_statement_reset (statement);
  return TRUE;
}

/**
 * lift_database_dup_text:
 * @types: as for [method@Database.query]
 *
 * Returns: (transfer full) (nullable): the first column of the first row; %NULL for null, for no
 *   row, and with @error set on an error
 */
char *
lift_database_dup_text (LiftDatabase *self, GError **error, const char *sql, const char *types, ...)
{
  LiftStatement *statement;
  gboolean row = FALSE;
  char *text;
  va_list args;

  va_start (args, types);
  statement = query_valist (self, error, sql, types, args);
  va_end (args);
  if (!step_once (statement, &row, error))
    return NULL;
  text = row ? g_strdup (lift_statement_get_text (statement, 0)) : NULL;
  lift_statement_reset (statement);
  return text;
}

/**
 * lift_database_exec:
 * @sql: any number of statements without parameters
 *
 * Runs statements that are not kept.
 *
 * Returns: whether all went well
 */
gboolean
lift_database_exec (LiftDatabase *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || lift_database_fail (self, code, sql, error);
}

/**
 * lift_database_begin:
 *
 * Begins a transaction that may write; waits for another writer up to the busy time-out.
 */
gboolean
lift_database_begin (LiftDatabase *self, GError **error)
{
  return lift_database_run (self, error, "BEGIN IMMEDIATE", "");
}

/**
 * lift_database_begin_read:
 *
 * Begins a transaction in which all queries see one and the same moment.
 */
gboolean
lift_database_begin_read (LiftDatabase *self, GError **error)
{
  return lift_database_run (self, error, "BEGIN", "");
}

/**
 * lift_database_commit:
 *
 * Makes a transaction durable. After an error it is still open: call
 * [method@Database.rollback].
 */
gboolean
lift_database_commit (LiftDatabase *self, GError **error)
{
  reset_statements (self);
  return lift_database_run (self, error, "COMMIT", "");
}

/**
 * lift_database_rollback:
 *
 * Takes a transaction back; does nothing outside of one.
 */
void
lift_database_rollback (LiftDatabase *self)
{
  g_autoptr (GError) error = NULL;

  reset_statements (self);
  if (lift_database_in_transaction (self) && !lift_database_run (self, &error, "ROLLBACK", ""))
    g_debug ("Rolling back: %s", error->message);
}

/**
 * lift_database_in_transaction:
 *
 * Returns: whether a transaction is open
 */
gboolean
lift_database_in_transaction (LiftDatabase *self)
{
  return sqlite3_get_autocommit (self->handle) == 0;
}

/**
 * lift_database_get_changes:
 *
 * Returns: how many rows the last statement inserted, changed or deleted
 */
gint64
lift_database_get_changes (LiftDatabase *self)
{
  return sqlite3_changes64 (self->handle);
}

/**
 * lift_database_check:
 *
 * Reads the whole file and looks whether its pages and indexes fit together.
 *
 * Returns: %TRUE if so; else %FALSE with %LIFT_DATABASE_ERROR_DAMAGED
 */
gboolean
lift_database_check (LiftDatabase *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *answer = lift_database_dup_text (self, &local_error, "PRAGMA integrity_check(1)",
                                                    "");

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;
  g_debug ("%s: %s", self->path, answer);
  lift_database_set_error (self->path, SQLITE_CORRUPT, 0, error);
  return FALSE;
}
