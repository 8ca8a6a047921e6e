/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-compliance.h"
#include "lift-set-plan.h"
#include "lift-set-session.h"

G_BEGIN_DECLS

gboolean lift_done_sets_is_done (LiftSetSession *set);
guint lift_done_sets_count (GPtrArray *sets);
guint lift_done_sets_count_planned (GPtrArray *plans, GPtrArray *sets);
void lift_done_sets_compare (LiftSetDeviation *deviation, LiftSetPlan *plan, LiftSetSession *set);
char *lift_done_sets_print (GPtrArray *sets, const char *unit);
char *lift_done_sets_describe_counts (guint done, guint planned);

G_END_DECLS
