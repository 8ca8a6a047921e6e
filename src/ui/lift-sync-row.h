/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lift-sync-item.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SYNC_ROW (lift_sync_row_get_type ())
G_DECLARE_FINAL_TYPE (LiftSyncRow, lift_sync_row, LIFT, SYNC_ROW, GtkListBoxRow)

/**
 * LiftSyncRow:
 *
 * An entry of the page about the sync, with a button for each thing that can be done about it. It
 * follows its entry. Signal `act` (LiftSyncAct) when a button was pressed.
 */
GtkWidget *lift_sync_row_new (LiftSyncItem *item, gboolean compact, gint64 now);
LiftSyncItem *lift_sync_row_get_item (LiftSyncRow *self);
void lift_sync_row_set_now (LiftSyncRow *self, gint64 now);

G_END_DECLS
