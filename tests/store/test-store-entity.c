/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-store-schema.h"
#include "lift-test-comment.h"
#include "store-fixture.h"

static LiftTestComment *
add_comment (StoreFixture *fixture, LiftTrainingPlan *plan)
{
  LiftTestComment *comment = store_fixture_new (fixture, LIFT_TYPE_TEST_COMMENT);

  lift_entity_set (LIFT_ENTITY (comment), "training-plan-id", LIFT_ENTITY (plan)->id, "text",
                   "Well done", "stars", (gint64) 0, NULL);
  store_fixture_insert (fixture, comment);
  return comment;
}

static void
test_added_entity_is_stored (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftTestComment) comment = add_comment (fixture, plan);
  g_autoptr (LiftTestComment) row = store_fixture_load (fixture, comment);
  LiftStoreStatus status;

  g_assert_cmpstr (row->text, ==, "Well done");
  g_assert_cmpint (row->stars, ==, 0);
  g_assert_true (lift_entity_is_dirty (LIFT_ENTITY (row)));
  g_assert_true (lift_store_get_status_sync (fixture->store, &status, NULL));
  g_assert_cmpuint (status.pending, ==, 2);
}

static void
test_added_entity_is_edited_and_checked (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftTestComment) comment = add_comment (fixture, plan);
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftBatch) bad = lift_batch_new (NULL);
  g_autoptr (LiftTestComment) row = NULL;

  store_fixture_save_clean (fixture, comment);
  lift_entity_set (LIFT_ENTITY (comment), "stars", (gint64) 5, NULL);
  inverse = store_fixture_update (fixture, comment, "stars");
  row = store_fixture_load (fixture, comment);
  g_assert_cmpstr (LIFT_ENTITY (row)->base, ==, "{\"stars\":0}");
  lift_entity_set (LIFT_ENTITY (comment), "stars", (gint64) 6, NULL);
  lift_batch_update (bad, LIFT_ENTITY (comment), store_fixture_field (comment, "stars"));
  store_fixture_refuse (fixture, bad, LIFT_FAULT_OUT_OF_RANGE, "stars");
}

static void
test_added_entity_goes_with_its_parent (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftTestComment) comment = add_comment (fixture, plan);
  g_autoptr (LiftBatch) inverse = store_fixture_delete (fixture, plan);
  g_autoptr (LiftTestComment) row = store_fixture_load (fixture, comment);

  g_assert_true (lift_entity_is_deleted (LIFT_ENTITY (row)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* All that a new entity takes beside its own two files. */
  lift_registry_add (LIFT_TYPE_TEST_COMMENT);
  lift_store_add_migration (LIFT_TEST_COMMENT_SQL);
  STORE_TEST ("/store/entity/added-entity-is-stored", test_added_entity_is_stored);
  STORE_TEST ("/store/entity/added-entity-is-edited-and-checked",
              test_added_entity_is_edited_and_checked);
  STORE_TEST ("/store/entity/added-entity-goes-with-its-parent",
              test_added_entity_goes_with_its_parent);
  return g_test_run ();
}
