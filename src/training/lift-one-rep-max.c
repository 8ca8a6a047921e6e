/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-one-rep-max.h"

#include "lift-set-kind.h"

#include <math.h>

static const char *const NAMES[] = { "epley",  "brzycki", "lombardi", "oconner",
                                     "mayhew", "wathan",  "lander" };

/* Per cent of the maximum at x = 0, 0.5, 1, … with x = (repetitions − 1) + (10 − RPE). */
static const double RPE_PERCENT[] = {
  100,  97.8, 95.5, 93.9, 92.2, 90.7, 89.2, 87.8, 86.3, 85.0, 83.7, 82.4, 81.1, 79.9, 78.6, 77.4,
  76.2, 75.1, 73.9, 72.3, 70.7, 69.4, 68.0, 66.7, 65.3, 64.0, 62.6, 61.3, 59.9, 58.6, 57.2,
};

/**
 * lift_one_rep_max_formula_from_name:
 * @name: (nullable): as stored in a coach's `oneRepMaxFormula`
 * @formula: (out): the formula; untouched if there is none of this name
 *
 * Returns: whether there is such a formula
 */
gboolean
lift_one_rep_max_formula_from_name (const char *name, LiftOneRepMaxFormula *formula)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_strcmp0 (name, NAMES[i]) == 0)
      {
        *formula = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * lift_one_rep_max_formula_get_name:
 *
 * Returns: the name as stored
 */
const char *
lift_one_rep_max_formula_get_name (LiftOneRepMaxFormula formula)
{
  g_return_val_if_fail (formula < G_N_ELEMENTS (NAMES), NAMES[0]);

  return NAMES[formula];
}

/* Beyond its pole a formula gives negative loads, which are no answer. */
static double
positive_or_nan (double value)
{
  return value > 0 && isfinite (value) ? value : NAN;
}

/**
 * lift_one_rep_max_estimate:
 * @weight: the load, in any unit
 * @reps: repetitions to failure; those in reserve are added by the caller
 *
 * Returns: the estimated maximum in the unit of @weight, or NaN where the formula has none: loads
 *   of zero and less, fewer than one repetition, and Brzycki from 37, Lander from 38 repetitions
 */
double
lift_one_rep_max_estimate (LiftOneRepMaxFormula formula, double weight, double reps)
{
  if (!(weight > 0) || !(reps >= 1))
    return NAN;
  switch (formula)
    {
    case LIFT_ONE_REP_MAX_EPLEY:
      return reps == 1 ? weight : weight * (1 + reps / 30);
    case LIFT_ONE_REP_MAX_BRZYCKI:
      return positive_or_nan (36 * weight / (37 - reps));
    case LIFT_ONE_REP_MAX_LOMBARDI:
      return weight * pow (reps, 0.1);
    case LIFT_ONE_REP_MAX_OCONNER:
      return weight * (1 + 0.025 * reps);
    case LIFT_ONE_REP_MAX_MAYHEW:
      return 100 * weight / (52.2 + 41.9 * exp (-0.055 * reps));
    case LIFT_ONE_REP_MAX_WATHAN:
      return 100 * weight / (48.8 + 53.8 * exp (-0.075 * reps));
    case LIFT_ONE_REP_MAX_LANDER:
      return positive_or_nan (100 * weight / (101.3 - 2.67123 * reps));
    default:
      g_return_val_if_reached (NAN);
    }
}

/**
 * lift_one_rep_max_from_set:
 * @kind: (nullable): the kind of the set
 * @weight: the load lifted, in any unit, or NaN
 * @reps: the repetitions done, or G_MININT64
 * @rpe: the RPE, or NaN; repetitions in reserve are 10 − RPE
 * @rir: the repetitions in reserve, or NaN; goes before @rpe
 * @is_uncertain: (out) (optional): whether the estimate is of low confidence
 *
 * Returns: the estimated maximum in the unit of @weight; NaN from warm-ups, failed and drop sets
 *   and where there is no load or no repetition
 */
double
lift_one_rep_max_from_set (LiftOneRepMaxFormula formula,
                           const char *kind,
                           double weight,
                           gint64 reps,
                           double rpe,
                           double rir,
                           gboolean *is_uncertain)
{
  double reserve = !isnan (rir) ? rir : !isnan (rpe) ? lift_rpe_to_rir (rpe) : 0;
  double total = reps + reserve;

  if (is_uncertain != NULL)
    *is_uncertain = FALSE;
  if (!lift_set_kind_gives_maximum (kind) || reps < 1)
    return NAN;
  if (is_uncertain != NULL)
    *is_uncertain = total > LIFT_ONE_REP_MAX_SURE_REPS;
  return lift_one_rep_max_estimate (formula, weight, total);
}

/**
 * lift_rpe_to_rir:
 *
 * Returns: the repetitions in reserve that an RPE stands for; NaN stays NaN
 */
double
lift_rpe_to_rir (double rpe)
{
  return 10 - rpe;
}

/**
 * lift_rpe_table_get_percent:
 * @reps: repetitions, 1 or more
 * @rpe: 1 to 10
 *
 * Returns: the per cent of the maximum that can be lifted so often at this effort, or NaN where
 *   the table ends (15 repetitions below the maximum)
 */
double
lift_rpe_table_get_percent (double reps, double rpe)
{
  double x = ((reps - 1) + (10 - rpe)) * 2, last = G_N_ELEMENTS (RPE_PERCENT) - 1;
  guint i;

  if (!(reps >= 1) || !(rpe >= 1 && rpe <= 10) || !(x <= last))
    return NAN;
  i = MIN (floor (x), last - 1);
  return RPE_PERCENT[i] + (RPE_PERCENT[i + 1] - RPE_PERCENT[i]) * (x - i);
}

/**
 * lift_rpe_table_get_load:
 *
 * Returns: the load for @reps at @rpe, in the unit of @one_rep_max, or NaN beyond the table
 */
double
lift_rpe_table_get_load (double one_rep_max, double reps, double rpe)
{
  return one_rep_max * lift_rpe_table_get_percent (reps, rpe) / 100;
}

/**
 * lift_rpe_table_get_one_rep_max:
 *
 * Returns: the maximum by the table, in the unit of @weight, or NaN beyond the table
 */
double
lift_rpe_table_get_one_rep_max (double weight, double reps, double rpe)
{
  return weight / lift_rpe_table_get_percent (reps, rpe) * 100;
}
