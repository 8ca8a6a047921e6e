/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiftOneRepMaxFormula:
 *
 * The formulas by which a maximum is estimated; `w` load, `r` repetitions.
 */
typedef enum
{
  LIFT_ONE_REP_MAX_EPLEY,
  LIFT_ONE_REP_MAX_BRZYCKI,
  LIFT_ONE_REP_MAX_LOMBARDI,
  LIFT_ONE_REP_MAX_OCONNER,
  LIFT_ONE_REP_MAX_MAYHEW,
  LIFT_ONE_REP_MAX_WATHAN,
  LIFT_ONE_REP_MAX_LANDER,
} LiftOneRepMaxFormula;

/**
 * LIFT_ONE_REP_MAX_SURE_REPS:
 *
 * Beyond so many repetitions, those in reserve included, an estimate is of low confidence.
 */
#define LIFT_ONE_REP_MAX_SURE_REPS 12

gboolean lift_one_rep_max_formula_from_name (const char *name, LiftOneRepMaxFormula *formula);
const char *lift_one_rep_max_formula_get_name (LiftOneRepMaxFormula formula);
double lift_one_rep_max_estimate (LiftOneRepMaxFormula formula, double weight, double reps);
double lift_one_rep_max_from_set (LiftOneRepMaxFormula formula,
                                  const char *kind,
                                  double weight,
                                  gint64 reps,
                                  double rpe,
                                  double rir,
                                  gboolean *is_uncertain);

double lift_rpe_to_rir (double rpe);
double lift_rpe_table_get_percent (double reps, double rpe);
double lift_rpe_table_get_load (double one_rep_max, double reps, double rpe);
double lift_rpe_table_get_one_rep_max (double weight, double reps, double rpe);

G_END_DECLS
