/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIFT_TYPE_CLOCK (lift_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (LiftClock, lift_clock, LIFT, CLOCK, GObject)

/**
 * LiftClockClass:
 * @get_time: wall time in microseconds since 1970 UTC; shown to people, never decides anything
 * @get_monotonic: microseconds that only grow, for timers
 * @fill_random: fills a buffer with random bytes
 *
 * Time and chance, injected everywhere so that a test can replay a month from a seed.
 */
struct _LiftClockClass
{
  GObjectClass parent_class;

  gint64 (*get_time) (LiftClock *self);
  gint64 (*get_monotonic) (LiftClock *self);
  void (*fill_random) (LiftClock *self, guint8 *buffer, gsize length);
};

LiftClock *lift_clock_get_system (void);
gint64 lift_clock_get_time (LiftClock *self);
gint64 lift_clock_get_monotonic (LiftClock *self);
void lift_clock_fill_random (LiftClock *self, guint8 *buffer, gsize length);
guint32 lift_clock_random_below (LiftClock *self, guint32 limit);

G_END_DECLS
