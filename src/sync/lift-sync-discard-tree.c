/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-edits.h"
#include "lift-losses.h"
#include "lift-page.h"
#include "lift-registry.h"
#include "lift-retry.h"
#include "lift-sync-discard-private.h"

/* What a discard means for the rows that are a part of the one it is about. */

typedef gboolean (*TakePart) (LiftDiscard *self, LiftEntity *part, gpointer data, GError **error);

static gboolean
take_parts_of_type (LiftDiscard *self,
                    const LiftEntityInfo *child,
                    const char *id,
                    TakePart take,
                    gpointer data,
                    GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM \"%s\" WHERE \"%s\" = ? "
                                          "AND pending IS NOT NULL ORDER BY id",
                                          child->table, child->parent->name);
  g_autoptr (GPtrArray) ids = lift_page_list_ids (self->database, sql, id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (LiftEntity)
        part = lift_store_writer_load (self->writer, child, g_ptr_array_index (ids, i), error);

      if (part == NULL || !take (self, part, data, error))
        return FALSE;
    }
  return ids != NULL;
}

/* Hands all rows with local edits that are directly a part of @row to @take. */
static gboolean
take_parts (LiftDiscard *self, LiftEntity *row, TakePart take, gpointer data, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *child = lift_registry_get (i);

      if (child->parent != NULL && g_strcmp0 (child->parent->target, info->name) == 0 &&
          !take_parts_of_type (self, child, row->id, take, data, error))
        return FALSE;
    }
  return TRUE;
}

/* Rows that the server never confirmed, and those it has that were moved into one of them. */
typedef struct
{
  GPtrArray *removed; /* LiftEntity, parents first */
  GPtrArray *moved;   /* LiftEntity */
} Tree;

static gboolean
collect_part (LiftDiscard *self, LiftEntity *part, gpointer data, GError **error)
{
  Tree *tree = data;
  g_autoptr (JsonObject) pending = lift_edits_parse (part->pending);
  gboolean is_new = lift_edits_is_new (pending);

  if (!lift_discard_check_settled (self, lift_entity_get_info (part), part->id, error))
    return FALSE;
  g_ptr_array_add (is_new ? tree->removed : tree->moved, g_object_ref (part));
  return TRUE;
}

static gboolean
collect (LiftDiscard *self, LiftEntity *row, Tree *tree, GError **error)
{
  g_ptr_array_add (tree->removed, g_object_ref (row));
  for (guint i = 0; i < tree->removed->len; i++)
    if (!take_parts (self, g_ptr_array_index (tree->removed, i), collect_part, tree, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_removed (Tree *tree, const LiftEntityInfo *info, const char *id)
{
  for (guint i = 0; i < tree->removed->len; i++)
    {
      LiftEntity *row = g_ptr_array_index (tree->removed, i);

      if (lift_entity_get_info (row) == info && g_str_equal (row->id, id))
        return TRUE;
    }
  return FALSE;
}

static gboolean
set_named (
  LiftDiscard *self, LiftEntity *row, const LiftEntityInfo *by, const char *id, GError **error)
{
  g_autofree char *named = lift_discard_dup_words (self, lift_entity_get_info (row), row->id);
  g_autofree char *user = lift_discard_dup_words (self, by, id);

  g_set_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE,
               /* Translators: a row, then one that refers to it. */
               _ ("%s is used by %s, which would be left without it. Discard or change that first"),
               named, user);
  return FALSE;
}

/* A row that stays must not go on naming one that the server will never have. */
static gboolean
check_field (LiftDiscard *self,
             Tree *tree,
             LiftEntity *row,
             const LiftEntityInfo *by,
             const LiftField *field,
             GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM \"%s\" WHERE \"%s\" = ?", by->table,
                                          field->name);
  g_autoptr (GPtrArray) ids = lift_page_list_ids (self->database, sql, row->id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!is_removed (tree, by, g_ptr_array_index (ids, i)))
      return set_named (self, row, by, g_ptr_array_index (ids, i), error);
  return ids != NULL;
}

static gboolean
check_unnamed (LiftDiscard *self, Tree *tree, LiftEntity *row, GError **error)
{
  const char *type = lift_entity_get_info (row)->name;

  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *by = lift_registry_get (i);

      for (guint j = 0; j < by->n_fields; j++)
        if (by->fields[j] != by->parent && g_strcmp0 (by->fields[j]->target, type) == 0 &&
            !check_field (self, tree, row, by, by->fields[j], error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
remove_row (LiftDiscard *self, Tree *tree, LiftEntity *row, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  return check_unnamed (self, tree, row, error) &&
         lift_losses_keep_row (self->database, row, LIFT_JOURNAL_DISCARDED, self->deed, self->now,
                               error) &&
         lift_retry_clear (self->database, info->name, row->id, error) &&
         lift_store_writer_remove (self->writer, info, row->id, error);
}

static gboolean
remove_tree (LiftDiscard *self, Tree *tree, GError **error)
{
  for (guint i = 0; i < tree->removed->len; i++)
    if (!remove_row (self, tree, g_ptr_array_index (tree->removed, i), error))
      return FALSE;
  for (guint i = 0; i < tree->moved->len; i++)
    {
      LiftEntity *row = g_ptr_array_index (tree->moved, i);
      const LiftField *parent = lift_entity_get_info (row)->parent;

      if (!lift_discard_fields (self, row, (LiftFieldSet) 1 << parent->index, error))
        return FALSE;
    }
  return TRUE;
}

/*
 * lift_discard_remove:
 * @row: a row that the server never confirmed
 *
 * Removes it, and what is a part of it. The journal holds the rows parents first.
 */
gboolean
lift_discard_remove (LiftDiscard *self, LiftEntity *row, GError **error)
{
  Tree tree = { g_ptr_array_new_with_free_func (g_object_unref),
                g_ptr_array_new_with_free_func (g_object_unref) };
  gboolean removed = collect (self, row, &tree, error) && remove_tree (self, &tree, error);

  g_ptr_array_unref (tree.removed);
  g_ptr_array_unref (tree.moved);
  return removed;
}

/* The tombstone that a discard takes off rows, or puts on them again. */
typedef struct
{
  gint64 from;
  gint64 to;
} Sweep;

/* Whether the server has the row as the sweep leaves it; of a new row it has nothing. */
static gboolean
goes_along (LiftEntity *part, JsonObject *pending, JsonObject *base, Sweep *sweep)
{
  g_autoptr (LiftEntity) server = NULL;
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();

  if (part->deleted_at != sweep->from || !json_object_has_member (pending, "deletedAt"))
    return FALSE;
  if (lift_edits_is_new (pending))
    return sweep->to == LIFT_INT_NULL;
  if (!json_object_has_member (base, "deletedAt"))
    return FALSE;
  server = g_object_new (lift_entity_get_info (part)->gtype, NULL);
  lift_entity_read_json (server, base, faults);
  return server->deleted_at == sweep->to;
}

static gboolean
sweep_part (LiftDiscard *self, LiftEntity *part, gpointer data, GError **error)
{
  Sweep *sweep = data;
  g_autoptr (JsonObject) pending = lift_edits_parse (part->pending);
  g_autoptr (JsonObject) base = lift_edits_parse (part->base);

  if (!goes_along (part, pending, base, sweep))
    return TRUE;
  if (!lift_discard_check_settled (self, lift_entity_get_info (part), part->id, error))
    return FALSE;
  part->deleted_at = sweep->to;
  json_object_remove_member (pending, "deletedAt");
  json_object_remove_member (base, "deletedAt");
  return lift_discard_write_notes (self, part, pending, base, error) &&
         take_parts (self, part, sweep_part, sweep, error);
}

/*
 * lift_discard_take_along:
 * @before: a row as it was
 * @after: the same row, deleted where @before is not, or not where it is
 *
 * A delete, and the return from one, covers all that is a part of the row; so does taking either
 * back. The parts need no entries in the journal: the row's own takes them along again.
 */
gboolean
lift_discard_take_along (LiftDiscard *self, LiftEntity *before, LiftEntity *after, GError **error)
{
  Sweep sweep = { before->deleted_at, after->deleted_at };

  return take_parts (self, after, sweep_part, &sweep, error);
}
