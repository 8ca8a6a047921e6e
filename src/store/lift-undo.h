/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-store.h"

G_BEGIN_DECLS

#define LIFT_TYPE_UNDO (lift_undo_get_type ())
G_DECLARE_FINAL_TYPE (LiftUndo, lift_undo, LIFT, UNDO, GObject)

/**
 * LiftUndo:
 *
 * A journal of inverse writes over the store's door. Properties for actions and menus:
 * `can-undo`, `can-redo`, `undo-label`, `redo-label`. Main thread only.
 */
LiftUndo *lift_undo_new (LiftStore *store);
void lift_undo_commit_async (LiftUndo *self,
                             LiftBatch *batch,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean lift_undo_commit_finish (LiftUndo *self, GAsyncResult *result, GError **error);
void lift_undo_undo (LiftUndo *self);
void lift_undo_redo (LiftUndo *self);
void lift_undo_clear (LiftUndo *self);

G_END_DECLS
