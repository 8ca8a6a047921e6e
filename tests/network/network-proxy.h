/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A bad network on loopback: passes bytes between clients and one server, in threads of its own. */
typedef struct _NetworkProxy NetworkProxy;

typedef enum
{
  NETWORK_REQUEST,
  NETWORK_ANSWER,
} NetworkWay;

/* What happens to both sides where a fault strikes. */
typedef enum
{
  NETWORK_RESET,
  NETWORK_CLOSE,
  NETWORK_SILENCE,
} NetworkEnd;

/* Makes another answer of the server's. The answer may be empty; the connection is closed behind
 * it unless @keeps. */
typedef GBytes *(*NetworkRewrite) (const char *head, GBytes *body, gpointer user_data);

/**
 * NetworkFault:
 * @path: (nullable): only requests for it; %NULL for all
 * @way: which bytes are counted
 * @at: how many of them pass before @end; negative: all
 * @step: how many bytes of an answer's body pass at once; 0 for all as they come
 * @delay_us: before each step; without steps also before what comes of a request
 * @rewrite: (nullable): what answers are replaced with
 * @keeps: the connection stays open behind a rewritten answer
 */
typedef struct
{
  const char *path;
  NetworkWay way;
  gint64 at;
  NetworkEnd end;
  guint step;
  guint delay_us;
  NetworkRewrite rewrite;
  gpointer user_data;
  gboolean keeps;
} NetworkFault;

NetworkProxy *network_proxy_new (guint16 port);
void network_proxy_free (NetworkProxy *self);
guint16 network_proxy_get_port (NetworkProxy *self);
/* From the next request on. %NULL heals; connections stay as they are. Counting begins anew. */
void network_proxy_set_fault (NetworkProxy *self, const NetworkFault *fault);
/* Since the fault was set: how often it struck, and how many requests came. */
guint network_proxy_get_struck (NetworkProxy *self);
guint network_proxy_get_requests (NetworkProxy *self);
/* How many bytes the head of the last answer had that the fault was for. */
guint network_proxy_get_head (NetworkProxy *self);

G_END_DECLS
