/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-http-server-private.h"

#include <netdb.h>
#include <string.h>

/* What the connections of a server share: the watch, the room for bodies, the open streams. */

/* Takes @bytes from what all bodies together may hold. */
gboolean
lift_http_server_hold (LiftHttpServer *self, gsize bytes)
{
  gboolean fits;

  g_mutex_lock (&self->lock);
  fits = self->held + bytes <= self->limits.body_bytes_all;
  if (fits)
    self->held += bytes;
  g_mutex_unlock (&self->lock);
  return fits;
}

void
lift_http_server_release (LiftHttpServer *self, gsize bytes)
{
  g_mutex_lock (&self->lock);
  self->held -= bytes;
  g_mutex_unlock (&self->lock);
}

static LiftHttpPeer *
get_peer (struct MHD_Connection *connection)
{
  return MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

const char *
lift_http_server_get_peer_address (struct MHD_Connection *connection)
{
  return lift_http_peer_get_address (get_peer (connection));
}

/* The client of @connection has @ms from now for what it is about, or for ever if that is 0. */
void
lift_http_server_give_time (LiftHttpServer *self, struct MHD_Connection *connection, guint ms)
{
  lift_http_watch_set (self->watch, get_peer (connection), ms);
}

/* FALSE if the server is being stopped and the stream must not begin. */
gboolean
lift_http_server_add_stream (LiftHttpServer *self, LiftHttpStream *stream)
{
  gboolean open;

  g_mutex_lock (&self->lock);
  open = !self->stopping;
  g_ptr_array_add (self->streams, lift_http_stream_ref (stream));
  g_mutex_unlock (&self->lock);
  return open;
}

void
lift_http_server_remove_stream (LiftHttpServer *self, LiftHttpStream *stream)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_remove_fast (self->streams, stream);
  g_mutex_unlock (&self->lock);
}

static gpointer
ref_stream (gconstpointer stream, gpointer unused)
{
  return lift_http_stream_ref ((LiftHttpStream *) stream);
}

/* Streams sleep as suspended connections, with which libmicrohttpd must not be stopped. */
void
lift_http_server_end_streams (LiftHttpServer *self)
{
  g_autoptr (GPtrArray) streams = NULL;

  g_mutex_lock (&self->lock);
  streams = g_ptr_array_copy (self->streams, ref_stream, NULL);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < streams->len; i++)
    lift_http_stream_end (streams->pdata[i]);
}

static char *
name_address (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (
    connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const struct sockaddr *address = info->client_addr;
  socklen_t length = address->sa_family == AF_INET6 ? sizeof (struct sockaddr_in6)
                                                    : sizeof (struct sockaddr_in);
  char text[NI_MAXHOST];

  if (getnameinfo (address, length, text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0)
    return g_strdup ("");
  return g_strdup (g_str_has_prefix (text, "::ffff:") ? text + strlen ("::ffff:") : text);
}

/* libmicrohttpd calls it when a connection comes and just before its socket is closed. */
void
lift_http_server_connection_cb (void *cls,
                                struct MHD_Connection *connection,
                                void **context,
                                enum MHD_ConnectionNotificationCode code)
{
  LiftHttpServer *self = cls;

  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    {
      g_autofree char *address = name_address (connection);
      int fd = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;

      *context = lift_http_watch_add (self->watch, fd, address, self->limits.head_ms);
    }
  else
    lift_http_watch_remove (self->watch, g_steal_pointer (context));
}
