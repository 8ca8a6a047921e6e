/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lift-load.h"
#include "lift-number.h"

/**
 * lift_format_number:
 * @value: any finite number
 *
 * Returns: (transfer full): at most two decimals, with the decimal separator of the language
 */
char *
lift_format_number (double value)
{
  g_autofree char *plain = lift_number_format (value, 2);

  return lift_number_localize (plain);
}

/**
 * lift_format_load:
 * @kg: a load in kilograms, or NaN
 *
 * Returns: (transfer full): `102.5 kg`; empty without a load
 */
char *
lift_format_load (double kg, const char *unit)
{
  return isnan (kg) ? g_strdup ("") : lift_load_format_display (kg, unit);
}

/**
 * lift_format_load_number:
 * @kg: a load in kilograms, or NaN
 *
 * Returns: (transfer full): the number alone, for an entry; empty without a load
 */
char *
lift_format_load_number (double kg, const char *unit)
{
  g_autofree char *plain = isnan (kg) ? NULL : lift_load_format (kg, unit);

  return plain != NULL ? lift_number_localize (plain) : g_strdup ("");
}

static char *
format_reps (gint64 reps, gint64 reps_max)
{
  if (reps == LIFT_INT_NULL)
    return NULL;
  if (reps_max != LIFT_INT_NULL && reps_max != reps)
    return g_strdup_printf ("%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT, reps, reps_max);
  return g_strdup_printf ("%" G_GINT64_FORMAT, reps);
}

static void
append_rpe (GString *out, double rpe)
{
  g_autofree char *number = isnan (rpe) ? NULL : lift_format_number (rpe);

  if (number != NULL)
    g_string_append_printf (out, "%s@%s", out->len > 0 ? " " : "", number);
}

/**
 * lift_format_set:
 * @reps: repetitions, or %LIFT_INT_NULL
 * @reps_max: the upper end of a range, or %LIFT_INT_NULL
 * @kg: the load in kilograms, or NaN
 * @rpe: the effort, or NaN
 *
 * Returns: (transfer full): `5 × 100 kg @8`; what is not known is left out
 */
char *
lift_format_set (gint64 reps, gint64 reps_max, double kg, const char *unit, double rpe)
{
  g_autofree char *repetitions = format_reps (reps, reps_max);
  g_autofree char *load = lift_format_load (kg, unit);
  GString *out = g_string_new (NULL);

  if (repetitions != NULL && *load != '\0')
    g_string_append_printf (out, "%s × %s", repetitions, load);
  else if (repetitions != NULL)
    /* Translators: repetitions of a set without a load, "8 reps" or "8–12 reps". */
    g_string_append_printf (out, reps == 1 ? _ ("%s rep") : _ ("%s reps"), repetitions);
  else
    g_string_append (out, load);
  append_rpe (out, rpe);
  return g_string_free (out, FALSE);
}

/**
 * lift_format_target:
 *
 * Returns: (transfer full): the target that the set had when the session began
 */
char *
lift_format_target (LiftSetSession *set, const char *unit)
{
  return lift_format_set (set->target_reps, set->target_reps_max, set->target_weight, unit,
                          set->target_rpe);
}

/**
 * lift_format_done:
 *
 * Returns: (transfer full): what was done, in the unit in which it was typed, else in @unit
 */
char *
lift_format_done (LiftSetSession *set, const char *unit)
{
  const char *own = set->actual_weight_unit != NULL ? set->actual_weight_unit : unit;
  GString *out = g_string_new (NULL);
  g_autofree char *base = lift_format_set (set->actual_reps, LIFT_INT_NULL, set->actual_weight, own,
                                           set->actual_rpe);

  if (set->duration_seconds != LIFT_INT_NULL)
    {
      g_autofree char *duration = lift_format_duration (set->duration_seconds);
      g_string_append (out, duration);
    }
  if (!isnan (set->distance))
    {
      g_autofree char *metres = lift_format_number (set->distance);
      g_string_append_printf (out, out->len > 0 ? " · %s m" : "%s m", metres);
    }
  if (*base != '\0')
    g_string_append_printf (out, out->len > 0 ? " · %s" : "%s", base);
  return g_string_free (out, FALSE);
}

/**
 * lift_format_planned:
 *
 * Returns: (transfer full): a planned set in the unit in which the coach typed it
 */
char *
lift_format_planned (LiftSetPlan *set, const char *unit)
{
  const char *own = set->target_weight_unit != NULL ? set->target_weight_unit : unit;
  g_autofree char *base = lift_format_set (set->target_reps, set->target_reps_max,
                                           set->target_weight, own, set->target_rpe);
  GString *out = g_string_new (base);

  if (isnan (set->target_weight) && !isnan (set->target_percent))
    {
      g_autofree char *percent = lift_format_number (set->target_percent);
      g_string_append_printf (out, out->len > 0 ? " · %s %%" : "%s %%", percent);
    }
  if (set->target_duration_seconds != LIFT_INT_NULL)
    {
      g_autofree char *duration = lift_format_duration (set->target_duration_seconds);
      g_string_append_printf (out, out->len > 0 ? " · %s" : "%s", duration);
    }
  return g_string_free (out, FALSE);
}

/**
 * lift_format_duration:
 * @seconds: how long
 *
 * Returns: (transfer full): `1:42`, or `1:02:03` from an hour on
 */
char *
lift_format_duration (gint64 seconds)
{
  int hours = (int) (seconds / 3600);
  int minutes = (int) (seconds / 60 % 60);
  int rest = (int) (seconds % 60);

  return hours > 0 ? g_strdup_printf ("%d:%02d:%02d", hours, minutes, rest)
                   : g_strdup_printf ("%d:%02d", minutes, rest);
}

/**
 * lift_unit_from_settings:
 * @settings: (nullable): the settings of a program, with the key `unit`
 *
 * Returns: `"kg"` or `"lb"`: what the person chose, or what is usual in this region
 */
const char *
lift_unit_from_settings (GSettings *settings)
{
  g_autofree char *unit = settings != NULL ? g_settings_get_string (settings, "unit") : NULL;
  const char *locale = g_getenv ("LC_MEASUREMENT");

  if (g_strcmp0 (unit, "lb") == 0)
    return "lb";
  if (g_strcmp0 (unit, "auto") != 0)
    return "kg";
  if (locale == NULL || *locale == '\0')
    locale = g_get_language_names ()[0];
  return strstr (locale, "_US") != NULL ? "lb" : "kg";
}
