/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SET_PLAN (lift_set_plan_get_type ())
LIFT_DECLARE_ENTITY (LiftSetPlan, lift_set_plan, SET_PLAN)

/**
 * LiftSetPlan:
 *
 * One planned set; every target may be left open.
 */
struct _LiftSetPlan
{
  LiftEntity parent_instance;

  char *athlete_id;
  char *exercise_plan_id;
  gint64 set_number;
  gint64 target_reps;
  double target_weight;
  double target_rpe;
  char *notes;
  const char *kind;
  gint64 target_reps_max;
  const char *target_weight_unit;
  double target_percent;
  double target_rir;
  char *tempo;
  gint64 target_duration_seconds;
  double target_distance;
  gint64 rest_seconds;
  const char *side;
  gint64 is_optional;
};

G_END_DECLS
