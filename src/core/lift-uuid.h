/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-clock.h"

G_BEGIN_DECLS

char *lift_uuid_new (LiftClock *clock);
char *lift_uuid_normalize (const char *text);

G_END_DECLS
