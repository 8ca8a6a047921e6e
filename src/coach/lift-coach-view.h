/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-desk.h"
#include "lift-place.h"

G_BEGIN_DECLS

#define LIFT_TYPE_COACH_VIEW (lift_coach_view_get_type ())
G_DECLARE_FINAL_TYPE (LiftCoachView, lift_coach_view, LIFT, COACH_VIEW, AdwBin)

/**
 * LiftCoachView:
 *
 * What the window of the coach shows: the athletes in a side bar, and beside it a week of one of
 * them, or one plan. Under 700 pixels one at a time.
 */
GtkWidget *lift_coach_view_new (LiftDesk *desk, GMenuModel *menu);
void lift_coach_view_show_place (LiftCoachView *self, const LiftPlace *place);
void lift_coach_view_set_width (LiftCoachView *self, int width);

G_END_DECLS
