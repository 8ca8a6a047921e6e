/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-instant.h"

#include <string.h>

#include "lift-day.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Years 0001 to 9999, in microseconds since 1970: what RFC 3339 can write. */
#define EARLIEST (-62135596800 * SECOND)
#define LATEST (253402300800 * SECOND - 1)

/* Two digits or -1. */
static int
two_digits (const char *text)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return -1;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

static const char *
read_fraction (const char *text, gint64 *us)
{
  gint64 unit = 100000;

  *us = 0;
  if (*text != '.')
    return text;
  text++;
  if (!g_ascii_isdigit (*text))
    return NULL;
  for (; g_ascii_isdigit (*text); text++, unit /= 10)
    *us += (*text - '0') * unit;
  return text;
}

/* Minutes east of Greenwich, from `Z` or `+HH:MM` at the very end. */
static gboolean
read_offset (const char *text, int *minutes)
{
  int hours;

  *minutes = 0;
  if (g_ascii_toupper (text[0]) == 'Z')
    return text[1] == '\0';
  if ((text[0] != '+' && text[0] != '-') || strlen (text) != 6 || text[3] != ':')
    return FALSE;
  hours = two_digits (text + 1);
  *minutes = two_digits (text + 4);
  if (hours < 0 || hours > 23 || *minutes < 0 || *minutes > 59)
    return FALSE;
  *minutes += hours * 60;
  if (text[0] == '-')
    *minutes = -*minutes;
  return TRUE;
}

/**
 * lift_instant_parse:
 * @text: (nullable): an RFC 3339 time with `Z` or an offset, with or without a fraction
 * @us: (out) (optional): microseconds since 1970-01-01 UTC; finer digits are cut off
 *
 * Returns: whether @text is such a time
 */
gboolean
lift_instant_parse (const char *text, gint64 *us)
{
  LiftDay day;
  int hour, minute, second, offset;
  gint64 fraction, value;
  const char *rest;

  if (text == NULL || strlen (text) < 20 || strlen (text) > 64 || !lift_day_parse (text, &day))
    return FALSE;
  hour = two_digits (text + 11);
  minute = two_digits (text + 14);
  second = two_digits (text + 17);
  /* A leap second is taken as the second before it. */
  if (hour < 0 || hour > 23 || text[13] != ':' || minute < 0 || minute > 59 || text[16] != ':' ||
      second < 0 || second > 60)
    return FALSE;
  rest = read_fraction (text + 19, &fraction);
  if (rest == NULL || !read_offset (rest, &offset))
    return FALSE;
  value = (gint64) day * 86400;
  value += hour * 3600 + (minute - offset) * 60 + MIN (second, 59);
  value = value * SECOND + fraction;
  if (value < EARLIEST || value > LATEST)
    return FALSE;
  if (us != NULL)
    *us = value;
  return TRUE;
}

/**
 * lift_instant_format:
 * @us: microseconds since 1970-01-01 UTC, within the years 1 to 9999
 *
 * Returns: (transfer full): the instant in UTC, always with six digits of fraction, so that
 *   instants sort as text
 */
char *
lift_instant_format (gint64 us)
{
  gint64 days, rest;
  int year, month, dom;

  us = CLAMP (us, EARLIEST, LATEST);
  days = us / DAY;
  rest = us % DAY;
  if (rest < 0)
    {
      days--;
      rest += DAY;
    }
  lift_day_to_date (days, &year, &month, &dom);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", year, month, dom,
                          (int) (rest / HOUR), (int) (rest / MINUTE % 60),
                          (int) (rest / SECOND % 60), (int) (rest % SECOND));
}
