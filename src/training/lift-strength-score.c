/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-strength-score.h"

#include <math.h>

/* Coefficients of the polynomials, lowest power first, and the body weights they hold for. */
typedef struct
{
  double scale;
  double min;
  double max;
  double c[6];
} Polynomial;

/* Women first, then men. */
static const Polynomial DOTS[] = {
  { 500, 40, 150, { -57.96288, 13.6175032, -0.1126655495, 0.0005158568, -0.0000010706, 0 } },
  { 500, 40, 210, { -307.75076, 24.0900756, -0.1918759221, 0.0007391293, -0.0000010930, 0 } },
};

static const Polynomial WILKS[] = {
  { 500,
    26.51,
    154.53,
    { 594.31747775582, -27.23842536447, 0.82112226871, -0.00930733913, 4.731582e-5, -9.054e-8 } },
  { 500,
    40,
    201.9,
    { -216.0475144, 16.2606339, -0.002388645, -0.00113732, 7.01863e-6, -1.291e-8 } },
};

static const Polynomial WILKS_2[] = {
  { 600,
    40,
    150.95,
    { -125.4255398, 13.71219419, -0.03307250631, -0.001050400051, 9.38773881462799e-6,
      -2.3334613884954e-8 } },
  { 600,
    40,
    200.95,
    { 47.46178854, 8.472061379, 0.07369410346, -0.001395833811, 7.07665973070743e-6,
      -1.20804336482315e-8 } },
};

/* IPF GL, as the federation published them in 2020: 100 / (a − b·e^(−c·body weight)). */
static const double IPF_GL[][2][3] = {
  { { 610.32796, 1045.59282, 0.03048 }, { 1199.72839, 1025.18162, 0.00921 } },
  { { 758.63878, 949.31382, 0.02435 }, { 1236.25115, 1449.21864, 0.01644 } },
  { { 142.40398, 442.52671, 0.04724 }, { 320.98041, 281.40258, 0.01008 } },
  { { 221.82209, 357.00377, 0.02937 }, { 381.22073, 733.79378, 0.02398 } },
};

#define IPF_GL_MIN_BODY_WEIGHT 35

static double
compute_polynomial (const Polynomial *polynomial, double body_weight, double total)
{
  double x = CLAMP (body_weight, polynomial->min, polynomial->max), sum = 0;

  for (int i = G_N_ELEMENTS (polynomial->c) - 1; i >= 0; i--)
    sum = sum * x + polynomial->c[i];
  return total * polynomial->scale / sum;
}

static double
compute_ipf_gl (const double *c, double body_weight, double total)
{
  if (body_weight < IPF_GL_MIN_BODY_WEIGHT)
    return 0;
  return total * 100 / (c[0] - c[1] * exp (-c[2] * body_weight));
}

/**
 * lift_strength_score_compute:
 * @sex: (nullable): `female` or `male`; no formula knows another
 * @body_weight: kg; beyond what a formula holds for, its limit is taken
 * @total: kg
 *
 * Returns: the points; 0 for IPF GL under 35 kg; NaN without sex, body weight or total
 */
double
lift_strength_score_compute (LiftStrengthScore score,
                             const char *sex,
                             double body_weight,
                             double total)
{
  gboolean is_male = g_strcmp0 (sex, "male") == 0;

  if ((!is_male && g_strcmp0 (sex, "female") != 0) || !(body_weight > 0) || !(total > 0))
    return NAN;
  switch (score)
    {
    case LIFT_STRENGTH_SCORE_DOTS:
      return compute_polynomial (&DOTS[is_male], body_weight, total);
    case LIFT_STRENGTH_SCORE_WILKS:
      return compute_polynomial (&WILKS[is_male], body_weight, total);
    case LIFT_STRENGTH_SCORE_WILKS_2:
      return compute_polynomial (&WILKS_2[is_male], body_weight, total);
    case LIFT_STRENGTH_SCORE_IPF_GL:
    case LIFT_STRENGTH_SCORE_IPF_GL_EQUIPPED:
    case LIFT_STRENGTH_SCORE_IPF_GL_BENCH:
    case LIFT_STRENGTH_SCORE_IPF_GL_BENCH_EQUIPPED:
      return compute_ipf_gl (IPF_GL[score - LIFT_STRENGTH_SCORE_IPF_GL][is_male], body_weight,
                             total);
    default:
      g_return_val_if_reached (NAN);
    }
}
