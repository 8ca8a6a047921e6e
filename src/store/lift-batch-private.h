/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-batch.h"

G_BEGIN_DECLS

typedef enum
{
  LIFT_WRITE_INSERT,
  LIFT_WRITE_UPDATE,
  LIFT_WRITE_DELETE,
  LIFT_WRITE_RESTORE,
} LiftWriteKind;

/* One write of a batch: @entity and @fields, or @info and @id, by its kind. */
typedef struct
{
  LiftWriteKind kind;
  LiftEntity *entity;
  LiftFieldSet fields;
  const LiftEntityInfo *info;
  char *id;
} LiftWrite;

GPtrArray *lift_batch_get_writes (LiftBatch *self);
void lift_batch_take_update (LiftBatch *self, LiftEntity *entity, LiftFieldSet fields);
void lift_batch_reverse (LiftBatch *self);

G_END_DECLS
