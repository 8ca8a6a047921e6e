/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-http-error.h"
#include "lift-server-commands.h"
#include "lift-server-sqlite.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/**
 * lift_server_get_sqlite_path:
 *
 * Returns: (nullable): the file that a "sqlite:PATH" URL names, or %NULL if it is none
 */
const char *
lift_server_get_sqlite_path (const char *url)
{
  if (!g_str_has_prefix (url, "sqlite:") || url[strlen ("sqlite:")] == '\0')
    return NULL;
  return url + strlen ("sqlite:");
}

static gboolean
refuse_access (const char *path, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               _ ("This user cannot read and write “%s”. Run as the user who owns it, or name "
                  "another with --database"),
               path);
  return FALSE;
}

/* Everybody who uses the database holds a lock on a file beside it until the process ends, so that
 * it is never replaced under a server that runs. */
gboolean
lift_server_lock_database (const char *path, gboolean alone, GError **error)
{
  g_autofree char *name = g_strconcat (path, ".lock", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  g_mkdir_with_parents (folder, 0700);
  fd = open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || (g_file_test (path, G_FILE_TEST_EXISTS) && g_access (path, R_OK | W_OK) != 0))
    {
      if (fd >= 0)
        close (fd);
      return refuse_access (path, error);
    }
  if (flock (fd, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0)
    return TRUE;
  close (fd);
  g_set_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_BUSY,
               alone ? _ ("A server uses “%s” now. Stop it first")
                     : _ ("“%s” is being restored now. Try again in a moment"),
               path);
  return FALSE;
}

static LiftServerDatabase *
open_database (const char *url, GError **error)
{
  const char *path = lift_server_get_sqlite_path (url);

  if (path == NULL)
    {
      g_set_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID,
                   _ ("The database “%s” is of no known kind. Write it as sqlite:PATH"), url);
      return NULL;
    }
  if (!lift_server_lock_database (path, FALSE, error))
    return NULL;
  return lift_server_sqlite_open (path, LIFT_SERVER_READERS, error);
}

/**
 * lift_server_open:
 *
 * Opens the database that the options name, and brings it to the form of this version.
 *
 * Returns: (transfer full) (nullable): the core, or %NULL with an error for the user
 */
LiftServer *
lift_server_open (const LiftServerOptions *options, GError **error)
{
  g_autoptr (LiftServerDatabase) database = open_database (options->database, error);

  return database != NULL ? lift_server_new (database, lift_clock_get_system (), error) : NULL;
}

static LiftServerExit
get_exit (const GError *error)
{
  if (error->domain == LIFT_HTTP_ERROR)
    return error->code == LIFT_HTTP_ERROR_ADDRESS || error->code == LIFT_HTTP_ERROR_TLS
             ? LIFT_SERVER_EXIT_INVALID
             : LIFT_SERVER_EXIT_UNREACHABLE;
  if (g_error_matches (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_BUSY) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return LIFT_SERVER_EXIT_UNREACHABLE;
  if (g_error_matches (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INTERNAL))
    return LIFT_SERVER_EXIT_DAMAGED;
  return LIFT_SERVER_EXIT_INVALID;
}

/* Tells the user, and what to tell the shell. */
LiftServerExit
lift_server_report (const GError *error)
{
  g_printerr ("liftlogger-server: %s\n", error->message);
  return get_exit (error);
}
