/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "lift-quick-entry.h"

static const struct
{
  const char *typed;
  const char *printed;
  const char *words;
} GOOD[] = {
  { "+2.5", "+2.5", "load +2.5" },
  { "-2,5", "-2.5", "load −2.5" },
  { "+5 lb", "+5lb", "load +5 lb" },
  { "+2%", "+2%", "load +2 %" },
  { "-10 %", "-10%", "load −10 %" },
  { "x0.9", "x0.9", "load × 0.9" },
  { "×0,9", "x0.9", "load × 0.9" },
  { "-1 RIR", "-1 RIR", "reps in reserve −1" },
  { "+0.5rpe", "+0.5 RPE", "RPE +0.5" },
  { "+1 rep", "+1 rep", "repetitions +1" },
  { "-2 reps", "-2 reps", "repetitions −2" },
  { " +1 set ", "+1 set", "sets +1" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *printed = NULL;
      g_autofree char *words = NULL;
      LiftStep step, again;

      lift_step_parse (GOOD[i].typed, &step, &error);
      g_assert_no_error (error);
      printed = lift_step_print (&step);
      g_assert_cmpstr (printed, ==, GOOD[i].printed);
      g_assert_true (lift_step_parse (printed, &again, NULL));
      g_assert_cmpint (again.kind, ==, step.kind);
      g_assert_cmpfloat (again.amount, ==, step.amount);
      g_assert_cmpstr (again.unit, ==, step.unit);
      words = lift_step_describe (&step);
      g_assert_cmpstr (words, ==, GOOD[i].words);
    }
}

static void
test_bad (void)
{
  static const char *const BAD[] = { "",        "2.5",    "+",         "x",        "+2.5 foo",
                                     "+2.5.",   "x0.05",  "x4",        "x-1",      "+501",
                                     "+101%",   "+11RPE", "+0.3 RIR",  "+1.5 rep", "+100 sets",
                                     "+2.5 @8", "++2.5",  "+2.5 kg kg" };

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;
      LiftStep step;

      g_assert_false (lift_step_parse (BAD[i], &step, &error));
      g_assert_true (error->domain == LIFT_TRAINING_ERROR);
    }
}

static LiftQuickEntry *
apply (const char *step_text, const char *text, double rounding, GError **error)
{
  g_autoptr (LiftQuickEntry) entry = lift_quick_entry_parse (text, "kg", NULL, NULL);
  LiftStep step;

  g_assert_true (lift_step_parse (step_text, &step, NULL));
  if (!lift_step_apply (&step, rounding, g_ptr_array_index (entry->groups, 0), error))
    {
      g_autofree char *after = lift_quick_entry_print (entry, "kg");

      g_assert_cmpstr (after, ==, text);
      return NULL;
    }
  return g_steal_pointer (&entry);
}

static void
assert_applied (const char *step, const char *before, double rounding, const char *after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftQuickEntry) entry = apply (step, before, rounding, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = lift_quick_entry_print (entry, "kg");
  g_assert_cmpstr (text, ==, after);
}

static void
test_apply (void)
{
  assert_applied ("+2.5", "3x5 100", 2.5, "3x5 102.5");
  assert_applied ("+1.25", "3x5 100", 2.5, "3x5 101.25");
  assert_applied ("+5", "3x5 225lb", 2.5, "3x5 230lb");
  assert_applied ("+5lb", "3x5 225lb", 2.5, "3x5 230lb");
  assert_applied ("-5", "3x8 -20", 2.5, "3x8 -25");
  assert_applied ("+2%", "3x5 100", 2.5, "3x5 102.5");
  assert_applied ("+2%", "3x5 100", 0, "3x5 102");
  assert_applied ("+2%", "3x5 85%", 2.5, "3x5 87%");
  assert_applied ("x0.9", "3x5 100", 2.5, "3x5 90");
  assert_applied ("x0.9", "3x5 102.5", 2.5, "3x5 92.5");
  assert_applied ("x0.9", "3x5 225lb", 5, "3x5 205lb");
  assert_applied ("x0.5", "3x5 80%", 2.5, "3x5 40%");
  assert_applied ("-1 RIR", "3x5 r2", 0, "3x5 r1");
  assert_applied ("+0.5 RPE", "3x5 @8", 0, "3x5 @8.5");
  assert_applied ("+1 rep", "3x8-12", 0, "3x9-13");
  assert_applied ("+1 rep", "3x5", 0, "3x6");
  assert_applied ("+2 sets", "3x5", 0, "5x5");
  assert_applied ("-2 sets", "3x5", 0, "1x5");
}

static void
test_apply_refuses (void)
{
  static const char *const BAD[][2] = {
    { "+2.5", "3x5 @8" },     { "+2.5", "3x5 85%" },   { "+2%", "3x5" },
    { "-1 RIR", "3x5 @8" },   { "+1 RPE", "3x5 r2" },  { "-1 RIR", "3x5 r0" },
    { "+1 RPE", "3x5 @9.5" }, { "+1 rep", "3x?" },     { "-3 sets", "3x5" },
    { "+99 sets", "3x5" },    { "+500", "3x5 1900" },  { "-6 reps", "3x5" },
    { "x3", "3x5 90%" },      { "+1 rep", "3x8-999" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (apply (BAD[i][0], BAD[i][1], 2.5, &error));
      g_assert_true (error->domain == LIFT_TRAINING_ERROR);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/step/good", test_good);
  g_test_add_func ("/training/step/bad", test_bad);
  g_test_add_func ("/training/step/apply", test_apply);
  g_test_add_func ("/training/step/apply-refuses", test_apply_refuses);
  return g_test_run ();
}
