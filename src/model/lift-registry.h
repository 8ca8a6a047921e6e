/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

guint lift_registry_get_size (void);
const LiftEntityInfo *lift_registry_get (guint index);
const LiftEntityInfo *lift_registry_find (const char *name);
guint lift_registry_get_rank (const LiftEntityInfo *info);
void lift_registry_add (GType gtype);

G_END_DECLS
