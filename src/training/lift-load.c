/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-load.h"

#include "lift-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/**
 * lift_load_unit_from_text:
 * @text: (nullable): a unit as typed or stored: kg, lb, lbs, in any case
 *
 * Returns: (nullable): `"kg"` or `"lb"`, or %NULL if @text is neither
 */
const char *
lift_load_unit_from_text (const char *text)
{
  if (text == NULL)
    return NULL;
  if (g_ascii_strcasecmp (text, "kg") == 0 || g_ascii_strcasecmp (text, "kgs") == 0)
    return "kg";
  if (g_ascii_strcasecmp (text, "lb") == 0 || g_ascii_strcasecmp (text, "lbs") == 0)
    return "lb";
  return NULL;
}

static gboolean
is_pounds (const char *unit)
{
  return g_strcmp0 (unit, "lb") == 0;
}

/**
 * lift_load_to_kg:
 * @unit: (nullable): the unit of @value; %NULL is kg
 *
 * Returns: @value in kilograms
 */
double
lift_load_to_kg (double value, const char *unit)
{
  return is_pounds (unit) ? value * LIFT_KG_PER_LB : value;
}

/**
 * lift_load_from_kg:
 * @unit: (nullable): the unit wanted; %NULL is kg
 *
 * Returns: @kg in @unit, not rounded
 */
double
lift_load_from_kg (double kg, const char *unit)
{
  return is_pounds (unit) ? kg / LIFT_KG_PER_LB : kg;
}

/**
 * lift_load_round:
 * @kg: a load in kilograms
 * @step: what loads are multiples of, in @unit; 0 leaves the load alone
 * @unit: (nullable): the unit in which steps are counted; %NULL is kg
 *
 * Returns: the multiple of @step nearest to @kg, in kilograms
 */
double
lift_load_round (double kg, double step, const char *unit)
{
  if (!(step > 0))
    return kg;
  return lift_load_to_kg (round (lift_load_from_kg (kg, unit) / step) * step, unit);
}

/**
 * lift_load_format:
 * @kg: a finite load in kilograms
 * @unit: (nullable): the unit to show; %NULL is kg
 *
 * Returns: (transfer full): the number alone, at most two decimals, with a point: for scripts
 */
char *
lift_load_format (double kg, const char *unit)
{
  return lift_number_format (lift_load_from_kg (kg, unit), 2);
}

/**
 * lift_load_format_exact:
 *
 * As [func@load_format], with as many decimals as it takes for the text to be read back as
 * the same load, so that opening a cell and closing it changes nothing.
 *
 * Returns: (transfer full): the number alone
 */
char *
lift_load_format_exact (double kg, const char *unit)
{
  for (guint decimals = 0; decimals < 16; decimals++)
    {
      g_autofree char *text = lift_number_format (lift_load_from_kg (kg, unit), decimals);

      if (text == NULL || lift_load_to_kg (g_ascii_strtod (text, NULL), unit) == kg)
        return g_steal_pointer (&text);
    }
  return lift_number_format_exact (lift_load_from_kg (kg, unit));
}

/**
 * lift_load_format_display:
 *
 * Returns: (transfer full): the load with its unit and the user's decimal separator: "102,5 kg"
 */
char *
lift_load_format_display (double kg, const char *unit)
{
  g_autofree char *plain = lift_load_format (kg, unit);
  g_autofree char *number = plain != NULL ? lift_number_localize (plain) : g_strdup ("");

  return g_strdup_printf ("%s %s", number, is_pounds (unit) ? _ ("lb") : _ ("kg"));
}

/**
 * lift_load_check:
 *
 * Returns: whether @kg is a load that can be stored: −500 (assistance) to 2000 kg
 */
gboolean
lift_load_check (double kg, GError **error)
{
  if (kg >= LIFT_LOAD_MIN && kg <= LIFT_LOAD_MAX)
    return TRUE;
  g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_RANGE,
               _ ("A load must lie between −500 and 2000 kg"));
  return FALSE;
}

/**
 * lift_load_parse:
 * @text: a load as typed: `102.5`, `102,5`, `225 lb`, `100kg`, `-20` for assistance
 * @default_unit: (nullable): the unit meant when none is typed; %NULL is kg
 * @kg: (out) (optional): the load in kilograms
 * @unit: (out) (optional): the unit typed or meant, a static string
 *
 * Returns: whether @text is a load, else @error is of %LIFT_TRAINING_ERROR
 */
gboolean
lift_load_parse (
  const char *text, const char *default_unit, double *kg, const char **unit, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  const char *p = trimmed, *found;
  double value;

  if (!lift_number_read (&p, &value))
    p = "?";
  while (*p == ' ')
    p++;
  found = *p == '\0' ? lift_load_unit_from_text (default_unit) : lift_load_unit_from_text (p);
  if (*p != '\0' && found == NULL)
    {
      g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_SYNTAX,
                   _ ("“%s” is not a load; write for example 102.5 or 225 lb"), trimmed);
      return FALSE;
    }
  if (found == NULL)
    found = "kg";
  if (!lift_load_check (lift_load_to_kg (value, found), error))
    return FALSE;
  if (kg != NULL)
    *kg = lift_load_to_kg (value, found);
  if (unit != NULL)
    *unit = found;
  return TRUE;
}
