/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "store-fixture.h"

static LiftExercise *
add_exercise (StoreFixture *fixture, const char *name)
{
  LiftExercise *exercise = store_fixture_new (fixture, LIFT_TYPE_EXERCISE);

  lift_entity_set (LIFT_ENTITY (exercise), "name", name, NULL);
  store_fixture_insert (fixture, exercise);
  return exercise;
}

static void
refuse_insert (StoreFixture *fixture, gpointer entity, LiftFaultCode code, const char *word)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);

  lift_batch_insert (batch, entity);
  store_fixture_refuse (fixture, batch, code, word);
}

static void
refuse_update (
  StoreFixture *fixture, gpointer entity, const char *key, LiftFaultCode code, const char *word)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);

  lift_batch_update (batch, entity, store_fixture_field (entity, key));
  store_fixture_refuse (fixture, batch, code, word);
}

static void
test_bad_values_are_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftBodyWeightEntry) weight = store_fixture_new (fixture, LIFT_TYPE_BODY_WEIGHT_ENTRY);

  lift_entity_set (LIFT_ENTITY (plan), "date", "2026-03-02", NULL);
  refuse_insert (fixture, plan, LIFT_FAULT_REQUIRED, "TrainingPlan: name");
  lift_entity_set (LIFT_ENTITY (plan), "name", "", NULL);
  refuse_insert (fixture, plan, LIFT_FAULT_REQUIRED, "name");
  lift_entity_set (LIFT_ENTITY (plan), "name", "A", "date", "2026-02-30", NULL);
  refuse_insert (fixture, plan, LIFT_FAULT_BAD_FORMAT, "date");
  lift_entity_set (LIFT_ENTITY (plan), "date", "2026-03-02", "status", "wild", NULL);
  refuse_insert (fixture, plan, LIFT_FAULT_BAD_FORMAT, "status");
  lift_entity_set (LIFT_ENTITY (weight), "weight", 19.9, "measurement-date", "2026-03-02", NULL);
  refuse_insert (fixture, weight, LIFT_FAULT_OUT_OF_RANGE, "weight");
}

static void
test_every_fault_is_named (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);

  refuse_insert (fixture, plan, LIFT_FAULT_REQUIRED, "name");
  refuse_insert (fixture, plan, LIFT_FAULT_REQUIRED, "date");
}

static void
test_rules_between_fields_hold_on_update (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftExercisePlan) exercise = store_fixture_add_exercise_plan (fixture, plan);
  g_autoptr (LiftSetPlan) set = store_fixture_add_set (fixture, exercise);
  g_autoptr (LiftBatch) inverse = NULL;

  lift_entity_set (LIFT_ENTITY (set), "target-rpe", 8.0, NULL);
  inverse = store_fixture_update (fixture, set, "targetRpe");
  lift_entity_set (LIFT_ENTITY (set), "target-rir", 2.0, "target-rpe", LIFT_NUMBER_NULL, NULL);
  refuse_update (fixture, set, "targetRir", LIFT_FAULT_BAD_FORMAT, "targetRir");
}

/* A newer server may send what this version would not take; the rest can be edited all the same. */
static void
test_foreign_value_does_not_block_other_fields (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftBatch) inverse = NULL;

  lift_entity_set (LIFT_ENTITY (plan), "kind", "from-the-future", NULL);
  store_fixture_save_clean (fixture, plan);
  lift_entity_set (LIFT_ENTITY (plan), "notes", "fine", NULL);
  inverse = store_fixture_update (fixture, plan, "notes");
}

static void
test_parent_must_be_there_and_live (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftExercisePlan) child = store_fixture_new (fixture, LIFT_TYPE_EXERCISE_PLAN);
  g_autoptr (LiftBatch) inverse = NULL;

  lift_entity_set (LIFT_ENTITY (child), "training-plan-id", fixture->athlete, "exercise-id",
                   store_fixture_get_exercise (fixture), NULL);
  refuse_insert (fixture, child, LIFT_FAULT_PARENT_MISSING, "trainingPlanId");
  inverse = store_fixture_delete (fixture, plan);
  lift_entity_set (LIFT_ENTITY (child), "training-plan-id", LIFT_ENTITY (plan)->id, NULL);
  refuse_insert (fixture, child, LIFT_FAULT_PARENT_MISSING, "trainingPlanId");
}

static void
test_parent_may_be_made_in_the_same_batch (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (LiftExercisePlan) child = store_fixture_new (fixture, LIFT_TYPE_EXERCISE_PLAN);
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftBatch) gone = lift_batch_new (NULL);

  lift_entity_set (LIFT_ENTITY (plan), "name", "A", "date", "2026-03-02", NULL);
  lift_entity_set (LIFT_ENTITY (child), "training-plan-id", LIFT_ENTITY (plan)->id, "exercise-id",
                   store_fixture_get_exercise (fixture), NULL);
  lift_batch_insert (batch, LIFT_ENTITY (plan));
  lift_batch_insert (batch, LIFT_ENTITY (child));
  inverse = store_fixture_commit (fixture, batch);
  /* And what is deleted earlier in a batch is gone for what follows. */
  g_free (LIFT_ENTITY (child)->id);
  LIFT_ENTITY (child)->id = lift_uuid_new (LIFT_CLOCK (fixture->clock));
  lift_batch_delete (gone, lift_entity_get_info (LIFT_ENTITY (plan)), LIFT_ENTITY (plan)->id);
  lift_batch_insert (gone, LIFT_ENTITY (child));
  store_fixture_refuse (fixture, gone, LIFT_FAULT_PARENT_MISSING, "trainingPlanId");
}

static void
test_child_has_the_athlete_of_its_parent (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftExercisePlan) child = store_fixture_new (fixture, LIFT_TYPE_EXERCISE_PLAN);
  g_autofree char *other = lift_uuid_new (LIFT_CLOCK (fixture->clock));

  lift_entity_set (LIFT_ENTITY (child), "training-plan-id", LIFT_ENTITY (plan)->id, "exercise-id",
                   store_fixture_get_exercise (fixture), "athlete-id", other, NULL);
  refuse_insert (fixture, child, LIFT_FAULT_BAD_REFERENCE, "trainingPlanId");
}

static void
test_row_never_changes_its_athlete (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autofree char *other = lift_uuid_new (LIFT_CLOCK (fixture->clock));

  lift_entity_set (LIFT_ENTITY (plan), "athlete-id", other, NULL);
  refuse_update (fixture, plan, "athleteId", LIFT_FAULT_FORBIDDEN, "athleteId");
}

static void
test_reference_must_exist (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftExercisePlan) child = store_fixture_add_exercise_plan (fixture, plan);

  lift_entity_set (LIFT_ENTITY (child), "exercise-id", fixture->athlete, NULL);
  refuse_update (fixture, child, "exerciseId", LIFT_FAULT_BAD_REFERENCE, "exerciseId");
}

static void
test_catalogue_is_read_only (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
  g_autoptr (GPtrArray) rows = lift_store_query_sync (fixture->store, query, NULL);
  LiftEntity *built_in = g_ptr_array_index (rows, 0);
  g_autoptr (LiftBatch) remove = lift_batch_new (NULL);
  g_autoptr (LiftExercise) forged = store_fixture_new (fixture, LIFT_TYPE_EXERCISE);

  lift_entity_set (built_in, "name", "Mine", NULL);
  refuse_update (fixture, built_in, "name", LIFT_FAULT_FORBIDDEN, "catalogue");
  lift_entity_set (built_in, "athlete-id", fixture->athlete, NULL);
  refuse_update (fixture, built_in, "athleteId", LIFT_FAULT_FORBIDDEN, "catalogue");
  lift_batch_delete (remove, lift_entity_get_info (built_in), built_in->id);
  store_fixture_refuse (fixture, remove, LIFT_FAULT_FORBIDDEN, "catalogue");
  lift_entity_set (LIFT_ENTITY (forged), "name", "New", "athlete-id", NULL, NULL);
  refuse_insert (fixture, forged, LIFT_FAULT_FORBIDDEN, "catalogue");
}

static void
test_exercise_name_is_unique_for_its_owner (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftExercise) mine = add_exercise (fixture, "Élévation");
  g_autoptr (LiftExercise) second = add_exercise (fixture, "Curl");
  g_autoptr (LiftExercise) same = store_fixture_new (fixture, LIFT_TYPE_EXERCISE);
  g_autofree char *other = lift_uuid_new (LIFT_CLOCK (fixture->clock));
  g_autoptr (LiftBatch) inverse = NULL;

  lift_entity_set (LIFT_ENTITY (same), "name", "ELEVATION", NULL);
  refuse_insert (fixture, same, LIFT_FAULT_DUPLICATE, "name");
  lift_entity_set (LIFT_ENTITY (second), "name", "elevation", NULL);
  refuse_update (fixture, second, "name", LIFT_FAULT_DUPLICATE, "name");
  /* Its own name in other letters is no clash; nor is the name at another owner, or of a deleted. */
  lift_entity_set (LIFT_ENTITY (mine), "name", "elevation", NULL);
  lift_batch_unref (store_fixture_update (fixture, mine, "name"));
  lift_entity_set (LIFT_ENTITY (same), "athlete-id", other, NULL);
  store_fixture_insert (fixture, same);
  inverse = store_fixture_delete (fixture, mine);
  lift_batch_unref (store_fixture_update (fixture, second, "name"));
}

static void
test_name_given_twice_in_a_batch_is_refused (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftExercise) one = store_fixture_new (fixture, LIFT_TYPE_EXERCISE);
  g_autoptr (LiftExercise) two = store_fixture_new (fixture, LIFT_TYPE_EXERCISE);
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);

  lift_entity_set (LIFT_ENTITY (one), "name", "Sled", NULL);
  lift_entity_set (LIFT_ENTITY (two), "name", "sled", NULL);
  lift_batch_insert (batch, LIFT_ENTITY (one));
  lift_batch_insert (batch, LIFT_ENTITY (two));
  store_fixture_refuse (fixture, batch, LIFT_FAULT_DUPLICATE, "name");
}

static void
test_clash_from_the_server_blocks_nothing_else (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftExercise) one = add_exercise (fixture, "Sled");
  g_autoptr (LiftExercise) two = add_exercise (fixture, "Prowler");
  g_autoptr (LiftBatch) inverse = NULL;

  lift_entity_set (LIFT_ENTITY (two), "name", "Sled", NULL);
  store_fixture_save_clean (fixture, two);
  lift_entity_set (LIFT_ENTITY (two), "category", "conditioning", NULL);
  inverse = store_fixture_update (fixture, two, "category");
}

static void
test_exercise_does_not_return_to_a_taken_name (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftExercise) old = add_exercise (fixture, "Sled");
  g_autoptr (LiftBatch) inverse = store_fixture_delete (fixture, old);
  g_autoptr (LiftExercise) new = add_exercise (fixture, "Sled");

  store_fixture_refuse (fixture, inverse, LIFT_FAULT_DUPLICATE, "name");
}

static void
test_imported_session_comes_once (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) one = store_fixture_new (fixture, LIFT_TYPE_TRAINING_SESSION);
  g_autoptr (LiftTrainingSession) two = store_fixture_new (fixture, LIFT_TYPE_TRAINING_SESSION);
  g_autoptr (LiftTrainingSession) free = store_fixture_new (fixture, LIFT_TYPE_TRAINING_SESSION);

  lift_entity_set (LIFT_ENTITY (one), "session-date", "2026-03-02", "source-key", "k", NULL);
  lift_entity_set (LIFT_ENTITY (two), "session-date", "2026-03-03", "source-key", "k", NULL);
  lift_entity_set (LIFT_ENTITY (free), "session-date", "2026-03-03", NULL);
  store_fixture_insert (fixture, one);
  refuse_insert (fixture, two, LIFT_FAULT_DUPLICATE, "sourceKey");
  store_fixture_insert (fixture, free);
  lift_entity_set (LIFT_ENTITY (two), "source-key", NULL, NULL);
  store_fixture_insert (fixture, two);
}

static void
test_variant_is_attached_once (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);
  g_autoptr (LiftExercisePlan) exercise = store_fixture_add_exercise_plan (fixture, plan);
  g_autoptr (LiftVariant) variant = store_fixture_new (fixture, LIFT_TYPE_VARIANT);
  g_autoptr (LiftBatch) inverse = NULL;
  g_autoptr (LiftExercisePlanVariant) one = NULL;
  g_autoptr (LiftExercisePlanVariant) two = NULL;

  lift_entity_set (LIFT_ENTITY (variant), "name", "Pause", NULL);
  store_fixture_insert (fixture, variant);
  one = store_fixture_new (fixture, LIFT_TYPE_EXERCISE_PLAN_VARIANT);
  two = store_fixture_new (fixture, LIFT_TYPE_EXERCISE_PLAN_VARIANT);
  lift_entity_set (LIFT_ENTITY (one), "exercise-plan-id", LIFT_ENTITY (exercise)->id, "variant-id",
                   LIFT_ENTITY (variant)->id, NULL);
  lift_entity_set (LIFT_ENTITY (two), "exercise-plan-id", LIFT_ENTITY (exercise)->id, "variant-id",
                   LIFT_ENTITY (variant)->id, NULL);
  store_fixture_insert (fixture, one);
  refuse_insert (fixture, two, LIFT_FAULT_DUPLICATE, "variantId");
  inverse = store_fixture_delete (fixture, one);
  store_fixture_insert (fixture, two);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) STORE_TEST ("/store/rules/" name, test_##func)
  ADD ("bad-values-are-refused", bad_values_are_refused);
  ADD ("every-fault-is-named", every_fault_is_named);
  ADD ("rules-between-fields-hold-on-update", rules_between_fields_hold_on_update);
  ADD ("foreign-value-does-not-block-other-fields", foreign_value_does_not_block_other_fields);
  ADD ("parent-must-be-there-and-live", parent_must_be_there_and_live);
  ADD ("parent-may-be-made-in-the-same-batch", parent_may_be_made_in_the_same_batch);
  ADD ("child-has-the-athlete-of-its-parent", child_has_the_athlete_of_its_parent);
  ADD ("row-never-changes-its-athlete", row_never_changes_its_athlete);
  ADD ("reference-must-exist", reference_must_exist);
  ADD ("catalogue-is-read-only", catalogue_is_read_only);
  ADD ("exercise-name-is-unique-for-its-owner", exercise_name_is_unique_for_its_owner);
  ADD ("name-given-twice-in-a-batch-is-refused", name_given_twice_in_a_batch_is_refused);
  ADD ("clash-from-the-server-blocks-nothing-else", clash_from_the_server_blocks_nothing_else);
  ADD ("exercise-does-not-return-to-a-taken-name", exercise_does_not_return_to_a_taken_name);
  ADD ("imported-session-comes-once", imported_session_comes_once);
  ADD ("variant-is-attached-once", variant_is_attached_once);
  return g_test_run ();
}
