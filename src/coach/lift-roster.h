/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-athlete.h"
#include "lift-desk.h"

G_BEGIN_DECLS

#define LIFT_TYPE_ROSTER (lift_roster_get_type ())
G_DECLARE_FINAL_TYPE (LiftRoster, lift_roster, LIFT, ROSTER, GObject)

/**
 * LiftRoster:
 *
 * The coach's athletes and how each gets on: when they trained last, what they missed in the last
 * seven days. Follows the store; signal `loaded` when what is said of them may have changed.
 */
LiftRoster *lift_roster_new (LiftDesk *desk);
GListModel *lift_roster_get_athletes (LiftRoster *self);
gboolean lift_roster_is_loaded (LiftRoster *self);
char *lift_roster_dup_hint (LiftRoster *self, LiftAthlete *athlete, gboolean *missed);
LiftBatch *lift_roster_add_athlete (LiftRoster *self, const char *name, char **id);

G_END_DECLS
