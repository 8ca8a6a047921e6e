/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-ablation.h"
#include "lift-server-private.h"
#include "lift-training-plan.h"

/* What happens to the rows above and below one that changes. */

/* Writes a row that changes because another one does. */
static gboolean
store_along (LiftServerWork *work, LiftServerRow *row, LiftServerRow *before, GError **error)
{
  row->entity->version++;
  row->entity->updated_at = lift_server_work_next_stamp (work);
  lift_field_set_text (lift_entity_info_find (lift_entity_get_info (row->entity), "updatedBy"),
                       row->entity, work->user_id);
  return lift_server_row_store (work, row, before, error);
}

static gboolean
set_deleted (
  LiftServerWork *work, LiftServerRow *row, gint64 deleted_at, gint64 group, GError **error)
{
  g_autoptr (LiftServerRow) before = lift_server_row_copy (row);
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row->entity), "deletedAt");

  row->entity->deleted_at = deleted_at;
  row->delete_group = group;
  return lift_server_history_add (work, before, (LiftFieldSet) 1 << field->index, error) &&
         store_along (work, row, before, error);
}

typedef gboolean (*ChildFunc) (LiftServerWork *work,
                               LiftServerRow *child,
                               gpointer user_data,
                               GError **error);

/* Calls @func for all that is part of @row, parents first. */
static gboolean
for_each_below (
  LiftServerWork *work, LiftServerRow *row, ChildFunc func, gpointer user_data, GError **error)
{
  LiftServerTable *table = lift_server_get_table (work->server, lift_entity_get_info (row->entity));

  for (guint i = 0; i < table->children->len; i++)
    {
      const LiftEntityInfo *info = g_ptr_array_index (table->children, i);
      g_autoptr (GPtrArray) children = lift_server_rows_query (
        work->server, work->connection, info, error,
        lift_server_get_table (work->server, info)->load_children, "s", row->entity->id);

      for (guint j = 0; children != NULL && j < children->len; j++)
        {
          LiftServerRow *child = g_ptr_array_index (children, j);

          if (!func (work, child, user_data, error) ||
              !for_each_below (work, child, func, user_data, error))
            return FALSE;
        }
      if (children == NULL)
        return FALSE;
    }
  return TRUE;
}

/* Parts that were new to the server, and came as deleted by the delete that is under way, were
 * stored before what they are a part of. */
static gboolean
went_along (LiftServerWork *work, LiftServerRow *child)
{
  gint64 *said = g_hash_table_lookup (work->deletions, &child->delete_group);

  return said != NULL && *said == work->said;
}

/* Rows of one delete that are going to be a part of another. */
typedef struct
{
  LiftServerRow *root;
  gint64 group;
} Joining;

static gboolean
join_child (LiftServerWork *work, LiftServerRow *child, gpointer user_data, GError **error)
{
  const Joining *joining = user_data;

  if (child->delete_group != joining->group)
    return TRUE;
  return set_deleted (work, child, joining->root->entity->deleted_at, joining->root->delete_group,
                      error);
}

/**
 * lift_server_tree_join: (skip)
 * @row: a deleted row
 *
 * Makes it, and what went with it, a part of the delete that took @root.
 */
gboolean
lift_server_tree_join (LiftServerWork *work,
                       LiftServerRow *row,
                       LiftServerRow *root,
                       GError **error)
{
  Joining joining = { root, row->delete_group };

  return join_child (work, row, &joining, error) &&
         for_each_below (work, row, join_child, &joining, error);
}

static gboolean
delete_child (LiftServerWork *work, LiftServerRow *child, gpointer user_data, GError **error)
{
  LiftServerRow *root = user_data;

  if (lift_server_row_is_deleted (child) && !went_along (work, child))
    return TRUE;
  return set_deleted (work, child, root->entity->deleted_at, root->delete_group, error);
}

/**
 * lift_server_tree_delete: (skip)
 * @row: a row that was just stored as deleted
 *
 * Deletes all that is part of @row, as of the same moment and in the same group.
 */
gboolean
lift_server_tree_delete (LiftServerWork *work, LiftServerRow *row, GError **error)
{
  return for_each_below (work, row, delete_child, row, error);
}

/**
 * lift_server_tree_load_parent: (skip)
 * @parent: (out) (nullable) (transfer full): what @row is a part of, deleted or not
 */
gboolean
lift_server_tree_load_parent (LiftServerWork *work,
                              LiftServerRow *row,
                              LiftServerRow **parent,
                              GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row->entity);
  const char *id = lift_entity_get_parent_id (row->entity);

  *parent = NULL;
  if (id == NULL)
    return TRUE;
  return lift_server_row_load (work->server, work->connection,
                               lift_registry_find (info->parent->target), id, parent, error);
}

/**
 * lift_server_tree_has_parents: (skip)
 * @has: (out): whether all is there that @row is a part of, deleted or not. It is not where a part
 *   of a delete was purged and the rest of it is going to be
 */
gboolean
lift_server_tree_has_parents (LiftServerWork *work,
                              LiftServerRow *row,
                              gboolean *has,
                              GError **error)
{
  g_autoptr (LiftServerRow) parent = NULL;

  *has = TRUE;
  if (!lift_server_row_is_deleted (row) || lift_entity_get_parent_id (row->entity) == NULL)
    return TRUE;
  if (!lift_server_tree_load_parent (work, row, &parent, error))
    return FALSE;
  *has = parent != NULL;
  return !*has || lift_server_tree_has_parents (work, parent, has, error);
}

static gboolean revive_parents (LiftServerWork *work, LiftServerRow *row, GError **error);

/* The same pair may live by now, or come back beside it: the smaller id stays. */
static gboolean
settle_twin (LiftServerWork *work, LiftServerRow *row, gboolean *stays, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row->entity);
  g_autofree char *key = info->parent != NULL ? lift_server_unique_key (row->entity) : NULL;
  g_autofree char *other = NULL;
  g_autoptr (LiftServerRow) twin = NULL;

  *stays = TRUE;
  if (key == NULL)
    return TRUE;
  if (!lift_server_dup_text (work->connection, &other, error,
                             lift_server_get_table (work->server, info)->find_unique, "ssis", key,
                             row->scope, (gint64) FALSE, row->entity->id))
    return FALSE;
  *stays = other == NULL || g_strcmp0 (row->entity->id, other) < 0;
  if (other == NULL || !*stays)
    return TRUE;
  return lift_server_row_load (work->server, work->connection, info, other, &twin, error) &&
         set_deleted (work, twin, lift_server_work_next_stamp (work), LIFT_INT_NULL, error);
}

static gboolean
revive_row (LiftServerWork *work, LiftServerRow *row, GError **error)
{
  gboolean stays;

  if (!lift_server_tree_has_parents (work, row, &stays, error))
    return FALSE;
  if (stays && !settle_twin (work, row, &stays, error))
    return FALSE;
  return !stays || set_deleted (work, row, LIFT_INT_NULL, LIFT_INT_NULL, error);
}

static gboolean
revive_group (LiftServerWork *work, const char *scope, gint64 group, GError **error)
{
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *info = lift_registry_get (i);
      g_autoptr (GPtrArray) rows = lift_server_rows_query (
        work->server, work->connection, info, error,
        lift_server_get_table (work->server, info)->load_group, "is", group, scope);

      if (rows == NULL)
        return FALSE;
      for (guint j = 0; j < rows->len; j++)
        if (!revive_row (work, g_ptr_array_index (rows, j), error))
          return FALSE;
      /* A row of the group may have been put under one that went in another delete. */
      for (guint j = 0; j < rows->len; j++)
        if (!revive_parents (work, g_ptr_array_index (rows, j), error))
          return FALSE;
    }
  return TRUE;
}

/* Siblings come together, so the answer for one is kept for the next. */
static gboolean
is_living (LiftServerWork *work, LiftServerRow *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row->entity);
  const char *id = lift_entity_get_parent_id (row->entity);

  return id == NULL || g_hash_table_lookup (work->living, id) ==
                         (gpointer) lift_registry_find (info->parent->target);
}

/* A parent that a row needs comes back, with what went together with it. */
static gboolean
revive_parent (LiftServerWork *work, LiftServerRow *parent, GError **error)
{
  if (lift_server_row_is_deleted (parent) && parent->delete_group != LIFT_INT_NULL &&
      !lift_without (DELETE_GROUP))
    return revive_group (work, parent->scope, parent->delete_group, error);
  if (lift_server_row_is_deleted (parent))
    return set_deleted (work, parent, LIFT_INT_NULL, LIFT_INT_NULL, error);
  g_hash_table_insert (work->living, g_strdup (parent->entity->id),
                       (gpointer) lift_entity_get_info (parent->entity));
  return TRUE;
}

static gboolean
revive_parents (LiftServerWork *work, LiftServerRow *row, GError **error)
{
  g_autoptr (LiftServerRow) parent = NULL;

  if (is_living (work, row))
    return TRUE;
  if (!lift_server_tree_load_parent (work, row, &parent, error))
    return FALSE;
  if (parent == NULL)
    return TRUE;
  if (!revive_parents (work, parent, error))
    return FALSE;
  /* A group that came back with those above may have brought it along. */
  g_clear_pointer (&parent, lift_server_row_free);
  return lift_server_tree_load_parent (work, row, &parent, error) &&
         revive_parent (work, parent, error);
}

/**
 * lift_server_tree_revive: (skip)
 * @row: a row as it is going to be, with the group of the delete that had taken it, if any
 *
 * Brings back what went in the same delete, @row among it, and the parents that it is going to
 * have. The caller loads the row anew.
 */
gboolean
lift_server_tree_revive (LiftServerWork *work, LiftServerRow *row, GError **error)
{
  return (row->delete_group == LIFT_INT_NULL || lift_without (DELETE_GROUP) ||
          revive_group (work, row->scope, row->delete_group, error)) &&
         (lift_without (PARENTS_BACK) || revive_parents (work, row, error));
}

static gboolean
hide_child (LiftServerWork *work, LiftServerRow *child, gpointer user_data, GError **error)
{
  LiftServerRow *root = user_data;
  g_autoptr (LiftServerRow) before = lift_server_row_copy (child);

  if (root->hidden == LIFT_SERVER_SHOWN)
    child->hidden = LIFT_SERVER_SHOWN;
  else if (child->hidden == LIFT_SERVER_SHOWN)
    child->hidden = LIFT_SERVER_WITHDRAWN;
  if (child->hidden == before->hidden)
    return TRUE;
  return store_along (work, child, before, error);
}

/**
 * lift_server_tree_set_hidden: (skip)
 * @row: a row whose visibility for the athlete has just changed
 *
 * Shows or hides all that is part of @row: it gets a new position, so that the athlete hears of it.
 */
gboolean
lift_server_tree_set_hidden (LiftServerWork *work, LiftServerRow *row, GError **error)
{
  return for_each_below (work, row, hide_child, row, error);
}

/* Whether rows of a type are parts of plans: what was done is a part of sessions. */
static gboolean
is_of_plans (const LiftEntityInfo *info)
{
  while (info->parent != NULL)
    info = lift_registry_find (info->parent->target);
  return info->gtype == LIFT_TYPE_TRAINING_PLAN;
}

/**
 * lift_server_tree_find_plan: (skip)
 * @plan: (out) (nullable) (transfer full): the plan that @row is a part of or is
 */
gboolean
lift_server_tree_find_plan (LiftServerWork *work,
                            LiftServerRow *row,
                            LiftServerRow **plan,
                            GError **error)
{
  g_autoptr (LiftServerRow) parent = NULL;

  *plan = NULL;
  if (!is_of_plans (lift_entity_get_info (row->entity)))
    return TRUE;
  if (LIFT_IS_TRAINING_PLAN (row->entity))
    {
      *plan = lift_server_row_copy (row);
      return TRUE;
    }
  if (!lift_server_tree_load_parent (work, row, &parent, error))
    return FALSE;
  return parent == NULL || lift_server_tree_find_plan (work, parent, plan, error);
}
