/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-instant.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define EARLIEST (-62135596800 * SECOND)
#define LATEST (253402300800 * SECOND - 1)

static void
assert_instant (const char *text, gint64 expected)
{
  gint64 us = -1;

  if (!lift_instant_parse (text, &us))
    g_error ("“%s” is not understood", text);
  g_assert_cmpint (us, ==, expected);
}

static void
test_parse (void)
{
  assert_instant ("1970-01-01T00:00:00Z", 0);
  assert_instant ("1970-01-01t00:00:00z", 0);
  assert_instant ("1970-01-01 00:00:00Z", 0);
  assert_instant ("1970-01-01T01:00:00+01:00", 0);
  assert_instant ("1969-12-31T14:30:00-09:30", 0);
  assert_instant ("1970-01-01T00:00:00.5Z", SECOND / 2);
  assert_instant ("1970-01-01T00:00:00.000001Z", 1);
  assert_instant ("1970-01-01T00:00:00.0000019Z", 1);
  assert_instant ("1970-01-01T00:00:00.123456789012Z", 123456);
  assert_instant ("1969-12-31T23:59:59.999999Z", -1);
  assert_instant ("2026-11-22T10:45:16Z", 1795344316 * SECOND);
  assert_instant ("2016-12-31T23:59:60Z", 1483228799 * SECOND);
  assert_instant ("0001-01-01T00:00:00Z", EARLIEST);
  assert_instant ("9999-12-31T23:59:59.999999Z", LATEST);
  g_assert_true (lift_instant_parse ("1970-01-01T00:00:00Z", NULL));
}

static void
test_refuses (void)
{
  static const char *const BAD[] = {
    "",
    "now",
    "2026-11-22",
    "2026-11-22T10:45:16",
    "2026-11-22T10:45Z",
    "2026-11-22T24:00:00Z",
    "2026-11-22T10:60:00Z",
    "2026-11-22T10:45:61Z",
    "2026-02-29T10:45:16Z",
    "2026-13-01T10:45:16Z",
    "0000-01-01T00:00:00Z",
    "2026-11-22T10:45:16.Z",
    "2026-11-22T10:45:16,5Z",
    "2026-11-22T10:45:16Zx",
    "2026-11-22T10:45:16 Z",
    "2026-11-22T10:45:16+1:00",
    "2026-11-22T10:45:16+0100",
    "2026-11-22T10:45:16+01",
    "2026-11-22T10:45:16+24:00",
    "2026-11-22T10:45:16+00:60",
    "2026-11-22X10:45:16Z",
    "2026-11-22T1a:45:16Z",
    "2026-11-22T-1:45:16Z",
    "02026-11-22T10:45:16Z",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    "2026-11-22T10:45:16.00000000000000000000000000000000000000000000000001Z",
  };
  gint64 us = 77;

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    if (lift_instant_parse (BAD[i], &us))
      g_error ("“%s” was taken for an instant", BAD[i]);
  g_assert_false (lift_instant_parse (NULL, &us));
  g_assert_cmpint (us, ==, 77);
}

static void
assert_format (gint64 us, const char *expected)
{
  g_autofree char *text = lift_instant_format (us);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_format (0, "1970-01-01T00:00:00.000000Z");
  assert_format (-1, "1969-12-31T23:59:59.999999Z");
  assert_format (1795344316 * SECOND + 7, "2026-11-22T10:45:16.000007Z");
  assert_format (EARLIEST, "0001-01-01T00:00:00.000000Z");
  assert_format (LATEST, "9999-12-31T23:59:59.999999Z");
  /* Beyond what can be written the nearest is. */
  assert_format (G_MININT64, "0001-01-01T00:00:00.000000Z");
  assert_format (G_MAXINT64, "9999-12-31T23:59:59.999999Z");
}

static gint64
make_instant (GRand *random)
{
  guint64 bits = ((guint64) g_rand_int (random) << 32) | g_rand_int (random);

  return EARLIEST + (gint64) (bits % (guint64) (LATEST - EARLIEST + 1));
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < 100000; i++)
    {
      gint64 us = make_instant (random);
      g_autofree char *text = lift_instant_format (us);

      g_assert_cmpuint (strlen (text), ==, 27);
      assert_instant (text, us);
    }
}

/* Instants are compared as text in the database. */
static void
test_order (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6);

  for (guint i = 0; i < 100000; i++)
    {
      gint64 a = make_instant (random);
      gint64 b = i % 2 == 0 ? make_instant (random)
                            : MIN (a + g_rand_int_range (random, 0, 3), LATEST);
      g_autofree char *first = lift_instant_format (a);
      g_autofree char *second = lift_instant_format (b);
      int order = strcmp (first, second);

      g_assert_cmpint ((order > 0) - (order < 0), ==, (a > b) - (a < b));
    }
}

/* Nothing in a text of any bytes is read beyond its end (the sanitizers watch). */
static void
test_anything (void)
{
  static const char PIECES[] = "0123456789-:.TZ+ tz9";
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  for (guint i = 0; i < 200000; i++)
    {
      g_autofree char *text = g_strdup ("2026-11-22T10:45:16.123456+01:00");
      gsize length = g_rand_int_range (random, 0, strlen (text) + 1);
      g_autofree char *part = NULL;
      gint64 us;

      for (guint n = g_rand_int_range (random, 0, 4); n > 0; n--)
        text[g_rand_int_range (random, 0, strlen (text))] =
          PIECES[g_rand_int_range (random, 0, sizeof PIECES - 1)];
      part = g_strndup (text, length);
      if (lift_instant_parse (part, &us))
        {
          g_autofree char *again = lift_instant_format (us);

          assert_instant (again, us);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/instant/parse", test_parse);
  g_test_add_func ("/core/instant/refuses", test_refuses);
  g_test_add_func ("/core/instant/format", test_format);
  g_test_add_func ("/core/instant/round-trip", test_round_trip);
  g_test_add_func ("/core/instant/order", test_order);
  g_test_add_func ("/core/instant/anything", test_anything);
  return g_test_run ();
}
