/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-page.h"

#include "lift-ablation.h"
#include "lift-losses.h"
#include "lift-registry.h"

/* What removes rows: access that ended, and time. */

static gboolean
set_aside (
  LiftStoreWriter *writer, const LiftEntityInfo *info, const char *id, gint64 now, GError **error)
{
  LiftDatabase *database = lift_store_writer_get_database (writer);
  g_autoptr (LiftEntity) row = lift_store_writer_load (writer, info, id, error);

  if (row == NULL)
    return FALSE;
  if (lift_entity_is_dirty (row) && !lift_without (SET_ASIDE) &&
      !lift_losses_keep_row (database, row, LIFT_JOURNAL_SET_ASIDE, 0, now, error))
    return FALSE;
  /* What is under way stays: its number is given out, and the server has to answer for it. */
  return lift_database_run (database, error, "DELETE FROM failure WHERE type = ? AND id = ?", "ss",
                            info->name, id);
}

static gboolean
revoke_ids (LiftStoreWriter *writer,
            const LiftEntityInfo *info,
            GPtrArray *ids,
            LiftPageContext *context,
            GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      if (!set_aside (writer, info, id, context->now, error) ||
          !lift_store_writer_remove (writer, info, id, error))
        return FALSE;
      context->taken++;
    }
  return TRUE;
}

/*
 * lift_page_revoke:
 * @athlete_id: an athlete whose rows are not for this user any more
 *
 * Removes the athlete's rows. Those with edits that the server does not have go to the journal.
 */
gboolean
lift_page_revoke (LiftStoreWriter *writer,
                  const char *athlete_id,
                  LiftPageContext *context,
                  GError **error)
{
  LiftDatabase *database = lift_store_writer_get_database (writer);

  if (lift_without (REVOKED))
    return TRUE;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *info = lift_registry_get (i);
      const char *column = lift_entity_info_get_owner_column (info, LIFT_FIELD_ATHLETE);
      g_autofree char *sql = NULL;
      g_autoptr (GPtrArray) ids = NULL;

      if (column == NULL)
        continue;
      sql = g_strdup_printf ("SELECT id FROM \"%s\" WHERE \"%s\" = ?", info->table, column);
      ids = lift_page_list_ids (database, sql, athlete_id, error);
      if (ids == NULL || !revoke_ids (writer, info, ids, context, error))
        return FALSE;
    }
  return lift_database_run (database, error,
                            "DELETE FROM parked WHERE json_valid (json) AND "
                            "json_extract (json, '$.athleteId') = ?",
                            "s", athlete_id);
}

static gboolean
forget_type (LiftStoreWriter *writer,
             const LiftEntityInfo *info,
             const char *athlete_id,
             gint64 purged_until,
             GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT id FROM \"%s\" WHERE \"%s\" = ? AND pending IS NULL AND deleted_at IS NOT NULL "
    "AND updated_at <= %" G_GINT64_FORMAT,
    info->table, lift_entity_info_get_owner_column (info, LIFT_FIELD_ATHLETE), purged_until);
  g_autoptr (GPtrArray)
    ids = lift_page_list_ids (lift_store_writer_get_database (writer), sql, athlete_id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!lift_store_writer_remove (writer, info, g_ptr_array_index (ids, i), error))
      return FALSE;
  return ids != NULL;
}

/* The tombstones that the server has dropped since. */
typedef struct
{
  const char *athlete_id;
  gint64 purged_until;
} Forgotten;

static gboolean
is_forgotten (LiftEntity *row, gpointer user_data)
{
  const Forgotten *forgotten = user_data;

  return lift_entity_is_deleted (row) && row->updated_at <= forgotten->purged_until &&
         g_strcmp0 (lift_entity_get_athlete_id (row), forgotten->athlete_id) == 0;
}

/*
 * lift_page_forget:
 * @purged_until: by the server's times, which every clean row here has
 *
 * Drops tombstones of an athlete that the server has dropped since, but for those of which a part
 * waits to be sent: they are there again.
 */
gboolean
lift_page_forget (LiftStoreWriter *writer,
                  const char *athlete_id,
                  gint64 purged_until,
                  GError **error)
{
  Forgotten forgotten = { athlete_id, purged_until };

  if (!lift_page_keep_parents (writer, is_forgotten, &forgotten, error))
    return FALSE;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (lift_entity_info_is_of_athlete (lift_registry_get (i)) &&
        !forget_type (writer, lift_registry_get (i), athlete_id, purged_until, error))
      return FALSE;
  return TRUE;
}
