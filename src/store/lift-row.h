/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-database.h"

G_BEGIN_DECLS

const char *lift_row_get_columns (const LiftEntityInfo *info);
LiftEntity *lift_row_read (LiftStatement *statement, const LiftEntityInfo *info);
LiftEntity *
lift_row_load (LiftDatabase *database, const LiftEntityInfo *info, const char *id, GError **error);
gboolean lift_row_insert (LiftDatabase *database, LiftEntity *entity, GError **error);
gboolean lift_row_save (LiftDatabase *database, LiftEntity *entity, GError **error);
gboolean
lift_row_update (LiftDatabase *database, LiftEntity *entity, LiftFieldSet fields, GError **error);
gboolean lift_row_remove (LiftDatabase *database,
                          const LiftEntityInfo *info,
                          const char *id,
                          GError **error);

G_END_DECLS
