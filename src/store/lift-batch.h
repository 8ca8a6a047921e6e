/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_BATCH (lift_batch_get_type ())

/**
 * LiftBatch:
 *
 * Writes that are made together or not at all, with a label for the undo menu ("Add Set").
 * A boxed type that is filled by one thread and then handed to the store.
 */
typedef struct _LiftBatch LiftBatch;

GType lift_batch_get_type (void);
LiftBatch *lift_batch_new (const char *label);
LiftBatch *lift_batch_ref (LiftBatch *self);
void lift_batch_unref (LiftBatch *self);
const char *lift_batch_get_label (LiftBatch *self);
gboolean lift_batch_is_empty (LiftBatch *self);

void lift_batch_insert (LiftBatch *self, LiftEntity *entity);
void lift_batch_update (LiftBatch *self, LiftEntity *entity, LiftFieldSet fields);
void lift_batch_delete (LiftBatch *self, const LiftEntityInfo *info, const char *id);
void lift_batch_restore (LiftBatch *self, const LiftEntityInfo *info, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftBatch, lift_batch_unref)

G_END_DECLS
