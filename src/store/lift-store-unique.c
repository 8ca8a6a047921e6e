/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-store-unique.h"

#include <glib/gi18n-lib.h>

#include "lift-text.h"

struct _LiftNames
{
  LiftDatabase *database;
  GHashTable *owners; /* owner → GHashTable of folded name → id */
};

/*
 * lift_names_new:
 *
 * Returns: (transfer full): an empty memory of names
 */
LiftNames *
lift_names_new (LiftDatabase *database)
{
  LiftNames *self = g_new0 (LiftNames, 1);

  self->database = database;
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_hash_table_unref);
  return self;
}

/*
 * lift_names_free:
 */
void
lift_names_free (LiftNames *self)
{
  g_hash_table_unref (self->owners);
  g_free (self);
}

/*
 * lift_names_forget:
 */
void
lift_names_forget (LiftNames *self)
{
  g_hash_table_remove_all (self->owners);
}

static char *
make_owner (LiftExercise *row)
{
  return g_strdup_printf ("%s/%s", row->coach_id != NULL ? row->coach_id : "",
                          row->athlete_id != NULL ? row->athlete_id : "");
}

static GHashTable *
load_names (LiftNames *self, LiftExercise *row, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) local_error = NULL;
  LiftStatement *statement = lift_database_query (
    self->database, error,
    "SELECT name, id FROM exercise WHERE coach_id IS ? "
    "AND athlete_id IS ? AND deleted_at IS NULL AND name IS NOT NULL",
    "ss", row->coach_id, row->athlete_id);

  while (statement != NULL && lift_statement_next (statement, &local_error))
    g_hash_table_insert (names, lift_text_fold (lift_statement_get_text (statement, 0)),
                         g_strdup (lift_statement_get_text (statement, 1)));
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (statement != NULL)
    return g_steal_pointer (&names);
  return NULL;
}

/* Names by their folded form: what is unique is what a person would call the same. */
static GHashTable *
get_names (LiftNames *self, LiftExercise *row, GError **error)
{
  g_autofree char *owner = make_owner (row);
  GHashTable *names = g_hash_table_lookup (self->owners, owner);

  if (names == NULL)
    {
      names = load_names (self, row, error);
      if (names != NULL)
        g_hash_table_insert (self->owners, g_steal_pointer (&owner), names);
    }
  return names;
}

static gboolean
has_changed (LiftEntity *row, LiftFieldSet changed, const char *const *keys)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  for (guint i = 0; keys[i] != NULL; i++)
    if (changed >> lift_entity_info_find (info, keys[i])->index & 1)
      return TRUE;
  return FALSE;
}

/*
 * lift_names_check:
 * @changed: the fields that are new; a clash that came from the server is no reason to refuse
 *   what has nothing to do with it
 *
 * Adds a fault if another exercise of the same owner has the name, by what a person calls equal.
 *
 * Returns: %FALSE with an error if it could not be looked
 */
gboolean
lift_names_check (
  LiftNames *self, LiftExercise *row, LiftFieldSet changed, GPtrArray *faults, GError **error)
{
  static const char *const keys[] = { "name", "coachId", "athleteId", NULL };
  g_autofree char *folded = NULL;
  GHashTable *names;
  const char *holder;

  if (row->name == NULL || !has_changed (LIFT_ENTITY (row), changed, keys))
    return TRUE;
  names = get_names (self, row, error);
  if (names == NULL)
    return FALSE;
  folded = lift_text_fold (row->name);
  holder = g_hash_table_lookup (names, folded);
  if (holder != NULL && g_strcmp0 (holder, LIFT_ENTITY (row)->id) != 0)
    g_ptr_array_add (faults, lift_fault_new (LIFT_FAULT_DUPLICATE, "name",
                                             _ ("there is an exercise “%s” already"), row->name));
  return TRUE;
}

/*
 * lift_names_add:
 *
 * Remembers the name of a row that was just inserted.
 */
void
lift_names_add (LiftNames *self, LiftExercise *row)
{
  g_autofree char *owner = make_owner (row);
  GHashTable *names = g_hash_table_lookup (self->owners, owner);

  /* Those that were not looked at will be read with it. */
  if (names != NULL && row->name != NULL)
    g_hash_table_insert (names, lift_text_fold (row->name), g_strdup (LIFT_ENTITY (row)->id));
}

/* Pairs of text fields of which no two live rows may have the same. */
static const struct
{
  const char *type;
  const char *keys[3];
} pairs[] = {
  { "ExercisePlanVariant", { "exercisePlanId", "variantId" } },
  { "ExerciseSessionVariant", { "exerciseSessionId", "variantId" } },
  { "TrainingSession", { "athleteId", "sourceKey" } },
};

static gboolean
find_twin (LiftDatabase *database,
           LiftEntity *row,
           const LiftField *first,
           const LiftField *second,
           gint64 *found,
           GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT 1 FROM %s WHERE %s = ? AND %s = ? AND id <> ? AND deleted_at IS NULL LIMIT 1",
    lift_entity_get_info (row)->table, first->name, second->name);

  return lift_database_get_int (database, found, error, sql, "sss",
                                lift_field_get_text (first, row), lift_field_get_text (second, row),
                                row->id);
}

/*
 * lift_unique_check:
 * @changed: the fields that are new
 *
 * Adds a fault if another live row has the pair of values that only one may have.
 *
 * Returns: %FALSE with an error if it could not be looked
 */
gboolean
lift_unique_check (
  LiftDatabase *database, LiftEntity *row, LiftFieldSet changed, GPtrArray *faults, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const LiftField *second;
      gint64 found;

      if (!g_str_equal (info->name, pairs[i].type) || !has_changed (row, changed, pairs[i].keys))
        continue;
      second = lift_entity_info_find (info, pairs[i].keys[1]);
      if (!find_twin (database, row, lift_entity_info_find (info, pairs[i].keys[0]), second, &found,
                      error))
        return FALSE;
      if (found == 1)
        g_ptr_array_add (faults, lift_field_fault (second, LIFT_FAULT_DUPLICATE));
    }
  return TRUE;
}
