/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-sync-journal.h"
#include "lift-sync-manager.h"
#include "lift-sync-report.h"

G_BEGIN_DECLS

/**
 * LiftSyncFigures:
 * @last_synced: %LIFT_INT_NULL if never
 *
 * What the bottom line says in words.
 */
typedef struct
{
  LiftSyncState state;
  guint pending;
  guint needs_attention;
  gint64 last_synced;
} LiftSyncFigures;

char *lift_sync_words_for_attention (guint n);
char *lift_sync_words_for_state (const LiftSyncFigures *figures, gint64 now);
char *lift_sync_words_for_now (const LiftSyncFigures *figures);
char *lift_sync_words_for_last_sync (const LiftSyncFigures *figures, gint64 now);
char *lift_sync_words_for_change (const LiftWaitingRow *row);
const char *lift_sync_words_for_progress (const LiftWaitingRow *row);
char *lift_sync_words_for_faults (const LiftWaitingRow *row);
const char *lift_sync_words_for_type (const LiftEntityInfo *info);

char *lift_sync_words_for_entry (const LiftConflict *entry);
gboolean lift_sync_words_is_something (const char *json);
char *
lift_sync_words_for_values (LiftStore *store, const LiftWaitingRow *row, const LiftSyncView *view);
char *
lift_sync_words_for_journal (LiftStore *store, const LiftConflict *entry, const LiftSyncView *view);
char *
lift_sync_words_for_part (LiftStore *store, const LiftConflict *entry, const LiftSyncView *view);

G_END_DECLS
