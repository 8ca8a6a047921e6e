/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-server-private.h"

/* An entry says what a field held until @version, and who replaced it then. Who set the value
 * that a field holds now is therefore what the newest entry says. */

static gboolean
add_one (LiftServerWork *work, LiftServerRow *before, const LiftField *field, GError **error)
{
  g_autoptr (GString) value = g_string_new (NULL);

  lift_field_write_json (field, before->entity, value);
  return lift_server_run (work->connection, error,
                          "INSERT INTO history (type, id, field, version, old_value, user_id,"
                          " device, scope, stamp) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                          " ON CONFLICT (type, id, field, version) DO NOTHING",
                          "sssissssi", lift_entity_get_info (before->entity)->name,
                          before->entity->id, field->key, before->entity->version + 1, value->str,
                          work->user_id, work->device, before->scope, work->stamp);
}

/**
 * lift_server_history_add: (skip)
 * @before: the row as it still is
 * @fields: those that are about to change
 *
 * Keeps every value that is overwritten, with who, when and from which device.
 */
gboolean
lift_server_history_add (LiftServerWork *work,
                         LiftServerRow *before,
                         LiftFieldSet fields,
                         GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (before->entity);

  for (guint i = 0; i < info->n_fields; i++)
    if ((fields >> i & 1) && !(info->fields[i]->flags & LIFT_FIELD_SERVER) &&
        !add_one (work, before, info->fields[i], error))
      return FALSE;
  return TRUE;
}

/* @theirs: as JSON */
static void
write_conflict (
  const LiftField *field, const char *theirs, const char *user_id, gint64 version, GString *out)
{
  if (out->len > 0)
    g_string_append_c (out, ',');
  g_string_append_printf (out, "{\"field\":\"%s\",\"theirs\":%s,\"by\":", field->key, theirs);
  lift_json_append_string (out, user_id);
  g_string_append_printf (out, ",\"version\":%" G_GINT64_FORMAT "}", version);
}

/**
 * lift_server_history_conflicts: (skip)
 * @before: the row as it still is
 * @fields: those that are about to change
 * @base_version: what the pushing client had seen of the row
 * @out: where to add `{"field","theirs","by","version"}`, comma-separated
 *
 * Names the values that another user had set since @base_version and that are now replaced. What
 * was set in a row that is now deleted is hidden with it: then the deletion is named.
 */
gboolean
lift_server_history_conflicts (LiftServerWork *work,
                               LiftServerRow *before,
                               LiftFieldSet fields,
                               gint64 base_version,
                               GString *out,
                               GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (before->entity);
  g_autoptr (GError) local_error = NULL;

  if (base_version < 1 || base_version >= before->entity->version)
    return TRUE;
  for (guint i = 0; i < info->n_fields && local_error == NULL; i++)
    {
      g_autoptr (LiftServerResult) result = NULL;
      gboolean deletes;

      if (!(fields >> i & 1))
        continue;
      deletes = g_str_equal (info->fields[i]->key, "deletedAt") &&
                !lift_server_row_is_deleted (before);
      result = lift_server_query (work->connection, &local_error,
                                  "SELECT user_id, version FROM history WHERE type = ? AND id = ?"
                                  " AND (field = ? OR ? = 1) AND version > ?"
                                  " ORDER BY version DESC LIMIT 1",
                                  "sssii", info->name, before->entity->id, info->fields[i]->key,
                                  (gint64) deletes, base_version);
      if (result != NULL && lift_server_result_next (result, &local_error) &&
          g_strcmp0 (lift_server_result_get_text (result, 0), work->user_id) != 0)
        {
          g_autoptr (GString) theirs = g_string_new (NULL);

          lift_field_write_json (info->fields[i], before->entity, theirs);
          write_conflict (info->fields[i], theirs->str, lift_server_result_get_text (result, 0),
                          lift_server_result_get_int (result, 1), out);
        }
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* What this device replaced with the first push that knew @base_version, if another user had set
 * it. */
static gboolean
repeat_one (LiftServerWork *work,
            LiftServerItem *item,
            const LiftField *field,
            gint64 base_version,
            GError **error)
{
  g_autoptr (LiftServerResult) result = NULL;
  g_autoptr (GError) local_error = NULL;

  result = lift_server_query (
    work->connection, &local_error,
    "SELECT h.old_value, p.user_id, p.version FROM history h JOIN history p ON p.type = h.type"
    " AND p.id = h.id AND p.field = h.field AND p.version < h.version"
    " WHERE h.type = ? AND h.id = ? AND h.field = ? AND p.version > ? AND h.version ="
    " (SELECT min(version) FROM history WHERE type = ? AND id = ? AND field = ? AND version > ?"
    " AND user_id = ? AND device = ?) ORDER BY p.version DESC LIMIT 1",
    "sssisssiss", item->info->name, item->id, field->key, base_version, item->info->name, item->id,
    field->key, base_version, work->user_id, work->device);
  if (result != NULL && lift_server_result_next (result, &local_error) &&
      g_strcmp0 (lift_server_result_get_text (result, 1), work->user_id) != 0)
    write_conflict (field, lift_server_result_get_text (result, 0),
                    lift_server_result_get_text (result, 1), lift_server_result_get_int (result, 2),
                    item->conflicts);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * lift_server_history_repeat_conflicts: (skip)
 * @item: a row that was applied, and whose answer may have been lost
 *
 * Names once more what the row replaced when it came first: else nobody would ever hear of it.
 */
gboolean
lift_server_history_repeat_conflicts (LiftServerWork *work, LiftServerItem *item, GError **error)
{
  gint64 base_version = lift_json_get_int (item->object, "version", 0);
  JsonArray *names = lift_json_get_array (item->object, "changedFields");

  if (item->info == NULL || item->id == NULL || names == NULL || base_version < 1)
    return TRUE;
  for (guint i = 0; i < json_array_get_length (names); i++)
    {
      JsonNode *name = json_array_get_element (names, i);
      const LiftField *field = NULL;

      if (JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING)
        field = lift_entity_info_find (item->info, json_node_get_string (name));
      if (field != NULL && !repeat_one (work, item, field, base_version, error))
        return FALSE;
    }
  return TRUE;
}
