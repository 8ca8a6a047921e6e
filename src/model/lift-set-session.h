/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SET_SESSION (lift_set_session_get_type ())
LIFT_DECLARE_ENTITY (LiftSetSession, lift_set_session, SET_SESSION)

/**
 * LiftSetSession:
 *
 * One set that was done, with its target as it stood when the session began.
 */
struct _LiftSetSession
{
  LiftEntity parent_instance;

  char *athlete_id;
  char *exercise_session_id;
  char *set_plan_id;
  gint64 set_number;
  gint64 actual_reps;
  double actual_weight;
  double actual_rpe;
  char *notes;
  const char *kind;
  const char *side;
  const char *actual_weight_unit;
  double actual_rir;
  gint64 duration_seconds;
  double distance;
  gint64 rest_taken_seconds;
  gint64 completed_at;
  gint64 target_reps;
  gint64 target_reps_max;
  double target_weight;
  double target_rpe;
};

G_END_DECLS
