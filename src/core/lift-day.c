/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-day.h"

#define JULIAN_OF_1970 719163

/**
 * lift_day_from_date:
 * @month: 1 to 12
 * @dom: day of the month, 1 to 31
 *
 * Returns: the day of a proleptic Gregorian date that must exist
 */
LiftDay
lift_day_from_date (int year, int month, int dom)
{
  GDate date;

  g_return_val_if_fail (g_date_valid_dmy (dom, month, year), 0);

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, dom, month, year);
  return (LiftDay) g_date_get_julian (&date) - JULIAN_OF_1970;
}

/**
 * lift_day_to_date:
 *
 * Splits a day of the years 1 to 9999 into its date.
 */
void
lift_day_to_date (LiftDay day, int *year, int *month, int *dom)
{
  GDate date;

  g_return_if_fail (day > -JULIAN_OF_1970);

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day + JULIAN_OF_1970);
  *year = g_date_get_year (&date);
  *month = g_date_get_month (&date);
  *dom = g_date_get_day (&date);
}

static gboolean
read_digits (const char *text, guint n, int *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }
  return TRUE;
}

/**
 * lift_day_parse:
 * @text: (nullable): `YYYY-MM-DD`, or an instant, whose day is taken as it is written
 * @day: (out) (optional): the day
 *
 * Returns: whether @text names a day that exists, of the years 1 to 9999
 */
gboolean
lift_day_parse (const char *text, LiftDay *day)
{
  int year, month, dom;

  if (text == NULL || !read_digits (text, 4, &year) || text[4] != '-' ||
      !read_digits (text + 5, 2, &month) || text[7] != '-' || !read_digits (text + 8, 2, &dom))
    return FALSE;
  if (text[10] != '\0' && text[10] != 'T' && text[10] != 't' && text[10] != ' ')
    return FALSE;
  if (year < 1 || month < 1 || month > 12 || !g_date_valid_dmy (dom, month, year))
    return FALSE;
  if (day != NULL)
    *day = lift_day_from_date (year, month, dom);
  return TRUE;
}

/**
 * lift_day_format:
 *
 * Returns: (transfer full): @day as `YYYY-MM-DD`
 */
char *
lift_day_format (LiftDay day)
{
  int year, month, dom;

  lift_day_to_date (day, &year, &month, &dom);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, dom);
}

/**
 * lift_day_today:
 *
 * Returns: the day that it is now in the time zone of this computer
 */
LiftDay
lift_day_today (LiftClock *clock)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (lift_clock_get_time (clock) / 1000000);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return lift_day_from_date (g_date_time_get_year (local), g_date_time_get_month (local),
                             g_date_time_get_day_of_month (local));
}

/**
 * lift_day_get_weekday:
 *
 * Returns: 1 for Monday to 7 for Sunday
 */
int
lift_day_get_weekday (LiftDay day)
{
  /* 1970-01-01 was a Thursday. */
  return ((day + 3) % 7 + 7) % 7 + 1;
}

/**
 * lift_day_get_week_start:
 * @first_weekday: the day that weeks begin with, 1 for Monday to 7 for Sunday
 *
 * Returns: the first day of the week that @day lies in
 */
LiftDay
lift_day_get_week_start (LiftDay day, int first_weekday)
{
  return day - (lift_day_get_weekday (day) - first_weekday + 7) % 7;
}

/**
 * lift_day_get_iso_week:
 *
 * Returns: the number of the ISO 8601 week that @day lies in, 1 to 53
 */
int
lift_day_get_iso_week (LiftDay day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day + JULIAN_OF_1970);
  return g_date_get_iso8601_week_of_year (&date);
}
