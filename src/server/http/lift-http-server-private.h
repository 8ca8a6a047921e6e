/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-http-server.h"
#include "lift-http-watch.h"

#include <gio/gio.h>
#include <microhttpd.h>

G_BEGIN_DECLS

/* A body over the limit is read and thrown away up to this many times the limit, because a client
 * that is still sending sees a closed connection and not the answer. */
#define LIFT_HTTP_DRAIN_FACTOR 4

/* @complaints, @streams, @active, @held and @stopping are guarded by @lock; all else is set before the start. */
struct _LiftHttpServer
{
  GObject parent_instance;

  LiftHttpHandler handler;
  gpointer user_data;
  LiftHttpLogFunc log;
  gpointer log_data;
  LiftHttpLimits limits;
  char *certificate;
  char *key;

  struct MHD_Daemon *daemon;
  GThreadPool *pool;
  LiftHttpWatch *watch;
  GString *complaints;
  GPtrArray *streams;
  char *url;
  guint16 port;

  GMutex lock;
  GCond quiet;
  guint active;
  guint64 held;
  gboolean stopping;
};

typedef struct _LiftHttpExchange LiftHttpExchange;

gboolean lift_http_server_is_stopping (LiftHttpServer *self);

/* lift-http-connections.c: what the connections share */
gboolean lift_http_server_hold (LiftHttpServer *self, gsize bytes);
void lift_http_server_release (LiftHttpServer *self, gsize bytes);
void lift_http_server_give_time (LiftHttpServer *self, struct MHD_Connection *connection, guint ms);
const char *lift_http_server_get_peer_address (struct MHD_Connection *connection);
gboolean lift_http_server_add_stream (LiftHttpServer *self, LiftHttpStream *stream);
void lift_http_server_remove_stream (LiftHttpServer *self, LiftHttpStream *stream);
void lift_http_server_end_streams (LiftHttpServer *self);
void lift_http_server_connection_cb (void *cls,
                                     struct MHD_Connection *connection,
                                     void **context,
                                     enum MHD_ConnectionNotificationCode code);

/* lift-http-daemon.c: libmicrohttpd and its options */
struct MHD_Daemon *lift_http_server_start_daemon (LiftHttpServer *self, int fd);

/* lift-http-stream.c */
struct MHD_Response *lift_http_stream_attach (LiftHttpStream *self,
                                              LiftHttpServer *server,
                                              struct MHD_Connection *connection);

/* lift-http-exchange.c: one request from its first line to the end of its answer */
void *lift_http_exchange_begin_cb (void *cls, const char *uri, struct MHD_Connection *connection);
enum MHD_Result lift_http_exchange_access_cb (void *cls,
                                              struct MHD_Connection *connection,
                                              const char *url,
                                              const char *method,
                                              const char *version,
                                              const char *data,
                                              size_t *size,
                                              void **context);
void lift_http_exchange_end_cb (void *cls,
                                struct MHD_Connection *connection,
                                void **context,
                                enum MHD_RequestTerminationCode reason);
void lift_http_exchange_work (gpointer data, gpointer user_data);

/* lift-http-head.c: reads and judges what comes before the body */
LiftHttpResponse *lift_http_head_read (LiftHttpRequest *request,
                                       struct MHD_Connection *connection,
                                       const char *version,
                                       const LiftHttpLimits *limits);

/* lift-http-send.c: the way from a LiftHttpResponse to the client */
void lift_http_pack (LiftHttpRequest *request, LiftHttpResponse *response);
enum MHD_Result lift_http_send (LiftHttpServer *server,
                                struct MHD_Connection *connection,
                                LiftHttpRequest *request,
                                LiftHttpResponse *response,
                                gboolean last);

LiftHttpResponse *lift_http_refuse_size (guint limit);

G_END_DECLS
