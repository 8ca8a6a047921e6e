/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-soup-transport.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "lift-remote-error.h"
#include "lift-server-url.h"
#include "lift-soup-job.h"

/* Syncs, a sign-in and the event stream run side by side; waiting for a connection would count as
 * waiting for the server. */
#define MAX_CONNECTIONS 32
#define KEEP_ALIVE_SECONDS 60
#define COMPRESS_FROM_BYTES 1024
#define COMPRESSION_LEVEL 3

/**
 * LiftSoupTransport:
 *
 * HTTP by libsoup. A SoupSession belongs to one thread, so the transport has a thread of its own in
 * which all messages run, and connections are kept for whichever worker sends next.
 */
struct _LiftSoupTransport
{
  LiftTransport parent_instance;

  char *server;
  LiftSoupLink link;
  GMainLoop *loop;
  GThread *thread;
  /* Atomic: whether the server said that it unpacks requests. */
  int unpacks;
};

G_DEFINE_FINAL_TYPE (LiftSoupTransport, lift_soup_transport, LIFT_TYPE_TRANSPORT)

static GUri *
make_uri (LiftSoupTransport *self, const LiftRequest *request, GError **error)
{
  g_autoptr (GString) text = g_string_new (self->server);

  g_string_append (text, request->path);
  for (guint i = 0; i + 1 < request->query->len; i += 2)
    {
      g_string_append_c (text, i == 0 ? '?' : '&');
      g_string_append_uri_escaped (text, request->query->pdata[i], NULL, FALSE);
      g_string_append_c (text, '=');
      g_string_append_uri_escaped (text, request->query->pdata[i + 1], NULL, FALSE);
    }
  return g_uri_parse (text->str, SOUP_HTTP_URI_FLAGS | G_URI_FLAGS_ENCODED, error);
}

static GBytes *
compress (GBytes *body)
{
  g_autoptr (GZlibCompressor)
    gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, COMPRESSION_LEVEL);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = NULL;
  gsize length;
  gconstpointer data = g_bytes_get_data (body, &length);

  stream = g_converter_output_stream_new (memory, G_CONVERTER (gzip));
  if (!g_output_stream_write_all (stream, data, length, NULL, NULL, NULL) ||
      !g_output_stream_close (stream, NULL, NULL))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
set_body (SoupMessage *message, GBytes *body, gboolean may_compress)
{
  g_autoptr (GBytes) packed = NULL;

  if (body == NULL)
    return;
  if (may_compress && g_bytes_get_size (body) > COMPRESS_FROM_BYTES)
    packed = compress (body);
  if (packed != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding",
                                  "gzip");
  soup_message_set_request_body_from_bytes (message, "application/json",
                                            packed != NULL ? packed : body);
}

static void
set_headers (SoupMessage *message, const LiftRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *authorization = NULL;

  soup_message_headers_replace (
    headers, "Accept", request->chunk_func != NULL ? "text/event-stream" : "application/json");
  if (request->token == NULL)
    return;
  authorization = g_strconcat ("Bearer ", request->token, NULL);
  soup_message_headers_replace (headers, "Authorization", authorization);
}

/* A redirect is never followed: it would carry a token to whoever answered. */
static SoupMessage *
make_message (LiftSoupTransport *self,
              const LiftRequest *request,
              gboolean may_compress,
              GError **error)
{
  g_autoptr (GUri) uri = make_uri (self, request, error);
  SoupMessage *message;

  if (uri == NULL)
    return NULL;
  message = soup_message_new_from_uri (request->method, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (request->repeatable)
    soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  /* What is packed comes when the packer likes, and a hint is to come at once. */
  if (request->chunk_func != NULL)
    soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  set_headers (message, request);
  set_body (message, request->body, may_compress);
  return message;
}

static LiftResponse *
send_once (LiftSoupTransport *self,
           LiftRequest *request,
           gboolean may_compress,
           GCancellable *cancellable,
           GError **error)
{
  SoupMessage *message = make_message (self, request, may_compress, error);
  LiftResponse *response;
  gboolean unpacks = FALSE;

  if (message == NULL)
    return NULL;
  response = lift_soup_job_run (&self->link, message, request, &unpacks, cancellable, error);
  if (unpacks)
    g_atomic_int_set (&self->unpacks, TRUE);
  return response;
}

static LiftResponse *
lift_soup_transport_send (LiftTransport *transport,
                          LiftRequest *request,
                          GCancellable *cancellable,
                          GError **error)
{
  LiftSoupTransport *self = LIFT_SOUP_TRANSPORT (transport);
  gboolean may_compress = g_atomic_int_get (&self->unpacks);
  g_autoptr (LiftResponse) response = NULL;

  g_return_val_if_fail (!g_main_context_is_owner (self->link.context), NULL);

  response = send_once (self, request, may_compress, cancellable, error);
  if (response == NULL || response->status != SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE || !may_compress)
    return g_steal_pointer (&response);
  g_atomic_int_set (&self->unpacks, FALSE);
  return send_once (self, request, FALSE, cancellable, error);
}

/* Cookies there are none by default; a 401 is ours to understand, not a matter of HTTP's own
 * authentication. */
static SoupSession *
make_session (void)
{
  SoupSession *session = soup_session_new_with_options (
    "max-conns", MAX_CONNECTIONS, "max-conns-per-host", MAX_CONNECTIONS, "timeout", 0,
    "idle-timeout", KEEP_ALIVE_SECONDS, "user-agent", "LiftLogger/" LIFT_VERSION, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (!soup_session_has_feature (session, SOUP_TYPE_CONTENT_DECODER))
    soup_session_add_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

static gpointer
run_loop (gpointer user_data)
{
  LiftSoupTransport *self = user_data;

  g_main_context_push_thread_default (self->link.context);
  self->link.session = make_session ();
  g_main_loop_run (self->loop);
  soup_session_abort (self->link.session);
  g_clear_object (&self->link.session);
  while (g_main_context_iteration (self->link.context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->link.context);
  return NULL;
}

static gboolean
quit_loop (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
lift_soup_transport_finalize (GObject *object)
{
  LiftSoupTransport *self = LIFT_SOUP_TRANSPORT (object);

  if (self->thread != NULL)
    {
      lift_soup_link_post (&self->link, quit_loop, self->loop);
      g_thread_join (self->thread);
    }
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->link.context, g_main_context_unref);
  g_clear_pointer (&self->server, g_free);
  G_OBJECT_CLASS (lift_soup_transport_parent_class)->finalize (object);
}

static void
lift_soup_transport_class_init (LiftSoupTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lift_soup_transport_finalize;
  LIFT_TRANSPORT_CLASS (klass)->send = lift_soup_transport_send;
}

static void
lift_soup_transport_init (LiftSoupTransport *self)
{
  self->link.context = g_main_context_new ();
  self->loop = g_main_loop_new (self->link.context, FALSE);
}

/**
 * lift_soup_transport_new:
 * @server: the server's address, as a person types it
 *
 * Makes the way to a server; nothing is sent yet. Without %LIFT_SOUP_TRANSPORT_ALLOW_PLAIN, HTTP
 * without TLS is only for a server on this machine.
 *
 * Returns: (transfer full) (nullable): the transport, or %NULL with %LIFT_REMOTE_ERROR_BAD_ADDRESS
 */
LiftTransport *
lift_soup_transport_new (const char *server, LiftSoupTransportFlags flags, GError **error)
{
  g_autofree char *address = NULL;
  LiftSoupTransport *self;

  g_return_val_if_fail (server != NULL, NULL);

  address = lift_server_url_normalize (server, error);
  if (address == NULL)
    return NULL;
  if (lift_server_url_is_plain (address) && !(flags & LIFT_SOUP_TRANSPORT_ALLOW_PLAIN))
    {
      g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_BAD_ADDRESS,
                   _ ("“%s” is not encrypted: others could read the password; use https://"),
                   address);
      return NULL;
    }
  self = g_object_new (LIFT_TYPE_SOUP_TRANSPORT, NULL);
  self->server = g_steal_pointer (&address);
  self->thread = g_thread_new ("lift-http", run_loop, self);
  return LIFT_TRANSPORT (self);
}

/**
 * lift_soup_transport_get_server:
 *
 * Returns: the server's normalised address
 */
const char *
lift_soup_transport_get_server (LiftSoupTransport *self)
{
  g_return_val_if_fail (LIFT_IS_SOUP_TRANSPORT (self), NULL);

  return self->server;
}
