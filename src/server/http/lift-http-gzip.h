/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *lift_http_gunzip (GBytes *packed, gsize limit, GError **error);
GBytes *lift_http_gzip (GBytes *plain);
gboolean lift_http_accepts_gzip (const char *accept_encoding);

G_END_DECLS
