/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-uuid.h"
#include "lift-virtual-clock.h"

#include <string.h>

#define MS G_GINT64_CONSTANT (1000)
#define START G_GINT64_CONSTANT (1795344316000000)

static void
test_shape (void)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = lift_uuid_new (lift_clock_get_system ());

      g_assert_cmpuint (strlen (id), ==, 36);
      g_assert_true (g_uuid_string_is_valid (id));
      g_assert_cmpint (id[14], ==, '7');
      g_assert_nonnull (strchr ("89ab", id[19]));
      for (const char *p = id; *p != '\0'; p++)
        g_assert_false (g_ascii_isupper (*p));
    }
}

static void
test_carries_time (void)
{
  LiftVirtualClock *clock = lift_virtual_clock_new (START + 999, 1);
  g_autofree char *id = lift_uuid_new (LIFT_CLOCK (clock));
  g_autofree char *high = g_strndup (id, 8);
  g_autofree char *low = g_strndup (id + 9, 4);
  guint64 ms = g_ascii_strtoull (high, NULL, 16) << 16 | g_ascii_strtoull (low, NULL, 16);

  g_assert_cmpuint (ms, ==, START / MS);
  g_assert_finalize_object (clock);
}

static void
test_order (void)
{
  LiftVirtualClock *clock = lift_virtual_clock_new (START, 1);
  g_autofree char *before = lift_uuid_new (LIFT_CLOCK (clock));

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = NULL;

      lift_virtual_clock_advance (clock, MS);
      id = lift_uuid_new (LIFT_CLOCK (clock));
      g_assert_cmpstr (before, <, id);
      g_free (before);
      before = g_steal_pointer (&id);
    }
  g_assert_finalize_object (clock);
}

/* Even when time stands still. */
static void
test_unique (void)
{
  LiftVirtualClock *clock = lift_virtual_clock_new (START, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 100000; i++)
    g_assert_true (g_hash_table_add (seen, lift_uuid_new (LIFT_CLOCK (clock))));
  g_assert_finalize_object (clock);
}

static void
test_seed (void)
{
  LiftVirtualClock *one = lift_virtual_clock_new (START, 5);
  LiftVirtualClock *same = lift_virtual_clock_new (START, 5);
  LiftVirtualClock *other = lift_virtual_clock_new (START, 6);
  g_autofree char *a = lift_uuid_new (LIFT_CLOCK (one));
  g_autofree char *b = lift_uuid_new (LIFT_CLOCK (same));
  g_autofree char *c = lift_uuid_new (LIFT_CLOCK (other));

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
  g_assert_finalize_object (one);
  g_assert_finalize_object (same);
  g_assert_finalize_object (other);
}

static void
test_normalize (void)
{
  static const char *const BAD[] = { "",
                                     "x",
                                     "0190d3c0-8f3b-7a5e-9c1d-0123456789a",
                                     "0190d3c0-8f3b-7a5e-9c1d-0123456789abc",
                                     "0190d3c08f3b7a5e9c1d0123456789ab",
                                     "{190d3c0-8f3b-7a5e-9c1d-0123456789ab}",
                                     "0190d3c0-8f3b-7a5e-9c1d-0123456789ag",
                                     " 190d3c0-8f3b-7a5e-9c1d-0123456789ab",
                                     "0190d3c0-8f3b-7a5e-9c1d-0123456789ab\n" };
  g_autofree char *id = lift_uuid_normalize ("0190D3C0-8F3B-7A5E-9C1D-0123456789AB");
  g_autofree char *nil = lift_uuid_normalize ("00000000-0000-0000-0000-000000000000");

  g_assert_cmpstr (id, ==, "0190d3c0-8f3b-7a5e-9c1d-0123456789ab");
  g_assert_nonnull (nil);
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    g_assert_null (lift_uuid_normalize (BAD[i]));
  g_assert_null (lift_uuid_normalize (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/uuid/shape", test_shape);
  g_test_add_func ("/core/uuid/carries-time", test_carries_time);
  g_test_add_func ("/core/uuid/order", test_order);
  g_test_add_func ("/core/uuid/unique", test_unique);
  g_test_add_func ("/core/uuid/seed", test_seed);
  g_test_add_func ("/core/uuid/normalize", test_normalize);
  return g_test_run ();
}
