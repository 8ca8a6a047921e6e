/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-http-response.h"

#include "lift-json.h"

struct _LiftHttpResponse
{
  guint status;
  GBytes *body;
  LiftHttpStream *stream;
  GHashTable *headers;
};

/* Header names differ in case only by accident. */
static guint
name_hash (gconstpointer name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_hash (lower);
}

static gboolean
name_equal (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (a, b) == 0;
}

/**
 * lift_http_response_new:
 * @status: 200 to 599
 * @content_type: (nullable): what @body is
 * @body: (nullable): %NULL for an answer without one
 *
 * Returns: (transfer full): an answer
 */
LiftHttpResponse *
lift_http_response_new (guint status, const char *content_type, GBytes *body)
{
  LiftHttpResponse *self;

  g_return_val_if_fail (status >= 200 && status < 600, NULL);

  self = g_new0 (LiftHttpResponse, 1);
  self->status = status;
  self->body = body != NULL ? g_bytes_ref (body) : g_bytes_new (NULL, 0);
  self->headers = g_hash_table_new_full (name_hash, name_equal, g_free, g_free);
  if (content_type != NULL)
    lift_http_response_set_header (self, "Content-Type", content_type);
  return self;
}

void
lift_http_response_free (LiftHttpResponse *self)
{
  g_bytes_unref (self->body);
  g_clear_pointer (&self->stream, lift_http_stream_unref);
  g_hash_table_unref (self->headers);
  g_free (self);
}

/**
 * lift_http_response_new_json:
 * @json: (transfer full): JSON text
 *
 * Returns: (transfer full): an answer of type application/json
 */
LiftHttpResponse *
lift_http_response_new_json (guint status, GString *json)
{
  g_autoptr (GBytes) body = g_string_free_to_bytes (json);

  return lift_http_response_new (status, "application/json", body);
}

/**
 * lift_http_response_new_stream:
 * @stream: where the body comes from as it is written
 *
 * Returns: (transfer full): an answer that lasts until @stream is ended or the client goes
 */
LiftHttpResponse *
lift_http_response_new_stream (const char *content_type, LiftHttpStream *stream)
{
  LiftHttpResponse *self = lift_http_response_new (200, content_type, NULL);

  self->stream = lift_http_stream_ref (stream);
  return self;
}

static void
append_member (GString *json, const char *key, const char *value)
{
  lift_json_append_key (json, key);
  lift_json_append_string (json, value);
}

/**
 * lift_http_response_new_problem_with:
 * @members: (nullable): more members of the object as JSON text without the braces,
 *   such as `"lastMutation":7`
 *
 * As [func@http_response_new_problem], for a code that has members of its own.
 *
 * Returns: (transfer full): the answer
 */
LiftHttpResponse *
lift_http_response_new_problem_with (guint status,
                                     const char *code,
                                     const char *title,
                                     const char *detail,
                                     gboolean retryable,
                                     const char *members)
{
  GString *json = g_string_new ("{");
  g_autoptr (GBytes) body = NULL;

  append_member (json, "type", "about:blank");
  append_member (json, "title", title);
  lift_json_append_key (json, "status");
  g_string_append_printf (json, "%u", status);
  append_member (json, "detail", detail);
  append_member (json, "code", code);
  lift_json_append_key (json, "retryable");
  g_string_append (json, retryable ? "true" : "false");
  if (members != NULL && members[0] != '\0')
    g_string_append_printf (json, ",%s", members);
  g_string_append_c (json, '}');
  body = g_string_free_to_bytes (json);
  return lift_http_response_new (status, "application/problem+json", body);
}

/**
 * lift_http_response_new_problem:
 * @status: 400 to 599
 * @code: decides what a client does, "PAYLOAD_TOO_LARGE"
 * @title: what kind of problem it is, for a reader
 * @detail: (nullable): what happened here and what to do
 * @retryable: whether the same request may succeed later
 *
 * Makes an answer of type application/problem+json (RFC 9457).
 *
 * Returns: (transfer full): the answer
 */
LiftHttpResponse *
lift_http_response_new_problem (
  guint status, const char *code, const char *title, const char *detail, gboolean retryable)
{
  return lift_http_response_new_problem_with (status, code, title, detail, retryable, NULL);
}

guint
lift_http_response_get_status (LiftHttpResponse *self)
{
  return self->status;
}

/**
 * lift_http_response_get_header:
 *
 * Returns: (nullable): the value of @name
 */
const char *
lift_http_response_get_header (LiftHttpResponse *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/**
 * lift_http_response_get_body:
 *
 * Returns: (transfer none): the body, empty if there is none
 */
GBytes *
lift_http_response_get_body (LiftHttpResponse *self)
{
  return self->body;
}

/**
 * lift_http_response_get_stream:
 *
 * Returns: (transfer none) (nullable): the stream, or %NULL for a whole answer
 */
LiftHttpStream *
lift_http_response_get_stream (LiftHttpResponse *self)
{
  return self->stream;
}

void
lift_http_response_set_body (LiftHttpResponse *self, GBytes *body)
{
  GBytes *old = self->body;

  self->body = g_bytes_ref (body);
  g_bytes_unref (old);
}

void
lift_http_response_set_header (LiftHttpResponse *self, const char *name, const char *value)
{
  g_hash_table_replace (self->headers, g_strdup (name), g_strdup (value));
}

/**
 * lift_http_response_set_retry_after:
 * @seconds: when the client should ask again
 */
void
lift_http_response_set_retry_after (LiftHttpResponse *self, guint seconds)
{
  g_autofree char *value = g_strdup_printf ("%u", seconds);

  lift_http_response_set_header (self, "Retry-After", value);
}

void
lift_http_response_foreach_header (LiftHttpResponse *self,
                                   LiftHttpHeaderFunc func,
                                   gpointer user_data)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    func (name, value, user_data);
}
