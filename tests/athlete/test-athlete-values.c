/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lift-load.h"
#include "lift-set-values.h"
#include "lift-training-error.h"

static gboolean
parse (LiftSetValues *values,
       LiftMeasure measure,
       const char *load,
       const char *amount,
       const char *rpe,
       LiftSetPart *wrong)
{
  const char *const texts[] = { load, amount, rpe };
  g_autoptr (GError) error = NULL;
  gboolean good = lift_set_values_parse (values, texts, measure, "kg", wrong, &error);

  if (!good)
    {
      g_assert_cmpuint (error->domain, ==, LIFT_TRAINING_ERROR);
      g_assert_cmpstr (error->message, !=, "");
    }
  return good;
}

static void
test_parse (void)
{
  LiftSetValues values;
  LiftSetPart wrong;

  g_assert_true (parse (&values, LIFT_MEASURE_REPS, "102.5", "5", "8.5", &wrong));
  g_assert_cmpfloat (values.kg, ==, 102.5);
  g_assert_cmpstr (values.unit, ==, "kg");
  g_assert_cmpfloat (values.amount, ==, 5);
  g_assert_cmpfloat (values.rpe, ==, 8.5);

  g_assert_true (parse (&values, LIFT_MEASURE_REPS, "225 lb", " 3 ", "@9", &wrong));
  g_assert_cmpfloat_with_epsilon (values.kg, 225 * LIFT_KG_PER_LB, 1e-9);
  g_assert_cmpstr (values.unit, ==, "lb");

  g_assert_true (parse (&values, LIFT_MEASURE_REPS, "", "", "", &wrong));
  g_assert_true (isnan (values.kg) && isnan (values.amount) && isnan (values.rpe));
  g_assert_true (parse (&values, LIFT_MEASURE_SECONDS, "", "1:30", "", &wrong));
  g_assert_cmpfloat (values.amount, ==, 90);
  g_assert_true (parse (&values, LIFT_MEASURE_METRES, "", "12.5", "", &wrong));
  g_assert_cmpfloat (values.amount, ==, 12.5);
}

static void
test_parse_bad (void)
{
  static const struct
  {
    const char *load, *amount, *rpe;
    LiftSetPart wrong;
  } bad[] = {
    { "x", "5", "8", LIFT_SET_PART_LOAD },        { "2001", "5", "8", LIFT_SET_PART_LOAD },
    { "100 stone", "5", "", LIFT_SET_PART_LOAD }, { "100", "five", "", LIFT_SET_PART_AMOUNT },
    { "100", "-1", "", LIFT_SET_PART_AMOUNT },    { "100", "1000", "", LIFT_SET_PART_AMOUNT },
    { "100", "5.5", "", LIFT_SET_PART_AMOUNT },   { "100", "5", "0.5", LIFT_SET_PART_RPE },
    { "100", "5", "10.5", LIFT_SET_PART_RPE },    { "100", "5", "8.2", LIFT_SET_PART_RPE },
    { "100", "5", "hard", LIFT_SET_PART_RPE },    { "100", "5 5", "", LIFT_SET_PART_AMOUNT },
    { "100", "nan", "", LIFT_SET_PART_AMOUNT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      LiftSetValues values;
      LiftSetPart wrong = LIFT_N_SET_PARTS;

      g_assert_false (
        parse (&values, LIFT_MEASURE_REPS, bad[i].load, bad[i].amount, bad[i].rpe, &wrong));
      g_assert_cmpint (wrong, ==, bad[i].wrong);
    }
}

static void
assert_split (const char *text, const char *load, const char *amount, const char *rpe)
{
  char *parts[LIFT_N_SET_PARTS] = { NULL };
  gboolean is_split = lift_set_values_split (text, parts);

  g_assert_cmpint (is_split, ==, load != NULL);
  g_assert_cmpstr (parts[LIFT_SET_PART_LOAD], ==, load);
  g_assert_cmpstr (parts[LIFT_SET_PART_AMOUNT], ==, amount);
  g_assert_cmpstr (parts[LIFT_SET_PART_RPE], ==, rpe);
  for (int i = 0; i < LIFT_N_SET_PARTS; i++)
    g_free (parts[i]);
}

static void
test_split (void)
{
  assert_split ("102.5 5 8", "102.5", "5", "8");
  assert_split ("  100   3 ", "100", "3", "");
  assert_split ("225 lb 5 9", "225 lb", "5", "9");
  assert_split ("100", NULL, NULL, NULL);
  assert_split ("225 lb", NULL, NULL, NULL);
  assert_split ("", NULL, NULL, NULL);
  assert_split ("1 2 3 4", NULL, NULL, NULL);
}

static void
test_format (void)
{
  LiftSetValues values = { 225 * LIFT_KG_PER_LB, "lb", 90, 8.5 };
  g_autofree char *load = lift_set_values_format (&values, LIFT_SET_PART_LOAD, LIFT_MEASURE_REPS);
  g_autofree char *reps = lift_set_values_format (&values, LIFT_SET_PART_AMOUNT, LIFT_MEASURE_REPS);
  g_autofree char *time = lift_set_values_format (&values, LIFT_SET_PART_AMOUNT,
                                                  LIFT_MEASURE_SECONDS);
  g_autofree char *rpe = lift_set_values_format (&values, LIFT_SET_PART_RPE, LIFT_MEASURE_REPS);
  g_autofree char *none = NULL;

  g_assert_cmpstr (load, ==, "225");
  g_assert_cmpstr (reps, ==, "90");
  g_assert_cmpstr (time, ==, "1:30");
  g_assert_cmpstr (rpe, ==, "8.5");
  values.rpe = NAN;
  none = lift_set_values_format (&values, LIFT_SET_PART_RPE, LIFT_MEASURE_REPS);
  g_assert_cmpstr (none, ==, "");
}

static void
test_fill (void)
{
  LiftSetValues values = { NAN, "kg", 3, NAN };
  const LiftSetValues other = { 100, "lb", 5, 8 };

  lift_set_values_fill (&values, &other);
  g_assert_cmpfloat (values.kg, ==, 100);
  g_assert_cmpstr (values.unit, ==, "lb");
  g_assert_cmpfloat (values.amount, ==, 3);
  g_assert_cmpfloat (values.rpe, ==, 8);
  g_assert_false (lift_set_values_equal (&values, &other));
  values.amount = 5;
  g_assert_true (lift_set_values_equal (&values, &other));
  values.unit = "kg";
  g_assert_false (lift_set_values_equal (&values, &other));
}

static void
test_apply (void)
{
  g_autoptr (LiftSetSession) set = g_object_new (LIFT_TYPE_SET_SESSION, NULL);
  const LiftSetValues values = { 20, "kg", 90, NAN };
  LiftSetValues again;

  lift_set_values_apply (&values, set, LIFT_MEASURE_SECONDS);
  g_assert_cmpint (set->duration_seconds, ==, 90);
  g_assert_cmpint (set->actual_reps, ==, LIFT_INT_NULL);
  lift_set_values_from_set (&again, set, LIFT_MEASURE_SECONDS, "lb");
  g_assert_true (lift_set_values_equal (&values, &again));
  lift_set_values_apply (&values, set, LIFT_MEASURE_METRES);
  g_assert_cmpfloat (set->distance, ==, 90);
}

static void
test_measure (void)
{
  g_autoptr (LiftExercise) exercise = g_object_new (LIFT_TYPE_EXERCISE, NULL);
  static const struct
  {
    const char *tracking;
    LiftMeasure measure;
  } cases[] = {
    { "weight_reps", LIFT_MEASURE_REPS },         { "assisted_reps", LIFT_MEASURE_REPS },
    { "duration", LIFT_MEASURE_SECONDS },         { "weight_duration", LIFT_MEASURE_SECONDS },
    { "distance_duration", LIFT_MEASURE_METRES }, { "weight_distance", LIFT_MEASURE_METRES },
  };

  g_assert_cmpint (lift_measure_for_exercise (NULL), ==, LIFT_MEASURE_REPS);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      lift_entity_set (LIFT_ENTITY (exercise), "tracking", cases[i].tracking, NULL);
      g_assert_cmpint (lift_measure_for_exercise (exercise), ==, cases[i].measure);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/athlete/values/parse", test_parse);
  g_test_add_func ("/athlete/values/parse-bad", test_parse_bad);
  g_test_add_func ("/athlete/values/split", test_split);
  g_test_add_func ("/athlete/values/format", test_format);
  g_test_add_func ("/athlete/values/fill", test_fill);
  g_test_add_func ("/athlete/values/apply", test_apply);
  g_test_add_func ("/athlete/values/measure", test_measure);
  return g_test_run ();
}
