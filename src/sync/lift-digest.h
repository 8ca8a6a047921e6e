/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-sync-run.h"

G_BEGIN_DECLS

gboolean lift_digest_check (LiftSyncRun *run, JsonObject *digest, GError **error);

G_END_DECLS
