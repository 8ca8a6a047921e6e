/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-set-session.h"

#include "lift-choices.h"

static LiftField fields[] = {
  LIFT_UUID (LiftSetSession, athlete_id, LIFT_FIELD_ATHLETE | LIFT_FIELD_REQUIRED, "Athlete"),
  LIFT_UUID (LiftSetSession,
             exercise_session_id,
             LIFT_FIELD_PARENT | LIFT_FIELD_REQUIRED,
             "ExerciseSession"),
  LIFT_UUID (LiftSetSession, set_plan_id, 0, "SetPlan"),
  LIFT_INTEGER (LiftSetSession, set_number, LIFT_FIELD_REQUIRED, 0, 999, .fallback = "1"),
  LIFT_INTEGER (LiftSetSession, actual_reps, 0, 0, 999),
  LIFT_NUMBER (LiftSetSession, actual_weight, 0, -500, 2000),
  LIFT_NUMBER (LiftSetSession, actual_rpe, 0, 1, 10, .step = 0.5),
  LIFT_TEXT (LiftSetSession, notes, 0, 10000),
  LIFT_CHOICE (LiftSetSession, kind, 0, lift_set_kinds, .fallback = "working"),
  LIFT_CHOICE (LiftSetSession, side, 0, lift_sides),
  LIFT_CHOICE (LiftSetSession, actual_weight_unit, 0, lift_units),
  LIFT_NUMBER (LiftSetSession, actual_rir, 0, 0, 20, .step = 0.5),
  LIFT_INTEGER (LiftSetSession, duration_seconds, 0, 0, 86400),
  LIFT_NUMBER (LiftSetSession, distance, 0, 0, 1000000),
  LIFT_INTEGER (LiftSetSession, rest_taken_seconds, 0, 0, 86400),
  LIFT_INSTANT (LiftSetSession, completed_at, 0),
  LIFT_INTEGER (LiftSetSession, target_reps, 0, 0, 999),
  LIFT_INTEGER (LiftSetSession, target_reps_max, 0, 0, 999),
  LIFT_NUMBER (LiftSetSession, target_weight, 0, -500, 2000),
  LIFT_NUMBER (LiftSetSession, target_rpe, 0, 1, 10, .step = 0.5),
};

LIFT_DEFINE_ENTITY (LiftSetSession, lift_set_session, "SetSession", fields, NULL)
