/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "lift-database.h"
#include "lift-server-error.h"
#include "lift-server-sqlite-private.h"

/* Copies of the file of a server, out of its place and into it. */

/* A copy has no epoch: whichever way it is put in the place of the data, also by hand, the server
 * that is opened on it begins a new one. */
static gboolean
forget_epoch (const char *path, GError **error)
{
  g_autoptr (LiftDatabase) copy = NULL;
  GError *local_error = NULL;

  copy = lift_database_open (path, LIFT_DATABASE_WRITE, &local_error);
  return (copy != NULL &&
          lift_database_run (copy, &local_error, "UPDATE server SET epoch = NULL", "")) ||
         lift_server_sqlite_translate (local_error, error);
}

/* VACUUM INTO reads one snapshot and leaves writers alone. A connection of its own, since the
 * pool's are set to queries only. */
static gboolean
copy_rows (const char *from, const char *to, GError **error)
{
  g_autoptr (LiftDatabase) copier = NULL;
  GError *local_error = NULL;

  copier = lift_database_open (from, LIFT_DATABASE_WRITE, &local_error);
  if (copier == NULL || !lift_database_run (copier, &local_error, "VACUUM INTO ?", "s", to))
    return lift_server_sqlite_translate (local_error, error);
  return forget_epoch (to, error);
}

static void
remove_beside (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  g_unlink (name);
}

static gboolean
set_file_error (const char *path, int code, GError **error)
{
  g_set_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INTERNAL,
               _ ("The copy %s cannot be written: %s. Check the space and the rights there"), path,
               g_strerror (code));
  return FALSE;
}

/* Makes the file empty, for its owner alone, and keeps others from writing the same one. */
static int
open_partial (const char *partial, GError **error)
{
  int fd = g_open (partial, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      set_file_error (partial, errno, error);
      return -1;
    }
  /* Without locks, as on some network disks, two backups of one name are not told apart. */
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    return fd;
  close (fd);
  g_set_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID,
               _ ("Another program is writing %s. Wait for it to end"), partial);
  return -1;
}

/* What is in the file is on the disk before it has its name, and then the name too. */
static gboolean
give_name (int fd, const char *partial, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int folder_fd;

  if (fsync (fd) != 0 || g_rename (partial, path) != 0)
    return set_file_error (path, errno, error);
  folder_fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (folder_fd >= 0)
    {
      if (fsync (folder_fd) != 0)
        g_debug ("%s: %s", folder, g_strerror (errno));
      close (folder_fd);
    }
  return TRUE;
}

/* What an earlier backup left, when it was killed, is begun anew. */
static gboolean
write_partial (int fd, const char *from, const char *partial, const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID,
                   _ ("%s exists already. Name a new file for the backup"), path);
      return FALSE;
    }
  remove_beside (partial, "-wal");
  remove_beside (partial, "-shm");
  remove_beside (partial, "-journal");
  if (ftruncate (fd, 0) != 0)
    return set_file_error (partial, errno, error);
  return copy_rows (from, partial, error) && give_name (fd, partial, path, error);
}

/*
 * lift_server_sqlite_backup:
 * @from: the database of a server, which may run
 * @path: where the copy goes; nothing may be there
 *
 * Under @path there is a whole copy or nothing, also when the process is killed: it is written as
 * `PATH.partial`.
 */
gboolean
lift_server_sqlite_backup (const char *from, const char *path, GError **error)
{
  g_autofree char *partial = g_strconcat (path, ".partial", NULL);
  int fd = open_partial (partial, error);
  gboolean done;

  if (fd < 0)
    return FALSE;
  done = write_partial (fd, from, partial, path, error);
  if (!done)
    g_unlink (partial);
  close (fd);
  return done;
}

/* The log goes with its file: a fresh file must not meet the log of an old one. Where a restore was
 * cut off, the file is aside already, and its log perhaps not. */
static gboolean
put_aside (const char *path, const char *kept)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  gboolean there = g_file_test (path, G_FILE_TEST_EXISTS);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (kept, suffixes[i], NULL);

      if (there)
        g_unlink (to);
      if (g_rename (from, to) != 0 && errno != ENOENT)
        return FALSE;
    }
  return TRUE;
}

/* Any SQLite file is a whole database, an empty one too: it must be one of a server. */
static gboolean
check_backup (const char *backup_path, GError **error)
{
  g_autoptr (LiftDatabase) backup = NULL;
  GError *local_error = NULL;
  gint64 tables = 0;

  backup = lift_database_open (backup_path, LIFT_DATABASE_READ, &local_error);
  if (backup == NULL || !lift_database_check (backup, &local_error) ||
      !lift_database_get_int (backup, &tables, &local_error,
                              "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                              " AND name IN ('server', 'scope', 'change', 'account')",
                              ""))
    return lift_server_sqlite_translate (local_error, error);
  if (tables == 4)
    return TRUE;
  g_set_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID,
               _ ("“%s” is no backup of a LiftLogger server. Nothing was changed"), backup_path);
  return FALSE;
}

/**
 * lift_server_sqlite_restore:
 * @path: the database of a server that does not run
 * @backup: a file from [method@Server.backup]
 *
 * Puts a backup in the place of the database, which is kept beside it as `PATH.before-restore`.
 * The server begins a new epoch when it is opened on it, so that clients pull anew.
 */
gboolean
lift_server_sqlite_restore (const char *path, const char *backup_path, GError **error)
{
  g_autofree char *kept = g_strconcat (path, ".before-restore", NULL);
  g_autofree char *fresh = g_strconcat (path, ".restoring", NULL);

  g_unlink (fresh);
  if (!check_backup (backup_path, error) || !lift_server_sqlite_backup (backup_path, fresh, error))
    return FALSE;
  if (!put_aside (path, kept) || g_rename (fresh, path) != 0)
    {
      g_set_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INTERNAL,
                   _ ("The backup could not be put in the place of %s"), path);
      return FALSE;
    }
  return TRUE;
}
