/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-athlete.h"
#include "lift-desk.h"

G_BEGIN_DECLS

#define LIFT_TYPE_WEEK_VIEW (lift_week_view_get_type ())
G_DECLARE_FINAL_TYPE (LiftWeekView, lift_week_view, LIFT, WEEK_VIEW, AdwBin)

/**
 * LiftWeekView:
 *
 * A page with one athlete's plans by day, a week at a time. Signals: `open-plan` (id), and
 * `new-plan` (id) for one that was just made. Actions: `week.previous`, `week.next`, `week.today`,
 * `week.new-plan`.
 */
void lift_week_view_set_desk (LiftWeekView *self, LiftDesk *desk);
void lift_week_view_show_athlete (LiftWeekView *self, LiftAthlete *athlete);
LiftAthlete *lift_week_view_get_athlete (LiftWeekView *self);
void lift_week_view_focus_plan (LiftWeekView *self, const char *id);
void lift_week_view_set_narrow (LiftWeekView *self, gboolean narrow);
void lift_week_view_set_folded (LiftWeekView *self, gboolean folded);

G_END_DECLS
