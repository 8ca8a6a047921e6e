/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lift-desk.h"
#include "lift-plan-document.h"
#include "lift-plan-review.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SET_PLAN_ROW (lift_set_plan_row_get_type ())
G_DECLARE_FINAL_TYPE (LiftSetPlanRow, lift_set_plan_row, LIFT, SET_PLAN_ROW, GtkBox)

/**
 * LiftSetPlanRow:
 *
 * One planned set, each target to be edited by itself, and what was done of it beside it.
 */
GtkWidget *lift_set_plan_row_new (LiftDesk *desk, LiftPlanDocument *document, LiftPlanLine *line);
void lift_set_plan_row_show (LiftSetPlanRow *self, LiftSetPlan *set, LiftPlanReview *review);
void lift_set_plan_row_set_narrow (LiftSetPlanRow *self, gboolean narrow);

G_END_DECLS
