/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-sample.h"

#include <math.h>

#include "lift-entities.h"

const LiftSampleAthlete lift_sample_athletes[] = {
  { "mara", "Mara Lindqvist", "female", 0.75, 66.4, 10 },
  { "ben", "Ben Okafor", "male", 1.15, 88.9, 9 },
  { "ida", "Ida Novak", "female", 0.6, 59.2, 7 },
};
const guint lift_sample_n_athletes = G_N_ELEMENTS (lift_sample_athletes);

/* One line of a workout: sets of reps at a load that grows by @step each week. */
typedef struct
{
  const char *exercise;
  guint warmups;
  guint sets;
  guint reps;
  double load;
  double step;
  double rpe;
  const char *group;
  const char *cue;
} Line;

typedef struct
{
  const char *name;
  guint weekday;
  Line lines[5];
} Workout;

static const Workout workouts[] = {
  { "Squat Day",
    1,
    { { "Back Squat", 2, 3, 5, 100, 2.5, 8, NULL, "Chest up out of the hole." },
      { "Romanian Deadlift", 0, 3, 8, 80, 2.5, 7.5, NULL, NULL },
      { "Leg Curl", 0, 3, 12, 35, 1.25, 8, "B", NULL },
      { "Plank", 0, 3, 0, NAN, 0, NAN, "B", "40 seconds, breathe." } } },
  { "Press Day",
    3,
    { { "Bench Press", 2, 4, 6, 75, 1.25, 8, NULL, "Pause a heartbeat on the chest." },
      { "Barbell Row", 0, 4, 8, 65, 1.25, 8, NULL, NULL },
      { "Overhead Press", 0, 3, 8, 42.5, 1.25, 8, NULL, NULL },
      { "Pull-Up", 0, 3, 6, NAN, 0, 8.5, NULL, NULL } } },
  { "Deadlift Day",
    5,
    { { "Deadlift", 2, 3, 4, 130, 2.5, 8, NULL, "Push the floor away." },
      { "Front Squat", 0, 3, 6, 72.5, 2.5, 7.5, NULL, NULL },
      { "Bulgarian Split Squat", 0, 3, 10, 20, 1, 8, NULL, NULL } } },
};

static double
round_load (double load)
{
  return round (load / 2.5) * 2.5;
}

/* The fourth week is light, the one after goes on where the third ended. */
static double
load_in_week (const Line *line, double strength, guint week)
{
  double load = (line->load + line->step * (week > 3 ? week - 1 : week)) * strength;

  if (isnan (load) || load == 0)
    return load;
  return fmax (2.5, round_load (week == 3 ? load * 0.9 : load));
}

static void
add_set (LiftSample *self,
         LiftBatch *batch,
         LiftExercisePlan *exercise,
         gint64 number,
         const char *kind,
         const Line *line,
         double load)
{
  g_autoptr (LiftSetPlan) set = lift_entity_new (LIFT_TYPE_SET_PLAN, self->clock);

  lift_entity_set (LIFT_ENTITY (set), "athlete-id", exercise->athlete_id, "exercise-plan-id",
                   LIFT_ENTITY (exercise)->id, "set-number", number, "kind", kind, NULL);
  if (line->reps > 0)
    lift_entity_set (LIFT_ENTITY (set), "target-reps", (gint64) line->reps, NULL);
  else
    lift_entity_set (LIFT_ENTITY (set), "target-duration-seconds", (gint64) 40, NULL);
  if (!isnan (load))
    lift_entity_set (LIFT_ENTITY (set), "target-weight", load, "target-weight-unit", "kg", NULL);
  if (g_str_equal (kind, "working") && !isnan (line->rpe))
    lift_entity_set (LIFT_ENTITY (set), "target-rpe", line->rpe, NULL);
  lift_batch_insert (batch, LIFT_ENTITY (set));
}

static void
add_line (LiftSample *self,
          LiftBatch *batch,
          LiftTrainingPlan *plan,
          const Line *line,
          gint64 order,
          double load)
{
  g_autoptr (LiftExercisePlan) exercise = lift_entity_new (LIFT_TYPE_EXERCISE_PLAN, self->clock);
  gint64 number = 1;

  lift_entity_set (LIFT_ENTITY (exercise), "athlete-id", plan->athlete_id, "training-plan-id",
                   LIFT_ENTITY (plan)->id, "exercise-id",
                   g_hash_table_lookup (self->exercises, line->exercise), "order-index", order,
                   "notes", line->cue, "group-key", line->group, NULL);
  lift_batch_insert (batch, LIFT_ENTITY (exercise));
  for (guint i = 0; i < line->warmups; i++)
    add_set (self, batch, exercise, number++, "warmup", line, round_load (load * (0.5 + 0.2 * i)));
  for (guint i = 0; i < line->sets; i++)
    add_set (self, batch, exercise, number++, "working", line, load);
}

static void
add_workout (LiftSample *self,
             LiftBatch *batch,
             const LiftSampleAthlete *who,
             const char *id,
             const Workout *workout,
             LiftDay day,
             guint week)
{
  g_autoptr (LiftTrainingPlan) plan = lift_entity_new (LIFT_TYPE_TRAINING_PLAN, self->clock);
  g_autofree char *date = lift_day_format (day);

  lift_entity_set (LIFT_ENTITY (plan), "athlete-id", id, "name", workout->name, "date", date,
                   "status", week < LIFT_SAMPLE_WEEKS ? "published" : "draft", "kind",
                   week == 3 ? "deload" : "strength", NULL);
  lift_batch_insert (batch, LIFT_ENTITY (plan));
  for (guint i = 0; i < G_N_ELEMENTS (workout->lines) && workout->lines[i].exercise != NULL; i++)
    add_line (self, batch, plan, &workout->lines[i], i,
              load_in_week (&workout->lines[i], who->strength, week));
}

/**
 * lift_sample_make_plans:
 * @id: the athlete
 *
 * Eight weeks of plans up to this one, and a draft for the next.
 *
 * Returns: (transfer full): the writes
 */
LiftBatch *
lift_sample_make_plans (LiftSample *self, const LiftSampleAthlete *who, const char *id)
{
  LiftBatch *batch = lift_batch_new ("Sample plans");
  LiftDay monday = lift_day_get_week_start (self->today, 1) - 7 * (LIFT_SAMPLE_WEEKS - 1);

  for (guint week = 0; week <= LIFT_SAMPLE_WEEKS; week++)
    for (guint i = 0; i < G_N_ELEMENTS (workouts); i++)
      add_workout (self, batch, who, id, &workouts[i], monday + 7 * week + workouts[i].weekday - 1,
                   week);
  return batch;
}
