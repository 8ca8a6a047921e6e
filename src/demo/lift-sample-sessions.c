/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-sample.h"

#include <math.h>

#include "lift-entities.h"

#define HOUR G_GINT64_CONSTANT (3600000000)
#define MINUTE G_GINT64_CONSTANT (60000000)
#define MINUTES_A_SET 3

static gint64
evening_of (LiftDay day)
{
  return day * 24 * HOUR + 17 * HOUR;
}

/* Most sets go as planned; a hard one costs a rep and is felt, an easy one is felt too. */
static void
perform (LiftSample *self, LiftSetSession *done, LiftSetPlan *planned)
{
  guint32 dice = lift_clock_random_below (self->clock, 10);
  gint64 reps = planned->target_reps;
  double rpe = planned->target_rpe;

  if (dice == 0 && reps > 3)
    {
      reps--;
      rpe = fmin (10, rpe + 1);
    }
  else if (dice < 3)
    rpe = fmin (10, rpe + 0.5);
  else if (dice == 9)
    rpe -= 0.5;
  lift_entity_set (LIFT_ENTITY (done), "actual-reps", reps, "actual-weight", planned->target_weight,
                   "actual-weight-unit", planned->target_weight_unit, "actual-rpe", rpe,
                   "duration-seconds", planned->target_duration_seconds, NULL);
}

static void
add_set (LiftSample *self,
         LiftBatch *batch,
         LiftExerciseSession *exercise,
         LiftSetPlan *planned,
         gint64 at)
{
  g_autoptr (LiftSetSession) set = lift_entity_new (LIFT_TYPE_SET_SESSION, self->clock);

  lift_entity_set (LIFT_ENTITY (set), "athlete-id", exercise->athlete_id, "exercise-session-id",
                   LIFT_ENTITY (exercise)->id, "set-plan-id", LIFT_ENTITY (planned)->id,
                   "set-number", planned->set_number, "kind", planned->kind, "target-reps",
                   planned->target_reps, "target-weight", planned->target_weight, "target-rpe",
                   planned->target_rpe, "completed-at", at, NULL);
  perform (self, set, planned);
  lift_batch_insert (batch, LIFT_ENTITY (set));
}

static const char *
name_of_exercise (LiftSample *self, const char *id)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->exercises);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_strcmp0 (value, id) == 0)
      return name;
  return NULL;
}

/* Returns when the last set was done. */
static gint64
add_exercise (LiftSample *self,
              LiftBatch *batch,
              LiftTrainingSession *session,
              LiftExercisePlan *planned,
              GPtrArray *set_plans,
              gint64 at)
{
  g_autoptr (LiftExerciseSession)
    exercise = lift_entity_new (LIFT_TYPE_EXERCISE_SESSION, self->clock);

  lift_entity_set (LIFT_ENTITY (exercise), "athlete-id", session->athlete_id, "training-session-id",
                   LIFT_ENTITY (session)->id, "exercise-plan-id", LIFT_ENTITY (planned)->id,
                   "exercise-id", planned->exercise_id, "order-index", planned->order_index,
                   "group-key", planned->group_key, "status", "done", "exercise-name-snapshot",
                   name_of_exercise (self, planned->exercise_id), NULL);
  lift_batch_insert (batch, LIFT_ENTITY (exercise));
  for (guint i = 0; i < set_plans->len; i++)
    {
      LiftSetPlan *set = set_plans->pdata[i];

      if (g_strcmp0 (set->exercise_plan_id, LIFT_ENTITY (planned)->id) != 0)
        continue;
      at += MINUTES_A_SET * MINUTE;
      add_set (self, batch, exercise, set, at);
    }
  return at;
}

/* When the last set of a workout is done. */
static gint64
end_of (LiftTrainingPlan *plan, GPtrArray *exercise_plans, GPtrArray *set_plans, gint64 at)
{
  for (guint i = 0; i < exercise_plans->len; i++)
    for (guint j = 0; j < set_plans->len; j++)
      {
        LiftExercisePlan *exercise = exercise_plans->pdata[i];
        LiftSetPlan *set = set_plans->pdata[j];

        if (g_strcmp0 (exercise->training_plan_id, LIFT_ENTITY (plan)->id) == 0 &&
            g_strcmp0 (set->exercise_plan_id, LIFT_ENTITY (exercise)->id) == 0)
          at += MINUTES_A_SET * MINUTE;
      }
  return at;
}

static void
add_session (LiftSample *self,
             LiftBatch *batch,
             LiftTrainingPlan *plan,
             GPtrArray *exercise_plans,
             GPtrArray *set_plans,
             LiftDay day)
{
  g_autoptr (LiftTrainingSession)
    session = lift_entity_new (LIFT_TYPE_TRAINING_SESSION, self->clock);
  gint64 at = evening_of (day);

  lift_entity_set (LIFT_ENTITY (session), "athlete-id", plan->athlete_id, "training-plan-id",
                   LIFT_ENTITY (plan)->id, "session-date", plan->date, "name", plan->name, "status",
                   "completed", "started-at", at, "ended-at",
                   end_of (plan, exercise_plans, set_plans, at), "session-rpe",
                   7.0 + lift_clock_random_below (self->clock, 3), NULL);
  lift_batch_insert (batch, LIFT_ENTITY (session));
  for (guint i = 0; i < exercise_plans->len; i++)
    {
      LiftExercisePlan *planned = exercise_plans->pdata[i];

      if (g_strcmp0 (planned->training_plan_id, LIFT_ENTITY (plan)->id) == 0)
        at = add_exercise (self, batch, session, planned, set_plans, at);
    }
}

static void
add_body_weight (
  LiftSample *self, LiftBatch *batch, const LiftSampleAthlete *who, const char *id, LiftDay day)
{
  g_autoptr (LiftBodyWeightEntry)
    entry = lift_entity_new (LIFT_TYPE_BODY_WEIGHT_ENTRY, self->clock);
  g_autofree char *date = lift_day_format (day);
  double weight = who->body_weight + ((int) lift_clock_random_below (self->clock, 13) - 6) / 10.0;

  lift_entity_set (LIFT_ENTITY (entry), "athlete-id", id, "weight", round (weight * 10) / 10,
                   "weight-unit", "kg", "measurement-date", date, NULL);
  lift_batch_insert (batch, LIFT_ENTITY (entry));
}

/**
 * lift_sample_make_sessions:
 * @plans: (element-type LiftTrainingPlan): of the athlete
 * @exercise_plans: (element-type LiftExercisePlan): in these, in order
 * @set_plans: (element-type LiftSetPlan): in these, in order
 *
 * What was done of the plans up to yesterday, with the misses, good days and bad days that
 * training has, and a body weight each week.
 *
 * Returns: (transfer full): the writes
 */
LiftBatch *
lift_sample_make_sessions (LiftSample *self,
                           const LiftSampleAthlete *who,
                           const char *id,
                           GPtrArray *plans,
                           GPtrArray *exercise_plans,
                           GPtrArray *set_plans)
{
  LiftBatch *batch = lift_batch_new ("Sample sessions");

  for (guint i = 0; i < plans->len; i++)
    {
      LiftTrainingPlan *plan = plans->pdata[i];
      LiftDay day;

      if (!lift_day_parse (plan->date, &day) || day >= self->today)
        continue;
      if (lift_day_get_weekday (day) == 1)
        add_body_weight (self, batch, who, id, day);
      if (lift_clock_random_below (self->clock, 10) < who->reliability)
        add_session (self, batch, plan, exercise_plans, set_plans, day);
    }
  return batch;
}
