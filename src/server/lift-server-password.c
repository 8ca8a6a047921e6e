/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-server-password.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_LENGTH 1024

/**
 * lift_server_wipe_password:
 * @password: (transfer full) (nullable): overwritten, then freed
 */
void
lift_server_wipe_password (char *password)
{
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  g_free (password);
}

static char *
read_line (FILE *stream)
{
  char line[MAX_LENGTH + 2] = "";
  char *password = NULL;

  if (fgets (line, sizeof line, stream) != NULL)
    {
      line[strcspn (line, "\r\n")] = '\0';
      password = g_strdup (line);
    }
  explicit_bzero (line, sizeof line);
  return password;
}

static char *
ask (const char *question)
{
  struct termios before;
  struct termios silent;
  char *password;

  g_printerr ("%s ", question);
  tcgetattr (STDIN_FILENO, &before);
  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  password = read_line (stdin);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  g_printerr ("\n");
  return password;
}

static char *
ask_twice (GError **error)
{
  char *first = ask (_ ("New password:"));
  char *second = ask (_ ("The same again:"));
  gboolean same = g_strcmp0 (first, second) == 0;

  lift_server_wipe_password (second);
  if (same)
    return first;
  lift_server_wipe_password (first);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _ ("The two passwords differ. Nothing was changed"));
  return NULL;
}

static char *
read_file (const char *file, GError **error)
{
  FILE *stream = fopen (file, "re");
  char *password;

  if (stream == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("The password file “%s” cannot be read: %s"), file, g_strerror (errno));
      return NULL;
    }
  password = read_line (stream);
  fclose (stream);
  return password;
}

/**
 * lift_server_read_password:
 * @file: (nullable): a file whose first line it is
 *
 * Without @file it is asked for on the terminal, twice and unseen, or is the first line of standard
 * input if that is no terminal.
 *
 * Returns: (transfer full) (nullable): the password, for [func@server_wipe_password]
 */
char *
lift_server_read_password (const char *file, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *password;

  if (file != NULL)
    password = read_file (file, &local_error);
  else if (isatty (STDIN_FILENO))
    password = ask_twice (&local_error);
  else
    password = read_line (stdin);
  if (password == NULL && local_error == NULL)
    g_set_error (&local_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _ ("There is no password. Type it, or give it with --password-file"));
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return password;
}
