/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gym-fixture.h"
#include "lift-exercise-session-variant.h"

/* What the session page writes: each time the rows themselves are looked at. */

static LiftWorkout *
start (GymFixture *self)
{
  g_autoptr (LiftTrainingSession) session = gym_fixture_start (self, self->plan);

  return gym_fixture_load (self, LIFT_ENTITY (session)->id);
}

static LiftWorkout *
reload (GymFixture *self, LiftWorkout *workout)
{
  gym_fixture_settle (self);
  return gym_fixture_load (self, LIFT_ENTITY (workout->session)->id);
}

static char *
dup_undo_label (GymFixture *self)
{
  char *label = NULL;

  g_object_get (self->undo, "undo-label", &label, NULL);
  return label;
}

static void
test_log (GymFixture *self, gconstpointer data)
{
  const LiftSetValues done = { 102.5, "kg", 5, 8.5 };
  const LiftSetValues better = { 105, "kg", 4, NAN };
  g_autoptr (LiftWorkout) before = start (self);
  g_autoptr (LiftWorkout) after = NULL;
  g_autoptr (LiftWorkout) corrected = NULL;
  g_autoptr (LiftSetSession) logged = NULL;
  g_autoptr (LiftSetSession) again = NULL;
  gint64 first = lift_clock_get_time (LIFT_CLOCK (self->store.clock));

  logged = lift_session_editor_log_set (self->editor, gym_get_set (before, 0, 1)->set, &done,
                                        LIFT_MEASURE_REPS);
  g_assert_true (lift_session_editor_is_writing (self->editor));
  after = reload (self, before);
  g_assert_cmpint (gym_get_set (after, 0, 1)->set->completed_at, ==, first);
  g_assert_cmpint (gym_get_set (after, 0, 1)->set->actual_reps, ==, 5);
  g_assert_cmpfloat (gym_get_set (after, 0, 1)->set->actual_weight, ==, 102.5);
  g_assert_cmpstr (gym_get_set (after, 0, 1)->set->actual_weight_unit, ==, "kg");
  g_assert_cmpfloat (gym_get_set (after, 0, 1)->set->actual_rpe, ==, 8.5);
  g_assert_cmpfloat (gym_get_set (after, 0, 1)->set->target_weight, ==, 100);

  /* A correction keeps the time. */
  lift_virtual_clock_advance (self->store.clock, G_TIME_SPAN_MINUTE);
  again = lift_session_editor_log_set (self->editor, logged, &better, LIFT_MEASURE_REPS);
  corrected = reload (self, before);
  g_assert_cmpint (gym_get_set (corrected, 0, 1)->set->completed_at, ==, first);
  g_assert_cmpint (gym_get_set (corrected, 0, 1)->set->actual_reps, ==, 4);
  g_assert_true (isnan (gym_get_set (corrected, 0, 1)->set->actual_rpe));
}

static void
test_unlog (GymFixture *self, gconstpointer data)
{
  const LiftSetValues done = { 100, "kg", 5, NAN };
  g_autoptr (LiftWorkout) before = start (self);
  g_autoptr (LiftWorkout) after = NULL;
  g_autoptr (LiftSetSession) logged = NULL;
  g_autoptr (LiftSetSession) open = NULL;

  logged = lift_session_editor_log_set (self->editor, gym_get_set (before, 0, 1)->set, &done,
                                        LIFT_MEASURE_REPS);
  open = lift_session_editor_unlog_set (self->editor, logged);
  after = reload (self, before);
  g_assert_cmpint (gym_get_set (after, 0, 1)->set->completed_at, ==, LIFT_INT_NULL);
  g_assert_cmpint (gym_get_set (after, 0, 1)->set->actual_reps, ==, 5);
}

static void
test_draft_is_no_step (GymFixture *self, gconstpointer data)
{
  const LiftSetValues typed = { 101, "kg", NAN, NAN };
  g_autoptr (LiftWorkout) before = start (self);
  g_autoptr (LiftWorkout) after = NULL;
  g_autoptr (LiftSetSession) draft = NULL;
  g_autofree char *label = NULL;

  draft = lift_session_editor_save_draft (self->editor, gym_get_set (before, 0, 1)->set, &typed,
                                          LIFT_MEASURE_REPS);
  after = reload (self, before);
  g_assert_cmpfloat (gym_get_set (after, 0, 1)->set->actual_weight, ==, 101);
  g_assert_cmpint (gym_get_set (after, 0, 1)->set->completed_at, ==, LIFT_INT_NULL);
  label = dup_undo_label (self);
  g_assert_cmpstr (label, ==, "Start Session");
}

static void
test_add_and_delete_set (GymFixture *self, gconstpointer data)
{
  const LiftSetValues done = { 102.5, "lb", 5, NAN };
  g_autoptr (LiftWorkout) before = start (self);
  g_autoptr (LiftWorkout) logged = NULL;
  g_autoptr (LiftWorkout) after = NULL;
  g_autoptr (LiftWorkout) shorter = NULL;
  g_autoptr (LiftSetSession) set = NULL;
  LiftWorkoutExercise *squat;

  set = lift_session_editor_log_set (self->editor, gym_get_set (before, 0, 2)->set, &done,
                                     LIFT_MEASURE_REPS);
  logged = reload (self, before);
  squat = g_ptr_array_index (logged->exercises, 0);
  lift_session_editor_add_set (self->editor, squat->session, squat->sets);
  after = reload (self, before);
  g_assert_cmpint (gym_get_set (after, 0, 3)->set->set_number, ==, 4);
  g_assert_cmpfloat (gym_get_set (after, 0, 3)->set->actual_weight, ==, 102.5);
  g_assert_cmpstr (gym_get_set (after, 0, 3)->set->actual_weight_unit, ==, "lb");
  g_assert_cmpint (gym_get_set (after, 0, 3)->set->completed_at, ==, LIFT_INT_NULL);

  lift_session_editor_delete_set (self->editor, gym_get_set (after, 0, 3)->set);
  shorter = reload (self, before);
  g_assert_cmpuint (((LiftWorkoutExercise *) shorter->exercises->pdata[0])->sets->len, ==, 3);
}

static void
test_add_exercise (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftWorkout) before = start (self);
  g_autoptr (LiftWorkout) after = NULL;
  g_autoptr (LiftWorkout) less = NULL;
  g_autofree char *id = gym_fixture_dup_exercise (self, "Bench Press");
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_VARIANT);
  g_autoptr (GPtrArray) variants = lift_store_query_sync (self->store.store, query, NULL);
  g_autoptr (LiftEntity) exercise = lift_store_get_sync (
    self->store.store, lift_entity_info_for_gtype (LIFT_TYPE_EXERCISE), id, NULL);
  LiftExerciseChoice choice = { LIFT_EXERCISE (exercise), variants };
  LiftWorkoutExercise *added;

  lift_session_editor_add_exercise (self->editor, before, &choice);
  after = reload (self, before);
  g_assert_cmpuint (after->exercises->len, ==, 4);
  added = g_ptr_array_index (after->exercises, 3);
  g_assert_cmpstr (lift_workout_exercise_get_name (added), ==, "Bench Press");
  g_assert_cmpstr (added->variants, ==, "pause");
  g_assert_null (added->session->exercise_plan_id);
  g_assert_cmpint (added->session->order_index, ==, 3);
  g_assert_cmpuint (added->sets->len, ==, 1);

  lift_session_editor_delete_exercise (self->editor, added->session);
  less = reload (self, before);
  g_assert_cmpuint (less->exercises->len, ==, 3);
  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_SET_SESSION), ==, 7);
}

static void
test_variants (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftWorkout) before = start (self);
  g_autoptr (LiftWorkout) none = NULL;
  g_autoptr (LiftWorkout) both = NULL;
  g_autoptr (LiftEntity) belt = store_fixture_new (&self->store, LIFT_TYPE_VARIANT);
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_VARIANT);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  LiftWorkoutExercise *squat = g_ptr_array_index (before->exercises, 0);

  lift_session_editor_set_variants (self->editor, squat->session, squat->joins, nothing);
  none = reload (self, before);
  squat = g_ptr_array_index (none->exercises, 0);
  g_assert_cmpstr (squat->variants, ==, "");

  lift_entity_set (belt, "name", "belt", "coach-id", self->store.athlete, NULL);
  store_fixture_insert (&self->store, belt);
  all = lift_store_query_sync (self->store.store, query, NULL);
  lift_session_editor_set_variants (self->editor, squat->session, squat->joins, all);
  both = reload (self, before);
  squat = g_ptr_array_index (both->exercises, 0);
  g_assert_cmpstr (squat->variants, ==, "belt, pause");
  /* The same once more is no write. */
  lift_session_editor_set_variants (self->editor, squat->session, squat->joins, all);
  g_assert_false (lift_session_editor_is_writing (self->editor));
}

static void
test_body_weight (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftWorkout) before = start (self);
  g_autoptr (LiftWorkout) first = NULL;
  g_autoptr (LiftWorkout) second = NULL;

  g_assert_null (before->weight);
  lift_session_editor_set_body_weight (self->editor, before, 82.4, "kg");
  first = reload (self, before);
  g_assert_cmpfloat (first->session->body_weight, ==, 82.4);
  g_assert_cmpfloat (first->weight->weight, ==, 82.4);
  g_assert_cmpstr (first->weight->measurement_date, ==, "2026-03-01");

  /* Once more on the same day is a correction, not another entry. */
  lift_session_editor_set_body_weight (self->editor, first, 83, "kg");
  second = reload (self, before);
  g_assert_cmpfloat (second->weight->weight, ==, 83);
  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_BODY_WEIGHT_ENTRY), ==, 1);
}

static void
test_notes_and_rpe (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftWorkout) before = start (self);
  g_autoptr (LiftWorkout) after = NULL;
  g_autoptr (LiftWorkout) cleared = NULL;
  LiftWorkoutExercise *squat = g_ptr_array_index (before->exercises, 0);

  lift_session_editor_set_text (self->editor, LIFT_ENTITY (before->session), "slept badly");
  lift_session_editor_set_text (self->editor, LIFT_ENTITY (squat->session), "left knee");
  lift_session_editor_set_session_rpe (self->editor, before->session, 7.5);
  after = reload (self, before);
  g_assert_cmpstr (after->session->notes, ==, "slept badly");
  g_assert_cmpfloat (after->session->session_rpe, ==, 7.5);
  squat = g_ptr_array_index (after->exercises, 0);
  g_assert_cmpstr (squat->session->notes, ==, "left knee");

  lift_session_editor_set_text (self->editor, LIFT_ENTITY (after->session), "");
  lift_session_editor_set_session_rpe (self->editor, after->session, NAN);
  cleared = reload (self, before);
  g_assert_null (cleared->session->notes);
  g_assert_true (isnan (cleared->session->session_rpe));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
take_words_cb (char **words, const char *done)
{
  g_free (*words);
  *words = g_strdup (done);
}

static void
test_finish_and_undo (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftWorkout) before = start (self);
  g_autoptr (LiftWorkout) after = NULL;
  g_autofree char *label = NULL;
  g_autofree char *words = NULL;
  guint n_done = 0;

  g_signal_connect_swapped (self->editor, "done", G_CALLBACK (count_cb), &n_done);
  g_signal_connect_swapped (self->editor, "done", G_CALLBACK (take_words_cb), &words);
  lift_virtual_clock_advance (self->store.clock, G_TIME_SPAN_HOUR);
  lift_session_editor_finish (self->editor, before->session, 2);
  after = reload (self, before);
  g_assert_cmpstr (after->session->status, ==, "completed");
  g_assert_cmpint (after->session->ended_at - after->session->started_at, ==, G_TIME_SPAN_HOUR);
  g_assert_cmpuint (n_done, ==, 1);
  g_assert_cmpstr (words, ==, "Session finished · 2 sets not done");
  label = dup_undo_label (self);
  g_assert_cmpstr (label, ==, "Finish Session");
}

static void
failed_cb (GError **taken, const GError *error)
{
  g_clear_error (taken);
  *taken = g_error_copy (error);
}

/* What the store refuses is told, and nothing of it is written. */
static void
test_refused (GymFixture *self, gconstpointer data)
{
  const LiftSetValues wrong = { 100, "kg", 5000, NAN };
  g_autoptr (LiftWorkout) before = start (self);
  g_autoptr (LiftWorkout) after = NULL;
  g_autoptr (LiftSetSession) set = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect_swapped (self->editor, "failed", G_CALLBACK (failed_cb), &error);
  set = lift_session_editor_log_set (self->editor, gym_get_set (before, 0, 1)->set, &wrong,
                                     LIFT_MEASURE_REPS);
  after = reload (self, before);
  g_assert_nonnull (error);
  g_assert_cmpint (gym_get_set (after, 0, 1)->set->completed_at, ==, LIFT_INT_NULL);
  g_assert_cmpint (gym_get_set (after, 0, 1)->set->actual_reps, ==, LIFT_INT_NULL);
}

static void
test_delete (GymFixture *self, gconstpointer data)
{
  g_autoptr (LiftWorkout) before = start (self);

  lift_session_editor_delete (self->editor, before->session);
  gym_fixture_settle (self);
  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_TRAINING_SESSION), ==, 0);
  g_assert_cmpuint (gym_fixture_count (self, LIFT_TYPE_SET_SESSION), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  GYM_TEST ("/athlete/editor/log", test_log);
  GYM_TEST ("/athlete/editor/unlog", test_unlog);
  GYM_TEST ("/athlete/editor/draft-is-no-step", test_draft_is_no_step);
  GYM_TEST ("/athlete/editor/add-and-delete-set", test_add_and_delete_set);
  GYM_TEST ("/athlete/editor/add-exercise", test_add_exercise);
  GYM_TEST ("/athlete/editor/variants", test_variants);
  GYM_TEST ("/athlete/editor/body-weight", test_body_weight);
  GYM_TEST ("/athlete/editor/notes-and-rpe", test_notes_and_rpe);
  GYM_TEST ("/athlete/editor/finish-and-undo", test_finish_and_undo);
  GYM_TEST ("/athlete/editor/refused", test_refused);
  GYM_TEST ("/athlete/editor/delete", test_delete);
  return g_test_run ();
}
