/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * LiftSyncLock:
 *
 * Held by the one that syncs a store, among all processes of this computer.
 */
typedef struct _LiftSyncLock LiftSyncLock;

LiftSyncLock *lift_sync_lock_take (const char *store_path, GError **error);
void lift_sync_lock_release (LiftSyncLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftSyncLock, lift_sync_lock_release)

G_END_DECLS
