/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LiftHttpWatch LiftHttpWatch;
typedef struct _LiftHttpPeer LiftHttpPeer;

LiftHttpWatch *lift_http_watch_new (guint shortest_ms);
void lift_http_watch_free (LiftHttpWatch *self);
LiftHttpPeer *lift_http_watch_add (LiftHttpWatch *self, int fd, const char *address, guint ms);
void lift_http_watch_set (LiftHttpWatch *self, LiftHttpPeer *peer, guint ms);
void lift_http_watch_remove (LiftHttpWatch *self, LiftHttpPeer *peer);
const char *lift_http_peer_get_address (LiftHttpPeer *peer);

G_END_DECLS
