/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean lift_instant_parse (const char *text, gint64 *us);
char *lift_instant_format (gint64 us);

G_END_DECLS
