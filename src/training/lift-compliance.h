/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-prescription.h"

G_BEGIN_DECLS

/**
 * LiftCompliance:
 * @LIFT_COMPLIANCE_NONE: nothing was planned
 * @LIFT_COMPLIANCE_OPEN: nothing is done yet and the athlete's day has not ended
 * @LIFT_COMPLIANCE_MISSED: nothing was done and the day is over
 * @LIFT_COMPLIANCE_RED: under 50 % or over 150 %
 * @LIFT_COMPLIANCE_YELLOW: 50 to 80 % or 120 to 150 %
 * @LIFT_COMPLIANCE_GREEN: 80 to 120 %
 */
typedef enum
{
  LIFT_COMPLIANCE_NONE,
  LIFT_COMPLIANCE_OPEN,
  LIFT_COMPLIANCE_MISSED,
  LIFT_COMPLIANCE_RED,
  LIFT_COMPLIANCE_YELLOW,
  LIFT_COMPLIANCE_GREEN,
} LiftCompliance;

/**
 * LiftSetResult:
 * @is_done: whether the set was done at all
 * @reps: `actualReps` or %LIFT_NO_INT
 * @weight: `actualWeight` in kg or NaN
 * @rpe: `actualRpe` or NaN
 * @rir: `actualRir` or NaN
 * @duration: seconds or %LIFT_NO_INT
 * @distance: metres or NaN
 *
 * What was done in one set.
 */
typedef struct
{
  gboolean is_done;
  gint64 reps;
  double weight;
  double rpe;
  double rir;
  gint64 duration;
  double distance;
} LiftSetResult;

/**
 * LiftSetDeviation:
 * @is_done: whether the set was done at all
 * @percent: work done of work asked for (repetitions × load, else repetitions, duration or
 *   distance alone), or NaN where they cannot be compared
 * @load: load done less load asked for, in kg, or NaN
 * @load_percent: load done of load asked for, or NaN
 * @reps: repetitions over (or under) what was asked for; 0 within a range; or %LIFT_NO_INT
 * @rpe: RPE less the RPE asked for, or NaN
 *
 * How a set came out against its target.
 */
typedef struct
{
  gboolean is_done;
  double percent;
  double load;
  double load_percent;
  gint64 reps;
  double rpe;
} LiftSetDeviation;

double lift_compliance_get_percent (guint done, guint planned);
LiftCompliance lift_compliance_from_percent (double percent, gboolean has_day_ended);
LiftCompliance lift_compliance_from_sets (guint done, guint planned, gboolean has_day_ended);
const char *lift_compliance_get_symbol (LiftCompliance compliance);
const char *lift_compliance_get_name (LiftCompliance compliance);
char *lift_compliance_describe (LiftCompliance compliance, double percent);

void lift_set_result_init (LiftSetResult *result);
void lift_set_deviation_compute (LiftSetDeviation *deviation,
                                 const LiftPrescription *target,
                                 const LiftSetResult *result);
char *lift_set_deviation_summarize (const LiftSetDeviation *deviation);
char *lift_set_deviation_describe (const LiftSetDeviation *deviation, const char *unit);

G_END_DECLS
