/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-place.h"
#include "lift-sync-manager.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SYNC_PAGE (lift_sync_page_get_type ())
G_DECLARE_FINAL_TYPE (LiftSyncPage, lift_sync_page, LIFT, SYNC_PAGE, AdwBin)

/**
 * LiftSyncPage:
 *
 * All there is to know about the sync: what needs attention and why, what is tried again and when,
 * what waits, values that lost, and what else happened, with what can be done about each. It
 * follows the store and the manager. Signals: `edit` (a [struct@Place], valid during the call) when
 * the person wants to go to a row, `acted` (a [enum@SyncAct], the entry of the journal that it was done to or
 * that keeps what was discarded, or 0) when something was done, `closed` when they go back.
 */
GtkWidget *lift_sync_page_new (LiftStore *store,
                               LiftSyncManager *manager,
                               GSettings *settings,
                               const char *user,
                               const char *const *places);

G_END_DECLS
