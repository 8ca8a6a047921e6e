/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-remote-error.h"
#include "lift-soup-transport.h"
#include "test-servers.h"

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

static LiftTransport *
make_transport (const char *url)
{
  g_autoptr (GError) error = NULL;
  LiftTransport *transport = lift_soup_transport_new (url, LIFT_SOUP_TRANSPORT_NONE, &error);

  g_assert_no_error (error);
  return transport;
}

static LiftRequest *
make_request (void)
{
  LiftRequest *request = lift_request_new ("GET", "/api/v1/sync/pull");

  request->connect_seconds = 2;
  request->idle_seconds = 2;
  request->total_seconds = 4;
  return request;
}

static LiftResponse *
ask (const RawAnswer *answer, LiftRequest *request, GError **error)
{
  g_autoptr (RawServer) server = raw_server_new (answer);
  g_autoptr (LiftTransport) transport = make_transport (raw_server_get_url (server));
  LiftResponse *response = lift_transport_send (transport, request, NULL, error);

  g_assert_finalize_object (g_steal_pointer (&transport));
  return response;
}

static void
assert_fails (const RawAnswer *answer, LiftRequest *request, LiftRemoteError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftResponse) response = ask (answer, request, &error);

  g_assert_null (response);
  g_assert_error (error, LIFT_REMOTE_ERROR, (int) code);
}

static void
test_answer (void)
{
  RawAnswer answer = { HEAD "Content-Length: 2\r\n\r\n{}" };
  g_autoptr (LiftRequest) request = make_request ();
  g_autoptr (RawServer) server = raw_server_new (&answer);
  g_autoptr (LiftTransport) transport = make_transport (raw_server_get_url (server));
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftResponse) response = NULL;
  g_autofree char *head = NULL;

  lift_request_add_query (request, "since", "2026-02-06T15:30:00+01:00 &x");
  lift_request_add_query (request, "absent", NULL);
  lift_request_set_token (request, "secret");
  response = lift_transport_send (transport, request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpstr (response->content_type, ==, "application/json");
  g_assert_cmpint (response->retry_after, ==, -1);
  g_assert_cmpmem (g_bytes_get_data (response->body, NULL), g_bytes_get_size (response->body), "{}",
                   2);

  head = raw_server_dup_request (server);
  g_assert_true (g_str_has_prefix (
    head, "GET /api/v1/sync/pull?since=2026-02-06T15%3A30%3A00%2B01%3A00%20%26x HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (head, "Authorization: Bearer secret\r\n"));
  g_assert_nonnull (strstr (head, "Accept-Encoding: gzip"));
  g_assert_null (strstr (head, "Cookie"));
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_statuses (void)
{
  static const struct
  {
    const char *answer;
    guint status;
    gint64 retry_after;
  } cases[] = {
    { "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n", 413, -1 },
    { "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", 429, 7 },
    { "HTTP/1.1 503 Down\r\nDate: Fri, 06 Feb 2026 15:30:00 GMT\r\n"
      "Retry-After: Fri, 06 Feb 2026 15:31:30 GMT\r\nContent-Length: 0\r\n\r\n",
      503, 90 },
    { "HTTP/1.1 503 Down\r\nRetry-After: Fri, 06 Feb 2026 15:31:30 GMT\r\n"
      "Content-Length: 0\r\n\r\n",
      503, 60 },
    { "HTTP/1.1 429 Slow\r\nRetry-After: 99999999\r\nContent-Length: 0\r\n\r\n", 429, 86400 },
    { "HTTP/1.1 429 Slow\r\nRetry-After: -3\r\nContent-Length: 0\r\n\r\n", 429, 60 },
    { "HTTP/1.1 500 Oops\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nbad", 500, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RawAnswer answer = { cases[i].answer };
      g_autoptr (LiftRequest) request = make_request ();
      g_autoptr (GError) error = NULL;
      g_autoptr (LiftResponse) response = ask (&answer, request, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (response->status, ==, cases[i].status);
      g_assert_cmpint (response->retry_after, ==, cases[i].retry_after);
    }
}

/* The token must not go where the answer points. */
static void
test_redirect (void)
{
  RawAnswer trap = { HEAD "Content-Length: 2\r\n\r\n{}" };
  g_autoptr (RawServer) other = raw_server_new (&trap);
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: %s/login\r\n"
                                           "Content-Length: 0\r\n\r\n",
                                           raw_server_get_url (other));
  RawAnswer answer = { text };
  g_autoptr (LiftRequest) request = make_request ();
  g_autoptr (LiftResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *head = NULL;

  lift_request_set_token (request, "secret");
  response = ask (&answer, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 302);
  g_assert_true (g_str_has_suffix (response->location, "/login"));
  head = raw_server_dup_request (other);
  g_assert_cmpstr (head, ==, "");
}

static void
test_cut_body (void)
{
  g_autoptr (LiftRequest) request = make_request ();
  RawAnswer short_body = { HEAD "Content-Length: 100\r\n\r\n{\"changesByType\":" };
  RawAnswer short_chunk = { HEAD "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"chan" };
  RawAnswer no_answer = { "" };
  RawAnswer short_head = { "HTTP/1.1 200" };

  assert_fails (&short_body, request, LIFT_REMOTE_ERROR_OFFLINE);
  assert_fails (&short_chunk, request, LIFT_REMOTE_ERROR_OFFLINE);
  assert_fails (&no_answer, request, LIFT_REMOTE_ERROR_OFFLINE);
  assert_fails (&short_head, request, LIFT_REMOTE_ERROR_NOT_OURS);
}

static void
test_nonsense (void)
{
  g_autoptr (LiftRequest) request = make_request ();
  RawAnswer not_http = { "SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n" };

  assert_fails (&not_http, request, LIFT_REMOTE_ERROR_NOT_OURS);
}

static void
test_slow (void)
{
  g_autoptr (LiftRequest) request = make_request ();
  RawAnswer silent = { HEAD "Content-Length: 5\r\n\r\n{", .hold_ms = 2500 };
  RawAnswer drip = { HEAD "Content-Length: 50\r\n\r\n{                                   ",
                     .drip_ms = 45 };
  gint64 start = g_get_monotonic_time ();

  request->idle_seconds = 1;
  assert_fails (&silent, request, LIFT_REMOTE_ERROR_TIMEOUT);
  /* Never idle, but too long in all. */
  request->total_seconds = 2;
  assert_fails (&drip, request, LIFT_REMOTE_ERROR_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 15 * G_TIME_SPAN_SECOND);
}

static void
test_oversized (void)
{
  g_autoptr (LiftRequest) request = make_request ();
  RawAnswer answer = { HEAD "Content-Length: 20\r\n\r\n\"abcdefghijklmnopqr\"" };
  g_autoptr (LiftResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  request->max_bytes = 19;
  assert_fails (&answer, request, LIFT_REMOTE_ERROR_OVERSIZED);
  request->max_bytes = 20;
  response = ask (&answer, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (response->body), ==, 20);
}

static GBytes *
pack (gsize length)
{
  g_autofree char *plain = g_malloc0 (length);
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autofree char *packed = g_malloc (length);
  gsize read;
  gsize written;

  g_assert_cmpint (g_converter_convert (G_CONVERTER (gzip), plain, length, packed, length,
                                        G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
                   ==, G_CONVERTER_FINISHED);
  return g_bytes_new (packed, written);
}

/* A few kilobytes that unpack to megabytes are stopped at the limit, not after it. */
static void
test_packed_bomb (void)
{
  g_autoptr (GBytes) packed = pack (8 * 1024 * 1024);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *head = NULL;
  g_autoptr (LiftRequest) request = make_request ();
  g_autoptr (LiftResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  RawAnswer answer = { 0 };

  head = g_strdup_printf (HEAD "Content-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT
                               "\r\n\r\n",
                          g_bytes_get_size (packed));
  g_byte_array_append (bytes, (guint8 *) head, strlen (head));
  g_byte_array_append (bytes, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  answer.answer = (char *) bytes->data;
  answer.length = bytes->len;
  request->max_bytes = 1024 * 1024;
  assert_fails (&answer, request, LIFT_REMOTE_ERROR_OVERSIZED);
  request->max_bytes = 8 * 1024 * 1024;
  response = ask (&answer, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (response->body), ==, 8 * 1024 * 1024);
}

static void
test_refused_connection (void)
{
  RawAnswer answer = { HEAD "\r\n" };
  RawServer *server = raw_server_new (&answer);
  g_autoptr (LiftTransport) transport = make_transport (raw_server_get_url (server));
  g_autoptr (LiftRequest) request = make_request ();
  g_autoptr (LiftResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  raw_server_free (server);
  response = lift_transport_send (transport, request, NULL, &error);
  g_assert_null (response);
  g_assert_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, "127.0.0.1"));
  g_assert_true (lift_remote_error_is_transient (error));
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (200 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  RawAnswer answer = { HEAD "Content-Length: 5\r\n\r\n{", .hold_ms = 2000 };
  g_autoptr (RawServer) server = raw_server_new (&answer);
  g_autoptr (LiftTransport) transport = make_transport (raw_server_get_url (server));
  g_autoptr (LiftRequest) request = make_request ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  gint64 start = g_get_monotonic_time ();

  request->idle_seconds = 30;
  request->total_seconds = 0;
  g_assert_null (lift_transport_send (transport, request, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 1500 * G_TIME_SPAN_MILLISECOND);
  g_thread_join (thread);
  g_clear_error (&error);
  /* And once cancelled, nothing is sent. */
  g_assert_null (lift_transport_send (transport, request, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_finalize_object (g_steal_pointer (&transport));
}

typedef struct
{
  int requests;
  int packed;
  int refuse_packed;
  gsize length;
} Echo;

static void
on_echo (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  Echo *echo = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gboolean packed = g_strcmp0 (soup_message_headers_get_one (headers, "Content-Encoding"),
                               "gzip") == 0;

  echo->requests++;
  echo->packed += packed;
  echo->length = soup_server_message_get_request_body (message)->length;
  soup_message_headers_append (soup_server_message_get_response_headers (message),
                               "Accept-Encoding", "gzip");
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", 2);
  soup_server_message_set_status (message, packed && echo->refuse_packed ? 415 : 200, NULL);
}

static guint
push (LiftTransport *transport, GBytes *body)
{
  g_autoptr (LiftRequest) request = lift_request_new ("POST", "/api/v1/sync/push");
  g_autoptr (LiftResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  lift_request_set_body (request, body);
  response = lift_transport_send (transport, request, NULL, &error);
  g_assert_no_error (error);
  return response->status;
}

static void
test_packed_request (void)
{
  Echo echo = { 0 };
  g_autoptr (TestServer) server = test_server_new (on_echo, &echo);
  g_autoptr (LiftTransport) transport = make_transport (test_server_get_url (server));
  g_autofree char *text = g_strnfill (20000, 'x');
  g_autoptr (GBytes) body = g_bytes_new (text, 20000);
  g_autoptr (GBytes) small = g_bytes_new (text, 1024);

  /* Nobody has said yet that packed is understood. */
  g_assert_cmpuint (push (transport, body), ==, 200);
  g_assert_cmpint (echo.packed, ==, 0);
  g_assert_cmpuint (push (transport, body), ==, 200);
  g_assert_cmpint (echo.packed, ==, 1);
  g_assert_cmpuint (echo.length, <, 1000);
  g_assert_cmpuint (push (transport, small), ==, 200);
  g_assert_cmpint (echo.packed, ==, 1);
  /* Understood no more: sent again as it is. */
  echo.refuse_packed = TRUE;
  g_assert_cmpuint (push (transport, body), ==, 200);
  g_assert_cmpint (echo.requests, ==, 5);
  g_assert_cmpuint (echo.length, ==, 20000);
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static gpointer
push_often (gpointer transport)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);

  for (int i = 0; i < 50; i++)
    g_assert_cmpuint (push (transport, body), ==, 200);
  return NULL;
}

static void
test_many_threads (void)
{
  Echo echo = { 0 };
  g_autoptr (TestServer) server = test_server_new (on_echo, &echo);
  g_autoptr (LiftTransport) transport = make_transport (test_server_get_url (server));
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("push", push_often, transport);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (echo.requests, ==, 400);
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_addresses (void)
{
  static const char *bad[] = { "http://lift.example.org", "ftp://x.org", "", "https://",
                               "https://user:pw@x.org" };
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftTransport) transport = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (lift_soup_transport_new (bad[i], LIFT_SOUP_TRANSPORT_NONE, &error));
      g_assert_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_BAD_ADDRESS);
      g_clear_error (&error);
    }
  transport = lift_soup_transport_new ("http://lift.example.org/", LIFT_SOUP_TRANSPORT_ALLOW_PLAIN,
                                       &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lift_soup_transport_get_server (LIFT_SOUP_TRANSPORT (transport)), ==,
                   "http://lift.example.org");
  g_assert_finalize_object (g_steal_pointer (&transport));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remote/transport/answer", test_answer);
  g_test_add_func ("/remote/transport/statuses", test_statuses);
  g_test_add_func ("/remote/transport/redirect", test_redirect);
  g_test_add_func ("/remote/transport/cut-body", test_cut_body);
  g_test_add_func ("/remote/transport/nonsense", test_nonsense);
  g_test_add_func ("/remote/transport/slow", test_slow);
  g_test_add_func ("/remote/transport/oversized", test_oversized);
  g_test_add_func ("/remote/transport/packed-bomb", test_packed_bomb);
  g_test_add_func ("/remote/transport/refused-connection", test_refused_connection);
  g_test_add_func ("/remote/transport/cancel", test_cancel);
  g_test_add_func ("/remote/transport/packed-request", test_packed_request);
  g_test_add_func ("/remote/transport/many-threads", test_many_threads);
  g_test_add_func ("/remote/transport/addresses", test_addresses);
  return g_test_run ();
}
