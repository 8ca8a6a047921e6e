/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-sync-item.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SYNC_GROUP (lift_sync_group_get_type ())
G_DECLARE_FINAL_TYPE (LiftSyncGroup, lift_sync_group, LIFT, SYNC_GROUP, AdwBin)

/**
 * LiftSyncGroup:
 *
 * A section of the page about the sync; it hides itself where there is nothing to show. Signals:
 * `act` (LiftSyncItem, LiftSyncAct), `act-on-all` when all entries are to be tried again, `more`
 * when the person wants to see more entries, and `focus-lost` when the entry with the focus goes and
 * none is left that could have it.
 */
GtkWidget *lift_sync_group_new (LiftSyncSection section);
void lift_sync_group_update (LiftSyncGroup *self, GPtrArray *items, guint total, gint64 now);
void lift_sync_group_set_now (LiftSyncGroup *self, gint64 now);

G_END_DECLS
