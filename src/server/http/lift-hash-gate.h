/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LiftHashGate LiftHashGate;

LiftHashGate *lift_hash_gate_new (guint at_once, guint waiting);
void lift_hash_gate_free (LiftHashGate *self);
gboolean lift_hash_gate_enter (LiftHashGate *self);
void lift_hash_gate_leave (LiftHashGate *self);

G_END_DECLS
