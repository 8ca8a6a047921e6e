/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lift-day.h"
#include "lift-set-plan.h"
#include "lift-set-session.h"

G_BEGIN_DECLS

/* Words and figures for people, in their language and with their decimal separator. All strings
 * are new; loads are in kilograms and are shown in @unit ("kg", "lb" or NULL for kg). */

char *lift_format_number (double value);
char *lift_format_load (double kg, const char *unit);
char *lift_format_load_number (double kg, const char *unit);
char *lift_format_set (gint64 reps, gint64 reps_max, double kg, const char *unit, double rpe);
char *lift_format_target (LiftSetSession *set, const char *unit);
char *lift_format_done (LiftSetSession *set, const char *unit);
char *lift_format_planned (LiftSetPlan *set, const char *unit);

char *lift_format_relative_time (gint64 then_us, gint64 now_us);
char *lift_format_day (LiftDay day, LiftDay today);
char *lift_format_day_short (LiftDay day);
char *lift_format_day_full (LiftDay day);
char *lift_format_clock_time (gint64 us);
char *lift_format_instant (gint64 us);
char *lift_format_time_ahead (gint64 then_us, gint64 now_us);
char *lift_format_duration (gint64 seconds);

const char *lift_format_muscle (const char *muscle);
const char *lift_format_equipment (const char *equipment);
const char *lift_format_tracking (const char *tracking);
const char *lift_format_set_kind (const char *kind);
const char *lift_format_choice (const char *choice);
const char *lift_format_entity (const char *wire_name);
const char *lift_format_field (const char *key);
char *lift_format_value (const LiftField *field, LiftEntity *row, const char *unit);

const char *lift_unit_from_settings (GSettings *settings);

G_END_DECLS
