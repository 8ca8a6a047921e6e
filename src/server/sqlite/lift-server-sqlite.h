/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-server-database.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SERVER_SQLITE (lift_server_sqlite_get_type ())
G_DECLARE_FINAL_TYPE (LiftServerSqlite, lift_server_sqlite, LIFT, SERVER_SQLITE, LiftServerDatabase)

LiftServerDatabase *lift_server_sqlite_open (const char *path, guint n_readers, GError **error);
gboolean lift_server_sqlite_restore (const char *path, const char *backup, GError **error);

G_END_DECLS
