/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lift-session-editor.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SET_ROW (lift_set_row_get_type ())
G_DECLARE_FINAL_TYPE (LiftSetRow, lift_set_row, LIFT, SET_ROW, GtkBox)

/**
 * LiftSetRow:
 *
 * One set: its target, what is typed, and the button that logs it. Enter in any field logs; a
 * logged set shows what was done and can be corrected. Signal `logged` once a set that was to be
 * done is done, which is where the focus goes on.
 */
GtkWidget *lift_set_row_new (LiftSessionEditor *editor,
                             const char *exercise_name,
                             LiftMeasure measure,
                             const char *unit);
void lift_set_row_update (LiftSetRow *self, LiftWorkoutSet *item);
void lift_set_row_keep_text (LiftSetRow *self);
void lift_set_row_set_is_next (LiftSetRow *self, gboolean is_next);
void lift_set_row_set_narrow (LiftSetRow *self, gboolean narrow);
const char *lift_set_row_get_id (LiftSetRow *self);
gint64 lift_set_row_get_number (LiftSetRow *self);
gboolean lift_set_row_is_done (LiftSetRow *self);

G_END_DECLS
