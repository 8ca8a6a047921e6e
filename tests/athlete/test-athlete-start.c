/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gym-fixture.h"
#include "lift-agenda.h"
#include "lift-exercise-session-variant.h"
#include "lift-workout-label.h"

/* Starting a session, and reading it and the agenda again. */

static void
test_start_copies_plan (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  g_autoptr (LiftWorkout) workout = gym_fixture_load (self, LIFT_ENTITY (session)->id);
  LiftWorkoutExercise *squat;
  LiftSetSession *set;

  g_assert_cmpstr (workout->session->training_plan_id, ==, LIFT_ENTITY (self->plan)->id);
  g_assert_cmpstr (workout->session->name, ==, "Lower A");
  g_assert_cmpstr (workout->session->session_date, ==, "2026-03-01");
  g_assert_cmpstr (workout->session->status, ==, "in_progress");
  g_assert_cmpint (workout->session->started_at, ==,
                   lift_clock_get_time (LIFT_CLOCK (self->store.clock)));
  g_assert_nonnull (workout->plan);

  g_assert_cmpuint (workout->exercises->len, ==, 3);
  squat = g_ptr_array_index (workout->exercises, 0);
  g_assert_cmpstr (squat->session->exercise_name_snapshot, ==, "Back Squat");
  g_assert_cmpstr (squat->variants, ==, "pause");
  g_assert_cmpstr (squat->plan->notes, ==, "chest up");
  g_assert_cmpuint (squat->sets->len, ==, 3);

  set = gym_get_set (workout, 0, 1)->set;
  g_assert_cmpint (set->set_number, ==, 2);
  g_assert_cmpint (set->target_reps, ==, 5);
  g_assert_cmpfloat (set->target_weight, ==, 100);
  g_assert_cmpfloat (set->target_rpe, ==, 8);
  g_assert_cmpint (set->completed_at, ==, LIFT_INT_NULL);
  g_assert_cmpint (set->actual_reps, ==, LIFT_INT_NULL);
  g_assert_cmpstr (set->set_plan_id, ==, LIFT_ENTITY (gym_get_set (workout, 0, 1)->plan)->id);
  g_assert_cmpstr (gym_get_set (workout, 0, 0)->set->kind, ==, "warmup");
}

static gboolean
can_redo (gpointer data)
{
  gboolean can = FALSE;

  g_object_get (data, "can-redo", &can, NULL);
  return can;
}

static void
test_start_is_one_write (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  g_autofree char *label = NULL;

  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_SET_SESSION), ==, 7);
  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_EXERCISE_SESSION_VARIANT), ==, 1);
  g_object_get (self->undo, "undo-label", &label, NULL);
  g_assert_cmpstr (label, ==, "Start Session");
  lift_undo_undo (self->undo);
  gym_wait_until (can_redo, self->undo);
  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_TRAINING_SESSION), ==, 0);
  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_SET_SESSION), ==, 0);
  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_EXERCISE_SESSION), ==, 0);
}

static void
test_history_stays (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  g_autoptr (LiftWorkout) before = gym_fixture_load (self, LIFT_ENTITY (session)->id);
  LiftSetPlan *plan = gym_get_set (before, 0, 1)->plan;
  g_autoptr (LiftWorkout) after = NULL;
  g_autoptr (LiftBatch) inverse = NULL;

  lift_entity_set (LIFT_ENTITY (plan), "target-weight", 140.0, NULL);
  inverse = store_fixture_update (&self->store, plan, "targetWeight");
  after = gym_fixture_load (self, LIFT_ENTITY (session)->id);
  g_assert_cmpfloat (gym_get_set (after, 0, 1)->plan->target_weight, ==, 140);
  g_assert_cmpfloat (gym_get_set (after, 0, 1)->set->target_weight, ==, 100);
}

static void
test_unplanned (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, NULL);
  g_autoptr (LiftWorkout) workout = gym_fixture_load (self, LIFT_ENTITY (session)->id);

  g_assert_null (workout->session->training_plan_id);
  g_assert_null (workout->plan);
  g_assert_cmpuint (workout->exercises->len, ==, 0);
}

static void
test_missing (GymFixture *self, gconstpointer data)
{
  g_assert_null (gym_fixture_load (self, LIFT_ENTITY (self->plan)->id));
}

static void
test_labels (GymFixture *self, gconstpointer data)
{
  static const char *const labels[] = { "A", "B1", "B2" };
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);
  g_autoptr (LiftWorkout) workout = gym_fixture_load (self, LIFT_ENTITY (session)->id);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *label = lift_workout_label (workout, i);
      g_assert_cmpstr (label, ==, labels[i]);
    }
}

static void
log_set (GymFixture *self, LiftWorkoutSet *item, double kg)
{
  const LiftSetValues values = { kg, "kg", 5, 8 };
  g_autoptr (LiftSetSession)
    after = lift_session_editor_log_set (self->editor, item->set, &values, LIFT_MEASURE_REPS);

  gym_fixture_settle (self);
}

/* Last time is the same exercise in the same way on the latest day before. */
static void
test_last_time (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) first = gym_fixture_start (self, self->plan);
  g_autoptr (LiftWorkout) one = gym_fixture_load (self, LIFT_ENTITY (first)->id);
  g_autoptr (LiftTrainingSession) second = NULL;
  g_autoptr (LiftWorkout) two = NULL;

  g_assert_null (gym_get_set (one, 0, 1)->last);
  log_set (self, gym_get_set (one, 0, 1), 97.5);
  lift_virtual_clock_advance (self->store.clock, 7 * G_TIME_SPAN_DAY);
  second = gym_fixture_start (self, self->plan);
  two = gym_fixture_load (self, LIFT_ENTITY (second)->id);
  g_assert_nonnull (gym_get_set (two, 0, 1)->last);
  g_assert_cmpfloat (gym_get_set (two, 0, 1)->last->actual_weight, ==, 97.5);
  g_assert_null (gym_get_set (two, 0, 2)->last);
  g_assert_null (gym_get_set (two, 1, 0)->last);
}

/* A second window, or a card that is not up to date yet: one plan, one day, one session. */
static void
test_start_twice (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftTrainingSession) first = gym_fixture_start (self, self->plan);
  g_autoptr (LiftTrainingSession) again = gym_fixture_start (self, self->plan);
  g_autoptr (LiftTrainingSession) later = NULL;
  g_autoptr (LiftTrainingSession) unplanned = gym_fixture_start (self, NULL);

  g_assert_cmpstr (LIFT_ENTITY (again)->id, ==, LIFT_ENTITY (first)->id);
  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_TRAINING_SESSION), ==, 2);
  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_SET_SESSION), ==, 7);
  lift_session_editor_finish (self->editor, first, 0);
  gym_fixture_settle (self);
  later = gym_fixture_start (self, self->plan);
  g_assert_cmpstr (LIFT_ENTITY (later)->id, !=, LIFT_ENTITY (first)->id);
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

static LiftAgenda *
load_agenda (GymFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  lift_agenda_load_async (self->store.store, self->store.athlete, NULL, take_result_cb, &result);
  gym_wait_until (has_result, &result);
  return lift_agenda_load_finish (self->store.store, result, NULL);
}

static void
test_agenda (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftAgenda) before = load_agenda (self);
  g_autoptr (LiftTrainingSession) session = NULL;
  g_autoptr (LiftAgenda) after = NULL;
  g_autoptr (LiftAgenda) tomorrow = NULL;
  LiftAgendaItem *item;

  g_assert_cmpuint (before->today->len, ==, 1);
  g_assert_cmpuint (before->upcoming->len, ==, 0);
  g_assert_null (before->open);
  item = g_ptr_array_index (before->today, 0);
  g_assert_cmpstr (item->plan->name, ==, "Lower A");
  g_assert_cmpstr (item->summary, ==, "Back Squat, Romanian Deadlift, Leg Curl");
  g_assert_cmpuint (item->n_sets, ==, 7);
  g_assert_null (item->session);

  session = gym_fixture_start (self, self->plan);
  after = load_agenda (self);
  g_assert_cmpstr (LIFT_ENTITY (after->open)->id, ==, LIFT_ENTITY (session)->id);
  g_assert_nonnull (((LiftAgendaItem *) after->today->pdata[0])->session);

  lift_virtual_clock_advance (self->store.clock, 2 * G_TIME_SPAN_DAY);
  tomorrow = load_agenda (self);
  g_assert_cmpuint (tomorrow->today->len, ==, 0);
  g_assert_nonnull (tomorrow->open);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  GYM_TEST ("/athlete/start/copies-plan", test_start_copies_plan);
  GYM_TEST ("/athlete/start/is-one-write", test_start_is_one_write);
  GYM_TEST ("/athlete/start/history-stays", test_history_stays);
  GYM_TEST ("/athlete/start/twice", test_start_twice);
  GYM_TEST ("/athlete/start/unplanned", test_unplanned);
  GYM_TEST ("/athlete/workout/missing", test_missing);
  GYM_TEST ("/athlete/workout/labels", test_labels);
  GYM_TEST ("/athlete/workout/last-time", test_last_time);
  GYM_TEST ("/athlete/agenda", test_agenda);
  return g_test_run ();
}
