/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-fiber.h"

#include <unistd.h>

struct _SimFiber
{
  void (*func) (gpointer data);
  gpointer data;
  GMutex mutex;
  GCond cond;
  gboolean running;
  gboolean done;
};

static GPrivate current;
static pid_t owner;                /* of @idle */
static GQueue idle = G_QUEUE_INIT; /* of the thread that resumes */

static void
wait_for (SimFiber *self, gboolean running)
{
  while (self->running != running)
    g_cond_wait (&self->cond, &self->mutex);
}

static void
hand_over (SimFiber *self, gboolean running)
{
  self->running = running;
  g_cond_signal (&self->cond);
}

/* Threads are costly to begin, so each goes on to the next fiber. */
static gpointer
fiber_thread (gpointer user_data)
{
  SimFiber *self = user_data;

  g_private_set (&current, self);
  g_mutex_lock (&self->mutex);
  for (;;)
    {
      wait_for (self, TRUE);
      g_mutex_unlock (&self->mutex);
      self->func (self->data);
      g_mutex_lock (&self->mutex);
      self->done = TRUE;
      hand_over (self, FALSE);
    }
  return NULL;
}

static SimFiber *
make_thread (void)
{
  SimFiber *self = g_new0 (SimFiber, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_thread_unref (g_thread_new ("sim-fiber", fiber_thread, self));
  return self;
}

SimFiber *
sim_fiber_new (void (*func) (gpointer data), gpointer data)
{
  SimFiber *self;

  /* A forked process has none of the threads. */
  if (owner != getpid ())
    g_queue_init (&idle);
  owner = getpid ();
  self = g_queue_is_empty (&idle) ? make_thread () : g_queue_pop_head (&idle);
  self->func = func;
  self->data = data;
  self->done = FALSE;
  return self;
}

gboolean
sim_fiber_resume (SimFiber *self)
{
  gboolean done;

  g_mutex_lock (&self->mutex);
  hand_over (self, TRUE);
  wait_for (self, FALSE);
  done = self->done;
  g_mutex_unlock (&self->mutex);
  return !done;
}

void
sim_fiber_free (SimFiber *self)
{
  g_assert (self->done);
  g_queue_push_head (&idle, self);
}

void
sim_fiber_pause (void)
{
  SimFiber *self = g_private_get (&current);

  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  hand_over (self, FALSE);
  wait_for (self, TRUE);
  g_mutex_unlock (&self->mutex);
}
