/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean lift_durable_folder_make (const char *path, GError **error);
gboolean lift_durable_file_write (const char *path, const char *text, GError **error);
gboolean lift_durable_file_read (const char *path, char **text, GError **error);
gboolean lift_durable_file_remove (const char *path, GError **error);

G_END_DECLS
