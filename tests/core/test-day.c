/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-day.h"
#include "lift-virtual-clock.h"

#include <string.h>

static void
test_known (void)
{
  LiftDay day = -1;

  g_assert_true (lift_day_parse ("1970-01-01", &day));
  g_assert_cmpint (day, ==, 0);
  g_assert_true (lift_day_parse ("2000-02-29", &day));
  g_assert_cmpint (day, ==, 11016);
  g_assert_true (lift_day_parse ("0001-01-01", &day));
  g_assert_cmpint (day, ==, -719162);
  g_assert_true (lift_day_parse ("9999-12-31", &day));
  g_assert_cmpint (day, ==, 2932896);
  g_assert_true (lift_day_parse ("2026-11-22", NULL));
}

/* Every day there is, written and read back, one after the other. */
static void
test_every_day (void)
{
  LiftDay first, last, back;
  char before[11] = "";

  g_assert_true (lift_day_parse ("0001-01-01", &first));
  g_assert_true (lift_day_parse ("9999-12-31", &last));
  for (LiftDay day = first; day <= last; day++)
    {
      g_autofree char *text = lift_day_format (day);

      if (!lift_day_parse (text, &back) || back != day || strcmp (before, text) >= 0)
        g_error ("day %d is written as %s after %s", day, text, before);
      memcpy (before, text, 11);
    }
}

static void
test_day_of_instant (void)
{
  LiftDay day = -1;

  /* The day as it is written, whatever the offset says. */
  g_assert_true (lift_day_parse ("2026-11-22T23:59:59-11:00", &day));
  g_assert_cmpint (day, ==, lift_day_from_date (2026, 11, 22));
  g_assert_true (lift_day_parse ("2026-11-22 08:00:00", &day));
  g_assert_cmpint (day, ==, lift_day_from_date (2026, 11, 22));
}

static void
test_refuses (void)
{
  static const char *const BAD[] = {
    "",           "2026",        "2026-",          "2026-1",
    "2026-1-1",   "2026-01",     "2026-01-",       "2026-01-1",
    "2026-13-01", "2026-00-01",  "2026-01-00",     "2026-01-32",
    "2026-02-29", "1900-02-29",  "0000-01-01",     "2026-01-011",
    "2026/01/01", " 2026-01-01", "2026-01-01x",    "-026-01-01",
    "+026-01-01", "2026-0a-01",  "２０２６-01-01", "today",
  };
  LiftDay day = 12345;

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    if (lift_day_parse (BAD[i], &day))
      g_error ("“%s” was taken for a day", BAD[i]);
  g_assert_false (lift_day_parse (NULL, &day));
  g_assert_cmpint (day, ==, 12345);
}

static void
test_date (void)
{
  int year, month, dom;

  lift_day_to_date (lift_day_from_date (2024, 2, 29), &year, &month, &dom);
  g_assert_cmpint (year, ==, 2024);
  g_assert_cmpint (month, ==, 2);
  g_assert_cmpint (dom, ==, 29);
}

static void
test_weekday (void)
{
  g_assert_cmpint (lift_day_get_weekday (0), ==, 4);
  g_assert_cmpint (lift_day_get_weekday (lift_day_from_date (2026, 11, 22)), ==, 7);
  g_assert_cmpint (lift_day_get_weekday (lift_day_from_date (1969, 12, 29)), ==, 1);
  for (LiftDay day = -1000; day < 1000; day++)
    g_assert_cmpint (lift_day_get_weekday (day + 1), ==, lift_day_get_weekday (day) % 7 + 1);
}

static void
test_week_start (void)
{
  for (int first = 1; first <= 7; first++)
    for (LiftDay day = -400; day < 400; day++)
      {
        LiftDay start = lift_day_get_week_start (day, first);

        g_assert_cmpint (lift_day_get_weekday (start), ==, first);
        g_assert_cmpint (start, <=, day);
        g_assert_cmpint (start, >, day - 7);
      }
}

static void
test_iso_week (void)
{
  g_assert_cmpint (lift_day_get_iso_week (lift_day_from_date (2026, 11, 16)), ==, 47);
  g_assert_cmpint (lift_day_get_iso_week (lift_day_from_date (2021, 1, 3)), ==, 53);
  g_assert_cmpint (lift_day_get_iso_week (lift_day_from_date (2024, 12, 30)), ==, 1);
}

static void
set_zone (const char *name)
{
  g_setenv ("TZ", name, TRUE);
}

/* The same moment is another day in another place. */
static void
test_today (void)
{
  gint64 noon = (gint64) lift_day_from_date (2026, 11, 22) * 86400 + 12 * 3600;
  LiftVirtualClock *clock = lift_virtual_clock_new (noon * 1000000, 1);
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));

  set_zone ("UTC");
  g_assert_cmpint (lift_day_today (LIFT_CLOCK (clock)), ==, lift_day_from_date (2026, 11, 22));
  set_zone ("XXX-13");
  g_assert_cmpint (lift_day_today (LIFT_CLOCK (clock)), ==, lift_day_from_date (2026, 11, 23));
  set_zone ("XXX+13");
  g_assert_cmpint (lift_day_today (LIFT_CLOCK (clock)), ==, lift_day_from_date (2026, 11, 21));
  if (zone != NULL)
    set_zone (zone);
  else
    g_unsetenv ("TZ");
  g_assert_finalize_object (clock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/day/known", test_known);
  g_test_add_func ("/core/day/every-day", test_every_day);
  g_test_add_func ("/core/day/of-instant", test_day_of_instant);
  g_test_add_func ("/core/day/refuses", test_refuses);
  g_test_add_func ("/core/day/date", test_date);
  g_test_add_func ("/core/day/weekday", test_weekday);
  g_test_add_func ("/core/day/week-start", test_week_start);
  g_test_add_func ("/core/day/iso-week", test_iso_week);
  g_test_add_func ("/core/day/today", test_today);
  return g_test_run ();
}
