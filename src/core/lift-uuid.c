/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-uuid.h"

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
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11],
                          b[12], b[13], b[14], b[15]);
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
