/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "lift-quick-log.h"

/* What is typed, and what is printed back. */
static const char *const GOOD[][2] = {
  { "102.5 5 8", "102.5 5 8" },
  { "102,5 5 8,5", "102.5 5 8.5" },
  { "102.5", "102.5" },
  { "102.5 5", "102.5 5" },
  { "102.5x5@8", "102.5 5 8" },
  { "102.5 x 5 @8", "102.5 5 8" },
  { "225lb 5 r2", "225lb 5 r2" },
  { "225 lb x5", "225lb 5" },
  { "100 kg 5 rir 2", "100 5 r2" },
  { "100 5 rpe 9", "100 5 9" },
  { "x6", "x6" },
  { "@9", "@9" },
  { "x6 9", "x6 @9" },
  { "60s", "60s" },
  { "20kg 1:30", "20 90s" },
  { "20 400m 8", "20 400m @8" },
  { "400m 90s", "90s 400m" },
  { "=", "=" },
  { "= x4", "= x4" },
  { "= 4 9", "= x4 @9" },
  { "= 100kg", "= 100kg" },
  { "+", "+" },
  { "++", "++" },
  { "---", "---" },
  { "+ 5 8", "+ x5 @8" },
  { "+2.5", "+2.5" },
  { "-2.5", "-2.5" },
  { "−2.5", "-2.5" },
  { "+5lb", "+5lb" },
  { "+5 r2", "+5 r2" },
  { "+2.5 5 8", "+2.5 x5 @8" },
  { "-20 8", "-20 8" },
  { "-20 x8", "-20 8" },
  { "", "" },
  { "  ", "" },
  { "0 0", "0 0" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      g_autofree char *twice = NULL;
      LiftQuickLog log, again;

      lift_quick_log_parse (GOOD[i][0], "kg", &log, &error);
      g_assert_no_error (error);
      text = lift_quick_log_print (&log, "kg");
      g_assert_cmpstr (text, ==, GOOD[i][1]);
      lift_quick_log_parse (text, "kg", &again, &error);
      g_assert_no_error (error);
      g_assert_cmpint (again.base, ==, log.base);
      g_assert_cmpint (again.steps, ==, log.steps);
      twice = lift_quick_log_print (&again, "kg");
      g_assert_cmpstr (twice, ==, text);
    }
}

static void
test_bad (void)
{
  static const char *const BAD[] = {
    "102.5 5 11",
    "102.5 5.5",
    "102.5 1000",
    "2001",
    "-501 5",
    "102.5 5 8 8",
    "100 5 8 r2",
    "100 5 @8 @9",
    "foo",
    "100 foo",
    "==",
    "=5",
    "+-",
    "+x5",
    "x",
    "x5.5",
    "@",
    "r",
    "100 kg 5 100 kg",
    "1e3",
    "nan",
    "86401s",
    "1.5s",
    "1001km",
    "60s 60s",
    "x5 x5",
    "100 5 8.3",
    "+2.5 100kg",
    "100,5,5",
    "5-",
    "\xff",
    "102.5 -5",
    "- 2000kg",
  };

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;
      LiftQuickLog log;

      if (lift_quick_log_parse (BAD[i], "kg", &log, &error))
        g_error ("“%s” was taken", BAD[i]);
      g_assert_true (error->domain == LIFT_TRAINING_ERROR);
    }
}

static void
test_values (void)
{
  LiftQuickLog log;

  g_assert_true (lift_quick_log_parse ("225 5 8.5", "lb", &log, NULL));
  g_assert_cmpint (log.base, ==, LIFT_QUICK_LOG_PLANNED);
  g_assert_cmpfloat (log.weight, ==, 225 * LIFT_KG_PER_LB);
  g_assert_cmpstr (log.unit, ==, "lb");
  g_assert_cmpint (log.reps, ==, 5);
  g_assert_cmpfloat (log.rpe, ==, 8.5);
  g_assert_true (isnan (log.rir));
  g_assert_cmpint (log.duration, ==, G_MININT64);
  g_assert_true (isnan (log.distance));
}

static void
test_steps (void)
{
  LiftQuickLog log;

  g_assert_true (lift_quick_log_parse ("--", "kg", &log, NULL));
  g_assert_cmpint (log.base, ==, LIFT_QUICK_LOG_STEP);
  g_assert_cmpint (log.steps, ==, -2);
  g_assert_true (isnan (log.weight));
  g_assert_true (lift_quick_log_parse ("+5", "lb", &log, NULL));
  g_assert_cmpint (log.base, ==, LIFT_QUICK_LOG_CHANGE);
  g_assert_cmpfloat (log.change, ==, 5 * LIFT_KG_PER_LB);
}

static void
test_many_steps (void)
{
  g_autofree char *text = g_strnfill (100000, '+');
  LiftQuickLog log;

  g_assert_false (lift_quick_log_parse (text, "kg", &log, NULL));
}

static void
make_log (GRand *random, LiftQuickLog *log)
{
  lift_quick_log_init (log);
  log->unit = g_rand_boolean (random) ? "kg" : "lb";
  log->weight = lift_load_to_kg (g_rand_int_range (random, -50000, 200000) / 100.0, log->unit);
  log->reps = g_rand_int_range (random, 0, 1000);
  if (g_rand_boolean (random))
    log->rpe = g_rand_int_range (random, 2, 21) / 2.0;
  else if (g_rand_boolean (random))
    log->rir = g_rand_int_range (random, 0, 41) / 2.0;
}

/* What a row is prefilled with reads as what it was made from. */
static void
test_identity (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint i = 0; i < 20000; i++)
    {
      const char *unit = g_rand_boolean (random) ? "kg" : "lb";
      g_autofree char *text = NULL;
      LiftQuickLog log, back;

      make_log (random, &log);
      text = lift_quick_log_print (&log, unit);
      g_assert_true (lift_quick_log_parse (text, unit, &back, NULL));
      g_assert_cmpint (back.base, ==, LIFT_QUICK_LOG_PLANNED);
      g_assert_cmpfloat (back.weight, ==, log.weight);
      g_assert_cmpstr (back.unit, ==, log.unit);
      g_assert_cmpint (back.reps, ==, log.reps);
      g_assert_true (back.rpe == log.rpe || isnan (log.rpe));
      g_assert_true (back.rir == log.rir || isnan (log.rir));
      g_assert_cmpint (isnan (back.rpe), ==, isnan (log.rpe));
    }
}

static void
test_anything (void)
{
  static const char *const PIECES[] = { "100", " ", " ", "x",   "5",  "@",   "@8",   "r2",
                                        "=",   "+", "-", "kg",  "lb", "60s", "400m", "é",
                                        ".",   ",", ":", "8.5", "×",  "rpe", "-20",  "1:30" };
  g_autoptr (GRand) random = g_rand_new_with_seed (12);

  for (guint i = 0; i < 200000; i++)
    {
      g_autoptr (GString) typed = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      LiftQuickLog log;

      for (guint n = g_rand_int_range (random, 1, 8); n > 0; n--)
        g_string_append (typed, PIECES[g_rand_int_range (random, 0, G_N_ELEMENTS (PIECES))]);
      if (lift_quick_log_parse (typed->str, "kg", &log, &error))
        g_assert_no_error (error);
      else
        g_assert_true (error->domain == LIFT_TRAINING_ERROR);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/quick-log/good", test_good);
  g_test_add_func ("/training/quick-log/bad", test_bad);
  g_test_add_func ("/training/quick-log/values", test_values);
  g_test_add_func ("/training/quick-log/steps", test_steps);
  g_test_add_func ("/training/quick-log/many-steps", test_many_steps);
  g_test_add_func ("/training/quick-log/identity", test_identity);
  g_test_add_func ("/training/quick-log/anything", test_anything);
  return g_test_run ();
}
