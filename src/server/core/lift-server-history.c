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

/* A field of a row, what the pushing client had seen of it, and what the push found. */
typedef struct
{
  const LiftEntityInfo *info;
  const char *id;
  const LiftField *field;
  gint64 seen; /* versions */
  gint64 found;
  const char *found_value; /* as JSON */
} Replaced;

/* A delete hides whatever is in the row; to bring a row back, or to name it as gone once more,
 * hides nothing. */
static gboolean
hides_all (Replaced *replaced)
{
  return g_str_equal (replaced->field->key, "deletedAt") &&
         g_str_equal (replaced->found_value, "null");
}

/* Only what nobody has replaced since counts: the rest was hidden before, and by someone else. What
 * the user's own other device set beside it is no reason to say nothing. */
static LiftServerResult *
find_theirs (LiftServerWork *work, Replaced *replaced, GError **error)
{
  return lift_server_query (
    work->connection, error,
    "SELECT h.user_id, h.version FROM history h WHERE h.type = ? AND h.id = ?"
    " AND (h.field = ? OR ? = 1) AND h.version > ? AND h.version <= ? AND h.user_id <> ?"
    " AND NOT EXISTS (SELECT 1 FROM history n WHERE n.type = h.type AND n.id = h.id"
    " AND n.field = h.field AND n.version > h.version AND n.version <= ?)"
    " ORDER BY h.version DESC LIMIT 1",
    "sssiiisi", replaced->info->name, replaced->id, replaced->field->key,
    (gint64) hides_all (replaced), replaced->seen, replaced->found, work->user_id, replaced->found);
}

static gboolean
add_conflict (LiftServerWork *work, Replaced *replaced, GString *out, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = find_theirs (work, replaced, &local_error);

  if (result != NULL && lift_server_result_next (result, &local_error))
    write_conflict (replaced->field, replaced->found_value, lift_server_result_get_text (result, 0),
                    lift_server_result_get_int (result, 1), out);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
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

  if (base_version < 1 || base_version >= before->entity->version)
    return TRUE;
  for (guint i = 0; i < info->n_fields; i++)
    if (fields >> i & 1)
      {
        g_autoptr (GString) value = g_string_new (NULL);
        Replaced replaced = { info, before->entity->id, info->fields[i], base_version,
                              before->entity->version };

        lift_field_write_json (info->fields[i], before->entity, value);
        replaced.found_value = value->str;
        if (!add_conflict (work, &replaced, out, error))
          return FALSE;
      }
  return TRUE;
}

/* What this device replaced with the first push that knew @seen. */
static gboolean
repeat_one (
  LiftServerWork *work, LiftServerItem *item, const LiftField *field, gint64 seen, GError **error)
{
  Replaced replaced = { item->info, item->id, field, seen };
  g_autofree char *value = NULL;
  gint64 version;

  if (!lift_server_get_int (work->connection, &version, error,
                            "SELECT min (version) FROM history WHERE type = ? AND id = ?"
                            " AND field = ? AND version > ? AND user_id = ? AND device = ?",
                            "sssiss", item->info->name, item->id, field->key, seen, work->user_id,
                            work->device))
    return FALSE;
  if (version == LIFT_INT_NULL)
    return TRUE;
  if (!lift_server_dup_text (work->connection, &value, error,
                             "SELECT old_value FROM history WHERE type = ? AND id = ?"
                             " AND field = ? AND version = ?",
                             "sssi", item->info->name, item->id, field->key, version))
    return FALSE;
  replaced.found = version - 1;
  replaced.found_value = value;
  return add_conflict (work, &replaced, item->conflicts, error);
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
