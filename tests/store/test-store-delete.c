/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store-fixture.h"

typedef struct
{
  LiftTrainingPlan *plan;
  LiftExercisePlan *exercise;
  LiftSetPlan *first;
  LiftSetPlan *second;
} Tree;

static void
tree_clear (Tree *tree)
{
  g_object_unref (tree->plan);
  g_object_unref (tree->exercise);
  g_object_unref (tree->first);
  g_object_unref (tree->second);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tree, tree_clear)

static void
add_tree (StoreFixture *fixture, Tree *tree)
{
  tree->plan = store_fixture_add_plan (fixture);
  tree->exercise = store_fixture_add_exercise_plan (fixture, tree->plan);
  tree->first = store_fixture_add_set (fixture, tree->exercise);
  tree->second = store_fixture_add_set (fixture, tree->exercise);
}

static gint64
get_deleted_at (StoreFixture *fixture, gpointer entity)
{
  g_autoptr (LiftEntity) row = store_fixture_load (fixture, entity);

  return row->deleted_at;
}

static void
test_delete_covers_the_children (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Tree) tree, other;
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftEntity) row = NULL;
  gint64 instant;

  add_tree (fixture, &tree);
  add_tree (fixture, &other);
  store_fixture_save_clean (fixture, tree.first);
  inverse = store_fixture_delete (fixture, tree.plan);
  instant = get_deleted_at (fixture, tree.plan);
  g_assert_cmpint (instant, >=, lift_clock_get_time (LIFT_CLOCK (fixture->clock)));
  g_assert_cmpint (get_deleted_at (fixture, tree.exercise), ==, instant);
  g_assert_cmpint (get_deleted_at (fixture, tree.first), ==, instant);
  g_assert_cmpint (get_deleted_at (fixture, tree.second), ==, instant);
  g_assert_cmpint (get_deleted_at (fixture, other.first), ==, LIFT_INT_NULL);
  row = store_fixture_load (fixture, tree.first);
  g_assert_cmpstr (row->pending, ==, "{\"deletedAt\":9}");
  g_assert_cmpstr (row->base, ==, "{\"deletedAt\":null}");
}

static void
test_delete_of_a_new_row_keeps_its_mark (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) inverse = store_fixture_delete (fixture, plan);
  g_autoptr (LiftEntity) row = store_fixture_load (fixture, plan);

  g_assert_cmpstr (row->pending, ==, "{\"*\":1,\"deletedAt\":2}");
  g_assert_null (row->base);
}

static void
test_restore_brings_back_what_went_together (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Tree) tree;
  g_autoptr (LiftBatch) earlier = NULL;
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftBatch) redo = NULL;

  add_tree (fixture, &tree);
  /* At the same virtual time: the two deletes are told apart nevertheless. */
  earlier = store_fixture_delete (fixture, tree.first);
  inverse = store_fixture_delete (fixture, tree.plan);
  g_assert_cmpint (get_deleted_at (fixture, tree.first), !=, get_deleted_at (fixture, tree.plan));
  redo = store_fixture_commit (fixture, inverse);
  g_assert_cmpint (get_deleted_at (fixture, tree.plan), ==, LIFT_INT_NULL);
  g_assert_cmpint (get_deleted_at (fixture, tree.exercise), ==, LIFT_INT_NULL);
  g_assert_cmpint (get_deleted_at (fixture, tree.second), ==, LIFT_INT_NULL);
  g_assert_cmpint (get_deleted_at (fixture, tree.first), !=, LIFT_INT_NULL);
  g_clear_pointer (&inverse, lift_batch_unref);
  inverse = store_fixture_commit (fixture, redo);
  g_assert_cmpint (get_deleted_at (fixture, tree.second), !=, LIFT_INT_NULL);
}

static void
test_restore_of_a_synced_delete_remembers_it (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftEntity) row = NULL;
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);

  lift_entity_set (LIFT_ENTITY (plan), "deleted-at", G_GINT64_CONSTANT (1772366400000000), NULL);
  store_fixture_save_clean (fixture, plan);
  lift_batch_restore (batch, lift_entity_get_info (LIFT_ENTITY (plan)), LIFT_ENTITY (plan)->id);
  inverse = store_fixture_commit (fixture, batch);
  row = store_fixture_load (fixture, plan);
  g_assert_cmpint (row->deleted_at, ==, LIFT_INT_NULL);
  g_assert_cmpstr (row->pending, ==, "{\"deletedAt\":2}");
  g_assert_cmpstr (row->base, ==, "{\"deletedAt\":\"2026-03-01T12:00:00.000000Z\"}");
}

static void
test_child_is_not_restored_without_its_parent (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Tree) tree;
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);

  add_tree (fixture, &tree);
  inverse = store_fixture_delete (fixture, tree.plan);
  lift_batch_restore (batch, lift_entity_get_info (LIFT_ENTITY (tree.first)),
                      LIFT_ENTITY (tree.first)->id);
  store_fixture_refuse (fixture, batch, LIFT_FAULT_PARENT_MISSING, "exercisePlanId");
}

static void
test_delete_and_restore_twice_change_nothing (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) first = store_fixture_delete (fixture, plan);
  gint64 instant = get_deleted_at (fixture, plan);
  g_autoptr (LiftBatch) second = store_fixture_delete (fixture, plan);
  g_autoptr (LiftBatch) third = NULL;

  g_assert_true (lift_batch_is_empty (second));
  g_assert_cmpint (get_deleted_at (fixture, plan), ==, instant);
  lift_batch_unref (store_fixture_commit (fixture, first));
  third = store_fixture_commit (fixture, first);
  g_assert_true (lift_batch_is_empty (third));
}

static void
test_update_of_deleted_at_covers_the_children (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Tree) tree;

  add_tree (fixture, &tree);
  lift_entity_set (LIFT_ENTITY (tree.plan), "deleted-at", (gint64) 5, "name", "Gone", NULL);
  {
    g_autoptr (LiftBatch) batch = lift_batch_new (NULL);
    g_autoptr (LiftBatch) inverse = NULL;
    g_autoptr (LiftBatch) redo = NULL;
    g_autoptr (LiftTrainingPlan) row = NULL;

    lift_batch_update (batch, LIFT_ENTITY (tree.plan),
                       store_fixture_field (tree.plan, "deletedAt") |
                         store_fixture_field (tree.plan, "name"));
    inverse = store_fixture_commit (fixture, batch);
    g_assert_cmpint (get_deleted_at (fixture, tree.second), !=, LIFT_INT_NULL);
    redo = store_fixture_commit (fixture, inverse);
    g_assert_cmpint (get_deleted_at (fixture, tree.second), ==, LIFT_INT_NULL);
    row = store_fixture_load (fixture, tree.plan);
    g_assert_cmpstr (row->name, ==, "Squat day");
  }
}

static void
test_deleted_rows_are_not_listed (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Tree) tree;
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftQuery) live = lift_query_new (LIFT_TYPE_SET_PLAN);
  g_autoptr (LiftQuery) all = lift_query_new (LIFT_TYPE_SET_PLAN);

  add_tree (fixture, &tree);
  inverse = store_fixture_delete (fixture, tree.plan);
  lift_query_with_deleted (all);
  g_assert_cmpint (lift_store_count_sync (fixture->store, live, NULL), ==, 0);
  g_assert_cmpint (lift_store_count_sync (fixture->store, all, NULL), ==, 2);
}

/* The clock stands still, or was set back, while the program starts again. */
static void
test_deletes_are_told_apart_over_a_restart (StoreFixture *fixture, gconstpointer data)
{
  g_auto (Tree) tree;
  g_autoptr (LiftBatch) earlier = NULL;
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftBatch) redo = NULL;

  add_tree (fixture, &tree);
  earlier = store_fixture_delete (fixture, tree.first);
  store_fixture_reopen (fixture);
  inverse = store_fixture_delete (fixture, tree.plan);
  g_assert_cmpint (get_deleted_at (fixture, tree.plan), >, get_deleted_at (fixture, tree.first));
  redo = store_fixture_commit (fixture, inverse);
  g_assert_cmpint (get_deleted_at (fixture, tree.second), ==, LIFT_INT_NULL);
  g_assert_cmpint (get_deleted_at (fixture, tree.first), !=, LIFT_INT_NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) STORE_TEST ("/store/delete/" name, test_##func)
  ADD ("delete-covers-the-children", delete_covers_the_children);
  ADD ("delete-of-a-new-row-keeps-its-mark", delete_of_a_new_row_keeps_its_mark);
  ADD ("restore-brings-back-what-went-together", restore_brings_back_what_went_together);
  ADD ("restore-of-a-synced-delete-remembers-it", restore_of_a_synced_delete_remembers_it);
  ADD ("child-is-not-restored-without-its-parent", child_is_not_restored_without_its_parent);
  ADD ("delete-and-restore-twice-change-nothing", delete_and_restore_twice_change_nothing);
  ADD ("update-of-deleted-at-covers-the-children", update_of_deleted_at_covers_the_children);
  ADD ("deleted-rows-are-not-listed", deleted_rows_are_not_listed);
  ADD ("deletes-are-told-apart-over-a-restart", deletes_are_told_apart_over_a_restart);
  return g_test_run ();
}
