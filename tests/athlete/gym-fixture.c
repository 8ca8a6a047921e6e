/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gym-fixture.h"

#include "lift-session-start.h"

static LiftBatch *
add_exercise (
  GymFixture *self, LiftBatch *batch, const char *name, gint64 index, const char *group, char **id)
{
  g_autoptr (LiftEntity) row = store_fixture_new (&self->store, LIFT_TYPE_EXERCISE_PLAN);
  g_autofree char *exercise = gym_fixture_dup_exercise (self, name);

  lift_entity_set (row, "training-plan-id", LIFT_ENTITY (self->plan)->id, "exercise-id", exercise,
                   "order-index", index, "group-key", group, NULL);
  if (index == 0)
    lift_entity_set (row, "notes", "chest up", NULL);
  lift_batch_insert (batch, row);
  *id = g_strdup (row->id);
  return batch;
}

static void
add_set (GymFixture *self,
         LiftBatch *batch,
         const char *exercise,
         gint64 number,
         gint64 reps,
         double weight,
         double rpe,
         const char *kind)
{
  g_autoptr (LiftEntity) row = store_fixture_new (&self->store, LIFT_TYPE_SET_PLAN);

  lift_entity_set (row, "exercise-plan-id", exercise, "set-number", number, "target-reps", reps,
                   "target-weight", weight, "target-rpe", rpe, "kind", kind, NULL);
  lift_batch_insert (batch, row);
}

static void
add_pause (GymFixture *self, LiftBatch *batch, const char *exercise)
{
  g_autoptr (LiftEntity) variant = store_fixture_new (&self->store, LIFT_TYPE_VARIANT);
  g_autoptr (LiftEntity) join = store_fixture_new (&self->store, LIFT_TYPE_EXERCISE_PLAN_VARIANT);

  lift_entity_set (variant, "name", "pause", "coach-id", self->store.athlete, NULL);
  lift_entity_set (join, "exercise-plan-id", exercise, "variant-id", variant->id, NULL);
  lift_batch_insert (batch, variant);
  lift_batch_insert (batch, join);
}

static void
add_plans (GymFixture *self, LiftBatch *batch)
{
  g_autoptr (LiftEntity) draft = store_fixture_new (&self->store, LIFT_TYPE_TRAINING_PLAN);

  self->plan = store_fixture_new (&self->store, LIFT_TYPE_TRAINING_PLAN);
  lift_entity_set (LIFT_ENTITY (self->plan), "name", "Lower A", "date", "2026-03-01", "status",
                   "published", NULL);
  lift_entity_set (draft, "name", "Not yet", "date", "2026-03-01", "status", "draft", NULL);
  lift_batch_insert (batch, LIFT_ENTITY (self->plan));
  lift_batch_insert (batch, draft);
}

static void
add_sets (GymFixture *self, LiftBatch *batch)
{
  g_autofree char *squat = NULL;
  g_autofree char *deadlift = NULL;
  g_autofree char *curl = NULL;

  add_exercise (self, batch, "Back Squat", 0, NULL, &squat);
  add_pause (self, batch, squat);
  add_set (self, batch, squat, 1, 5, 60, NAN, "warmup");
  add_set (self, batch, squat, 2, 5, 100, 8, "working");
  add_set (self, batch, squat, 3, 5, 100, 8, "working");
  add_exercise (self, batch, "Romanian Deadlift", 1, "g1", &deadlift);
  add_exercise (self, batch, "Leg Curl", 2, "g1", &curl);
  for (gint64 number = 1; number <= 2; number++)
    {
      add_set (self, batch, deadlift, number, 8, 80, NAN, "working");
      add_set (self, batch, curl, number, 12, 35, NAN, "working");
    }
}

void
gym_fixture_set_up (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);
  g_autoptr (LiftBatch) inverse = NULL;

  store_fixture_set_up (&self->store, data);
  add_plans (self, batch);
  add_sets (self, batch);
  inverse = store_fixture_commit (&self->store, batch);
  self->undo = lift_undo_new (self->store.store);
  self->editor = lift_session_editor_new (self->store.store, self->undo, self->store.athlete);
  store_fixture_settle ();
}

static gboolean
is_ours_alone (gpointer data)
{
  return g_atomic_int_get (&((GObject *) data)->ref_count) == 1;
}

/* What is still being written or read holds on to what it needs, for a moment. */
void
gym_fixture_tear_down (GymFixture *self, gconstpointer data)
{
  gym_wait_until (is_ours_alone, self->editor);
  g_assert_finalize_object (self->editor);
  gym_wait_until (is_ours_alone, self->undo);
  g_assert_finalize_object (self->undo);
  gym_wait_until (is_ours_alone, self->store.store);
  g_object_unref (self->plan);
  store_fixture_tear_down (&self->store, data);
}

char *
gym_fixture_dup_exercise (GymFixture *self, const char *name)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
  g_autoptr (GPtrArray) rows = NULL;

  lift_query_where (query, "name", LIFT_QUERY_EQUAL, name);
  rows = lift_store_query_sync (self->store.store, query, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  return g_strdup (LIFT_ENTITY (rows->pdata[0])->id);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

LiftTrainingSession *
gym_fixture_start (GymFixture *self, LiftTrainingPlan *plan)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LiftTrainingSession *session;

  lift_session_start_async (self->store.store, self->undo, self->store.athlete, plan, NULL,
                            take_result_cb, &result);
  gym_wait_until (has_result, &result);
  session = lift_session_start_finish (result, &error);
  g_assert_no_error (error);
  return session;
}

LiftWorkout *
gym_fixture_load (GymFixture *self, const char *session_id)
{
  g_autoptr (GAsyncResult) result = NULL;

  lift_workout_load_async (self->store.store, session_id, NULL, take_result_cb, &result);
  gym_wait_until (has_result, &result);
  return lift_workout_load_finish (self->store.store, result, NULL);
}

static gboolean
is_settled (gpointer data)
{
  return !lift_session_editor_is_writing (data);
}

/* Waits until what the editor was told is in the store. */
void
gym_fixture_settle (GymFixture *self)
{
  gym_wait_until (is_settled, self->editor);
  store_fixture_settle ();
}

guint
gym_fixture_count (GymFixture *self, GType gtype)
{
  g_autoptr (LiftQuery) query = lift_query_new (gtype);

  return (guint) lift_store_count_sync (self->store.store, query, NULL);
}

LiftWorkoutSet *
gym_get_set (LiftWorkout *workout, guint exercise, guint set)
{
  LiftWorkoutExercise *item = g_ptr_array_index (workout->exercises, exercise);

  g_assert_cmpuint (set, <, item->sets->len);
  return g_ptr_array_index (item->sets, set);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
gym_wait_until (GymPredicate predicate, gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  guint waker = g_timeout_add (20, wake_cb, NULL);

  while (!predicate (data) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (waker);
  g_assert_true (predicate (data));
}
