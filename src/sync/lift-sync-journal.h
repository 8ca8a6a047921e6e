/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-store.h"

G_BEGIN_DECLS

/**
 * LiftFailedRow:
 *
 * A row that the server refused: why, how often, and when it is tried again
 * (%LIFT_INT_NULL: it waits for an edit or for the user).
 */
typedef struct
{
  const LiftEntityInfo *info;
  char *id;
  GPtrArray *faults; /* LiftFault */
  guint retry_count;
  gint64 next_retry_at;
} LiftFailedRow;

/* Where the next pull goes on (%NULL: from the start), for those who look from outside. */
char *lift_sync_dup_cursor (LiftStore *store, GError **error);

void lift_failed_row_free (LiftFailedRow *self);
GPtrArray *lift_sync_list_failed (LiftStore *store, GError **error);
/* Makes one row (or every row, @info %NULL) due now. */
gboolean
lift_sync_retry_now (LiftStore *store, const LiftEntityInfo *info, const char *id, GError **error);

/**
 * LiftConflict:
 *
 * One value that lost, kept so that the user can see and restore it. Texts are JSON values.
 */
typedef struct
{
  gint64 number;
  gint64 at;
  const LiftEntityInfo *info;
  char *id;
  char *field;
  char *mine;
  char *theirs;
  char *by;
  gint64 version;
  gboolean restored;
} LiftConflict;

void lift_conflict_free (LiftConflict *self);
GPtrArray *lift_sync_list_conflicts (LiftStore *store, GError **error);
/* Writes the value that lost back into its row, as an edit of its own. */
gboolean lift_sync_restore_conflict (LiftStore *store, gint64 number, GError **error);
gboolean lift_sync_dismiss_conflict (LiftStore *store, gint64 number, GError **error);

G_END_DECLS
