/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discard-fixture.h"

/* A discard of a row that has parts, or is one. */

/* Three rows, each a part of the one before. */
typedef struct
{
  LiftTrainingPlan *plan;
  LiftExercisePlan *exercise;
  LiftSetPlan *set;
} Tree;

static Tree
add_tree (SyncFixture *self)
{
  Tree tree = { store_fixture_add_plan (&self->base) };

  tree.exercise = store_fixture_add_exercise_plan (&self->base, tree.plan);
  tree.set = store_fixture_add_set (&self->base, tree.exercise);
  return tree;
}

static void
clear_tree (Tree *tree)
{
  g_object_unref (tree->plan);
  g_object_unref (tree->exercise);
  g_object_unref (tree->set);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tree, clear_tree)

static void
test_added_with_parts (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  g_autoptr (GPtrArray) entries = NULL;
  gint64 number = sync_discard_do (self, tree.plan);

  g_assert_false (sync_discard_is_there (self, tree.plan));
  g_assert_false (sync_discard_is_there (self, tree.exercise));
  g_assert_false (sync_discard_is_there (self, tree.set));
  entries = sync_discard_list_journal (self);
  g_assert_cmpuint (entries->len, ==, 3);
  /* Any of them stands for all. */
  sync_discard_restore (self, number + 2);
  sync_fixture_sync_well (self);
  sync_discard_assert_row (self, tree.set, FALSE, FALSE);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 3);
}

/* Off the list, but not lost: it is the only copy. */
static void
test_dismiss (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  gint64 number = sync_discard_do (self, tree.plan);
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_sync_dismiss_conflict (self->base.store, number + 1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sync_fixture_get_status (self).notes, ==, 0);
  g_assert_false (lift_sync_dismiss_conflict (self->base.store, number, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE);
  g_assert_false (sync_discard_is_there (self, tree.plan));
  sync_discard_restore (self, number);
  g_assert_true (sync_discard_is_there (self, tree.set));
  g_clear_error (&error);
  g_assert_false (lift_sync_restore_conflict (self->base.store, number, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE);
}

/* Only a part of what is new. */
static void
test_added_part (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  gint64 number = sync_discard_do (self, tree.exercise);

  sync_discard_assert_row (self, tree.plan, FALSE, TRUE);
  g_assert_false (sync_discard_is_there (self, tree.set));
  /* What it is a part of goes too: then it has no place to return to, until that is back. */
  {
    gint64 other = sync_discard_do (self, tree.plan);

    sync_discard_restore (self, number);
    sync_discard_assert_row (self, tree.plan, FALSE, TRUE);
    sync_discard_assert_row (self, tree.set, FALSE, TRUE);
    g_assert_false (lift_sync_restore_conflict (self->base.store, other, NULL));
  }
}

/* Added and deleted, and never sent: it stays out of sight, and can be had back. */
static void
test_added_and_deleted (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  g_autoptr (LiftBatch) undo = store_fixture_delete (&self->base, tree.plan);
  g_autoptr (LiftBatch) redo = NULL;
  gint64 number = sync_discard_do (self, tree.plan);

  g_assert_false (sync_discard_is_there (self, tree.exercise));
  sync_discard_restore (self, number);
  sync_discard_assert_row (self, tree.plan, TRUE, TRUE);
  sync_discard_assert_row (self, tree.set, TRUE, TRUE);
  redo = store_fixture_commit (&self->base, undo);
  sync_discard_assert_row (self, tree.plan, FALSE, TRUE);
  sync_discard_assert_row (self, tree.set, FALSE, TRUE);
  sync_fixture_sync_well (self);
  sync_discard_assert_deleted (self, tree.set, FALSE);
}

static void
test_part_under_way (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);

  lift_test_server_refuse (self->server, LIFT_ENTITY (tree.plan)->id, SYNC_REFUSAL, FALSE);
  lift_test_server_refuse (self->server, LIFT_ENTITY (tree.exercise)->id, SYNC_REFUSAL, FALSE);
  self->server->forget_in_answer = LIFT_ENTITY (tree.set)->id;
  sync_discard_sync_any (self);
  sync_discard_refuse (self, tree.plan, "SetPlan Squat day");
}

/* Refused with its parts: all of them are settled. */
static void
test_refused_with_parts (SyncFixture *self, gconstpointer data)
{
  static const char missing[] =
    "[{\"field\":\"trainingPlanId\",\"code\":\"PARENT_MISSING\",\"message\":\"no plan\"}]";
  g_auto (Tree) tree = add_tree (self);

  lift_test_server_refuse (self->server, LIFT_ENTITY (tree.plan)->id, SYNC_REFUSAL, FALSE);
  lift_test_server_refuse (self->server, LIFT_ENTITY (tree.exercise)->id, missing, TRUE);
  lift_test_server_refuse (self->server, LIFT_ENTITY (tree.set)->id, missing, TRUE);
  sync_discard_sync_any (self);
  sync_discard_assert_failures (self, 3);
  sync_discard_do (self, tree.plan);
  sync_discard_assert_failures (self, 0);
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 0);
  sync_fixture_sync_well (self);
}

static void
test_named_by_others (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftExercise) exercise = store_fixture_new (&self->base, LIFT_TYPE_EXERCISE);
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&self->base);
  g_autoptr (LiftExercisePlan) use = store_fixture_new (&self->base, LIFT_TYPE_EXERCISE_PLAN);

  lift_entity_set (LIFT_ENTITY (exercise), "name", "Zercher carry", NULL);
  store_fixture_insert (&self->base, exercise);
  lift_entity_set (LIFT_ENTITY (use), "training-plan-id", LIFT_ENTITY (plan)->id, "exercise-id",
                   LIFT_ENTITY (exercise)->id, NULL);
  store_fixture_insert (&self->base, use);
  sync_discard_refuse (self, exercise, "ExercisePlan Squat day · 2026-03-02 · Zercher carry");
  sync_discard_do (self, use);
  sync_discard_do (self, exercise);
  g_assert_false (sync_discard_is_there (self, exercise));
}

/* A row that the server has was moved into one that it does not have. */
static void
test_moved_part (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  g_autoptr (LiftTrainingPlan) other = NULL;
  g_autoptr (LiftBatch) undo = NULL;
  g_autoptr (LiftBatch) noted = NULL;
  g_autoptr (LiftExercisePlan) moved = NULL;
  g_autoptr (LiftExercisePlan) again = NULL;
  gint64 number;

  sync_fixture_sync_well (self);
  other = store_fixture_add_plan (&self->base);
  lift_entity_set (LIFT_ENTITY (tree.exercise), "training-plan-id", LIFT_ENTITY (other)->id,
                   "notes", "slowly", NULL);
  undo = store_fixture_update (&self->base, tree.exercise, "trainingPlanId");
  noted = store_fixture_update (&self->base, tree.exercise, "notes");
  number = sync_discard_do (self, other);
  g_assert_false (sync_discard_is_there (self, other));
  moved = store_fixture_load (&self->base, tree.exercise);
  g_assert_cmpstr (moved->training_plan_id, ==, LIFT_ENTITY (tree.plan)->id);
  /* Its other edit was not the matter. */
  g_assert_cmpstr (moved->notes, ==, "slowly");
  sync_discard_assert_row (self, tree.exercise, FALSE, TRUE);
  sync_discard_assert_row (self, tree.set, FALSE, FALSE);
  sync_discard_restore (self, number);
  again = store_fixture_load (&self->base, tree.exercise);
  g_assert_cmpstr (again->training_plan_id, ==, LIFT_ENTITY (other)->id);
  sync_fixture_sync_well (self);
}

static void
test_delete (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  g_autoptr (LiftExercisePlan) new_part = NULL;
  g_autoptr (LiftBatch) edit = NULL;
  g_autoptr (LiftBatch) undo = NULL;
  g_autoptr (LiftSetPlan) edited = NULL;
  gint64 number;

  sync_fixture_sync_well (self);
  new_part = store_fixture_add_exercise_plan (&self->base, tree.plan);
  lift_entity_set (LIFT_ENTITY (tree.set), "target-reps", (gint64) 8, NULL);
  edit = store_fixture_update (&self->base, tree.set, "targetReps");
  undo = store_fixture_delete (&self->base, tree.plan);
  /* A part cannot return without the whole. */
  sync_discard_refuse (self, tree.exercise, "TrainingPlan Squat day");
  number = sync_discard_do (self, tree.plan);
  sync_discard_assert_row (self, tree.plan, FALSE, FALSE);
  sync_discard_assert_row (self, tree.exercise, FALSE, FALSE);
  sync_discard_assert_row (self, tree.set, FALSE, TRUE);
  sync_discard_assert_row (self, new_part, FALSE, TRUE);
  edited = store_fixture_load (&self->base, tree.set);
  g_assert_cmpint (edited->target_reps, ==, 8);
  sync_fixture_sync_well (self);
  sync_discard_assert_deleted (self, tree.plan, FALSE);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 4);

  sync_discard_restore (self, number);
  sync_discard_assert_row (self, tree.plan, TRUE, TRUE);
  sync_discard_assert_row (self, tree.exercise, TRUE, TRUE);
  sync_discard_assert_row (self, tree.set, TRUE, TRUE);
  sync_discard_assert_row (self, new_part, TRUE, TRUE);
  sync_fixture_sync_well (self);
  sync_discard_assert_deleted (self, tree.plan, TRUE);
}

/* What had been deleted before stays deleted. */
static void
test_delete_keeps_earlier (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  g_autoptr (LiftBatch) first = NULL;
  g_autoptr (LiftBatch) second = NULL;

  sync_fixture_sync_well (self);
  first = store_fixture_delete (&self->base, tree.set);
  second = store_fixture_delete (&self->base, tree.plan);
  sync_discard_do (self, tree.plan);
  sync_discard_assert_row (self, tree.exercise, FALSE, FALSE);
  sync_discard_assert_row (self, tree.set, TRUE, TRUE);
  sync_discard_do (self, tree.set);
  sync_discard_assert_row (self, tree.set, FALSE, FALSE);
}

static void
test_delete_of_part_under_way (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  g_autoptr (LiftBatch) undo = NULL;

  sync_fixture_sync_well (self);
  undo = store_fixture_delete (&self->base, tree.plan);
  lift_test_server_refuse (self->server, LIFT_ENTITY (tree.plan)->id, SYNC_REFUSAL, FALSE);
  lift_test_server_refuse (self->server, LIFT_ENTITY (tree.exercise)->id, SYNC_REFUSAL, FALSE);
  self->server->forget_in_answer = LIFT_ENTITY (tree.set)->id;
  sync_discard_sync_any (self);
  sync_discard_refuse (self, tree.plan, "not answered");
}

static void
test_return (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  g_autoptr (LiftBatch) undo = store_fixture_delete (&self->base, tree.plan);
  g_autoptr (LiftBatch) redo = NULL;
  gint64 number;

  sync_fixture_sync_well (self);
  sync_discard_assert_row (self, tree.set, TRUE, FALSE);
  redo = store_fixture_commit (&self->base, undo);
  number = sync_discard_do (self, tree.plan);
  sync_discard_assert_row (self, tree.plan, TRUE, FALSE);
  sync_discard_assert_row (self, tree.exercise, TRUE, FALSE);
  sync_discard_assert_row (self, tree.set, TRUE, FALSE);
  sync_discard_restore (self, number);
  sync_discard_assert_row (self, tree.plan, FALSE, TRUE);
  sync_discard_assert_row (self, tree.set, FALSE, TRUE);
  sync_fixture_sync_well (self);
  sync_discard_assert_deleted (self, tree.plan, FALSE);
  sync_discard_assert_deleted (self, tree.set, FALSE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/discard-tree/added-with-parts", test_added_with_parts);
  SYNC_TEST ("/sync/discard-tree/added-part", test_added_part);
  SYNC_TEST ("/sync/discard-tree/added-and-deleted", test_added_and_deleted);
  SYNC_TEST ("/sync/discard-tree/dismiss", test_dismiss);
  SYNC_TEST ("/sync/discard-tree/part-under-way", test_part_under_way);
  SYNC_TEST ("/sync/discard-tree/refused-with-parts", test_refused_with_parts);
  SYNC_TEST ("/sync/discard-tree/named-by-others", test_named_by_others);
  SYNC_TEST ("/sync/discard-tree/moved-part", test_moved_part);
  SYNC_TEST ("/sync/discard-tree/delete", test_delete);
  SYNC_TEST ("/sync/discard-tree/delete-keeps-earlier", test_delete_keeps_earlier);
  SYNC_TEST ("/sync/discard-tree/delete-of-part-under-way", test_delete_of_part_under_way);
  SYNC_TEST ("/sync/discard-tree/return", test_return);
  return g_test_run ();
}
