/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-virtual-clock.h"

#include <string.h>

struct _LiftVirtualClock
{
  LiftClock parent_instance;

  GMutex mutex;
  gint64 time;
  gint64 monotonic;
  guint64 state;
};

G_DEFINE_FINAL_TYPE (LiftVirtualClock, lift_virtual_clock, LIFT_TYPE_CLOCK)

static gint64
lift_virtual_clock_get_time (LiftClock *clock)
{
  LiftVirtualClock *self = LIFT_VIRTUAL_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->time;
}

static gint64
lift_virtual_clock_get_monotonic (LiftClock *clock)
{
  LiftVirtualClock *self = LIFT_VIRTUAL_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->monotonic;
}

/* splitmix64 (Steele, Lea, Flood 2014): tiny, and every seed gives another full-period walk. */
static guint64
next_random (LiftVirtualClock *self)
{
  guint64 z = (self->state += 0x9e3779b97f4a7c15u);

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static void
lift_virtual_clock_fill_random (LiftClock *clock, guint8 *buffer, gsize length)
{
  LiftVirtualClock *self = LIFT_VIRTUAL_CLOCK (clock);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (gsize done = 0; done < length; done += sizeof (guint64))
    {
      guint64 value = next_random (self);

      memcpy (buffer + done, &value, MIN (sizeof value, length - done));
    }
}

static void
lift_virtual_clock_finalize (GObject *object)
{
  LiftVirtualClock *self = LIFT_VIRTUAL_CLOCK (object);

  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (lift_virtual_clock_parent_class)->finalize (object);
}

static void
lift_virtual_clock_class_init (LiftVirtualClockClass *klass)
{
  LiftClockClass *clock_class = LIFT_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lift_virtual_clock_finalize;
  clock_class->get_time = lift_virtual_clock_get_time;
  clock_class->get_monotonic = lift_virtual_clock_get_monotonic;
  clock_class->fill_random = lift_virtual_clock_fill_random;
}

static void
lift_virtual_clock_init (LiftVirtualClock *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * lift_virtual_clock_new:
 * @time_us: the wall time to start at, in microseconds since 1970 UTC
 * @seed: what its randomness follows from
 *
 * A clock that stands still until told otherwise, for tests and the simulation.
 *
 * Returns: (transfer full): the clock
 */
LiftVirtualClock *
lift_virtual_clock_new (gint64 time_us, guint64 seed)
{
  LiftVirtualClock *self = g_object_new (LIFT_TYPE_VIRTUAL_CLOCK, NULL);

  self->time = time_us;
  self->state = seed;
  return self;
}

/**
 * lift_virtual_clock_advance:
 *
 * Lets @us microseconds pass: wall and monotonic time both grow.
 */
void
lift_virtual_clock_advance (LiftVirtualClock *self, gint64 us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->time += us;
  self->monotonic += us;
}

/**
 * lift_virtual_clock_jump:
 *
 * Sets the wall clock wrong (or right) by @us microseconds; monotonic time does not notice.
 */
void
lift_virtual_clock_jump (LiftVirtualClock *self, gint64 us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->time += us;
}
