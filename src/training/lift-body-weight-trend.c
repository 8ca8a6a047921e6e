/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-body-weight-trend.h"

#include <math.h>

#define KEPT_A_DAY 0.9
#define RATE_DAYS 28
#define RATE_ENTRIES 10

/**
 * lift_body_weight_trend_compute:
 * @entries: (array length=n): weighings, oldest first; their `trend` is filled in
 *
 * Smooths exponentially, a tenth a day: after a pause of days the new weight counts for as many
 * tenths as if nothing had changed in between. The trend begins with the first entry.
 */
void
lift_body_weight_trend_compute (LiftBodyWeight *entries, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      double before, days;

      entries[i].trend = entries[i].weight;
      if (i == 0)
        continue;
      before = entries[i - 1].trend;
      days = MAX (entries[i].day - entries[i - 1].day, 0);
      entries[i].trend = before + (1 - pow (KEPT_A_DAY, days)) * (entries[i].weight - before);
    }
}

/**
 * lift_body_weight_trend_get_rate:
 * @entries: (array length=n): weighings, oldest first
 *
 * Returns: the slope of the least-squares line through the weighings of the 28 days up to the last
 *   one, in kg a week; NaN with fewer than ten of them, or all on one day
 */
double
lift_body_weight_trend_get_rate (const LiftBodyWeight *entries, gsize n)
{
  double x = 0, y = 0, xx = 0, xy = 0;
  gsize first = n, count;

  while (first > 0 && entries[n - 1].day - entries[first - 1].day < RATE_DAYS)
    first--;
  count = n - first;
  if (count < RATE_ENTRIES)
    return NAN;
  for (gsize i = first; i < n; i++)
    {
      x += (double) (entries[i].day - entries[first].day) / count;
      y += entries[i].weight / count;
    }
  for (gsize i = first; i < n; i++)
    {
      double dx = entries[i].day - entries[first].day - x;

      xx += dx * dx;
      xy += dx * (entries[i].weight - y);
    }
  return xx > 0 ? xy / xx * 7 : NAN;
}
