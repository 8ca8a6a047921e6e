/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIFT_TYPE_REQUEST (lift_request_get_type ())
#define LIFT_TYPE_RESPONSE (lift_response_get_type ())

/**
 * LiftChunkFunc:
 * @chunk: bytes of a successful answer as they arrive; (transfer none)
 *
 * Takes the body of an answer that has no end, such as the event stream. Called in a thread of
 * the transport: it must be quick and must not send.
 */
typedef void (*LiftChunkFunc) (GBytes *chunk, gpointer user_data);

typedef struct _LiftRequest LiftRequest;
typedef struct _LiftResponse LiftResponse;

/**
 * LiftRequest:
 * @method: `GET`, `POST` or `DELETE`
 * @path: absolute, below the server's address: `/api/v1/sync/pull`
 * @query: names and values in turn, not escaped; add with lift_request_add_query()
 * @body: (nullable): JSON text
 * @token: (nullable): the bearer token
 * @connect_seconds: how long reaching the server may take
 * @idle_seconds: how long nothing may happen once it is reached
 * @total_seconds: how long all of it may take; 0 for no end
 * @max_bytes: the longest answer accepted, unpacked
 * @repeatable: sending it twice has no other effect than once
 * @chunk_func: (nullable): takes the body of a 2xx answer instead of #LiftResponse.body
 *
 * One call to a server. Belongs to one thread at a time; the fields may be set directly.
 */
struct _LiftRequest
{
  char *method;
  char *path;
  GPtrArray *query;
  GBytes *body;
  char *token;
  guint connect_seconds;
  guint idle_seconds;
  guint total_seconds;
  gsize max_bytes;
  gboolean repeatable;
  LiftChunkFunc chunk_func;
  gpointer chunk_data;
};

/**
 * LiftResponse:
 * @status: the HTTP status
 * @content_type: (nullable): without parameters, lower case
 * @retry_after: seconds that the server asks to wait, or -1
 * @location: (nullable): where a 3xx answer points
 * @body: the unpacked body, empty if there was none; never %NULL
 *
 * What a server answered, whatever the status. It does not change.
 */
struct _LiftResponse
{
  guint status;
  char *content_type;
  gint64 retry_after;
  char *location;
  GBytes *body;
};

GType lift_request_get_type (void);
LiftRequest *lift_request_new (const char *method, const char *path);
LiftRequest *lift_request_copy (const LiftRequest *self);
void lift_request_free (LiftRequest *self);
void lift_request_add_query (LiftRequest *self, const char *name, const char *value);
const char *lift_request_get_query (const LiftRequest *self, const char *name);
void lift_request_set_body (LiftRequest *self, GBytes *body);
void lift_request_set_token (LiftRequest *self, const char *token);

GType lift_response_get_type (void);
LiftResponse *lift_response_new (guint status, const char *content_type, GBytes *body);
LiftResponse *lift_response_copy (const LiftResponse *self);
void lift_response_free (LiftResponse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftRequest, lift_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftResponse, lift_response_free)

G_END_DECLS
