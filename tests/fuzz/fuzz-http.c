/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-server.h"

#include <string.h>

#include "lift-http-address.h"
#include "lift-http-gzip.h"
#include "lift-json.h"
#include "lift-routes.h"

/*
 * A request behind libmicrohttpd: its first line is the method, the path and the query
 * (`GET /api/v1/sync/pull?limit=1`), the second who asks (k, a, l or b, or a whole header
 * Authorization), and the rest the body. Any gets an answer below 500; one that refuses is a
 * problem that can be read. The same bytes are also tried as a packed body, as the header
 * Accept-Encoding and as an address to listen on.
 */

#define LIMIT 100000

static LiftRoutes *routes;

/* Passwords are slow on purpose, and hints have threads. */
static gboolean
is_left_out (const char *path)
{
  return g_str_has_prefix (path, "/api/v1/auth/login") ||
         g_str_has_prefix (path, "/api/v1/auth/password") || g_str_has_suffix (path, "/events");
}

static void
add_query (LiftHttpRequest *request, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "&", 10);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *value = strchr (parts[i], '=');

      if (value != NULL)
        *value++ = '\0';
      lift_http_request_add_query (request, parts[i], value != NULL ? value : "");
    }
}

static LiftHttpRequest *
make_request (char *line)
{
  char *path = strchr (line, ' ');
  char *query;
  LiftHttpRequest *request;

  if (path == NULL)
    return NULL;
  *path++ = '\0';
  query = strchr (path, '?');
  if (query != NULL)
    *query++ = '\0';
  if (is_left_out (path))
    return NULL;
  request = lift_http_request_new (line, path);
  if (query != NULL)
    add_query (request, query);
  return request;
}

static void
add_user (LiftHttpRequest *request, const char *who)
{
  static const char letters[] = "kalb";
  const char *letter = who[0] != '\0' && who[1] == '\0' ? strchr (letters, who[0]) : NULL;
  g_autofree char *header = NULL;

  if (letter != NULL)
    header = g_strconcat ("Bearer ", fuzz_server_get ()->tokens[letter - letters], NULL);
  lift_http_request_add_header (request, "Authorization", header != NULL ? header : who);
}

static void
check_response (LiftHttpResponse *response)
{
  guint status = lift_http_response_get_status (response);
  GBytes *body = lift_http_response_get_body (response);
  const char *type = lift_http_response_get_header (response, "Content-Type");
  g_autoptr (JsonObject) object = NULL;

  if (status < 200 || status >= 500)
    fuzz_fail ("the server failed", body != NULL ? g_bytes_get_data (body, NULL) : NULL);
  if (status == 204 || type == NULL || !g_str_has_suffix (type, "json"))
    return;
  object = lift_json_parse_object (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  if (object == NULL || (status >= 400 && lift_json_get_string (object, "code") == NULL))
    fuzz_fail ("an answer that cannot be read", g_bytes_get_data (body, NULL));
}

static void
check_request (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  g_autoptr (LiftHttpRequest) request = lines[0] != NULL ? make_request (lines[0]) : NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (LiftHttpResponse) response = NULL;

  if (request == NULL)
    return;
  if (lines[1] != NULL)
    add_user (request, lines[1]);
  if (lines[1] != NULL && lines[2] != NULL)
    {
      body = g_bytes_new (lines[2], strlen (lines[2]));
      lift_http_request_set_body (request, body);
    }
  fuzz_server_begin ();
  if (routes == NULL)
    routes = lift_routes_new (fuzz_server_get ()->server, fuzz_server_get ()->clock);
  response = lift_routes_handle (request, routes);
  check_response (response);
  fuzz_server_end ();
}

static void
check_packing (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = lift_http_gunzip (bytes, LIMIT, &error);
  g_autoptr (GBytes) packed = lift_http_gzip (bytes);
  g_autoptr (GBytes) again = NULL;

  fuzz_assert_error (plain == NULL, error);
  if (plain != NULL && g_bytes_get_size (plain) > LIMIT)
    fuzz_fail ("more than the limit was unpacked", NULL);
  again = packed != NULL ? lift_http_gunzip (packed, size + 1, NULL) : NULL;
  if (again == NULL || !g_bytes_equal (again, bytes))
    fuzz_fail ("not unpacked as it was packed", NULL);
}

static void
check_words (const char *text)
{
  g_autoptr (GError) error = NULL;
  gboolean any;
  g_autoptr (GSocketAddress) address = lift_http_address_parse (text, &any, &error);

  fuzz_assert_error (address == NULL, error);
  lift_http_address_is_loopback (text);
  lift_http_accepts_gzip (text);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  check_request (valid);
  check_words (valid);
  check_packing (data, size);
  return 0;
}
