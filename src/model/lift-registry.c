/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-registry.h"

#include "lift-entities.h"

/* Parents first: the order in which rows are pushed, and snapshots pulled. A new entity is one
 * line here. */
static GType (*const built_in[]) (void) = {
  lift_coach_get_type,
  lift_user_get_type,
  lift_athlete_get_type,
  lift_exercise_get_type,
  lift_variant_get_type,
  lift_training_plan_get_type,
  lift_exercise_plan_get_type,
  lift_set_plan_get_type,
  lift_exercise_plan_variant_get_type,
  lift_training_session_get_type,
  lift_exercise_session_get_type,
  lift_set_session_get_type,
  lift_exercise_session_variant_get_type,
  lift_body_weight_entry_get_type,
};

static GPtrArray *
get_types (void)
{
  static GPtrArray *types;

  if (g_once_init_enter (&types))
    {
      GPtrArray *array = g_ptr_array_new ();

      for (guint i = 0; i < G_N_ELEMENTS (built_in); i++)
        g_ptr_array_add (array, (gpointer) lift_entity_info_for_gtype (built_in[i]()));
      g_once_init_leave (&types, array);
    }
  return types;
}

/**
 * lift_registry_get_size:
 *
 * Returns: how many entity types there are
 */
guint
lift_registry_get_size (void)
{
  return get_types ()->len;
}

/**
 * lift_registry_get:
 * @index: below [func@registry_get_size]
 *
 * Returns: (transfer none): an entity type; parents come before their children
 */
const LiftEntityInfo *
lift_registry_get (guint index)
{
  g_return_val_if_fail (index < get_types ()->len, NULL);

  return g_ptr_array_index (get_types (), index);
}

/**
 * lift_registry_find:
 * @name: the wire's name, `SetPlan`
 *
 * Returns: (nullable) (transfer none): the entity type of that name
 */
const LiftEntityInfo *
lift_registry_find (const char *name)
{
  GPtrArray *types = get_types ();

  for (guint i = 0; i < types->len; i++)
    if (g_strcmp0 (lift_registry_get (i)->name, name) == 0)
      return lift_registry_get (i);
  return NULL;
}

/**
 * lift_registry_get_rank:
 *
 * Returns: the place of @info in the push order, from 0
 */
guint
lift_registry_get_rank (const LiftEntityInfo *info)
{
  guint index = 0;

  g_ptr_array_find (get_types (), info, &index);
  return index;
}

/**
 * lift_registry_add:
 * @gtype: an entity class that is not built in
 *
 * Adds a type behind all others. Called before any store is opened, from the main thread.
 */
void
lift_registry_add (GType gtype)
{
  g_ptr_array_add (get_types (), (gpointer) lift_entity_info_for_gtype (gtype));
}
