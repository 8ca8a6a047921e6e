/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-json.h"

G_BEGIN_DECLS

JsonNode *lift_json_read (const char *data, gsize length, gboolean *too_deep);

G_END_DECLS
