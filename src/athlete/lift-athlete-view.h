/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-application.h"

G_BEGIN_DECLS

#define LIFT_TYPE_ATHLETE_VIEW (lift_athlete_view_get_type ())
G_DECLARE_FINAL_TYPE (LiftAthleteView, lift_athlete_view, LIFT, ATHLETE_VIEW, AdwBin)

/**
 * LiftAthleteView:
 *
 * What the athlete's window shows: the day and the history at the side, the session in the middle;
 * one at a time where there is no room. A session that was in progress is opened at once.
 *
 * Actions: athlete.start (plan id), athlete.start-unplanned (Ctrl+N), athlete.open-session,
 * athlete.show-session and athlete.show-plan (id), athlete.back (Alt+Left), athlete.close.
 */
GtkWidget *lift_athlete_view_new (
  LiftStore *store, LiftUndo *undo, const char *athlete_id, GMenuModel *menu, GSettings *settings);
void lift_athlete_view_show_place (LiftAthleteView *self, const LiftPlace *place);
void lift_athlete_view_set_width (LiftAthleteView *self, int width);

G_END_DECLS
