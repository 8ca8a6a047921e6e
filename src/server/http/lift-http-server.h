/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-http-error.h"
#include "lift-http-request.h"
#include "lift-http-response.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LiftHttpLimits:
 * @connections: open at once; more wait in the system's queue
 * @connections_per_address: of one client address; more are closed at once
 * @workers: requests handled at once
 * @queue: requests that may wait for a worker; more are answered 503
 * @header_bytes: request line and headers; more are answered 431
 * @body_bytes: of one body, both as sent and unpacked; more are answered 413
 * @body_bytes_all: of all bodies held at once; more are answered 503
 * @idle_s: how long a connection may be silent
 * @head_ms: for a request's line and headers to come
 * @body_ms: for its body to come
 * @answer_ms: for the client to read the answer
 * @stop_ms: how long a stop waits for answers to be read
 *
 * What one client, and all clients together, may take from the server.
 */
typedef struct
{
  guint connections;
  guint connections_per_address;
  guint workers;
  guint queue;
  guint header_bytes;
  guint body_bytes;
  guint body_bytes_all;
  guint idle_s;
  guint head_ms;
  guint body_ms;
  guint answer_ms;
  guint stop_ms;
} LiftHttpLimits;

/**
 * LiftHttpHandler:
 * @request: one whole request; HEAD comes as it is, and the server drops the body of its answer
 *
 * Answers a request. Called in a worker thread, several at once; it may block.
 *
 * Returns: (transfer full): the answer
 */
typedef LiftHttpResponse *(*LiftHttpHandler) (LiftHttpRequest *request, gpointer user_data);

/**
 * LiftHttpLogFunc:
 * @status: of the answer, or 0 if the client was gone or was cut before there was one
 * @us: from the request line to the last byte of the answer
 *
 * Called once a request is over, in the server's thread; it must not block.
 */
typedef void (*LiftHttpLogFunc) (LiftHttpRequest *request,
                                 guint status,
                                 gint64 us,
                                 gpointer user_data);

#define LIFT_TYPE_HTTP_SERVER (lift_http_server_get_type ())
G_DECLARE_FINAL_TYPE (LiftHttpServer, lift_http_server, LIFT, HTTP_SERVER, GObject)

void lift_http_limits_init (LiftHttpLimits *limits);

LiftHttpServer *lift_http_server_new (LiftHttpHandler handler, gpointer user_data);
void lift_http_server_set_limits (LiftHttpServer *self, const LiftHttpLimits *limits);
void lift_http_server_set_tls (LiftHttpServer *self, const char *certificate, const char *key);
void lift_http_server_set_log (LiftHttpServer *self, LiftHttpLogFunc func, gpointer user_data);
gboolean lift_http_server_start (LiftHttpServer *self, const char *listen, GError **error);
guint16 lift_http_server_get_port (LiftHttpServer *self);
char *lift_http_server_dup_url (LiftHttpServer *self);
void lift_http_server_stop (LiftHttpServer *self);

G_END_DECLS
