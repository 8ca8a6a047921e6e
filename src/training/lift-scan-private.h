/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reading of what a person types, left to right. A failed read leaves the place where it was. */

void lift_scan_blanks (const char **p);
gboolean lift_scan_times (const char **p);
gboolean lift_scan_dash (const char **p);
char *lift_scan_word (const char **p);
gboolean lift_scan_duration (const char **p, gboolean needs_unit, double *seconds);
gboolean lift_scan_distance (const char **p, double *metres);
gboolean lift_scan_tempo (const char **p, char **tempo);
gboolean lift_scan_at_end (const char *p);
gsize lift_scan_item_length (const char *p);
gboolean lift_scan_is_half_step (double value, double min, double max);

G_END_DECLS
