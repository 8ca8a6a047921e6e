/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-athlete.h"
#include "lift-desk.h"

G_BEGIN_DECLS

#define LIFT_TYPE_ATHLETE_LIST (lift_athlete_list_get_type ())
G_DECLARE_FINAL_TYPE (LiftAthleteList, lift_athlete_list, LIFT, ATHLETE_LIST, AdwBin)

/**
 * LiftAthleteList:
 *
 * The side bar: the coach's athletes with a word on how each gets on, a search over their names,
 * and a way to add one. Signals: `selected` (a [struct@Athlete] or %NULL), `activated` when the
 * person means to go there.
 */
void lift_athlete_list_set_desk (LiftAthleteList *self, LiftDesk *desk);
void lift_athlete_list_set_menu (LiftAthleteList *self, GMenuModel *menu);
void lift_athlete_list_set_folded (LiftAthleteList *self, gboolean folded);
void lift_athlete_list_select (LiftAthleteList *self, const char *id);
void lift_athlete_list_search (LiftAthleteList *self);
void lift_athlete_list_ask_name (LiftAthleteList *self);

G_END_DECLS
