/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "told.h"

static gboolean
commit (LiftStore *store, Told *told, LiftBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_sync (store, batch, &error);

  /* Never that a row were not there, or its values were wrong. */
  if (inverse == NULL)
    g_assert_true (error->domain == LIFT_DATABASE_ERROR);
  told->commits += inverse != NULL;
  return inverse != NULL;
}

static void
add (StoreFixture *fixture, LiftStore *store, Told *told, guint i)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);
  LiftTrainingPlan *plan = store_fixture_new (fixture, LIFT_TYPE_TRAINING_PLAN);

  lift_entity_set (LIFT_ENTITY (plan), "name", "Plan", "date", "2026-03-02", "order-in-day",
                   (gint64) 1, NULL);
  told->plans[i] = plan;
  told->order[i] = 1;
  lift_batch_insert (batch, LIFT_ENTITY (plan));
  told->saved[i] = commit (store, told, batch);
}

/* A row that refers to others, and one whose name is unique. */
static void
add_more (StoreFixture *fixture, LiftStore *store, Told *told, guint i)
{
  g_autoptr (LiftExercisePlan) line = store_fixture_new (fixture, LIFT_TYPE_EXERCISE_PLAN);
  g_autoptr (LiftExercise) exercise = store_fixture_new (fixture, LIFT_TYPE_EXERCISE);
  g_autofree char *name = g_strdup_printf ("Exercise %s", LIFT_ENTITY (told->plans[i])->id);
  g_autoptr (LiftBatch) lines = lift_batch_new (NULL);
  g_autoptr (LiftBatch) exercises = lift_batch_new (NULL);

  if (!told->saved[i])
    return;
  lift_entity_set (LIFT_ENTITY (line), "training-plan-id", LIFT_ENTITY (told->plans[i])->id,
                   "exercise-id", store_fixture_get_exercise (fixture), NULL);
  lift_batch_insert (lines, LIFT_ENTITY (line));
  commit (store, told, lines);
  lift_entity_set (LIFT_ENTITY (exercise), "name", name, NULL);
  lift_batch_insert (exercises, LIFT_ENTITY (exercise));
  commit (store, told, exercises);
}

static void
edit (LiftStore *store, Told *told, guint i, gint64 order)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);

  if (!told->saved[i])
    return;
  lift_entity_set (LIFT_ENTITY (told->plans[i]), "order-in-day", order, NULL);
  lift_batch_update (batch, LIFT_ENTITY (told->plans[i]),
                     store_fixture_field (told->plans[i], "orderInDay"));
  if (commit (store, told, batch))
    told->order[i] = order;
}

static void delete (LiftStore *store, Told *told, guint i)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);
  LiftEntity *plan = LIFT_ENTITY (told->plans[i]);

  if (!told->saved[i])
    return;
  lift_batch_delete (batch, lift_entity_get_info (plan), plan->id);
  told->deleted[i] = commit (store, told, batch);
}

/* Edits as a user makes them, who goes on after each message that something could not be saved. */
void
told_use_store (StoreFixture *fixture, Told *told)
{
  g_autoptr (LiftStore)
    store = lift_store_open_inline (fixture->path, LIFT_CLOCK (fixture->clock), NULL);

  for (guint i = 0; store != NULL && i < G_N_ELEMENTS (told->plans); i++)
    {
      add (fixture, store, told, i);
      add_more (fixture, store, told, i);
      edit (store, told, i, 7);
      if (i % 2 == 1)
        delete (store, told, i - 1);
      edit (store, told, i, 9);
    }
}

/* An edit counter that went back would let the server confirm what it has never seen. */
static gboolean
check_counter (LiftStore *store, Told *told)
{
  g_autofree char *edit = lift_store_dup_fact_sync (store, "edit", NULL);

  return (edit != NULL ? g_ascii_strtoll (edit, NULL, 10) : 0) >= told->commits;
}

/* Orders grow. What was told is there; what was told to have failed may be, if the disk had taken it
 * and only its word for that was missing. */
static gboolean
check_row (LiftStore *store, Told *told, guint i, gboolean exact)
{
  LiftEntity *plan = LIFT_ENTITY (told->plans[i]);
  g_autoptr (LiftEntity)
    row = lift_store_get_sync (store, lift_entity_get_info (plan), plan->id, NULL);
  gint64 order = row != NULL ? LIFT_TRAINING_PLAN (row)->order_in_day : 0;

  return row != NULL && lift_entity_is_dirty (row) && order >= told->order[i] &&
         lift_entity_is_deleted (row) >= told->deleted[i] &&
         (!exact || (order == told->order[i] && lift_entity_is_deleted (row) == told->deleted[i]));
}

/* Opens the store again. Returns: whether it is sound and all is there that the user was told is
 * saved, and with @exact nothing else. Forgets what was told. */
gboolean
told_check (StoreFixture *fixture, Told *told, gboolean exact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftStore)
    store = lift_store_open_inline (fixture->path, LIFT_CLOCK (fixture->clock), &error);
  gboolean fine = store != NULL && lift_store_check_sync (store, &error) &&
                  check_counter (store, told);

  if (error != NULL)
    g_test_message ("%s", error->message);
  for (guint i = 0; i < G_N_ELEMENTS (told->plans); i++)
    {
      fine = fine && (!told->saved[i] || check_row (store, told, i, exact));
      g_clear_object (&told->plans[i]);
    }
  return fine;
}
