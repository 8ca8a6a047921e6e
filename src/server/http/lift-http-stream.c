/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-http-stream.h"

#include "lift-http-server-private.h"

#include <string.h>

/* Who is this far behind does not read. */
#define MAX_BEHIND (64 * 1024)

/* @connection is set while libmicrohttpd has the answer. @asleep says that the connection is
 * suspended, and so cannot go away before it is resumed. */
struct _LiftHttpStream
{
  gatomicrefcount references;
  GMutex lock;
  GString *unsent;
  LiftHttpServer *server;
  struct MHD_Connection *connection;
  gboolean asleep;
  gboolean over;
};

/**
 * lift_http_stream_new:
 *
 * Returns: (transfer full): a stream that nobody reads yet; what is written waits
 */
LiftHttpStream *
lift_http_stream_new (void)
{
  LiftHttpStream *self = g_new0 (LiftHttpStream, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->unsent = g_string_new (NULL);
  return self;
}

LiftHttpStream *
lift_http_stream_ref (LiftHttpStream *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
lift_http_stream_unref (LiftHttpStream *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_mutex_clear (&self->lock);
  g_string_free (self->unsent, TRUE);
  g_free (self);
}

/* The client has from now on to read what there is. */
static void
wake_locked (LiftHttpStream *self)
{
  if (!self->asleep)
    return;
  self->asleep = FALSE;
  lift_http_server_give_time (self->server, self->connection, self->server->limits.answer_ms);
  MHD_resume_connection (self->connection);
}

/**
 * lift_http_stream_write:
 * @text: sent as it is
 *
 * Returns: %FALSE once the stream is over: the client has gone, or does not read
 */
gboolean
lift_http_stream_write (LiftHttpStream *self, const char *text)
{
  gboolean open;

  g_mutex_lock (&self->lock);
  if (self->unsent->len + strlen (text) > MAX_BEHIND)
    self->over = TRUE;
  open = !self->over;
  if (open)
    g_string_append (self->unsent, text);
  wake_locked (self);
  g_mutex_unlock (&self->lock);
  return open;
}

/**
 * lift_http_stream_end:
 *
 * Ends the answer after what was written.
 */
void
lift_http_stream_end (LiftHttpStream *self)
{
  g_mutex_lock (&self->lock);
  self->over = TRUE;
  wake_locked (self);
  g_mutex_unlock (&self->lock);
}

static ssize_t
take_locked (LiftHttpStream *self, char *buffer, size_t max)
{
  gsize length = MIN (self->unsent->len, max);

  memcpy (buffer, self->unsent->str, length);
  g_string_erase (self->unsent, 0, length);
  return length;
}

/* libmicrohttpd asks for more once the client took what there was. */
static ssize_t
read_cb (void *cls, uint64_t position, char *buffer, size_t max)
{
  LiftHttpStream *self = cls;
  ssize_t length = 0;

  g_mutex_lock (&self->lock);
  if (self->unsent->len > 0)
    length = take_locked (self, buffer, max);
  else if (self->over)
    length = MHD_CONTENT_READER_END_OF_STREAM;
  else
    {
      lift_http_server_give_time (self->server, self->connection, 0);
      self->asleep = TRUE;
      MHD_suspend_connection (self->connection);
    }
  g_mutex_unlock (&self->lock);
  return length;
}

static void
gone_cb (void *cls)
{
  LiftHttpStream *self = cls;

  lift_http_server_remove_stream (self->server, self);
  g_mutex_lock (&self->lock);
  self->over = TRUE;
  self->connection = NULL;
  g_mutex_unlock (&self->lock);
  lift_http_stream_unref (self);
}

/**
 * lift_http_stream_attach:
 *
 * Gives the stream to a connection. Only in libmicrohttpd's thread, and once.
 *
 * Returns: (transfer full): what libmicrohttpd sends
 */
struct MHD_Response *
lift_http_stream_attach (LiftHttpStream *self,
                         LiftHttpServer *server,
                         struct MHD_Connection *connection)
{
  g_mutex_lock (&self->lock);
  self->server = server;
  self->connection = connection;
  g_mutex_unlock (&self->lock);
  if (!lift_http_server_add_stream (server, self))
    lift_http_stream_end (self);
  return MHD_create_response_from_callback (MHD_SIZE_UNKNOWN, 1024, read_cb,
                                            lift_http_stream_ref (self), gone_cb);
}
