/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-exercise-session-variant.h"
#include "lift-session-editor-private.h"
#include "lift-variant.h"

/* Sets and exercises that come and go. */

static gint64
next_set_number (GPtrArray *sets)
{
  gint64 number = 0;

  for (guint i = 0; i < sets->len; i++)
    number = MAX (number, ((LiftWorkoutSet *) sets->pdata[i])->set->set_number);
  return number + 1;
}

static void
insert_set (LiftSessionEditor *self,
            LiftBatch *batch,
            const char *exercise_session_id,
            gint64 number,
            LiftSetSession *like)
{
  LiftClock *clock = lift_store_get_clock (self->store);
  g_autoptr (LiftSetSession) set = lift_entity_new (LIFT_TYPE_SET_SESSION, clock);

  lift_entity_set (LIFT_ENTITY (set), "athlete-id", self->athlete_id, "exercise-session-id",
                   exercise_session_id, "set-number", number, NULL);
  /* A further set starts with what the one before it had, typed but not confirmed. */
  if (like != NULL)
    lift_entity_set (LIFT_ENTITY (set), "actual-weight", like->actual_weight, "actual-reps",
                     like->actual_reps, "actual-weight-unit", like->actual_weight_unit,
                     "duration-seconds", like->duration_seconds, "distance", like->distance, NULL);
  lift_batch_insert (batch, LIFT_ENTITY (set));
}

/**
 * lift_session_editor_add_set:
 * @sets: (element-type LiftWorkoutSet): the sets that the exercise has
 *
 * Adds a set behind the last one of an exercise.
 */
void
lift_session_editor_add_set (LiftSessionEditor *self,
                             LiftExerciseSession *exercise,
                             GPtrArray *sets)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Add Set"));
  LiftWorkoutSet *last = sets->len > 0 ? g_ptr_array_index (sets, sets->len - 1) : NULL;

  insert_set (self, batch, LIFT_ENTITY (exercise)->id, next_set_number (sets),
              last != NULL ? last->set : NULL);
  lift_session_editor_commit (self, batch, NULL);
}

/**
 * lift_session_editor_delete_set:
 *
 * Deletes a set.
 */
void
lift_session_editor_delete_set (LiftSessionEditor *self, LiftSetSession *set)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Delete Set"));

  lift_batch_delete (batch, lift_entity_get_info (LIFT_ENTITY (set)), LIFT_ENTITY (set)->id);
  lift_session_editor_commit (self, batch, _ ("Set deleted"));
}

static gint64
next_order_index (LiftWorkout *workout)
{
  gint64 index = -1;

  for (guint i = 0; i < workout->exercises->len; i++)
    index = MAX (index,
                 ((LiftWorkoutExercise *) workout->exercises->pdata[i])->session->order_index);
  return index + 1;
}

static void
insert_variants (LiftSessionEditor *self,
                 LiftBatch *batch,
                 const char *exercise_session_id,
                 GPtrArray *variants)
{
  LiftClock *clock = lift_store_get_clock (self->store);

  for (guint i = 0; i < variants->len; i++)
    {
      g_autoptr (LiftEntity) join = lift_entity_new (LIFT_TYPE_EXERCISE_SESSION_VARIANT, clock);

      lift_entity_set (join, "athlete-id", self->athlete_id, "exercise-session-id",
                       exercise_session_id, "variant-id",
                       LIFT_ENTITY (g_ptr_array_index (variants, i))->id, NULL);
      lift_batch_insert (batch, join);
    }
}

/**
 * lift_session_editor_add_exercise:
 * @choice: an exercise and how it is done
 *
 * Adds an exercise that was not planned behind the last one, with one empty set.
 */
void
lift_session_editor_add_exercise (LiftSessionEditor *self,
                                  LiftWorkout *workout,
                                  LiftExerciseChoice *choice)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Add Exercise"));
  g_autoptr (LiftEntity)
    row = lift_entity_new (LIFT_TYPE_EXERCISE_SESSION, lift_store_get_clock (self->store));

  lift_entity_set (row, "athlete-id", self->athlete_id, "training-session-id",
                   LIFT_ENTITY (workout->session)->id, "exercise-id",
                   LIFT_ENTITY (choice->exercise)->id, "exercise-name-snapshot",
                   choice->exercise->name, "order-index", next_order_index (workout), NULL);
  lift_batch_insert (batch, row);
  insert_variants (self, batch, row->id, choice->variants);
  insert_set (self, batch, row->id, 1, NULL);
  lift_session_editor_commit (self, batch, NULL);
}

static LiftEntity *
find_join (GPtrArray *joins, const char *variant_id)
{
  for (guint i = 0; i < joins->len; i++)
    if (g_str_equal (((LiftExerciseSessionVariant *) joins->pdata[i])->variant_id, variant_id))
      return joins->pdata[i];
  return NULL;
}

/**
 * lift_session_editor_set_variants:
 * @joins: (element-type LiftExerciseSessionVariant): the variants that it has
 * @variants: (element-type LiftVariant): those that it is to have
 *
 * Changes how an exercise of the session is done.
 */
void
lift_session_editor_set_variants (LiftSessionEditor *self,
                                  LiftExerciseSession *exercise,
                                  GPtrArray *joins,
                                  GPtrArray *variants)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Change Variants"));
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; i < variants->len; i++)
    {
      LiftEntity *join = find_join (joins, LIFT_ENTITY (variants->pdata[i])->id);
      g_ptr_array_add (join != NULL ? kept : added, join != NULL ? join : variants->pdata[i]);
    }
  for (guint i = 0; i < joins->len; i++)
    if (!g_ptr_array_find (kept, joins->pdata[i], NULL))
      lift_batch_delete (batch, lift_entity_get_info (joins->pdata[i]),
                         LIFT_ENTITY (joins->pdata[i])->id);
  insert_variants (self, batch, LIFT_ENTITY (exercise)->id, added);
  lift_session_editor_commit (self, batch, NULL);
}

/**
 * lift_session_editor_delete_exercise:
 *
 * Deletes an exercise of the session with its sets.
 */
void
lift_session_editor_delete_exercise (LiftSessionEditor *self, LiftExerciseSession *exercise)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (_ ("Delete Exercise"));
  LiftEntity *row = LIFT_ENTITY (exercise);

  lift_batch_delete (batch, lift_entity_get_info (row), row->id);
  lift_session_editor_commit (self, batch, _ ("Exercise deleted"));
}
