/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-losses.h"

#include "lift-edits.h"
#include "lift-instant.h"
#include "lift-json.h"
#include "lift-registry.h"

/* The writing side of the journal. Losses of a merge are of the kind `conflict`, which is what the
 * table takes an entry for that names none. */

/* A loss may be told twice, by a pull and by the answer to a push: it is written once, and not
 * again after the user has dealt with it. */
static gboolean
record_one (LiftDatabase *database,
            const LiftEntityInfo *info,
            const char *id,
            const LiftLoss *loss,
            gint64 now,
            GError **error)
{
  return lift_database_run (
    database, error,
    "INSERT INTO conflict (at, type, id, field, mine, theirs, by_user, version) "
    "SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM conflict WHERE type = ? AND "
    "id = ? AND field = ? AND theirs IS ? AND version IS ? AND kind = 'conflict')",
    "issssssissssi", now, info->name, id, loss->field->key, loss->mine, loss->theirs, loss->by,
    loss->version, info->name, id, loss->field->key, loss->theirs, loss->version);
}

/*
 * lift_losses_record:
 * @losses: (element-type LiftLoss): the server's values that a row's local edits hide
 */
gboolean
lift_losses_record (LiftDatabase *database,
                    const LiftEntityInfo *info,
                    const char *id,
                    GPtrArray *losses,
                    gint64 now,
                    GError **error)
{
  for (guint i = 0; i < losses->len; i++)
    if (!record_one (database, info, id, g_ptr_array_index (losses, i), now, error))
      return FALSE;
  return TRUE;
}

static GPtrArray *
list_journal_fields (LiftDatabase *database, LiftEntity *row, GError **error)
{
  LiftStatement *statement = lift_database_query (
    database, error,
    "SELECT DISTINCT field FROM conflict WHERE type = ? AND id = ? AND restored = 0 AND "
    "kind = 'conflict'",
    "ss", lift_entity_get_info (row)->name, row->id);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GError) local_error = NULL;

  while (statement != NULL && lift_statement_next (statement, &local_error))
    {
      LiftField *field = lift_entity_info_find (lift_entity_get_info (row),
                                                lift_statement_get_text (statement, 0));

      if (field != NULL)
        g_ptr_array_add (fields, field);
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (statement != NULL)
    return g_steal_pointer (&fields);
  return NULL;
}

static gboolean
forget (LiftDatabase *database, LiftEntity *row, gboolean all, GError **error)
{
  g_autoptr (GPtrArray) fields = list_journal_fields (database, row, error);
  g_autoptr (JsonObject) pending = lift_edits_parse (row->pending);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const LiftField *field = g_ptr_array_index (fields, i);
      g_autofree char *value = lift_field_dup_json (field, row);

      if (!json_object_has_member (pending, field->key) &&
          !lift_database_run (database, error,
                              "DELETE FROM conflict WHERE type = ? AND id = ? AND field = ? AND "
                              "(? OR theirs = ?) AND restored = 0 AND kind = 'conflict'",
                              "sssis", lift_entity_get_info (row)->name, row->id, field->key,
                              (gint64) all, value))
        return FALSE;
    }
  return fields != NULL;
}

/*
 * lift_losses_forget_standing:
 * @row: a row as the server has acknowledged it
 *
 * An entry whose value is the one that stands is no loss: our edit had been applied before the
 * other one was made, only its answer was lost. Takes such entries out.
 */
gboolean
lift_losses_forget_standing (LiftDatabase *database, LiftEntity *row, GError **error)
{
  return forget (database, row, FALSE, error);
}

/*
 * lift_losses_forget:
 * @row: a row as the server has acknowledged it
 *
 * Takes out all entries of fields that hold what the server has: those were never hidden.
 */
gboolean
lift_losses_forget (LiftDatabase *database, LiftEntity *row, GError **error)
{
  return forget (database, row, TRUE, error);
}

/*
 * lift_loss_from_answer:
 * @conflict: an element of `conflicts` in the answer to a push
 * @sent_row: the row that was pushed
 *
 * Returns: (transfer full) (nullable): the loss; %NULL for a field that this version does not know
 */
LiftLoss *
lift_loss_from_answer (JsonObject *conflict, LiftEntity *sent_row)
{
  const LiftEntityInfo *info = lift_entity_get_info (sent_row);
  const char *key = lift_json_get_string (conflict, "field");
  LiftField *field = key != NULL ? lift_entity_info_find (info, key) : NULL;
  JsonNode *theirs = json_object_get_member (conflict, "theirs");
  g_autoptr (LiftEntity) scratch = NULL;
  LiftLoss *loss;

  if (field == NULL || theirs == NULL)
    return NULL;
  scratch = g_object_new (info->gtype, NULL);
  if (lift_field_read_json (field, scratch, theirs) != LIFT_FAULT_NONE)
    return NULL;
  loss = g_new0 (LiftLoss, 1);
  loss->field = field;
  loss->mine = lift_field_dup_json (field, sent_row);
  loss->theirs = lift_field_dup_json (field, scratch);
  loss->by = g_strdup (lift_json_get_string (conflict, "by"));
  loss->version = lift_json_get_int (conflict, "version", LIFT_INT_NULL);
  return loss;
}

/*
 * lift_losses_write:
 *
 * Writes an entry that is no loss of a merge.
 */
gboolean
lift_losses_write (LiftDatabase *database, const LiftJournalLine *line, GError **error)
{
  return lift_database_run (
    database, error,
    "INSERT INTO conflict (at, type, id, field, mine, theirs, by_user, version, kind, deed) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "issssssisi", line->at, line->info->name, line->id, line->field, line->mine, line->theirs,
    line->by, line->version, lift_journal_kind_to_string (line->kind),
    line->deed > 0 ? line->deed : LIFT_INT_NULL);
}

/*
 * lift_losses_keep_row:
 * @row: a row with local edits that is about to be removed
 * @kind: why
 * @deed: what it goes with, 0 for nothing
 *
 * Keeps the whole row under the field `*`, and with it what the server had of the fields that were
 * changed (nothing of a row that it never confirmed).
 */
gboolean
lift_losses_keep_row (LiftDatabase *database,
                      LiftEntity *row,
                      LiftJournalKind kind,
                      gint64 deed,
                      gint64 now,
                      GError **error)
{
  g_autoptr (JsonObject) pending = lift_edits_parse (row->pending);
  g_autoptr (GString) mine = g_string_new (NULL);
  LiftJournalLine line = { kind, deed, now, lift_entity_get_info (row), row->id, LIFT_EDITS_NEW };

  lift_entity_write_json (row, mine, LIFT_FIELD_SET_ALL);
  line.mine = mine->str;
  line.theirs = lift_edits_is_new (pending) ? NULL : row->base;
  line.version = row->version;
  return lift_losses_write (database, &line, error);
}

/* A delete covers many rows, which come back together: the one that all others are a part of is
 * told, whatever order they come in. */
static gboolean
find_told (LiftDatabase *database, const char *deleted, gint64 *number, guint *rank, GError **error)
{
  g_autofree char *type = NULL;

  if (!lift_database_get_int (database, number, error,
                              "SELECT number FROM conflict WHERE kind = 'revived' AND mine = ? AND "
                              "dismissed = 0",
                              "s", deleted))
    return FALSE;
  if (*number == LIFT_INT_NULL)
    return TRUE;
  type = lift_database_dup_text (database, error, "SELECT type FROM conflict WHERE number = ?", "i",
                                 *number);
  *rank = type != NULL && lift_registry_find (type) != NULL
            ? lift_registry_get_rank (lift_registry_find (type))
            : 0;
  return type != NULL;
}

static char *
print_deleted (LiftEntity *row)
{
  g_autofree char *instant = lift_instant_format (row->deleted_at);

  return g_strdup_printf ("\"%s\"", instant);
}

/*
 * lift_losses_note_revived:
 * @before: a row that was deleted, and is as the server had it
 * @after: the same row as the server has it now
 *
 * Tells that somebody else's edit brought back what had been deleted.
 */
gboolean
lift_losses_note_revived (
  LiftDatabase *database, LiftEntity *before, LiftEntity *after, gint64 now, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (after);
  g_autofree char *deleted = print_deleted (before);
  LiftJournalLine line = { LIFT_JOURNAL_REVIVED, 0, now, info, after->id, "deletedAt" };
  gint64 number;
  guint rank = 0;

  if (g_strcmp0 (before->updated_by, after->updated_by) == 0)
    return TRUE;
  if (!find_told (database, deleted, &number, &rank, error))
    return FALSE;
  line.mine = deleted;
  line.theirs = "null";
  line.by = after->updated_by;
  line.version = after->version;
  if (number == LIFT_INT_NULL)
    return lift_losses_write (database, &line, error);
  return rank <= lift_registry_get_rank (info) ||
         lift_database_run (database, error,
                            "UPDATE conflict SET type = ?, id = ?, version = ? WHERE number = ?",
                            "ssii", info->name, after->id, after->version, number);
}
