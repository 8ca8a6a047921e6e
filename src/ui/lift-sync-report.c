/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-sync-report.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"
#include "lift-sync-journal.h"
#include "lift-sync-words.h"

/* Reading for the page about the sync. All of it runs in a worker. */

typedef struct
{
  LiftStore *store;
  const LiftSyncView *view;
  LiftSyncReport *report;
} Reader;

/**
 * lift_sync_report_free:
 */
void
lift_sync_report_free (LiftSyncReport *self)
{
  for (guint i = 0; i < LIFT_SYNC_N_SECTIONS; i++)
    g_clear_pointer (&self->items[i], g_ptr_array_unref);
  g_free (self);
}

/* Ten thousand may wait: only those that will be shown are worth the reading of their names. */
static gboolean
has_room (Reader *reader, LiftSyncSection section)
{
  reader->report->totals[section]++;
  return reader->report->items[section]->len < reader->view->limits[section];
}

static void
add_act (LiftSyncItem *item, LiftSyncAct act, gboolean possible)
{
  if (possible)
    item->acts |= 1u << act;
}

static void
find_place (Reader *reader, LiftSyncItem *item)
{
  g_clear_pointer (&item->place, lift_place_free);
  if (item->info != NULL)
    item->place = lift_place_find (reader->store, item->info, item->id);
  add_act (item, LIFT_SYNC_ACT_EDIT,
           item->place != NULL && g_strv_contains (reader->view->places, item->place->info->name));
}

static LiftSyncSection
get_section (LiftWaitingRow *row)
{
  switch (row->state)
    {
    case LIFT_WAITING_NEEDS_ATTENTION:
      return LIFT_SYNC_ATTENTION;
    case LIFT_WAITING_RETRY:
    case LIFT_WAITING_HELD:
      return LIFT_SYNC_RETRIED;
    case LIFT_WAITING_WAITS:
    case LIFT_WAITING_UNDER_WAY:
    default:
      return LIFT_SYNC_WAITING;
    }
}

static void
add_waiting (Reader *reader, LiftWaitingRow *row)
{
  LiftSyncSection section = get_section (row);
  gboolean refused = section != LIFT_SYNC_WAITING;
  LiftSyncItem *item;

  if (!has_room (reader, section))
    return;
  item = lift_sync_item_new (row->info, row->id, 0);
  g_ptr_array_add (reader->report->items[section], item);
  item->title = lift_sync_words_for_change (row);
  item->subject = lift_sync_dup_title (reader->store, row->info, row->id, NULL,
                                       lift_format_day_full);
  item->values = lift_sync_words_for_values (reader->store, row, reader->view);
  item->text = refused ? lift_sync_words_for_faults (row)
                       : g_strdup (lift_sync_words_for_progress (row));
  item->due = row->state == LIFT_WAITING_RETRY ? row->next_retry_at : LIFT_INT_NULL;
  find_place (reader, item);
  add_act (item, LIFT_SYNC_ACT_RETRY, refused);
  add_act (item, LIFT_SYNC_ACT_DISCARD, !row->under_way);
}

static gboolean
read_waiting (Reader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows = lift_sync_list_waiting (reader->store, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    add_waiting (reader, rows->pdata[i]);
  return rows != NULL;
}

/* What one press took back is one entry, however many fields and rows it was. */
static gboolean
is_same_deed (GPtrArray *entries, guint i)
{
  const LiftConflict *entry = entries->pdata[i];
  const LiftConflict *before = i > 0 ? entries->pdata[i - 1] : NULL;

  return before != NULL && entry->deed != 0 && entry->deed == before->deed;
}

static void
append_part (Reader *reader, LiftSyncItem *item, const LiftConflict *entry)
{
  g_autofree char *words = lift_sync_words_for_part (reader->store, entry, reader->view);
  char *all;

  /* What was deleted together says so once. */
  if (*words == '\0' || (item->text != NULL && g_str_has_suffix (item->text, words)))
    return;
  all = item->text != NULL ? g_strdup_printf ("%s\n%s", item->text, words) : g_strdup (words);
  g_free (item->text);
  item->text = all;
}

static LiftSyncAct
get_restoring_act (const LiftConflict *entry)
{
  if (!g_str_equal (entry->field, "deletedAt"))
    return LIFT_SYNC_ACT_RESTORE;
  return lift_sync_words_is_something (entry->theirs) ? LIFT_SYNC_ACT_DELETE
                                                      : LIFT_SYNC_ACT_BRING_BACK;
}

static LiftSyncItem *
add_entry (Reader *reader, const LiftConflict *entry)
{
  gboolean is_conflict = entry->kind == LIFT_JOURNAL_CONFLICT;
  LiftSyncSection section = is_conflict ? LIFT_SYNC_CONFLICTS : LIFT_SYNC_NOTES;
  LiftSyncItem *item;

  if (!has_room (reader, section))
    return NULL;
  item = lift_sync_item_new (entry->info, entry->id, entry->number);
  g_ptr_array_add (reader->report->items[section], item);
  item->title = lift_sync_words_for_entry (entry);
  item->subject = lift_sync_dup_title (reader->store, entry->info, entry->id, entry->mine,
                                       lift_format_day_full);
  item->text = lift_sync_words_for_journal (reader->store, entry, reader->view);
  find_place (reader, item);
  add_act (item, get_restoring_act (entry), lift_conflict_is_restorable (entry));
  add_act (item, LIFT_SYNC_ACT_DISMISS, TRUE);
  return item;
}

static gboolean
read_journal (Reader *reader, GError **error)
{
  g_autoptr (GPtrArray) entries = lift_sync_list_conflicts (reader->store, error);
  LiftSyncItem *item = NULL;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      if (!is_same_deed (entries, i))
        item = add_entry (reader, entries->pdata[i]);
      if (item != NULL)
        append_part (reader, item, entries->pdata[i]);
    }
  return entries != NULL;
}

/**
 * lift_sync_report_read:
 * @view: for whom
 *
 * Reads what waits, what was refused and what the journal tells. Blocks; for workers.
 *
 * Returns: (transfer full) (nullable): what there is to say, or %NULL with @error set
 */
LiftSyncReport *
lift_sync_report_read (LiftStore *store, const LiftSyncView *view, GError **error)
{
  g_autoptr (LiftSyncReport) self = g_new0 (LiftSyncReport, 1);
  Reader reader = { store, view, self };

  g_return_val_if_fail (LIFT_IS_STORE (store), NULL);

  for (guint i = 0; i < LIFT_SYNC_N_SECTIONS; i++)
    self->items[i] = g_ptr_array_new_with_free_func (g_object_unref);
  if (!read_waiting (&reader, error) || !read_journal (&reader, error))
    return NULL;
  return g_steal_pointer (&self);
}
