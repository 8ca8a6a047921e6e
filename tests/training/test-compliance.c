/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lift-compliance.h"
#include "vectors.h"

static void
check_vector (JsonObject *vector)
{
  double percent = vector_get (vector, "percent");
  LiftCompliance compliance = lift_compliance_from_percent (percent, TRUE);

  g_assert_cmpstr (lift_compliance_get_name (compliance), ==,
                   json_object_get_string_member (vector, "band"));
  /* Only what is missed depends on the day having ended. */
  if (percent > 0)
    g_assert_cmpint (lift_compliance_from_percent (percent, FALSE), ==, compliance);
}

static void
test_vectors (void)
{
  vectors_foreach ("compliance", check_vector);
}

static void
test_sets (void)
{
  g_assert_cmpint (lift_compliance_from_sets (4, 5, TRUE), ==, LIFT_COMPLIANCE_GREEN);
  g_assert_cmpint (lift_compliance_from_sets (6, 5, TRUE), ==, LIFT_COMPLIANCE_GREEN);
  g_assert_cmpint (lift_compliance_from_sets (1, 2, TRUE), ==, LIFT_COMPLIANCE_YELLOW);
  g_assert_cmpint (lift_compliance_from_sets (3, 2, TRUE), ==, LIFT_COMPLIANCE_YELLOW);
  g_assert_cmpint (lift_compliance_from_sets (1, 3, TRUE), ==, LIFT_COMPLIANCE_RED);
  g_assert_cmpint (lift_compliance_from_sets (0, 3, TRUE), ==, LIFT_COMPLIANCE_MISSED);
  g_assert_cmpint (lift_compliance_from_sets (0, 3, FALSE), ==, LIFT_COMPLIANCE_OPEN);
  g_assert_cmpint (lift_compliance_from_sets (0, 0, TRUE), ==, LIFT_COMPLIANCE_NONE);
  g_assert_cmpint (lift_compliance_from_sets (5, 0, TRUE), ==, LIFT_COMPLIANCE_NONE);
}

static void
assert_description (LiftCompliance compliance, double percent, const char *expected)
{
  g_autofree char *text = lift_compliance_describe (compliance, percent);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_describe (void)
{
  assert_description (LIFT_COMPLIANCE_GREEN, 102, "✓ 102 %");
  assert_description (LIFT_COMPLIANCE_YELLOW, 64, "◐ 64 %");
  assert_description (LIFT_COMPLIANCE_RED, 20, "◔ 20 %");
  assert_description (LIFT_COMPLIANCE_MISSED, 0, "✗ missed");
  assert_description (LIFT_COMPLIANCE_OPEN, 0, "○ to do");
  assert_description (LIFT_COMPLIANCE_NONE, NAN, "· not planned");
}

typedef struct
{
  LiftPrescription *target;
  LiftSetResult result;
  LiftSetDeviation deviation;
} Fixture;

/* Three sets of 5 with 100 kg at RPE 8, of which one was done exactly so. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->target = lift_prescription_new ();
  fixture->target->reps = 5;
  fixture->target->weight = 100;
  fixture->target->unit = "kg";
  fixture->target->rpe = 8;
  lift_set_result_init (&fixture->result);
  fixture->result.is_done = TRUE;
  fixture->result.reps = 5;
  fixture->result.weight = 100;
  fixture->result.rpe = 8;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lift_prescription_free (fixture->target);
}

static void
assert_outcome (Fixture *fixture, const char *summary, const char *words)
{
  g_autofree char *text = NULL;
  g_autofree char *details = NULL;

  lift_set_deviation_compute (&fixture->deviation, fixture->target, &fixture->result);
  text = lift_set_deviation_summarize (&fixture->deviation);
  details = lift_set_deviation_describe (&fixture->deviation, fixture->target->unit);
  g_assert_cmpstr (text, ==, summary);
  g_assert_cmpstr (details, ==, words);
}

static void
test_as_planned (Fixture *fixture, gconstpointer data)
{
  assert_outcome (fixture, "✓ 100 %", "");
}

static void
test_heavier (Fixture *fixture, gconstpointer data)
{
  fixture->result.weight = 102.5;
  fixture->result.rpe = 8.5;
  fixture->result.reps = 4;
  assert_outcome (fixture, "✓ 82 %", "+2.5 kg · −1 rep · RPE +0.5");
  g_assert_cmpfloat_with_epsilon (fixture->deviation.load_percent, 102.5, 1e-9);
  g_assert_cmpint (fixture->deviation.reps, ==, -1);
}

static void
test_lighter (Fixture *fixture, gconstpointer data)
{
  fixture->result.weight = 80;
  fixture->result.reps = 4;
  fixture->result.rpe = NAN;
  fixture->result.rir = 3;
  assert_outcome (fixture, "◐ 64 %", "−20 kg · −1 rep · RPE −1.0");
}

static void
test_missed (Fixture *fixture, gconstpointer data)
{
  lift_set_result_init (&fixture->result);
  assert_outcome (fixture, "✗ missed", "missed");
}

static void
test_range (Fixture *fixture, gconstpointer data)
{
  fixture->target->reps_max = 8;
  fixture->result.reps = 7;
  assert_outcome (fixture, "✓ 100 %", "");
  g_assert_cmpint (fixture->deviation.reps, ==, 0);
  fixture->result.reps = 10;
  assert_outcome (fixture, "◐ 125 %", "+2 reps");
  fixture->result.reps = 4;
  assert_outcome (fixture, "✓ 80 %", "−1 rep");
}

static void
test_nothing_to_compare (Fixture *fixture, gconstpointer data)
{
  fixture->target->reps = LIFT_NO_INT;
  fixture->target->weight = fixture->target->rpe = NAN;
  assert_outcome (fixture, "✓", "");
}

static void
test_timed (Fixture *fixture, gconstpointer data)
{
  fixture->target->reps = LIFT_NO_INT;
  fixture->target->weight = fixture->target->rpe = NAN;
  fixture->target->duration = 60;
  fixture->result.reps = LIFT_NO_INT;
  fixture->result.duration = 45;
  assert_outcome (fixture, "◐ 75 %", "");
}

/* With assistance the share of the load says nothing; repetitions do. */
static void
test_assisted (Fixture *fixture, gconstpointer data)
{
  fixture->target->weight = -20;
  fixture->result.weight = -15;
  assert_outcome (fixture, "✓ 100 %", "+5 kg");
}

static void
test_zero_target (Fixture *fixture, gconstpointer data)
{
  fixture->target->reps = 0;
  fixture->target->weight = 0;
  assert_outcome (fixture, "✓", "+100 kg · +5 reps");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/compliance/vectors", test_vectors);
  g_test_add_func ("/training/compliance/sets", test_sets);
  g_test_add_func ("/training/compliance/describe", test_describe);
  ADD ("/training/deviation/as-planned", test_as_planned);
  ADD ("/training/deviation/heavier", test_heavier);
  ADD ("/training/deviation/lighter", test_lighter);
  ADD ("/training/deviation/missed", test_missed);
  ADD ("/training/deviation/range", test_range);
  ADD ("/training/deviation/nothing-to-compare", test_nothing_to_compare);
  ADD ("/training/deviation/timed", test_timed);
  ADD ("/training/deviation/assisted", test_assisted);
  ADD ("/training/deviation/zero-target", test_zero_target);
  return g_test_run ();
}
