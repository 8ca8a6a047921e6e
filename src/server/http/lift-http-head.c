/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-clock.h"
#include "lift-http-server-private.h"
#include "lift-uuid.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TOKEN_MARKS "!#$%&'*+-.^_`|~"

typedef struct
{
  LiftHttpRequest *request;
  guint hosts;
  guint lengths;
  guint encodings;
  const char *fault;
} Scan;

static LiftHttpResponse *
refuse (const char *detail)
{
  return lift_http_response_new_problem (400, "BAD_REQUEST", _ ("This request cannot be read"),
                                         detail, FALSE);
}

LiftHttpResponse *
lift_http_refuse_size (guint limit)
{
  g_autofree char *detail = g_strdup_printf (
    _ ("A request may hold at most %u bytes. Send it in smaller parts"), limit);

  return lift_http_response_new_problem (413, "PAYLOAD_TOO_LARGE", _ ("The request is too large"),
                                         detail, FALSE);
}

static gboolean
is_token (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || strchr (TOKEN_MARKS, text[i]) == NULL))
      return FALSE;
  return length > 0;
}

static gboolean
is_text (const char *text, gsize length)
{
  return text == NULL || (strlen (text) == length && g_utf8_validate_len (text, length, NULL));
}

/* "Transfer-Encoding : chunked" is a header that libmicrohttpd does not know and that a proxy in
 * front may: names that are no tokens are refused. */
static enum MHD_Result
read_header (void *cls,
             enum MHD_ValueKind kind,
             const char *name,
             size_t name_size,
             const char *value,
             size_t value_size)
{
  Scan *scan = cls;

  if (!is_token (name, name_size))
    {
      scan->fault = _ ("The name of a header holds a character that is not allowed");
      return MHD_NO;
    }
  scan->hosts += g_ascii_strcasecmp (name, "Host") == 0;
  scan->lengths += g_ascii_strcasecmp (name, "Content-Length") == 0;
  scan->encodings += g_ascii_strcasecmp (name, "Transfer-Encoding") == 0;
  if (is_text (value, value_size))
    lift_http_request_add_header (scan->request, name, value != NULL ? value : "");
  return MHD_YES;
}

static enum MHD_Result
read_query (void *cls,
            enum MHD_ValueKind kind,
            const char *name,
            size_t name_size,
            const char *value,
            size_t value_size)
{
  Scan *scan = cls;

  if (!is_text (name, name_size) || !is_text (value, value_size))
    scan->fault = _ ("The query is not UTF-8 text");
  else if (!lift_http_request_add_query (scan->request, name, value != NULL ? value : ""))
    scan->fault = _ ("The query names a parameter twice");
  return scan->fault == NULL ? MHD_YES : MHD_NO;
}

/* Two ways to tell where a body ends are two different requests to two readers. libmicrohttpd takes
 * the first of each kind and goes on; a request like that is never an honest one. */
static const char *
find_framing_fault (const Scan *scan, const char *version)
{
  const char *length = lift_http_request_get_header (scan->request, "Content-Length");
  const char *encoding = lift_http_request_get_header (scan->request, "Transfer-Encoding");

  if (scan->hosts > 1)
    return _ ("The header Host is there twice");
  if (scan->lengths > 1)
    return _ ("The header Content-Length is there twice");
  if (scan->lengths > 0 && scan->encodings > 0)
    return _ ("Content-Length and Transfer-Encoding exclude each other");
  if (scan->lengths > 0 &&
      (length == NULL || length[0] == '\0' || strspn (length, "0123456789") != strlen (length)))
    return _ ("The header Content-Length is not a number");
  if (scan->encodings > 0 &&
      (scan->encodings > 1 || encoding == NULL || g_ascii_strcasecmp (encoding, "chunked") != 0 ||
       !g_str_equal (version, MHD_HTTP_VERSION_1_1)))
    return _ ("The only Transfer-Encoding that is understood is chunked, in HTTP/1.1");
  return NULL;
}

/* What cannot be unpacked is refused before it is read. */
static LiftHttpResponse *
judge_body (LiftHttpRequest *request, const LiftHttpLimits *limits)
{
  const char *length = lift_http_request_get_header (request, "Content-Length");
  const char *coding = lift_http_request_get_header (request, "Content-Encoding");

  if (length != NULL &&
      g_ascii_strtoull (length, NULL, 10) > (guint64) limits->body_bytes * LIFT_HTTP_DRAIN_FACTOR)
    return lift_http_refuse_size (limits->body_bytes);
  if (coding != NULL && g_ascii_strcasecmp (coding, "gzip") != 0 &&
      g_ascii_strcasecmp (coding, "x-gzip") != 0 && g_ascii_strcasecmp (coding, "identity") != 0)
    return lift_http_response_new_problem (415, "UNSUPPORTED_ENCODING",
                                           _ ("The body is packed in an unknown way"),
                                           _ ("Send it as it is, or packed with gzip"), FALSE);
  return NULL;
}

static gboolean
is_good_id (const char *id)
{
  return id != NULL && strlen (id) <= 64 && is_token (id, strlen (id));
}

static void
name_request (LiftHttpRequest *request)
{
  const char *theirs = lift_http_request_get_header (request, "X-Request-Id");
  g_autofree char *ours = is_good_id (theirs) ? g_strdup (theirs)
                                              : lift_uuid_new (lift_clock_get_system ());

  lift_http_request_set_id (request, ours);
}

/**
 * lift_http_head_read:
 * @request: filled with headers, query and id
 *
 * Returns: (transfer full) (nullable): an answer if the request is refused before its body is read;
 *   the connection must not be used again after it
 */
LiftHttpResponse *
lift_http_head_read (LiftHttpRequest *request,
                     struct MHD_Connection *connection,
                     const char *version,
                     const LiftHttpLimits *limits)
{
  Scan scan = { request };

  MHD_get_connection_values_n (connection, MHD_HEADER_KIND, read_header, &scan);
  name_request (request);
  if (scan.fault == NULL)
    scan.fault = find_framing_fault (&scan, version);
  if (scan.fault == NULL)
    MHD_get_connection_values_n (connection, MHD_GET_ARGUMENT_KIND, read_query, &scan);
  if (scan.fault == NULL && !g_utf8_validate (lift_http_request_get_path (request), -1, NULL))
    scan.fault = _ ("The path is not UTF-8 text");
  return scan.fault != NULL ? refuse (scan.fault) : judge_body (request, limits);
}
