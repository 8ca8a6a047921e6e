/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-http-server.h"

#include "lift-http-address.h"
#include "lift-http-server-private.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

G_DEFINE_FINAL_TYPE (LiftHttpServer, lift_http_server, G_TYPE_OBJECT)

/**
 * lift_http_limits_init:
 * @limits: (out): set to what suits a server for one club
 */
void
lift_http_limits_init (LiftHttpLimits *limits)
{
  *limits = (LiftHttpLimits){
    .connections = 1000,
    .connections_per_address = 250,
    .workers = 32,
    .queue = 256,
    .header_bytes = 64 * 1024,
    .body_bytes = 2 * 1024 * 1024,
    .body_bytes_all = 64 * 1024 * 1024,
    .idle_s = 60,
    .head_ms = 15 * 1000,
    .body_ms = 60 * 1000,
    .answer_ms = 60 * 1000,
    .stop_ms = 5 * 1000,
  };
}

gboolean
lift_http_server_is_stopping (LiftHttpServer *self)
{
  gboolean stopping;

  g_mutex_lock (&self->lock);
  stopping = self->stopping;
  g_mutex_unlock (&self->lock);
  return stopping;
}

static void
set_start_error (LiftHttpServer *self, GError **error)
{
  if (self->certificate != NULL)
    g_set_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_TLS,
                 _ ("The server cannot use its TLS certificate and key: %s. Give it a certificate "
                    "and the key that belongs to it, both in PEM form"),
                 self->complaints->str);
  else
    g_set_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_FAILED,
                 _ ("The server cannot be started: %s"), self->complaints->str);
}

static void
note_address (LiftHttpServer *self, GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
  GInetAddress *host = g_inet_socket_address_get_address (inet);
  g_autofree char *text = g_inet_address_to_string (host);
  gboolean six = g_inet_address_get_family (host) == G_SOCKET_FAMILY_IPV6;

  self->port = g_inet_socket_address_get_port (inet);
  g_free (self->url);
  self->url = g_strdup_printf ("%s://%s%s%s:%u", self->certificate != NULL ? "https" : "http",
                               six ? "[" : "", text, six ? "]" : "", self->port);
}

static guint
find_shortest (const LiftHttpLimits *limits)
{
  return MIN (MIN (limits->head_ms, limits->body_ms), limits->answer_ms);
}

static void
free_workers (LiftHttpServer *self)
{
  g_thread_pool_free (g_steal_pointer (&self->pool), FALSE, TRUE);
}

/**
 * lift_http_server_new:
 * @handler: answers requests, in worker threads
 * @user_data: for @handler; must outlive the server
 *
 * Returns: (transfer full): a server that does not listen yet
 */
LiftHttpServer *
lift_http_server_new (LiftHttpHandler handler, gpointer user_data)
{
  LiftHttpServer *self = g_object_new (LIFT_TYPE_HTTP_SERVER, NULL);

  g_return_val_if_fail (handler != NULL, self);

  self->handler = handler;
  self->user_data = user_data;
  return self;
}

/**
 * lift_http_server_set_limits:
 *
 * Takes effect at the next start.
 */
void
lift_http_server_set_limits (LiftHttpServer *self, const LiftHttpLimits *limits)
{
  g_return_if_fail (LIFT_IS_HTTP_SERVER (self) && self->daemon == NULL);

  self->limits = *limits;
}

/**
 * lift_http_server_set_tls:
 * @certificate: the certificate chain as PEM text
 * @key: its private key as PEM text
 *
 * Makes the server speak HTTPS (TLS 1.2 and 1.3) from the next start on.
 */
void
lift_http_server_set_tls (LiftHttpServer *self, const char *certificate, const char *key)
{
  g_return_if_fail (LIFT_IS_HTTP_SERVER (self) && self->daemon == NULL);
  g_return_if_fail (certificate != NULL && key != NULL);

  g_free (self->certificate);
  g_free (self->key);
  self->certificate = g_strdup (certificate);
  self->key = g_strdup (key);
}

/**
 * lift_http_server_set_log:
 * @func: (nullable): called once for each request
 * @user_data: for @func; must outlive the server
 */
void
lift_http_server_set_log (LiftHttpServer *self, LiftHttpLogFunc func, gpointer user_data)
{
  g_return_if_fail (LIFT_IS_HTTP_SERVER (self) && self->daemon == NULL);

  self->log = func;
  self->log_data = user_data;
}

/**
 * lift_http_server_start:
 * @listen: where, as [func@http_address_parse] reads it; port 0 for any free one
 *
 * Listens and returns. Start and stop must come from one thread.
 *
 * Returns: %FALSE with an error of %LIFT_HTTP_ERROR
 */
gboolean
lift_http_server_start (LiftHttpServer *self, const char *listen, GError **error)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GString) complaints = g_string_new (NULL);
  int fd;

  g_return_val_if_fail (LIFT_IS_HTTP_SERVER (self) && self->daemon == NULL, FALSE);

  socket = lift_http_address_listen (listen, error);
  if (socket == NULL)
    return FALSE;
  note_address (self, socket);
  self->stopping = FALSE;
  self->watch = lift_http_watch_new (find_shortest (&self->limits));
  self->pool = g_thread_pool_new (lift_http_exchange_work, self, self->limits.workers, FALSE, NULL);
  /* libmicrohttpd closes the socket that it is given, and so does GSocket. */
  fd = dup (g_socket_get_fd (socket));
  self->complaints = complaints;
  self->daemon = lift_http_server_start_daemon (self, fd);
  if (self->daemon == NULL)
    {
      set_start_error (self, error);
      free_workers (self);
      g_clear_pointer (&self->watch, lift_http_watch_free);
    }
  g_mutex_lock (&self->lock);
  self->complaints = NULL;
  g_mutex_unlock (&self->lock);
  return self->daemon != NULL;
}

/**
 * lift_http_server_get_port:
 *
 * Returns: the port that the server listens on
 */
guint16
lift_http_server_get_port (LiftHttpServer *self)
{
  g_return_val_if_fail (LIFT_IS_HTTP_SERVER (self), 0);

  return self->port;
}

/**
 * lift_http_server_dup_url:
 *
 * Returns: (transfer full): the address as a client writes it, "http://127.0.0.1:8484"
 */
char *
lift_http_server_dup_url (LiftHttpServer *self)
{
  g_return_val_if_fail (LIFT_IS_HTTP_SERVER (self), NULL);

  return g_strdup (self->url);
}

static void
wait_until_quiet (LiftHttpServer *self)
{
  gint64 end = g_get_monotonic_time () + self->limits.stop_ms * G_TIME_SPAN_MILLISECOND;

  g_mutex_lock (&self->lock);
  while (self->active > 0 && g_cond_wait_until (&self->quiet, &self->lock, end))
    continue;
  g_mutex_unlock (&self->lock);
}

/**
 * lift_http_server_stop:
 *
 * Takes no more connections, lets the requests that run come to their end, answers those that wait
 * with 503, gives clients a moment to read, and closes everything. Does nothing if the server does
 * not run.
 */
void
lift_http_server_stop (LiftHttpServer *self)
{
  int fd;

  g_return_if_fail (LIFT_IS_HTTP_SERVER (self));

  if (self->daemon == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_mutex_unlock (&self->lock);
  fd = MHD_quiesce_daemon (self->daemon);
  free_workers (self);
  lift_http_server_end_streams (self);
  wait_until_quiet (self);
  MHD_stop_daemon (g_steal_pointer (&self->daemon));
  if (fd >= 0)
    close (fd);
  g_clear_pointer (&self->watch, lift_http_watch_free);
}

static void
lift_http_server_dispose (GObject *object)
{
  lift_http_server_stop (LIFT_HTTP_SERVER (object));

  G_OBJECT_CLASS (lift_http_server_parent_class)->dispose (object);
}

static void
lift_http_server_finalize (GObject *object)
{
  LiftHttpServer *self = LIFT_HTTP_SERVER (object);

  g_free (self->certificate);
  g_free (self->key);
  g_free (self->url);
  g_ptr_array_unref (self->streams);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->quiet);

  G_OBJECT_CLASS (lift_http_server_parent_class)->finalize (object);
}

static void
lift_http_server_class_init (LiftHttpServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lift_http_server_dispose;
  object_class->finalize = lift_http_server_finalize;
}

static void
lift_http_server_init (LiftHttpServer *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->quiet);
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_http_stream_unref);
  lift_http_limits_init (&self->limits);
}
