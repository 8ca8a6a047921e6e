/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-sync-journal-private.h"

G_BEGIN_DECLS

/*
 * LiftDiscard:
 * @deed: what the entries in the journal have in common
 * @entry: the first of them
 *
 * A discard on its way.
 */
typedef struct
{
  const LiftEntityInfo *info;
  const char *id;
  gint64 now;

  LiftStoreWriter *writer;
  LiftDatabase *database;
  gint64 deed;
  gint64 entry;
} LiftDiscard;

char *lift_discard_dup_words (LiftDiscard *self, const LiftEntityInfo *info, const char *id);
gboolean lift_discard_check_settled (LiftDiscard *self,
                                     const LiftEntityInfo *info,
                                     const char *id,
                                     GError **error);
gboolean
lift_discard_fields (LiftDiscard *self, LiftEntity *row, LiftFieldSet fields, GError **error);
gboolean lift_discard_write_notes (
  LiftDiscard *self, LiftEntity *row, JsonObject *pending, JsonObject *base, GError **error);
gboolean lift_discard_remove (LiftDiscard *self, LiftEntity *row, GError **error);
gboolean
lift_discard_take_along (LiftDiscard *self, LiftEntity *before, LiftEntity *after, GError **error);

G_END_DECLS
