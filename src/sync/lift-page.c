/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-page.h"

#include "lift-ablation.h"
#include "lift-json.h"
#include "lift-losses.h"
#include "lift-merge.h"
#include "lift-outbox.h"
#include "lift-registry.h"
#include "lift-retry.h"

/* Puts the rows of a page into the store, in the transaction that also moves the cursor. */

/*
 * lift_page_list_ids:
 * @value: (nullable): the parameter of @sql
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the first column of all rows
 */
GPtrArray *
lift_page_list_ids (LiftDatabase *database, const char *sql, const char *value, GError **error)
{
  LiftStatement *statement = lift_database_query (database, error, sql, value != NULL ? "s" : "",
                                                  value);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;

  while (statement != NULL && lift_statement_next (statement, &local_error))
    g_ptr_array_add (ids, g_strdup (lift_statement_get_text (statement, 0)));
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (statement != NULL)
    return g_steal_pointer (&ids);
  return NULL;
}

/* The id under which a row is kept that nobody can read: its own, or one made from its text. */
static char *
make_park_id (JsonNode *node, const char *text)
{
  const char *id = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    id = lift_json_get_string (json_node_get_object (node), "id");
  if (id != NULL && *id != '\0')
    return g_ascii_strdown (id, -1);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
mark_seen (LiftPageContext *context, const char *type, const char *id)
{
  if (context->seen != NULL)
    g_hash_table_add (context->seen, g_strconcat (type, "/", id, NULL));
}

static void
note_arrival (LiftPageContext *context, LiftEntity *local, const char *id)
{
  if (context->arrived == NULL || (local != NULL && local->last_synced_at != LIFT_INT_NULL))
    return;
  g_string_append_c (context->arrived, context->arrived->len == 0 ? '[' : ',');
  lift_json_append_string (context->arrived, id);
}

static gboolean
park (LiftStoreWriter *writer,
      const char *type,
      JsonNode *node,
      LiftPageContext *context,
      GError **error)
{
  g_autofree char *text = lift_json_node_to_text (node);
  g_autofree char *id = make_park_id (node, text);

  mark_seen (context, type, id);
  return lift_database_run (lift_store_writer_get_database (writer), error,
                            "INSERT INTO parked (type, id, json) VALUES (?, ?, ?) "
                            "ON CONFLICT (type, id) DO UPDATE SET json = excluded.json",
                            "sss", type, id, text);
}

/*
 * lift_page_unpark:
 *
 * Forgets an unreadable state of a row, after a newer one was taken.
 */
gboolean
lift_page_unpark (LiftStoreWriter *writer, const char *type, const char *id, GError **error)
{
  return lift_database_run (lift_store_writer_get_database (writer), error,
                            "DELETE FROM parked WHERE type = ? AND id = ?", "ss", type, id);
}

/* What of a row with local edits is under way, since the server may have it already. */
static gboolean
find_sent (LiftStoreWriter *writer, LiftEntity *local, LiftSentRow **sent, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (local);
  g_autoptr (GError) local_error = NULL;
  LiftFlight *flight;

  if (!lift_entity_is_dirty (local))
    return TRUE;
  flight = lift_outbox_find (lift_store_writer_get_database (writer), info->name, local->id,
                             &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (flight != NULL)
    {
      *sent = lift_sent_row_read (info, flight->sent, flight->body);
      lift_flight_free (flight);
    }
  return TRUE;
}

/* Our own push comes back with the next pull: nothing to write, and nobody to wake. */
static gboolean
is_echo (LiftEntity *local, LiftEntity *merged)
{
  const LiftEntityInfo *info = lift_entity_get_info (local);

  return (lift_entity_diff (local, merged) & lift_entity_info_get_wire (info)) ==
           LIFT_FIELD_SET_NONE &&
         g_strcmp0 (local->pending, merged->pending) == 0 &&
         g_strcmp0 (local->base, merged->base) == 0 && g_strcmp0 (local->held, merged->held) == 0 &&
         g_strcmp0 (local->extra, merged->extra) == 0 && local->last_synced_at != LIFT_INT_NULL;
}

/* What had been deleted, here or elsewhere, is there again. A delete or a return that is not on the
 * server yet is the user's own. */
static gboolean
is_revived (LiftEntity *local, LiftEntity *merged)
{
  return local != NULL && !lift_entity_is_dirty (local) && lift_entity_is_deleted (local) &&
         !lift_entity_is_deleted (merged);
}

static gboolean
store_merged (LiftStoreWriter *writer,
              LiftEntity *local,
              LiftEntity *merged,
              GPtrArray *losses,
              LiftPageContext *context,
              GError **error)
{
  if (local != NULL && is_echo (local, merged))
    return TRUE;
  context->taken++;
  /* Others wrote the same: what the server refused of it is settled. */
  if (local != NULL && lift_entity_is_dirty (local) && !lift_entity_is_dirty (merged) &&
      !lift_retry_clear (lift_store_writer_get_database (writer),
                         lift_entity_get_info (merged)->name, merged->id, error))
    return FALSE;
  if (is_revived (local, merged) &&
      !lift_losses_note_revived (lift_store_writer_get_database (writer), local, merged,
                                 context->now, error))
    return FALSE;
  return lift_losses_record (lift_store_writer_get_database (writer), lift_entity_get_info (merged),
                             merged->id, losses, context->now, error) &&
         lift_store_writer_save (writer, merged, error);
}

static gboolean
merge_row (LiftStoreWriter *writer,
           LiftEntity *local,
           const LiftWireRow *server,
           LiftPageContext *context,
           GError **error)
{
  g_autoptr (GPtrArray) losses = lift_loss_list_new ();
  g_autoptr (LiftSentRow) sent = NULL;
  g_autoptr (LiftEntity) merged = NULL;

  /* What is under way to another history of the server is not taken any more. */
  if (local != NULL && (context->history == NULL || !context->history->told) &&
      !find_sent (writer, local, &sent, error))
    return FALSE;
  if (local != NULL && context->seen != NULL && !lift_without (FORGOTTEN))
    lift_page_keep_lost (writer, local, server, context, losses);
  merged = lift_merge (local, server, sent, context->now, losses);
  return store_merged (writer, local, merged, losses, context, error);
}

static gboolean
take_row (LiftStoreWriter *writer,
          const LiftEntityInfo *info,
          const LiftWireRow *server,
          LiftPageContext *context,
          GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftEntity)
    local = lift_store_writer_load (writer, info, server->entity->id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  mark_seen (context, info->name, server->entity->id);
  note_arrival (context, local, server->entity->id);
  return merge_row (writer, local, server, context, error) &&
         lift_page_unpark (writer, info->name, server->entity->id, error);
}

/* A row that cannot be read, or that the tables do not take, is kept as it came: one bad row keeps
 * back no other, and is there once a version comes that can read it. */
static gboolean
take_node (LiftStoreWriter *writer,
           const LiftEntityInfo *info,
           JsonNode *node,
           LiftPageContext *context,
           GError **error)
{
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();
  g_autoptr (LiftWireRow) server = NULL;
  g_autoptr (GError) local_error = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    server = lift_wire_row_read (info, json_node_get_object (node), faults);
  if (server == NULL)
    return park (writer, info->name, node, context, error);
  if (take_row (writer, info, server, context, &local_error))
    return TRUE;
  if (g_error_matches (local_error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_CONSTRAINT))
    return park (writer, info->name, node, context, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
take_type (LiftStoreWriter *writer,
           const LiftEntityInfo *info,
           JsonArray *rows,
           LiftPageContext *context,
           GError **error)
{
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    if (!take_node (writer, info, json_array_get_element (rows, i), context, error))
      return FALSE;
  return TRUE;
}

static gboolean
park_type (LiftStoreWriter *writer,
           const char *type,
           JsonArray *rows,
           LiftPageContext *context,
           GError **error)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (!park (writer, type, json_array_get_element (rows, i), context, error))
      return FALSE;
  return TRUE;
}

static gboolean
park_unknown_types (LiftStoreWriter *writer,
                    JsonObject *changes,
                    LiftPageContext *context,
                    GError **error)
{
  JsonObjectIter iter;
  const char *type;
  JsonNode *rows;

  json_object_iter_init (&iter, changes);
  while (json_object_iter_next (&iter, &type, &rows))
    if (lift_registry_find (type) == NULL && !lift_without (PARKED) &&
        !park_type (writer, type, json_node_get_array (rows), context, error))
      return FALSE;
  return TRUE;
}

static gboolean
take_known_types (LiftStoreWriter *writer,
                  const LiftPullPage *page,
                  LiftPageContext *context,
                  GError **error)
{
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *info = lift_registry_get (i);

      if (!take_type (writer, info, lift_json_get_array (page->changes, info->name), context,
                      error))
        return FALSE;
    }
  return TRUE;
}

/* The server may take now what it refused for naming a row that it did not have then. */
static gboolean
release_naming (LiftStoreWriter *writer, GString *arrived, GError **error)
{
  if (arrived->len == 0)
    return TRUE;
  g_string_append_c (arrived, ']');
  return lift_retry_release_naming (lift_store_writer_get_database (writer), arrived->str, error);
}

/*
 * lift_page_apply:
 *
 * Takes all rows of a page, parents first. The cursor is the caller's.
 */
gboolean
lift_page_apply (LiftStoreWriter *writer,
                 const LiftPullPage *page,
                 LiftPageContext *context,
                 GError **error)
{
  g_autoptr (GString) arrived = g_string_new (NULL);
  gboolean taken;

  context->arrived = arrived;
  taken = take_known_types (writer, page, context, error);
  context->arrived = NULL;
  if (!taken || !release_naming (writer, arrived, error))
    return FALSE;
  for (guint i = 0; page->revoked[i] != NULL; i++)
    if (!lift_page_revoke (writer, page->revoked[i], context, error))
      return FALSE;
  return park_unknown_types (writer, page->changes, context, error);
}

static gboolean
replay_one (LiftStoreWriter *writer,
            const LiftEntityInfo *info,
            const char *text,
            LiftPageContext *context,
            GError **error)
{
  g_autoptr (JsonNode) node = lift_json_parse (text, -1, NULL);

  return node == NULL || take_node (writer, info, node, context, error);
}

/*
 * lift_page_replay_parked:
 *
 * Tries rows again that an earlier version could not read. A newer state of such a row would have
 * taken its place, so what is parked is the newest that the server sent.
 */
gboolean
lift_page_replay_parked (LiftStoreWriter *writer, LiftPageContext *context, GError **error)
{
  LiftDatabase *database = lift_store_writer_get_database (writer);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  LiftStatement *statement = lift_database_query (database, error, "SELECT type, json FROM parked",
                                                  "");

  while (statement != NULL && lift_statement_next (statement, &local_error))
    if (lift_registry_find (lift_statement_get_text (statement, 0)) != NULL)
      {
        g_ptr_array_add (rows, g_strdup (lift_statement_get_text (statement, 0)));
        g_ptr_array_add (rows, g_strdup (lift_statement_get_text (statement, 1)));
      }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  for (guint i = 0; i < rows->len; i += 2)
    if (!replay_one (writer, lift_registry_find (g_ptr_array_index (rows, i)),
                     g_ptr_array_index (rows, i + 1), context, error))
      return FALSE;
  return statement != NULL;
}
