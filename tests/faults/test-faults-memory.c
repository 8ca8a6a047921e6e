/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "fault-memory.h"
#include "fault-scenario.h"

/*
 * SQLite's n-th allocation on a device, or on the server, fails: once, or from then on. Then: a
 * clear error was told and no data was lost, and when there is memory again all goes on, without
 * a restart and with one. GLib's own allocations are left alone: it ends the program when there is
 * no memory, by design, which the tests of kills cover.
 *
 * A short form with each run of the tests: some n, others each day. LIFT_FAULTS=full (or `-m slow`)
 * takes every n; LIFT_FAULTS_FROM=n begins there, LIFT_FAULTS_TO=n ends there, and
 * LIFT_FAULTS_STEP=k goes on by k.
 */

static FaultWorld *world;
static gboolean full;

static gboolean
run_client (guint nth, gboolean for_good, gboolean restarts)
{
  g_autoptr (GError) error = NULL;
  gboolean reached;

  world->enter_server = fault_memory_pause;
  world->leave_server = fault_memory_resume;
  fault_world_open_server (world, &error);
  g_assert_no_error (error);
  fault_memory_arm (nth, for_good);
  fault_client_run (world);
  if (restarts)
    fault_world_close_device (&world->athlete);
  reached = fault_memory_disarm ();
  fault_client_go_on (world);
  fault_world_close_device (&world->athlete);
  return reached;
}

static gboolean
run_server (guint nth, gboolean for_good, gboolean restarts)
{
  g_autoptr (GError) error = NULL;
  gboolean reached;

  world->enter_server = fault_memory_resume;
  world->leave_server = fault_memory_pause;
  fault_world_open_device (world, &world->athlete, &error);
  g_assert_no_error (error);
  fault_world_open_device (world, &world->coach, &error);
  g_assert_no_error (error);
  fault_memory_arm (nth, for_good);
  fault_memory_pause ();
  fault_server_run (world);
  fault_memory_resume ();
  if (restarts)
    fault_world_close_server (world);
  reached = fault_memory_disarm ();
  fault_server_go_on (world);
  fault_world_close_server (world);
  fault_server_check (world);
  return reached;
}

static gboolean
run_first (guint nth, gboolean for_good, gboolean restarts)
{
  g_autoptr (GError) error = NULL;
  gboolean reached;

  world->enter_server = fault_memory_pause;
  world->leave_server = fault_memory_resume;
  fault_world_open_server (world, &error);
  g_assert_no_error (error);
  fault_memory_arm (nth, for_good);
  fault_first_run (world);
  if (restarts)
    fault_world_close_device (&world->fresh);
  reached = fault_memory_disarm ();
  fault_first_go_on (world);
  fault_world_close_device (&world->fresh);
  return reached;
}

typedef gboolean (*RunFunc) (guint nth, gboolean for_good, gboolean restarts);

static guint
get_number (const char *name, guint fallback)
{
  const char *text = g_getenv (name);

  return text != NULL ? strtoul (text, NULL, 10) : fallback;
}

static void
fail_everywhere (RunFunc run, gboolean for_good, guint usual_step)
{
  guint step = get_number ("LIFT_FAULTS_STEP", full ? 1 : usual_step);
  guint offset = full ? 0 : (g_get_real_time () / G_TIME_SPAN_DAY * 7) % step;
  guint end = get_number ("LIFT_FAULTS_TO", G_MAXUINT);
  gboolean reached = TRUE;
  guint places = 0, bad = 0;

  for (guint n = get_number ("LIFT_FAULTS_FROM", 1 + offset); reached && n <= end; n += step)
    {
      fault_world_start (world);
      reached = run (n, for_good, n % 2 == 0);
      fault_world_check (world);
      places += reached;
      if (world->n_findings == 0)
        continue;
      bad++;
      g_test_message ("allocation %u%s: %s", n, for_good ? " and all others" : "",
                      world->findings->str);
      g_string_truncate (world->findings, 0);
      world->n_findings = 0;
    }
  g_test_message ("%u places to fail at, %u with findings", places, bad);
  if (bad > 0)
    g_test_fail ();
}

static void
test_client_once (void)
{
  fail_everywhere (run_client, FALSE, 301);
}

static void
test_client_for_good (void)
{
  fail_everywhere (run_client, TRUE, 401);
}

static void
test_first_once (void)
{
  fail_everywhere (run_first, FALSE, 1501);
}

static void
test_first_for_good (void)
{
  fail_everywhere (run_first, TRUE, 2001);
}

static void
test_server_once (void)
{
  fail_everywhere (run_server, FALSE, 401);
}

static void
test_server_for_good (void)
{
  fail_everywhere (run_server, TRUE, 501);
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
  fault_memory_install ();
  world = fault_world_new ();
  g_test_add_func ("/faults/memory/client/once", test_client_once);
  g_test_add_func ("/faults/memory/client/for-good", test_client_for_good);
  g_test_add_func ("/faults/memory/first-start/once", test_first_once);
  g_test_add_func ("/faults/memory/first-start/for-good", test_first_for_good);
  g_test_add_func ("/faults/memory/server/once", test_server_once);
  g_test_add_func ("/faults/memory/server/for-good", test_server_for_good);
  status = g_test_run ();
  fault_world_free (world);
  return status;
}
