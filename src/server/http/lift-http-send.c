/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-http-gzip.h"
#include "lift-http-server-private.h"

/* Below this, packing costs more than it saves. */
#define WORTH_PACKING 1024

/**
 * lift_http_pack:
 *
 * Packs the body with gzip where the client takes it and it is worth it. Runs in the worker, so that
 * the thread that serves all connections does not.
 */
void
lift_http_pack (LiftHttpRequest *request, LiftHttpResponse *response)
{
  GBytes *body = lift_http_response_get_body (response);
  g_autoptr (GBytes) packed = NULL;

  if (g_bytes_get_size (body) <= WORTH_PACKING ||
      lift_http_response_get_header (response, "Content-Encoding") != NULL)
    return;
  lift_http_response_set_header (response, "Vary", "Accept-Encoding");
  if (!lift_http_accepts_gzip (lift_http_request_get_header (request, "Accept-Encoding")))
    return;
  packed = lift_http_gzip (body);
  if (packed == NULL)
    return;
  lift_http_response_set_body (response, packed);
  lift_http_response_set_header (response, "Content-Encoding", "gzip");
}

static void
add_header (const char *name, const char *value, gpointer user_data)
{
  MHD_add_response_header (user_data, name, value);
}

static void
unref_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

static struct MHD_Response *
make_whole (LiftHttpResponse *response)
{
  GBytes *body = g_bytes_ref (lift_http_response_get_body (response));
  gsize size;
  gconstpointer data = g_bytes_get_data (body, &size);

  return MHD_create_response_from_buffer_with_free_callback_cls (
    size, size > 0 ? (void *) data : (void *) "", unref_bytes, body);
}

/**
 * lift_http_send:
 * @last: whether the connection is closed after this answer
 *
 * Hands an answer to libmicrohttpd. Only in its thread, from the access callback.
 *
 * Returns: %MHD_NO if the connection must be closed
 */
enum MHD_Result
lift_http_send (LiftHttpServer *server,
                struct MHD_Connection *connection,
                LiftHttpRequest *request,
                LiftHttpResponse *response,
                gboolean last)
{
  LiftHttpStream *stream = lift_http_response_get_stream (response);
  struct MHD_Response *raw = stream != NULL ? lift_http_stream_attach (stream, server, connection)
                                            : make_whole (response);
  enum MHD_Result result;

  lift_http_response_foreach_header (response, add_header, raw);
  MHD_add_response_header (raw, "X-Request-Id", lift_http_request_get_id (request));
  MHD_add_response_header (raw, "Cache-Control", "no-store");
  MHD_add_response_header (raw, "X-Content-Type-Options", "nosniff");
  if (last)
    MHD_add_response_header (raw, "Connection", "close");
  result = MHD_queue_response (connection, lift_http_response_get_status (response), raw);
  MHD_destroy_response (raw);
  return result;
}
