/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-store.h"

G_BEGIN_DECLS

#define LIFT_TYPE_WATCH (lift_watch_get_type ())
G_DECLARE_FINAL_TYPE (LiftWatch, lift_watch, LIFT, WATCH, GObject)

/**
 * LiftWatchAskFunc:
 *
 * Returns: (transfer full) (element-type LiftQuery) (nullable): what to read now; %NULL for
 *   nothing. The array owns the queries
 */
typedef GPtrArray *(*LiftWatchAskFunc) (gpointer owner);

/**
 * LiftWatchTakeFunc:
 * @answers: (element-type GPtrArray): the rows of each query, in the order of the queries
 *
 * Takes what was read, all at one moment.
 */
typedef void (*LiftWatchTakeFunc) (gpointer owner, GPtrArray *answers);

/**
 * LiftWatch:
 *
 * Reads several queries at once, off the main thread, and reads them again after each commit that
 * touches one of their types. Changes that come while it reads make one more reading, not many.
 * Main thread only.
 */
LiftWatch *
lift_watch_new (LiftStore *store, LiftWatchAskFunc ask, LiftWatchTakeFunc take, gpointer owner);
void lift_watch_reload (LiftWatch *self);
void lift_watch_stop (LiftWatch *self);
gboolean lift_watch_is_any_reading (void);

G_END_DECLS
