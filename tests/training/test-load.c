/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>

#include "comma-locale.h"
#include "lift-load.h"
#include "lift-number.h"

static void
assert_load (const char *text, const char *default_unit, double kg, const char *unit)
{
  g_autoptr (GError) error = NULL;
  const char *found = NULL;
  double value = NAN;

  lift_load_parse (text, default_unit, &value, &found, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (value, ==, kg);
  g_assert_cmpstr (found, ==, unit);
}

static void
test_parse (void)
{
  assert_load ("102.5", NULL, 102.5, "kg");
  assert_load ("102,5", NULL, 102.5, "kg");
  assert_load ("  100kg ", "lb", 100, "kg");
  assert_load ("100 KG", "lb", 100, "kg");
  assert_load ("225 lb", "kg", 225 * LIFT_KG_PER_LB, "lb");
  assert_load ("225lbs", "kg", 225 * LIFT_KG_PER_LB, "lb");
  assert_load ("225", "lb", 225 * LIFT_KG_PER_LB, "lb");
  assert_load ("-20", "kg", -20, "kg");
  assert_load ("\xe2\x88\x92"
               "20",
               "kg", -20, "kg");
  assert_load ("+20", "kg", 20, "kg");
  assert_load ("2000", NULL, 2000, "kg");
  assert_load ("-500", NULL, -500, "kg");
  assert_load ("0", NULL, 0, "kg");
  assert_load ("100", "stone", 100, "kg");
}

static void
test_parse_refuses (void)
{
  static const char *const BAD[] = { "",    " ",         "kg",    "12x",  "1e3",   "0x10", "nan",
                                     "inf", "100 st",    "1.2.3", "--5",  "5-",    ".",    ".5",
                                     "5.",  "100 kg kg", "1 000", "\xff", "１００" };

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (lift_load_parse (BAD[i], "kg", NULL, NULL, &error));
      g_assert_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_SYNTAX);
    }
}

static void
test_parse_limits (void)
{
  static const char *const FAR[] = { "2000.01", "-500.01", "5000 lb", "99999999999999999999" };

  for (guint i = 0; i < G_N_ELEMENTS (FAR); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (lift_load_parse (FAR[i], "kg", NULL, NULL, &error));
      g_assert_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_RANGE);
    }
}

/* What was typed is shown again, for every hundredth of the whole range in both units. */
static void
test_shown_as_typed (void)
{
  static const char *const UNITS[] = { "kg", "lb" };

  for (guint i = 0; i < G_N_ELEMENTS (UNITS); i++)
    for (int n = -50000; n <= 200000; n++)
      {
        g_autofree char *typed = lift_number_format (n / 100.0, 2);
        g_autofree char *shown = NULL;
        g_autofree char *exact = NULL;
        double kg;

        g_assert_true (lift_load_parse (typed, UNITS[i], &kg, NULL, NULL));
        shown = lift_load_format (kg, UNITS[i]);
        g_assert_cmpstr (shown, ==, typed);
        exact = lift_load_format_exact (kg, UNITS[i]);
        g_assert_cmpstr (exact, ==, typed);
      }
}

static void
test_exact (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2026);

  for (guint i = 0; i < 20000; i++)
    {
      double kg = g_rand_double_range (random, LIFT_LOAD_MIN, LIFT_LOAD_MAX), back;
      g_autofree char *text = lift_load_format_exact (kg, "kg");
      g_autofree char *pounds = lift_load_format_exact (kg, "lb");

      g_assert_true (lift_load_parse (text, "kg", &back, NULL, NULL));
      g_assert_cmpfloat (back, ==, kg);
      g_assert_true (lift_load_parse (pounds, "lb", &back, NULL, NULL));
      g_assert_cmpfloat_with_epsilon (back, kg, 1e-12);
    }
}

static void
assert_format (double kg, const char *unit, const char *expected)
{
  g_autofree char *text = lift_load_format (kg, unit);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_format (102.05828325, "lb", "225");
  assert_format (102.05828325, "kg", "102.06");
  assert_format (102.5, NULL, "102.5");
  assert_format (100, "kg", "100");
  assert_format (0, "kg", "0");
  assert_format (-0.001, "kg", "0");
  assert_format (-20, "kg", "-20");
  assert_format (1.25, "kg", "1.25");
  assert_format (20.41165665, "lb", "45");
}

static void
test_display (void)
{
  g_autofree char *point = lift_load_format_display (102.5, "kg");
  g_autofree char *pounds = lift_load_format_display (225 * LIFT_KG_PER_LB, "lb");

  g_assert_cmpstr (point, ==, "102.5 kg");
  g_assert_cmpstr (pounds, ==, "225 lb");
}

/* Scripts get a point and typed commas are read in a locale with a comma, too. */
static void
test_comma_locale (void)
{
  g_autofree char *display = NULL;

  if (!comma_locale_enter ())
    {
      comma_locale_leave ();
      g_test_skip ("this computer has no locale with a decimal comma and cannot make one");
      return;
    }
  display = lift_load_format_display (102.5, "kg");
  g_assert_cmpstr (display, ==, "102,5 kg");
  assert_format (102.5, "kg", "102.5");
  assert_load ("102.5", NULL, 102.5, "kg");
  assert_load ("102,5", NULL, 102.5, "kg");
  comma_locale_leave ();
}

static void
test_round (void)
{
  g_assert_cmpfloat (lift_load_round (101.3, 2.5, "kg"), ==, 102.5);
  g_assert_cmpfloat (lift_load_round (101.2, 2.5, "kg"), ==, 100);
  g_assert_cmpfloat (lift_load_round (101.3, 0, "kg"), ==, 101.3);
  g_assert_cmpfloat (lift_load_round (101.3, NAN, "kg"), ==, 101.3);
  g_assert_cmpfloat (lift_load_round (102, 5, "lb"), ==, 225 * LIFT_KG_PER_LB);
  g_assert_cmpfloat (lift_load_round (-21, 2.5, "kg"), ==, -20);
}

static void
test_number_stops (void)
{
  const char *text = "102,5 @8", *groups = "100,3x3";
  double value;

  g_assert_true (lift_number_read (&text, &value));
  g_assert_cmpfloat (value, ==, 102.5);
  g_assert_cmpstr (text, ==, " @8");
  g_assert_true (lift_number_read (&groups, &value));
  g_assert_cmpfloat (value, ==, 100);
  g_assert_cmpstr (groups, ==, ",3x3");
}

static void
test_number_too_long (void)
{
  g_autofree char *digits = g_strnfill (100000, '9');
  const char *text = digits;
  double value;

  g_assert_false (lift_number_read (&text, &value));
  g_assert_true (text == digits);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/load/parse", test_parse);
  g_test_add_func ("/training/load/parse-refuses", test_parse_refuses);
  g_test_add_func ("/training/load/parse-limits", test_parse_limits);
  g_test_add_func ("/training/load/shown-as-typed", test_shown_as_typed);
  g_test_add_func ("/training/load/exact", test_exact);
  g_test_add_func ("/training/load/format", test_format);
  g_test_add_func ("/training/load/display", test_display);
  g_test_add_func ("/training/load/comma-locale", test_comma_locale);
  g_test_add_func ("/training/load/round", test_round);
  g_test_add_func ("/training/number/stops", test_number_stops);
  g_test_add_func ("/training/number/too-long", test_number_too_long);
  return g_test_run ();
}
