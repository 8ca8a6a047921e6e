/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_DATABASE_ERROR (lift_database_error_quark ())

/**
 * LiftDatabaseError:
 * @LIFT_DATABASE_ERROR_DAMAGED: the file is not a database, or its pages do not fit together
 * @LIFT_DATABASE_ERROR_TOO_NEW: made by a newer version of the program
 * @LIFT_DATABASE_ERROR_FULL: no room on the disk
 * @LIFT_DATABASE_ERROR_BUSY: another process holds it for too long
 * @LIFT_DATABASE_ERROR_ACCESS: cannot be opened, read or written
 * @LIFT_DATABASE_ERROR_CONSTRAINT: a rule of the schema does not hold
 * @LIFT_DATABASE_ERROR_FAILED: anything else
 * @LIFT_DATABASE_ERROR_MEMORY: not enough memory
 */
typedef enum
{
  LIFT_DATABASE_ERROR_DAMAGED,
  LIFT_DATABASE_ERROR_TOO_NEW,
  LIFT_DATABASE_ERROR_FULL,
  LIFT_DATABASE_ERROR_BUSY,
  LIFT_DATABASE_ERROR_ACCESS,
  LIFT_DATABASE_ERROR_CONSTRAINT,
  LIFT_DATABASE_ERROR_FAILED,
  LIFT_DATABASE_ERROR_MEMORY,
} LiftDatabaseError;

/**
 * LiftDatabaseMode:
 * @LIFT_DATABASE_READ: for queries only; the file must exist
 * @LIFT_DATABASE_READ_ANYWHERE: the same, also where nothing can be written beside the file; what
 *   others write meanwhile may not be seen
 * @LIFT_DATABASE_WRITE: for everything; the file is made if need be, with mode 0600
 */
typedef enum
{
  LIFT_DATABASE_READ,
  LIFT_DATABASE_READ_ANYWHERE,
  LIFT_DATABASE_WRITE,
} LiftDatabaseMode;

/**
 * LiftMigration:
 * @version: what `PRAGMA user_version` is afterwards; 1, 2, 3 …
 * @sql: plain SQL, immutable once released
 */
typedef struct
{
  int version;
  const char *sql;
} LiftMigration;

/**
 * LiftDatabase:
 *
 * One SQLite connection (WAL, synchronous=FULL, busy time-out) with its prepared statements,
 * which are kept by their text. Used by one thread at a time.
 */
typedef struct _LiftDatabase LiftDatabase;

/**
 * LiftStatement:
 *
 * A prepared statement that belongs to its connection. Parameters and columns count from 0.
 */
typedef struct _LiftStatement LiftStatement;

GQuark lift_database_error_quark (void);

LiftDatabase *lift_database_open (const char *path, LiftDatabaseMode mode, GError **error);
void lift_database_free (LiftDatabase *self);
gboolean lift_database_migrate (LiftDatabase *self,
                                const LiftMigration *migrations,
                                guint n_migrations,
                                GError **error);
void lift_database_set_file_error (const char *path, int system_error, GError **error);
gboolean lift_database_check (LiftDatabase *self, GError **error);

gboolean lift_database_begin (LiftDatabase *self, GError **error);
gboolean lift_database_begin_read (LiftDatabase *self, GError **error);
gboolean lift_database_commit (LiftDatabase *self, GError **error);
void lift_database_rollback (LiftDatabase *self);
gboolean lift_database_in_transaction (LiftDatabase *self);

gboolean lift_database_exec (LiftDatabase *self, const char *sql, GError **error);
gboolean
lift_database_run (LiftDatabase *self, GError **error, const char *sql, const char *types, ...);
gboolean lift_database_get_int (
  LiftDatabase *self, gint64 *value, GError **error, const char *sql, const char *types, ...);
char *lift_database_dup_text (
  LiftDatabase *self, GError **error, const char *sql, const char *types, ...);
gint64 lift_database_get_changes (LiftDatabase *self);

LiftStatement *lift_database_prepare (LiftDatabase *self, const char *sql, GError **error);
LiftStatement *
lift_database_query (LiftDatabase *self, GError **error, const char *sql, const char *types, ...);
void lift_statement_bind_text (LiftStatement *self, int index, const char *text);
void lift_statement_bind_int (LiftStatement *self, int index, gint64 value);
void lift_statement_bind_double (LiftStatement *self, int index, double value);
void lift_statement_bind_field (LiftStatement *self,
                                int index,
                                const LiftField *field,
                                gconstpointer instance);
gboolean lift_statement_next (LiftStatement *self, GError **error);
gboolean lift_statement_walk (LiftStatement *self, GError **error);
gboolean lift_statement_is_null (LiftStatement *self, int column);
const char *lift_statement_get_text (LiftStatement *self, int column);
gint64 lift_statement_get_int (LiftStatement *self, int column);
double lift_statement_get_double (LiftStatement *self, int column);
void lift_statement_load_field (LiftStatement *self,
                                int column,
                                const LiftField *field,
                                gpointer instance);
void lift_statement_reset (LiftStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftDatabase, lift_database_free)

G_END_DECLS
