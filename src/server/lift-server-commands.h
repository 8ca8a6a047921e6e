/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-server-options.h"
#include "lift-server.h"

G_BEGIN_DECLS

/* Reads run beside the one connection that writes. */
#define LIFT_SERVER_READERS 4

LiftServer *lift_server_open (const LiftServerOptions *options, GError **error);
gboolean lift_server_lock_database (const char *path, gboolean alone, GError **error);
const char *lift_server_get_sqlite_path (const char *url);
LiftServerExit lift_server_report (const GError *error);
LiftServerExit lift_server_refuse_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);

LiftServerExit lift_server_serve (const LiftServerOptions *options);
LiftServerExit lift_server_run_user (const LiftServerOptions *options);
LiftServerExit lift_server_migrate (const LiftServerOptions *options);
LiftServerExit lift_server_run_backup (const LiftServerOptions *options);
LiftServerExit lift_server_run_restore (const LiftServerOptions *options);
LiftServerExit lift_server_run_check (const LiftServerOptions *options);
LiftServerExit lift_server_run_purge (const LiftServerOptions *options);

G_END_DECLS
