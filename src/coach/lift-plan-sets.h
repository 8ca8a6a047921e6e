/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-batch.h"
#include "lift-quick-entry.h"
#include "lift-set-plan.h"

G_BEGIN_DECLS

void lift_plan_sets_apply (LiftSetPlan *set, const LiftPrescription *prescription);
LiftPrescription *lift_plan_sets_read (LiftSetPlan *set);
char *lift_plan_sets_print (GListModel *sets, const char *default_unit);
char *lift_plan_sets_beautify (char *text);
LiftQuickEntry *
lift_plan_sets_resolve (GListModel *sets, const LiftQuickEntry *typed, GError **error);
void lift_plan_sets_replace (LiftBatch *batch,
                             const char *athlete_id,
                             const char *exercise_plan_id,
                             GListModel *sets,
                             const LiftQuickEntry *entry,
                             LiftClock *clock);

G_END_DECLS
