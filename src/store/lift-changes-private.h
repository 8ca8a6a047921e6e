/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-store.h"

G_BEGIN_DECLS

LiftChanges *lift_changes_new (gboolean is_local);
LiftChanges *lift_changes_new_everything (gboolean is_local);
void lift_changes_add (LiftChanges *self, const LiftEntityInfo *info, const char *id);
gboolean lift_changes_is_everything (LiftChanges *self);
gboolean lift_changes_is_empty (LiftChanges *self);
gboolean lift_changes_merge (LiftChanges *self, LiftChanges *other);

G_END_DECLS
