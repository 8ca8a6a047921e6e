/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "http-client.h"
#include "http-fixture.h"
#include "lift-http-gzip.h"

#include <gio/gio.h>
#include <string.h>

#define REQUEST(line, headers) line " HTTP/1.1\r\nHost: x\r\n" headers "\r\n"

static void
test_get (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) answer = wire_ask (fixture->port, REQUEST ("GET /hello?q=a%20b", ""));
  g_autofree char *text = answer_dup_text (answer);
  g_autofree char *type = answer_dup_header (answer, "Content-Type");
  g_autofree char *cache = answer_dup_header (answer, "Cache-Control");

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (text, ==, "{\"peer\":\"127.0.0.1\",\"method\":\"GET\",\"q\":\"a b\"}");
  g_assert_cmpstr (type, ==, "application/json");
  g_assert_cmpstr (cache, ==, "no-store");
}

static void
test_head (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = wire_open (fixture->port);
  g_autoptr (Answer) head = NULL;
  g_autoptr (Answer) get = NULL;
  g_autofree char *length = NULL;

  wire_printf (wire, REQUEST ("HEAD /big", ""));
  head = wire_read (wire, FALSE);
  length = answer_dup_header (head, "Content-Length");
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpstr (length, ==, "300000");
  /* The next answer starts at once: no body was sent. */
  wire_printf (wire, REQUEST ("GET /hello", ""));
  get = wire_read (wire, TRUE);
  g_assert_cmpuint (get->status, ==, 200);
}

static void
test_no_content (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = wire_open (fixture->port);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Answer) answer = NULL;

      wire_printf (wire, REQUEST ("POST /empty", "Content-Length: 0\r\n"));
      answer = wire_read (wire, FALSE);
      g_assert_cmpuint (answer->status, ==, 204);
    }
}

/* The cursor of a coach of 2,000 athletes travels in the address. */
static void
test_long_query (Fixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = g_strnfill (52000, 'A');
  g_autofree char *target = g_strconcat ("GET /hello?cursor=", cursor, " HTTP/1.1\r\n", NULL);
  g_autofree char *token = g_strnfill (200, 't');
  g_autofree char *request = g_strconcat (target, "Host: localhost\r\nAuthorization: Bearer ",
                                          token, "\r\nAccept-Encoding: gzip\r\n\r\n", NULL);
  g_autoptr (Answer) answer = wire_ask (fixture->port, request);

  g_assert_cmpuint (answer->status, ==, 200);
}

static void
test_not_found (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) answer = wire_ask (fixture->port, REQUEST ("GET /nowhere", ""));

  answer_assert_problem (answer, 404, "NOT_FOUND");
}

static void
test_post (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("h\303\251llo", 6);
  g_autoptr (Answer) answer = wire_post (fixture->port, "/echo", "", body);
  g_autofree char *text = answer_dup_text (answer);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (text, ==, "h\303\251llo");
}

static void
test_post_chunked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) answer = wire_ask (
    fixture->port,
    REQUEST ("POST /echo", "Transfer-Encoding: chunked\r\n") "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
  g_autofree char *text = answer_dup_text (answer);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (text, ==, "abcdefg");
}

static void
test_pipelined (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = wire_open (fixture->port);

  wire_printf (wire, REQUEST ("POST /echo", "Content-Length: 3\r\n") "one" REQUEST (
                       "POST /echo", "Content-Length: 3\r\n") "two");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Answer) answer = wire_read (wire, TRUE);
      g_autofree char *text = answer_dup_text (answer);

      g_assert_cmpstr (text, ==, i == 0 ? "one" : "two");
    }
}

static void
test_expect_continue (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Wire) wire = wire_open (fixture->port);
  g_autoptr (Answer) answer = NULL;
  g_autofree char *text = NULL;

  wire_printf (wire, REQUEST ("POST /echo", "Content-Length: 3\r\nExpect: 100-continue\r\n"));
  g_usleep (50 * 1000);
  wire_printf (wire, "abc");
  answer = wire_read (wire, TRUE);
  text = answer_dup_text (answer);
  g_assert_cmpstr (text, ==, "abc");
}

static void
test_request_id (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer)
    named = wire_ask (fixture->port, REQUEST ("GET /hello", "X-Request-Id: abc-1\r\n"));
  g_autoptr (Answer) unnamed = wire_ask (fixture->port, REQUEST ("GET /hello", ""));
  g_autoptr (Answer)
    odd = wire_ask (fixture->port, REQUEST ("GET /hello", "X-Request-Id: a<b>\r\n"));
  g_autofree char *theirs = answer_dup_header (named, "X-Request-Id");
  g_autofree char *ours = answer_dup_header (unnamed, "X-Request-Id");
  g_autofree char *replaced = answer_dup_header (odd, "X-Request-Id");

  g_assert_cmpstr (theirs, ==, "abc-1");
  g_assert_cmpuint (strlen (ours), ==, 36);
  g_assert_cmpuint (strlen (replaced), ==, 36);
}

static void
test_gzip_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer)
    packed = wire_ask (fixture->port, REQUEST ("GET /big", "Accept-Encoding: deflate, gzip\r\n"));
  g_autoptr (Answer) plain = wire_ask (fixture->port, REQUEST ("GET /big", ""));
  g_autoptr (Answer)
    small = wire_ask (fixture->port, REQUEST ("GET /hello", "Accept-Encoding: gzip\r\n"));
  g_autofree char *coding = answer_dup_header (packed, "Content-Encoding");
  g_autofree char *none = answer_dup_header (plain, "Content-Encoding");
  g_autofree char *vary = answer_dup_header (plain, "Vary");
  g_autofree char *small_coding = answer_dup_header (small, "Content-Encoding");
  g_autoptr (GBytes) body = g_bytes_new (packed->body->data, packed->body->len);
  g_autoptr (GBytes) unpacked = lift_http_gunzip (body, 1000 * 1000, NULL);

  g_assert_cmpstr (coding, ==, "gzip");
  g_assert_cmpuint (packed->body->len, <, 30000);
  g_assert_cmpmem (g_bytes_get_data (unpacked, NULL), g_bytes_get_size (unpacked),
                   plain->body->data, plain->body->len);
  g_assert_null (none);
  g_assert_cmpstr (vary, ==, "Accept-Encoding");
  g_assert_null (small_coding);
}

static void
test_gzip_request (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) plain = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr (GBytes) packed = lift_http_gzip (plain);
  g_autoptr (Answer)
    answer = wire_post (fixture->port, "/echo", "Content-Encoding: gzip\r\n", packed);
  g_autofree char *text = answer_dup_text (answer);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (text, ==, "{\"a\":1}");
}

static gboolean
wait_for (gint *value, gint wanted)
{
  for (guint i = 0; i < 500 && g_atomic_int_get (value) != wanted; i++)
    g_usleep (10 * 1000);
  return g_atomic_int_get (value) == wanted;
}

static void
test_log (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) answer = wire_ask (fixture->port, REQUEST ("GET /nowhere", ""));
  g_autoptr (Answer) refused = wire_ask (
    fixture->port, REQUEST ("POST /echo", "Content-Length: 1\r\nContent-Length: 1\r\n"));

  g_assert_cmpuint (answer->status, ==, 404);
  g_assert_cmpuint (refused->status, ==, 400);
  g_assert_true (wait_for (&fixture->logged, 2));
  g_assert_cmpuint (fixture->last_status, ==, 400);
}

static void
test_url (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = lift_http_server_dup_url (fixture->server);
  g_autofree char *wanted = g_strdup_printf ("http://127.0.0.1:%u", fixture->port);

  g_assert_cmpstr (url, ==, wanted);
}

static LiftHttpResponse *
never (LiftHttpRequest *request, gpointer user_data)
{
  g_assert_not_reached ();
}

static void
test_address_in_use (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LiftHttpServer) second = lift_http_server_new (never, NULL);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", fixture->port);
  g_autoptr (GError) error = NULL;

  g_assert_false (lift_http_server_start (second, address, &error));
  g_assert_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_IN_USE);
  g_assert_nonnull (strstr (error->message, address));
  g_assert_nonnull (strstr (error->message, "--listen"));
}

static void
test_start_again (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Answer) answer = NULL;

      lift_http_server_stop (fixture->server);
      lift_http_server_stop (fixture->server);
      lift_http_server_start (fixture->server, "127.0.0.1:0", &error);
      g_assert_no_error (error);
      answer = wire_ask (lift_http_server_get_port (fixture->server), REQUEST ("GET /hello", ""));
      g_assert_cmpuint (answer->status, ==, 200);
    }
}

static void
test_bad_tls (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  lift_http_server_stop (fixture->server);
  lift_http_server_set_tls (fixture->server, "no certificate", "no key");
  g_assert_false (lift_http_server_start (fixture->server, "127.0.0.1:0", &error));
  g_assert_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_TLS);
}

static char *
read_data (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "server", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static gboolean
accept_cb (GTlsConnection *connection, GTlsCertificate *peer, GTlsCertificateFlags errors)
{
  return TRUE;
}

static void
client_event_cb (GSocketClient *client,
                 GSocketClientEvent event,
                 GSocketConnectable *connectable,
                 GIOStream *connection,
                 gpointer user_data)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_signal_connect (connection, "accept-certificate", G_CALLBACK (accept_cb), NULL);
}

static void
test_tls (Fixture *fixture, gconstpointer data)
{
  const char *request = REQUEST ("GET /hello", "Connection: close\r\n");
  g_autofree char *certificate = read_data ("tls-cert.pem");
  g_autofree char *key = read_data ("tls-key.pem");
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *url = NULL;
  char buffer[4096];
  gssize length;

  lift_http_server_stop (fixture->server);
  lift_http_server_set_tls (fixture->server, certificate, key);
  lift_http_server_start (fixture->server, "127.0.0.1:0", &error);
  g_assert_no_error (error);
  url = lift_http_server_dup_url (fixture->server);
  g_assert_true (g_str_has_prefix (url, "https://127.0.0.1:"));
  g_socket_client_set_tls (client, TRUE);
  g_socket_client_set_timeout (client, 20);
  g_signal_connect (client, "event", G_CALLBACK (client_event_cb), NULL);
  connection = g_socket_client_connect_to_host (
    client, "127.0.0.1", lift_http_server_get_port (fixture->server), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  g_assert_no_error (error);
  while ((length = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                        buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (text, buffer, length);
  g_assert_true (g_str_has_prefix (text->str, "HTTP/1.1 200 "));
  g_assert_nonnull (strstr (text->str, "\"method\":\"GET\""));
}

/* Somebody who speaks HTTP to a port of HTTPS, or nothing at all, is cut like any other. */
static void
test_tls_plain_client (Fixture *fixture, gconstpointer data)
{
  g_autofree char *certificate = read_data ("tls-cert.pem");
  g_autofree char *key = read_data ("tls-key.pem");
  g_autoptr (Wire) silent = NULL;
  g_autoptr (Wire) plain = NULL;
  guint16 port;

  lift_http_server_stop (fixture->server);
  lift_http_server_set_tls (fixture->server, certificate, key);
  g_assert_true (lift_http_server_start (fixture->server, "127.0.0.1:0", NULL));
  port = lift_http_server_get_port (fixture->server);
  silent = wire_open (port);
  plain = wire_open (port);
  wire_printf (plain, REQUEST ("GET /hello", ""));
  g_assert_true (wire_is_closed_within (plain, 5000));
  g_assert_true (wire_is_closed_within (silent, 5000));
  g_assert_cmpint (fixture->served, ==, 0);
}

static void
test_tls_wrong_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *certificate = read_data ("tls-cert.pem");
  g_autoptr (GError) error = NULL;

  lift_http_server_stop (fixture->server);
  lift_http_server_set_tls (fixture->server, certificate, certificate);
  g_assert_false (lift_http_server_start (fixture->server, "127.0.0.1:0", &error));
  g_assert_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_TLS);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "get", test_get },
    { "head", test_head },
    { "no-content", test_no_content },
    { "long-query", test_long_query },
    { "not-found", test_not_found },
    { "post", test_post },
    { "post-chunked", test_post_chunked },
    { "pipelined", test_pipelined },
    { "expect-continue", test_expect_continue },
    { "request-id", test_request_id },
    { "gzip-answer", test_gzip_answer },
    { "gzip-request", test_gzip_request },
    { "log", test_log },
    { "url", test_url },
    { "address-in-use", test_address_in_use },
    { "start-again", test_start_again },
    { "tls", test_tls },
    { "tls-plain-client", test_tls_plain_client },
    { "tls-wrong-key", test_tls_wrong_key },
    { "bad-tls", test_bad_tls },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/http/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);
    }
  return g_test_run ();
}
