/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <math.h>
#include <string.h>

#include "lift-quick-entry.h"
#include "lift-quick-log.h"

/*
 * What people type: the cell of a plan, a step, the row of a set. What is read is printed, and what
 * is printed is read as the same; an error points into the text. The first byte chooses the unit.
 */

static gboolean
same_number (double a, double b)
{
  return (isnan (a) && isnan (b)) || a == b;
}

static gboolean
same_entry (const LiftQuickEntry *a, const LiftQuickEntry *b)
{
  if (a->kind != b->kind || a->groups->len != b->groups->len)
    return FALSE;
  if (a->kind == LIFT_QUICK_ENTRY_STEP)
    return a->step.kind == b->step.kind && same_number (a->step.amount, b->step.amount) &&
           a->step.unit == b->step.unit;
  for (guint i = 0; i < a->groups->len; i++)
    if (!lift_prescription_equal (g_ptr_array_index (a->groups, i),
                                  g_ptr_array_index (b->groups, i)))
      return FALSE;
  return TRUE;
}

static void
check_limits (const LiftPrescription *set, const char *text)
{
  if (set->sets > LIFT_PRESCRIPTION_MAX_SETS ||
      (!isnan (set->weight) && (set->weight < LIFT_LOAD_MIN || set->weight > LIFT_LOAD_MAX)) ||
      (set->rest != LIFT_NO_INT && (set->rest < 0 || set->rest > LIFT_REST_MAX)) ||
      (set->duration != LIFT_NO_INT && (set->duration < 0 || set->duration > LIFT_DURATION_MAX)) ||
      (!isnan (set->distance) && (set->distance < 0 || set->distance > LIFT_DISTANCE_MAX)))
    fuzz_fail ("out of its limits", text);
}

static void
check_words (char *words)
{
  if (words == NULL || !g_utf8_validate (words, -1, NULL))
    fuzz_fail ("no words", words);
  g_free (words);
}

/* Numbers are printed to 20 decimals at most, and nobody loads less than a gram. */
static gboolean
is_too_fine (const char *text)
{
  guint run = 0;

  for (const char *p = text; *p != '\0' && run <= 9; p++)
    run = g_ascii_isdigit (*p) ? run + 1 : 0;
  return run > 9;
}

static void
check_entry (const char *text, const char *unit)
{
  LiftTextSpan span = { 0, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftQuickEntry) entry = lift_quick_entry_parse (text, unit, &span, &error);
  g_autoptr (LiftQuickEntry) again = NULL;
  g_autofree char *printed = NULL;
  g_autofree char *twice = NULL;

  fuzz_assert_error (entry == NULL, error);
  if (entry == NULL && (span.start > span.end || span.end > strlen (text)))
    fuzz_fail ("the error lies outside the text", text);
  if (entry == NULL)
    return;
  for (guint i = 0; i < entry->groups->len; i++)
    check_limits (g_ptr_array_index (entry->groups, i), text);
  check_words (lift_quick_entry_describe (entry));
  if (is_too_fine (text))
    return;
  printed = lift_quick_entry_print (entry, unit);
  again = lift_quick_entry_parse (printed, unit, NULL, NULL);
  if (again == NULL || !same_entry (entry, again))
    fuzz_fail ("another entry when it is read again", printed);
  twice = lift_quick_entry_print (again, unit);
  if (!g_str_equal (printed, twice))
    fuzz_fail ("printed another way the second time", twice);
}

static void
check_apply (const LiftStep *step)
{
  g_autoptr (LiftPrescription) set = lift_prescription_new ();
  g_autoptr (GError) error = NULL;
  gboolean done;

  set->sets = 3;
  set->kind = "working";
  set->reps = 5;
  set->weight = 100;
  set->unit = "kg";
  set->rpe = 8;
  done = lift_step_apply (step, 2.5, set, &error);
  fuzz_assert_error (!done, error);
  check_limits (set, "a step");
}

static void
check_step (const char *text)
{
  g_autoptr (GError) error = NULL;
  LiftStep step, again;
  gboolean done;
  g_autofree char *printed = NULL;

  done = lift_step_parse (text, &step, &error);
  fuzz_assert_error (!done, error);
  if (error != NULL)
    return;
  check_words (lift_step_describe (&step));
  check_apply (&step);
  if (is_too_fine (text))
    return;
  printed = lift_step_print (&step);
  if (!lift_step_parse (printed, &again, NULL) || again.kind != step.kind ||
      !same_number (again.amount, step.amount) || again.unit != step.unit)
    fuzz_fail ("another step when it is read again", printed);
}

static gboolean
same_log (const LiftQuickLog *a, const LiftQuickLog *b)
{
  return a->base == b->base && a->steps == b->steps && a->reps == b->reps &&
         a->duration == b->duration && same_number (a->weight, b->weight) &&
         same_number (a->rpe, b->rpe) && same_number (a->rir, b->rir) &&
         same_number (a->distance, b->distance) &&
         (a->base != LIFT_QUICK_LOG_CHANGE || same_number (a->change, b->change));
}

static void
check_log (const char *text, const char *unit)
{
  g_autoptr (GError) error = NULL;
  LiftQuickLog log, again;
  gboolean done;
  g_autofree char *printed = NULL;

  done = lift_quick_log_parse (text, unit, &log, &error);
  fuzz_assert_error (!done, error);
  if (error != NULL || is_too_fine (text))
    return;
  printed = lift_quick_log_print (&log, unit);
  if (!lift_quick_log_parse (printed, unit, &again, NULL) || !same_log (&log, &again))
    fuzz_fail ("another set when it is read again", printed);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *unit = size > 0 && (data[0] & 1) ? "lb" : "kg";
  g_autofree char *text = size > 0 ? fuzz_text (data + 1, size - 1) : g_strdup ("");
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  check_entry (valid, unit);
  check_step (valid);
  check_log (valid, unit);
  return 0;
}
