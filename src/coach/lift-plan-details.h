/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-desk.h"
#include "lift-plan-document.h"

G_BEGIN_DECLS

#define LIFT_TYPE_PLAN_DETAILS (lift_plan_details_get_type ())
G_DECLARE_FINAL_TYPE (LiftPlanDetails, lift_plan_details, LIFT, PLAN_DETAILS, AdwBin)

/**
 * LiftPlanDetails:
 *
 * What there is to say of a plan as a whole: its name, and folded away its date, kind, notes and
 * whether it is locked.
 */
void lift_plan_details_show (LiftPlanDetails *self, LiftDesk *desk, LiftPlanDocument *document);
void lift_plan_details_leave (LiftPlanDetails *self);
void lift_plan_details_focus_name (LiftPlanDetails *self);

G_END_DECLS
