/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lift-entity.h"

G_BEGIN_DECLS

typedef struct _LiftServerConnection LiftServerConnection;
typedef struct _LiftServerResult LiftServerResult;

#define LIFT_TYPE_SERVER_DATABASE (lift_server_database_get_type ())
G_DECLARE_DERIVABLE_TYPE (LiftServerDatabase, lift_server_database, LIFT, SERVER_DATABASE, GObject)

/**
 * LiftServerAccess:
 * @LIFT_SERVER_READ: one unchanging view of the data
 * @LIFT_SERVER_WRITE: may write; whoever reads the position of a scope has all before it
 */
typedef enum
{
  LIFT_SERVER_READ,
  LIFT_SERVER_WRITE,
} LiftServerAccess;

/**
 * LiftServerValue:
 * @type: `s` for @text, `i` for @integer, `d` for @number
 *
 * A parameter of a statement. %NULL, %LIFT_INT_NULL and NaN are SQL's null.
 */
typedef struct
{
  char type;
  const char *text;
  gint64 integer;
  double number;
} LiftServerValue;

/**
 * LiftServerDatabaseClass:
 * @begin: takes a connection out of the pool, blocking until one is free, and begins a transaction
 * @end: commits or rolls back, and gives the connection back whatever happens
 * @query: runs one statement with `?` for each of its values; %NULL with an error
 * @next: steps to the next row; %FALSE at the end or with an error
 * @done: ends a query, read to the end or not
 * @savepoint: `'s'` sets, `'r'` releases, `'b'` goes back to the one savepoint of a transaction
 * @run_schema: runs several statements that make tables, written with the types `TEXT`,
 *   `INTEGER` (64 bits) and `REAL` (a double)
 * @list_columns: the columns of a table, none if there is no such table
 * @check: looks whether the database is whole
 * @backup: writes a copy that can be opened, while others go on writing
 * @get_load: connections in use, and all
 *
 * What differs from one database to the other. Errors are of %LIFT_SERVER_ERROR, BUSY where
 * another try may help and INTERNAL otherwise; their texts hold no SQL.
 */
struct _LiftServerDatabaseClass
{
  GObjectClass parent_class;

  LiftServerConnection *(*begin) (LiftServerDatabase *self,
                                  LiftServerAccess access,
                                  GError **error);
  gboolean (*end) (LiftServerDatabase *self,
                   LiftServerConnection *connection,
                   gboolean commit,
                   GError **error);
  LiftServerResult *(*query) (LiftServerConnection *connection,
                              const char *sql,
                              const LiftServerValue *values,
                              guint n_values,
                              GError **error);
  gboolean (*next) (LiftServerResult *result, GError **error);
  gboolean (*is_null) (LiftServerResult *result, guint column);
  const char *(*get_text) (LiftServerResult *result, guint column);
  gint64 (*get_int) (LiftServerResult *result, guint column);
  double (*get_double) (LiftServerResult *result, guint column);
  void (*done) (LiftServerResult *result);
  gboolean (*savepoint) (LiftServerConnection *connection, char what, GError **error);
  gboolean (*run_schema) (LiftServerConnection *connection, const char *sql, GError **error);
  char **(*list_columns) (LiftServerConnection *connection, const char *table, GError **error);
  gboolean (*check) (LiftServerDatabase *self, GError **error);
  gboolean (*backup) (LiftServerDatabase *self, const char *path, GError **error);
  void (*get_load) (LiftServerDatabase *self, guint *busy, guint *all);
};

/**
 * LiftServerConnection:
 *
 * A transaction that is under way; dialects embed this as their first member. Used by one thread.
 */
struct _LiftServerConnection
{
  LiftServerDatabase *database;
};

/**
 * LiftServerResult:
 *
 * The rows of a query, one at a time; dialects embed this as their first member. Columns count
 * from 0, and texts last until the next step.
 */
struct _LiftServerResult
{
  LiftServerConnection *connection;
};

LiftServerConnection *
lift_server_database_begin (LiftServerDatabase *self, LiftServerAccess access, GError **error);
gboolean lift_server_connection_commit (LiftServerConnection *connection, GError **error);
void lift_server_connection_rollback (LiftServerConnection *connection);
gboolean
lift_server_connection_savepoint (LiftServerConnection *connection, char what, GError **error);
gboolean lift_server_connection_run_schema (LiftServerConnection *connection,
                                            const char *sql,
                                            GError **error);
char **lift_server_connection_list_columns (LiftServerConnection *connection,
                                            const char *table,
                                            GError **error);

LiftServerResult *lift_server_query_values (LiftServerConnection *connection,
                                            GError **error,
                                            const char *sql,
                                            const LiftServerValue *values,
                                            guint n_values);
LiftServerResult *lift_server_query (
  LiftServerConnection *connection, GError **error, const char *sql, const char *types, ...);
gboolean lift_server_run (
  LiftServerConnection *connection, GError **error, const char *sql, const char *types, ...);
gboolean lift_server_result_next (LiftServerResult *result, GError **error);
gboolean lift_server_result_is_null (LiftServerResult *result, guint column);
const char *lift_server_result_get_text (LiftServerResult *result, guint column);
gint64 lift_server_result_get_int (LiftServerResult *result, guint column);
double lift_server_result_get_double (LiftServerResult *result, guint column);
void lift_server_result_free (LiftServerResult *result);

gboolean lift_server_database_check (LiftServerDatabase *self, GError **error);
gboolean lift_server_database_backup (LiftServerDatabase *self, const char *path, GError **error);
void lift_server_database_get_load (LiftServerDatabase *self, guint *busy, guint *all);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftServerConnection, lift_server_connection_rollback)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftServerResult, lift_server_result_free)

G_END_DECLS
