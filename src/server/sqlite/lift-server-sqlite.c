/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-server-sqlite-private.h"

#include "lift-database.h"
#include "lift-server-error.h"

typedef struct
{
  LiftServerConnection parent;
  LiftDatabase *database;
  gboolean writes;
} Connection;

typedef struct
{
  LiftServerResult parent;
  LiftStatement *statement;
  gboolean over;
} Result;

struct _LiftServerSqlite
{
  LiftServerDatabase parent_instance;

  char *path;
  Connection writer;
  GMutex writing; /* held by whoever has the writer, from begin to end */
  Connection *readers;
  guint n_readers;
  GAsyncQueue *idle; /* of readers */
  int busy;
};

G_DEFINE_FINAL_TYPE (LiftServerSqlite, lift_server_sqlite, LIFT_TYPE_SERVER_DATABASE)

/*
 * lift_server_sqlite_translate:
 * @from: (transfer full): of the file
 *
 * The one place where errors of the file become errors of the server. Their texts name the file,
 * which is for whoever looks after it.
 *
 * Returns: %FALSE
 */
gboolean
lift_server_sqlite_translate (GError *from, GError **error)
{
  GError *ours;
  gboolean again = from->domain == LIFT_DATABASE_ERROR &&
                   (from->code == LIFT_DATABASE_ERROR_BUSY ||
                    from->code == LIFT_DATABASE_ERROR_FULL ||
                    from->code == LIFT_DATABASE_ERROR_MEMORY);

  ours = g_error_new_literal (
    LIFT_SERVER_ERROR, again ? LIFT_SERVER_ERROR_BUSY : LIFT_SERVER_ERROR_INTERNAL, from->message);
  lift_server_error_set_internal (ours);
  g_propagate_error (error, ours);
  g_error_free (from);
  return FALSE;
}

static void
give_back (LiftServerSqlite *self, Connection *connection)
{
  g_atomic_int_add (&self->busy, -1);
  if (connection->writes)
    g_mutex_unlock (&self->writing);
  else
    g_async_queue_push (self->idle, connection);
}

static LiftServerConnection *
begin (LiftServerDatabase *database, LiftServerAccess access, GError **error)
{
  LiftServerSqlite *self = LIFT_SERVER_SQLITE (database);
  GError *local_error = NULL;
  Connection *connection;
  gboolean begun;

  if (access == LIFT_SERVER_WRITE)
    {
      g_mutex_lock (&self->writing);
      connection = &self->writer;
      begun = lift_database_begin (connection->database, &local_error);
    }
  else
    {
      connection = g_async_queue_pop (self->idle);
      begun = lift_database_begin_read (connection->database, &local_error);
    }
  g_atomic_int_inc (&self->busy);
  if (begun)
    return &connection->parent;
  give_back (self, connection);
  lift_server_sqlite_translate (local_error, error);
  return NULL;
}

static gboolean
end (LiftServerDatabase *database, LiftServerConnection *parent, gboolean commit, GError **error)
{
  Connection *connection = (Connection *) parent;
  GError *local_error = NULL;

  if (!commit || !lift_database_commit (connection->database, &local_error))
    lift_database_rollback (connection->database);
  give_back (LIFT_SERVER_SQLITE (database), connection);
  return local_error == NULL || lift_server_sqlite_translate (local_error, error);
}

static void
bind (LiftStatement *statement, guint i, const LiftServerValue *value)
{
  if (value->type == 's')
    lift_statement_bind_text (statement, i, value->text);
  else if (value->type == 'i')
    lift_statement_bind_int (statement, i, value->integer);
  else
    lift_statement_bind_double (statement, i, value->number);
}

static LiftServerResult *
query (LiftServerConnection *connection,
       const char *sql,
       const LiftServerValue *values,
       guint n_values,
       GError **error)
{
  GError *local_error = NULL;
  LiftStatement *statement;
  Result *result;

  statement = lift_database_prepare (((Connection *) connection)->database, sql, &local_error);
  if (statement == NULL)
    {
      lift_server_sqlite_translate (local_error, error);
      return NULL;
    }
  for (guint i = 0; i < n_values; i++)
    bind (statement, i, &values[i]);
  result = g_new0 (Result, 1);
  result->parent.connection = connection;
  result->statement = statement;
  return &result->parent;
}

static gboolean
next (LiftServerResult *parent, GError **error)
{
  Result *result = (Result *) parent;
  GError *local_error = NULL;

  if (result->over)
    return FALSE;
  if (lift_statement_next (result->statement, &local_error))
    return TRUE;
  result->over = TRUE;
  return local_error != NULL && lift_server_sqlite_translate (local_error, error);
}

static gboolean
is_null (LiftServerResult *result, guint column)
{
  return lift_statement_is_null (((Result *) result)->statement, column);
}

static const char *
get_text (LiftServerResult *result, guint column)
{
  return lift_statement_get_text (((Result *) result)->statement, column);
}

static gint64
get_int (LiftServerResult *result, guint column)
{
  return lift_statement_get_int (((Result *) result)->statement, column);
}

static double
get_double (LiftServerResult *result, guint column)
{
  return lift_statement_get_double (((Result *) result)->statement, column);
}

static void
done (LiftServerResult *parent)
{
  Result *result = (Result *) parent;

  /* A statement that came to its end may have been handed out again since. */
  if (!result->over)
    lift_statement_reset (result->statement);
  g_free (result);
}

static gboolean
savepoint (LiftServerConnection *connection, char what, GError **error)
{
  const char *sql = what == 's' ? "SAVEPOINT one" : what == 'r' ? "RELEASE one" : "ROLLBACK TO one";

  return lift_server_run (connection, error, sql, "");
}

static gboolean
run_schema (LiftServerConnection *connection, const char *sql, GError **error)
{
  GError *local_error = NULL;

  return lift_database_exec (((Connection *) connection)->database, sql, &local_error) ||
         lift_server_sqlite_translate (local_error, error);
}

static char **
list_columns (LiftServerConnection *connection, const char *table, GError **error)
{
  g_autoptr (LiftServerResult) result = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;

  result = lift_server_query (connection, &local_error, "SELECT name FROM pragma_table_info (?)",
                              "s", table);
  while (result != NULL && lift_server_result_next (result, &local_error))
    g_ptr_array_add (names, g_strdup (lift_server_result_get_text (result, 0)));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

static gboolean
check (LiftServerDatabase *database, GError **error)
{
  LiftServerSqlite *self = LIFT_SERVER_SQLITE (database);
  Connection *connection = g_async_queue_pop (self->idle);
  GError *local_error = NULL;
  gboolean whole = lift_database_check (connection->database, &local_error);

  g_async_queue_push (self->idle, connection);
  return whole || lift_server_sqlite_translate (local_error, error);
}

static gboolean
backup (LiftServerDatabase *database, const char *path, GError **error)
{
  return lift_server_sqlite_backup (LIFT_SERVER_SQLITE (database)->path, path, error);
}

static void
get_load (LiftServerDatabase *database, guint *busy, guint *all)
{
  LiftServerSqlite *self = LIFT_SERVER_SQLITE (database);

  *busy = g_atomic_int_get (&self->busy);
  *all = self->n_readers + 1;
}

static void
lift_server_sqlite_finalize (GObject *object)
{
  LiftServerSqlite *self = LIFT_SERVER_SQLITE (object);

  for (guint i = 0; i < self->n_readers; i++)
    lift_database_free (self->readers[i].database);
  lift_database_free (self->writer.database);
  g_free (self->readers);
  g_async_queue_unref (self->idle);
  g_mutex_clear (&self->writing);
  g_free (self->path);
  G_OBJECT_CLASS (lift_server_sqlite_parent_class)->finalize (object);
}

static void
lift_server_sqlite_class_init (LiftServerSqliteClass *klass)
{
  LiftServerDatabaseClass *database_class = LIFT_SERVER_DATABASE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lift_server_sqlite_finalize;
  database_class->begin = begin;
  database_class->end = end;
  database_class->query = query;
  database_class->next = next;
  database_class->is_null = is_null;
  database_class->get_text = get_text;
  database_class->get_int = get_int;
  database_class->get_double = get_double;
  database_class->done = done;
  database_class->savepoint = savepoint;
  database_class->run_schema = run_schema;
  database_class->list_columns = list_columns;
  database_class->check = check;
  database_class->backup = backup;
  database_class->get_load = get_load;
}

static void
lift_server_sqlite_init (LiftServerSqlite *self)
{
  g_mutex_init (&self->writing);
  self->idle = g_async_queue_new ();
}

static gboolean
open_one (LiftServerSqlite *self, Connection *connection, LiftDatabaseMode mode, GError **error)
{
  GError *local_error = NULL;

  connection->parent.database = LIFT_SERVER_DATABASE (self);
  connection->writes = mode == LIFT_DATABASE_WRITE;
  connection->database = lift_database_open (self->path, mode, &local_error);
  return connection->database != NULL || lift_server_sqlite_translate (local_error, error);
}

/**
 * lift_server_sqlite_open:
 * @path: the file; it is made if it is not there
 * @n_readers: how many requests may read at once, 1 or more
 *
 * One connection writes, taken by one thread after the other; the others read snapshots.
 *
 * Returns: (transfer full): the database, or %NULL with @error
 */
LiftServerDatabase *
lift_server_sqlite_open (const char *path, guint n_readers, GError **error)
{
  g_autoptr (LiftServerSqlite) self = g_object_new (LIFT_TYPE_SERVER_SQLITE, NULL);

  g_return_val_if_fail (n_readers > 0, NULL);

  self->path = g_strdup (path);
  if (!open_one (self, &self->writer, LIFT_DATABASE_WRITE, error))
    return NULL;
  self->readers = g_new0 (Connection, n_readers);
  self->n_readers = n_readers;
  for (guint i = 0; i < n_readers; i++)
    {
      if (!open_one (self, &self->readers[i], LIFT_DATABASE_READ, error))
        return NULL;
      g_async_queue_push (self->idle, &self->readers[i]);
    }
  return LIFT_SERVER_DATABASE (g_steal_pointer (&self));
}
