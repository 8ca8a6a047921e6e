/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "coach-fixture.h"
#include "lift-plan-review.h"
#include "lift-roster.h"
#include "lift-week.h"

/* Monday of the week of the fixture. */
#define MONDAY (lift_day_from_date (2026, 11, 16))

/* A plan of three squats on Monday, with a warm-up. */
typedef struct
{
  LiftTrainingPlan *plan;
  LiftPlanDocument *document;
  LiftPlanLine *line;
} Planned;

static void
plan_squats (CoachFixture *self, Planned *planned)
{
  planned->plan = coach_fixture_add_plan (self, "Lower A", "2026-11-16");
  planned->document = coach_fixture_open (self, planned->plan);
  planned->line = coach_fixture_add_line (self, planned->document, "Back Squat");
  coach_fixture_type_sets (self, planned->document, planned->line, "w 1x5 60, 3x5 100 @8");
}

static void
planned_clear (Planned *planned)
{
  g_object_unref (planned->plan);
  g_object_unref (planned->line);
  g_assert_finalize_object (planned->document);
}

static char *
dup_set_id (Planned *planned, guint position)
{
  g_autoptr (LiftEntity)
    set = g_list_model_get_item (lift_plan_line_get_sets (planned->line), position);

  return g_strdup (set->id);
}

static LiftTrainingSession *
start_session (CoachFixture *self, Planned *planned)
{
  return coach_fixture_add (
    self, LIFT_TYPE_TRAINING_SESSION, "session-date", "2026-11-17", "training-plan-id",
    planned != NULL ? LIFT_ENTITY (planned->plan)->id : NULL, "status", "completed", "body-weight",
    81.5, "session-rpe", 8.0, "notes", "left knee", NULL);
}

static LiftExerciseSession *
start_exercise (CoachFixture *self,
                LiftTrainingSession *session,
                LiftPlanLine *line,
                const char *name)
{
  g_autoptr (LiftExercise) exercise = coach_fixture_find_exercise (self, name);

  return coach_fixture_add (self, LIFT_TYPE_EXERCISE_SESSION, "training-session-id",
                            LIFT_ENTITY (session)->id, "exercise-id", LIFT_ENTITY (exercise)->id,
                            "exercise-plan-id", line != NULL ? lift_plan_line_get_id (line) : NULL,
                            NULL);
}

static void
do_set (CoachFixture *self,
        LiftExerciseSession *exercise,
        const char *set_plan_id,
        gint64 number,
        gint64 reps,
        double weight,
        double rpe)
{
  g_autoptr (LiftEntity) set = coach_fixture_add (
    self, LIFT_TYPE_SET_SESSION, "exercise-session-id", LIFT_ENTITY (exercise)->id, "set-plan-id",
    set_plan_id, "set-number", number, "actual-reps", reps, "actual-weight", weight, "actual-rpe",
    rpe, "kind", number == 1 && set_plan_id != NULL ? "warmup" : "working", "completed-at",
    lift_clock_get_time (LIFT_CLOCK (self->clock)), NULL);
}

static void
test_nothing_done (CoachFixture *self, gconstpointer data)
{
  Planned planned;
  LiftPlanReview *review;
  g_autoptr (GPtrArray) unplanned = NULL;
  g_autofree char *id = NULL;
  double percent;

  plan_squats (self, &planned);
  id = dup_set_id (&planned, 1);
  review = lift_plan_review_new (self->store, LIFT_ENTITY (planned.plan)->id);
  coach_fixture_settle (self);
  g_assert_null (lift_plan_review_get_session (review));
  g_assert_null (lift_plan_review_find_set (review, id));
  g_assert_true (isnan (lift_plan_review_get_body_weight (review)));
  unplanned = lift_plan_review_dup_unplanned (review, "kg");
  g_assert_cmpuint (unplanned->len, ==, 0);
  g_assert_cmpint (lift_plan_review_get_compliance (review, MONDAY + 1, &percent), ==,
                   LIFT_COMPLIANCE_MISSED);
  g_assert_cmpint (lift_plan_review_get_compliance (review, MONDAY, &percent), ==,
                   LIFT_COMPLIANCE_OPEN);
  g_assert_finalize_object (review);
  planned_clear (&planned);
}

static void
assert_review (
  LiftPlanReview *review, Planned *planned, guint n, const char *done, const char *deviation)
{
  g_autofree char *id = dup_set_id (planned, n);
  const LiftReviewSet *set = lift_plan_review_find_set (review, id);

  g_assert_nonnull (set);
  g_assert_cmpstr (set->done, ==, done);
  g_assert_cmpstr (set->deviation, ==, deviation);
}

static void
do_squats (CoachFixture *self, Planned *planned, LiftExerciseSession *squats)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = dup_set_id (planned, i);

      do_set (self, squats, id, i + 1, 5,
              i == 0   ? 60
              : i == 1 ? 100
                       : 102.5,
              i == 0 ? NAN : 8 + 0.5 * (i - 1));
    }
}

static void
test_done (CoachFixture *self, gconstpointer data)
{
  Planned planned;
  LiftPlanReview *review;
  g_autoptr (LiftTrainingSession) session = NULL;
  g_autoptr (LiftExerciseSession) squats = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *counts = NULL;
  double percent;

  plan_squats (self, &planned);
  review = lift_plan_review_new (self->store, LIFT_ENTITY (planned.plan)->id);
  session = start_session (self, &planned);
  squats = start_exercise (self, session, planned.line, "Back Squat");
  do_squats (self, &planned, squats);
  coach_fixture_settle (self);
  assert_review (review, &planned, 0, "5 × 60 kg", "");
  assert_review (review, &planned, 1, "5 × 100 kg @8", "");
  assert_review (review, &planned, 2, "5 × 102.5 kg @8.5", "+2.5 kg · RPE +0.5");
  missing = dup_set_id (&planned, 3);
  g_assert_null (lift_plan_review_find_set (review, missing));
  g_assert_cmpfloat (lift_plan_review_get_body_weight (review), ==, 81.5);
  g_assert_cmpstr (lift_plan_review_get_session (review)->notes, ==, "left knee");
  g_assert_cmpint (lift_plan_review_get_compliance (review, MONDAY + 3, &percent), ==,
                   LIFT_COMPLIANCE_YELLOW);
  g_assert_cmpfloat_with_epsilon (percent, 200 / 3.0, 0.01);
  counts = lift_plan_review_dup_counts (review);
  g_assert_cmpstr (counts, ==, "2 of 3 sets");
  g_assert_finalize_object (review);
  planned_clear (&planned);
}

static void
test_unplanned (CoachFixture *self, gconstpointer data)
{
  Planned planned;
  LiftPlanReview *review;
  g_autoptr (LiftTrainingSession) session = NULL;
  g_autoptr (LiftExerciseSession) squats = NULL;
  g_autoptr (LiftExerciseSession) curls = NULL;
  g_autoptr (GPtrArray) unplanned = NULL;
  g_autofree char *note = NULL;

  plan_squats (self, &planned);
  session = start_session (self, &planned);
  squats = start_exercise (self, session, planned.line, "Back Squat");
  curls = start_exercise (self, session, NULL, "Leg Curl");
  do_set (self, squats, NULL, 5, 20, 60, NAN);
  for (gint64 i = 1; i <= 3; i++)
    do_set (self, curls, NULL, i, 12, 35, NAN);
  review = lift_plan_review_new (self->store, LIFT_ENTITY (planned.plan)->id);
  coach_fixture_settle (self);
  unplanned = lift_plan_review_dup_unplanned (review, "kg");
  g_assert_cmpuint (unplanned->len, ==, 1);
  g_assert_cmpstr (unplanned->pdata[0], ==, "Unplanned: Leg Curl 3×12 35");
  note = lift_plan_review_dup_line_note (review, lift_plan_line_get_id (planned.line), "kg");
  g_assert_cmpstr (note, ==, "More than planned: 1×20 60");
  g_assert_finalize_object (review);
  planned_clear (&planned);
}

/* What counts is the target as it stood when the session began. */
static void
test_target_of_the_day (CoachFixture *self, gconstpointer data)
{
  Planned planned;
  LiftPlanReview *review;
  g_autoptr (LiftTrainingSession) session = NULL;
  g_autoptr (LiftExerciseSession) squats = NULL;
  g_autoptr (LiftEntity) set = NULL;
  g_autofree char *id = NULL;

  plan_squats (self, &planned);
  session = start_session (self, &planned);
  squats = start_exercise (self, session, planned.line, "Back Squat");
  id = dup_set_id (&planned, 1);
  set = coach_fixture_add (self, LIFT_TYPE_SET_SESSION, "exercise-session-id",
                           LIFT_ENTITY (squats)->id, "set-plan-id", id, "set-number", (gint64) 2,
                           "target-reps", (gint64) 5, "target-weight", 90.0, "actual-reps",
                           (gint64) 5, "actual-weight", 100.0, "completed-at",
                           lift_clock_get_time (LIFT_CLOCK (self->clock)), NULL);
  review = lift_plan_review_new (self->store, LIFT_ENTITY (planned.plan)->id);
  coach_fixture_settle (self);
  assert_review (review, &planned, 1, "5 × 100 kg", "+10 kg");
  g_assert_finalize_object (review);
  planned_clear (&planned);
}

static void
test_not_yet (CoachFixture *self, gconstpointer data)
{
  Planned planned;
  LiftPlanReview *review;
  g_autoptr (LiftTrainingSession) session = NULL;
  g_autoptr (LiftExerciseSession) squats = NULL;
  g_autoptr (LiftEntity) set = NULL;
  g_autofree char *id = NULL;

  plan_squats (self, &planned);
  session = start_session (self, &planned);
  squats = start_exercise (self, session, planned.line, "Back Squat");
  id = dup_set_id (&planned, 1);
  set = coach_fixture_add (self, LIFT_TYPE_SET_SESSION, "exercise-session-id",
                           LIFT_ENTITY (squats)->id, "set-plan-id", id, "set-number", (gint64) 2,
                           NULL);
  review = lift_plan_review_new (self->store, LIFT_ENTITY (planned.plan)->id);
  coach_fixture_settle (self);
  g_assert_null (lift_plan_review_find_set (review, id));
  g_assert_finalize_object (review);
  planned_clear (&planned);
}

static void
test_week (CoachFixture *self, gconstpointer data)
{
  Planned planned;
  LiftWeek *week = lift_week_new (self->desk);
  g_autoptr (LiftTrainingSession) session = NULL;
  g_autoptr (LiftExerciseSession) squats = NULL;
  g_autoptr (LiftTrainingSession) free_session = NULL;
  g_autoptr (LiftEntity) variant = NULL;
  g_autoptr (LiftEntity) join = NULL;
  g_autoptr (GPtrArray) monday = NULL;
  g_autoptr (GPtrArray) tuesday = NULL;
  g_autofree char *done = NULL;
  g_autofree char *counts = NULL;
  g_autofree char *title = lift_week_dup_title (MONDAY);
  const LiftWeekItem *item;
  const LiftWeekLine *line;

  plan_squats (self, &planned);
  session = start_session (self, &planned);
  squats = start_exercise (self, session, planned.line, "Back Squat");
  do_squats (self, &planned, squats);
  free_session = start_session (self, NULL);
  variant = coach_fixture_add (self, LIFT_TYPE_VARIANT, "name", "pause", NULL);
  join = coach_fixture_add (self, LIFT_TYPE_EXERCISE_PLAN_VARIANT, "exercise-plan-id",
                            lift_plan_line_get_id (planned.line), "variant-id", variant->id, NULL);
  lift_week_show (week, self->athlete_id, MONDAY);
  coach_fixture_settle (self);
  g_assert_true (lift_week_is_loaded (week));
  monday = lift_week_select_day (week, MONDAY);
  tuesday = lift_week_select_day (week, MONDAY + 1);
  g_assert_cmpuint (monday->len, ==, 1);
  g_assert_cmpuint (tuesday->len, ==, 1);
  item = monday->pdata[0];
  line = item->lines->pdata[0];
  done = lift_week_item_dup_done (item);
  g_assert_cmpstr (lift_week_item_get_name (item), ==, "Lower A");
  g_assert_cmpstr (lift_week_item_get_status (item), ==, "Published");
  g_assert_cmpuint (item->n_sets, ==, 4);
  g_assert_cmpstr (line->name, ==, "Back Squat · pause");
  g_assert_cmpstr (line->sets, ==, "w 1×5 60, 3×5 100 @8");
  counts = lift_week_item_dup_counts (item);
  g_assert_cmpstr (done, ==, "◐ 67 %");
  g_assert_cmpstr (counts, ==, "2 of 3 sets");
  g_assert_cmpstr (lift_week_item_get_status (tuesday->pdata[0]), ==, "Unplanned");
  g_assert_cmpstr (title, ==, "Week 47 · November 2026");
  g_assert_finalize_object (week);
  planned_clear (&planned);
}

static void
test_new_plan (CoachFixture *self, gconstpointer data)
{
  LiftWeek *week = lift_week_new (self->desk);
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) again = NULL;
  LiftTrainingPlan *second;

  lift_week_show (week, self->athlete_id, MONDAY);
  coach_fixture_settle (self);
  coach_fixture_take (self, lift_week_add_plan (week, MONDAY + 2, "One", NULL));
  coach_fixture_take (self, lift_week_add_plan (week, MONDAY + 2, "Two", &id));
  found = lift_week_select_day (week, MONDAY + 2);
  g_assert_cmpuint (found->len, ==, 2);
  second = ((LiftWeekItem *) found->pdata[1])->plan;
  g_assert_cmpstr (second->name, ==, "Two");
  g_assert_cmpstr (second->status, ==, "draft");
  g_assert_cmpstr (second->date, ==, "2026-11-18");
  g_assert_cmpint (second->order_in_day, ==, 1);
  g_assert_cmpstr (LIFT_ENTITY (second)->id, ==, id);
  coach_fixture_take (self, lift_week_delete_plan (second));
  none = lift_week_select_day (week, MONDAY + 2);
  g_assert_cmpuint (none->len, ==, 1);
  coach_fixture_undo (self);
  again = lift_week_select_day (week, MONDAY + 2);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_finalize_object (week);
}

static LiftAthlete *
find_athlete (LiftRoster *roster, const char *name)
{
  GListModel *athletes = lift_roster_get_athletes (roster);

  for (guint i = 0; i < g_list_model_get_n_items (athletes); i++)
    {
      g_autoptr (LiftAthlete) athlete = g_list_model_get_item (athletes, i);

      if (g_str_equal (athlete->display_name, name))
        return athlete;
    }
  return NULL;
}

static void
assert_hint (LiftRoster *roster, const char *name, const char *expected, gboolean is_missed)
{
  LiftAthlete *athlete = find_athlete (roster, name);
  gboolean missed;
  g_autofree char *hint = NULL;

  g_assert_nonnull (athlete);
  hint = lift_roster_dup_hint (roster, athlete, &missed);
  g_assert_cmpstr (hint, ==, expected);
  g_assert_cmpint (missed, ==, is_missed);
}

static gboolean
is_loaded (gpointer data)
{
  return lift_roster_is_loaded (data);
}

static gboolean
has_bea (gpointer data)
{
  return find_athlete (data, "Bea") != NULL;
}

static gboolean
has_no_bea (gpointer data)
{
  return find_athlete (data, "Bea") == NULL;
}

static void
test_roster (CoachFixture *self, gconstpointer data)
{
  LiftRoster *roster = lift_roster_new (self->desk);
  Planned planned;
  g_autoptr (LiftTrainingSession) session = NULL;

  coach_fixture_wait (is_loaded, roster);
  assert_hint (roster, "Ana", "on paper", FALSE);
  plan_squats (self, &planned);
  coach_fixture_settle (self);
  assert_hint (roster, "Ana", "✗ missed Mon 16 Nov", TRUE);
  session = start_session (self, &planned);
  coach_fixture_settle (self);
  assert_hint (roster, "Ana", "trained Tue 17 Nov", FALSE);
  coach_fixture_take (self, lift_roster_add_athlete (roster, "Bea", NULL));
  coach_fixture_wait (has_bea, roster);
  coach_fixture_undo (self);
  coach_fixture_wait (has_no_bea, roster);
  g_assert_finalize_object (roster);
  planned_clear (&planned);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  COACH_TEST ("/coach/plan-review/nothing-done", test_nothing_done);
  COACH_TEST ("/coach/plan-review/done", test_done);
  COACH_TEST ("/coach/plan-review/unplanned", test_unplanned);
  COACH_TEST ("/coach/plan-review/target-of-the-day", test_target_of_the_day);
  COACH_TEST ("/coach/plan-review/not-yet", test_not_yet);
  COACH_TEST ("/coach/week/items", test_week);
  COACH_TEST ("/coach/week/new-plan", test_new_plan);
  COACH_TEST ("/coach/roster/hints", test_roster);
  return g_test_run ();
}
