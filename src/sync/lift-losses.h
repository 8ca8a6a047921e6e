/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-database.h"
#include "lift-merge.h"

G_BEGIN_DECLS

gboolean lift_losses_record (LiftDatabase *database,
                             const LiftEntityInfo *info,
                             const char *id,
                             GPtrArray *losses,
                             gint64 now,
                             GError **error);
gboolean lift_losses_forget_standing (LiftDatabase *database, LiftEntity *row, GError **error);
LiftLoss *lift_loss_from_answer (JsonObject *conflict, LiftEntity *sent_row);
gboolean
lift_losses_set_aside (LiftDatabase *database, LiftEntity *row, gint64 now, GError **error);

G_END_DECLS
