/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-demo-program.h"

#include <gio/gio.h>

/**
 * lift_demo_dup_program:
 * @folder: the folder of `src/` that the program is built in
 *
 * Finds another program of ours: beside this one once installed, else in the build folder.
 *
 * Returns: (transfer full): its path
 */
char *
lift_demo_dup_program (const char *folder, const char *name)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *here = g_path_get_dirname (self != NULL ? self : ".");
  g_autofree char *up = g_path_get_dirname (here);
  char *installed = g_build_filename (here, name, NULL);

  if (g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
    return installed;
  g_free (installed);
  return g_build_filename (up, folder, name, NULL);
}
