/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-clock.h"

#include <sys/random.h>

G_DEFINE_TYPE (LiftClock, lift_clock, G_TYPE_OBJECT)

static gint64
lift_clock_real_get_time (LiftClock *self)
{
  return g_get_real_time ();
}

static gint64
lift_clock_real_get_monotonic (LiftClock *self)
{
  return g_get_monotonic_time ();
}

static void
lift_clock_real_fill_random (LiftClock *self, guint8 *buffer, gsize length)
{
  /* Requests of up to 256 bytes are answered whole once the pool is up. */
  for (gsize done = 0; done < length;)
    {
      gssize n = getrandom (buffer + done, MIN (length - done, 256), 0);

      if (n > 0)
        done += n;
    }
}

static void
lift_clock_class_init (LiftClockClass *klass)
{
  klass->get_time = lift_clock_real_get_time;
  klass->get_monotonic = lift_clock_real_get_monotonic;
  klass->fill_random = lift_clock_real_fill_random;
}

static void
lift_clock_init (LiftClock *self)
{
}

/**
 * lift_clock_get_system:
 *
 * The clock of the machine and the randomness of its kernel. May be used from any thread.
 *
 * Returns: (transfer none): a clock that lives as long as the process
 */
LiftClock *
lift_clock_get_system (void)
{
  static LiftClock *system_clock;

  if (g_once_init_enter (&system_clock))
    g_once_init_leave (&system_clock, g_object_new (LIFT_TYPE_CLOCK, NULL));
  return system_clock;
}

/**
 * lift_clock_get_time:
 *
 * Returns: wall time in microseconds since 1970-01-01 UTC
 */
gint64
lift_clock_get_time (LiftClock *self)
{
  g_return_val_if_fail (LIFT_IS_CLOCK (self), 0);

  return LIFT_CLOCK_GET_CLASS (self)->get_time (self);
}

/**
 * lift_clock_get_monotonic:
 *
 * Returns: microseconds since an arbitrary point, never going back
 */
gint64
lift_clock_get_monotonic (LiftClock *self)
{
  g_return_val_if_fail (LIFT_IS_CLOCK (self), 0);

  return LIFT_CLOCK_GET_CLASS (self)->get_monotonic (self);
}

/**
 * lift_clock_fill_random:
 *
 * Fills @buffer with @length bytes that nobody can guess (system clock) or that follow from
 * the seed (virtual clock).
 */
void
lift_clock_fill_random (LiftClock *self, guint8 *buffer, gsize length)
{
  g_return_if_fail (LIFT_IS_CLOCK (self));

  LIFT_CLOCK_GET_CLASS (self)->fill_random (self, buffer, length);
}

/**
 * lift_clock_random_below:
 * @limit: at least 1
 *
 * Returns: a number from 0 to @limit - 1, for jitter and choices, not for secrets
 */
guint32
lift_clock_random_below (LiftClock *self, guint32 limit)
{
  guint64 value;

  g_return_val_if_fail (limit > 0, 0);

  lift_clock_fill_random (self, (guint8 *) &value, sizeof value);
  return value % limit;
}
