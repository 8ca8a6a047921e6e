/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-rows.h"

G_BEGIN_DECLS

#define BENCH_DEVICE "0190aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee"
#define BENCH_BATCH 500

/* Rows of one athlete as they stand in the bodies of pushes, 500 in each, without any storage
 * behind them. @mutation is the last number that was used and is moved on. */
GPtrArray *bench_wire_make_frame (BenchRows *rows, guint n_exercises, gint64 *mutation);
GPtrArray *bench_wire_make_sets (BenchRows *rows, guint n, gint64 *mutation);

G_END_DECLS
