/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "comma-locale.h"

#include <glib/gstdio.h>
#include <locale.h>

#define NAME "de_DE.UTF-8"

static char *directory;

static gboolean
compile (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  directory = g_dir_make_tmp ("lift-locale-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (directory, NAME, NULL);
  {
    const char *argv[] = { "localedef", "-i", "de_DE", "-f", "UTF-8", path, NULL };

    return g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                         &status, NULL) &&
           g_spawn_check_wait_status (status, NULL);
  }
}

gboolean
comma_locale_enter (void)
{
  if (setlocale (LC_NUMERIC, NAME) != NULL)
    return TRUE;
  if (!compile ())
    return FALSE;
  g_setenv ("LOCPATH", directory, TRUE);
  return setlocale (LC_NUMERIC, NAME) != NULL;
}

static void
delete_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      delete_tree (child);
    }
  g_remove (path);
}

void
comma_locale_leave (void)
{
  setlocale (LC_NUMERIC, "C");
  g_unsetenv ("LOCPATH");
  if (directory != NULL)
    delete_tree (directory);
  g_clear_pointer (&directory, g_free);
}
