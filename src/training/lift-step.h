/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-prescription.h"

G_BEGIN_DECLS

/**
 * LiftStepKind:
 * @LIFT_STEP_LOAD: adds `amount` in `unit`: `+2.5`, `-5lb`
 * @LIFT_STEP_PERCENT: adds `amount` per cent of the load, or points to a percentage: `+2%`
 * @LIFT_STEP_FACTOR: multiplies load or percentage: `x0.9`
 * @LIFT_STEP_RPE: adds to the RPE: `+0.5 RPE`
 * @LIFT_STEP_RIR: adds to the repetitions in reserve: `-1 RIR`
 * @LIFT_STEP_REPS: adds to the repetitions: `+1 rep`
 * @LIFT_STEP_SETS: adds to the sets: `+1 set`
 */
typedef enum
{
  LIFT_STEP_LOAD,
  LIFT_STEP_PERCENT,
  LIFT_STEP_FACTOR,
  LIFT_STEP_RPE,
  LIFT_STEP_RIR,
  LIFT_STEP_REPS,
  LIFT_STEP_SETS,
} LiftStepKind;

/**
 * LiftStep:
 * @amount: what is added or, of a factor, multiplied by; a load is in @unit
 * @unit: (nullable): the unit typed, a static string; %NULL is the unit of the load that is there
 *
 * A change relative to what is planned already.
 */
typedef struct
{
  LiftStepKind kind;
  double amount;
  const char *unit;
} LiftStep;

gboolean lift_step_parse (const char *text, LiftStep *step, GError **error);
char *lift_step_print (const LiftStep *step);
char *lift_step_describe (const LiftStep *step);
gboolean lift_step_apply (const LiftStep *step,
                          double rounding,
                          LiftPrescription *prescription,
                          GError **error);

G_END_DECLS
