/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-http-stream.h"
#include "lift-server.h"

G_BEGIN_DECLS

typedef struct _LiftEvents LiftEvents;

LiftEvents *lift_events_new (LiftServer *server, guint pulse_ms);
void lift_events_free (LiftEvents *self);
LiftHttpStream *
lift_events_add (LiftEvents *self, LiftServerUser *user, const char *token, GError **error);
guint lift_events_get_count (LiftEvents *self);

G_END_DECLS
