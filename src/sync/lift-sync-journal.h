/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-day.h"
#include "lift-store.h"

G_BEGIN_DECLS

/*
 * What people see of the sync: what waits, why, and what became of values that lost. All functions
 * block and are for workers. What they change, and what a sync writes to the journal, is followed
 * by the store's `changed`, which names the rows that it is about; what waits and what was refused
 * also changes with a push, so look again at the manager's `finished` too.
 */

/**
 * LiftWaitingChange:
 * @LIFT_WAITING_ADDED: the server has never confirmed the row
 * @LIFT_WAITING_EDITED: some of its fields differ, its return from a delete among them
 * @LIFT_WAITING_DELETED: it was deleted here
 *
 * What was done to a row that waits.
 */
typedef enum
{
  LIFT_WAITING_ADDED,
  LIFT_WAITING_EDITED,
  LIFT_WAITING_DELETED,
} LiftWaitingChange;

/**
 * LiftWaitingState:
 * @LIFT_WAITING_WAITS: goes with the next sync
 * @LIFT_WAITING_UNDER_WAY: was sent; the server has not answered yet
 * @LIFT_WAITING_RETRY: was refused, and is tried again at next_retry_at
 * @LIFT_WAITING_HELD: goes once the row that it is a part of is taken, which was refused
 * @LIFT_WAITING_NEEDS_ATTENTION: was refused, and waits for an edit or for the user
 *
 * What happens next to a row that waits.
 */
typedef enum
{
  LIFT_WAITING_WAITS,
  LIFT_WAITING_UNDER_WAY,
  LIFT_WAITING_RETRY,
  LIFT_WAITING_HELD,
  LIFT_WAITING_NEEDS_ATTENTION,
} LiftWaitingState;

/**
 * LiftWaitingRow:
 * @info: its type
 * @id: its id
 * @change: what was done to it
 * @fields: the fields that differ; none for an added row, for all of it is new
 * @since: when the oldest change was made, in microseconds; %LIFT_INT_NULL where that is not known,
 *   which is so for edits
 * @state: what happens next
 * @under_way: whether it was sent and not answered yet, whatever @state says: it cannot be
 *   discarded now
 * @faults: (element-type LiftFault): why it was refused; empty if it was not
 * @retry_count: how often it was tried again
 * @next_retry_at: when it is tried again, or %LIFT_INT_NULL
 *
 * A row with something that is not on the server.
 */
typedef struct
{
  const LiftEntityInfo *info;
  char *id;
  LiftWaitingChange change;
  LiftFieldSet fields;
  gint64 since;
  LiftWaitingState state;
  gboolean under_way;
  GPtrArray *faults;
  guint retry_count;
  gint64 next_retry_at;
} LiftWaitingRow;

void lift_waiting_row_free (LiftWaitingRow *self);
void lift_waiting_row_append_json (const LiftWaitingRow *self, GString *out);
void lift_faults_append_json (GPtrArray *faults, GString *out);
GPtrArray *lift_sync_list_waiting (LiftStore *store, GError **error);

/**
 * LiftWaitingValue:
 * @field: of which field
 * @before: (nullable): what the server has, as JSON; %NULL for a new row, or where that is not
 *   known here
 * @now: what stands here, as JSON
 *
 * A value that is not on the server.
 */
typedef struct
{
  LiftField *field;
  char *before;
  char *now;
} LiftWaitingValue;

void lift_waiting_value_free (LiftWaitingValue *self);
GPtrArray *lift_sync_list_values (LiftStore *store,
                                  const LiftEntityInfo *info,
                                  const char *id,
                                  GError **error);

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
gboolean lift_sync_discard (
  LiftStore *store, const LiftEntityInfo *info, const char *id, gint64 *entry, GError **error);

/**
 * LiftJournalKind:
 * @LIFT_JOURNAL_CONFLICT: both sides changed one field; ours stands (mine), the other value
 *   (theirs) is kept here
 * @LIFT_JOURNAL_SET_ASIDE: the access to a row ended before the row was sent (mine: the whole row,
 *   theirs: what the server had of the fields that were changed, if it had the row)
 * @LIFT_JOURNAL_DISCARDED: the user took a change back (theirs: the value that was taken back, mine:
 *   the one that stands instead; of a whole row, field `*`, mine is the row)
 * @LIFT_JOURNAL_REVIVED: told only: a row that had been deleted (mine: when) is back, since
 *   somebody (by) changed it or a part of it
 * @LIFT_JOURNAL_PULLED_ANEW: told only: the rows of an athlete differed from the server's, and were
 *   fetched again
 *
 * What an entry of the journal tells.
 */
typedef enum
{
  LIFT_JOURNAL_CONFLICT,
  LIFT_JOURNAL_SET_ASIDE,
  LIFT_JOURNAL_DISCARDED,
  LIFT_JOURNAL_REVIVED,
  LIFT_JOURNAL_PULLED_ANEW,
} LiftJournalKind;

/**
 * LiftConflict:
 * @number: which entry
 * @kind: what it tells
 * @deed: entries with the same one were written by one discard and are restored and dismissed
 *   together; 0: it stands alone
 * @at: when, in microseconds
 * @info: the type of the row
 * @id: the row
 * @field: its wire key; `*` for a whole row
 * @mine: (nullable): the value that stands, as JSON
 * @theirs: (nullable): the value that lost, as JSON
 * @by: (nullable): id of the User who wrote the other value
 * @by_name: (nullable): what that person is called, where this computer knows
 * @version: of the row, or %LIFT_INT_NULL
 * @restored: whether it was restored
 *
 * One value that lost, kept so that the user can see and restore it; or something that happened
 * and is only told ([func@conflict_is_restorable]).
 */
typedef struct
{
  gint64 number;
  LiftJournalKind kind;
  gint64 deed;
  gint64 at;
  const LiftEntityInfo *info;
  char *id;
  char *field;
  char *mine;
  char *theirs;
  char *by;
  char *by_name;
  gint64 version;
  gboolean restored;
} LiftConflict;

void lift_conflict_free (LiftConflict *self);
gboolean lift_conflict_is_restorable (const LiftConflict *self);
void lift_conflict_append_json (const LiftConflict *self, GString *out);
const char *lift_journal_kind_to_string (LiftJournalKind kind);
GPtrArray *lift_sync_list_conflicts (LiftStore *store, GError **error);
/* Writes the value that lost back into its row, as an edit of its own. */
gboolean lift_sync_restore_conflict (LiftStore *store, gint64 number, GError **error);
gboolean lift_sync_dismiss_conflict (LiftStore *store, gint64 number, GError **error);
gboolean lift_sync_recall_conflict (LiftStore *store, gint64 number, GError **error);
char *lift_sync_dup_person_name (LiftStore *store, const char *id);

/**
 * LiftDayPrinter:
 *
 * Returns: (transfer full): the day in words
 */
typedef char *(*LiftDayPrinter) (LiftDay day);

char *lift_sync_dup_title (LiftStore *store,
                           const LiftEntityInfo *info,
                           const char *id,
                           const char *json,
                           LiftDayPrinter print_day);

char *lift_sync_export_unsynced (LiftStore *store, GError **error);
gboolean lift_sync_export_unsynced_to_file (LiftStore *store, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftWaitingRow, lift_waiting_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftFailedRow, lift_failed_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftConflict, lift_conflict_free)

G_END_DECLS
