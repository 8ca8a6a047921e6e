/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_TRAINING_PLAN (lift_training_plan_get_type ())
LIFT_DECLARE_ENTITY (LiftTrainingPlan, lift_training_plan, TRAINING_PLAN)

/**
 * LiftTrainingPlan:
 *
 * One planned workout of one athlete on one day.
 */
struct _LiftTrainingPlan
{
  LiftEntity parent_instance;

  char *athlete_id;
  char *name;
  char *date;
  gint64 is_locked;
  const char *status;
  gint64 order_in_day;
  const char *kind;
  char *notes;
};

G_END_DECLS
