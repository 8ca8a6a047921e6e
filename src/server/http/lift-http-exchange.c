/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-http-gzip.h"
#include "lift-http-server-private.h"

#include <glib/gi18n-lib.h>

/* Owned by libmicrohttpd's thread but for the time between suspend and resume, when it is the
 * worker's; so nothing in it needs a lock. */
struct _LiftHttpExchange
{
  LiftHttpServer *server;
  struct MHD_Connection *connection;
  LiftHttpRequest *request;
  LiftHttpResponse *response;
  GByteArray *body;
  guint64 received;
  gsize held;
  gint64 started;
  guint status;
  gboolean crowded;
  gboolean dispatched;
};

static void
give_time (LiftHttpExchange *self, guint ms)
{
  lift_http_server_give_time (self->server, self->connection, ms);
}

static LiftHttpResponse *
refuse_busy (const char *code, const char *detail)
{
  LiftHttpResponse *response = lift_http_response_new_problem (
    503, code, _ ("The server cannot take this request now"), detail, TRUE);

  lift_http_response_set_retry_after (response, 2);
  return response;
}

static LiftHttpResponse *
refuse_crowd (void)
{
  return refuse_busy ("OVERLOADED", _ ("Too many requests at once. Try again in a moment"));
}

static LiftHttpResponse *
refuse_stopping (void)
{
  return refuse_busy ("SHUTTING_DOWN", _ ("The server is being stopped. Try again in a moment"));
}

static enum MHD_Result
answer (LiftHttpExchange *self, gboolean last)
{
  give_time (self, self->server->limits.answer_ms);
  self->status = lift_http_response_get_status (self->response);
  return lift_http_send (self->server, self->connection, self->request, self->response,
                         last || lift_http_server_is_stopping (self->server));
}

/**
 * lift_http_exchange_begin_cb:
 *
 * libmicrohttpd calls it once the request line is there, the first that is known of a request.
 */
void *
lift_http_exchange_begin_cb (void *cls, const char *uri, struct MHD_Connection *connection)
{
  LiftHttpExchange *self = g_new0 (LiftHttpExchange, 1);

  self->server = cls;
  self->connection = connection;
  self->started = g_get_monotonic_time ();
  give_time (self, self->server->limits.head_ms);
  return self;
}

static enum MHD_Result
read_head (LiftHttpExchange *self, const char *url, const char *method, const char *version)
{
  self->request = lift_http_request_new (method, url);
  lift_http_request_set_peer (self->request, lift_http_server_get_peer_address (self->connection));
  self->response = lift_http_head_read (self->request, self->connection, version,
                                        &self->server->limits);
  if (self->response != NULL)
    return answer (self, TRUE);
  self->body = g_byte_array_new ();
  give_time (self, self->server->limits.body_ms);
  return MHD_YES;
}

static void
drop_body (LiftHttpExchange *self)
{
  lift_http_server_release (self->server, self->held);
  self->held = 0;
  g_byte_array_set_size (self->body, 0);
}

/* What is over a limit is still read, to answer an honest client; but not for ever. */
static enum MHD_Result
read_body (LiftHttpExchange *self, const char *data, size_t *size)
{
  guint limit = self->server->limits.body_bytes;
  gsize length = *size;

  *size = 0;
  self->received += length;
  if (self->received > (guint64) limit * LIFT_HTTP_DRAIN_FACTOR)
    return MHD_NO;
  if (self->received > limit || self->crowded)
    {
      drop_body (self);
      return MHD_YES;
    }
  if (!lift_http_server_hold (self->server, length))
    {
      self->crowded = TRUE;
      drop_body (self);
      return MHD_YES;
    }
  self->held += length;
  g_byte_array_append (self->body, (const guint8 *) data, length);
  return MHD_YES;
}

/* Gives the request to a worker. The lock keeps a stop from coming between the look at it and the
 * suspension: libmicrohttpd aborts the process if it is stopped with a suspended connection. Once
 * the worker has the exchange nothing of it may be looked at here: its answer may be half made. */
static gboolean
dispatch (LiftHttpExchange *self)
{
  LiftHttpServer *server = self->server;
  gboolean given = FALSE;

  g_mutex_lock (&server->lock);
  if (server->stopping)
    self->response = refuse_stopping ();
  else if (g_thread_pool_unprocessed (server->pool) >= server->limits.queue)
    self->response = refuse_crowd ();
  else
    {
      server->active++;
      self->dispatched = TRUE;
      give_time (self, 0);
      MHD_suspend_connection (self->connection);
      given = TRUE;
      g_thread_pool_push (server->pool, self, NULL);
    }
  g_mutex_unlock (&server->lock);
  return given;
}

static enum MHD_Result
end_of_body (LiftHttpExchange *self)
{
  if (self->received > self->server->limits.body_bytes)
    self->response = lift_http_refuse_size (self->server->limits.body_bytes);
  else if (self->crowded)
    self->response = refuse_crowd ();
  else if (dispatch (self))
    return MHD_YES;
  return answer (self, FALSE);
}

/**
 * lift_http_exchange_access_cb:
 *
 * libmicrohttpd calls it with the headers, with each piece of the body, at the end of the body, and
 * again when a worker has resumed the connection.
 */
enum MHD_Result
lift_http_exchange_access_cb (void *cls,
                              struct MHD_Connection *connection,
                              const char *url,
                              const char *method,
                              const char *version,
                              const char *data,
                              size_t *size,
                              void **context)
{
  LiftHttpExchange *self = *context;

  if (self->request == NULL)
    return read_head (self, url, method, version);
  if (*size > 0)
    return read_body (self, data, size);
  return self->response == NULL ? end_of_body (self) : answer (self, FALSE);
}

/**
 * lift_http_exchange_end_cb:
 *
 * libmicrohttpd calls it when the answer is sent or the connection is lost.
 */
void
lift_http_exchange_end_cb (void *cls,
                           struct MHD_Connection *connection,
                           void **context,
                           enum MHD_RequestTerminationCode reason)
{
  LiftHttpExchange *self = g_steal_pointer (context);
  LiftHttpServer *server = cls;

  if (self == NULL)
    return;
  give_time (self, server->limits.idle_s * 1000 + server->limits.head_ms);
  if (server->log != NULL && self->request != NULL)
    server->log (self->request, reason == MHD_REQUEST_TERMINATED_COMPLETED_OK ? self->status : 0,
                 g_get_monotonic_time () - self->started, server->log_data);
  lift_http_server_release (server, self->held);
  g_mutex_lock (&server->lock);
  if (self->dispatched && --server->active == 0)
    g_cond_signal (&server->quiet);
  g_mutex_unlock (&server->lock);
  g_clear_pointer (&self->request, lift_http_request_free);
  g_clear_pointer (&self->response, lift_http_response_free);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self);
}

static LiftHttpResponse *
unpack_body (LiftHttpExchange *self)
{
  const char *coding = lift_http_request_get_header (self->request, "Content-Encoding");
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  g_autoptr (GError) error = NULL;

  if (coding != NULL && g_ascii_strcasecmp (coding, "identity") != 0)
    {
      g_autoptr (GBytes) packed = g_steal_pointer (&body);

      body = lift_http_gunzip (packed, self->server->limits.body_bytes, &error);
    }
  if (g_error_matches (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_TOO_LARGE))
    return lift_http_refuse_size (self->server->limits.body_bytes);
  if (body == NULL)
    return lift_http_response_new_problem (400, "BAD_ENCODING", _ ("The body cannot be unpacked"),
                                           error->message, FALSE);
  lift_http_request_set_body (self->request, body);
  return NULL;
}

static LiftHttpResponse *
handle (LiftHttpExchange *self)
{
  LiftHttpResponse *response = unpack_body (self);

  if (response == NULL && lift_http_server_is_stopping (self->server))
    response = refuse_stopping ();
  if (response == NULL)
    response = self->server->handler (self->request, self->server->user_data);
  return response;
}

/**
 * lift_http_exchange_work:
 *
 * Runs in a worker. After the connection is resumed the exchange is not its own any more.
 */
void
lift_http_exchange_work (gpointer data, gpointer user_data)
{
  LiftHttpExchange *self = data;

  self->response = handle (self);
  lift_http_pack (self->request, self->response);
  MHD_resume_connection (self->connection);
}
