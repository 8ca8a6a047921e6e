/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-changes-private.h"

struct _LiftChanges
{
  gatomicrefcount refs;
  gboolean is_local;
  gboolean everything;
  GHashTable *types; /* LiftEntityInfo → GHashTable of ids */
};

G_DEFINE_BOXED_TYPE (LiftChanges, lift_changes, lift_changes_ref, lift_changes_unref)

/*
 * lift_changes_new:
 * @is_local: whether they were made on this computer, through the door
 */
LiftChanges *
lift_changes_new (gboolean is_local)
{
  LiftChanges *self = g_new0 (LiftChanges, 1);

  g_atomic_ref_count_init (&self->refs);
  self->is_local = is_local;
  self->types = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  return self;
}

/*
 * lift_changes_new_everything:
 * @is_local: whether there are edits among them
 *
 * Returns: (transfer full): changes of which only is known that there were some
 */
LiftChanges *
lift_changes_new_everything (gboolean is_local)
{
  LiftChanges *self = lift_changes_new (is_local);

  self->everything = TRUE;
  return self;
}

/**
 * lift_changes_ref:
 *
 * Returns: (transfer full): @self
 */
LiftChanges *
lift_changes_ref (LiftChanges *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * lift_changes_unref:
 * @self: (transfer full): changes
 */
void
lift_changes_unref (LiftChanges *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->types);
  g_free (self);
}

static GHashTable *
get_ids (LiftChanges *self, const LiftEntityInfo *info)
{
  GHashTable *ids = g_hash_table_lookup (self->types, info);

  if (ids == NULL)
    {
      ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->types, (gpointer) info, ids);
    }
  return ids;
}

/*
 * lift_changes_add:
 *
 * Adds a row. Only before @self is handed to anybody.
 */
void
lift_changes_add (LiftChanges *self, const LiftEntityInfo *info, const char *id)
{
  g_hash_table_add (get_ids (self, info), g_strdup (id));
}

/*
 * lift_changes_is_everything:
 *
 * Returns: whether nothing is known but that there were some
 */
gboolean
lift_changes_is_everything (LiftChanges *self)
{
  return self->everything;
}

/*
 * lift_changes_is_empty:
 */
gboolean
lift_changes_is_empty (LiftChanges *self)
{
  return !self->everything && g_hash_table_size (self->types) == 0;
}

/*
 * lift_changes_merge:
 *
 * Adds the rows of @other, if the two are of one origin. Only before @self is handed to anybody.
 *
 * Returns: whether they are
 */
gboolean
lift_changes_merge (LiftChanges *self, LiftChanges *other)
{
  GHashTableIter types, ids;
  gpointer info, table, id;

  if (self->is_local != other->is_local)
    return FALSE;
  self->everything |= other->everything;
  g_hash_table_iter_init (&types, other->types);
  while (g_hash_table_iter_next (&types, &info, &table))
    {
      g_hash_table_iter_init (&ids, table);
      while (g_hash_table_iter_next (&ids, &id, NULL))
        lift_changes_add (self, info, id);
    }
  return TRUE;
}

/**
 * lift_changes_has_type:
 *
 * Returns: whether rows of the type may have changed
 */
gboolean
lift_changes_has_type (LiftChanges *self, const LiftEntityInfo *info)
{
  return self->everything || g_hash_table_contains (self->types, info);
}

/**
 * lift_changes_has_row:
 *
 * Returns: whether the row may have changed
 */
gboolean
lift_changes_has_row (LiftChanges *self, const LiftEntityInfo *info, const char *id)
{
  GHashTable *ids = g_hash_table_lookup (self->types, info);

  return self->everything || (ids != NULL && g_hash_table_contains (ids, id));
}

/**
 * lift_changes_is_local:
 *
 * Returns: %TRUE for edits of this computer, of this process or another, that the server does not
 *   have; %FALSE for what came from the server
 */
gboolean
lift_changes_is_local (LiftChanges *self)
{
  return self->is_local;
}
