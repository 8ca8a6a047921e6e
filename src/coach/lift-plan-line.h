/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lift-exercise-plan.h"
#include "lift-exercise.h"

G_BEGIN_DECLS

#define LIFT_TYPE_PLAN_LINE (lift_plan_line_get_type ())
G_DECLARE_FINAL_TYPE (LiftPlanLine, lift_plan_line, LIFT, PLAN_LINE, GObject)

/**
 * LiftPlanLine:
 *
 * One exercise of a plan with its variants and sets. Properties, all notified: `title` (the name
 * of the exercise), `variants-text` (`pause, close grip`), `cue` (the coach's notes).
 */
LiftPlanLine *lift_plan_line_new (void);
const char *lift_plan_line_get_id (LiftPlanLine *self);
LiftExercisePlan *lift_plan_line_get_plan (LiftPlanLine *self);
LiftExercise *lift_plan_line_get_exercise (LiftPlanLine *self);
GListModel *lift_plan_line_get_sets (LiftPlanLine *self);
GListModel *lift_plan_line_get_variants (LiftPlanLine *self);
GListModel *lift_plan_line_get_links (LiftPlanLine *self);

void lift_plan_line_update (LiftPlanLine *self,
                            LiftExercisePlan *plan,
                            LiftExercise *exercise,
                            GPtrArray *links,
                            GPtrArray *variants,
                            GPtrArray *sets);

G_END_DECLS
