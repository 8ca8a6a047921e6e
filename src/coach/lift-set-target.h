/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

gboolean lift_set_target_edit (
  LiftSetPlan *set, LiftSetTarget target, const char *text, const char *unit, GError **error);
char *lift_set_target_print (LiftSetPlan *set, LiftSetTarget target, const char *unit);

G_END_DECLS
