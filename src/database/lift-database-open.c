/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "lift-database-private.h"

#define BUSY_TIMEOUT_MS 5000
/* How often a switch to WAL is tried again: SQLite calls no busy handler for it. */
#define WAL_ATTEMPTS 100

/* What every connection starts with. 16 MB of cache lies where more no longer shows. */
static const char *const settings = "PRAGMA foreign_keys = OFF;"
                                    "PRAGMA cell_size_check = ON;"
                                    "PRAGMA trusted_schema = OFF;"
                                    "PRAGMA temp_store = MEMORY;"
                                    "PRAGMA cache_size = -16384;"
                                    "PRAGMA journal_size_limit = 67108864;"
                                    "PRAGMA synchronous = FULL;";

/* Makes the file so that only its owner can read it; the log and the index of WAL take over its
 * mode. A file that is there is never opened and closed here: closing it would drop the locks that
 * other connections of this process hold on it. */
static gboolean
make_file (const char *path, GError **error)
{
  int fd = g_open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    return g_close (fd, error);
  if (errno == EEXIST)
    return TRUE;
  lift_database_set_file_error (path, errno, error);
  return FALSE;
}

static gboolean
check_path (const char *path, LiftDatabaseMode mode, GError **error)
{
  if (g_str_equal (path, ":memory:"))
    return TRUE;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_ACCESS,
                   _ ("%s is a folder. Give the name of a file in it"), path);
      return FALSE;
    }
  if (mode != LIFT_DATABASE_WRITE && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_ACCESS,
                   _ ("There is no file %s"), path);
      return FALSE;
    }
  return mode != LIFT_DATABASE_WRITE || make_file (path, error);
}

/* Readers too may have to mend the index of the log after a crash, so they open for writing. A file
 * that lies still needs no index. */
static int
open_file (LiftDatabase *self, gboolean lies_still)
{
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  g_autofree char *escaped = g_uri_escape_string (self->path, "/", FALSE);
  g_autofree char *uri = g_strconcat ("file:", escaped, "?immutable=1", NULL);

  if (lies_still)
    return sqlite3_open_v2 (uri, &self->handle, flags | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                            NULL);
  return sqlite3_open_v2 (self->path, &self->handle, flags | SQLITE_OPEN_READWRITE, NULL);
}

static gboolean
open_handle (LiftDatabase *self, gboolean lies_still, GError **error)
{
  int code = open_file (self, lies_still);

  if (self->handle == NULL)
    {
      lift_database_set_error (self->path, code, 0, error);
      return FALSE;
    }
  if (code != SQLITE_OK)
    return lift_database_fail (self, code, NULL, error);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return lift_database_exec (self, settings, error);
}

static gboolean
use_wal (LiftDatabase *self, GError **error)
{
  g_autofree char *mode = NULL;
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < WAL_ATTEMPTS; i++)
    {
      g_clear_error (&local_error);
      g_free (mode);
      mode = lift_database_dup_text (self, &local_error, "PRAGMA journal_mode = WAL", "");
      if (!g_error_matches (local_error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_BUSY))
        break;
      g_usleep (20000);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_strcmp0 (mode, "wal") == 0 || g_strcmp0 (mode, "memory") == 0)
    return TRUE;
  lift_database_set_error (self->path, SQLITE_CANTOPEN, 0, error);
  return FALSE;
}

/* Ready from the start, so that a transaction can be taken back when there is no memory left. */
static gboolean
prepare_rollback (LiftDatabase *self, GError **error)
{
  LiftStatement *rollback = lift_database_prepare (self, "ROLLBACK", error);

  if (rollback == NULL)
    return FALSE;
  lift_statement_reset (rollback);
  return TRUE;
}

static gboolean
prepare_handle (LiftDatabase *self, LiftDatabaseMode mode, gboolean lies_still, GError **error)
{
  gint64 tables;

  if (!open_handle (self, lies_still, error) || !prepare_rollback (self, error))
    return FALSE;
  if (mode == LIFT_DATABASE_WRITE && sqlite3_db_readonly (self->handle, "main") == 1)
    {
      lift_database_set_error (self->path, SQLITE_READONLY,
                               lift_database_find_obstacle (self->path), error);
      return FALSE;
    }
  /* The first page is looked at here, so that a file of another kind is refused at once. */
  if (!lift_database_get_int (self, &tables, error, "SELECT count(*) FROM sqlite_schema", ""))
    return FALSE;
  if (mode != LIFT_DATABASE_WRITE)
    return lift_database_exec (self, "PRAGMA query_only = ON", error);
  return use_wal (self, error);
}

static LiftDatabase *
open_as (const char *path, LiftDatabaseMode mode, gboolean lies_still, GError **error)
{
  g_autoptr (LiftDatabase) self = g_new0 (LiftDatabase, 1);

  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (lift_statement_hash, g_str_equal, NULL,
                                            (GDestroyNotify) lift_statement_free);
  return prepare_handle (self, mode, lies_still, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
has_empty_log (const char *path)
{
  g_autofree char *name = g_strconcat (path, "-wal", NULL);
  GStatBuf info;

  return g_stat (name, &info) != 0 ? errno == ENOENT : info.st_size == 0;
}

/* Where nothing can be written beside it, as on a disk that is read-only or full. A log holds what
 * is not in the file yet, and must not be passed over. Whoever works on the file has an index beside
 * it, which would have let us in too. */
static gboolean
may_lie_still (const char *path, const GError *error)
{
  return (g_error_matches (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_ACCESS) ||
          g_error_matches (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FULL)) &&
         g_access (path, R_OK) == 0 && has_empty_log (path);
}

/**
 * lift_database_open:
 * @path: a file whose folder exists, or `:memory:` for a database without one
 * @mode: what for
 *
 * Opens a connection. An empty file is an empty database. The file is made for its owner alone.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with an error of
 *   %LIFT_DATABASE_ERROR that names the file
 */
LiftDatabase *
lift_database_open (const char *path, LiftDatabaseMode mode, GError **error)
{
  g_autoptr (LiftDatabase) self = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_path (path, mode, error))
    return NULL;
  self = open_as (path, mode, FALSE, &local_error);
  if (self == NULL && mode == LIFT_DATABASE_READ_ANYWHERE && may_lie_still (path, local_error))
    self = open_as (path, mode, TRUE, NULL);
  if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return g_steal_pointer (&self);
}

/**
 * lift_database_free:
 * @self: (transfer full) (nullable): a connection
 *
 * Rolls back what was not committed and closes the file.
 */
void
lift_database_free (LiftDatabase *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->statements);
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("%s: closed while in use: %s", self->path, sqlite3_errmsg (self->handle));
  g_free (self->path);
  g_free (self);
}
