/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-database.h"
#include "lift-merge.h"
#include "lift-sync-journal.h"

G_BEGIN_DECLS

/*
 * LiftJournalLine:
 * @deed: what it goes with, 0 for nothing
 *
 * An entry of the journal, to be written; as a LiftConflict otherwise.
 */
typedef struct
{
  LiftJournalKind kind;
  gint64 deed;
  gint64 at;
  const LiftEntityInfo *info;
  const char *id;
  const char *field;
  const char *mine;
  const char *theirs;
  const char *by;
  gint64 version;
} LiftJournalLine;

gboolean lift_losses_record (LiftDatabase *database,
                             const LiftEntityInfo *info,
                             const char *id,
                             GPtrArray *losses,
                             gint64 now,
                             GError **error);
gboolean lift_losses_forget (LiftDatabase *database, LiftEntity *row, GError **error);
gboolean lift_losses_forget_standing (LiftDatabase *database, LiftEntity *row, GError **error);
LiftLoss *lift_loss_from_answer (JsonObject *conflict, LiftEntity *sent_row);
gboolean lift_losses_write (LiftDatabase *database, const LiftJournalLine *line, GError **error);
gboolean lift_losses_keep_row (LiftDatabase *database,
                               LiftEntity *row,
                               LiftJournalKind kind,
                               gint64 deed,
                               gint64 now,
                               GError **error);
gboolean lift_losses_note_revived (
  LiftDatabase *database, LiftEntity *before, LiftEntity *after, gint64 now, GError **error);

G_END_DECLS
