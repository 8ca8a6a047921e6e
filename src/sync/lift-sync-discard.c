/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-edits.h"
#include "lift-json.h"
#include "lift-losses.h"
#include "lift-page.h"
#include "lift-registry.h"
#include "lift-retry.h"
#include "lift-sync-discard-private.h"

/*
 * "Discard my change": a row goes back to what the server last said of it, and what it said here
 * goes to the journal, from where it can be restored. Nothing that may have reached the server is
 * touched: a row that is under way is refused until the server has answered, for it could be clean
 * here and different there otherwise.
 */

/*
 * lift_discard_dup_words:
 *
 * Returns: (transfer full): the type of a row and what it is called, else its id
 */
char *
lift_discard_dup_words (LiftDiscard *self, const LiftEntityInfo *info, const char *id)
{
  g_autoptr (LiftEntity) row = lift_store_writer_load (self->writer, info, id, NULL);
  g_autofree char *title = row != NULL ? lift_journal_dup_title (self->database, row, NULL) : NULL;

  return g_strdup_printf ("%s %s", info->name, title != NULL && *title != '\0' ? title : id);
}

static gboolean
set_reason (
  LiftDiscard *self, const LiftEntityInfo *info, const char *id, const char *reason, GError **error)
{
  g_autofree char *words = lift_discard_dup_words (self, info, id);

  g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE,
               /* Translators: which row, then what is the matter with it. */
               _ ("%s: %s"), words, reason);
  return FALSE;
}

/*
 * lift_discard_check_settled:
 *
 * Returns: %FALSE with an error if a row was sent and the server has not answered
 */
gboolean
lift_discard_check_settled (LiftDiscard *self,
                            const LiftEntityInfo *info,
                            const char *id,
                            GError **error)
{
  gint64 found;

  if (!lift_database_get_int (self->database, &found, error,
                              "SELECT 1 FROM flight WHERE type = ? AND id = ?", "ss", info->name,
                              id))
    return FALSE;
  return found != 1 ||
         set_reason (self, info, id,
                     _ ("it was sent, and the server has not answered yet. Sync or retry it, then "
                        "discard what is left of it"),
                     error);
}

static gboolean
keep_value (
  LiftDiscard *self, const LiftField *field, LiftEntity *before, LiftEntity *after, GError **error)
{
  g_autofree char *mine = lift_field_dup_json (field, after);
  g_autofree char *theirs = lift_field_dup_json (field, before);
  LiftJournalLine line = { .kind = LIFT_JOURNAL_DISCARDED,
                           .deed = self->deed,
                           .at = self->now,
                           .info = lift_entity_get_info (after),
                           .id = after->id,
                           .field = field->key,
                           .mine = mine,
                           .theirs = theirs,
                           .version = after->version };

  return lift_losses_write (self->database, &line, error);
}

/* What the server is known to have instead of the local values. */
static LiftEntity *
read_server_row (LiftEntity *row, LiftFieldSet *known)
{
  g_autoptr (JsonObject) base = lift_edits_parse (row->base);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  g_autoptr (LiftEntity) server = g_object_new (lift_entity_get_info (row)->gtype, NULL);

  *known = lift_entity_read_json (server, base, faults);
  return g_steal_pointer (&server);
}

static gboolean
set_unknown (LiftDiscard *self, LiftEntity *row, GError **error)
{
  return set_reason (self, lift_entity_get_info (row), row->id,
                     _ ("what the server has is not known on this computer. Sync once more, then "
                        "discard the change"),
                     error);
}

/*
 * lift_discard_fields:
 * @row: a row that the server has; changed
 * @fields: the edits to take back
 *
 * Gives fields the server's values again, and writes the row.
 */
gboolean
lift_discard_fields (LiftDiscard *self, LiftEntity *row, LiftFieldSet fields, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  g_autoptr (JsonObject) pending = lift_edits_parse (row->pending);
  g_autoptr (JsonObject) base = lift_edits_parse (row->base);
  g_autoptr (LiftEntity) before = lift_entity_copy (row);
  LiftFieldSet known;
  g_autoptr (LiftEntity) server = read_server_row (row, &known);

  if (fields & lift_edits_get_fields (pending, info) & ~known)
    return set_unknown (self, row, error);
  lift_entity_assign (row, server, fields & known);
  for (guint i = 0; i < info->n_fields; i++)
    if (fields & known & (LiftFieldSet) 1 << i)
      {
        if (!lift_field_equal (info->fields[i], before, row) &&
            !keep_value (self, info->fields[i], before, row, error))
          return FALSE;
        json_object_remove_member (pending, info->fields[i]->key);
        json_object_remove_member (base, info->fields[i]->key);
      }
  return lift_discard_write_notes (self, row, pending, base, error);
}

/*
 * lift_discard_write_notes:
 *
 * Writes a row with what is left pending of it. What the server refused was about something else.
 */
gboolean
lift_discard_write_notes (
  LiftDiscard *self, LiftEntity *row, JsonObject *pending, JsonObject *base, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  g_free (row->pending);
  row->pending = lift_edits_print (pending);
  g_free (row->base);
  row->base = row->pending != NULL ? lift_edits_print (base) : NULL;
  return lift_store_writer_save (self->writer, row, error) &&
         lift_retry_clear (self->database, info->name, row->id, error) &&
         lift_retry_release_children (self->database, info, row->id, error);
}

static gboolean
load_parent (LiftDiscard *self, LiftEntity *row, LiftEntity **parent, GError **error)
{
  const LiftField *field = lift_entity_get_info (row)->parent;
  g_autoptr (GError) local_error = NULL;

  *parent = NULL;
  if (field == NULL || lift_entity_get_parent_id (row) == NULL)
    return TRUE;
  *parent = lift_store_writer_load (self->writer, lift_registry_find (field->target),
                                    lift_entity_get_parent_id (row), &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A row cannot be there while what it is a part of is deleted: the delete of that comes first. */
static gboolean
check_has_place (LiftDiscard *self, LiftEntity *row, GError **error)
{
  g_autoptr (LiftEntity) parent = NULL;
  g_autoptr (JsonObject) pending = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *reason = NULL;

  if (!load_parent (self, row, &parent, error))
    return FALSE;
  if (parent == NULL || !lift_entity_is_deleted (parent))
    return TRUE;
  pending = lift_edits_parse (parent->pending);
  if (!json_object_has_member (pending, "deletedAt"))
    return TRUE;
  whole = lift_discard_dup_words (self, lift_entity_get_info (parent), parent->id);
  reason = g_strdup_printf (_ ("it is a part of %s, which is deleted here. Discard that first"),
                            whole);
  return set_reason (self, lift_entity_get_info (row), row->id, reason, error);
}

static gboolean
discard_edits (LiftDiscard *self, LiftEntity *row, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  g_autoptr (LiftEntity) before = lift_entity_copy (row);
  gboolean moved;

  if (!lift_discard_fields (self, row, LIFT_FIELD_SET_ALL, error))
    return FALSE;
  moved = info->parent != NULL && !lift_field_equal (info->parent, before, row);
  if (!lift_entity_is_deleted (row) && (moved || lift_entity_is_deleted (before)) &&
      !check_has_place (self, row, error))
    return FALSE;
  return before->deleted_at == row->deleted_at ||
         lift_discard_take_along (self, before, row, error);
}

static gboolean
next_deed (LiftDiscard *self, GError **error)
{
  return lift_database_get_int (self->database, &self->deed, error,
                                "SELECT coalesce (max (deed), 0) + 1 FROM conflict", "");
}

static gboolean
load (LiftDiscard *self, LiftEntity **row, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *row = lift_store_writer_load (self->writer, self->info, self->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (*row == NULL || !lift_entity_is_dirty (*row))
    return set_reason (self, self->info, self->id,
                       _ ("nothing of it waits, so there is nothing to "
                          "discard"),
                       error);
  return lift_discard_check_settled (self, self->info, self->id, error);
}

static gboolean
find_entry (LiftDiscard *self, GError **error)
{
  if (!lift_database_get_int (self->database, &self->entry, error,
                              "SELECT min (number) FROM conflict WHERE deed = ?", "i", self->deed))
    return FALSE;
  if (self->entry == LIFT_INT_NULL)
    self->entry = 0;
  return TRUE;
}

static gboolean
discard (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  LiftDiscard *self = user_data;
  g_autoptr (LiftEntity) row = NULL;
  g_autoptr (JsonObject) pending = NULL;

  self->writer = writer;
  self->database = lift_store_writer_get_database (writer);
  if (!load (self, &row, error) || !next_deed (self, error))
    return FALSE;
  pending = lift_edits_parse (row->pending);
  if (lift_edits_is_new (pending) ? !lift_discard_remove (self, row, error)
                                  : !discard_edits (self, row, error))
    return FALSE;
  return find_entry (self, error);
}

/**
 * lift_sync_discard:
 * @info: the type of the row
 * @id: the row
 * @entry: (out) (optional): an entry of the journal for [func@sync_restore_conflict], which takes
 *   the discard back; 0 if the values were the server's anyway
 *
 * Takes back what was changed in a row and is not on the server; the journal keeps it.
 *
 * - An edited row has the server's values again.
 * - A row that the server never confirmed is removed, with all that is a part of it. A row that
 *   had been moved into it goes back to where it was.
 * - A deleted row returns, and what went in the same delete; a row that had been brought back is
 *   deleted again, and what came with it.
 *
 * All in one transaction; the store's `changed` follows. Blocks; for workers.
 *
 * Returns: %FALSE with an error of %LIFT_MODEL_ERROR, and nothing is changed, if nothing of the row
 *   waits; if it (or a part of it) was sent and not answered yet; if a row that is to go is named
 *   by others; if the row would return into one that is deleted; or if the server's values are not
 *   known here
 */
gboolean
lift_sync_discard (
  LiftStore *store, const LiftEntityInfo *info, const char *id, gint64 *entry, GError **error)
{
  LiftDiscard self = { .info = info, .id = id };

  g_return_val_if_fail (LIFT_IS_STORE (store), FALSE);
  g_return_val_if_fail (info != NULL && id != NULL, FALSE);

  self.now = lift_clock_get_time (lift_store_get_clock (store));
  if (!lift_store_write_sync (store, discard, &self, error))
    return FALSE;
  if (entry != NULL)
    *entry = self.entry;
  return TRUE;
}
