/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-batch.h"
#include "lift-quick-entry.h"
#include "lift-set-plan.h"

G_BEGIN_DECLS

/**
 * LiftSetTarget:
 * @LIFT_SET_TARGET_REPS: repetitions, or a duration or a distance instead
 * @LIFT_SET_TARGET_LOAD: a load, or a percentage of the best
 * @LIFT_SET_TARGET_EFFORT: RPE, or repetitions in reserve
 *
 * The columns in which a set is edited.
 */
typedef enum
{
  LIFT_SET_TARGET_REPS,
  LIFT_SET_TARGET_LOAD,
  LIFT_SET_TARGET_EFFORT,
} LiftSetTarget;

void lift_plan_sets_apply (LiftSetPlan *set, const LiftPrescription *prescription);
LiftPrescription *lift_plan_sets_read (LiftSetPlan *set);
char *lift_plan_sets_print (GListModel *sets, const char *default_unit);
char *lift_plan_sets_beautify (char *text);
LiftQuickEntry *
lift_plan_sets_resolve (GListModel *sets, const LiftQuickEntry *typed, GError **error);
gboolean lift_plan_sets_edit (
  LiftSetPlan *set, LiftSetTarget target, const char *text, const char *unit, GError **error);
char *lift_plan_sets_print_target (LiftSetPlan *set, LiftSetTarget target, const char *unit);
void lift_plan_sets_replace (LiftBatch *batch,
                             const char *athlete_id,
                             const char *exercise_plan_id,
                             GListModel *sets,
                             const LiftQuickEntry *entry,
                             LiftClock *clock);

G_END_DECLS
