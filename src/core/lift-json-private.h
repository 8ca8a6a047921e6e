/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-json.h"

G_BEGIN_DECLS

/* What a look at a text found before json-glib sees it. */
typedef enum
{
  LIFT_JSON_SCAN_GOOD,
  LIFT_JSON_SCAN_BAD,
  LIFT_JSON_SCAN_TOO_DEEP,
} LiftJsonScan;

LiftJsonScan lift_json_scan (const char *data, gsize length, GArray *wide);

G_END_DECLS
