/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-scan-private.h"

#include "lift-number.h"

#include <math.h>
#include <string.h>

#define TIMES_SIGN "\xc3\x97"
#define EN_DASH "\xe2\x80\x93"

void
lift_scan_blanks (const char **p)
{
  while (**p == ' ' || **p == '\t')
    (*p)++;
}

static gboolean
skip_text (const char **p, const char *text)
{
  if (!g_str_has_prefix (*p, text))
    return FALSE;
  *p += strlen (text);
  return TRUE;
}

/* x, X or ×. */
gboolean
lift_scan_times (const char **p)
{
  return skip_text (p, "x") || skip_text (p, "X") || skip_text (p, TIMES_SIGN);
}

gboolean
lift_scan_dash (const char **p)
{
  return skip_text (p, "-") || skip_text (p, EN_DASH);
}

/* A run of ASCII letters, with hyphens inside, in lower case; "" if there is none. */
char *
lift_scan_word (const char **p)
{
  const char *start = *p;

  while (g_ascii_isalpha (**p) || (**p == '-' && *p > start && g_ascii_isalpha ((*p)[1])))
    (*p)++;
  return g_ascii_strdown (start, *p - start);
}

/* `90s`, `90 sec`, `2m`, `2min`, `1:30`; with @needs_unit a bare `90` is none. */
gboolean
lift_scan_duration (const char **p, gboolean needs_unit, double *seconds)
{
  const char *q = *p;
  g_autofree char *word = NULL;

  if (!g_ascii_isdigit (*q) || !lift_number_read (&q, seconds))
    return FALSE;
  if (*q == ':' && g_ascii_isdigit (q[1]) && g_ascii_isdigit (q[2]) && !g_ascii_isdigit (q[3]))
    {
      *seconds = *seconds * 60 + (q[1] - '0') * 10 + (q[2] - '0');
      *p = q + 3;
      return TRUE;
    }
  word = lift_scan_word (&q);
  if (g_str_equal (word, "m") || g_str_equal (word, "min"))
    *seconds *= 60;
  else if (!g_str_equal (word, "s") && !g_str_equal (word, "sec") && (*word != '\0' || needs_unit))
    return FALSE;
  *p = q;
  return TRUE;
}

/* `400m`, `1.5km`. */
gboolean
lift_scan_distance (const char **p, double *metres)
{
  const char *q = *p;
  g_autofree char *word = NULL;

  if (!g_ascii_isdigit (*q) || !lift_number_read (&q, metres))
    return FALSE;
  word = lift_scan_word (&q);
  if (g_str_equal (word, "km"))
    *metres = round (*metres * 1e6) / 1e3;
  else if (!g_str_equal (word, "m"))
    return FALSE;
  *p = q;
  return TRUE;
}

static gboolean
scan_step (const char **p, guint max_digits)
{
  guint n = 0;

  if (**p == 'X' || **p == 'x')
    {
      (*p)++;
      return TRUE;
    }
  for (; n < max_digits && g_ascii_isdigit (**p); n++)
    (*p)++;
  return n > 0;
}

/* `t31X0` or `t3-1-X-0`; kept as it was typed. */
gboolean
lift_scan_tempo (const char **p, char **tempo)
{
  const char *q = *p;
  gboolean is_dashed;

  if (*q != 't' && *q != 'T')
    return FALSE;
  q++;
  is_dashed = *q != '\0' && (q[1] == '-' || (q[1] != '\0' && q[2] == '-'));
  for (guint i = 0; i < 4; i++)
    if ((is_dashed && i > 0 && *q++ != '-') || !scan_step (&q, is_dashed ? 2 : 1))
      return FALSE;
  if (!lift_scan_at_end (q))
    return FALSE;
  *tempo = g_strndup (*p + 1, q - *p - 1);
  *p = q;
  return TRUE;
}

/* Whether an item may end here; `100@8` needs no blank. */
gboolean
lift_scan_at_end (const char *p)
{
  return *p == '\0' || strchr (" \t\r\n,;@", *p) != NULL;
}

/* Bytes up to where the item ends, for underlining it; at least one character if there is any. */
gsize
lift_scan_item_length (const char *p)
{
  const char *end = *p != '\0' ? g_utf8_next_char (p) : p;

  while (!lift_scan_at_end (end))
    end = g_utf8_next_char (end);
  return end - p;
}

/* RPE and RIR go by halves. */
gboolean
lift_scan_is_half_step (double value, double min, double max)
{
  return value >= min && value <= max && floor (value * 2) == value * 2;
}
