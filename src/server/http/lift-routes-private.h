/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-events.h"
#include "lift-hash-gate.h"
#include "lift-login-limiter.h"
#include "lift-metrics.h"
#include "lift-routes.h"

G_BEGIN_DECLS

struct _LiftRoutes
{
  LiftServer *server;
  LiftLoginLimiter *limiter;
  LiftHashGate *gate;
  LiftEvents *events;
  LiftMetrics *metrics;
};

/* What a call is given: @user and @token where the route asks for a user, @body where it reads one. */
typedef struct
{
  LiftRoutes *routes;
  LiftServer *server;
  LiftHttpRequest *request;
  LiftServerUser *user;
  const char *token;
  JsonObject *body;
} LiftCall;

/* Returns the answer, or NULL with an error that becomes one. */
typedef LiftHttpResponse *(*LiftCallFunc) (LiftCall *call, GError **error);

LiftHttpResponse *lift_route_answer (guint status, GString *json);
LiftHttpResponse *lift_route_done (gboolean done);
const char *lift_route_need_text (LiftCall *call, const char *key, GError **error);

/* lift-routes-watch.c */
LiftHttpResponse *lift_route_health (LiftCall *call, GError **error);
LiftHttpResponse *lift_route_ready (LiftCall *call, GError **error);
LiftHttpResponse *lift_route_metrics (LiftCall *call, GError **error);
LiftHttpResponse *lift_route_events (LiftCall *call, GError **error);

/* lift-routes-account.c */
LiftHttpResponse *lift_route_login (LiftCall *call, GError **error);
LiftHttpResponse *lift_route_refresh (LiftCall *call, GError **error);
LiftHttpResponse *lift_route_logout (LiftCall *call, GError **error);
LiftHttpResponse *lift_route_register (LiftCall *call, GError **error);
LiftHttpResponse *lift_route_password (LiftCall *call, GError **error);
LiftHttpResponse *lift_route_invite (LiftCall *call, GError **error);
LiftHttpResponse *lift_route_export (LiftCall *call, GError **error);
LiftHttpResponse *lift_route_delete (LiftCall *call, GError **error);

G_END_DECLS
