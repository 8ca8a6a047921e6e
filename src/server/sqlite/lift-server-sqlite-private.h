/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-server-sqlite.h"

G_BEGIN_DECLS

gboolean lift_server_sqlite_translate (GError *from, GError **error);
gboolean lift_server_sqlite_backup (const char *from, const char *path, GError **error);

G_END_DECLS
