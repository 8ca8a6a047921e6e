/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-http-request.h"

struct _LiftHttpRequest
{
  char *method;
  char *path;
  char *peer;
  char *id;
  GBytes *body;
  GHashTable *query;
  GHashTable *headers;
};

/**
 * lift_http_request_new:
 * @method: as sent, "GET"
 * @path: without the query, escapes resolved
 *
 * Returns: (transfer full): a request without query, headers and body, from nobody
 */
LiftHttpRequest *
lift_http_request_new (const char *method, const char *path)
{
  LiftHttpRequest *self = g_new0 (LiftHttpRequest, 1);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->peer = g_strdup ("");
  self->id = g_strdup ("");
  self->body = g_bytes_new (NULL, 0);
  self->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
lift_http_request_free (LiftHttpRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->peer);
  g_free (self->id);
  g_bytes_unref (self->body);
  g_hash_table_unref (self->query);
  g_hash_table_unref (self->headers);
  g_free (self);
}

const char *
lift_http_request_get_method (LiftHttpRequest *self)
{
  return self->method;
}

const char *
lift_http_request_get_path (LiftHttpRequest *self)
{
  return self->path;
}

/**
 * lift_http_request_get_query:
 *
 * Returns: (nullable): the value of the query parameter @name, empty if it has none, or %NULL if
 *   it is not there
 */
const char *
lift_http_request_get_query (LiftHttpRequest *self, const char *name)
{
  return g_hash_table_lookup (self->query, name);
}

/**
 * lift_http_request_get_header:
 * @name: in any case
 *
 * Returns: (nullable): the value; that of a repeated header is joined with commas
 */
const char *
lift_http_request_get_header (LiftHttpRequest *self, const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->headers, key);
}

/**
 * lift_http_request_get_peer:
 *
 * Returns: the numeric address that the request came from, without its port
 */
const char *
lift_http_request_get_peer (LiftHttpRequest *self)
{
  return self->peer;
}

/**
 * lift_http_request_get_id:
 *
 * Returns: what this request is called in the log and in the header X-Request-Id of its answer
 */
const char *
lift_http_request_get_id (LiftHttpRequest *self)
{
  return self->id;
}

/**
 * lift_http_request_get_body:
 *
 * Returns: (transfer none): the body, unpacked; empty if there is none
 */
GBytes *
lift_http_request_get_body (LiftHttpRequest *self)
{
  return self->body;
}

/**
 * lift_http_request_add_query:
 *
 * Returns: %FALSE if there already is a parameter @name: which of two counts is a guess
 */
gboolean
lift_http_request_add_query (LiftHttpRequest *self, const char *name, const char *value)
{
  return g_hash_table_insert (self->query, g_strdup (name), g_strdup (value));
}

void
lift_http_request_add_header (LiftHttpRequest *self, const char *name, const char *value)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (self->headers, key);
  char *all = before != NULL ? g_strconcat (before, ", ", value, NULL) : g_strdup (value);

  g_hash_table_replace (self->headers, g_steal_pointer (&key), all);
}

void
lift_http_request_set_peer (LiftHttpRequest *self, const char *address)
{
  g_free (self->peer);
  self->peer = g_strdup (address);
}

void
lift_http_request_set_id (LiftHttpRequest *self, const char *id)
{
  g_free (self->id);
  self->id = g_strdup (id);
}

void
lift_http_request_set_body (LiftHttpRequest *self, GBytes *body)
{
  GBytes *old = self->body;

  self->body = g_bytes_ref (body);
  g_bytes_unref (old);
}
