/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "fault-disk.h"
#include "store-fixture.h"

/* What the user was told is saved: the plan by its number, and its last order that was told. */
typedef struct
{
  LiftTrainingPlan *plans[3];
  gboolean saved[3];
  gint64 order[3];
  gboolean deleted[3];
  guint commits;
} Told;

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
  g_autofree char *name = g_strdup_printf ("Exercise %u", i);
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

/* An edit counter that went back would let the server confirm what it has never seen. */
static void
check_counter (LiftStore *store, Told *told)
{
  g_autofree char *edit = lift_store_dup_fact_sync (store, "edit", NULL);

  g_assert_cmpint (edit != NULL ? g_ascii_strtoll (edit, NULL, 10) : 0, >=, told->commits);
}

/* Edits as a user makes them, who goes on after each message that something could not be saved. */
static void
use_store (StoreFixture *fixture, Told *told)
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

static void
check_told (StoreFixture *fixture, Told *told, gboolean exact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftStore)
    store = lift_store_open_inline (fixture->path, LIFT_CLOCK (fixture->clock), &error);

  g_assert_no_error (error);
  g_assert_true (lift_store_check_sync (store, &error));
  g_assert_no_error (error);
  check_counter (store, told);
  for (guint i = 0; i < G_N_ELEMENTS (told->plans); i++)
    {
      g_autoptr (LiftTrainingPlan) row = NULL;

      if (told->saved[i])
        {
          row = (LiftTrainingPlan *) lift_store_get_sync (
            store, lift_entity_get_info (LIFT_ENTITY (told->plans[i])),
            LIFT_ENTITY (told->plans[i])->id, NULL);
          g_assert_nonnull (row);
          /* Orders grow. What was told is there; what was told to have failed may be, if the disk
           * had taken it and only its word for that was missing. */
          g_assert_cmpint (row->order_in_day, >=, told->order[i]);
          g_assert_cmpint (lift_entity_is_deleted (LIFT_ENTITY (row)), >=, told->deleted[i]);
          if (exact)
            g_assert_cmpint (row->order_in_day, ==, told->order[i]);
          if (exact)
            g_assert_cmpint (lift_entity_is_deleted (LIFT_ENTITY (row)), ==, told->deleted[i]);
          g_assert_true (lift_entity_is_dirty (LIFT_ENTITY (row)));
        }
      g_clear_object (&told->plans[i]);
    }
}

static void
remove_file (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  unlink (name);
}

/* Lets operation 1, 2, 3 … fail until a run goes through untouched. */
static void
fail_at_each (StoreFixture *fixture, int code, gboolean for_good)
{
  g_autofree char *template = NULL;
  gboolean reached = TRUE;
  gsize length;
  guint n;

  store_fixture_get_exercise (fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  g_assert_true (g_file_get_contents (fixture->path, &template, &length, NULL));
  for (n = 1; reached; n++)
    {
      Told told = { 0 };

      remove_file (fixture->path, "-wal");
      remove_file (fixture->path, "-shm");
      g_assert_true (g_file_set_contents (fixture->path, template, length, NULL));
      fault_disk_arm (n, code, for_good);
      use_store (fixture, &told);
      reached = fault_disk_disarm ();
      check_told (fixture, &told, !for_good);
    }
  g_test_message ("%u places to fail at", n - 1);
  g_assert_cmpuint (n, >, 30);
}

static void
test_full_once (StoreFixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, SQLITE_FULL, FALSE);
}

static void
test_full_for_good (StoreFixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, SQLITE_FULL, TRUE);
}

static void
test_broken_once (StoreFixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, SQLITE_IOERR_WRITE, FALSE);
}

static void
test_broken_for_good (StoreFixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, SQLITE_IOERR_FSYNC, TRUE);
}

static void
test_unreadable_once (StoreFixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, SQLITE_IOERR_READ, FALSE);
}

int
main (int argc, char **argv)
{
  /* The disk is played, so the real one need not be waited for. */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) && g_access ("/dev/shm", W_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  g_test_init (&argc, &argv, NULL);
  fault_disk_install ();
  STORE_TEST ("/store/disk/full-once", test_full_once);
  STORE_TEST ("/store/disk/full-for-good", test_full_for_good);
  STORE_TEST ("/store/disk/broken-once", test_broken_once);
  STORE_TEST ("/store/disk/broken-for-good", test_broken_for_good);
  STORE_TEST ("/store/disk/unreadable-once", test_unreadable_once);
  return g_test_run ();
}
