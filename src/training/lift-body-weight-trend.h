/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-day.h"

G_BEGIN_DECLS

/**
 * LiftBodyWeight:
 * @day: the day of measurement
 * @weight: what was measured, in kg
 * @trend: filled in: the smoothed weight
 *
 * One weighing.
 */
typedef struct
{
  LiftDay day;
  double weight;
  double trend;
} LiftBodyWeight;

void lift_body_weight_trend_compute (LiftBodyWeight *entries, gsize n);
double lift_body_weight_trend_get_rate (const LiftBodyWeight *entries, gsize n);

G_END_DECLS
