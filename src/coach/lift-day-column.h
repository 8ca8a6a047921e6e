/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lift-week.h"

G_BEGIN_DECLS

#define LIFT_TYPE_DAY_COLUMN (lift_day_column_get_type ())
G_DECLARE_FINAL_TYPE (LiftDayColumn, lift_day_column, LIFT, DAY_COLUMN, GtkBox)

/**
 * LiftDayColumn:
 *
 * One day with its plans. Signals: `open` (id of a plan), `delete` (id of a plan), `add`, and
 * `chosen` when the focus comes to it.
 */
GtkWidget *lift_day_column_new (void);
void lift_day_column_show (LiftDayColumn *self, LiftWeek *week, LiftDay day, LiftDay today);
void lift_day_column_set_narrow (LiftDayColumn *self, gboolean narrow);
LiftDay lift_day_column_get_day (LiftDayColumn *self);
gboolean lift_day_column_focus_plan (LiftDayColumn *self, const char *id);

G_END_DECLS
