/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-desk.h"

G_BEGIN_DECLS

#define LIFT_TYPE_PLAN_EDITOR (lift_plan_editor_get_type ())
G_DECLARE_FINAL_TYPE (LiftPlanEditor, lift_plan_editor, LIFT, PLAN_EDITOR, AdwBin)

/**
 * LiftPlanEditor:
 *
 * A page on which one plan is written, with what was done of it beside it. Signal `closed` when
 * the person goes back, or the plan has gone. Actions: `plan.add-exercise`, `plan.publish`,
 * `plan.unpublish`, `plan.delete`, `plan.close`.
 */
GtkWidget *lift_plan_editor_new (void);
void lift_plan_editor_set_desk (LiftPlanEditor *self, LiftDesk *desk);
void lift_plan_editor_open (LiftPlanEditor *self, const char *plan_id, const char *athlete_name);
void
lift_plan_editor_open_new (LiftPlanEditor *self, const char *plan_id, const char *athlete_name);
void lift_plan_editor_open_at (LiftPlanEditor *self,
                               const char *plan_id,
                               const char *athlete_name,
                               const char *line_id);
const char *lift_plan_editor_get_plan_id (LiftPlanEditor *self);
void lift_plan_editor_close (LiftPlanEditor *self);
void lift_plan_editor_set_narrow (LiftPlanEditor *self, gboolean narrow);
void lift_plan_editor_set_folded (LiftPlanEditor *self, gboolean folded);

G_END_DECLS
