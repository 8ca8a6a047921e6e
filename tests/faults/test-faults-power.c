/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>

#include "fault-scenario.h"
#include "power-disk.h"

/*
 * The power of a device, or of the server, goes before its n-th write, sync, truncate or delete, and
 * what was not synced by then is lost, wholly or in part. The other machine runs on. Then all is
 * there that was confirmed, to the user or by the server to a device, and all come to agree.
 *
 * A short form with each run of the tests; LIFT_FAULTS=full (or `-m slow`) takes every n.
 */

static FaultWorld *world;
static gboolean full;
static GRand *rand_of_day;

static void
put_on_disk (const char *part)
{
  GHashTableIter iter;
  gpointer path, bytes;

  g_hash_table_iter_init (&iter, world->images);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    if (g_str_has_suffix (path, part))
      power_disk_put (path, bytes);
}

static void
run_client (void)
{
  g_autoptr (GError) error = NULL;

  fault_world_open_server (world, &error);
  g_assert_no_error (error);
  fault_client_run (world);
  fault_world_close_device (&world->athlete);
}

static void
run_server (void)
{
  g_autoptr (GError) error = NULL;

  fault_world_open_device (world, &world->athlete, &error);
  g_assert_no_error (error);
  fault_world_open_device (world, &world->coach, &error);
  g_assert_no_error (error);
  fault_server_run (world);
  fault_world_close_server (world);
}

/* Returns: how many findings there were, each of which is told */
static guint
cut_before (guint nth, gboolean on_server, PowerLoss loss, gboolean lies, gboolean *reached)
{
  guint n;

  fault_world_start (world);
  power_disk_start (nth, lies);
  (on_server ? run_server : run_client) ();
  *reached = power_disk_cut (loss, rand_of_day);
  if (on_server)
    fault_server_check (world);
  fault_world_check (world);
  n = world->n_findings;
  if (n > 0)
    g_test_message ("cut before operation %u, loss %d: %s", nth, loss, world->findings->str);
  g_string_truncate (world->findings, 0);
  world->n_findings = 0;
  fault_world_start (world);
  return n;
}

/* Returns: how many cuts had findings */
static guint
cut_everywhere (gboolean on_server, PowerLoss loss, gboolean lies, guint step)
{
  guint offset = full ? 0 : g_rand_int_range (rand_of_day, 0, step);
  gboolean reached = TRUE;
  guint cuts = 0, bad = 0;

  power_disk_install_for (on_server ? "server.db" : "athlete.db");
  put_on_disk (on_server ? "server.db" : "athlete.db");
  for (guint n = 1 + offset; reached; n += full ? 1 : step)
    {
      bad += cut_before (n, on_server, loss, lies, &reached) > 0;
      cuts += reached;
    }
  power_disk_uninstall ();
  g_test_message ("%u cuts, %u with findings", cuts, bad);
  return bad;
}

static void
test_client (void)
{
  for (PowerLoss loss = POWER_LOSES_ALL; loss <= POWER_LOSES_NONE; loss++)
    if (cut_everywhere (FALSE, loss, FALSE, 25) > 0)
      g_test_fail ();
}

static void
test_server (void)
{
  for (PowerLoss loss = POWER_LOSES_ALL; loss <= POWER_LOSES_NONE; loss++)
    if (cut_everywhere (TRUE, loss, FALSE, 35) > 0)
      g_test_fail ();
}

/* The proof that a loss would be seen: a disk that says that it has synced, and has not. */
static void
test_loss_on_a_lying_disk_is_seen (void)
{
  g_assert_cmpuint (cut_everywhere (FALSE, POWER_LOSES_ALL, TRUE, 40), >, 0);
  g_assert_cmpuint (cut_everywhere (TRUE, POWER_LOSES_ALL, TRUE, 50), >, 0);
}

static void
drop_message (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  /* What the server tells its log of each fault. */
  g_log_set_handler (NULL, G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_DEBUG, drop_message, NULL);
  full = g_test_slow () || g_strcmp0 (g_getenv ("LIFT_FAULTS"), "full") == 0;
  rand_of_day = g_rand_new_with_seed (g_get_real_time () / G_TIME_SPAN_DAY);
  world = fault_world_new ();
  g_test_add_func ("/faults/power/client", test_client);
  g_test_add_func ("/faults/power/server", test_server);
  g_test_add_func ("/faults/power/loss-on-a-lying-disk-is-seen", test_loss_on_a_lying_disk_is_seen);
  status = g_test_run ();
  fault_world_free (world);
  g_rand_free (rand_of_day);
  return status;
}
