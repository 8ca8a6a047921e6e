/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-durable-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lift-account-error.h"

static gboolean
set_file_error (GError **error, const char *format, const char *path, int code)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *text = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (format, shown);
#pragma GCC diagnostic pop
  g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_FILE, "%s: %s", text,
               g_strerror (code));
  return FALSE;
}

/*
 * lift_durable_folder_make:
 *
 * Makes a folder and its parents, and takes away the rights of everybody but the owner.
 */
gboolean
lift_durable_folder_make (const char *path, GError **error)
{
  struct stat info;

  if (g_mkdir_with_parents (path, 0700) != 0)
    return set_file_error (error, _ ("The folder “%s” cannot be made"), path, errno);
  if (g_stat (path, &info) != 0)
    return set_file_error (error, _ ("The folder “%s” cannot be read"), path, errno);
  if ((info.st_mode & 0077) != 0 && g_chmod (path, 0700) != 0)
    return set_file_error (error, _ ("The folder “%s” is open to others and cannot be closed"),
                           path, errno);
  return TRUE;
}

/* A rename survives a power cut only once the folder is written too. */
static void
sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_debug ("%s: %s", folder, g_strerror (errno));
  close (fd);
}

/*
 * lift_durable_file_write:
 *
 * Replaces a file, for its owner only. A crash leaves the old or the new text, and once this
 * returns the new one survives a power cut.
 */
gboolean
lift_durable_file_write (const char *path, const char *text, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!g_file_set_contents_full (path, text, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 &local_error))
    {
      g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_FILE,
                   _ ("A file cannot be written; check the space and the rights: %s"),
                   local_error->message);
      return FALSE;
    }
  sync_folder_of (path);
  return TRUE;
}

/*
 * lift_durable_file_read:
 * @text: (out) (nullable): the text; %NULL, without an error, where there is no such file
 *
 * Reads a file and takes away the rights of everybody but the owner, should somebody have given
 * them.
 */
gboolean
lift_durable_file_read (const char *path, char **text, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  struct stat info;

  *text = NULL;
  if (g_stat (path, &info) == 0 && (info.st_mode & 0077) != 0)
    g_chmod (path, 0600);
  if (g_file_get_contents (path, text, NULL, &local_error) ||
      g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_FILE,
               _ ("A file of the account cannot be read; check its rights: %s"),
               local_error->message);
  return FALSE;
}

/*
 * lift_durable_file_remove:
 *
 * Removes a file; one that is not there is no error.
 */
gboolean
lift_durable_file_remove (const char *path, GError **error)
{
  if (g_unlink (path) != 0 && errno != ENOENT)
    return set_file_error (error, _ ("The file “%s” cannot be removed"), path, errno);
  sync_folder_of (path);
  return TRUE;
}
