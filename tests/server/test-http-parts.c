/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-http-address.h"
#include "lift-http-error.h"
#include "lift-http-gzip.h"
#include "lift-http-request.h"
#include "lift-http-response.h"
#include "lift-json.h"

#include <string.h>

static void
test_address_good (void)
{
  static const struct
  {
    const char *text;
    const char *host;
    guint port;
    gboolean any;
    gboolean loopback;
  } cases[] = {
    { "127.0.0.1:8484", "127.0.0.1", 8484, FALSE, TRUE },
    { "localhost:1", "127.0.0.1", 1, FALSE, TRUE },
    { "[::1]:8484", "::1", 8484, FALSE, TRUE },
    { "0.0.0.0:0", "0.0.0.0", 0, FALSE, FALSE },
    { "192.168.1.7:65535", "192.168.1.7", 65535, FALSE, FALSE },
    { ":8484", "::", 8484, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean any = FALSE;
      g_autoptr (GSocketAddress) address = lift_http_address_parse (cases[i].text, &any, &error);
      GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
      g_autofree char *host = NULL;

      g_assert_no_error (error);
      host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));
      g_assert_cmpstr (host, ==, cases[i].host);
      g_assert_cmpuint (g_inet_socket_address_get_port (inet), ==, cases[i].port);
      g_assert_cmpint (any, ==, cases[i].any);
      g_assert_cmpint (lift_http_address_is_loopback (cases[i].text), ==, cases[i].loopback);
    }
}

static void
test_address_bad (void)
{
  static const char *const texts[] = {
    "",
    "8484",
    "127.0.0.1",
    "127.0.0.1:",
    "127.0.0.1:65536",
    "127.0.0.1:-1",
    "::1:80",
    "[::1]",
    "[127.0.0.1]:1",
    "[]:1",
    "[:1",
    "example.org:80",
    "1.2.3:1",
    "127.0.0.1:80a",
    "127.0.0.1: 80",
    "http://x:80",
    "[::1:80",
    "300.1.1.1:5",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lift_http_address_parse (texts[i], NULL, &error));
      g_assert_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_ADDRESS);
      g_assert_nonnull (strstr (error->message, texts[i]));
    }
}

static void
test_address_not_ours (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lift_http_address_listen ("203.0.113.7:8484", &error));
  g_assert_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "203.0.113.7:8484"));
}

static void
test_address_every (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = lift_http_address_listen (":0", &error);

  g_assert_no_error (error);
  g_assert_nonnull (socket);
}

static void
test_gzip_round (void)
{
  for (gsize size = 0; size < 200000; size = size * 3 + 1)
    {
      g_autofree guint8 *data = g_malloc (size + 1);
      g_autoptr (GBytes) plain = NULL;
      g_autoptr (GBytes) packed = NULL;
      g_autoptr (GBytes) back = NULL;

      for (gsize i = 0; i < size; i++)
        data[i] = g_test_rand_int_range (0, 256);
      plain = g_bytes_new (data, size);
      packed = lift_http_gzip (plain);
      back = lift_http_gunzip (packed, size, NULL);
      g_assert_true (g_bytes_equal (plain, back));
    }
}

static void
test_gzip_limit (void)
{
  g_autofree char *data = g_malloc0 (1000);
  g_autoptr (GBytes) plain = g_bytes_new (data, 1000);
  g_autoptr (GBytes) packed = lift_http_gzip (plain);
  g_autoptr (GBytes) fits = lift_http_gunzip (packed, 1000, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (fits);
  g_assert_null (lift_http_gunzip (packed, 999, &error));
  g_assert_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_TOO_LARGE);
}

static void
assert_no_gzip (const void *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (lift_http_gunzip (bytes, 100000, &error));
  g_assert_error (error, LIFT_HTTP_ERROR, LIFT_HTTP_ERROR_ENCODING);
}

static void
test_gzip_damaged (void)
{
  g_autoptr (GBytes) plain = g_bytes_new_static ("some text to pack, some text", 28);
  g_autoptr (GBytes) packed = lift_http_gzip (plain);
  gsize length;
  const guint8 *data = g_bytes_get_data (packed, &length);
  g_autofree guint8 *twice = g_malloc (2 * length);

  for (gsize cut = 0; cut < length; cut++)
    assert_no_gzip (data, cut);
  memcpy (twice, data, length);
  memcpy (twice + length, data, length);
  assert_no_gzip (twice, 2 * length);
  assert_no_gzip (twice, length + 1);
  twice[length - 5] ^= 1;
  assert_no_gzip (twice, length);
  assert_no_gzip ("{\"a\":1}", 7);
}

static void
test_accepts_gzip (void)
{
  static const struct
  {
    const char *value;
    gboolean accepted;
  } cases[] = {
    { NULL, FALSE },
    { "", FALSE },
    { "gzip", TRUE },
    { "GZIP", TRUE },
    { "deflate, gzip;q=1.0, *;q=0.5", TRUE },
    { "gzip;q=0", FALSE },
    { "gzip; q=0.000, *", FALSE },
    { "*", TRUE },
    { "*;q=0", FALSE },
    { "identity", FALSE },
    { "gzipped", FALSE },
    { ",,;", FALSE },
    { "x-gzip", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (lift_http_accepts_gzip (cases[i].value), ==, cases[i].accepted);
}

static void
test_request (void)
{
  g_autoptr (LiftHttpRequest) request = lift_http_request_new ("GET", "/x");

  lift_http_request_add_header (request, "Accept", "a");
  lift_http_request_add_header (request, "ACCEPT", "b");
  g_assert_cmpstr (lift_http_request_get_header (request, "accept"), ==, "a, b");
  g_assert_null (lift_http_request_get_header (request, "accep"));
  g_assert_true (lift_http_request_add_query (request, "k", "1"));
  g_assert_false (lift_http_request_add_query (request, "k", "2"));
  g_assert_null (lift_http_request_get_query (request, "K"));
}

static void
test_problem (void)
{
  g_autoptr (LiftHttpResponse) response = lift_http_response_new_problem_with (
    409, "MUTATION_GAP", "Some \"rows\" are missing", NULL, TRUE, "\"lastMutation\":7");
  GBytes *body = lift_http_response_get_body (response);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) problem = lift_json_parse_object (g_bytes_get_data (body, NULL),
                                                           g_bytes_get_size (body), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lift_http_response_get_status (response), ==, 409);
  g_assert_cmpstr (lift_http_response_get_header (response, "content-type"), ==,
                   "application/problem+json");
  g_assert_cmpint (lift_json_get_int (problem, "lastMutation", 0), ==, 7);
  g_assert_true (lift_json_get_boolean (problem, "retryable", FALSE));
  g_assert_cmpstr (lift_json_get_string (problem, "title"), ==, "Some \"rows\" are missing");
  g_assert_true (json_object_get_null_member (problem, "detail"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/http/address/good", test_address_good);
  g_test_add_func ("/server/http/address/bad", test_address_bad);
  g_test_add_func ("/server/http/address/not-ours", test_address_not_ours);
  g_test_add_func ("/server/http/address/every", test_address_every);
  g_test_add_func ("/server/http/gzip/round", test_gzip_round);
  g_test_add_func ("/server/http/gzip/limit", test_gzip_limit);
  g_test_add_func ("/server/http/gzip/damaged", test_gzip_damaged);
  g_test_add_func ("/server/http/gzip/accepted", test_accepts_gzip);
  g_test_add_func ("/server/http/request", test_request);
  g_test_add_func ("/server/http/problem", test_problem);
  return g_test_run ();
}
