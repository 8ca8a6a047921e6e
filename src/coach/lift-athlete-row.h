/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-roster.h"

G_BEGIN_DECLS

#define LIFT_TYPE_ATHLETE_ROW (lift_athlete_row_get_type ())
G_DECLARE_FINAL_TYPE (LiftAthleteRow, lift_athlete_row, LIFT, ATHLETE_ROW, GtkListBoxRow)

/* One athlete in the side bar. */
GtkWidget *lift_athlete_row_new (LiftAthlete *athlete);
LiftAthlete *lift_athlete_row_get_athlete (LiftAthleteRow *self);
void lift_athlete_row_show_hint (LiftAthleteRow *self, LiftRoster *roster);

G_END_DECLS
