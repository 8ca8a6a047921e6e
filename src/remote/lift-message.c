/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-message.h"

#include <string.h>

/* A phone on a bad mobile network needs seconds to reach a server; a large first page, minutes. */
#define CONNECT_SECONDS 15
#define IDLE_SECONDS 30
#define TOTAL_SECONDS 300
#define MAX_BYTES (32 * 1024 * 1024)

G_DEFINE_BOXED_TYPE (LiftRequest, lift_request, lift_request_copy, lift_request_free)
G_DEFINE_BOXED_TYPE (LiftResponse, lift_response, lift_response_copy, lift_response_free)

/**
 * lift_request_new:
 * @method: `GET`, `POST` or `DELETE`
 * @path: absolute path below the server's address
 *
 * Makes a request with the usual time-outs (15 s to connect, 30 s without progress, 5 minutes in
 * all) and at most 32 MiB of answer. A `GET` is repeatable, anything else not.
 *
 * Returns: (transfer full): a request, to be freed with lift_request_free()
 */
LiftRequest *
lift_request_new (const char *method, const char *path)
{
  LiftRequest *self = g_new0 (LiftRequest, 1);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->query = g_ptr_array_new_with_free_func (g_free);
  self->connect_seconds = CONNECT_SECONDS;
  self->idle_seconds = IDLE_SECONDS;
  self->total_seconds = TOTAL_SECONDS;
  self->max_bytes = MAX_BYTES;
  self->repeatable = g_str_equal (method, "GET");
  return self;
}

static gpointer
copy_text (gconstpointer text, gpointer user_data)
{
  return g_strdup (text);
}

/**
 * lift_request_copy:
 *
 * Returns: (transfer full): a copy that shares only the bytes of the body
 */
LiftRequest *
lift_request_copy (const LiftRequest *self)
{
  LiftRequest *copy = g_memdup2 (self, sizeof *self);

  copy->method = g_strdup (self->method);
  copy->path = g_strdup (self->path);
  copy->query = g_ptr_array_copy (self->query, copy_text, NULL);
  copy->body = self->body != NULL ? g_bytes_ref (self->body) : NULL;
  copy->token = g_strdup (self->token);
  return copy;
}

/**
 * lift_request_free:
 */
void
lift_request_free (LiftRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_ptr_array_unref (self->query);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->token);
  g_free (self);
}

/**
 * lift_request_add_query:
 * @value: (nullable): not escaped; %NULL adds nothing
 *
 * Adds a parameter.
 */
void
lift_request_add_query (LiftRequest *self, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_ptr_array_add (self->query, g_strdup (name));
  g_ptr_array_add (self->query, g_strdup (value));
}

/**
 * lift_request_get_query:
 *
 * Returns: (nullable): the value of a parameter, for a transport that calls a server directly
 */
const char *
lift_request_get_query (const LiftRequest *self, const char *name)
{
  for (guint i = 0; i + 1 < self->query->len; i += 2)
    if (g_str_equal (self->query->pdata[i], name))
      return self->query->pdata[i + 1];
  return NULL;
}

/**
 * lift_request_set_body:
 * @body: (nullable): JSON text
 */
void
lift_request_set_body (LiftRequest *self, GBytes *body)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = body != NULL ? g_bytes_ref (body) : NULL;
}

/**
 * lift_request_set_token:
 * @token: (nullable): the bearer token
 */
void
lift_request_set_token (LiftRequest *self, const char *token)
{
  g_free (self->token);
  self->token = g_strdup (token);
}

static char *
bare_content_type (const char *content_type)
{
  g_autofree char *bare = NULL;

  if (content_type == NULL)
    return NULL;
  bare = g_ascii_strdown (content_type, strcspn (content_type, ";"));
  return g_strdup (g_strstrip (bare));
}

/**
 * lift_response_new:
 * @status: an HTTP status
 * @content_type: (nullable): as in the header, parameters and all
 * @body: (nullable): the unpacked body
 *
 * Returns: (transfer full): an answer that asks for no waiting; transports set the rest
 */
LiftResponse *
lift_response_new (guint status, const char *content_type, GBytes *body)
{
  LiftResponse *self = g_new0 (LiftResponse, 1);

  self->status = status;
  self->content_type = bare_content_type (content_type);
  self->retry_after = -1;
  self->body = body != NULL ? g_bytes_ref (body) : g_bytes_new (NULL, 0);
  return self;
}

/**
 * lift_response_copy:
 *
 * Returns: (transfer full): a copy that shares only the bytes of the body
 */
LiftResponse *
lift_response_copy (const LiftResponse *self)
{
  LiftResponse *copy = g_memdup2 (self, sizeof *self);

  copy->content_type = g_strdup (self->content_type);
  copy->location = g_strdup (self->location);
  copy->body = g_bytes_ref (self->body);
  return copy;
}

/**
 * lift_response_free:
 */
void
lift_response_free (LiftResponse *self)
{
  g_free (self->content_type);
  g_free (self->location);
  g_bytes_unref (self->body);
  g_free (self);
}
