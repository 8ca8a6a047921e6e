/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-tonnage.h"

#include "lift-one-rep-max.h"
#include "lift-set-kind.h"

#include <math.h>

#define HARD_RIR 4
#define HARD_REPS_MIN 5
#define HARD_REPS_MAX 30

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/**
 * lift_tonnage_of_set:
 * @kind: (nullable): the kind of a set that is done
 * @reps: the repetitions, or G_MININT64
 * @weight: kg, negative for assistance, or NaN
 * @body_weight_factor: the exercise's, 0 to 1, or NaN; 0 where the body is not lifted
 * @body_weight: the athlete's on that day in kg, or NaN if unknown
 *
 * Returns: repetitions × load in kg; 0 for warm-ups, never below 0
 */
double
lift_tonnage_of_set (
  const char *kind, gint64 reps, double weight, double body_weight_factor, double body_weight)
{
  double load = or_zero (weight) + or_zero (body_weight_factor) * or_zero (body_weight);

  if (!lift_set_kind_is_counted (kind) || reps < 1 || load < 0)
    return 0;
  return reps * load;
}

/**
 * lift_hard_set_is_one:
 * @reps: the repetitions done, or G_MININT64
 * @rpe: the RPE, or NaN
 * @rir: the repetitions in reserve, or NaN; goes before @rpe
 *
 * Returns: whether a set that is done counts as a hard set: no warm-up, and at most 4 repetitions
 *   in reserve or 5 to 30 repetitions
 */
gboolean
lift_hard_set_is_one (const char *kind, gint64 reps, double rpe, double rir)
{
  double reserve = !isnan (rir) ? rir : lift_rpe_to_rir (rpe);

  if (g_strcmp0 (kind, "warmup") == 0)
    return FALSE;
  return reserve <= HARD_RIR || (reps >= HARD_REPS_MIN && reps <= HARD_REPS_MAX);
}

static void
add_to (GHashTable *muscles, const char *muscle, double share)
{
  double *sum = g_hash_table_lookup (muscles, muscle);

  if (sum == NULL)
    {
      sum = g_new0 (double, 1);
      g_hash_table_insert (muscles, g_strdup (muscle), sum);
    }
  *sum += share;
}

/**
 * lift_hard_set_add:
 * @muscles: (element-type utf8 gdouble): made with free functions for its keys and values
 * @primary: (nullable): the muscles that the set counts 1 for
 * @secondary: (nullable): the muscles that the set counts 0.5 for
 *
 * Adds one hard set to the sums of a week.
 */
void
lift_hard_set_add (GHashTable *muscles, const char *const *primary, const char *const *secondary)
{
  for (guint i = 0; primary != NULL && primary[i] != NULL; i++)
    add_to (muscles, primary[i], 1);
  for (guint i = 0; secondary != NULL && secondary[i] != NULL; i++)
    if (primary == NULL || !g_strv_contains (primary, secondary[i]))
      add_to (muscles, secondary[i], 0.5);
}

/**
 * lift_hard_set_get:
 *
 * Returns: the hard sets of @muscle that were added
 */
double
lift_hard_set_get (GHashTable *muscles, const char *muscle)
{
  double *sum = g_hash_table_lookup (muscles, muscle);

  return sum != NULL ? *sum : 0;
}
