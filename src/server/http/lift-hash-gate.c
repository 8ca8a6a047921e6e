/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-hash-gate.h"

struct _LiftHashGate
{
  GMutex lock;
  GCond left;
  guint free;
  guint waiting;
  guint most_waiting;
};

/**
 * lift_hash_gate_new:
 * @at_once: how many may be inside
 * @waiting: how many may wait for it
 *
 * A password hash takes 64 MiB and a core for a tenth of a second, for anybody who asks. The gate
 * bounds both, and keeps those who wait from taking every worker.
 *
 * Returns: (transfer full): the gate, usable from any thread
 */
LiftHashGate *
lift_hash_gate_new (guint at_once, guint waiting)
{
  LiftHashGate *self = g_new0 (LiftHashGate, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->left);
  self->free = at_once;
  self->most_waiting = waiting;
  return self;
}

void
lift_hash_gate_free (LiftHashGate *self)
{
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->left);
  g_free (self);
}

/**
 * lift_hash_gate_enter:
 *
 * Waits for a place.
 *
 * Returns: %FALSE at once if too many wait already; else [func@hash_gate_leave] must follow
 */
gboolean
lift_hash_gate_enter (LiftHashGate *self)
{
  gboolean entered;

  g_mutex_lock (&self->lock);
  entered = self->free > 0 || self->waiting < self->most_waiting;
  if (entered)
    {
      self->waiting++;
      while (self->free == 0)
        g_cond_wait (&self->left, &self->lock);
      self->waiting--;
      self->free--;
    }
  g_mutex_unlock (&self->lock);
  return entered;
}

void
lift_hash_gate_leave (LiftHashGate *self)
{
  g_mutex_lock (&self->lock);
  self->free++;
  g_cond_signal (&self->left);
  g_mutex_unlock (&self->lock);
}
