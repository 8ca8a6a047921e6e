/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-losses.h"

#include "lift-edits.h"
#include "lift-json.h"

/* The writing side of the conflict journal. */

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
    "id = ? AND field = ? AND theirs IS ? AND version IS ?)",
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

static char *
print_value (const LiftField *field, LiftEntity *row)
{
  GString *out = g_string_new (NULL);

  lift_field_write_json (field, row, out);
  return g_string_free (out, FALSE);
}

static GPtrArray *
list_journal_fields (LiftDatabase *database, LiftEntity *row, GError **error)
{
  LiftStatement *statement = lift_database_query (
    database, error,
    "SELECT DISTINCT field FROM conflict WHERE type = ? AND id = ? AND restored = 0", "ss",
    lift_entity_get_info (row)->name, row->id);
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
  g_autoptr (GPtrArray) fields = list_journal_fields (database, row, error);
  g_autoptr (JsonObject) pending = lift_edits_parse (row->pending);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const LiftField *field = g_ptr_array_index (fields, i);
      g_autofree char *value = print_value (field, row);

      if (!json_object_has_member (pending, field->key) &&
          !lift_database_run (database, error,
                              "DELETE FROM conflict WHERE type = ? AND id = ? AND field = ? AND "
                              "theirs = ? AND restored = 0",
                              "ssss", lift_entity_get_info (row)->name, row->id, field->key, value))
        return FALSE;
    }
  return fields != NULL;
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
  loss->mine = print_value (field, sent_row);
  loss->theirs = print_value (field, scratch);
  loss->by = g_strdup (lift_json_get_string (conflict, "by"));
  loss->version = lift_json_get_int (conflict, "version", LIFT_INT_NULL);
  return loss;
}

/*
 * lift_losses_set_aside:
 * @row: a row with local edits that is about to be removed
 *
 * Keeps the whole row in the journal, under the field `*`.
 */
gboolean
lift_losses_set_aside (LiftDatabase *database, LiftEntity *row, gint64 now, GError **error)
{
  g_autoptr (GString) mine = g_string_new (NULL);

  lift_entity_write_json (row, mine, LIFT_FIELD_SET_ALL);
  return lift_database_run (database, error,
                            "INSERT INTO conflict (at, type, id, field, mine, theirs, version) "
                            "VALUES (?, ?, ?, ?, ?, NULL, ?)",
                            "issssi", now, lift_entity_get_info (row)->name, row->id,
                            LIFT_EDITS_NEW, mine->str, row->version);
}
