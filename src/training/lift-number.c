/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-number.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define MAX_DIGITS 40
#define MINUS_SIGN "\xe2\x88\x92"

static const char *
skip_digits (const char *p)
{
  while (g_ascii_isdigit (*p))
    p++;
  return p;
}

/* In `100,3x3` the comma parts two groups; in `102,5 @8` it is the decimal comma. */
static gboolean
is_decimal_comma (const char *p)
{
  const char *end;

  if (*p != ',' || !g_ascii_isdigit (p[1]))
    return FALSE;
  end = skip_digits (p + 1);
  return *end != 'x' && *end != 'X' && !g_str_has_prefix (end, "\xc3\x97");
}

/**
 * lift_number_read:
 * @cursor: (inout): where to read; moved behind the number if there is one
 * @value: (out): the number
 *
 * Reads a number as people type it: a sign or none, digits, and a point or comma with decimals.
 * Exponents, hexadecimal digits, infinity and the like are no numbers here, whatever the locale.
 *
 * Returns: whether there was a number
 */
gboolean
lift_number_read (const char **cursor, double *value)
{
  char text[MAX_DIGITS + 3] = "";
  const char *p = *cursor, *start, *end;
  gboolean is_negative = *p == '-' || g_str_has_prefix (p, MINUS_SIGN);

  p += *p == '-' || *p == '+' ? 1 : is_negative ? strlen (MINUS_SIGN) : 0;
  start = p;
  end = skip_digits (start);
  if (end == start)
    return FALSE;
  if ((*end == '.' && g_ascii_isdigit (end[1])) || is_decimal_comma (end))
    end = skip_digits (end + 1);
  if (end - start > MAX_DIGITS)
    return FALSE;
  memcpy (text, start, end - start);
  g_strdelimit (text, ",", '.');
  *value = is_negative ? -g_ascii_strtod (text, NULL) : g_ascii_strtod (text, NULL);
  *cursor = end;
  return TRUE;
}

static char *
format_fixed (double value, guint decimals)
{
  char format[8], text[400];

  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 20));
  return g_strdup (g_ascii_formatd (text, sizeof text, format, value));
}

/**
 * lift_number_format:
 * @value: a finite number
 * @decimals: how many decimals at most
 *
 * Returns: (transfer full): @value rounded, with a point, without zeros at the end
 */
char *
lift_number_format (double value, guint decimals)
{
  char *text;

  g_return_val_if_fail (isfinite (value), NULL);

  text = format_fixed (value, decimals);
  if (strchr (text, '.') != NULL)
    {
      char *end = text + strlen (text);

      while (end[-1] == '0')
        *--end = '\0';
      if (end[-1] == '.')
        end[-1] = '\0';
    }
  if (g_str_equal (text, "-0"))
    memmove (text, text + 1, 2);
  return text;
}

/**
 * lift_number_format_exact:
 * @value: a finite number
 *
 * Returns: (transfer full): the shortest text without exponent that reads back as @value
 *   (to 20 decimals), with a point
 */
char *
lift_number_format_exact (double value)
{
  for (guint decimals = 0; decimals < 20; decimals++)
    {
      g_autofree char *text = lift_number_format (value, decimals);

      if (text == NULL || g_ascii_strtod (text, NULL) == value)
        return g_steal_pointer (&text);
    }
  return lift_number_format (value, 20);
}

/**
 * lift_number_localize:
 * @text: a number with a point
 *
 * Returns: (transfer full): @text with the decimal separator of the user's locale
 */
char *
lift_number_localize (const char *text)
{
  const char *point = strchr (text, '.');

  if (point == NULL)
    return g_strdup (text);
  return g_strdup_printf ("%.*s%s%s", (int) (point - text), text, localeconv ()->decimal_point,
                          point + 1);
}
