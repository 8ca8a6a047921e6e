/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-quick-log.h"

#include "lift-number.h"
#include "lift-scan-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_STEPS 99

typedef struct
{
  const char *p;
  const char *unit;
  LiftQuickLog *log;
  GError **error;
} Parser;

/* Always FALSE, so that a reader can end with it. */
static gboolean
fail (Parser *self, LiftTrainingError code, const char *reason)
{
  g_set_error_literal (self->error, LIFT_TRAINING_ERROR, code, reason);
  return FALSE;
}

static gboolean
fail_syntax (Parser *self)
{
  return fail (self, LIFT_TRAINING_ERROR_SYNTAX,
               _ ("Write load, repetitions and RPE (102.5 5 8), = to repeat, + or - to step"));
}

static gboolean
set_load (Parser *self, double value, const char *unit)
{
  if (!isnan (self->log->weight) || self->log->base == LIFT_QUICK_LOG_STEP ||
      self->log->base == LIFT_QUICK_LOG_CHANGE)
    return fail (self, LIFT_TRAINING_ERROR_CONFLICT, _ ("The load is given twice"));
  self->log->weight = lift_load_to_kg (value, unit);
  self->log->unit = unit;
  return lift_load_check (self->log->weight, self->error);
}

static gboolean
set_reps (Parser *self, double value)
{
  if (self->log->reps != G_MININT64)
    return fail (self, LIFT_TRAINING_ERROR_CONFLICT, _ ("The repetitions are given twice"));
  if (value != floor (value) || value < 0 || value > 999)
    return fail (self, LIFT_TRAINING_ERROR_RANGE,
                 _ ("Repetitions must be a whole number from 0 to 999"));
  self->log->reps = value;
  return TRUE;
}

static gboolean
set_effort (Parser *self, double value, gboolean is_rpe)
{
  if (!isnan (self->log->rpe) || !isnan (self->log->rir))
    return fail (self, LIFT_TRAINING_ERROR_CONFLICT, _ ("Give one RPE or one RIR, not two"));
  if (is_rpe && !lift_scan_is_half_step (value, 1, 10))
    return fail (self, LIFT_TRAINING_ERROR_RANGE, _ ("RPE must lie between 1 and 10, by halves"));
  if (!is_rpe && !lift_scan_is_half_step (value, 0, 20))
    return fail (self, LIFT_TRAINING_ERROR_RANGE,
                 _ ("Repetitions in reserve must lie between 0 and 20, by halves"));
  *(is_rpe ? &self->log->rpe : &self->log->rir) = value;
  return TRUE;
}

static gboolean
set_work (Parser *self, double seconds, double metres)
{
  if ((!isnan (seconds) && self->log->duration != G_MININT64) ||
      (!isnan (metres) && !isnan (self->log->distance)))
    return fail (self, LIFT_TRAINING_ERROR_CONFLICT, _ ("Duration or distance is given twice"));
  if (seconds != floor (seconds) && !isnan (seconds))
    return fail (self, LIFT_TRAINING_ERROR_RANGE, _ ("A duration must be whole seconds"));
  if (seconds > 86400 || metres > 1000000)
    return fail (self, LIFT_TRAINING_ERROR_RANGE,
                 _ ("A set lasts at most 24 hours and covers at most 1000 km"));
  if (!isnan (seconds))
    self->log->duration = seconds;
  else
    self->log->distance = metres;
  return TRUE;
}

/* Bare numbers are load, repetitions and RPE in this order; after `=` or `+` or `x5` the place of
 * what is known already is passed over. */
static gboolean
set_next (Parser *self, double value)
{
  gboolean has_load = !isnan (self->log->weight) || self->log->base != LIFT_QUICK_LOG_PLANNED;
  gboolean has_work = self->log->reps != G_MININT64 || self->log->duration != G_MININT64 ||
                      !isnan (self->log->distance);

  if (!has_load && !has_work)
    return set_load (self, value, self->unit);
  return has_work ? set_effort (self, value, TRUE) : set_reps (self, value);
}

static gboolean
read_effort (Parser *self, gboolean is_rpe)
{
  double value;

  lift_scan_blanks (&self->p);
  if (!lift_number_read (&self->p, &value))
    return fail_syntax (self);
  return set_effort (self, value, is_rpe);
}

static gboolean
read_word (Parser *self)
{
  g_autofree char *word = lift_scan_word (&self->p);

  if (g_str_equal (word, "rpe") || g_str_equal (word, "r") || g_str_equal (word, "rir"))
    return read_effort (self, g_str_equal (word, "rpe"));
  return fail_syntax (self);
}

static gboolean
read_times (Parser *self)
{
  double value;

  lift_scan_blanks (&self->p);
  if (!g_ascii_isdigit (*self->p) || !lift_number_read (&self->p, &value))
    return fail_syntax (self);
  return set_reps (self, value);
}

static gboolean
read_number (Parser *self)
{
  const char *after;
  g_autofree char *word = NULL;
  double value;

  if (lift_scan_distance (&self->p, &value))
    return set_work (self, NAN, value);
  if (lift_scan_duration (&self->p, TRUE, &value))
    return set_work (self, value, NAN);
  if (!lift_number_read (&self->p, &value))
    return fail_syntax (self);
  after = self->p;
  lift_scan_blanks (&after);
  word = lift_scan_word (&after);
  if (lift_load_unit_from_text (word) == NULL)
    return set_next (self, value);
  self->p = after;
  return set_load (self, value, lift_load_unit_from_text (word));
}

static gboolean
read_item (Parser *self)
{
  if (*self->p == '@')
    {
      self->p++;
      return read_effort (self, TRUE);
    }
  if (lift_scan_times (&self->p))
    return read_times (self);
  return g_ascii_isalpha (*self->p) ? read_word (self) : read_number (self);
}

static gboolean
read_items (Parser *self)
{
  for (lift_scan_blanks (&self->p); *self->p != '\0'; lift_scan_blanks (&self->p))
    {
      const char *times = self->p;

      if (!read_item (self))
        return FALSE;
      times = self->p;
      if (!lift_scan_at_end (self->p) && !lift_scan_times (&times))
        return fail_syntax (self);
    }
  return TRUE;
}

static gboolean
read_change (Parser *self)
{
  double value;
  const char *p = self->p, *after, *unit;
  g_autofree char *word = NULL;

  if (!lift_number_read (&p, &value))
    return FALSE;
  after = p;
  lift_scan_blanks (&after);
  word = lift_scan_word (&after);
  unit = lift_load_unit_from_text (word);
  if (unit != NULL)
    p = after;
  lift_scan_blanks (&p);
  /* `-20 8` is 8 repetitions with assistance, `-2.5` alone a change. */
  if (*p != '\0' && *self->p != '+')
    return FALSE;
  self->log->base = LIFT_QUICK_LOG_CHANGE;
  self->log->unit = unit != NULL ? unit : self->unit;
  self->log->change = lift_load_to_kg (value, self->log->unit);
  self->p = p;
  return TRUE;
}

static gboolean
read_steps (Parser *self)
{
  char sign = *self->p;
  int n = strspn (self->p, sign == '+' ? "+" : "-");

  if (n > MAX_STEPS)
    return fail_syntax (self);
  self->p += n;
  self->log->base = LIFT_QUICK_LOG_STEP;
  self->log->steps = sign == '+' ? n : -n;
  return lift_scan_at_end (self->p) || fail_syntax (self);
}

static gboolean
read_base (Parser *self)
{
  if (*self->p == '=')
    {
      self->p++;
      self->log->base = LIFT_QUICK_LOG_REPEAT;
      return lift_scan_at_end (self->p) || fail_syntax (self);
    }
  if ((*self->p != '+' && *self->p != '-') || read_change (self))
    return TRUE;
  if (*self->p == '-' && g_ascii_isdigit (self->p[1]))
    return TRUE;
  return read_steps (self);
}

/**
 * lift_quick_log_init:
 * @self: (out caller-allocates): made "as planned", with nothing typed
 */
void
lift_quick_log_init (LiftQuickLog *self)
{
  *self = (LiftQuickLog){
    LIFT_QUICK_LOG_PLANNED, 0, NAN, NAN, NULL, G_MININT64, NAN, NAN, G_MININT64, NAN
  };
}

/* The true minus, which numbers are shown with, says the same as the one of the keyboard. */
static char *
clean (const char *text)
{
  GString *out = g_string_new (text);

  g_string_replace (out, "−", "-", 0);
  return g_strstrip (g_string_free (out, FALSE));
}

/**
 * lift_quick_log_parse:
 * @text: what was typed into the row of a set, UTF-8
 * @default_unit: (nullable): the unit meant when none is typed; %NULL is kg
 * @log: (out caller-allocates): what it says; undefined on an error
 *
 * Reads `102.5 5 8` (load, repetitions, RPE), any beginning of it, `225lb 5 r2`, `100x5 @8`,
 * `x6`, `@9`, `60s`, `400m`; `=` (as the set before), `+`, `--` (steps of what can be loaded) and
 * `+2.5` (a load more than planned), each of which may be followed by repetitions and RPE.
 * Nothing at all means: as planned.
 *
 * Returns: whether @text was understood, else @error is of %LIFT_TRAINING_ERROR
 */
gboolean
lift_quick_log_parse (const char *text, const char *default_unit, LiftQuickLog *log, GError **error)
{
  g_autofree char *cleaned = clean (text);
  Parser parser = { cleaned, lift_load_unit_from_text (default_unit), log, error };

  if (parser.unit == NULL)
    parser.unit = "kg";
  lift_quick_log_init (log);
  return read_base (&parser) && read_items (&parser);
}

static void
print_base (const LiftQuickLog *self, const char *default_unit, GString *out)
{
  if (self->base == LIFT_QUICK_LOG_REPEAT)
    g_string_append_c (out, '=');
  for (int i = 0; self->base == LIFT_QUICK_LOG_STEP && i < ABS (self->steps); i++)
    g_string_append_c (out, self->steps > 0 ? '+' : '-');
  if (self->base == LIFT_QUICK_LOG_CHANGE || !isnan (self->weight))
    {
      gboolean is_change = self->base == LIFT_QUICK_LOG_CHANGE;
      const char *unit = self->unit != NULL ? self->unit : "kg";
      double kg = is_change ? self->change : self->weight;
      gboolean is_implied = g_str_equal (unit, default_unit) && self->base != LIFT_QUICK_LOG_REPEAT;
      g_autofree char *number = lift_load_format_exact (kg, unit);

      if (out->len > 0)
        g_string_append_c (out, ' ');
      g_string_append_printf (out, "%s%s%s", is_change && kg >= 0 ? "+" : "", number,
                              is_implied ? "" : unit);
    }
}

static void
append_number (GString *out, const char *before, double value, const char *after)
{
  g_autofree char *number = lift_number_format_exact (value);

  g_string_append_printf (out, "%s%s%s", before, number, after);
}

/**
 * lift_quick_log_print:
 * @default_unit: (nullable): the unit that needs no mention; %NULL is kg
 *
 * Returns: (transfer full): the text that [func@quick_log_parse] reads as @self, to prefill a row
 *   with: "102.5 5 8" where load, repetitions and RPE are known
 */
char *
lift_quick_log_print (const LiftQuickLog *self, const char *default_unit)
{
  GString *out = g_string_sized_new (16);
  gboolean is_plain = !isnan (self->weight) && self->reps != G_MININT64;

  print_base (self, default_unit != NULL ? default_unit : "kg", out);
  if (self->reps != G_MININT64)
    g_string_append_printf (out, is_plain ? " %" G_GINT64_FORMAT : " x%" G_GINT64_FORMAT,
                            self->reps);
  if (self->duration != G_MININT64)
    g_string_append_printf (out, " %" G_GINT64_FORMAT "s", self->duration);
  if (!isnan (self->distance))
    append_number (out, " ", self->distance, "m");
  if (!isnan (self->rpe))
    append_number (out, is_plain ? " " : " @", self->rpe, "");
  if (!isnan (self->rir))
    append_number (out, " r", self->rir, "");
  return g_strchug (g_string_free (out, FALSE));
}
