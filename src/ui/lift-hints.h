/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-api.h"

G_BEGIN_DECLS

#define LIFT_TYPE_HINTS (lift_hints_get_type ())
G_DECLARE_FINAL_TYPE (LiftHints, lift_hints, LIFT, HINTS, GObject)

/**
 * LiftHints:
 *
 * Listens to the server for news in a thread of its own, comes back by itself after a break, and
 * emits `hint` on the main context. Servers without an event stream are left alone.
 */
LiftHints *lift_hints_new (LiftApi *api);
void lift_hints_start (LiftHints *self);
void lift_hints_stop (LiftHints *self);

G_END_DECLS
