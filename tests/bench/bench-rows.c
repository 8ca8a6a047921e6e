/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-rows.h"

#include "lift-registry.h"
#include "lift-uuid.h"

#define SETS_OF_AN_EXERCISE 5
#define EXERCISES_OF_A_SESSION 5
#define EXERCISES_IN_USE 20
#define SETS_OF_A_BATCH 5000

/* A session a day, the first today and each further one on the day before. */
static gint64
get_day (BenchRows *self)
{
  return lift_clock_get_time (self->clock) / G_TIME_SPAN_DAY -
         self->n_exercise_sessions / EXERCISES_OF_A_SESSION;
}

static void
list_exercises (BenchRows *self)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  lift_query_limit (query, EXERCISES_IN_USE, 0);
  rows = lift_store_query_sync (self->store, query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->exercises, g_strdup (LIFT_ENTITY (g_ptr_array_index (rows, i))->id));
}

BenchRows *
bench_rows_new (LiftStore *store, const char *athlete)
{
  BenchRows *self = g_new0 (BenchRows, 1);

  self->store = g_object_ref (store);
  self->clock = lift_clock_get_system ();
  self->athlete = athlete != NULL ? g_strdup (athlete) : lift_uuid_new (self->clock);
  self->exercises = g_ptr_array_new_with_free_func (g_free);
  list_exercises (self);
  return self;
}

void
bench_rows_free (BenchRows *self)
{
  g_object_unref (self->store);
  g_ptr_array_unref (self->exercises);
  g_free (self->athlete);
  g_free (self->training_session);
  g_free (self->exercise_session);
  g_free (self);
}

static void
begin_session (BenchRows *self, LiftBatch *batch)
{
  g_autoptr (LiftTrainingSession)
    session = lift_entity_new (LIFT_TYPE_TRAINING_SESSION, self->clock);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (get_day (self) * 86400);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");

  lift_entity_set (LIFT_ENTITY (session), "athlete-id", self->athlete, "session-date", text, "name",
                   "Training", "status", "completed", NULL);
  lift_batch_insert (batch, LIFT_ENTITY (session));
  g_free (self->training_session);
  self->training_session = g_strdup (LIFT_ENTITY (session)->id);
}

/**
 * bench_rows_begin_exercise:
 *
 * Adds an exercise to @batch, and the session around it where one is needed. Sets that are made
 * from now on belong to it.
 */
void
bench_rows_begin_exercise (BenchRows *self, LiftBatch *batch)
{
  g_autoptr (LiftExerciseSession)
    exercise = lift_entity_new (LIFT_TYPE_EXERCISE_SESSION, self->clock);
  guint order = self->n_exercise_sessions % EXERCISES_OF_A_SESSION;
  guint n = self->n_exercise_sessions;

  if (order == 0)
    begin_session (self, batch);
  lift_entity_set (LIFT_ENTITY (exercise), "athlete-id", self->athlete, "training-session-id",
                   self->training_session, "exercise-id",
                   g_ptr_array_index (self->exercises, n % self->exercises->len), "order-index",
                   (gint64) order, NULL);
  lift_batch_insert (batch, LIFT_ENTITY (exercise));
  g_free (self->exercise_session);
  self->exercise_session = g_strdup (LIFT_ENTITY (exercise)->id);
  self->n_exercise_sessions++;
}

/**
 * bench_rows_make_set:
 *
 * Returns: (transfer full): the next set of the exercise
 */
LiftSetSession *
bench_rows_make_set (BenchRows *self)
{
  LiftSetSession *set = lift_entity_new (LIFT_TYPE_SET_SESSION, self->clock);

  /* Nobody watches a new row, so its members are set as the store itself does it. */
  set->athlete_id = g_strdup (self->athlete);
  set->exercise_session_id = g_strdup (self->exercise_session);
  set->set_number = 1 + self->n_sets % SETS_OF_AN_EXERCISE;
  set->actual_reps = 3 + self->n_sets % 6;
  set->actual_weight = 60 + 2.5 * (self->n_sets % 40);
  set->actual_rpe = 7 + 0.5 * (self->n_sets % 5);
  set->completed_at = (get_day (self) * 86400 + 60 * (self->n_sets % 1000)) * G_USEC_PER_SEC;
  self->n_sets++;
  return set;
}

/**
 * bench_rows_commit:
 *
 * Commits what must be fine.
 */
void
bench_rows_commit (BenchRows *self, LiftBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_sync (self->store, batch, &error);

  g_assert_no_error (error);
}

/**
 * bench_rows_fill:
 *
 * Puts sets into the store, with the sessions that they need, through the door.
 */
void
bench_rows_fill (BenchRows *self, guint n_sets)
{
  for (guint done = 0; done < n_sets;)
    {
      g_autoptr (LiftBatch) batch = lift_batch_new ("Fill");
      guint end = MIN (n_sets, done + SETS_OF_A_BATCH);

      for (; done < end; done++)
        {
          g_autoptr (LiftSetSession) set = NULL;

          if (done % SETS_OF_AN_EXERCISE == 0)
            bench_rows_begin_exercise (self, batch);
          set = bench_rows_make_set (self);
          lift_batch_insert (batch, LIFT_ENTITY (set));
        }
      bench_rows_commit (self, batch);
    }
}

static gboolean
run_sql (LiftStoreWriter *writer, gpointer data, GError **error)
{
  return lift_database_exec (lift_store_writer_get_database (writer), data, error);
}

void
bench_run_sql (LiftStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  lift_store_write_sync (store, run_sql, (gpointer) sql, &error);
  g_assert_no_error (error);
}

/**
 * bench_rows_make_clean:
 *
 * Makes the store look as if the server had confirmed every row.
 */
void
bench_rows_make_clean (LiftStore *store)
{
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "UPDATE %s SET pending = NULL, base = NULL, version = 1, updated_at = created_at, "
        "last_synced_at = created_at WHERE pending IS NOT NULL",
        lift_registry_get (i)->table);

      bench_run_sql (store, sql);
    }
}
