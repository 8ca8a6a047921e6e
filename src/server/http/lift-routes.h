/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-clock.h"
#include "lift-http-request.h"
#include "lift-http-response.h"
#include "lift-server.h"

G_BEGIN_DECLS

typedef struct _LiftRoutes LiftRoutes;

LiftRoutes *lift_routes_new (LiftServer *server, LiftClock *clock);
void lift_routes_free (LiftRoutes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftRoutes, lift_routes_free)

LiftHttpResponse *lift_routes_handle (LiftHttpRequest *request, gpointer user_data);

G_END_DECLS
