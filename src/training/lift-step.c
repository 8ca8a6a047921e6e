/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-step.h"

#include "lift-number.h"
#include "lift-scan-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const struct
{
  const char *word;
  LiftStepKind kind;
} WORDS[] = {
  { "", LIFT_STEP_LOAD },     { "rpe", LIFT_STEP_RPE },   { "rir", LIFT_STEP_RIR },
  { "rep", LIFT_STEP_REPS },  { "reps", LIFT_STEP_REPS }, { "set", LIFT_STEP_SETS },
  { "sets", LIFT_STEP_SETS },
};

static gboolean
read_kind (const char **p, LiftStep *step)
{
  g_autofree char *word = NULL;

  lift_scan_blanks (p);
  if (**p == '%')
    {
      (*p)++;
      step->kind = LIFT_STEP_PERCENT;
      return TRUE;
    }
  word = lift_scan_word (p);
  step->kind = LIFT_STEP_LOAD;
  step->unit = lift_load_unit_from_text (word);
  if (step->unit != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_str_equal (word, WORDS[i].word))
      {
        step->kind = WORDS[i].kind;
        return TRUE;
      }
  return FALSE;
}

/* What one step may be at most: enough for any training, too little for a slip of the finger. */
static gboolean
check_amount (const LiftStep *step, GError **error)
{
  const char *reason = NULL;
  double size = fabs (step->amount);
  gboolean is_whole = step->amount == floor (step->amount);

  if (step->kind == LIFT_STEP_FACTOR && !(step->amount >= 0.1 && step->amount <= 3))
    reason = _ ("A factor must lie between 0.1 and 3");
  else if (step->kind == LIFT_STEP_LOAD && size > 500)
    reason = _ ("A load can change by at most 500 at once");
  else if (step->kind == LIFT_STEP_PERCENT && size > 100)
    reason = _ ("A load can change by at most 100 % at once");
  else if ((step->kind == LIFT_STEP_RPE || step->kind == LIFT_STEP_RIR) &&
           !lift_scan_is_half_step (size, 0, 10))
    reason = _ ("RPE and RIR change by halves, at most by 10");
  else if ((step->kind == LIFT_STEP_REPS || step->kind == LIFT_STEP_SETS) &&
           (!is_whole || size > LIFT_PRESCRIPTION_MAX_SETS))
    reason = _ ("Sets and repetitions change by whole numbers, at most by 99");
  if (reason == NULL)
    return TRUE;
  g_set_error_literal (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_RANGE, reason);
  return FALSE;
}

/**
 * lift_step_parse:
 * @text: `+2.5`, `-5lb`, `+2%`, `x0.9`, `-1 RIR`, `+0.5 RPE`, `+1 rep`, `+1 set`
 * @step: (out): the step
 *
 * Returns: whether @text is a step, else @error is of %LIFT_TRAINING_ERROR
 */
gboolean
lift_step_parse (const char *text, LiftStep *step, GError **error)
{
  const char *p = text;
  gboolean is_read;

  *step = (LiftStep){ LIFT_STEP_FACTOR, 0, NULL };
  lift_scan_blanks (&p);
  if (lift_scan_times (&p))
    is_read = g_ascii_isdigit (*p) && lift_number_read (&p, &step->amount);
  else
    is_read = !g_ascii_isdigit (*p) && lift_number_read (&p, &step->amount) && read_kind (&p, step);
  lift_scan_blanks (&p);
  if (is_read && *p == '\0')
    return check_amount (step, error);
  g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_SYNTAX,
               _ ("“%s” is not a step; write for example +2.5, +2%%, -1 RIR or x0.9"), text);
  return FALSE;
}

static const char *
get_suffix (const LiftStep *step)
{
  switch (step->kind)
    {
    case LIFT_STEP_LOAD:
      return step->unit != NULL ? step->unit : "";
    case LIFT_STEP_PERCENT:
      return "%";
    case LIFT_STEP_RPE:
      return " RPE";
    case LIFT_STEP_RIR:
      return " RIR";
    case LIFT_STEP_REPS:
      return fabs (step->amount) == 1 ? " rep" : " reps";
    case LIFT_STEP_SETS:
      return fabs (step->amount) == 1 ? " set" : " sets";
    case LIFT_STEP_FACTOR:
    default:
      return "";
    }
}

/**
 * lift_step_print:
 *
 * Returns: (transfer full): the canonical text, which [func@step_parse] reads back
 */
char *
lift_step_print (const LiftStep *step)
{
  g_autofree char *number = lift_number_format_exact (step->amount);
  const char *sign = step->kind == LIFT_STEP_FACTOR ? "x" : step->amount >= 0 ? "+" : "";

  return g_strdup_printf ("%s%s%s", sign, number, get_suffix (step));
}

/**
 * lift_step_describe:
 *
 * Returns: (transfer full): the step in the user's words, for the preview
 */
char *
lift_step_describe (const LiftStep *step)
{
  g_autofree char *plain = lift_number_format (fabs (step->amount), 2);
  g_autofree char *number = lift_number_localize (plain);
  const char *sign = step->amount < 0 ? "−" : "+";

  switch (step->kind)
    {
    case LIFT_STEP_LOAD:
      if (step->unit == NULL)
        return g_strdup_printf (_ ("load %s%s"), sign, number);
      return g_strdup_printf (_ ("load %s%s %s"), sign, number, step->unit);
    case LIFT_STEP_PERCENT:
      return g_strdup_printf (_ ("load %s%s %%"), sign, number);
    case LIFT_STEP_RPE:
      return g_strdup_printf (_ ("RPE %s%s"), sign, number);
    case LIFT_STEP_RIR:
      return g_strdup_printf (_ ("reps in reserve %s%s"), sign, number);
    case LIFT_STEP_REPS:
      return g_strdup_printf (_ ("repetitions %s%s"), sign, number);
    case LIFT_STEP_SETS:
      return g_strdup_printf (_ ("sets %s%s"), sign, number);
    case LIFT_STEP_FACTOR:
    default:
      return g_strdup_printf (_ ("load × %s"), number);
    }
}

static double
apply_to_load (const LiftStep *step, double rounding, const LiftPrescription *target)
{
  const char *unit = step->unit != NULL ? step->unit : target->unit;
  double load = target->weight;

  if (step->kind == LIFT_STEP_LOAD)
    /* Added in the unit of the target where they agree, so that 225 lb + 5 is 230 lb exactly. */
    load = g_strcmp0 (unit, target->unit) == 0
             ? lift_load_to_kg (lift_load_from_kg (load, unit) + step->amount, unit)
             : load + lift_load_to_kg (step->amount, unit);
  else
    load = lift_load_round (step->kind == LIFT_STEP_PERCENT
                              ? load + fabs (load) * step->amount / 100
                              : load * step->amount,
                            rounding, target->unit);
  return load;
}

static gboolean
step_load (const LiftStep *step, double rounding, LiftPrescription *target, GError **error)
{
  double load = target->weight, percent = target->percent;

  if (!isnan (load))
    load = apply_to_load (step, rounding, target);
  if (!isnan (percent) && step->kind != LIFT_STEP_LOAD)
    percent = step->kind == LIFT_STEP_PERCENT ? percent + step->amount : percent * step->amount;
  if (isnan (load) && (isnan (percent) || step->kind == LIFT_STEP_LOAD))
    {
      g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_CONFLICT,
                   _ ("There is no load here to change; write the load itself"));
      return FALSE;
    }
  if (!isnan (load) && !lift_load_check (load, error))
    return FALSE;
  if (!isnan (percent) && (percent < 0 || percent > 200))
    {
      g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_RANGE,
                   _ ("A percentage must lie between 0 and 200"));
      return FALSE;
    }
  target->weight = load;
  target->percent = percent;
  return TRUE;
}

static gboolean
step_number (const LiftStep *step, double *value, double min, double max, GError **error)
{
  if (isnan (*value))
    g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_CONFLICT,
                 _ ("There is nothing of this kind here to change"));
  else if (*value + step->amount < min || *value + step->amount > max)
    g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_RANGE,
                 _ ("The result would not lie between %g and %g"), min, max);
  else
    {
      *value += step->amount;
      return TRUE;
    }
  return FALSE;
}

static gboolean
step_reps (const LiftStep *step, LiftPrescription *target, GError **error)
{
  double reps = target->reps != LIFT_NO_INT ? target->reps : NAN;
  double reps_max = target->reps_max != LIFT_NO_INT ? target->reps_max : NAN;

  if (!step_number (step, &reps, 0, 999, error) ||
      (!isnan (reps_max) && !step_number (step, &reps_max, 0, 999, error)))
    return FALSE;
  target->reps = reps;
  target->reps_max = isnan (reps_max) ? LIFT_NO_INT : reps_max;
  return TRUE;
}

/**
 * lift_step_apply:
 * @rounding: what loads are multiples of, in the unit of the load, when a percentage or factor is
 *   applied; 0 rounds nothing
 * @prescription: what is changed; left alone on an error
 *
 * Returns: whether there was something to change and the result can be stored
 */
gboolean
lift_step_apply (const LiftStep *step,
                 double rounding,
                 LiftPrescription *prescription,
                 GError **error)
{
  double sets = prescription->sets;

  switch (step->kind)
    {
    case LIFT_STEP_RPE:
      return step_number (step, &prescription->rpe, 1, 10, error);
    case LIFT_STEP_RIR:
      return step_number (step, &prescription->rir, 0, 20, error);
    case LIFT_STEP_REPS:
      return step_reps (step, prescription, error);
    case LIFT_STEP_SETS:
      if (!step_number (step, &sets, 1, LIFT_PRESCRIPTION_MAX_SETS, error))
        return FALSE;
      prescription->sets = sets;
      return TRUE;
    case LIFT_STEP_LOAD:
    case LIFT_STEP_PERCENT:
    case LIFT_STEP_FACTOR:
    default:
      return step_load (step, rounding, prescription, error);
    }
}
