/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-set-values.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lift-format.h"
#include "lift-load.h"
#include "lift-number.h"
#include "lift-training-error.h"

/**
 * lift_measure_for_exercise:
 * @exercise: (nullable): an exercise
 *
 * Returns: what is counted in a set of it
 */
LiftMeasure
lift_measure_for_exercise (LiftExercise *exercise)
{
  const char *tracking = exercise != NULL ? exercise->tracking : NULL;

  if (tracking == NULL)
    return LIFT_MEASURE_REPS;
  if (strstr (tracking, "distance") != NULL)
    return LIFT_MEASURE_METRES;
  return strstr (tracking, "duration") != NULL ? LIFT_MEASURE_SECONDS : LIFT_MEASURE_REPS;
}

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

/* A whole text as one number; "1:30" is 90 where seconds are counted. */
static gboolean
read_number (const char *text, gboolean is_time, double *value)
{
  double seconds;
  const char *p = text;

  while (g_ascii_isspace (*p) || *p == '@')
    p++;
  if (!lift_number_read (&p, value))
    return FALSE;
  if (is_time && *p == ':')
    {
      p++;
      if (!lift_number_read (&p, &seconds))
        return FALSE;
      *value = *value * 60 + seconds;
    }
  return is_blank (p);
}

static gboolean
complain (LiftSetPart *wrong, LiftSetPart part, GError **error, const char *message)
{
  *wrong = part;
  g_set_error_literal (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_RANGE, message);
  return FALSE;
}

static const char *
describe_amount (LiftMeasure measure)
{
  switch (measure)
    {
    case LIFT_MEASURE_SECONDS:
      return _ ("Type the time in seconds, or as 1:30.");
    case LIFT_MEASURE_METRES:
      return _ ("Type the distance in metres.");
    case LIFT_MEASURE_REPS:
    default:
      return _ ("Type the repetitions as a whole number from 0 to 999.");
    }
}

static gboolean
parse_amount (LiftSetValues *self, const char *text, LiftMeasure measure)
{
  static const double limits[] = { 999, 86400, 1000000 };

  if (!read_number (text, measure == LIFT_MEASURE_SECONDS, &self->amount))
    return FALSE;
  if (measure != LIFT_MEASURE_METRES && self->amount != floor (self->amount))
    return FALSE;
  return self->amount >= 0 && self->amount <= limits[measure];
}

static gboolean
parse_rpe (LiftSetValues *self, const char *text)
{
  return read_number (text, FALSE, &self->rpe) && self->rpe >= 1 && self->rpe <= 10 &&
         self->rpe * 2 == floor (self->rpe * 2);
}

/**
 * lift_set_values_parse:
 * @texts: what stands in the fields; an empty one leaves the value open
 * @unit: the unit meant where none is typed
 * @wrong: (out): which field an error is about
 *
 * Reads what was typed.
 *
 * Returns: whether all of it could be read; if not, the values before @wrong were
 */
gboolean
lift_set_values_parse (LiftSetValues *self,
                       const char *const texts[LIFT_N_SET_PARTS],
                       LiftMeasure measure,
                       const char *unit,
                       LiftSetPart *wrong,
                       GError **error)
{
  *self = (LiftSetValues){ NAN, unit, NAN, NAN };
  *wrong = LIFT_SET_PART_LOAD;
  if (!is_blank (texts[LIFT_SET_PART_LOAD]) &&
      !lift_load_parse (texts[LIFT_SET_PART_LOAD], unit, &self->kg, &self->unit, error))
    return FALSE;
  if (!is_blank (texts[LIFT_SET_PART_AMOUNT]) &&
      !parse_amount (self, texts[LIFT_SET_PART_AMOUNT], measure))
    return complain (wrong, LIFT_SET_PART_AMOUNT, error, describe_amount (measure));
  if (!is_blank (texts[LIFT_SET_PART_RPE]) && !parse_rpe (self, texts[LIFT_SET_PART_RPE]))
    return complain (wrong, LIFT_SET_PART_RPE, error,
                     _ ("Type the RPE as a number from 1 to 10, in halves."));
  return TRUE;
}

/**
 * lift_set_values_split:
 * @text: what stands in the load field
 * @parts: (out) (array fixed-size=3): its parts, to be freed; untouched if there are none
 *
 * Takes `102.5 5 8` apart: a whole set that was typed into the first field.
 *
 * Returns: whether there was more than a load
 */
gboolean
lift_set_values_split (const char *text, char *parts[LIFT_N_SET_PARTS])
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *with_unit = NULL;
  guint first = 1;

  words = g_strsplit_set (text, " \t", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (found, words[i]);
  if (found->len >= 2 && lift_load_unit_from_text (g_ptr_array_index (found, 1)) != NULL)
    first = 2;
  if (found->len <= first || found->len > first + 2)
    return FALSE;
  with_unit = first == 2 ? g_strdup_printf ("%s %s", (char *) g_ptr_array_index (found, 0),
                                            (char *) g_ptr_array_index (found, 1))
                         : g_strdup (g_ptr_array_index (found, 0));
  parts[LIFT_SET_PART_LOAD] = g_steal_pointer (&with_unit);
  parts[LIFT_SET_PART_AMOUNT] = g_strdup (g_ptr_array_index (found, first));
  parts[LIFT_SET_PART_RPE] = g_strdup (found->len > first + 1 ? g_ptr_array_index (found, first + 1)
                                                              : "");
  return TRUE;
}

/**
 * lift_set_values_format:
 *
 * Returns: (transfer full): one value as it stands in its field; a load in its own unit, without it
 */
char *
lift_set_values_format (const LiftSetValues *self, LiftSetPart part, LiftMeasure measure)
{
  double value = part == LIFT_SET_PART_AMOUNT ? self->amount : self->rpe;

  if (part == LIFT_SET_PART_LOAD)
    return lift_format_load_number (self->kg, self->unit);
  if (isnan (value))
    return g_strdup ("");
  if (part == LIFT_SET_PART_AMOUNT && measure == LIFT_MEASURE_SECONDS && value >= 60)
    return lift_format_duration ((gint64) value);
  return lift_format_number (value);
}

static double
from_int (gint64 value)
{
  return value == LIFT_INT_NULL ? NAN : (double) value;
}

static gint64
to_int (double value)
{
  return isnan (value) ? LIFT_INT_NULL : (gint64) value;
}

/**
 * lift_set_values_from_set:
 * @unit: the unit where the set names none
 *
 * Takes what was done, or was typed and not confirmed yet.
 */
void
lift_set_values_from_set (LiftSetValues *self,
                          LiftSetSession *set,
                          LiftMeasure measure,
                          const char *unit)
{
  self->kg = set->actual_weight;
  self->unit = set->actual_weight_unit != NULL ? set->actual_weight_unit : unit;
  self->rpe = set->actual_rpe;
  if (measure == LIFT_MEASURE_REPS)
    self->amount = from_int (set->actual_reps);
  else
    self->amount = measure == LIFT_MEASURE_SECONDS ? from_int (set->duration_seconds)
                                                   : set->distance;
}

/**
 * lift_set_values_from_target:
 * @unit: in what the person types
 *
 * Takes what was planned; of a range the lower end.
 */
void
lift_set_values_from_target (LiftSetValues *self, LiftSetSession *set, const char *unit)
{
  self->kg = set->target_weight;
  self->unit = unit;
  self->amount = from_int (set->target_reps);
  self->rpe = set->target_rpe;
}

/**
 * lift_set_values_fill:
 * @from: where to take values that are open
 *
 * Fills the gaps.
 */
void
lift_set_values_fill (LiftSetValues *self, const LiftSetValues *from)
{
  if (isnan (self->kg))
    {
      self->kg = from->kg;
      self->unit = from->unit;
    }
  if (isnan (self->amount))
    self->amount = from->amount;
  if (isnan (self->rpe))
    self->rpe = from->rpe;
}

static gboolean
same (double a, double b)
{
  return (isnan (a) && isnan (b)) || a == b;
}

/**
 * lift_set_values_equal:
 *
 * Returns: whether they would be stored as the same
 */
gboolean
lift_set_values_equal (const LiftSetValues *a, const LiftSetValues *b)
{
  return same (a->kg, b->kg) && same (a->amount, b->amount) && same (a->rpe, b->rpe) &&
         (isnan (a->kg) || g_strcmp0 (a->unit, b->unit) == 0);
}

/**
 * lift_set_values_apply:
 *
 * Puts the values into a set.
 */
void
lift_set_values_apply (const LiftSetValues *self, LiftSetSession *set, LiftMeasure measure)
{
  LiftEntity *entity = LIFT_ENTITY (set);

  lift_entity_set (entity, "actual-weight", self->kg, "actual-rpe", self->rpe, NULL);
  if (!isnan (self->kg))
    lift_entity_set (entity, "actual-weight-unit", self->unit, NULL);
  if (measure == LIFT_MEASURE_REPS)
    lift_entity_set (entity, "actual-reps", to_int (self->amount), NULL);
  else if (measure == LIFT_MEASURE_SECONDS)
    lift_entity_set (entity, "duration-seconds", to_int (self->amount), NULL);
  else
    lift_entity_set (entity, "distance", self->amount, NULL);
}
