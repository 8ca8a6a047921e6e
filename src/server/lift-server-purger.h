/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-server.h"

G_BEGIN_DECLS

typedef struct _LiftServerPurger LiftServerPurger;

LiftServerPurger *lift_server_purger_start (LiftServer *server);
void lift_server_purger_stop (LiftServerPurger *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftServerPurger, lift_server_purger_stop)

G_END_DECLS
