/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-store-door.h"

#include <glib/gi18n-lib.h>

#include "lift-exercise.h"
#include "lift-registry.h"
#include "lift-store-unique.h"

/* What is looked at of a row that another row names. */
typedef struct
{
  gboolean exists;
  gboolean deleted;
  char *athlete;
} Target;

struct _LiftRules
{
  LiftDatabase *database;
  GHashTable *targets; /* LiftEntityInfo → GHashTable of id → Target */
  GHashTable *named;   /* LiftEntityInfo → whether rows of other types name its rows */
  LiftNames *names;
};

static void
target_free (Target *target)
{
  g_free (target->athlete);
  g_free (target);
}

/*
 * lift_rules_new:
 *
 * Returns: (transfer full): the rules between rows, with what they remember during one commit
 */
LiftRules *
lift_rules_new (LiftDatabase *database)
{
  LiftRules *self = g_new0 (LiftRules, 1);

  self->database = database;
  self->targets = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  self->named = g_hash_table_new (NULL, NULL);
  self->names = lift_names_new (database);
  return self;
}

/*
 * lift_rules_free:
 */
void
lift_rules_free (LiftRules *self)
{
  g_hash_table_unref (self->targets);
  g_hash_table_unref (self->named);
  lift_names_free (self->names);
  g_free (self);
}

/*
 * lift_rules_forget:
 *
 * Drops what is remembered, after a write that is not an insert.
 */
void
lift_rules_forget (LiftRules *self)
{
  g_hash_table_remove_all (self->targets);
  lift_names_forget (self->names);
}

static GHashTable *
get_targets (LiftRules *self, const LiftEntityInfo *info)
{
  GHashTable *targets = g_hash_table_lookup (self->targets, info);

  if (targets == NULL)
    {
      targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) target_free);
      g_hash_table_insert (self->targets, (gpointer) info, targets);
    }
  return targets;
}

static const char *
get_athlete_column (const LiftEntityInfo *info)
{
  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i]->flags & LIFT_FIELD_ATHLETE)
      return info->fields[i]->name;
  return "NULL";
}

/* Returns: NULL if it could not be read, which is not the same as that there is none. */
static Target *
load_target (LiftRules *self, const LiftEntityInfo *info, const char *id, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT deleted_at, %s FROM %s WHERE id = ?",
                                          get_athlete_column (info), info->table);
  LiftStatement *statement = lift_database_query (self->database, error, sql, "s", id);
  g_autoptr (GError) local_error = NULL;
  Target *target;

  if (statement == NULL)
    return NULL;
  target = g_new0 (Target, 1);
  if (lift_statement_next (statement, &local_error))
    {
      target->exists = TRUE;
      target->deleted = !lift_statement_is_null (statement, 0);
      target->athlete = g_strdup (lift_statement_get_text (statement, 1));
      lift_statement_reset (statement);
    }
  if (local_error == NULL)
    return target;
  g_propagate_error (error, g_steal_pointer (&local_error));
  target_free (target);
  return NULL;
}

static const Target *
get_target (LiftRules *self, const LiftEntityInfo *info, const char *id, GError **error)
{
  GHashTable *targets = get_targets (self, info);
  Target *target = g_hash_table_lookup (targets, id);

  if (target == NULL)
    {
      target = load_target (self, info, id, error);
      if (target != NULL)
        g_hash_table_insert (targets, g_strdup (id), target);
    }
  return target;
}

/* Users, coaches and athletes are made by the server and may not have arrived yet, or never will:
 * a server need not send them. */
static const LiftEntityInfo *
get_checked_type (const LiftField *field)
{
  static const char *const scopes[] = { "User", "Coach", "Athlete", NULL };

  if (field->target == NULL || g_strv_contains (scopes, field->target))
    return NULL;
  return lift_registry_find (field->target);
}

/* Returns: FALSE with an error if it could not be looked. */
static gboolean
check_reference (
  LiftRules *self, LiftEntity *row, const LiftField *field, GPtrArray *faults, GError **error)
{
  const LiftEntityInfo *type = get_checked_type (field);
  const char *id = lift_field_get_text (field, row);
  gboolean is_parent = field->flags & LIFT_FIELD_PARENT;
  const Target *target;

  if (type == NULL || id == NULL)
    return TRUE;
  target = get_target (self, type, id, error);
  if (target == NULL)
    return FALSE;
  if (!target->exists || (is_parent && target->deleted))
    g_ptr_array_add (faults, lift_field_fault (field, is_parent ? LIFT_FAULT_PARENT_MISSING
                                                                : LIFT_FAULT_BAD_REFERENCE));
  else if (target->athlete != NULL &&
           g_strcmp0 (target->athlete, lift_entity_get_athlete_id (row)) != 0)
    g_ptr_array_add (faults, lift_fault_new (LIFT_FAULT_BAD_REFERENCE, field->key,
                                             _ ("belongs to another athlete")));
  return TRUE;
}

/* What only one live row may have. */
static gboolean
check_unique (
  LiftRules *self, LiftEntity *row, LiftFieldSet changed, GPtrArray *faults, GError **error)
{
  return (!LIFT_IS_EXERCISE (row) ||
          lift_names_check (self->names, LIFT_EXERCISE (row), changed, faults, error)) &&
         lift_unique_check (self->database, row, changed, faults, error);
}

static gboolean
take_faults (LiftEntity *row, GPtrArray *faults, GError **error)
{
  if (faults->len == 0)
    return TRUE;
  lift_fault_list_to_error (faults, lift_entity_get_info (row)->name, error);
  return FALSE;
}

/*
 * lift_rules_check_writable:
 *
 * Returns: %FALSE with an error if @row is of the built-in catalogue, which is nobody's to change
 */
gboolean
lift_rules_check_writable (LiftEntity *row, GError **error)
{
  if (!LIFT_IS_EXERCISE (row) || LIFT_EXERCISE (row)->coach_id != NULL ||
      LIFT_EXERCISE (row)->athlete_id != NULL)
    return TRUE;
  return lift_door_set_fault (lift_entity_get_info (row), LIFT_FAULT_FORBIDDEN, "coachId",
                              _ ("an exercise of the catalogue cannot be changed; make one of your "
                                 "own instead"),
                              error);
}

/*
 * lift_rules_check_return:
 *
 * Returns: %FALSE with an error if the deleted @row cannot come back, because what it is a part of
 *   is not there, or because another row has taken what must be unique
 */
gboolean
lift_rules_check_return (LiftRules *self, LiftEntity *row, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();

  return (info->parent == NULL || check_reference (self, row, info->parent, faults, error)) &&
         check_unique (self, row, LIFT_FIELD_SET_ALL, faults, error) &&
         take_faults (row, faults, error);
}

static void
check_same_athlete (LiftEntity *row, LiftEntity *before, GPtrArray *faults)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  for (guint i = 0; before != NULL && i < info->n_fields; i++)
    if ((info->fields[i]->flags & LIFT_FIELD_ATHLETE) &&
        !lift_field_equal (info->fields[i], row, before))
      g_ptr_array_add (faults, lift_fault_new (LIFT_FAULT_FORBIDDEN, info->fields[i]->key,
                                               _ ("a row never changes its athlete")));
}

/*
 * lift_rules_check:
 * @row: as it is to be
 * @before: (nullable): as it is, %NULL for a new row
 * @changed: the fields to look at
 *
 * Looks at the values, at what they refer to, and at what must be unique.
 */
gboolean
lift_rules_check (
  LiftRules *self, LiftEntity *row, LiftEntity *before, LiftFieldSet changed, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();

  lift_entity_validate (row, changed, faults);
  check_same_athlete (row, before, faults);
  for (guint i = 0; i < info->n_fields && faults->len == 0; i++)
    if ((changed >> i & 1) && !check_reference (self, row, info->fields[i], faults, error))
      return FALSE;
  return (faults->len > 0 || check_unique (self, row, changed, faults, error)) &&
         take_faults (row, faults, error);
}

static gboolean
has_field_for (const LiftEntityInfo *info, const LiftEntityInfo *target)
{
  for (guint i = 0; i < info->n_fields; i++)
    if (get_checked_type (info->fields[i]) == target)
      return TRUE;
  return FALSE;
}

static gboolean
is_named (LiftRules *self, const LiftEntityInfo *info)
{
  gpointer answer;

  if (!g_hash_table_lookup_extended (self->named, info, NULL, &answer))
    {
      gboolean found = FALSE;

      for (guint i = 0; i < lift_registry_get_size () && !found; i++)
        found = has_field_for (lift_registry_get (i), info);
      answer = GINT_TO_POINTER (found);
      g_hash_table_insert (self->named, (gpointer) info, answer);
    }
  return GPOINTER_TO_INT (answer);
}

static void
remember (LiftRules *self, LiftEntity *row)
{
  Target *target = g_new0 (Target, 1);

  target->exists = TRUE;
  target->athlete = g_strdup (lift_entity_get_athlete_id (row));
  g_hash_table_insert (get_targets (self, lift_entity_get_info (row)), g_strdup (row->id), target);
}

/*
 * lift_rules_add_row:
 *
 * Remembers a row that was just inserted, for those that refer to it.
 */
void
lift_rules_add_row (LiftRules *self, LiftEntity *row)
{
  if (is_named (self, lift_entity_get_info (row)))
    remember (self, row);
  if (LIFT_IS_EXERCISE (row))
    lift_names_add (self->names, LIFT_EXERCISE (row));
}
