/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-http-watch.h"

#include <sys/socket.h>

struct _LiftHttpPeer
{
  GList link;
  int fd;
  gint64 deadline;
  char *address;
};

struct _LiftHttpWatch
{
  GMutex lock;
  GCond changed;
  GQueue peers;
  GThread *thread;
  guint shortest_ms;
  gboolean stopping;
};

#define NEVER G_MAXINT64

static gint64
after (guint ms)
{
  return ms > 0 ? g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND : NEVER;
}

/* Cuts who is late and tells when to look again. A deadline that is set meanwhile cannot come before
 * the shortest one that is ever given. */
static gint64
cut_late_locked (LiftHttpWatch *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 next = after (self->shortest_ms);

  for (GList *l = self->peers.head; l != NULL; l = l->next)
    {
      LiftHttpPeer *peer = l->data;

      if (peer->deadline <= now)
        {
          /* The server sees the end of the stream and closes; the number stays valid until it
           * has taken the peer out, which needs the lock. */
          shutdown (peer->fd, SHUT_RDWR);
          peer->deadline = NEVER;
        }
      next = MIN (next, peer->deadline);
    }
  return next;
}

static gpointer
watch (gpointer data)
{
  LiftHttpWatch *self = data;

  g_mutex_lock (&self->lock);
  while (!self->stopping)
    {
      gint64 next = cut_late_locked (self);

      g_cond_wait_until (&self->changed, &self->lock, next);
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

/**
 * lift_http_watch_new:
 * @shortest_ms: the shortest time that will be given to anybody
 *
 * Starts a thread that cuts connections which take too long. libmicrohttpd only knows silence: a
 * client that sends a byte now and then, or that reads one, is never idle.
 *
 * Returns: (transfer full): the watch
 */
LiftHttpWatch *
lift_http_watch_new (guint shortest_ms)
{
  LiftHttpWatch *self = g_new0 (LiftHttpWatch, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->peers);
  self->shortest_ms = MAX (shortest_ms, 1);
  self->thread = g_thread_new ("http-watch", watch, self);
  return self;
}

/**
 * lift_http_watch_free:
 *
 * Ends the thread. Every peer must have been taken out before.
 */
void
lift_http_watch_free (LiftHttpWatch *self)
{
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_assert (g_queue_is_empty (&self->peers));
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

/**
 * lift_http_watch_add:
 * @fd: the connection's socket, open until [func@http_watch_remove]
 * @address: the client's, for the log and the limits
 * @ms: how long it has
 *
 * Returns: (transfer none): the peer, owned by the watch
 */
LiftHttpPeer *
lift_http_watch_add (LiftHttpWatch *self, int fd, const char *address, guint ms)
{
  LiftHttpPeer *peer = g_new0 (LiftHttpPeer, 1);

  peer->link.data = peer;
  peer->fd = fd;
  peer->address = g_strdup (address);
  peer->deadline = after (ms);
  g_mutex_lock (&self->lock);
  g_queue_push_tail_link (&self->peers, &peer->link);
  g_mutex_unlock (&self->lock);
  return peer;
}

/**
 * lift_http_watch_set:
 * @ms: how long it has from now, or 0 while it waits for us
 */
void
lift_http_watch_set (LiftHttpWatch *self, LiftHttpPeer *peer, guint ms)
{
  g_mutex_lock (&self->lock);
  peer->deadline = after (ms);
  g_mutex_unlock (&self->lock);
}

void
lift_http_watch_remove (LiftHttpWatch *self, LiftHttpPeer *peer)
{
  g_mutex_lock (&self->lock);
  g_queue_unlink (&self->peers, &peer->link);
  g_mutex_unlock (&self->lock);
  g_free (peer->address);
  g_free (peer);
}

const char *
lift_http_peer_get_address (LiftHttpPeer *peer)
{
  return peer->address;
}
