/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-instant.h"
#include "lift-json.h"
#include "lift-pending.h"
#include "lift-registry.h"
#include "lift-store-door.h"

/* One sweep of a delete or a restore over a tree of rows. */
typedef struct
{
  LiftDoor *door;
  gint64 from;     /* deleted_at of the rows that are meant */
  gint64 to;       /* what it becomes */
  char *from_text; /* as on the wire, for base */
} Sweep;

/* Marks and collects at once. What the server has is remembered where the field was clean. */
static char *
make_sql (const LiftEntityInfo *info, const char *column)
{
  return g_strdup_printf (
    "UPDATE %s SET base = CASE WHEN instr (pending, '\"*\":') > 0 "
    "OR instr (pending, '\"deletedAt\":') > 0 THEN base "
    "ELSE json_set (coalesce (base, '{}'), '$.deletedAt', ?1) END, "
    "pending = json_set (coalesce (pending, '{}'), '$.deletedAt', ?2), deleted_at = ?3 "
    "WHERE %s IN (SELECT value FROM json_each (?4)) AND deleted_at IS ?5 RETURNING id",
    info->table, column);
}

static gboolean
note_row (Sweep *sweep, const LiftEntityInfo *info, const char *id, GString *ids, GError **error)
{
  g_string_append_c (ids, ids->len == 0 ? '[' : ',');
  lift_json_append_string (ids, id);
  lift_store_writer_touch (sweep->door->writer, info, id);
  return lift_door_forget_failure (sweep->door, info, id, error);
}

static gboolean
mark (Sweep *sweep,
      const LiftEntityInfo *info,
      const char *column,
      const char *keys,
      GString *ids,
      GError **error)
{
  g_autofree char *sql = make_sql (info, column);
  LiftStatement *statement = lift_database_query (sweep->door->writer->database, error, sql,
                                                  "siisi", sweep->from_text, sweep->door->edit,
                                                  sweep->to, keys, sweep->from);
  g_autoptr (GError) local_error = NULL;

  while (statement != NULL && lift_statement_next (statement, &local_error))
    if (!note_row (sweep, info, lift_statement_get_text (statement, 0), ids, error))
      return FALSE;
  if (ids->len > 0)
    g_string_append_c (ids, ']');
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (statement != NULL)
    return TRUE;
  return FALSE;
}

/* The rows of @info whose @column is one of the JSON list @keys, then all that is a part of them. */
static gboolean
sweep_rows (
  Sweep *sweep, const LiftEntityInfo *info, const char *column, const char *keys, GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  if (!mark (sweep, info, column, keys, ids, error))
    return FALSE;
  for (guint i = 0; ids->len > 0 && i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *child = lift_registry_get (i);

      if (child->parent != NULL && g_strcmp0 (child->parent->target, info->name) == 0 &&
          !sweep_rows (sweep, child, child->parent->name, ids->str, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
sweep_tree (LiftDoor *self, LiftEntity *row, gint64 to, GError **error)
{
  Sweep sweep = { self, row->deleted_at, to, NULL };
  g_autofree char *keys = g_strdup_printf ("[\"%s\"]", row->id);
  g_autofree char *text = row->deleted_at != LIFT_INT_NULL ? lift_instant_format (row->deleted_at)
                                                           : NULL;

  sweep.from_text = text;
  lift_rules_forget (self->rules);
  return sweep_rows (&sweep, lift_entity_get_info (row), "id", keys, error);
}

/*
 * lift_door_delete:
 * @row: as it is in the store
 *
 * Puts one tombstone, with one instant, on a row and all live rows that are a part of it.
 */
gboolean
lift_door_delete (LiftDoor *self, LiftEntity *row, GError **error)
{
  if (lift_entity_is_deleted (row))
    return TRUE;
  if (!lift_rules_check_writable (row, error) ||
      !sweep_tree (self, row, lift_store_writer_next_delete (self->writer), error))
    return FALSE;
  lift_batch_restore (self->inverse, lift_entity_get_info (row), row->id);
  return TRUE;
}

/*
 * lift_door_restore:
 * @row: as it is in the store
 *
 * Brings back a row and what went in the same delete, and nothing that had gone before.
 */
gboolean
lift_door_restore (LiftDoor *self, LiftEntity *row, GError **error)
{
  if (!lift_entity_is_deleted (row))
    return TRUE;
  if (!lift_rules_check_writable (row, error) ||
      !lift_rules_check_return (self->rules, row, error) ||
      !sweep_tree (self, row, LIFT_INT_NULL, error))
    return FALSE;
  lift_batch_delete (self->inverse, lift_entity_get_info (row), row->id);
  return TRUE;
}
