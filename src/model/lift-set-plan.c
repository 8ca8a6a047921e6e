/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-set-plan.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lift-choices.h"

static LiftField fields[] = {
  LIFT_UUID (LiftSetPlan, athlete_id, LIFT_FIELD_ATHLETE | LIFT_FIELD_REQUIRED, "Athlete"),
  LIFT_UUID (
    LiftSetPlan, exercise_plan_id, LIFT_FIELD_PARENT | LIFT_FIELD_REQUIRED, "ExercisePlan"),
  LIFT_INTEGER (LiftSetPlan, set_number, LIFT_FIELD_REQUIRED, 0, 999, .fallback = "1"),
  LIFT_INTEGER (LiftSetPlan, target_reps, 0, 0, 999),
  LIFT_NUMBER (LiftSetPlan, target_weight, 0, -500, 2000),
  LIFT_NUMBER (LiftSetPlan, target_rpe, 0, 1, 10, .step = 0.5),
  LIFT_TEXT (LiftSetPlan, notes, 0, 10000),
  LIFT_CHOICE (LiftSetPlan, kind, 0, lift_set_kinds, .fallback = "working"),
  LIFT_INTEGER (LiftSetPlan, target_reps_max, 0, 0, 999),
  LIFT_CHOICE (LiftSetPlan, target_weight_unit, 0, lift_units),
  LIFT_NUMBER (LiftSetPlan, target_percent, 0, 0, 200),
  LIFT_NUMBER (LiftSetPlan, target_rir, 0, 0, 20, .step = 0.5),
  LIFT_TEXT (LiftSetPlan, tempo, 0, 16, .check = lift_check_tempo),
  LIFT_INTEGER (LiftSetPlan, target_duration_seconds, 0, 0, 86400),
  LIFT_NUMBER (LiftSetPlan, target_distance, 0, 0, 1000000),
  LIFT_INTEGER (LiftSetPlan, rest_seconds, 0, 0, 3600),
  LIFT_CHOICE (LiftSetPlan, side, 0, lift_sides),
  LIFT_BOOLEAN (LiftSetPlan, is_optional, 0),
};

static gboolean
has_any (LiftEntity *entity, LiftFieldSet set, const char *one, const char *other)
{
  const LiftEntityInfo *info = lift_entity_get_info (entity);

  return (set >> lift_entity_info_find (info, one)->index & 1) ||
         (set >> lift_entity_info_find (info, other)->index & 1);
}

static void
validate (LiftEntity *entity, LiftFieldSet set, GPtrArray *faults)
{
  LiftSetPlan *self = LIFT_SET_PLAN (entity);

  if (has_any (entity, set, "targetRpe", "targetRir") && !isnan (self->target_rpe) &&
      !isnan (self->target_rir))
    g_ptr_array_add (faults, lift_fault_new (LIFT_FAULT_BAD_FORMAT, "targetRir",
                                             _ ("cannot stand beside an RPE: give one of them")));
  if (has_any (entity, set, "targetReps", "targetRepsMax") &&
      self->target_reps_max != LIFT_INT_NULL && self->target_reps_max < self->target_reps)
    g_ptr_array_add (faults, lift_fault_new (LIFT_FAULT_OUT_OF_RANGE, "targetRepsMax",
                                             _ ("must not be below targetReps")));
}

LIFT_DEFINE_ENTITY (LiftSetPlan, lift_set_plan, "SetPlan", fields, validate)
