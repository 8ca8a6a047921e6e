/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

LiftFieldSet lift_held_get_own (const LiftEntityInfo *info);
void lift_held_note_sent (LiftEntity *row, LiftFieldSet seen, const char *sent);

G_END_DECLS
