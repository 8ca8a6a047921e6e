/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-clock.h"

G_BEGIN_DECLS

typedef struct _LiftLoginLimiter LiftLoginLimiter;

LiftLoginLimiter *lift_login_limiter_new (LiftClock *clock);
void lift_login_limiter_free (LiftLoginLimiter *self);
guint lift_login_limiter_begin (LiftLoginLimiter *self, const char *name, const char *address);
void lift_login_limiter_fail (LiftLoginLimiter *self, const char *name, const char *address);
void lift_login_limiter_succeed (LiftLoginLimiter *self, const char *name, const char *address);

G_END_DECLS
