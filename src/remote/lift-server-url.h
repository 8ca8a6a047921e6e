/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *lift_server_url_normalize (const char *text, GError **error);
gboolean lift_server_url_is_loopback (const char *server);
gboolean lift_server_url_is_plain (const char *server);
char *lift_server_url_dup_host (const char *server);

G_END_DECLS
