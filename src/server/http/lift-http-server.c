/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-http-server.h"

#include "lift-http-address.h"
#include "lift-http-server-private.h"

#include <glib/gi18n-lib.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_FINAL_TYPE (LiftHttpServer, lift_http_server, G_TYPE_OBJECT)

#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

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
    .workers = 16,
    .queue = 256,
    .header_bytes = 32 * 1024,
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
static void
end_streams (LiftHttpServer *self)
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

static void
connection_cb (void *cls,
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

/* An escaped zero byte would end a C string early: "/healthz%00/x" is not "/healthz". */
static size_t
unescape_cb (void *cls, struct MHD_Connection *connection, char *text)
{
  return strstr (text, "%00") != NULL ? strlen (text) : MHD_http_unescape (text);
}

/* What libmicrohttpd says while it starts explains why it does not; later it is about clients. */
static void G_GNUC_PRINTF (2, 0) complaint_cb (void *cls, const char *format, va_list args)
{
  LiftHttpServer *self = cls;
  g_autofree char *text = g_strdup_vprintf (format, args);

  g_strchomp (text);
  g_mutex_lock (&self->lock);
  if (self->complaints != NULL)
    g_string_append_printf (self->complaints, "%s%s", self->complaints->len > 0 ? " " : "", text);
  else
    g_debug ("%s", text);
  g_mutex_unlock (&self->lock);
}

static void
add_option (GArray *options, enum MHD_OPTION option, gintptr value, gconstpointer pointer)
{
  struct MHD_OptionItem item = { option, value, (void *) pointer };

  g_array_append_val (options, item);
}

static GArray *
list_options (LiftHttpServer *self, int fd)
{
  GArray *options = g_array_new (FALSE, FALSE, sizeof (struct MHD_OptionItem));
  const LiftHttpLimits *limits = &self->limits;

  add_option (options, MHD_OPTION_LISTEN_SOCKET, fd, NULL);
  add_option (options, MHD_OPTION_CONNECTION_LIMIT, limits->connections, NULL);
  add_option (options, MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits->connections_per_address, NULL);
  add_option (options, MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits->header_bytes, NULL);
  add_option (options, MHD_OPTION_CONNECTION_TIMEOUT, limits->idle_s, NULL);
  add_option (options, MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL);
  add_option (options, MHD_OPTION_URI_LOG_CALLBACK, (gintptr) lift_http_exchange_begin_cb, self);
  add_option (options, MHD_OPTION_NOTIFY_COMPLETED, (gintptr) lift_http_exchange_end_cb, self);
  add_option (options, MHD_OPTION_NOTIFY_CONNECTION, (gintptr) connection_cb, self);
  add_option (options, MHD_OPTION_UNESCAPE_CALLBACK, (gintptr) unescape_cb, self);
  if (self->certificate != NULL)
    {
      add_option (options, MHD_OPTION_HTTPS_MEM_CERT, 0, self->certificate);
      add_option (options, MHD_OPTION_HTTPS_MEM_KEY, 0, self->key);
      add_option (options, MHD_OPTION_HTTPS_PRIORITIES, 0, TLS_PRIORITIES);
    }
  add_option (options, MHD_OPTION_END, 0, NULL);
  return options;
}

/* Never epoll: in 0.9.75 exactly 128 ready connections stall it until the idle time-out (measured).
 * Never a thread a connection: suspending one then aborts the process. */
static struct MHD_Daemon *
start_daemon (LiftHttpServer *self, int fd)
{
  g_autoptr (GArray) options = list_options (self, fd);
  guint flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME | MHD_USE_ERROR_LOG;

  if (self->certificate != NULL)
    flags |= MHD_USE_TLS;
  return MHD_start_daemon (flags, 0, NULL, NULL, lift_http_exchange_access_cb, self,
                           MHD_OPTION_EXTERNAL_LOGGER, complaint_cb, self, MHD_OPTION_ARRAY,
                           options->data, MHD_OPTION_END);
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
  self->daemon = start_daemon (self, fd);
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
  end_streams (self);
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
