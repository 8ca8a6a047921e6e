/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSocketAddress *lift_http_address_parse (const char *text, gboolean *any, GError **error);
GSocket *lift_http_address_listen (const char *text, GError **error);
gboolean lift_http_address_is_loopback (const char *text);

G_END_DECLS
