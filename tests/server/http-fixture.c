/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "http-fixture.h"

static LiftHttpResponse *
text_response (GBytes *body)
{
  return lift_http_response_new (200, "text/plain", body);
}

static LiftHttpResponse *
repeat_response (gsize size)
{
  g_autofree char *data = g_malloc (size);
  g_autoptr (GBytes) body = NULL;

  for (gsize i = 0; i < size; i++)
    data[i] = 'a' + i % 7;
  body = g_bytes_new_take (g_steal_pointer (&data), size);
  return text_response (body);
}

static LiftHttpResponse *
size_response (LiftHttpRequest *request)
{
  GString *json = g_string_new (NULL);

  g_string_printf (json, "{\"size\":%" G_GSIZE_FORMAT "}",
                   g_bytes_get_size (lift_http_request_get_body (request)));
  return lift_http_response_new_json (200, json);
}

static LiftHttpResponse *
peer_response (LiftHttpRequest *request)
{
  GString *json = g_string_new (NULL);
  const char *query = lift_http_request_get_query (request, "q");

  g_string_printf (json, "{\"peer\":\"%s\",\"method\":\"%s\",\"q\":\"%s\"}",
                   lift_http_request_get_peer (request), lift_http_request_get_method (request),
                   query != NULL ? query : "(none)");
  return lift_http_response_new_json (200, json);
}

static LiftHttpResponse *
stream_response (Fixture *self)
{
  LiftHttpStream *stream = lift_http_stream_new ();

  lift_http_stream_write (stream, "first\n");
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->streams, stream);
  g_mutex_unlock (&self->lock);
  return lift_http_response_new_stream ("text/plain", stream);
}

/* Returns: (transfer none) (nullable): the stream that was asked for after @index others */
LiftHttpStream *
fixture_get_stream (Fixture *self, guint index)
{
  LiftHttpStream *stream;

  g_mutex_lock (&self->lock);
  stream = index < self->streams->len ? self->streams->pdata[index] : NULL;
  g_mutex_unlock (&self->lock);
  return stream;
}

static LiftHttpResponse *
answer (Fixture *self, LiftHttpRequest *request)
{
  const char *path = lift_http_request_get_path (request);

  if (g_str_equal (path, "/stream"))
    return stream_response (self);

  if (g_str_equal (path, "/hello"))
    return peer_response (request);
  if (g_str_equal (path, "/echo"))
    return text_response (lift_http_request_get_body (request));
  if (g_str_equal (path, "/size"))
    return size_response (request);
  if (g_str_equal (path, "/slow"))
    return g_usleep (300 * 1000), size_response (request);
  if (g_str_equal (path, "/big"))
    return repeat_response (300 * 1000);
  if (g_str_equal (path, "/huge"))
    return repeat_response (64 * 1024 * 1024);
  if (g_str_equal (path, "/empty"))
    return lift_http_response_new (204, NULL, NULL);
  return lift_http_response_new_problem (404, "NOT_FOUND", "Nothing there", NULL, FALSE);
}

static LiftHttpResponse *
handle (LiftHttpRequest *request, gpointer user_data)
{
  Fixture *self = user_data;
  gint now = g_atomic_int_add (&self->running, 1) + 1;
  gint most = g_atomic_int_get (&self->most);
  LiftHttpResponse *response;

  while (now > most && !g_atomic_int_compare_and_exchange (&self->most, most, now))
    most = g_atomic_int_get (&self->most);
  response = answer (self, request);
  g_atomic_int_add (&self->running, -1);
  g_atomic_int_inc (&self->served);
  return response;
}

static void
log_request (LiftHttpRequest *request, guint status, gint64 us, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_cmpint (us, >=, 0);
  g_assert_nonnull (lift_http_request_get_path (request));
  g_atomic_int_set (&self->last_status, status);
  g_atomic_int_inc (&self->logged);
}

static void
start (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->server = lift_http_server_new (handle, self);
  lift_http_server_set_limits (self->server, &self->limits);
  lift_http_server_set_log (self->server, log_request, self);
  lift_http_server_start (self->server, "127.0.0.1:0", &error);
  g_assert_no_error (error);
  self->port = lift_http_server_get_port (self->server);
  g_assert_cmpuint (self->port, >, 0);
}

/* Times are short so that the tests are, but not so short that a busy machine fails them. */
void
fixture_set_up (Fixture *self, gconstpointer data)
{
  lift_http_limits_init (&self->limits);
  self->limits.idle_s = 3;
  self->limits.head_ms = 1000;
  self->limits.body_ms = 1000;
  self->limits.answer_ms = 1000;
  g_mutex_init (&self->lock);
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_http_stream_unref);
  start (self);
}

static void
stop (Fixture *self)
{
  lift_http_server_stop (self->server);
  g_assert_finalize_object (self->server);
}

void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  stop (self);
  g_ptr_array_unref (self->streams);
  g_mutex_clear (&self->lock);
}

/* Takes changed limits into use. */
void
fixture_restart (Fixture *self)
{
  stop (self);
  start (self);
}
