/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-acknowledge.h"

#include <string.h>

#include "lift-ablation.h"
#include "lift-edits.h"
#include "lift-held.h"
#include "lift-json.h"
#include "lift-losses.h"
#include "lift-merge.h"
#include "lift-page.h"
#include "lift-registry.h"
#include "lift-retry.h"

/* The answer to one batch, by row: ids alone would not do, for types may share them. */
typedef struct
{
  LiftStoreWriter *writer;
  LiftDatabase *database;
  GHashTable *succeeded;
  GHashTable *failed;
  gint64 now;
  LiftPushTally *tally;
} Answer;

static char *
make_key (const char *type, const char *id)
{
  g_autofree char *lower = g_ascii_strdown (id, -1);

  return g_strconcat (type, "/", lower, NULL);
}

static GHashTable *
index_rows (JsonArray *rows)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      g_hash_table_insert (
        table,
        make_key (lift_json_get_string (row, "entityType"), lift_json_get_string (row, "entityId")),
        row);
    }
  return table;
}

/* The server's row of the answer, or NULL if there is none that can be read. */
static LiftWireRow *
read_entity (const LiftFlight *flight, JsonObject *element)
{
  JsonObject *object = lift_json_get_object (element, "entity");
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  g_autoptr (LiftWireRow) row = NULL;

  if (object == NULL)
    return NULL;
  row = lift_wire_row_read (flight->info, object, faults);
  return row != NULL && g_strcmp0 (row->entity->id, flight->id) == 0 ? g_steal_pointer (&row)
                                                                     : NULL;
}

static void
add_named_losses (GPtrArray *losses, JsonObject *element, LiftEntity *sent_row)
{
  JsonArray *conflicts = lift_json_get_array (element, "conflicts");

  for (guint i = 0; conflicts != NULL && i < json_array_get_length (conflicts); i++)
    {
      JsonNode *node = json_array_get_element (conflicts, i);
      LiftLoss *loss = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node))
        loss = lift_loss_from_answer (json_node_get_object (node), sent_row);
      if (loss != NULL)
        g_ptr_array_add (losses, loss);
    }
}

static gboolean
names_conflicts (JsonObject *element)
{
  JsonArray *conflicts = lift_json_get_array (element, "conflicts");

  return conflicts != NULL && json_array_get_length (conflicts) > 0;
}

/* A row that was given back to the server, as it was sent. */
static LiftSentRow *
read_given_back (const LiftFlight *flight)
{
  return strstr (flight->sent, "\"" LIFT_EDITS_AGAIN "\"") != NULL
           ? lift_sent_row_read (flight->info, flight->sent, flight->body)
           : NULL;
}

/* The row with what was sent no longer pending, and everything that is not pending as the server
 * has it. An edit made since the row was collected has a newer generation and stays. */
static LiftEntity *
settle_row (LiftEntity *row,
            const LiftFlight *flight,
            const LiftWireRow *server,
            JsonObject *element,
            gint64 now,
            GPtrArray *losses)
{
  g_autoptr (LiftSentRow) sent = NULL;
  g_autoptr (JsonObject) pending = NULL;

  sent = read_given_back (flight);
  if (sent != NULL)
    lift_loss_list_add_yielded (losses, sent->entity, server->entity, server->seen);
  g_clear_pointer (&sent, lift_sent_row_free);
  lift_held_note_sent (row, server->seen, flight->sent);
  /* Every edit notes its number in the row, so equal notes mean that there was none since. Nearly
   * all rows are so, and what was sent need not be read again. */
  if ((g_strcmp0 (row->pending, flight->sent) == 0 && !names_conflicts (element)) ||
      lift_without (ACK_BLIND))
    {
      g_clear_pointer (&row->pending, g_free);
      g_clear_pointer (&row->base, g_free);
      return lift_merge (row, server, NULL, now, losses);
    }
  sent = lift_sent_row_read (flight->info, flight->sent, flight->body);
  pending = lift_edits_parse (row->pending);
  if (!lift_without (ACK_ROW))
    lift_edits_acknowledge (pending, sent->sent, row, sent->entity);
  g_free (row->pending);
  row->pending = lift_edits_print (pending);
  if (row->pending == NULL)
    g_clear_pointer (&row->base, g_free);
  add_named_losses (losses, element, sent->entity);
  /* Nothing is under way any more. */
  json_object_unref (sent->sent);
  sent->sent = json_object_new ();
  return lift_merge (row, server, sent, now, losses);
}

/* The server had none of a row that was new, so nothing of it was ever hidden. */
static gboolean
forget_losses (Answer *self, const LiftFlight *flight, LiftEntity *row, GError **error)
{
  g_autoptr (JsonObject) sent = lift_edits_parse (flight->sent);

  return !lift_edits_is_new (sent) || lift_edits_is_again (sent) ||
         lift_losses_forget (self->database, row, error);
}

static gboolean
store_settled (
  Answer *self, const LiftFlight *flight, LiftEntity *row, GPtrArray *losses, GError **error)
{
  return forget_losses (self, flight, row, error) &&
         lift_losses_record (self->database, flight->info, flight->id, losses, self->now, error) &&
         lift_losses_forget_standing (self->database, row, error) &&
         lift_store_writer_save (self->writer, row, error) &&
         lift_retry_clear (self->database, flight->type, flight->id, error) &&
         lift_retry_release_children (self->database, flight->info, flight->id, error);
}

/* All that goes in one delete has one instant here, and comes back by it. The server puts its own on
 * what it takes, so the rest of the delete, which it has not answered yet, goes by that too. */
static gboolean
follow_delete (LiftDatabase *database, LiftEntity *row, LiftEntity *settled, GError **error)
{
  if (!lift_entity_is_deleted (row) || !lift_entity_is_deleted (settled) ||
      row->deleted_at == settled->deleted_at)
    return TRUE;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "UPDATE \"%s\" SET deleted_at = ? WHERE deleted_at = ? AND pending IS NOT NULL",
        lift_registry_get (i)->table);

      if (!lift_database_run (database, error, sql, "ii", settled->deleted_at, row->deleted_at))
        return FALSE;
    }
  return TRUE;
}

static gboolean
accept_row (Answer *self,
            const LiftFlight *flight,
            LiftEntity *row,
            const LiftWireRow *server,
            JsonObject *element,
            GError **error)
{
  g_autoptr (GPtrArray) losses = lift_loss_list_new ();
  g_autoptr (LiftEntity) settled = settle_row (row, flight, server, element, self->now, losses);

  self->tally->pushed++;
  return follow_delete (self->database, row, settled, error) &&
         store_settled (self, flight, settled, losses, error) &&
         lift_page_unpark (self->writer, flight->type, flight->id, error) &&
         lift_outbox_remove (self->database, flight->mutation, error);
}

/* Whether every objection is that the parent is not there. */
static gboolean
only_misses_parent (JsonArray *errors)
{
  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonNode *node = json_array_get_element (errors, i);
      const char *code = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node))
        code = lift_json_get_string (json_node_get_object (node), "code");
      if (g_strcmp0 (code, lift_fault_code_to_string (LIFT_FAULT_PARENT_MISSING)) != 0)
        return FALSE;
    }
  return errors != NULL && json_array_get_length (errors) > 0;
}

static gboolean
parent_failed (LiftDatabase *database, LiftEntity *row, gboolean *failed, GError **error)
{
  const LiftField *parent = lift_entity_get_info (row)->parent;
  gint64 found = LIFT_INT_NULL;

  if (parent != NULL &&
      !lift_database_get_int (database, &found, error,
                              "SELECT 1 FROM failure WHERE type = ? AND id = ?", "ss",
                              parent->target, lift_entity_get_parent_id (row)))
    return FALSE;
  *failed = found == 1;
  return TRUE;
}

/* The row was edited after it was collected: what was refused is no longer there, and the new
 * values go out at once. */
static gboolean
was_edited (LiftEntity *row, const LiftFlight *flight)
{
  g_autoptr (JsonObject) pending = lift_edits_parse (row->pending);
  g_autoptr (JsonObject) sent = lift_edits_parse (flight->sent);
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init (&iter, pending);
  while (json_object_iter_next (&iter, &key, NULL))
    if (!json_object_has_member (sent, key) ||
        lift_json_get_int (sent, key, 0) != lift_json_get_int (pending, key, 0))
      return TRUE;
  return FALSE;
}

static gboolean
queue_refused (LiftDatabase *database,
               LiftEntity *row,
               const LiftFlight *flight,
               const LiftRefusal *refusal,
               gint64 now,
               GError **error)
{
  gboolean held = FALSE;

  if (was_edited (row, flight))
    return lift_retry_clear (database, flight->type, flight->id, error);
  if (only_misses_parent (refusal->errors) && !parent_failed (database, row, &held, error))
    return FALSE;
  if (held)
    return lift_retry_hold (database, flight->type, flight->id, refusal, now, error);
  return lift_retry_record (database, flight->type, flight->id, refusal, now, error);
}

/*
 * lift_acknowledge_refused:
 * @errors: (nullable): why
 *
 * The server did not take a row: it keeps its data, stays dirty and goes to the retry queue. Its
 * number is used up.
 */
gboolean
lift_acknowledge_refused (LiftStoreWriter *writer,
                          const LiftFlight *flight,
                          JsonArray *errors,
                          gboolean retryable,
                          gint64 now,
                          GError **error)
{
  LiftDatabase *database = lift_store_writer_get_database (writer);
  LiftRefusal refusal = { errors, retryable };
  g_autoptr (LiftEntity) row = NULL;
  g_autoptr (GError) local_error = NULL;

  if (flight->info != NULL)
    row = lift_store_writer_load (writer, flight->info, flight->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (row != NULL && lift_without (RETRY_HOLD) && !retryable)
    {
      g_clear_pointer (&row->pending, g_free);
      if (!lift_store_writer_save (writer, row, error))
        return FALSE;
    }
  else if (row != NULL && !queue_refused (database, row, flight, &refusal, now, error))
    return FALSE;
  return lift_outbox_remove (database, flight->mutation, error);
}

/*
 * The answer does not name the row, or what it says of it cannot be read. The server may have
 * applied it, so it stays under way: a new number would apply it again, over what others wrote
 * since. The same number goes again, at the pace of a refused row.
 */
static gboolean
keep_unanswered (Answer *self, const LiftFlight *flight, GError **error)
{
  LiftRefusal refusal = { NULL, TRUE };

  self->tally->failed++;
  return lift_retry_record (self->database, flight->type, flight->id, &refusal, self->now, error);
}

static gboolean
take_success (Answer *self, const LiftFlight *flight, JsonObject *element, GError **error)
{
  g_autoptr (LiftWireRow) server = NULL;
  g_autoptr (LiftEntity) row = NULL;
  g_autoptr (GError) local_error = NULL;

  if (flight->info == NULL)
    return lift_outbox_remove (self->database, flight->mutation, error);
  row = lift_store_writer_load (self->writer, flight->info, flight->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  /* Removed meanwhile, for the access to it has ended. */
  if (row == NULL)
    return lift_outbox_remove (self->database, flight->mutation, error);
  server = read_entity (flight, element);
  if (server == NULL)
    return keep_unanswered (self, flight, error);
  return accept_row (self, flight, row, server, element, error);
}

static gboolean
take_row (Answer *self, const LiftFlight *flight, GError **error)
{
  g_autofree char *key = make_key (flight->type, flight->id);
  JsonObject *failed = g_hash_table_lookup (self->failed, key);
  JsonObject *succeeded = g_hash_table_lookup (self->succeeded, key);

  if (failed != NULL)
    {
      self->tally->failed++;
      return lift_acknowledge_refused (self->writer, flight, lift_json_get_array (failed, "errors"),
                                       lift_json_get_boolean (failed, "retryable", TRUE), self->now,
                                       error);
    }
  if (succeeded != NULL)
    return take_success (self, flight, succeeded, error);
  return keep_unanswered (self, flight, error);
}

/*
 * The server counts further than this store ever did: the store is an older copy of one that went
 * on. Numbers that were new here were repeats there, so nothing of the batch may have been
 * applied, whatever the answer says. All is sent again under numbers of its own.
 */
static gboolean
is_behind (LiftStoreWriter *writer, const LiftPushAnswer *answer)
{
  return answer->last_mutation > lift_outbox_get_last_mutation (writer) && !lift_without (OLD_COPY);
}

/* Rows that are new here may have come from the other copy, and were perhaps edited there since: they
 * are made where they are missing, and change none. */
static gboolean
make_new_again (LiftDatabase *database, GError **error)
{
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "UPDATE \"%s\" SET pending = json_set (pending, '$.\"" LIFT_EDITS_AGAIN "\"', "
        "json_extract (pending, '$.\"" LIFT_EDITS_NEW "\"')) WHERE pending IS NOT NULL AND "
        "json_extract (pending, '$.\"" LIFT_EDITS_NEW "\"') IS NOT NULL",
        lift_registry_get (i)->table);

      if (!lift_database_run (database, error, sql, ""))
        return FALSE;
    }
  return TRUE;
}

/*
 * lift_acknowledge_start_over:
 * @last: the highest number that the server has of this device
 *
 * There is another copy of this store. Gives all that is under way new numbers, behind @last.
 */
gboolean
lift_acknowledge_start_over (LiftStoreWriter *writer, gint64 last, GError **error)
{
  return make_new_again (lift_store_writer_get_database (writer), error) &&
         lift_outbox_realign (writer, -1, error) &&
         lift_outbox_set_last_mutation (writer, last, error);
}

/*
 * lift_acknowledge:
 * @flights: (element-type LiftFlight): the batch
 * @now: the wall time
 * @tally: counted up
 *
 * Takes the answer to a batch, in the transaction of @writer.
 */
gboolean
lift_acknowledge (LiftStoreWriter *writer,
                  GPtrArray *flights,
                  const LiftPushAnswer *answer,
                  gint64 now,
                  LiftPushTally *tally,
                  GError **error)
{
  g_autoptr (GHashTable) succeeded = index_rows (answer->succeeded);
  g_autoptr (GHashTable) failed = index_rows (answer->failed);
  Answer self = {
    writer, lift_store_writer_get_database (writer), succeeded, failed, now, tally,
  };

  if (is_behind (writer, answer))
    {
      tally->realigned = TRUE;
      return lift_acknowledge_start_over (writer, answer->last_mutation, error);
    }
  for (guint i = 0; i < flights->len; i++)
    if (!take_row (&self, g_ptr_array_index (flights, i), error))
      return FALSE;
  return TRUE;
}
