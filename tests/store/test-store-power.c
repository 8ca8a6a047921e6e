/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-disk.h"
#include "told.h"

/* The clean file that each run begins with; @first: none at all. */
static void
set_up_disk (StoreFixture *fixture, gboolean first)
{
  g_autoptr (LiftStore) store = NULL;

  store_fixture_get_exercise (fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  power_disk_install ();
  if (first)
    return;
  store = lift_store_open_inline (fixture->path, LIFT_CLOCK (fixture->clock), NULL);
  g_assert_nonnull (store);
  g_clear_object (&store);
  power_disk_keep ();
}

/* Uses the store until the power goes before operation @nth, then starts again. Two sessions, so
 * that the log is also written back and removed. Returns: whether nothing was lost. */
static gboolean
cut_before (
  StoreFixture *fixture, guint nth, PowerLoss loss, gboolean lies, GRand *rand, gboolean *reached)
{
  Told early = { 0 };
  Told told = { 0 };
  gboolean fine;

  power_disk_start (nth, lies);
  told_use_store (fixture, &early);
  told_use_store (fixture, &told);
  *reached = power_disk_cut (loss, rand);
  fine = told_check (fixture, &early, FALSE);
  return told_check (fixture, &told, FALSE) && fine;
}

/* Cuts before each operation, or of many before some, until a run ends before the cut. Returns: how
 * often something was lost. */
static guint
cut_everywhere (StoreFixture *fixture, PowerLoss loss, gboolean lies, guint step)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (17 + loss);
  gboolean reached = TRUE;
  guint lost = 0;
  guint cuts = 0;

  for (guint n = 1; reached; n += g_rand_int_range (rand, 1, 2 * step), cuts++)
    if (!cut_before (fixture, n, loss, lies, rand, &reached))
      {
        lost++;
        g_test_message ("lost by a cut before operation %u", n);
      }
  g_test_message ("%u cuts, %u with a loss", cuts, lost);
  g_assert_cmpuint (cuts, >, 10);
  return lost;
}

/* A short run each time; all places with `-m slow`. */
static guint
get_step (guint usual)
{
  return g_test_slow () ? 1 : usual;
}

static void
test_saved_rows_survive (StoreFixture *fixture, gconstpointer data)
{
  set_up_disk (fixture, FALSE);
  for (PowerLoss loss = POWER_LOSES_ALL; loss <= POWER_LOSES_NONE; loss++)
    g_assert_cmpuint (cut_everywhere (fixture, loss, FALSE, get_step (5)), ==, 0);
  power_disk_uninstall ();
}

static void
test_first_start_survives (StoreFixture *fixture, gconstpointer data)
{
  set_up_disk (fixture, TRUE);
  for (PowerLoss loss = POWER_LOSES_ALL; loss <= POWER_LOSES_NONE; loss++)
    g_assert_cmpuint (cut_everywhere (fixture, loss, FALSE, get_step (60)), ==, 0);
  power_disk_uninstall ();
}

/* The proof that a loss would be seen: a disk that says it has synced and has not. */
static void
test_loss_on_a_lying_disk_is_seen (StoreFixture *fixture, gconstpointer data)
{
  set_up_disk (fixture, FALSE);
  g_assert_cmpuint (cut_everywhere (fixture, POWER_LOSES_ALL, TRUE, 8), >, 0);
  g_assert_cmpuint (cut_everywhere (fixture, POWER_LOSES_SOME, TRUE, 8), >, 0);
  power_disk_uninstall ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/store/power/saved-rows-survive", test_saved_rows_survive);
  STORE_TEST ("/store/power/first-start-survives", test_first_start_survives);
  STORE_TEST ("/store/power/loss-on-a-lying-disk-is-seen", test_loss_on_a_lying_disk_is_seen);
  return g_test_run ();
}
