/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lift-catalogue.h"
#include "lift-entities.h"
#include "lift-registry.h"
#include "lift-text.h"

static void
test_fourteen_types_with_the_wire_names (void)
{
  static const char *const names[] = {
    "User",
    "Coach",
    "Athlete",
    "Exercise",
    "Variant",
    "TrainingPlan",
    "ExercisePlan",
    "SetPlan",
    "ExercisePlanVariant",
    "TrainingSession",
    "ExerciseSession",
    "SetSession",
    "ExerciseSessionVariant",
    "BodyWeightEntry",
  };

  g_assert_cmpuint (lift_registry_get_size (), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_nonnull (lift_registry_find (names[i]));
  g_assert_null (lift_registry_find ("Setplan"));
  g_assert_null (lift_registry_find (NULL));
}

static void
test_names_of_a_field_follow_from_one (void)
{
  const LiftEntityInfo *info = lift_registry_find ("ExercisePlanVariant");
  LiftField *field = lift_entity_info_find (info, "exercisePlanId");

  g_assert_cmpstr (info->table, ==, "exercise_plan_variant");
  g_assert_cmpstr (field->name, ==, "exercise_plan_id");
  g_assert_cmpstr (field->property, ==, "exercise-plan-id");
  g_assert_true (info->parent == field);
}

static void
assert_parents_come_first (const LiftEntityInfo *info)
{
  for (guint i = 0; i < info->n_fields; i++)
    {
      LiftField *field = info->fields[i];
      const LiftEntityInfo *target = lift_registry_find (field->target);

      g_assert_true (field->target == NULL || target != NULL);
      if (field->flags & (LIFT_FIELD_PARENT | LIFT_FIELD_ATHLETE))
        g_assert_cmpuint (lift_registry_get_rank (target), <, lift_registry_get_rank (info));
    }
}

static void
test_push_order_puts_parents_first (void)
{
  for (guint i = 0; i < lift_registry_get_size (); i++)
    assert_parents_come_first (lift_registry_get (i));
}

static void
test_what_travels_and_what_is_edited (void)
{
  const LiftEntityInfo *info = lift_registry_find ("SetPlan");
  LiftFieldSet wire = lift_entity_info_get_wire (info);
  LiftFieldSet editable = lift_entity_info_get_editable (info);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const char *key = info->fields[i]->key;
      gboolean local = g_str_equal (key, "pending") || g_str_equal (key, "base") ||
                       g_str_equal (key, "held") || g_str_equal (key, "extra") ||
                       g_str_equal (key, "lastSyncedAt");
      gboolean server = g_str_equal (key, "version") || g_str_equal (key, "updatedAt") ||
                        g_str_equal (key, "updatedBy") || g_str_equal (key, "createdBy");

      g_assert_cmpint (wire >> i & 1, ==, !local);
      g_assert_cmpint (editable >> i & 1, ==, !local && !server && !g_str_equal (key, "id"));
    }
}

/* Every name and alias stands for one exercise, however it is typed. */
static void
claim_name (GHashTable *names, const char *name, const char *id)
{
  char *folded = lift_text_fold (name);
  const char *owner = g_hash_table_lookup (names, folded);

  if (owner != NULL)
    g_assert_cmpstr (owner, ==, id);
  g_hash_table_insert (names, folded, g_strdup (id));
}

static void
test_catalogue_is_whole_and_valid (void)
{
  g_autoptr (GPtrArray) exercises = lift_catalogue_load ();
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (exercises->len, >=, 150);
  for (guint i = 0; i < exercises->len; i++)
    {
      LiftExercise *exercise = g_ptr_array_index (exercises, i);
      LiftEntity *entity = LIFT_ENTITY (exercise);
      g_autoptr (GPtrArray) faults = lift_fault_list_new ();

      g_assert_true (lift_entity_validate (entity, LIFT_FIELD_SET_ALL, faults));
      g_assert_true (g_hash_table_add (ids, entity->id));
      claim_name (names, exercise->name, entity->id);
      g_assert_nonnull (exercise->primary_muscles);
      g_assert_nonnull (exercise->equipment);
      g_assert_cmpstr (exercise->description, !=, "");
      g_assert_null (exercise->coach_id);
      g_assert_null (entity->extra);
      g_assert_cmpint (entity->version, ==, 1);
    }
}

static void
assert_owner (const char *type, const char *athlete, const char *coach)
{
  const LiftEntityInfo *info = lift_registry_find (type);

  g_assert_cmpstr (lift_entity_info_get_owner_column (info, LIFT_FIELD_ATHLETE), ==, athlete);
  g_assert_cmpstr (lift_entity_info_get_owner_column (info, LIFT_FIELD_COACH), ==, coach);
}

static void
test_whose_rows (void)
{
  assert_owner ("SetPlan", "athlete_id", NULL);
  assert_owner ("Exercise", "athlete_id", "coach_id");
  assert_owner ("Variant", NULL, "coach_id");
  assert_owner ("User", "id", "id");
  assert_owner ("Athlete", "id", NULL);
  assert_owner ("Coach", NULL, "id");
}

/* The server and each version of the client must come to the same. */
static void
test_hash_never_changes (void)
{
  const char *id = "01890000-0000-7000-8000-000000000001";

  g_assert_cmphex (lift_entity_hash_version (id, 1, FALSE), ==, 0xb5fb96caea750a24);
  g_assert_cmphex (lift_entity_hash_version (id, 12, TRUE), ==, 0xcfe06453bf701fb5);
}

static void
test_catalogue_ids_never_change (void)
{
  g_autoptr (GPtrArray) exercises = lift_catalogue_load ();
  LiftExercise *first = g_ptr_array_index (exercises, 0);

  g_assert_cmpstr (first->name, ==, "Back Squat");
  g_assert_cmpstr (LIFT_ENTITY (first)->id, ==, "11f70000-0000-8000-8000-000000000001");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/fourteen-types", test_fourteen_types_with_the_wire_names);
  g_test_add_func ("/registry/names-follow-from-one", test_names_of_a_field_follow_from_one);
  g_test_add_func ("/registry/parents-first", test_push_order_puts_parents_first);
  g_test_add_func ("/registry/wire-and-editable", test_what_travels_and_what_is_edited);
  g_test_add_func ("/registry/whose-rows", test_whose_rows);
  g_test_add_func ("/registry/hash-never-changes", test_hash_never_changes);
  g_test_add_func ("/catalogue/whole-and-valid", test_catalogue_is_whole_and_valid);
  g_test_add_func ("/catalogue/ids-never-change", test_catalogue_ids_never_change);
  return g_test_run ();
}
