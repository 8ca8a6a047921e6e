/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-clock.h"

G_BEGIN_DECLS

/**
 * LiftDay:
 *
 * A calendar day as the number of days since 1970-01-01. It has no time zone and never shifts.
 */
typedef gint32 LiftDay;

gboolean lift_day_parse (const char *text, LiftDay *day);
char *lift_day_format (LiftDay day);
LiftDay lift_day_from_date (int year, int month, int dom);
void lift_day_to_date (LiftDay day, int *year, int *month, int *dom);
LiftDay lift_day_today (LiftClock *clock);
int lift_day_get_weekday (LiftDay day);
LiftDay lift_day_get_week_start (LiftDay day, int first_weekday);
int lift_day_get_iso_week (LiftDay day);

G_END_DECLS
