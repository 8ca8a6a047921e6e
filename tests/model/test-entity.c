/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lift-entities.h"
#include "lift-registry.h"
#include "lift-virtual-clock.h"

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_new_row_has_id_birth_and_fallbacks (void)
{
  g_autoptr (LiftVirtualClock) clock = lift_virtual_clock_new (1770000000000000, 7);
  LiftAthlete *athlete = lift_entity_new (LIFT_TYPE_ATHLETE, LIFT_CLOCK (clock));
  LiftEntity *entity = LIFT_ENTITY (athlete);

  g_assert_true (g_uuid_string_is_valid (entity->id));
  g_assert_cmpint (entity->created_at, ==, 1770000000000000);
  g_assert_cmpint (entity->version, ==, LIFT_INT_NULL);
  g_assert_cmpfloat (athlete->bar_weight, ==, 20);
  g_assert_cmpfloat (athlete->rounding, ==, 2.5);
  g_assert_cmpstr (athlete->status, ==, "active");
  g_assert_null (athlete->display_name);
  g_assert_true (isnan (athlete->height_cm));
  g_assert_false (lift_entity_is_dirty (entity));
  g_assert_false (lift_entity_is_deleted (entity));
  g_assert_finalize_object (athlete);
}

static void
test_every_type_is_made_and_freed (void)
{
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      LiftEntity *entity = lift_entity_new (lift_registry_get (i)->gtype, lift_clock_get_system ());

      g_assert_true (lift_entity_get_info (entity) == lift_registry_get (i));
      g_assert_finalize_object (entity);
    }
}

static void
test_properties_read_write_and_notify (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, NULL);
  g_autofree char *notes = NULL;
  gint64 reps;
  double weight;
  guint notified = 0;

  g_signal_connect (set, "notify::target-reps", G_CALLBACK (count_notify), &notified);
  g_object_set (set, "target-reps", (gint64) 5, "target-weight", 102.5, "notes", "fast", NULL);
  g_assert_cmpuint (notified, ==, 1);
  g_object_set (set, "target-reps", (gint64) 5, NULL);
  g_assert_cmpuint (notified, ==, 1);
  g_object_get (set, "target-reps", &reps, "target-weight", &weight, "notes", &notes, NULL);
  g_assert_cmpint (reps, ==, 5);
  g_assert_cmpfloat (weight, ==, 102.5);
  g_assert_cmpstr (notes, ==, "fast");
  g_assert_cmpint (set->target_reps, ==, 5);
}

static void
test_zero_is_not_null (void)
{
  g_autoptr (LiftSetPlan) set = g_object_new (LIFT_TYPE_SET_PLAN, NULL);
  LiftField *reps = lift_entity_info_find (lift_entity_get_info (LIFT_ENTITY (set)), "targetReps");
  LiftField *rpe = lift_entity_info_find (lift_entity_get_info (LIFT_ENTITY (set)), "targetRpe");

  g_assert_true (lift_field_is_null (reps, set));
  g_object_set (set, "target-reps", (gint64) 0, "target-rpe", 0.0, NULL);
  g_assert_false (lift_field_is_null (reps, set));
  g_assert_false (lift_field_is_null (rpe, set));
  g_object_set (set, "target-reps", LIFT_INT_NULL, "target-rpe", LIFT_NUMBER_NULL, NULL);
  g_assert_true (lift_field_is_null (reps, set));
  g_assert_true (lift_field_is_null (rpe, set));
}

static void
test_assign_tells_only_what_changed (void)
{
  g_autoptr (LiftSetPlan) a = g_object_new (LIFT_TYPE_SET_PLAN, "notes", "same", NULL);
  g_autoptr (LiftEntity) b = lift_entity_copy (LIFT_ENTITY (a));
  guint notified = 0;
  LiftFieldSet changed;

  g_assert_cmpuint (lift_entity_diff (LIFT_ENTITY (a), b), ==, 0);
  g_object_set (b, "target-weight", 100.0, "tempo", "31X0", NULL);
  g_signal_connect (a, "notify", G_CALLBACK (count_notify), &notified);
  changed = lift_entity_assign (LIFT_ENTITY (a), b, LIFT_FIELD_SET_ALL);
  g_assert_cmpint (__builtin_popcountll (changed), ==, 2);
  g_assert_cmpuint (notified, ==, 2);
  g_assert_cmpstr (a->tempo, ==, "31X0");
  g_assert_cmpuint (lift_entity_assign (LIFT_ENTITY (a), b, LIFT_FIELD_SET_ALL), ==, 0);
}

static void
test_parent_and_athlete_come_from_the_table (void)
{
  g_autoptr (LiftSetSession)
    set = g_object_new (LIFT_TYPE_SET_SESSION, "athlete-id", "a", "exercise-session-id", "e", NULL);
  g_autoptr (LiftCoach) coach = g_object_new (LIFT_TYPE_COACH, NULL);

  g_assert_cmpstr (lift_entity_get_parent_id (LIFT_ENTITY (set)), ==, "e");
  g_assert_cmpstr (lift_entity_get_athlete_id (LIFT_ENTITY (set)), ==, "a");
  g_assert_null (lift_entity_get_parent_id (LIFT_ENTITY (coach)));
  g_assert_null (lift_entity_get_athlete_id (LIFT_ENTITY (coach)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entity/new-row", test_new_row_has_id_birth_and_fallbacks);
  g_test_add_func ("/entity/every-type-is-freed", test_every_type_is_made_and_freed);
  g_test_add_func ("/entity/properties", test_properties_read_write_and_notify);
  g_test_add_func ("/entity/zero-is-not-null", test_zero_is_not_null);
  g_test_add_func ("/entity/assign", test_assign_tells_only_what_changed);
  g_test_add_func ("/entity/parent-and-athlete", test_parent_and_athlete_come_from_the_table);
  return g_test_run ();
}
