/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-json-private.h"

#include <string.h>

/* A whole number with more digits may not fit 64 bits. */
#define SAFE_DIGITS 18

typedef struct
{
  const char *start;
  const char *p;
  const char *end;
  guint depth;
  gboolean too_deep;
  GArray *wide;
} Scanner;

static gboolean scan_value (Scanner *self);

static int
peek (Scanner *self)
{
  return self->p < self->end ? (guchar) *self->p : -1;
}

static gboolean
take (Scanner *self, char c)
{
  if (peek (self) != c)
    return FALSE;
  self->p++;
  return TRUE;
}

static void
skip_spaces (Scanner *self)
{
  while (self->p < self->end && strchr (" \t\r\n", *self->p) != NULL)
    self->p++;
}

/* Four hexadecimal digits; a zero character is refused, for json-glib would end the text there. */
static gboolean
scan_code (Scanner *self)
{
  guint value = 0;

  for (guint i = 0; i < 4; i++, self->p++)
    {
      if (self->p >= self->end || !g_ascii_isxdigit (*self->p))
        return FALSE;
      value = value * 16 + g_ascii_xdigit_value (*self->p);
    }
  return value != 0;
}

static gboolean
scan_escape (Scanner *self)
{
  if (take (self, 'u'))
    return scan_code (self);
  return self->p < self->end && strchr ("\"\\/bfnrt", *self->p++) != NULL;
}

static gboolean
scan_string (Scanner *self)
{
  if (!take (self, '"'))
    return FALSE;
  while (self->p < self->end)
    {
      char c = *self->p++;

      if (c == '"')
        return TRUE;
      if (c == '\0' || (c == '\\' && !scan_escape (self)))
        return FALSE;
    }
  return FALSE;
}

static guint
skip_digits (Scanner *self)
{
  const char *first = self->p;

  while (self->p < self->end && g_ascii_isdigit (*self->p))
    self->p++;
  return self->p - first;
}

static gboolean
scan_exponent (Scanner *self)
{
  if (!take (self, 'e') && !take (self, 'E'))
    return TRUE;
  if (!take (self, '+'))
    take (self, '-');
  return skip_digits (self) > 0;
}

static gboolean
fits (const char *number, const char *end)
{
  g_autofree char *text = g_strndup (number, end - number);

  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, NULL, NULL);
}

/* json-glib also takes octal, hexadecimal and binary numbers, so 010 would be 8, and lets those
 * that are too great for 64 bits wrap round. */
static gboolean
scan_number (Scanner *self)
{
  const char *number = self->p;
  gboolean zero;
  guint digits;

  take (self, '-');
  zero = peek (self) == '0';
  digits = skip_digits (self);
  if (digits == 0 || (zero && digits > 1))
    return FALSE;
  if (take (self, '.'))
    return skip_digits (self) > 0 && scan_exponent (self);
  if (peek (self) == 'e' || peek (self) == 'E')
    return scan_exponent (self);
  if (digits > SAFE_DIGITS && !fits (number, self->p))
    {
      gsize offset = self->p - self->start;

      g_array_append_val (self->wide, offset);
    }
  return TRUE;
}

static gboolean
scan_word (Scanner *self)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - self->p) >= length && memcmp (self->p, words[i], length) == 0)
        {
          self->p += length;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
scan_member (Scanner *self)
{
  skip_spaces (self);
  if (!scan_string (self))
    return FALSE;
  skip_spaces (self);
  return take (self, ':') && scan_value (self);
}

/* What stands between brackets or braces, of which the first was taken. */
static gboolean
scan_entries (Scanner *self, gboolean (*scan_entry) (Scanner *self), char close)
{
  gboolean good;

  if (++self->depth > LIFT_JSON_MAX_DEPTH)
    {
      self->too_deep = TRUE;
      return FALSE;
    }
  skip_spaces (self);
  if (take (self, close))
    good = TRUE;
  else
    {
      do
        good = scan_entry (self);
      while (good && take (self, ','));
      good = good && take (self, close);
    }
  self->depth--;
  return good;
}

/* A value and the spaces around it. */
static gboolean
scan_value (Scanner *self)
{
  gboolean good;

  skip_spaces (self);
  if (take (self, '{'))
    good = scan_entries (self, scan_member, '}');
  else if (take (self, '['))
    good = scan_entries (self, scan_value, ']');
  else if (peek (self) == '"')
    good = scan_string (self);
  else if (peek (self) == '-' || g_ascii_isdigit (peek (self)))
    good = scan_number (self);
  else
    good = scan_word (self);
  skip_spaces (self);
  return good;
}

/*
 * lift_json_scan:
 * @data: text that need not end in a zero byte
 * @wide: (element-type gsize): takes the offsets at which whole numbers end that do not fit 64 bits
 *
 * Holds @data against the grammar of RFC 8259 (save that control characters may stand in strings).
 * Recurses no deeper than %LIFT_JSON_MAX_DEPTH.
 */
LiftJsonScan
lift_json_scan (const char *data, gsize length, GArray *wide)
{
  Scanner self = { .start = data, .p = data, .end = data + length, .wide = wide };

  if (scan_value (&self) && self.p == self.end)
    return LIFT_JSON_SCAN_GOOD;
  return self.too_deep ? LIFT_JSON_SCAN_TOO_DEEP : LIFT_JSON_SCAN_BAD;
}
