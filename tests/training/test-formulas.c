/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>

#include "lift-load.h"
#include "lift-one-rep-max.h"
#include "lift-strength-score.h"
#include "vectors.h"

#define FORMULAS (LIFT_ONE_REP_MAX_LANDER + 1)

static void
check_one_rep_max (JsonObject *vector)
{
  double weight = vector_get (vector, "weight"), reps = vector_get (vector, "reps");

  for (guint i = 0; i < FORMULAS; i++)
    g_assert_cmpfloat_with_epsilon (lift_one_rep_max_estimate (i, weight, reps),
                                    vector_get (vector, lift_one_rep_max_formula_get_name (i)),
                                    0.00006);
}

static void
test_one_rep_max (void)
{
  vectors_foreach ("e1rm", check_one_rep_max);
}

static void
test_one_rep_max_grows (void)
{
  for (guint i = 0; i < FORMULAS; i++)
    for (int reps = 2; reps < 37; reps++)
      {
        double less = lift_one_rep_max_estimate (i, 100, reps - 1);

        g_assert_cmpfloat (lift_one_rep_max_estimate (i, 100, reps), >, less);
        g_assert_cmpfloat (lift_one_rep_max_estimate (i, 102.5, reps - 1), >, less);
      }
}

static void
test_one_rep_max_without_answer (void)
{
  for (guint i = 0; i < FORMULAS; i++)
    {
      g_assert_true (isnan (lift_one_rep_max_estimate (i, 0, 5)));
      g_assert_true (isnan (lift_one_rep_max_estimate (i, -20, 5)));
      g_assert_true (isnan (lift_one_rep_max_estimate (i, NAN, 5)));
      g_assert_true (isnan (lift_one_rep_max_estimate (i, 100, 0)));
      g_assert_true (isnan (lift_one_rep_max_estimate (i, 100, NAN)));
    }
  /* At and beyond the pole. */
  g_assert_true (isnan (lift_one_rep_max_estimate (LIFT_ONE_REP_MAX_BRZYCKI, 100, 37)));
  g_assert_true (isnan (lift_one_rep_max_estimate (LIFT_ONE_REP_MAX_BRZYCKI, 100, 999)));
  g_assert_true (isnan (lift_one_rep_max_estimate (LIFT_ONE_REP_MAX_LANDER, 100, 38)));
}

static double
from_set (const char *kind, gint64 reps, double rpe, double rir, gboolean *is_uncertain)
{
  return lift_one_rep_max_from_set (LIFT_ONE_REP_MAX_EPLEY, kind, 100, reps, rpe, rir,
                                    is_uncertain);
}

static void
test_one_rep_max_of_set (void)
{
  gboolean is_uncertain = TRUE;

  g_assert_cmpfloat_with_epsilon (from_set ("working", 5, NAN, NAN, &is_uncertain), 116.6667, 1e-4);
  g_assert_false (is_uncertain);
  /* 5 at RPE 8 is 7 to failure, and so is 5 with 2 in reserve. */
  g_assert_cmpfloat_with_epsilon (from_set ("top", 5, 8, NAN, NULL), 123.3333, 1e-4);
  g_assert_cmpfloat_with_epsilon (from_set ("backoff", 5, NAN, 2, NULL), 123.3333, 1e-4);
  g_assert_cmpfloat (from_set ("working", 1, 10, NAN, NULL), ==, 100);
  g_assert_true (isnan (from_set ("warmup", 5, NAN, NAN, NULL)));
  g_assert_true (isnan (from_set ("drop", 5, NAN, NAN, NULL)));
  g_assert_true (isnan (from_set ("failure", 5, NAN, NAN, NULL)));
  g_assert_true (isnan (from_set ("working", 0, NAN, NAN, NULL)));
  g_assert_true (isnan (from_set ("working", G_MININT64, NAN, NAN, &is_uncertain)));
  g_assert_false (is_uncertain);
}

static void
test_one_rep_max_confidence (void)
{
  gboolean is_uncertain = TRUE;

  from_set ("working", 12, NAN, NAN, &is_uncertain);
  g_assert_false (is_uncertain);
  from_set ("working", 13, NAN, NAN, &is_uncertain);
  g_assert_true (is_uncertain);
  from_set ("working", 10, 7, NAN, &is_uncertain);
  g_assert_true (is_uncertain);
}

static void
test_formula_names (void)
{
  LiftOneRepMaxFormula formula = LIFT_ONE_REP_MAX_LANDER;

  for (guint i = 0; i < FORMULAS; i++)
    {
      g_assert_true (
        lift_one_rep_max_formula_from_name (lift_one_rep_max_formula_get_name (i), &formula));
      g_assert_cmpuint (formula, ==, i);
    }
  g_assert_false (lift_one_rep_max_formula_from_name ("guess", &formula));
  g_assert_false (lift_one_rep_max_formula_from_name (NULL, &formula));
}

static void
check_rpe (JsonObject *vector)
{
  double weight = vector_get (vector, "weight"), reps = vector_get (vector, "reps");
  double rpe = vector_get (vector, "rpe"), max = vector_get (vector, "e1rm");

  g_assert_cmpfloat (lift_rpe_table_get_percent (reps, rpe), ==, vector_get (vector, "pct"));
  g_assert_cmpfloat_with_epsilon (lift_rpe_table_get_one_rep_max (weight, reps, rpe), max, 0.00006);
  g_assert_cmpfloat_with_epsilon (lift_rpe_table_get_load (max, reps, rpe), weight, 0.0001);
}

static void
test_rpe_lookups (void)
{
  vectors_foreach ("rpe_e1rm", check_rpe);
}

static void
test_rpe_table (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "training", "vectors.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *table;
  guint cells = 0;

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  table = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)),
                                         "rpe_table");
  for (double rpe = 6; rpe <= 10; rpe += 0.5)
    {
      g_autofree char *key = g_strdup_printf ("%.1f", rpe);
      JsonArray *row = json_object_get_array_member (table, key);

      for (guint i = 0; i < json_array_get_length (row); i++, cells++)
        g_assert_cmpfloat (lift_rpe_table_get_percent (i + 1, rpe), ==,
                           json_array_get_double_element (row, i));
    }
  g_assert_cmpuint (cells, ==, 108);
}

static void
test_rpe_table_ends (void)
{
  g_assert_cmpfloat (lift_rpe_table_get_percent (16, 10), ==, 57.2);
  g_assert_true (isnan (lift_rpe_table_get_percent (16, 9.5)));
  g_assert_true (isnan (lift_rpe_table_get_percent (0, 8)));
  g_assert_true (isnan (lift_rpe_table_get_percent (5, 10.5)));
  g_assert_true (isnan (lift_rpe_table_get_percent (5, 0.5)));
  g_assert_true (isnan (lift_rpe_table_get_percent (NAN, 8)));
  g_assert_true (isnan (lift_rpe_table_get_percent (5, NAN)));
  g_assert_true (isnan (lift_rpe_table_get_load (NAN, 5, 8)));
}

static void
check_rir (JsonObject *vector)
{
  g_assert_cmpfloat (lift_rpe_to_rir (vector_get (vector, "rpe")), ==, vector_get (vector, "rir"));
}

static void
test_rir (void)
{
  vectors_foreach ("rpe_rir", check_rir);
}

static const struct
{
  const char *key;
  LiftStrengthScore score;
} SCORES[] = {
  { "wilks", LIFT_STRENGTH_SCORE_WILKS },
  { "dots", LIFT_STRENGTH_SCORE_DOTS },
  { "ipfgl_sbd_raw", LIFT_STRENGTH_SCORE_IPF_GL },
  { "ipfgl_sbd_equipped", LIFT_STRENGTH_SCORE_IPF_GL_EQUIPPED },
  { "ipfgl_bench_raw", LIFT_STRENGTH_SCORE_IPF_GL_BENCH },
  { "wilks2", LIFT_STRENGTH_SCORE_WILKS_2 },
};

static double
compute (JsonObject *vector, LiftStrengthScore score)
{
  gboolean is_male = g_str_equal (json_object_get_string_member (vector, "sex"), "M");

  return lift_strength_score_compute (score, is_male ? "male" : "female", vector_get (vector, "bw"),
                                      vector_get (vector, "total"));
}

static void
check_scores (JsonObject *vector)
{
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (compute (vector, SCORES[i].score),
                                    vector_get (vector, SCORES[i].key), 0.0002);
}

static void
check_published_score (JsonObject *vector)
{
  const char *formula = json_object_get_string_member (vector, "formula");

  for (guint i = 0; i < G_N_ELEMENTS (SCORES); i++)
    if (g_str_equal (formula, SCORES[i].key))
      {
        g_assert_cmpfloat_with_epsilon (compute (vector, SCORES[i].score),
                                        vector_get (vector, "value"), 0.00501);
        return;
      }
  g_assert_not_reached ();
}

static void
test_scores (void)
{
  vectors_foreach ("scores", check_scores);
  vectors_foreach ("scores_published", check_published_score);
}

static void
test_scores_without_answer (void)
{
  g_assert_true (isnan (lift_strength_score_compute (LIFT_STRENGTH_SCORE_DOTS, NULL, 80, 500)));
  g_assert_true (
    isnan (lift_strength_score_compute (LIFT_STRENGTH_SCORE_DOTS, "unspecified", 80, 500)));
  g_assert_true (isnan (lift_strength_score_compute (LIFT_STRENGTH_SCORE_DOTS, "male", 0, 500)));
  g_assert_true (isnan (lift_strength_score_compute (LIFT_STRENGTH_SCORE_DOTS, "male", 80, NAN)));
}

static void
check_units (JsonObject *vector)
{
  double kg = vector_get (vector, "kg"), lb = vector_get (vector, "lb");

  /* The vectors are rounded to a millionth. */
  g_assert_cmpfloat_with_epsilon (lift_load_to_kg (lb, "lb"), kg, 0.0000006);
  g_assert_cmpfloat_with_epsilon (lift_load_from_kg (kg, "lb"), lb, 0.000002);
}

static void
test_units (void)
{
  vectors_foreach ("units", check_units);
}

static void
check_warmup (JsonObject *vector)
{
  JsonArray *scheme = json_object_get_array_member (vector, "scheme");
  JsonArray *rounded = json_object_get_array_member (vector, "rounded2.5");

  for (guint i = 0; i < json_array_get_length (scheme); i++)
    g_assert_cmpfloat (
      lift_load_round (vector_get (vector, "work") * json_array_get_double_element (scheme, i), 2.5,
                       "kg"),
      ==, json_array_get_double_element (rounded, i));
}

static void
test_rounding (void)
{
  vectors_foreach ("warmup", check_warmup);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/one-rep-max/vectors", test_one_rep_max);
  g_test_add_func ("/training/one-rep-max/grows", test_one_rep_max_grows);
  g_test_add_func ("/training/one-rep-max/no-answer", test_one_rep_max_without_answer);
  g_test_add_func ("/training/one-rep-max/of-set", test_one_rep_max_of_set);
  g_test_add_func ("/training/one-rep-max/confidence", test_one_rep_max_confidence);
  g_test_add_func ("/training/one-rep-max/names", test_formula_names);
  g_test_add_func ("/training/rpe/lookups", test_rpe_lookups);
  g_test_add_func ("/training/rpe/table", test_rpe_table);
  g_test_add_func ("/training/rpe/table-ends", test_rpe_table_ends);
  g_test_add_func ("/training/rpe/rir", test_rir);
  g_test_add_func ("/training/scores/vectors", test_scores);
  g_test_add_func ("/training/scores/no-answer", test_scores_without_answer);
  g_test_add_func ("/training/units/vectors", test_units);
  g_test_add_func ("/training/units/rounding", test_rounding);
  return g_test_run ();
}
