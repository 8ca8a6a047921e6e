/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lift-one-rep-max.h"
#include "lift-set-kind.h"
#include "lift-tonnage.h"

static void
test_sets (void)
{
  g_assert_cmpfloat (lift_tonnage_of_set ("working", 5, 100, NAN, NAN), ==, 500);
  g_assert_cmpfloat (lift_tonnage_of_set ("drop", 5, 100, NAN, 80), ==, 500);
  g_assert_cmpfloat (lift_tonnage_of_set (NULL, 5, 100, 0, 80), ==, 500);
  g_assert_cmpfloat (lift_tonnage_of_set ("warmup", 5, 100, NAN, NAN), ==, 0);
  g_assert_cmpfloat (lift_tonnage_of_set ("working", G_MININT64, 100, NAN, NAN), ==, 0);
  g_assert_cmpfloat (lift_tonnage_of_set ("working", 0, 100, NAN, NAN), ==, 0);
  g_assert_cmpfloat (lift_tonnage_of_set ("working", 5, NAN, NAN, NAN), ==, 0);
}

static void
test_body_weight (void)
{
  g_assert_cmpfloat (lift_tonnage_of_set ("working", 10, NAN, 0.65, 80), ==, 520);
  g_assert_cmpfloat (lift_tonnage_of_set ("working", 10, 20, 1, 80), ==, 1000);
  g_assert_cmpfloat (lift_tonnage_of_set ("working", 10, 20, 1, NAN), ==, 200);
}

static void
test_assistance (void)
{
  g_assert_cmpfloat (lift_tonnage_of_set ("working", 10, -30, 1, 80), ==, 500);
  g_assert_cmpfloat (lift_tonnage_of_set ("working", 10, -90, 1, 80), ==, 0);
  g_assert_cmpfloat (lift_tonnage_of_set ("working", 10, -30, 1, NAN), ==, 0);
}

static void
test_hard_sets (void)
{
  g_assert_true (lift_hard_set_is_one ("working", 3, 8, NAN));
  g_assert_true (lift_hard_set_is_one ("working", 3, NAN, 4));
  g_assert_false (lift_hard_set_is_one ("working", 3, NAN, 5));
  g_assert_false (lift_hard_set_is_one ("working", 3, NAN, NAN));
  g_assert_true (lift_hard_set_is_one ("working", 5, NAN, NAN));
  g_assert_true (lift_hard_set_is_one ("working", 30, NAN, NAN));
  g_assert_false (lift_hard_set_is_one ("working", 31, NAN, NAN));
  g_assert_false (lift_hard_set_is_one ("warmup", 8, 10, NAN));
  g_assert_false (lift_hard_set_is_one ("working", G_MININT64, NAN, NAN));
}

static void
test_muscles (void)
{
  static const char *const SQUAT[] = { "quads", "glutes", NULL };
  static const char *const HELPERS[] = { "adductors", "quads", NULL };
  g_autoptr (GHashTable) muscles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  lift_hard_set_add (muscles, SQUAT, HELPERS);
  lift_hard_set_add (muscles, SQUAT, NULL);
  lift_hard_set_add (muscles, NULL, SQUAT);
  g_assert_cmpfloat (lift_hard_set_get (muscles, "quads"), ==, 2.5);
  g_assert_cmpfloat (lift_hard_set_get (muscles, "glutes"), ==, 2.5);
  g_assert_cmpfloat (lift_hard_set_get (muscles, "adductors"), ==, 0.5);
  g_assert_cmpfloat (lift_hard_set_get (muscles, "neck"), ==, 0);
}

static void
test_kinds (void)
{
  static const char *const WIRE[] = { "warmup", "working", "top",     "backoff", "drop",
                                      "amrap",  "failure", "cluster", "myo" };

  for (guint i = 0; i < G_N_ELEMENTS (WIRE); i++)
    {
      const char *prefix = lift_set_kind_get_prefix (WIRE[i]);
      g_autofree char *one = lift_set_kind_describe (WIRE[i], 1);
      g_autofree char *two = lift_set_kind_describe (WIRE[i], 2);

      g_assert_cmpstr (lift_set_kind_from_wire (WIRE[i]), ==, WIRE[i]);
      g_assert_cmpstr (lift_set_kind_from_prefix (WIRE[i]), ==, WIRE[i]);
      if (*prefix != '\0')
        g_assert_cmpstr (lift_set_kind_from_prefix (prefix), ==, WIRE[i]);
      g_assert_true (g_str_has_prefix (one, "1 "));
      g_assert_cmpstr (one + 2, !=, two + 2);
    }
  g_assert_null (lift_set_kind_from_wire ("Warmup"));
  g_assert_null (lift_set_kind_from_wire (NULL));
  g_assert_null (lift_set_kind_from_prefix (""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/tonnage/sets", test_sets);
  g_test_add_func ("/training/tonnage/body-weight", test_body_weight);
  g_test_add_func ("/training/tonnage/assistance", test_assistance);
  g_test_add_func ("/training/hard-sets/rule", test_hard_sets);
  g_test_add_func ("/training/hard-sets/muscles", test_muscles);
  g_test_add_func ("/training/kinds", test_kinds);
  return g_test_run ();
}
