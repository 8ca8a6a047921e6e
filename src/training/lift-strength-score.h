/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiftStrengthScore:
 * @LIFT_STRENGTH_SCORE_DOTS: DOTS of 2019
 * @LIFT_STRENGTH_SCORE_WILKS: Wilks of 1995
 * @LIFT_STRENGTH_SCORE_WILKS_2: Wilks of 2020
 * @LIFT_STRENGTH_SCORE_IPF_GL: IPF GL of 2020, three lifts without equipment
 * @LIFT_STRENGTH_SCORE_IPF_GL_EQUIPPED: the same with equipment
 * @LIFT_STRENGTH_SCORE_IPF_GL_BENCH: IPF GL, bench press without equipment
 * @LIFT_STRENGTH_SCORE_IPF_GL_BENCH_EQUIPPED: the same with equipment
 *
 * Formulas that compare lifters of different body weight.
 */
typedef enum
{
  LIFT_STRENGTH_SCORE_DOTS,
  LIFT_STRENGTH_SCORE_WILKS,
  LIFT_STRENGTH_SCORE_WILKS_2,
  LIFT_STRENGTH_SCORE_IPF_GL,
  LIFT_STRENGTH_SCORE_IPF_GL_EQUIPPED,
  LIFT_STRENGTH_SCORE_IPF_GL_BENCH,
  LIFT_STRENGTH_SCORE_IPF_GL_BENCH_EQUIPPED,
} LiftStrengthScore;

double lift_strength_score_compute (LiftStrengthScore score,
                                    const char *sex,
                                    double body_weight,
                                    double total);

G_END_DECLS
