/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-clock.h"

G_BEGIN_DECLS

#define LIFT_TYPE_VIRTUAL_CLOCK (lift_virtual_clock_get_type ())
G_DECLARE_FINAL_TYPE (LiftVirtualClock, lift_virtual_clock, LIFT, VIRTUAL_CLOCK, LiftClock)

LiftVirtualClock *lift_virtual_clock_new (gint64 time_us, guint64 seed);
void lift_virtual_clock_advance (LiftVirtualClock *self, gint64 us);
void lift_virtual_clock_jump (LiftVirtualClock *self, gint64 us);

G_END_DECLS
