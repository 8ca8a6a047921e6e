/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *lift_server_read_password (const char *file, GError **error);
void lift_server_wipe_password (char *password);

G_END_DECLS
