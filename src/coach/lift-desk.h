/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-day.h"
#include "lift-store.h"

G_BEGIN_DECLS

#define LIFT_TYPE_DESK (lift_desk_get_type ())
G_DECLARE_FINAL_TYPE (LiftDesk, lift_desk, LIFT, DESK, GObject)

/**
 * LiftDeskCommitFunc:
 * @batch: writes that can be undone
 * @done: (nullable): what to say afterwards, with a button for undo
 *
 * Writes without waiting.
 */
typedef void (*LiftDeskCommitFunc) (LiftBatch *batch, const char *done, gpointer user_data);

/**
 * LiftDesk:
 *
 * What the coach works with: the store, who they are, their unit and their week, and the one way
 * to write. The widgets know this and not the program around them. Signal `changed` when the
 * first day of the week became another one.
 */
LiftDesk *lift_desk_new (LiftStore *store,
                         const char *coach_id,
                         const char *user_id,
                         LiftDeskCommitFunc commit,
                         gpointer user_data);
void lift_desk_set_settings (LiftDesk *self, GSettings *settings);
LiftStore *lift_desk_get_store (LiftDesk *self);
const char *lift_desk_get_coach_id (LiftDesk *self);
const char *lift_desk_get_unit (LiftDesk *self);
int lift_desk_get_first_weekday (LiftDesk *self);
LiftDay lift_desk_get_today (LiftDesk *self);
void lift_desk_take_batch (LiftDesk *self, LiftBatch *batch, const char *done);

G_END_DECLS
