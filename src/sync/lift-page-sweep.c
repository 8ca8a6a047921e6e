/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-page.h"

#include "lift-ablation.h"
#include "lift-edits.h"
#include "lift-registry.h"

/* The end of pulling everything anew: what of the rows here that did not come is to stay. */

static gboolean
was_seen (LiftPageContext *context, const char *type, const char *id)
{
  g_autofree char *key = g_strconcat (type, "/", id, NULL);

  return g_hash_table_contains (context->seen, key);
}

/* Whether the row's athlete was missing too, and is made again. */
static gboolean
is_of_new_athlete (LiftStoreWriter *writer, LiftPageContext *context, LiftEntity *row)
{
  const char *id = lift_entity_get_athlete_id (row);
  g_autoptr (LiftEntity) athlete = NULL;

  if (id == NULL || lift_history_names_athlete (context->history, id))
    return FALSE;
  athlete = lift_store_writer_load (writer, lift_registry_find ("Athlete"), id, NULL);
  return athlete != NULL && lift_entity_is_dirty (athlete);
}

/* Of what is another's this may be the last copy. It stays, as a row that no server has sent. */
static gboolean
set_apart (LiftStoreWriter *writer, LiftEntity *row, GError **error)
{
  row->last_synced_at = LIFT_INT_NULL;
  return lift_store_writer_save (writer, row, error);
}

/* What the server has forgotten comes back to it if it may; what it dropped knowingly goes here
 * too. */
static gboolean
settle_unseen (LiftStoreWriter *writer, LiftEntity *row, LiftPageContext *context, GError **error)
{
  const LiftHistory *history = context->history;
  LiftOwner owner = LIFT_OWNER_GONE;

  if (lift_history_find_gap (history, row) != NULL)
    owner = is_of_new_athlete (writer, context, row) ? LIFT_OWNER_WRITES
                                                     : lift_history_get_owner (history, row);
  if (owner == LIFT_OWNER_WRITES)
    return lift_page_keep_missing (writer, row, error);
  return owner == LIFT_OWNER_OTHER
           ? set_apart (writer, row, error)
           : lift_store_writer_remove (writer, lift_entity_get_info (row), row->id, error);
}

static gboolean
is_told (LiftPageContext *context)
{
  return context->history != NULL && context->history->told && !lift_without (FORGOTTEN);
}

static gboolean
drop_unseen (LiftStoreWriter *writer,
             const LiftEntityInfo *info,
             const char *id,
             LiftPageContext *context,
             GError **error)
{
  g_autoptr (LiftEntity) row = NULL;

  if (!is_told (context) && !context->restored)
    return lift_store_writer_remove (writer, info, id, error);
  row = lift_store_writer_load (writer, info, id, error);
  if (row == NULL)
    return FALSE;
  return is_told (context) ? settle_unseen (writer, row, context, error)
                           : lift_page_keep_missing (writer, row, error);
}

/* Edits stay whatever comes. But if the server has forgotten what it had confirmed of the row too,
 * another device may be there first with another state of it: so the row goes whole. */
static gboolean
keep_whole (LiftStoreWriter *writer,
            const LiftEntityInfo *info,
            const char *id,
            LiftPageContext *context,
            GError **error)
{
  g_autoptr (LiftEntity) row = lift_store_writer_load (writer, info, id, error);
  g_autoptr (JsonObject) pending = NULL;

  if (row == NULL)
    return FALSE;
  pending = lift_edits_parse (row->pending);
  if (lift_edits_is_new (pending) || lift_entity_is_deleted (row) ||
      lift_history_find_gap (context->history, row) == NULL ||
      (lift_history_get_owner (context->history, row) != LIFT_OWNER_WRITES &&
       !is_of_new_athlete (writer, context, row)))
    return TRUE;
  return lift_page_keep_missing (writer, row, error);
}

static gboolean
keep_dirty (LiftStoreWriter *writer,
            const LiftEntityInfo *info,
            LiftPageContext *context,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM \"%s\" WHERE pending IS NOT NULL AND "
                                          "last_synced_at IS NOT NULL",
                                          info->table);
  g_autoptr (GPtrArray) ids = NULL;

  if (!is_told (context))
    return TRUE;
  ids = lift_page_list_ids (lift_store_writer_get_database (writer), sql, NULL, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!was_seen (context, info->name, ids->pdata[i]) &&
        !keep_whole (writer, info, ids->pdata[i], context, error))
      return FALSE;
  return ids != NULL;
}

/* Clean rows that had come from a server. Those of the catalogue that no server ever sent stay. */
static gboolean
sweep_type (LiftStoreWriter *writer,
            const LiftEntityInfo *info,
            LiftPageContext *context,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT id FROM \"%s\"%s", info->table,
    lift_without (SWEEP_CLEAN_ONLY) ? "" : " WHERE pending IS NULL AND last_synced_at IS NOT NULL");
  g_autoptr (GPtrArray)
    ids = lift_page_list_ids (lift_store_writer_get_database (writer), sql, NULL, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      if (was_seen (context, info->name, id))
        continue;
      if (!drop_unseen (writer, info, id, context, error))
        return FALSE;
      context->taken++;
    }
  return ids != NULL;
}

static gboolean
sweep_parked (LiftStoreWriter *writer, LiftPageContext *context, GError **error)
{
  LiftDatabase *database = lift_store_writer_get_database (writer);
  g_autoptr (GPtrArray)
    keys = lift_page_list_ids (database, "SELECT type || '/' || id FROM parked", NULL, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    if (!g_hash_table_contains (context->seen, g_ptr_array_index (keys, i)) &&
        !lift_database_run (database, error, "DELETE FROM parked WHERE type || '/' || id = ?", "s",
                            (const char *) g_ptr_array_index (keys, i)))
      return FALSE;
  return keys != NULL;
}

static gboolean
is_unseen (LiftEntity *row, gpointer user_data)
{
  return !was_seen (user_data, lift_entity_get_info (row)->name, row->id);
}

/* Of whom the server says nothing, though it names all whom the user may see: not theirs any more. */
static gboolean
revoke_unnamed (LiftStoreWriter *writer, LiftPageContext *context, GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (context->history == NULL || context->history->scopes == NULL)
    return TRUE;
  ids = lift_page_list_ids (lift_store_writer_get_database (writer),
                            "SELECT id FROM athlete WHERE last_synced_at IS NOT NULL", NULL, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const char *id = ids->pdata[i];
      g_autoptr (LiftEntity) row = NULL;

      /* Also one that came to the user since the first page. */
      if (lift_history_names_athlete (context->history, id) || was_seen (context, "Athlete", id))
        continue;
      row = lift_store_writer_load (writer, lift_registry_find ("Athlete"), id, error);
      if (row == NULL)
        return FALSE;
      if (lift_history_get_owner (context->history, row) != LIFT_OWNER_WRITES &&
          !lift_page_revoke (writer, id, context, error))
        return FALSE;
    }
  return ids != NULL;
}

/*
 * lift_page_sweep:
 *
 * After everything was pulled anew: drops clean rows that did not come, and no dirty one, unless
 * their athlete is not the user's any more. What the server has forgotten stays.
 */
gboolean
lift_page_sweep (LiftStoreWriter *writer, LiftPageContext *context, GError **error)
{
  g_assert (context->seen != NULL);

  if (!revoke_unnamed (writer, context, error) ||
      !lift_page_keep_parents (writer, is_unseen, context, error))
    return FALSE;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (!keep_dirty (writer, lift_registry_get (i), context, error) ||
        !sweep_type (writer, lift_registry_get (i), context, error))
      return FALSE;
  return sweep_parked (writer, context, error);
}
