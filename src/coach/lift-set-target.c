/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-set-target.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lift-format.h"
#include "lift-quick-entry.h"

static LiftPrescription *
parse_part (const char *text, const char *unit, GError **error)
{
  g_autoptr (LiftQuickEntry) entry = lift_quick_entry_parse (text, unit, NULL, error);

  if (entry == NULL)
    return NULL;
  if (entry->groups->len == 1 &&
      (entry->kind == LIFT_QUICK_ENTRY_SETS || entry->kind == LIFT_QUICK_ENTRY_CHANGE))
    return lift_prescription_copy (entry->groups->pdata[0]);
  g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_SYNTAX,
               _ ("“%s” is more than fits here"), text);
  return NULL;
}

static LiftPrescription *
parse_target (LiftSetTarget target, const char *text, const char *unit, GError **error)
{
  g_autofree char *full = NULL;

  if (*text == '\0')
    return lift_prescription_new ();
  if (target == LIFT_SET_TARGET_REPS)
    full = g_strdup_printf ("1x%s", text);
  else if (target == LIFT_SET_TARGET_EFFORT && g_ascii_isdigit (*text))
    full = g_strdup_printf ("@%s", text);
  else
    full = g_strdup (text);
  return parse_part (full, unit, error);
}

/**
 * lift_set_target_edit:
 * @set: a copy of the set
 * @text: what was typed for the target: `5` or `8-12`; `100`, `225 lb` or `85%`; `8` or `r2`
 * @unit: the unit of a load that is typed without one
 *
 * Gives a set one target; an empty text leaves it open.
 *
 * Returns: whether @text was understood
 */
gboolean
lift_set_target_edit (
  LiftSetPlan *set, LiftSetTarget target, const char *text, const char *unit, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (LiftPrescription) typed = parse_target (target, stripped, unit, error);
  LiftEntity *entity = LIFT_ENTITY (set);

  if (typed == NULL)
    return FALSE;
  if (target == LIFT_SET_TARGET_REPS)
    lift_entity_set (entity, "target-reps", typed->reps, "target-reps-max", typed->reps_max,
                     "target-duration-seconds", typed->duration, "target-distance", typed->distance,
                     NULL);
  else if (target == LIFT_SET_TARGET_LOAD)
    lift_entity_set (entity, "target-weight", typed->weight, "target-weight-unit", typed->unit,
                     "target-percent", typed->percent, NULL);
  else
    lift_entity_set (entity, "target-rpe", typed->rpe, "target-rir", typed->rir, NULL);
  return TRUE;
}

static char *
print_number (const char *before, double value, const char *after)
{
  g_autofree char *number = lift_format_number (value);

  return g_strdup_printf ("%s%s%s", before, number, after);
}

static char *
print_reps (LiftSetPlan *set)
{
  if (set->target_reps != LIFT_INT_NULL && set->target_reps_max != LIFT_INT_NULL)
    return g_strdup_printf ("%d-%d", (int) set->target_reps, (int) set->target_reps_max);
  if (set->target_reps != LIFT_INT_NULL)
    return g_strdup_printf ("%d", (int) set->target_reps);
  if (!isnan (set->target_distance))
    return print_number ("", set->target_distance, "m");
  if (set->target_duration_seconds != LIFT_INT_NULL)
    return g_strdup_printf ("%ds", (int) set->target_duration_seconds);
  return g_strdup ("");
}

static char *
print_load (LiftSetPlan *set, const char *unit)
{
  const char *own = set->target_weight_unit != NULL ? set->target_weight_unit : "kg";
  g_autofree char *number = NULL;

  if (!isnan (set->target_percent))
    return print_number ("", set->target_percent, "%");
  number = lift_format_load_number (set->target_weight, own);
  return g_strconcat (number, *number != '\0' && !g_str_equal (own, unit) ? " " : "",
                      *number != '\0' && !g_str_equal (own, unit) ? own : "", NULL);
}

/**
 * lift_set_target_print:
 * @unit: the unit that loads are written without
 *
 * Returns: (transfer full): one target as it is typed; empty where it is open
 */
char *
lift_set_target_print (LiftSetPlan *set, LiftSetTarget target, const char *unit)
{
  if (target == LIFT_SET_TARGET_REPS)
    return print_reps (set);
  if (target == LIFT_SET_TARGET_LOAD)
    return print_load (set, unit);
  if (!isnan (set->target_rir))
    return print_number ("r", set->target_rir, "");
  return isnan (set->target_rpe) ? g_strdup ("") : print_number ("", set->target_rpe, "");
}
