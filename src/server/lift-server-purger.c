/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-server-purger.h"

#include <glib/gi18n-lib.h>

#include "lift-server-commands.h"

/* Few enough that a push which waits for one step does not notice. */
#define STEP_ROWS 200
#define PAUSE (20 * G_TIME_SPAN_MILLISECOND)

struct _LiftServerPurger
{
  LiftServer *server;
  GThread *thread;
  GMutex lock;
  GCond wake;
  gboolean stopped; /* guarded by lock */
};

/* Returns whether the thread goes on. Waits by the monotonic clock, whatever the day is. */
static gboolean
wait (LiftServerPurger *self, gint64 us)
{
  gint64 end = g_get_monotonic_time () + us;
  gboolean goes_on;

  g_mutex_lock (&self->lock);
  while (!self->stopped && g_cond_wait_until (&self->wake, &self->lock, end))
    ;
  goes_on = !self->stopped;
  g_mutex_unlock (&self->lock);
  return goes_on;
}

/* All that is due, in steps; what could not be done today is done tomorrow. */
static void
purge (LiftServerPurger *self)
{
  guint purged;

  do
    {
      g_autoptr (GError) error = NULL;

      if (!lift_server_purge (self->server, STEP_ROWS, &purged, &error))
        {
          g_printerr (_ ("What was deleted long ago could not be purged: %s\n"), error->message);
          return;
        }
    }
  while (purged > 0 && wait (self, PAUSE));
}

static gpointer
run (gpointer data)
{
  LiftServerPurger *self = data;

  do
    purge (self);
  while (wait (self, G_TIME_SPAN_DAY));
  return NULL;
}

/**
 * lift_server_purger_start:
 * @server: whose old tombstones and history are to go; used until the purger is stopped
 *
 * Purges now and then once a day, in a thread of its own.
 *
 * Returns: (transfer full): ends with lift_server_purger_stop()
 */
LiftServerPurger *
lift_server_purger_start (LiftServer *server)
{
  LiftServerPurger *self = g_new0 (LiftServerPurger, 1);

  self->server = g_object_ref (server);
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  self->thread = g_thread_new ("lift-purger", run, self);
  return self;
}

/**
 * lift_server_purger_stop:
 * @self: (transfer full): is over when this returns, which takes as long as one step
 */
void
lift_server_purger_stop (LiftServerPurger *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_object_unref (self->server);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  g_free (self);
}

/**
 * lift_server_run_purge:
 *
 * The same at once and to the end, beside a server that may run.
 */
LiftServerExit
lift_server_run_purge (const LiftServerOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServer) server = lift_server_open (options, &error);
  guint purged = 0, all = 0;

  if (server == NULL)
    return lift_server_report (error);
  do
    {
      if (!lift_server_purge (server, STEP_ROWS, &purged, &error))
        return lift_server_report (error);
      all += purged;
      g_usleep (purged > 0 ? PAUSE : 0);
    }
  while (purged > 0);
  g_print (g_dngettext (GETTEXT_PACKAGE, "%u row or older value was purged\n",
                        "%u rows and older values were purged\n", all),
           all);
  return LIFT_SERVER_EXIT_DONE;
}
