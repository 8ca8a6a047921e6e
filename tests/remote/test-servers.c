/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-servers.h"

#include <string.h>

struct _TestServer
{
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  SoupServerCallback handler;
  gpointer user_data;
  GTlsCertificate *certificate;
  char *url;
  GMutex mutex;
  GCond cond;
};

static void
announce (TestServer *self, SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);

  g_mutex_lock (&self->mutex);
  self->url = g_strdup_printf ("%s://127.0.0.1:%d", g_uri_get_scheme (uris->data),
                               g_uri_get_port (uris->data));
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static gpointer
run_server (gpointer user_data)
{
  TestServer *self = user_data;
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (self->context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, self->handler, self->user_data, NULL);
  if (self->certificate != NULL)
    {
      soup_server_set_tls_certificate (server, self->certificate);
      options |= SOUP_SERVER_LISTEN_HTTPS;
    }
  soup_server_listen_local (server, 0, options, &error);
  g_assert_no_error (error);
  announce (self, server);
  g_main_loop_run (self->loop);
  soup_server_disconnect (server);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

TestServer *
test_server_new (SoupServerCallback handler, gpointer user_data)
{
  return test_server_new_tls (handler, user_data, NULL);
}

/* With a certificate the server speaks HTTPS. */
TestServer *
test_server_new_tls (SoupServerCallback handler, gpointer user_data, GTlsCertificate *certificate)
{
  TestServer *self = g_new0 (TestServer, 1);

  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;

  self->handler = handler;
  self->user_data = user_data;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("test-server", run_server, self);
  g_mutex_lock (&self->mutex);
  while (self->url == NULL)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

const char *
test_server_get_url (TestServer *self)
{
  return self->url;
}

static gboolean
quit (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

void
test_server_free (TestServer *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_clear_object (&self->certificate);
  g_free (self->url);
  g_free (self);
}

struct _RawServer
{
  RawAnswer answer;
  GSocketListener *listener;
  GCancellable *cancellable;
  GThread *thread;
  char *url;
  GMutex mutex;
  GString *request;
};

static void
read_head (RawServer *self, GInputStream *input)
{
  char byte;
  g_autoptr (GString) head = g_string_new (NULL);

  while (strstr (head->str, "\r\n\r\n") == NULL &&
         g_input_stream_read (input, &byte, 1, NULL, NULL) == 1)
    g_string_append_c (head, byte);
  g_mutex_lock (&self->mutex);
  g_string_assign (self->request, head->str);
  g_mutex_unlock (&self->mutex);
}

static void
write_answer (RawServer *self, GOutputStream *output)
{
  gsize step = self->answer.drip_ms > 0 ? 1 : self->answer.length;

  for (gsize done = 0; done < self->answer.length; done += step)
    {
      if (!g_output_stream_write_all (output, self->answer.answer + done, step, NULL, NULL, NULL))
        return;
      g_usleep (self->answer.drip_ms * 1000);
    }
  g_usleep (self->answer.hold_ms * 1000);
}

static gpointer
serve (gpointer user_data)
{
  RawServer *self = user_data;

  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      g_autoptr (GSocketConnection)
        connection = g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL);

      if (connection == NULL)
        continue;
      read_head (self, g_io_stream_get_input_stream (G_IO_STREAM (connection)));
      write_answer (self, g_io_stream_get_output_stream (G_IO_STREAM (connection)));
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
  return NULL;
}

RawServer *
raw_server_new (const RawAnswer *answer)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GError) error = NULL;

  self->answer = *answer;
  if (self->answer.length == 0)
    self->answer.length = strlen (answer->answer);
  g_mutex_init (&self->mutex);
  self->request = g_string_new (NULL);
  self->listener = g_socket_listener_new ();
  self->cancellable = g_cancellable_new ();
  g_socket_listener_add_address (self->listener, wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &given, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%d",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given)));
  self->thread = g_thread_new ("raw-server", serve, self);
  return self;
}

const char *
raw_server_get_url (RawServer *self)
{
  return self->url;
}

/* The head of the last request. */
char *
raw_server_dup_request (RawServer *self)
{
  char *request;

  g_mutex_lock (&self->mutex);
  request = g_strdup (self->request->str);
  g_mutex_unlock (&self->mutex);
  return request;
}

void
raw_server_free (RawServer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_clear_object (&self->listener);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->mutex);
  g_string_free (self->request, TRUE);
  g_free (self->url);
  g_free (self);
}

struct _FakeTransport
{
  LiftTransport parent_instance;

  FakeHandler handler;
  gpointer user_data;
};

G_DEFINE_FINAL_TYPE (FakeTransport, fake_transport, LIFT_TYPE_TRANSPORT)

static LiftResponse *
fake_transport_send (LiftTransport *transport,
                     LiftRequest *request,
                     GCancellable *cancellable,
                     GError **error)
{
  FakeTransport *self = TEST_FAKE_TRANSPORT (transport);

  return self->handler (request, self->user_data, error);
}

static void
fake_transport_class_init (FakeTransportClass *klass)
{
  LIFT_TRANSPORT_CLASS (klass)->send = fake_transport_send;
}

static void
fake_transport_init (FakeTransport *self)
{
}

LiftTransport *
fake_transport_new (FakeHandler handler, gpointer user_data)
{
  FakeTransport *self = g_object_new (TEST_TYPE_FAKE_TRANSPORT, NULL);

  self->handler = handler;
  self->user_data = user_data;
  return LIFT_TRANSPORT (self);
}

LiftResponse *
fake_json (guint status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return lift_response_new (
    status, status < 400 ? "application/json; charset=utf-8" : "application/problem+json", body);
}
