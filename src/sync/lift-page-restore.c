/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-page.h"

#include <glib/gi18n-lib.h>

#include "lift-edits.h"
#include "lift-json.h"
#include "lift-outbox.h"
#include "lift-registry.h"
#include "lift-sync-facts.h"
#include "lift-sync-run.h"

/*
 * A server that was restored from a backup has forgotten what it had acknowledged since. Clean rows
 * here may be all that is left of that: they become edits again, which the push then brings.
 */

static gboolean
read_answered (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  gint64 *answered = user_data;
  g_autofree char *recount = lift_store_writer_dup_fact (writer, LIFT_FACT_RECOUNT);
  gint64 under_way;

  /* What was answered was so in another history. */
  if (recount != NULL)
    return TRUE;
  if (!lift_database_get_int (lift_store_writer_get_database (writer), &under_way, error,
                              "SELECT min (mutation) FROM flight", ""))
    return FALSE;
  *answered = under_way != LIFT_INT_NULL ? under_way - 1 : lift_outbox_get_last_mutation (writer);
  return TRUE;
}

/*
 * lift_pull_server_forgot:
 * @forgot: (out): whether the server misses changes of this device that it had answered
 *
 * Returns: %FALSE with an error if it could not be asked: what is here may be all that is left, so
 *   nothing is pulled over it before that is known
 */
gboolean
lift_pull_server_forgot (LiftSyncRun *run, gboolean *forgot, GError **error)
{
  gint64 answered = 0, last = -1;

  if (!lift_store_write_sync (run->store, read_answered, &answered, error) ||
      (answered > 0 && !lift_push_ask (run, answered, NULL, &last, error)))
    return FALSE;
  *forgot = answered > 0 && last < answered;
  if (answered <= 0 || last >= 0)
    return TRUE;
  g_set_error_literal (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SERVER,
                       _ ("The server does not say how far it counts the changes of this device; "
                          "they are kept here, tell whoever runs the server"));
  return FALSE;
}

static gboolean
went_back (LiftEntity *local, LiftEntity *server)
{
  return local->version != LIFT_INT_NULL && server->version != LIFT_INT_NULL &&
         server->version < local->version;
}

static void
remember_base (JsonObject *base, const LiftField *field, LiftEntity *server)
{
  g_autoptr (GString) text = g_string_new (NULL);

  lift_field_write_json (field, server, text);
  json_object_set_member (base, field->key, lift_json_parse (text->str, text->len, NULL));
}

/* Makes edits of @lost. */
static void
give_back (
  LiftStoreWriter *writer, LiftEntity *local, LiftEntity *server, LiftFieldSet lost, gboolean known)
{
  const LiftEntityInfo *info = lift_entity_get_info (local);
  g_autoptr (JsonObject) pending = lift_edits_parse (local->pending);
  g_autoptr (JsonObject) base = lift_edits_parse (local->base);
  gint64 edit = lift_store_writer_next_edit (writer);

  for (guint i = 0; i < info->n_fields; i++)
    if (lost >> i & 1)
      {
        json_object_set_int_member (pending, info->fields[i]->key, edit);
        if (known)
          remember_base (base, info->fields[i], server);
      }
  g_free (local->pending);
  local->pending = lift_edits_print (pending);
  g_free (local->base);
  local->base = lift_edits_print (base);
}

/*
 * lift_page_keep_lost:
 * @local: the row as it is here; changed
 * @server: as it came while everything is pulled anew
 * @losses: (element-type LiftLoss): where to add values that do not stand
 *
 * Of a row that is here in a state that the server has forgotten: where the server's is the state
 * before, what is here becomes edits again. Where somebody has written the row since, nobody can
 * tell which fields, so theirs stands, and what was here goes to the journal. Of a server that does
 * not tell its past, a smaller version shows it; within one history that is a row that was purged,
 * and made again.
 */
void
lift_page_keep_lost (LiftStoreWriter *writer,
                     LiftEntity *local,
                     const LiftWireRow *server,
                     LiftPageContext *context,
                     GPtrArray *losses)
{
  const LiftEntityInfo *info = lift_entity_get_info (local);
  g_autoptr (JsonObject) pending = lift_edits_parse (local->pending);
  LiftFieldSet lost = lift_entity_diff (local, server->entity) & server->seen &
                      lift_entity_info_get_editable (info) & ~lift_edits_get_fields (pending, info);
  const LiftHistory *history = context->history;
  const LiftGap *gap = history != NULL ? lift_history_find_gap (history, local) : NULL;
  gboolean suspected = history == NULL || !history->is_named || context->restored;

  if (gap != NULL)
    lost &= lift_history_get_writable (history, local);
  if (lost == LIFT_FIELD_SET_NONE ||
      (gap == NULL && !(suspected && went_back (local, server->entity))))
    return;
  if (gap != NULL && server->entity->updated_at > gap->after)
    lift_loss_list_add_yielded (losses, local, server->entity, lost);
  else
    give_back (writer, local, server->entity, lost,
               server->entity->updated_at <= local->updated_at);
}

/*
 * lift_page_keep_missing:
 * @row: a row that the server no longer has; changed
 *
 * Makes a new row of it; edits of it stay edits. A clean tombstone goes.
 */
gboolean
lift_page_keep_missing (LiftStoreWriter *writer, LiftEntity *row, GError **error)
{
  g_autoptr (JsonObject) pending = NULL;
  gint64 edit;

  if (lift_entity_is_deleted (row) && !lift_entity_is_dirty (row))
    return lift_store_writer_remove (writer, lift_entity_get_info (row), row->id, error);
  pending = lift_edits_parse (row->pending);
  edit = lift_store_writer_next_edit (writer);
  json_object_set_int_member (pending, LIFT_EDITS_NEW, edit);
  json_object_set_int_member (pending, LIFT_EDITS_AGAIN, edit);
  g_free (row->pending);
  row->pending = lift_edits_print (pending);
  return lift_store_writer_save (writer, row, error);
}

static gboolean
keep_parents_of (LiftStoreWriter *writer,
                 const LiftEntityInfo *info,
                 const LiftEntityInfo *parent,
                 LiftPageGoneFunc is_gone,
                 gpointer user_data,
                 GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT DISTINCT p.id FROM \"%s\" c JOIN \"%s\" p ON p.id = c.\"%s\" WHERE c.pending IS NOT "
    "NULL AND c.deleted_at IS NULL AND p.pending IS NULL AND p.last_synced_at IS NOT NULL",
    info->table, parent->table, info->parent->name);
  g_autoptr (GPtrArray)
    ids = lift_page_list_ids (lift_store_writer_get_database (writer), sql, NULL, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (LiftEntity) row = lift_store_writer_load (writer, parent, ids->pdata[i], error);

      if (row == NULL)
        return FALSE;
      if (!is_gone (row, user_data))
        continue;
      row->deleted_at = LIFT_INT_NULL;
      if (!lift_page_keep_missing (writer, row, error))
        return FALSE;
    }
  return ids != NULL;
}

/*
 * lift_page_keep_parents:
 * @is_gone: whether the server no longer has a row
 *
 * A row that waits to be sent needs what it is a part of, also after the server has forgotten that
 * it was deleted: an edit beats a delete. Makes it new, from the parts to the whole.
 */
gboolean
lift_page_keep_parents (LiftStoreWriter *writer,
                        LiftPageGoneFunc is_gone,
                        gpointer user_data,
                        GError **error)
{
  for (guint i = lift_registry_get_size (); i > 0; i--)
    {
      const LiftEntityInfo *info = lift_registry_get (i - 1);
      const LiftEntityInfo *parent = info->parent != NULL
                                       ? lift_registry_find (info->parent->target)
                                       : NULL;

      if (parent != NULL && lift_entity_info_is_of_athlete (parent) &&
          !keep_parents_of (writer, info, parent, is_gone, user_data, error))
        return FALSE;
    }
  return TRUE;
}
