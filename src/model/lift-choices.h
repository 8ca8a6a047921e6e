/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The values of choice fields, as they are stored and sent. NULL-terminated. */
extern const char *const lift_user_roles[];
extern const char *const lift_units[];
extern const char *const lift_formulas[];
extern const char *const lift_sexes[];
extern const char *const lift_athlete_statuses[];
extern const char *const lift_muscles[];
extern const char *const lift_equipment[];
extern const char *const lift_trackings[];
extern const char *const lift_variant_kinds[];
extern const char *const lift_plan_statuses[];
extern const char *const lift_plan_kinds[];
extern const char *const lift_set_kinds[];
extern const char *const lift_sides[];
extern const char *const lift_session_statuses[];
extern const char *const lift_exercise_session_statuses[];

gboolean lift_check_tempo (const char *text);
gboolean lift_check_https (const char *text);
gboolean lift_check_plates (const char *text);
gboolean lift_check_time_zone (const char *text);

G_END_DECLS
