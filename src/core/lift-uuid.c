/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-uuid.h"

/* Not printf, which takes ten times as long: a batch may have 10,000 new rows. */
static char *
print (const guint8 bytes[16])
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (37);
  char *out = text;

  for (guint i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *out++ = '-';
      *out++ = digits[bytes[i] >> 4];
      *out++ = digits[bytes[i] & 0x0f];
    }
  *out = '\0';
  return text;
}

/**
 * lift_uuid_new:
 * @clock: where time and randomness come from
 *
 * Makes a UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then randomness. Ids made
 * later sort later at millisecond grain, which keeps new rows together in an index.
 *
 * Returns: (transfer full): 36 characters, lower case
 */
char *
lift_uuid_new (LiftClock *clock)
{
  guint64 ms = lift_clock_get_time (clock) / 1000;
  guint8 b[16];

  lift_clock_fill_random (clock, b, sizeof b);
  for (guint i = 0; i < 6; i++)
    b[i] = ms >> (8 * (5 - i));
  b[6] = 0x70 | (b[6] & 0x0f);
  b[8] = 0x80 | (b[8] & 0x3f);
  return print (b);
}

/**
 * lift_uuid_normalize:
 * @text: (nullable): what should be a UUID of any version
 *
 * Returns: (transfer full) (nullable): @text in lower case, or %NULL if it is no UUID
 */
char *
lift_uuid_normalize (const char *text)
{
  if (text == NULL || !g_uuid_string_is_valid (text))
    return NULL;
  return g_ascii_strdown (text, -1);
}
