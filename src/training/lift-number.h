/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean lift_number_read (const char **cursor, double *value);
char *lift_number_format (double value, guint decimals);
char *lift_number_format_exact (double value);
char *lift_number_localize (const char *text);

G_END_DECLS
