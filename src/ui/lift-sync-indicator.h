/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-sync-manager.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SYNC_INDICATOR (lift_sync_indicator_get_type ())
G_DECLARE_FINAL_TYPE (LiftSyncIndicator, lift_sync_indicator, LIFT, SYNC_INDICATOR, AdwBin)

/**
 * LiftSyncIndicator:
 *
 * The bottom line of a window: where the data are, in words, and a button that syncs now
 * (app.sync). The words, and how much needs attention, lead to the page about it (app.sync-page).
 */
GtkWidget *lift_sync_indicator_new (LiftStore *store, LiftSyncManager *manager);

G_END_DECLS
