/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store-fixture.h"

#define ROUNDS 20

/* What the child does: it commits one row after the other, and says its id when it is told that
 * the row is safe. Started as a program of its own, since threads do not survive a fork. */
static int
be_child (const char *path, const char *athlete)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftStore) store = lift_store_open (path, lift_clock_get_system (), &error);

  if (store == NULL)
    return 1;
  for (gint64 i = 0;; i++)
    {
      g_autoptr (LiftTrainingPlan)
        plan = lift_entity_new (LIFT_TYPE_TRAINING_PLAN, lift_clock_get_system ());
      g_autoptr (LiftBatch) batch = lift_batch_new ("Add");
      g_autoptr (LiftBatch) inverse = NULL;

      lift_entity_set (LIFT_ENTITY (plan), "athlete-id", athlete, "name", "Survivor", "date",
                       "2026-03-02", "order-in-day", i % 100, NULL);
      lift_batch_insert (batch, LIFT_ENTITY (plan));
      inverse = lift_store_commit_sync (store, batch, &error);
      if (inverse == NULL)
        return 1;
      printf ("%s\n", LIFT_ENTITY (plan)->id);
      fflush (stdout);
    }
}

static GPid
start_child (StoreFixture *fixture, FILE **reports)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { self, "--child", fixture->path, fixture->athlete, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;
  int fd;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD,
                                           NULL, NULL, &pid, NULL, &fd, NULL, &error));
  g_assert_no_error (error);
  *reports = fdopen (fd, "r");
  return pid;
}

/* Kills the child somewhere after @n reports. All that it had said goes to @reported. */
static void
kill_after (StoreFixture *fixture, guint n, gulong delay_us, GPtrArray *reported)
{
  FILE *reports;
  GPid pid = start_child (fixture, &reports);
  char line[64];
  guint count = 0;

  while (fgets (line, sizeof line, reports) != NULL)
    {
      if (strchr (line, '\n') != NULL)
        g_ptr_array_add (reported, g_strndup (line, strlen (line) - 1));
      if (++count == n)
        {
          g_usleep (delay_us);
          kill (pid, SIGKILL);
        }
    }
  g_assert_cmpuint (count, >=, n);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_spawn_close_pid (pid);
  fclose (reports);
}

static void
test_what_was_reported_survives_a_kill (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) reported = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  const LiftEntityInfo *info = lift_entity_info_for_gtype (LIFT_TYPE_TRAINING_PLAN);
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  for (guint i = 0; i < ROUNDS; i++)
    kill_after (fixture, 1 + i % 5, g_rand_int_range (rand, 0, 3000), reported);
  fixture->store = lift_store_open (fixture->path, LIFT_CLOCK (fixture->clock), &error);
  g_assert_no_error (error);
  g_assert_true (lift_store_check_sync (fixture->store, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < reported->len; i++)
    {
      g_autoptr (LiftEntity)
        row = lift_store_get_sync (fixture->store, info, g_ptr_array_index (reported, i), &error);

      g_assert_nonnull (row);
      g_assert_true (lift_entity_is_dirty (row));
    }
  g_test_message ("%u rows were reported by %d children that were killed", reported->len, ROUNDS);
}

/* Edits made while another process writes too: none is lost, and no counter is given twice. */
static void
test_two_processes_write_to_one_store (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) reported = g_ptr_array_new_with_free_func (g_free);
  FILE *reports;
  GPid pid = start_child (fixture, &reports);
  char line[64];
  gint64 rows, counters;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (fixture);

      g_ptr_array_add (reported, g_strdup (LIFT_ENTITY (plan)->id));
      if (fgets (line, sizeof line, reports) != NULL)
        g_ptr_array_add (reported, g_strndup (line, strlen (line) - 1));
    }
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  fclose (reports);
  rows = store_fixture_get_int (fixture, "SELECT count(*) FROM training_plan");
  counters = store_fixture_get_int (fixture, "SELECT count(DISTINCT pending) FROM training_plan");
  g_assert_cmpint (rows, >=, reported->len);
  g_assert_cmpuint (reported->len, ==, 100);
  g_assert_cmpint (counters, ==, rows);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return be_child (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/store/crash/what-was-reported-survives-a-kill",
              test_what_was_reported_survives_a_kill);
  STORE_TEST ("/store/crash/two-processes-write-to-one-store",
              test_two_processes_write_to_one_store);
  return g_test_run ();
}
