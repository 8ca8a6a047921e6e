/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lift-load.h"
#include "lift-plates.h"
#include "vectors.h"

#define KINDS 4

static LiftPlates *
plates_from_object (JsonObject *pairs)
{
  LiftPlates *plates = lift_plates_new ();
  g_autoptr (GList) keys = json_object_get_members (pairs);

  for (GList *l = keys; l != NULL; l = l->next)
    g_assert_true (lift_plates_add (plates, g_ascii_strtod (l->data, NULL),
                                    json_object_get_int_member (pairs, l->data), NULL));
  return plates;
}

static void
check_vector (JsonObject *vector)
{
  g_autoptr (LiftPlates)
    plates = plates_from_object (json_object_get_object_member (vector, "inventoryPairs"));
  g_autoptr (LiftPlateLoad)
    load = lift_plates_load (plates, vector_get (vector, "bar"), vector_get (vector, "target"));
  JsonArray *sides = json_object_get_array_member (vector, "perSide");

  g_assert_cmpuint (load->per_side->len, ==, json_array_get_length (sides));
  for (guint i = 0; i < load->per_side->len; i++)
    g_assert_cmpfloat (g_array_index (load->per_side, double, i), ==,
                       json_array_get_double_element (sides, i));
  g_assert_cmpfloat (load->shortfall, ==, vector_get (vector, "remainder"));
  if (json_object_has_member (vector, "achieved"))
    g_assert_cmpfloat (load->achieved, ==, vector_get (vector, "achieved"));
  else
    g_assert_true (isnan (load->achieved));
}

static void
test_vectors (void)
{
  vectors_foreach ("plates", check_vector);
}

typedef struct
{
  int grams[KINDS]; /* heaviest first */
  int pairs[KINDS];
} Rack;

typedef struct
{
  int weight;
  int count;
  int taken[KINDS];
} Choice;

/* Every choice there is, compared by the rule itself. */
static void
search (const Rack *rack, int kind, int limit, Choice current, Choice *best)
{
  if (current.weight > limit)
    return;
  if (kind == KINDS)
    {
      gboolean is_better = current.weight > best->weight ||
                           (current.weight == best->weight && current.count < best->count);

      /* The search takes many of the heaviest first, so the first of equals is the heaviest. */
      if (is_better)
        *best = current;
      return;
    }
  for (int n = rack->pairs[kind]; n >= 0; n--)
    {
      Choice next = current;

      next.weight += n * rack->grams[kind];
      next.count += n;
      next.taken[kind] = n;
      search (rack, kind + 1, limit, next, best);
    }
}

static void
assert_same (const Rack *rack, const Choice *best, const LiftPlateLoad *load)
{
  guint at = 0;

  for (int kind = 0; kind < KINDS; kind++)
    for (int n = 0; n < best->taken[kind]; n++, at++)
      {
        g_assert_cmpuint (at, <, load->per_side->len);
        g_assert_cmpfloat (g_array_index (load->per_side, double, at), ==,
                           rack->grams[kind] / 1000.0);
      }
  g_assert_cmpuint (at, ==, load->per_side->len);
}

static void
make_rack (GRand *random, Rack *rack, LiftPlates *plates)
{
  int weight = g_rand_int_range (random, 1, 5);

  for (int kind = KINDS - 1; kind >= 0; kind--)
    {
      rack->grams[kind] = weight * 500;
      rack->pairs[kind] = g_rand_int_range (random, 0, 4);
      weight += g_rand_int_range (random, 1, 9);
      g_assert_true (lift_plates_add (plates, rack->grams[kind] / 1000.0, rack->pairs[kind], NULL));
    }
}

static void
test_against_search (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr (LiftPlates) plates = lift_plates_new ();
      g_autoptr (LiftPlateLoad) load = NULL;
      int side = g_rand_int_range (random, 0, 240) * 250;
      Choice best = { -1, 0, { 0 } }, none = { 0 };
      Rack rack;

      make_rack (random, &rack, plates);
      search (&rack, 0, side, none, &best);
      load = lift_plates_load (plates, 20, 20 + side / 500.0);
      assert_same (&rack, &best, load);
      g_assert_cmpfloat (load->achieved, ==, 20 + best.weight / 500.0);
      g_assert_cmpfloat_with_epsilon (load->shortfall, (side - best.weight) / 500.0, 1e-9);
    }
}

/* A pound is no whole number of grams; 225 lb must still be the bar and four plates. */
static void
test_pounds (void)
{
  g_autoptr (LiftPlates) plates = lift_plates_new_default ("lb");

  for (int pounds = 45; pounds <= 585; pounds += 5)
    {
      g_autoptr (LiftPlateLoad) load = lift_plates_load (plates, lift_load_to_kg (45, "lb"),
                                                         lift_load_to_kg (pounds, "lb"));

      g_assert_cmpfloat_with_epsilon (load->shortfall, 0, 1e-9);
    }
}

/* Loads that differ by less than the rounding of pounds are the same load: fewer plates win. */
static void
test_nearly_equal (void)
{
  g_autoptr (LiftPlates) plates = lift_plates_new ();
  g_autoptr (LiftPlateLoad) load = NULL;

  g_assert_true (lift_plates_add (plates, 5.002, 2, NULL));
  g_assert_true (lift_plates_add (plates, 10, 1, NULL));
  load = lift_plates_load (plates, 20, 40);
  g_assert_cmpuint (load->per_side->len, ==, 1);
  g_assert_cmpfloat (load->achieved, ==, 40);
}

static void
test_pounds_print (void)
{
  g_autoptr (LiftPlates) plates = lift_plates_new_default ("lb");
  g_autoptr (LiftPlateLoad)
    load = lift_plates_load (plates, lift_load_to_kg (45, "lb"), lift_load_to_kg (240, "lb"));
  g_autofree char *text = lift_plate_load_print (load, "lb");

  g_assert_cmpstr (text, ==, "45 45 5 2.5");
}

static void
test_no_plates (void)
{
  g_autoptr (LiftPlates) plates = lift_plates_new ();
  g_autoptr (LiftPlateLoad) load = lift_plates_load (plates, 20, 100);
  g_autoptr (LiftPlateLoad) none = lift_plates_load (plates, 20, NAN);

  g_assert_cmpuint (load->per_side->len, ==, 0);
  g_assert_cmpfloat (load->achieved, ==, 20);
  g_assert_cmpfloat (load->shortfall, ==, 80);
  g_assert_true (isnan (none->achieved));
  g_assert_true (isnan (lift_plates_get_next (plates, 20, 20, 1)));
  g_assert_true (isnan (lift_plates_get_next (plates, 20, 20, -1)));
  g_assert_cmpfloat (lift_plates_get_next (plates, 20, 15, 1), ==, 20);
  g_assert_cmpfloat (lift_plates_get_next (plates, 20, 100, -1), ==, 20);
}

static void
test_next (void)
{
  g_autoptr (LiftPlates) plates = lift_plates_new_default ("kg");

  g_assert_cmpfloat (lift_plates_get_next (plates, 20, 100, 1), ==, 102.5);
  g_assert_cmpfloat (lift_plates_get_next (plates, 20, 100, -1), ==, 97.5);
  g_assert_cmpfloat (lift_plates_get_next (plates, 20, 101, 1), ==, 102.5);
  g_assert_cmpfloat (lift_plates_get_next (plates, 20, 101, -1), ==, 100);
  g_assert_true (isnan (lift_plates_get_next (plates, 20, 20, -1)));
  g_assert_true (isnan (lift_plates_get_next (plates, 20, 2000, 1)));
  g_assert_true (isnan (lift_plates_get_next (plates, 20, NAN, 1)));
}

static void
test_next_skips_gaps (void)
{
  g_autoptr (LiftPlates) plates = lift_plates_new ();

  g_assert_true (lift_plates_add (plates, 25, 1, NULL));
  g_assert_true (lift_plates_add (plates, 20, 1, NULL));
  g_assert_cmpfloat (lift_plates_get_next (plates, 20, 20, 1), ==, 60);
  g_assert_cmpfloat (lift_plates_get_next (plates, 20, 60, 1), ==, 70);
  g_assert_cmpfloat (lift_plates_get_next (plates, 20, 70, 1), ==, 110);
  g_assert_true (isnan (lift_plates_get_next (plates, 20, 110, 1)));
  g_assert_cmpfloat (lift_plates_get_next (plates, 20, 110, -1), ==, 70);
}

/* Stepping up and down again visits the same loads, with pounds as well. */
static void
test_next_there_and_back (void)
{
  g_autoptr (LiftPlates) plates = lift_plates_new_default ("lb");
  double bar = lift_load_to_kg (45, "lb"), load = bar;
  guint steps = 0;

  for (double up = load; !isnan (up); up = lift_plates_get_next (plates, bar, load, 1))
    {
      if (up > load)
        g_assert_cmpfloat_with_epsilon (lift_plates_get_next (plates, bar, up, -1), load, 1e-9);
      load = up;
      g_assert_cmpuint (++steps, <, 1000);
    }
  g_assert_cmpuint (steps, >, 100);
}

static void
test_json (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftPlates) plates = lift_plates_new_from_json (
    "[{\"weight\": 20, \"pairs\": 1}, {\"weight\": 1.25, \"pairs\": 2}]", &error);
  g_autoptr (LiftPlateLoad) load = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  load = lift_plates_load (plates, 20, 66);
  text = lift_plate_load_print (load, "kg");
  g_assert_cmpstr (text, ==, "20 1.25 1.25");
  g_assert_cmpfloat (load->shortfall, ==, 1);
}

static void
test_json_refuses (void)
{
  static const char *const BAD[] = {
    "",
    "{}",
    "[1]",
    "[null]",
    "[{\"weight\": 20}]",
    "[{\"weight\": 0, \"pairs\": 1}]",
    "[{\"weight\": -5, \"pairs\": 1}]",
    "[{\"weight\": 101, \"pairs\": 1}]",
    "[{\"weight\": 20, \"pairs\": -1}]",
    "[{\"weight\": 20, \"pairs\": 51}]",
    "[{\"weight\": 20, \"pairs\": 1e9}]",
    "[{\"weight\": \"20\", \"pairs\": 1}]",
    "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lift_plates_new_from_json (BAD[i], &error));
      g_assert_nonnull (error);
    }
}

/* The worst rack that can be stored answers at once. */
static void
test_worst_rack (void)
{
  g_autoptr (LiftPlates) plates = lift_plates_new ();
  g_autoptr (LiftPlateLoad) load = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 32; i++)
    g_assert_true (lift_plates_add (plates, 20 + i * 0.997, 50, NULL));
  g_assert_false (lift_plates_add (plates, 99, 1, NULL));
  load = lift_plates_load (plates, 20, 1021);
  g_assert_cmpfloat (load->shortfall, <, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/plates/vectors", test_vectors);
  g_test_add_func ("/training/plates/against-search", test_against_search);
  g_test_add_func ("/training/plates/pounds", test_pounds);
  g_test_add_func ("/training/plates/nearly-equal", test_nearly_equal);
  g_test_add_func ("/training/plates/pounds-print", test_pounds_print);
  g_test_add_func ("/training/plates/none", test_no_plates);
  g_test_add_func ("/training/plates/next", test_next);
  g_test_add_func ("/training/plates/next-skips-gaps", test_next_skips_gaps);
  g_test_add_func ("/training/plates/next-there-and-back", test_next_there_and_back);
  g_test_add_func ("/training/plates/json", test_json);
  g_test_add_func ("/training/plates/json-refuses", test_json_refuses);
  g_test_add_func ("/training/plates/worst-rack", test_worst_rack);
  return g_test_run ();
}
