/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-database-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

G_DEFINE_QUARK (lift - database - error - quark, lift_database_error)

static LiftDatabaseError
translate (int code, int system_error)
{
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return LIFT_DATABASE_ERROR_DAMAGED;
    case SQLITE_FULL:
      return LIFT_DATABASE_ERROR_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: /* others were faster to the lock of the log, time and again */
      return LIFT_DATABASE_ERROR_BUSY;
    case SQLITE_NOMEM:
      return LIFT_DATABASE_ERROR_MEMORY;
    case SQLITE_IOERR:
      return system_error == ENOSPC || system_error == EDQUOT ? LIFT_DATABASE_ERROR_FULL
                                                              : LIFT_DATABASE_ERROR_ACCESS;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return LIFT_DATABASE_ERROR_ACCESS;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return LIFT_DATABASE_ERROR_CONSTRAINT;
    default:
      return LIFT_DATABASE_ERROR_FAILED;
    }
}

/* What people read. They never see SQL: that goes to the debug log. */
static const char *
get_format (LiftDatabaseError code)
{
  switch (code)
    {
    case LIFT_DATABASE_ERROR_DAMAGED:
      return _ ("The file %s is damaged or is not a LiftLogger database. Keep a copy of it, then "
                "restore a backup or sign in anew");
    case LIFT_DATABASE_ERROR_FULL:
      return _ ("There is no room left on the disk that holds %s. Free some space and try again");
    case LIFT_DATABASE_ERROR_BUSY:
      return _ ("Another program has been using %s for too long. Close it, or try again later");
    case LIFT_DATABASE_ERROR_ACCESS:
      return _ ("The file %s cannot be opened, read or written. Check that its folder exists, and "
                "that you may write there");
    case LIFT_DATABASE_ERROR_CONSTRAINT:
      return _ ("The file %s cannot take this: a row of that kind is there already, or a value is "
                "missing");
    case LIFT_DATABASE_ERROR_MEMORY:
      return _ ("There is not enough memory to work on %s. Close other programs and try again");
    case LIFT_DATABASE_ERROR_TOO_NEW:
      return _ ("The file %s was made by a newer version of LiftLogger. Update this program");
    case LIFT_DATABASE_ERROR_FAILED:
    default:
      return _ ("The file %s could not be worked on because of a fault in the program");
    }
}

/*
 * lift_database_set_error:
 * @code: an extended result code of SQLite
 * @system_error: errno, or 0 if there is none
 *
 * The one place where SQLite's codes become errors of ours.
 */
void
lift_database_set_error (const char *path, int code, int system_error, GError **error)
{
  LiftDatabaseError ours = translate (code, system_error);
  g_autoptr (GString) text = g_string_new (NULL);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (text, get_format (ours), path);
#pragma GCC diagnostic pop
  if (system_error != 0 && ours == LIFT_DATABASE_ERROR_ACCESS)
    g_string_append_printf (text, " (%s)", g_strerror (system_error));
  g_set_error_literal (error, LIFT_DATABASE_ERROR, ours, text->str);
}

/**
 * lift_database_set_file_error:
 * @path: a database, or a file beside one, that the system would not open
 * @system_error: errno
 *
 * The words are those for a database that SQLite cannot open.
 */
void
lift_database_set_file_error (const char *path, int system_error, GError **error)
{
  gboolean full = system_error == ENOSPC || system_error == EDQUOT;

  lift_database_set_error (path, full ? SQLITE_FULL : SQLITE_CANTOPEN, system_error, error);
}

/*
 * lift_database_find_obstacle:
 * @path: a database
 *
 * Returns: the errno that tells why the file, or its folder for the files beside it, cannot be
 *   written; 0 if they can
 */
int
lift_database_find_obstacle (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return faccessat (AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) != 0 ||
             faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0
           ? errno
           : 0;
}

/* What SQLite hands out may be of something that it tried in between, such as a look for a log. */
static int
get_system_error (LiftDatabase *self, int code)
{
  int system_error = sqlite3_system_errno (self->handle);
  int obstacle;

  if ((code & 0xff) == SQLITE_IOERR)
    return system_error;
  if ((code & 0xff) != SQLITE_CANTOPEN && (code & 0xff) != SQLITE_READONLY)
    return 0;
  obstacle = lift_database_find_obstacle (self->path);
  return obstacle != 0 || system_error == ENOENT ? obstacle : system_error;
}

/*
 * lift_database_fail:
 * @sql: (nullable): what was being run
 *
 * Sets @error from the state of the connection.
 *
 * Returns: %FALSE
 */
gboolean
lift_database_fail (LiftDatabase *self, int code, const char *sql, GError **error)
{
  int extended = sqlite3_extended_errcode (self->handle);
  int system_error = get_system_error (self, code);

  g_debug ("%s: %s (%d) in: %s", self->path, sqlite3_errmsg (self->handle), extended,
           sql != NULL ? sql : "-");
  lift_database_set_error (self->path, code, system_error, error);
  return FALSE;
}
