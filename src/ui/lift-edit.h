/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-batch.h"

G_BEGIN_DECLS

LiftFieldSet
lift_edit_fields (LiftEntity *entity, const char *first_key, ...) G_GNUC_NULL_TERMINATED;
void lift_edit_add (LiftBatch *batch, LiftEntity *entity, const char *first_property, ...)
  G_GNUC_NULL_TERMINATED;

G_END_DECLS
