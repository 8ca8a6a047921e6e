/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

char *lift_pending_new (gint64 edit);
gboolean lift_pending_has (const char *pending, const char *key);
void lift_pending_mark (LiftEntity *row, LiftEntity *before, LiftFieldSet changed, gint64 edit);

G_END_DECLS
