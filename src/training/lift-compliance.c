/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-compliance.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *const NAMES[] = { "none", "open", "missed", "red", "yellow", "green" };

/**
 * lift_compliance_get_percent:
 * @done: counted sets done (no warm-ups, no optional sets that were not done)
 * @planned: counted sets planned
 *
 * Returns: done of planned in per cent, or NaN if nothing was planned
 */
double
lift_compliance_get_percent (guint done, guint planned)
{
  return planned > 0 ? done * 100.0 / planned : NAN;
}

/**
 * lift_compliance_from_percent:
 * @has_day_ended: whether the day is over where the athlete is; before that nothing is missed
 *
 * Returns: the state that so many per cent are
 */
LiftCompliance
lift_compliance_from_percent (double percent, gboolean has_day_ended)
{
  if (isnan (percent))
    return LIFT_COMPLIANCE_NONE;
  if (percent <= 0)
    return has_day_ended ? LIFT_COMPLIANCE_MISSED : LIFT_COMPLIANCE_OPEN;
  if (percent >= 80 && percent <= 120)
    return LIFT_COMPLIANCE_GREEN;
  if (percent >= 50 && percent <= 150)
    return LIFT_COMPLIANCE_YELLOW;
  return LIFT_COMPLIANCE_RED;
}

/**
 * lift_compliance_from_sets:
 *
 * Returns: the state of a workout with @done of @planned counted sets
 */
LiftCompliance
lift_compliance_from_sets (guint done, guint planned, gboolean has_day_ended)
{
  return lift_compliance_from_percent (lift_compliance_get_percent (done, planned), has_day_ended);
}

/**
 * lift_compliance_get_symbol:
 *
 * Returns: one character, for those who do not tell the colours apart
 */
const char *
lift_compliance_get_symbol (LiftCompliance compliance)
{
  static const char *const SYMBOLS[] = { "·", "○", "✗", "◔", "◐", "✓" };

  g_return_val_if_fail (compliance < G_N_ELEMENTS (SYMBOLS), "");

  return SYMBOLS[compliance];
}

/**
 * lift_compliance_get_name:
 *
 * Returns: the state in one word for scripts and style classes: none, open, missed, red, yellow,
 *   green
 */
const char *
lift_compliance_get_name (LiftCompliance compliance)
{
  g_return_val_if_fail (compliance < G_N_ELEMENTS (NAMES), "");

  return NAMES[compliance];
}

/**
 * lift_compliance_describe:
 *
 * Returns: (transfer full): symbol and text: "✓ 102 %", "◐ 64 %", "✗ missed"
 */
char *
lift_compliance_describe (LiftCompliance compliance, double percent)
{
  const char *symbol = lift_compliance_get_symbol (compliance);

  switch (compliance)
    {
    case LIFT_COMPLIANCE_NONE:
      return g_strdup_printf (_ ("%s not planned"), symbol);
    case LIFT_COMPLIANCE_OPEN:
      return g_strdup_printf (_ ("%s to do"), symbol);
    case LIFT_COMPLIANCE_MISSED:
      return g_strdup_printf (_ ("%s missed"), symbol);
    case LIFT_COMPLIANCE_RED:
    case LIFT_COMPLIANCE_YELLOW:
    case LIFT_COMPLIANCE_GREEN:
    default:
      return g_strdup_printf (_ ("%s %.0f %%"), symbol, percent);
    }
}

/**
 * lift_set_result_init:
 * @result: (out caller-allocates): made a set that is not done
 */
void
lift_set_result_init (LiftSetResult *result)
{
  *result = (LiftSetResult){ FALSE, LIFT_NO_INT, NAN, NAN, NAN, LIFT_NO_INT, NAN };
}

static double
ratio (double done, double asked)
{
  return asked > 0 && done >= 0 ? done / asked : NAN;
}

/* Within a range of repetitions the target is met; beyond it the nearer end is what was asked. */
static double
get_asked_reps (const LiftPrescription *target, gint64 done)
{
  if (target->reps_max != LIFT_NO_INT)
    return CLAMP (done, target->reps != LIFT_NO_INT ? target->reps : 0, target->reps_max);
  return target->reps != LIFT_NO_INT ? target->reps : NAN;
}

static double
get_work_ratio (const LiftPrescription *target, const LiftSetResult *result, double load)
{
  double reps = NAN;

  if (result->reps != LIFT_NO_INT)
    reps = ratio (result->reps, get_asked_reps (target, result->reps));
  if (isnan (reps) && result->duration != LIFT_NO_INT && target->duration != LIFT_NO_INT)
    reps = ratio (result->duration, target->duration);
  if (isnan (reps))
    reps = ratio (result->distance, target->distance);
  if (isnan (reps))
    return load;
  return isnan (load) ? reps : reps * load;
}

static double
get_rpe (double rpe, double rir)
{
  return !isnan (rpe) ? rpe : 10 - rir;
}

/**
 * lift_set_deviation_compute:
 * @deviation: (out caller-allocates): how the set came out
 * @target: what one set asked for
 * @result: what was done
 */
void
lift_set_deviation_compute (LiftSetDeviation *deviation,
                            const LiftPrescription *target,
                            const LiftSetResult *result)
{
  double load, asked;

  *deviation = (LiftSetDeviation){ result->is_done, NAN, NAN, NAN, LIFT_NO_INT, NAN };
  if (!result->is_done)
    {
      deviation->percent = 0;
      return;
    }
  load = ratio (result->weight, target->weight);
  deviation->load = result->weight - target->weight;
  deviation->load_percent = load * 100;
  deviation->percent = get_work_ratio (target, result, load) * 100;
  deviation->rpe = get_rpe (result->rpe, result->rir) - get_rpe (target->rpe, target->rir);
  asked = result->reps != LIFT_NO_INT ? get_asked_reps (target, result->reps) : NAN;
  if (!isnan (asked))
    deviation->reps = result->reps - (gint64) asked;
}

/**
 * lift_set_deviation_summarize:
 *
 * Returns: (transfer full): symbol and text of a set whose day is over: "✓ 102 %", "✗ missed"
 */
char *
lift_set_deviation_summarize (const LiftSetDeviation *deviation)
{
  LiftCompliance compliance = lift_compliance_from_percent (deviation->percent, TRUE);

  /* Done without anything to compare with: done. */
  if (compliance == LIFT_COMPLIANCE_NONE)
    return g_strdup (lift_compliance_get_symbol (LIFT_COMPLIANCE_GREEN));
  return lift_compliance_describe (compliance, deviation->percent);
}

static void
add (GString *out, char *part)
{
  if (out->len > 0)
    g_string_append (out, " · ");
  g_string_append (out, part);
  g_free (part);
}

static const char *
get_sign (double value)
{
  return value < 0 ? "−" : "+";
}

/**
 * lift_set_deviation_describe:
 * @unit: (nullable): the unit of the difference in load; %NULL is kg
 *
 * Returns: (transfer full): what differs, in the user's words: "+2.5 kg · −1 rep · RPE +0.5"; ""
 *   if all is as planned
 */
char *
lift_set_deviation_describe (const LiftSetDeviation *deviation, const char *unit)
{
  GString *out = g_string_sized_new (32);
  gint64 reps = deviation->reps != LIFT_NO_INT ? ABS (deviation->reps) : 0;

  if (!deviation->is_done)
    add (out, g_strdup (_ ("missed")));
  /* Less than a gram is the rounding of pounds. */
  if (fabs (deviation->load) >= 0.001)
    {
      g_autofree char *load = lift_load_format_display (fabs (deviation->load), unit);

      add (out, g_strdup_printf ("%s%s", get_sign (deviation->load), load));
    }
  if (reps > 0)
    add (out, g_strdup_printf (ngettext ("%s%d rep", "%s%d reps", reps), get_sign (deviation->reps),
                               (int) reps));
  if (fabs (deviation->rpe) > 0)
    add (out, g_strdup_printf (_ ("RPE %s%.1f"), get_sign (deviation->rpe), fabs (deviation->rpe)));
  return g_string_free (out, FALSE);
}
