/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lift-body-weight-trend.h"
#include "vectors.h"

#define MAX_ENTRIES 64

static JsonObject *
load_vector (JsonParser *parser, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "training", "vectors.json", NULL);

  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  return json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), name);
}

static void
test_daily (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *vector = load_vector (parser, "trend_hacker");
  JsonArray *weights = json_object_get_array_member (vector, "weights");
  JsonArray *trend = json_object_get_array_member (vector, "unrounded");
  LiftBodyWeight entries[MAX_ENTRIES] = { { 0, vector_get (vector, "start"), 0 } };
  guint n = json_array_get_length (weights);

  for (guint i = 0; i < n; i++)
    entries[i + 1] = (LiftBodyWeight){ i + 1, json_array_get_double_element (weights, i), 0 };
  lift_body_weight_trend_compute (entries, n + 1);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (entries[i + 1].trend, json_array_get_double_element (trend, i),
                                    0.00006);
}

static void
test_gaps (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *vector = load_vector (parser, "trend_gap");
  JsonArray *pairs = json_object_get_array_member (vector, "days_weights");
  JsonArray *trend = json_object_get_array_member (vector, "trend");
  LiftBodyWeight entries[MAX_ENTRIES];
  guint n = json_array_get_length (pairs);

  for (guint i = 0; i < n; i++)
    {
      JsonArray *pair = json_array_get_array_element (pairs, i);

      entries[i] = (LiftBodyWeight){ json_array_get_int_element (pair, 0),
                                     json_array_get_double_element (pair, 1), 0 };
    }
  lift_body_weight_trend_compute (entries, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (entries[i].trend, json_array_get_double_element (trend, i),
                                    0.00006);
}

static void
test_empty (void)
{
  lift_body_weight_trend_compute (NULL, 0);
  g_assert_true (isnan (lift_body_weight_trend_get_rate (NULL, 0)));
}

/* Loses 0.1 kg a day. */
static void
fill (LiftBodyWeight *entries, guint n, guint days_between)
{
  for (guint i = 0; i < n; i++)
    entries[i] = (LiftBodyWeight){ 20000 + i * days_between, 90 - 0.1 * i * days_between, 0 };
}

static void
test_rate (void)
{
  LiftBodyWeight entries[MAX_ENTRIES];

  fill (entries, 10, 1);
  g_assert_cmpfloat_with_epsilon (lift_body_weight_trend_get_rate (entries, 10), -0.7, 1e-9);
  g_assert_true (isnan (lift_body_weight_trend_get_rate (entries, 9)));
  /* Every third day gives ten entries in 28 days, every fourth too few. */
  fill (entries, 20, 3);
  g_assert_cmpfloat_with_epsilon (lift_body_weight_trend_get_rate (entries, 20), -0.7, 1e-9);
  fill (entries, 20, 4);
  g_assert_true (isnan (lift_body_weight_trend_get_rate (entries, 20)));
}

static void
test_rate_forgets (void)
{
  LiftBodyWeight entries[MAX_ENTRIES];

  fill (entries, 40, 1);
  for (guint i = 0; i < 12; i++)
    entries[i].weight = 200;
  g_assert_cmpfloat_with_epsilon (lift_body_weight_trend_get_rate (entries, 40), -0.7, 1e-9);
}

static void
test_rate_of_one_day (void)
{
  LiftBodyWeight entries[MAX_ENTRIES];

  fill (entries, 12, 0);
  g_assert_true (isnan (lift_body_weight_trend_get_rate (entries, 12)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/trend/daily", test_daily);
  g_test_add_func ("/training/trend/gaps", test_gaps);
  g_test_add_func ("/training/trend/empty", test_empty);
  g_test_add_func ("/training/trend/rate", test_rate);
  g_test_add_func ("/training/trend/rate-forgets", test_rate_forgets);
  g_test_add_func ("/training/trend/rate-of-one-day", test_rate_of_one_day);
  return g_test_run ();
}
