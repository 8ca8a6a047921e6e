/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-json.h"
#include "sync-fixture.h"

/* "Discard my change": the row is as the server has it, the change is in the journal, and comes back
 * from there; and nothing is discarded that the server may have. */

static gint64
discard (SyncFixture *self, gpointer entity)
{
  g_autoptr (GError) error = NULL;
  gint64 entry = -1;

  g_assert_true (lift_sync_discard (self->base.store, lift_entity_get_info (entity),
                                    LIFT_ENTITY (entity)->id, &entry, &error));
  g_assert_no_error (error);
  g_assert_cmpint (entry, >=, 0);
  return entry;
}

/* Everything that the store holds of rows and of the sync. */
static char *
dump (SyncFixture *self)
{
  g_autoptr (LiftDatabase)
    database = lift_database_open (self->base.path, LIFT_DATABASE_READ, NULL);
  g_autoptr (GString)
    sql = g_string_new ("SELECT coalesce (group_concat (x, char (10)), '') FROM (");

  for (guint i = 0; i < lift_registry_get_size (); i++)
    g_string_append_printf (
      sql,
      "SELECT id || ' ' || coalesce (pending, '-') || coalesce (base, '-') || "
      "coalesce (deleted_at, '-') AS x FROM \"%s\" UNION ALL ",
      lift_registry_get (i)->table);
  g_string_append (sql,
                   "SELECT type || id || faults FROM failure UNION ALL "
                   "SELECT number || type || id || field || restored || dismissed FROM conflict)");
  return lift_database_dup_text (database, NULL, sql->str, "");
}

static void
refuse (SyncFixture *self, gpointer entity, const char *word)
{
  g_autofree char *before = dump (self);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (lift_sync_discard (self->base.store, lift_entity_get_info (entity),
                                     LIFT_ENTITY (entity)->id, NULL, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
  after = dump (self);
  g_assert_cmpstr (after, ==, before);
}

static void
restore (SyncFixture *self, gint64 number)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_sync_restore_conflict (self->base.store, number, &error));
  g_assert_no_error (error);
  /* The second time there is nothing left to do, and nothing is done. */
  g_assert_false (lift_sync_restore_conflict (self->base.store, number, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE);
}

static GPtrArray *
list_journal (SyncFixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = lift_sync_list_conflicts (self->base.store, &error);

  g_assert_no_error (error);
  return entries;
}

/* Whether the row is there, deleted or not. */
static gboolean
is_there (SyncFixture *self, gpointer entity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftEntity) row = lift_store_get_sync (self->base.store, lift_entity_get_info (entity),
                                                    LIFT_ENTITY (entity)->id, &error);

  g_assert_no_error (error);
  return row != NULL;
}

static void
assert_row (SyncFixture *self, gpointer entity, gboolean deleted, gboolean dirty)
{
  g_autoptr (LiftEntity) row = store_fixture_load (&self->base, entity);

  g_assert_cmpint (lift_entity_is_deleted (row), ==, deleted);
  g_assert_cmpint (lift_entity_is_dirty (row), ==, dirty);
  g_assert_true (dirty || row->base == NULL);
}

static void
assert_failures (SyncFixture *self, guint count)
{
  g_autoptr (GPtrArray) failed = lift_sync_list_failed (self->base.store, NULL);

  g_assert_cmpuint (failed->len, ==, count);
}

static void
sync_any (SyncFixture *self)
{
  lift_sync_result_free (sync_fixture_sync (self));
}

/* What the server has of one field, as text. */
static char *
get_from_server (SyncFixture *self, gpointer entity, const char *key)
{
  JsonObject *row = lift_test_server_get (self->server, lift_entity_get_info (entity)->name,
                                          LIFT_ENTITY (entity)->id);
  JsonNode *node = row != NULL ? json_object_get_member (row, key) : NULL;

  return node != NULL ? lift_json_node_to_text (node) : NULL;
}

static void
assert_deleted_at_server (SyncFixture *self, gpointer entity, gboolean deleted)
{
  g_autofree char *at = get_from_server (self, entity, "deletedAt");

  g_assert_cmpint (at != NULL && !g_str_equal (at, "null"), ==, deleted);
}

static void
test_edit (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) after = NULL;
  g_autoptr (LiftBodyWeightEntry) again = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  LiftConflict *first;
  guint pushes;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  sync_fixture_set_weight (self, entry, 82);
  sync_fixture_set_notes (self, entry, "a typing error");
  lift_test_server_refuse (self->server, id, SYNC_REFUSAL, FALSE);
  sync_any (self);
  g_assert_cmpint (discard (self, entry), >, 0);
  sync_fixture_assert_clean (self, id);
  after = sync_fixture_load (self, id);
  g_assert_cmpfloat (after->weight, ==, 80);
  g_assert_cmpstr (after->notes, ==, NULL);
  assert_failures (self, 0);
  g_assert_cmpuint (sync_fixture_get_status (self).needs_attention, ==, 0);
  /* The user's own doing is no conflict. */
  g_assert_cmpuint (sync_fixture_get_status (self).conflicts, ==, 0);
  g_assert_cmpuint (sync_fixture_get_status (self).notes, ==, 2);
  entries = list_journal (self);
  g_assert_cmpuint (entries->len, ==, 2);
  first = g_ptr_array_index (entries, 0);
  g_assert_cmpint (first->kind, ==, LIFT_JOURNAL_DISCARDED);
  g_assert_cmpint (first->deed, >, 0);
  g_assert_cmpint (first->deed, ==, ((LiftConflict *) entries->pdata[1])->deed);
  g_assert_true (lift_conflict_is_restorable (first));
  g_assert_cmpstr (first->field, ==, "weight");
  g_assert_cmpstr (first->mine, ==, "80");
  g_assert_cmpstr (first->theirs, ==, "82");

  lift_test_server_refuse (self->server, id, NULL, FALSE);
  pushes = lift_test_server_count_requests (self->server, "push");
  sync_fixture_sync_well (self);
  g_assert_cmpuint (lift_test_server_count_requests (self->server, "push"), ==, pushes);
  /* One deed is one thing to bring back. */
  restore (self, ((LiftConflict *) entries->pdata[1])->number);
  again = sync_fixture_load (self, id);
  g_assert_cmpfloat (again->weight, ==, 82);
  g_assert_cmpstr (again->notes, ==, "a typing error");
  g_assert_cmpuint (sync_fixture_get_status (self).notes, ==, 0);
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 82);
}

/* An edit that ends where it began leaves nothing to tell. */
static void
test_edit_and_back (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  sync_fixture_set_weight (self, entry, 80);
  g_assert_cmpint (discard (self, entry), ==, 0);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpuint (sync_fixture_get_status (self).notes, ==, 0);
}

/* The server's newest value, not the one that was edited, is what the row goes back to. */
static void
test_edit_against_newer (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) after = NULL;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  sync_fixture_put (self, id, "\"weight\":90,\"notes\":\"theirs\"");
  self->server->fail_push = 503;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_SERVER);
  self->server->fail_push = 0;
  /* It is under way now, as far as this computer knows. */
  refuse (self, entry, "not answered");
  lift_test_server_refuse (self->server, id, SYNC_REFUSAL, FALSE);
  sync_any (self);
  discard (self, entry);
  after = sync_fixture_load (self, id);
  g_assert_cmpfloat (after->weight, ==, 90);
  g_assert_cmpstr (after->notes, ==, "theirs");
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 90);
}

/* The server has applied it, and only the answer was lost: a row that is clean here with the old
 * value would differ for good. */
static void
test_under_way (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  self->server->lose_answers = 1;
  sync_fixture_sync_fails (self, LIFT_REMOTE_ERROR_OFFLINE);
  refuse (self, entry, "not answered");
  sync_fixture_reopen (self);
  refuse (self, entry, "not answered");
  /* Not an edit since, either: what it would go back to is not known. */
  sync_fixture_set_weight (self, entry, 82);
  refuse (self, entry, "not answered");
  sync_fixture_sync_well (self);
  refuse (self, entry, "nothing");
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 82);
}

typedef struct
{
  SyncFixture *fixture;
  gpointer entity;
} Attempt;

static void
try_now (gpointer data)
{
  Attempt *attempt = data;

  attempt->fixture->server->before_answer = NULL;
  refuse (attempt->fixture, attempt->entity, "not answered");
}

static void
test_during_the_push (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  Attempt attempt = { self, entry };

  self->server->before_answer = try_now;
  self->server->before_answer_data = &attempt;
  sync_fixture_sync_well (self);
  sync_fixture_assert_clean (self, LIFT_ENTITY (entry)->id);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, LIFT_ENTITY (entry)->id), ==, 80);
}

/* A [base] server need not say what it stored. */
static void
test_server_value_unknown (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  store_fixture_run_sql (&self->base, "UPDATE body_weight_entry SET base = NULL");
  refuse (self, entry, "not known");
  store_fixture_run_sql (&self->base,
                         "UPDATE body_weight_entry SET base = '{\"weight\":\"heavy\"}'");
  refuse (self, entry, "not known");
}

static void
test_nothing_waits (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (LiftBodyWeightEntry)
    unknown = store_fixture_new (&self->base, LIFT_TYPE_BODY_WEIGHT_ENTRY);

  sync_fixture_sync_well (self);
  refuse (self, entry, "nothing");
  refuse (self, unknown, "nothing");
}

static void
test_added (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) back = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  gint64 number;

  sync_fixture_set_notes (self, entry, "at night");
  lift_test_server_refuse (self->server, id, SYNC_REFUSAL, FALSE);
  sync_any (self);
  number = discard (self, entry);
  g_assert_false (is_there (self, entry));
  assert_failures (self, 0);
  g_assert_cmpuint (sync_fixture_get_status (self).pending, ==, 0);
  entries = list_journal (self);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (((LiftConflict *) entries->pdata[0])->field, ==, "*");
  sync_fixture_sync_well (self);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 0);

  lift_test_server_refuse (self->server, id, NULL, FALSE);
  restore (self, number);
  back = sync_fixture_load (self, id);
  g_assert_cmpfloat (back->weight, ==, 80);
  g_assert_cmpstr (back->notes, ==, "at night");
  g_assert_cmpint (LIFT_ENTITY (back)->created_at, ==, LIFT_ENTITY (entry)->created_at);
  sync_fixture_sync_well (self);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 80);
}

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
  gint64 number = discard (self, tree.plan);

  g_assert_false (is_there (self, tree.plan));
  g_assert_false (is_there (self, tree.exercise));
  g_assert_false (is_there (self, tree.set));
  entries = list_journal (self);
  g_assert_cmpuint (entries->len, ==, 3);
  /* Any of them stands for all. */
  restore (self, number + 2);
  sync_fixture_sync_well (self);
  assert_row (self, tree.set, FALSE, FALSE);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 3);
}

static void
test_dismiss (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  gint64 number = discard (self, tree.plan);
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_sync_dismiss_conflict (self->base.store, number + 1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sync_fixture_get_status (self).notes, ==, 0);
  g_assert_false (lift_sync_restore_conflict (self->base.store, number, &error));
  g_assert_error (error, LIFT_MODEL_ERROR, LIFT_FAULT_BAD_REFERENCE);
  g_assert_false (is_there (self, tree.plan));
}

/* Only a part of what is new. */
static void
test_added_part (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  gint64 number = discard (self, tree.exercise);

  assert_row (self, tree.plan, FALSE, TRUE);
  g_assert_false (is_there (self, tree.set));
  /* What it is a part of goes too: then it has no place to return to, until that is back. */
  {
    gint64 other = discard (self, tree.plan);

    restore (self, number);
    assert_row (self, tree.plan, FALSE, TRUE);
    assert_row (self, tree.set, FALSE, TRUE);
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
  gint64 number = discard (self, tree.plan);

  g_assert_false (is_there (self, tree.exercise));
  restore (self, number);
  assert_row (self, tree.plan, TRUE, TRUE);
  assert_row (self, tree.set, TRUE, TRUE);
  redo = store_fixture_commit (&self->base, undo);
  assert_row (self, tree.plan, FALSE, TRUE);
  assert_row (self, tree.set, FALSE, TRUE);
  sync_fixture_sync_well (self);
  assert_deleted_at_server (self, tree.set, FALSE);
}

static void
test_part_under_way (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);

  lift_test_server_refuse (self->server, LIFT_ENTITY (tree.plan)->id, SYNC_REFUSAL, FALSE);
  lift_test_server_refuse (self->server, LIFT_ENTITY (tree.exercise)->id, SYNC_REFUSAL, FALSE);
  self->server->forget_in_answer = LIFT_ENTITY (tree.set)->id;
  sync_any (self);
  refuse (self, tree.plan, "SetPlan Squat day");
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
  sync_any (self);
  assert_failures (self, 3);
  discard (self, tree.plan);
  assert_failures (self, 0);
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
  refuse (self, exercise, "ExercisePlan Squat day · 2026-03-02 · Zercher carry");
  discard (self, use);
  discard (self, exercise);
  g_assert_false (is_there (self, exercise));
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
  number = discard (self, other);
  g_assert_false (is_there (self, other));
  moved = store_fixture_load (&self->base, tree.exercise);
  g_assert_cmpstr (moved->training_plan_id, ==, LIFT_ENTITY (tree.plan)->id);
  /* Its other edit was not the matter. */
  g_assert_cmpstr (moved->notes, ==, "slowly");
  assert_row (self, tree.exercise, FALSE, TRUE);
  assert_row (self, tree.set, FALSE, FALSE);
  restore (self, number);
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
  refuse (self, tree.exercise, "TrainingPlan Squat day");
  number = discard (self, tree.plan);
  assert_row (self, tree.plan, FALSE, FALSE);
  assert_row (self, tree.exercise, FALSE, FALSE);
  assert_row (self, tree.set, FALSE, TRUE);
  assert_row (self, new_part, FALSE, TRUE);
  edited = store_fixture_load (&self->base, tree.set);
  g_assert_cmpint (edited->target_reps, ==, 8);
  sync_fixture_sync_well (self);
  assert_deleted_at_server (self, tree.plan, FALSE);
  g_assert_cmpuint (lift_test_server_count (self->server), ==, 4);

  restore (self, number);
  assert_row (self, tree.plan, TRUE, TRUE);
  assert_row (self, tree.exercise, TRUE, TRUE);
  assert_row (self, tree.set, TRUE, TRUE);
  assert_row (self, new_part, TRUE, TRUE);
  sync_fixture_sync_well (self);
  assert_deleted_at_server (self, tree.plan, TRUE);
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
  discard (self, tree.plan);
  assert_row (self, tree.exercise, FALSE, FALSE);
  assert_row (self, tree.set, TRUE, TRUE);
  discard (self, tree.set);
  assert_row (self, tree.set, FALSE, FALSE);
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
  sync_any (self);
  refuse (self, tree.plan, "not answered");
}

static void
test_return (SyncFixture *self, gconstpointer data)
{
  g_auto (Tree) tree = add_tree (self);
  g_autoptr (LiftBatch) undo = store_fixture_delete (&self->base, tree.plan);
  g_autoptr (LiftBatch) redo = NULL;
  gint64 number;

  sync_fixture_sync_well (self);
  assert_row (self, tree.set, TRUE, FALSE);
  redo = store_fixture_commit (&self->base, undo);
  number = discard (self, tree.plan);
  assert_row (self, tree.plan, TRUE, FALSE);
  assert_row (self, tree.exercise, TRUE, FALSE);
  assert_row (self, tree.set, TRUE, FALSE);
  restore (self, number);
  assert_row (self, tree.plan, FALSE, TRUE);
  assert_row (self, tree.set, FALSE, TRUE);
  sync_fixture_sync_well (self);
  assert_deleted_at_server (self, tree.plan, FALSE);
  assert_deleted_at_server (self, tree.set, FALSE);
}

/* An edit keeps a row alive that others deleted; without the edit it is deleted. */
static void
test_edit_of_deleted (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  const char *id = LIFT_ENTITY (entry)->id;
  g_autoptr (LiftBodyWeightEntry) back = NULL;
  gint64 number;

  sync_fixture_sync_well (self);
  sync_fixture_set_weight (self, entry, 81);
  sync_fixture_put (self, id, "\"deletedAt\":\"2026-03-01T11:00:00Z\"");
  lift_test_server_refuse (self->server, id, SYNC_REFUSAL, FALSE);
  sync_any (self);
  assert_row (self, entry, FALSE, TRUE);
  number = discard (self, entry);
  assert_row (self, entry, TRUE, FALSE);
  lift_test_server_refuse (self->server, id, NULL, FALSE);
  restore (self, number);
  back = sync_fixture_load (self, id);
  g_assert_cmpfloat (back->weight, ==, 81);
  assert_row (self, entry, FALSE, TRUE);
  sync_fixture_sync_well (self);
  assert_deleted_at_server (self, entry, FALSE);
  g_assert_cmpfloat (sync_fixture_get_server_weight (self, id), ==, 81);
}

static void
changed_cb (LiftStore *store, LiftChanges *changes, gpointer user_data)
{
  GString *log = user_data;

  if (lift_changes_has_type (changes, lift_registry_find ("BodyWeightEntry")))
    g_string_append (log, lift_changes_is_local (changes) ? "edit " : "sync ");
}

/* Pages are told of each step; a restore is an edit, which a sync follows. */
static void
test_signals (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (self, 80);
  g_autoptr (GString) log = g_string_new (NULL);
  gint64 number;

  store_fixture_settle ();
  g_signal_connect (self->base.store, "changed", G_CALLBACK (changed_cb), log);
  number = discard (self, entry);
  store_fixture_settle ();
  restore (self, number);
  store_fixture_settle ();
  number = discard (self, entry);
  store_fixture_settle ();
  g_assert_true (lift_sync_dismiss_conflict (self->base.store, number, NULL));
  store_fixture_settle ();
  g_assert_cmpstr (log->str, ==, "sync edit sync sync ");
  g_signal_handlers_disconnect_by_data (self->base.store, log);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SYNC_TEST ("/sync/discard/edit", test_edit);
  SYNC_TEST ("/sync/discard/edit-and-back", test_edit_and_back);
  SYNC_TEST ("/sync/discard/edit-against-newer", test_edit_against_newer);
  SYNC_TEST ("/sync/discard/edit-of-deleted", test_edit_of_deleted);
  SYNC_TEST ("/sync/discard/under-way", test_under_way);
  SYNC_TEST ("/sync/discard/during-the-push", test_during_the_push);
  SYNC_TEST ("/sync/discard/server-value-unknown", test_server_value_unknown);
  SYNC_TEST ("/sync/discard/nothing-waits", test_nothing_waits);
  SYNC_TEST ("/sync/discard/added", test_added);
  SYNC_TEST ("/sync/discard/added-with-parts", test_added_with_parts);
  SYNC_TEST ("/sync/discard/added-part", test_added_part);
  SYNC_TEST ("/sync/discard/added-and-deleted", test_added_and_deleted);
  SYNC_TEST ("/sync/discard/dismiss", test_dismiss);
  SYNC_TEST ("/sync/discard/part-under-way", test_part_under_way);
  SYNC_TEST ("/sync/discard/refused-with-parts", test_refused_with_parts);
  SYNC_TEST ("/sync/discard/named-by-others", test_named_by_others);
  SYNC_TEST ("/sync/discard/moved-part", test_moved_part);
  SYNC_TEST ("/sync/discard/delete", test_delete);
  SYNC_TEST ("/sync/discard/delete-keeps-earlier", test_delete_keeps_earlier);
  SYNC_TEST ("/sync/discard/delete-of-part-under-way", test_delete_of_part_under_way);
  SYNC_TEST ("/sync/discard/return", test_return);
  SYNC_TEST ("/sync/discard/signals", test_signals);
  return g_test_run ();
}
