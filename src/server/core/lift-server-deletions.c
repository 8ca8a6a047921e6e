/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-entities.h"
#include "lift-instant.h"
#include "lift-server-change-private.h"

/* A client puts one instant on all that goes in one delete, and its rows may come in several
 * pushes. So the server remembers for each device which group an instant became. The client's clock
 * decides nothing: instants of one device are compared with each other alone. */

static gint64
get_said (LiftServerChange *change)
{
  gint64 said;

  if (change->merge->work->device == NULL ||
      !lift_instant_parse (lift_json_get_string (change->item->object, "deletedAt"), &said))
    return LIFT_INT_NULL;
  return said;
}

/* @group: what the rest of this delete became when it came before; %LIFT_INT_NULL for the first */
static gboolean
find_group (LiftServerChange *change, gint64 *group, GError **error)
{
  LiftServerWork *work = change->merge->work;
  gint64 said = get_said (change);

  *group = LIFT_INT_NULL;
  return said == LIFT_INT_NULL ||
         lift_server_get_int (work->connection, group, error,
                              "SELECT delete_group FROM deletion WHERE user_id = ? AND device = ?"
                              " AND said = ?",
                              "ssi", work->user_id, work->device, said);
}

/**
 * lift_server_change_note_deletion: (skip)
 *
 * Remembers the group of a row that was just deleted by itself.
 */
gboolean
lift_server_change_note_deletion (LiftServerChange *change, GError **error)
{
  LiftServerWork *work = change->merge->work;
  gint64 said = get_said (change);

  if (said == LIFT_INT_NULL)
    return TRUE;
  work->said = said;
  g_hash_table_insert (work->deletions, g_memdup2 (&change->row->delete_group, sizeof (gint64)),
                       g_memdup2 (&said, sizeof said));
  return lift_server_run (work->connection, error,
                          "INSERT INTO deletion (user_id, device, said, delete_group)"
                          " VALUES (?, ?, ?, ?) ON CONFLICT (user_id, device, said)"
                          " DO UPDATE SET delete_group = excluded.delete_group",
                          "ssii", work->user_id, work->device, said, change->row->delete_group);
}

/**
 * lift_server_change_continues_deletion: (skip)
 * @parent: (nullable): what the row is a part of
 * @continues: (out): whether the row, which comes deleted, went in the delete that took what it is
 *   a part of in an earlier push; also if the client calls that delete by the server's instant
 */
gboolean
lift_server_change_continues_deletion (LiftServerChange *change,
                                       LiftServerRow *parent,
                                       gboolean *continues,
                                       GError **error)
{
  gint64 group;

  *continues = FALSE;
  if (parent == NULL || parent->delete_group == LIFT_INT_NULL)
    return TRUE;
  if (!find_group (change, &group, error))
    return FALSE;
  *continues = group == parent->delete_group || get_said (change) == parent->entity->deleted_at;
  return TRUE;
}

/* Whether the row, which is gone, was deleted by the client too. */
static gboolean
is_deleted_again (LiftServerChange *change)
{
  return change->before != NULL && lift_server_row_is_deleted (change->before) &&
         lift_server_row_is_deleted (change->row) &&
         change->before->delete_group != LIFT_INT_NULL &&
         (change->named & lift_server_change_bit (change, "deletedAt")) != 0;
}

static gboolean
join_parent (LiftServerChange *change, LiftServerRow *parent, GError **error)
{
  if (!lift_server_tree_join (change->merge->work, change->before, parent, error))
    return FALSE;
  change->row->entity->deleted_at = change->before->entity->deleted_at;
  change->row->delete_group = change->before->delete_group;
  return TRUE;
}

/**
 * lift_server_change_delete_again: (skip)
 *
 * For a row that is gone, and was deleted by the client too. Who knew that it was gone had brought it
 * back, and deleted it with what it is a part of. Who did not leaves it in the delete that took it,
 * and what else goes in this one joins that: whoever brings the row back brings all back.
 */
gboolean
lift_server_change_delete_again (LiftServerChange *change, GError **error)
{
  LiftServerWork *work = change->merge->work;
  g_autoptr (LiftServerRow) parent = NULL;
  gboolean along;

  if (!is_deleted_again (change))
    return TRUE;
  if (!lift_server_tree_load_parent (work, change->before, &parent, error) ||
      !lift_server_change_continues_deletion (change, parent, &along, error))
    return FALSE;
  if (!along)
    return lift_server_change_note_deletion (change, error) &&
           lift_server_tree_delete (work, change->before, error);
  return change->before->delete_group == parent->delete_group ||
         lift_json_get_int (change->item->object, "version", 0) < change->before->entity->version ||
         join_parent (change, parent, error);
}

/**
 * lift_server_change_is_beaten: (skip)
 * @beaten: (out): whether the row is going to be deleted by the rest of a delete that an edit has
 *   beaten meanwhile: it had gone with it, and came back with it, and the client does not know
 */
gboolean
lift_server_change_is_beaten (LiftServerChange *change, gboolean *beaten, GError **error)
{
  LiftServerWork *work = change->merge->work;
  g_autofree char *text = NULL;
  g_autofree char *quoted = NULL;
  gint64 group, version;

  *beaten = FALSE;
  if (change->before == NULL || lift_server_row_is_deleted (change->before) ||
      !lift_server_row_is_deleted (change->row))
    return TRUE;
  if (!find_group (change, &group, error))
    return FALSE;
  if (group == LIFT_INT_NULL)
    return TRUE;
  text = lift_instant_format (group);
  quoted = g_strdup_printf ("\"%s\"", text);
  if (!lift_server_get_int (work->connection, &version, error,
                            "SELECT max (version) FROM history WHERE type = ? AND id = ?"
                            " AND field = 'deletedAt' AND old_value = ?",
                            "sss", change->item->info->name, change->item->id, quoted))
    return FALSE;
  *beaten = version != LIFT_INT_NULL &&
            version > lift_json_get_int (change->item->object, "version", 0);
  return TRUE;
}
