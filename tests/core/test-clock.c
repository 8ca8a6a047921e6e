/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-virtual-clock.h"

#define SECOND G_GINT64_CONSTANT (1000000)

static void
test_system (void)
{
  LiftClock *clock = lift_clock_get_system ();
  gint64 monotonic = lift_clock_get_monotonic (clock);

  g_assert_true (clock == lift_clock_get_system ());
  g_assert_cmpint (ABS (lift_clock_get_time (clock) - g_get_real_time ()), <, 60 * SECOND);
  g_assert_cmpint (lift_clock_get_monotonic (clock), >=, monotonic);
}

static void
test_system_random (void)
{
  /* Longer than what the kernel gives at once. */
  guint8 a[1000] = { 0 }, b[1000] = { 0 };
  guint zeros = 0;

  lift_clock_fill_random (lift_clock_get_system (), a, sizeof a);
  lift_clock_fill_random (lift_clock_get_system (), b, sizeof b);
  g_assert_cmpint (memcmp (a, b, sizeof a), !=, 0);
  for (guint i = 0; i < sizeof a; i++)
    zeros += a[i] == 0;
  g_assert_cmpuint (zeros, <, 40);
  lift_clock_fill_random (lift_clock_get_system (), a, 0);
}

static void
test_virtual_time (void)
{
  LiftVirtualClock *clock = lift_virtual_clock_new (1000 * SECOND, 1);
  LiftClock *base = LIFT_CLOCK (clock);

  g_assert_cmpint (lift_clock_get_time (base), ==, 1000 * SECOND);
  g_assert_cmpint (lift_clock_get_monotonic (base), ==, 0);
  lift_virtual_clock_advance (clock, 5 * SECOND);
  g_assert_cmpint (lift_clock_get_time (base), ==, 1005 * SECOND);
  g_assert_cmpint (lift_clock_get_monotonic (base), ==, 5 * SECOND);
  g_assert_finalize_object (clock);
}

static void
test_virtual_jump (void)
{
  LiftVirtualClock *clock = lift_virtual_clock_new (1000 * SECOND, 1);
  LiftClock *base = LIFT_CLOCK (clock);

  lift_virtual_clock_advance (clock, SECOND);
  lift_virtual_clock_jump (clock, -500 * SECOND);
  g_assert_cmpint (lift_clock_get_time (base), ==, 501 * SECOND);
  g_assert_cmpint (lift_clock_get_monotonic (base), ==, SECOND);
  g_assert_finalize_object (clock);
}

static void
fill_from_seed (guint64 seed, guint8 *buffer, gsize length)
{
  LiftVirtualClock *clock = lift_virtual_clock_new (0, seed);

  lift_clock_fill_random (LIFT_CLOCK (clock), buffer, length);
  g_assert_finalize_object (clock);
}

static void
test_virtual_seed (void)
{
  guint8 a[37], b[37], c[37];

  fill_from_seed (7, a, sizeof a);
  fill_from_seed (7, b, sizeof b);
  fill_from_seed (8, c, sizeof c);
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
  g_assert_cmpint (memcmp (a, c, sizeof a), !=, 0);
}

/* A buffer that is no multiple of eight is filled to its end and not beyond. */
static void
test_virtual_fills_exactly (void)
{
  for (gsize length = 0; length < 20; length++)
    {
      guint8 buffer[32] = { 0 };
      guint zeros = 0;

      memset (buffer + length, 0xaa, sizeof buffer - length);
      fill_from_seed (3, buffer, length);
      for (gsize i = 0; i < length; i++)
        zeros += buffer[i] == 0;
      g_assert_cmpuint (zeros, <, 3);
      for (gsize i = length; i < sizeof buffer; i++)
        g_assert_cmpuint (buffer[i], ==, 0xaa);
    }
}

static void
test_random_below (void)
{
  LiftVirtualClock *clock = lift_virtual_clock_new (0, 99);
  guint counts[6] = { 0 };

  for (guint i = 0; i < 6000; i++)
    {
      guint32 value = lift_clock_random_below (LIFT_CLOCK (clock), 6);

      g_assert_cmpuint (value, <, 6);
      counts[value]++;
    }
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (counts[i], >, 800);
  g_assert_cmpuint (lift_clock_random_below (LIFT_CLOCK (clock), 1), ==, 0);
  g_assert_finalize_object (clock);
}

static gpointer
advance_often (gpointer data)
{
  for (guint i = 0; i < 10000; i++)
    lift_virtual_clock_advance (data, 1);
  return NULL;
}

static void
test_virtual_threads (void)
{
  LiftVirtualClock *clock = lift_virtual_clock_new (0, 1);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("advance", advance_often, clock);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (lift_clock_get_time (LIFT_CLOCK (clock)), ==, 40000);
  g_assert_cmpint (lift_clock_get_monotonic (LIFT_CLOCK (clock)), ==, 40000);
  g_assert_finalize_object (clock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/clock/system", test_system);
  g_test_add_func ("/core/clock/system-random", test_system_random);
  g_test_add_func ("/core/clock/virtual-time", test_virtual_time);
  g_test_add_func ("/core/clock/virtual-jump", test_virtual_jump);
  g_test_add_func ("/core/clock/virtual-seed", test_virtual_seed);
  g_test_add_func ("/core/clock/virtual-fills-exactly", test_virtual_fills_exactly);
  g_test_add_func ("/core/clock/random-below", test_random_below);
  g_test_add_func ("/core/clock/virtual-threads", test_virtual_threads);
  return g_test_run ();
}
