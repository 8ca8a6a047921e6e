/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-server-private.h"

static gboolean
has_failed (LiftServerMerge *merge, const char *type, const char *id)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", type, id);

  return g_hash_table_contains (merge->failed, key);
}

static void
add_fault (LiftServerItem *item, const LiftField *field, LiftFaultCode code)
{
  g_ptr_array_add (item->faults, lift_field_fault (field, code));
}

/* Whether the athlete may know of the row. */
static gboolean
is_hidden (LiftServerMerge *merge, LiftServerRow *row)
{
  return !merge->rights->user->is_coach && row->hidden == LIFT_SERVER_DRAFT;
}

/* A parent that is somebody else's gives the same answer as one that is not there. */
static gboolean
check_parent (LiftServerMerge *merge,
              LiftServerItem *item,
              LiftServerRow *row,
              LiftServerRow **parent,
              GError **error)
{
  LiftField *field = item->info->parent;
  const char *id = lift_field_get_text (field, row->entity);
  g_autoptr (LiftServerRow) found = NULL;
  gboolean has_parents = TRUE;

  if (id == NULL)
    return TRUE;
  if (has_failed (merge, field->target, id))
    {
      add_fault (item, field, LIFT_FAULT_PARENT_MISSING);
      return TRUE;
    }
  if (!lift_server_row_load (merge->work->server, merge->work->connection,
                             lift_registry_find (field->target), id, &found, error) ||
      (found != NULL && !lift_server_tree_has_parents (merge->work, found, &has_parents, error)))
    return FALSE;
  if (found == NULL || !has_parents || !lift_server_rights_may_read (merge->rights, found->scope) ||
      (!merge->rights->user->is_coach && found->hidden != LIFT_SERVER_SHOWN))
    add_fault (item, field, LIFT_FAULT_PARENT_MISSING);
  else if (!g_str_equal (found->scope, row->scope))
    add_fault (item, field, LIFT_FAULT_BAD_REFERENCE);
  else
    *parent = g_steal_pointer (&found);
  return TRUE;
}

/* A row may name what lies in its own scope, and what is shared with it: the exercises and
 * variants of the coach and of the catalogue. */
static gboolean
is_in_reach (LiftServerMerge *merge, LiftServerRow *row, LiftServerRow *target)
{
  if (is_hidden (merge, target) || !lift_server_rights_may_read (merge->rights, target->scope))
    return FALSE;
  return g_str_equal (target->scope, row->scope) || !g_str_has_prefix (target->scope, "athlete:");
}

static gboolean
check_target (LiftServerMerge *merge,
              LiftServerItem *item,
              LiftServerRow *row,
              const LiftField *field,
              GError **error)
{
  const char *id = lift_field_get_text (field, row->entity);
  const LiftEntityInfo *info = lift_registry_find (field->target);
  g_autoptr (LiftServerRow) target = NULL;

  if (id == NULL || info == NULL)
    return TRUE;
  if (has_failed (merge, field->target, id))
    {
      add_fault (item, field, LIFT_FAULT_PARENT_MISSING);
      return TRUE;
    }
  if (!lift_server_row_load (merge->work->server, merge->work->connection, info, id, &target,
                             error))
    return FALSE;
  if (target == NULL || !is_in_reach (merge, row, target))
    add_fault (item, field, LIFT_FAULT_BAD_REFERENCE);
  return TRUE;
}

/* Owners are looked at by the rights; a sign-in or a coach is never named by a push. */
static gboolean
is_plain_reference (const LiftField *field)
{
  return field->kind == LIFT_FIELD_UUID && field->target != NULL &&
         !(field->flags & (LIFT_FIELD_PARENT | LIFT_FIELD_ATHLETE | LIFT_FIELD_COACH)) &&
         strcmp (field->target, "User") != 0 && strcmp (field->target, "Coach") != 0;
}

/**
 * lift_server_check_references: (skip)
 * @fields: what is about to change
 * @parent: (out) (nullable) (transfer full): the row that @row is a part of
 *
 * Adds a fault for each row that @row names and that is not there for it.
 */
gboolean
lift_server_check_references (LiftServerMerge *merge,
                              LiftServerItem *item,
                              LiftServerRow *row,
                              LiftFieldSet fields,
                              LiftServerRow **parent,
                              GError **error)
{
  *parent = NULL;
  if (item->info->parent != NULL && !check_parent (merge, item, row, parent, error))
    return FALSE;
  for (guint i = 0; i < item->info->n_fields; i++)
    if ((fields >> i & 1) && is_plain_reference (item->info->fields[i]) &&
        !check_target (merge, item, row, item->info->fields[i], error))
      return FALSE;
  return TRUE;
}
