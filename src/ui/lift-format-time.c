/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"

static char *
format_date (LiftDay day, const char *format)
{
  int year, month, dom;
  g_autoptr (GDateTime) date = NULL;

  lift_day_to_date (day, &year, &month, &dom);
  date = g_date_time_new_utc (year, month, dom, 0, 0, 0);
  return g_date_time_format (date, format);
}

/**
 * lift_format_day_short:
 *
 * Returns: (transfer full): `Mon 16 Nov`
 */
char *
lift_format_day_short (LiftDay day)
{
  /* Translators: a day without its year, as in strftime: "Mon 16 Nov". */
  return format_date (day, _ ("%a %-d %b"));
}

/**
 * lift_format_day_full:
 *
 * Returns: (transfer full): `Monday, 16 November 2026`
 */
char *
lift_format_day_full (LiftDay day)
{
  /* Translators: a whole date, as in strftime: "Monday, 16 November 2026". */
  return format_date (day, _ ("%A, %-d %B %Y"));
}

/**
 * lift_format_day:
 * @today: the day that it is for the person
 *
 * Returns: (transfer full): `Today`, `Yesterday`, `Tomorrow`, or the date with its year where that
 *   is another one
 */
char *
lift_format_day (LiftDay day, LiftDay today)
{
  int year, this_year, month, dom;

  if (day == today)
    return g_strdup (_ ("Today"));
  if (day == today - 1)
    return g_strdup (_ ("Yesterday"));
  if (day == today + 1)
    return g_strdup (_ ("Tomorrow"));
  lift_day_to_date (day, &year, &month, &dom);
  lift_day_to_date (today, &this_year, &month, &dom);
  /* Translators: a day with its year, as in strftime: "16 Nov 2025". */
  return year == this_year ? lift_format_day_short (day) : format_date (day, _ ("%-d %b %Y"));
}

/**
 * lift_format_clock_time:
 * @us: an instant in microseconds since 1970 UTC
 *
 * Returns: (transfer full): the time of day here, `18:04`
 */
char *
lift_format_clock_time (gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  /* Translators: a time of day, as in strftime: "18:04". */
  return g_date_time_format (local, _ ("%H:%M"));
}

/**
 * lift_format_instant:
 * @us: an instant in microseconds since 1970 UTC
 *
 * Returns: (transfer full): day and time here, `3 March 2026, 14:02`
 */
char *
lift_format_instant (gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  /* Translators: a day and a time, as in strftime: "3 March 2026, 14:02". */
  return g_date_time_format (local, _ ("%-d %B %Y, %H:%M"));
}

/**
 * lift_format_time_ahead:
 * @then_us: an instant in microseconds since 1970 UTC
 * @now_us: the present one
 *
 * Returns: (transfer full): `now`, `in less than a minute`, `in 2 min`
 */
char *
lift_format_time_ahead (gint64 then_us, gint64 now_us)
{
  gint64 seconds = (then_us - now_us) / G_USEC_PER_SEC;

  if (seconds <= 0)
    return g_strdup (_ ("now"));
  if (seconds < 60)
    return g_strdup (_ ("in less than a minute"));
  return g_strdup_printf (_ ("in %d min"), (int) ((seconds + 59) / 60));
}

/**
 * lift_format_relative_time:
 * @then_us: an instant in microseconds since 1970 UTC
 * @now_us: the present one; an earlier one than @then_us (a clock set back) counts as just now
 *
 * Returns: (transfer full): `just now`, `2 min ago`, `3 h ago`, `5 days ago`
 */
char *
lift_format_relative_time (gint64 then_us, gint64 now_us)
{
  gint64 minutes = MAX (now_us - then_us, 0) / (60 * G_USEC_PER_SEC);
  gint64 hours = minutes / 60;
  gint64 days = hours / 24;

  if (minutes < 1)
    return g_strdup (_ ("just now"));
  if (hours < 1)
    return g_strdup_printf (_ ("%d min ago"), (int) minutes);
  if (days < 1)
    return g_strdup_printf (_ ("%d h ago"), (int) hours);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day ago", "%d days ago", (gulong) days),
                          (int) days);
}
