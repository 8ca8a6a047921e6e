/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <stdlib.h>

#include "fault-disk.h"
#include "fault-scenario.h"

/*
 * The disk below a device, or below the server, fails at its n-th operation, for n = 1, 2, 3 …
 * until the scenario passes untouched. Then: a clear error was told, no page is damaged, nothing
 * that was confirmed is lost, all come to agree.
 *
 * A short form with each run of the tests: every k-th n, from another one each day. LIFT_FAULTS=full
 * (or `-m slow`) takes every n; LIFT_FAULTS_FROM=n begins there, and LIFT_FAULTS_STEP=k goes on by k.
 */

typedef struct
{
  const char *name;
  FaultPlan plan;
  guint step; /* of the short form */
} Kind;

static const Kind kinds[] = {
  { "read-error", { .ops = FAULT_READ, .code = SQLITE_IOERR_READ, .times = 1 }, 61 },
  { "read-error-for-good",
    { .ops = FAULT_READ, .code = SQLITE_IOERR_READ, .times = G_MAXUINT },
    61 },
  { "write-error",
    { .ops = FAULT_WRITE, .code = SQLITE_IOERR_WRITE, .keeps = FAULT_KEEPS_NONE, .times = 1 },
    61 },
  { "write-full",
    { .ops = FAULT_WRITE, .code = SQLITE_FULL, .keeps = FAULT_KEEPS_NONE, .times = 1 },
    67 },
  { "write-short",
    { .ops = FAULT_WRITE, .code = SQLITE_FULL, .keeps = FAULT_KEEPS_HALF, .times = 1 },
    61 },
  { "write-short-for-good",
    { .ops = FAULT_WRITE, .code = SQLITE_FULL, .keeps = FAULT_KEEPS_HALF, .times = G_MAXUINT },
    61 },
  { "write-torn",
    { .ops = FAULT_WRITE, .code = SQLITE_IOERR_WRITE, .keeps = FAULT_KEEPS_SOME, .times = 1 },
    61 },
  { "write-torn-for-good",
    { .ops = FAULT_WRITE,
      .code = SQLITE_IOERR_WRITE,
      .keeps = FAULT_KEEPS_SOME,
      .times = G_MAXUINT },
    67 },
  { "write-unsaid",
    { .ops = FAULT_WRITE, .code = SQLITE_IOERR_WRITE, .keeps = FAULT_KEEPS_ALL, .times = 1 },
    67 },
  { "sync-error", { .ops = FAULT_SYNC, .code = SQLITE_IOERR_FSYNC, .times = 1 }, 9 },
  { "sync-error-for-good",
    { .ops = FAULT_SYNC, .code = SQLITE_IOERR_FSYNC, .times = G_MAXUINT },
    9 },
  { "truncate-error", { .ops = FAULT_TRUNCATE, .code = SQLITE_IOERR_TRUNCATE, .times = 1 }, 1 },
  { "open-error", { .ops = FAULT_OPEN, .code = SQLITE_CANTOPEN, .times = 1 }, 1 },
  { "open-error-for-good", { .ops = FAULT_OPEN, .code = SQLITE_CANTOPEN, .times = G_MAXUINT }, 1 },
  { "delete-error", { .ops = FAULT_DELETE, .code = SQLITE_IOERR_DELETE, .times = 1 }, 1 },
  { "access-error", { .ops = FAULT_ACCESS, .code = SQLITE_IOERR_ACCESS, .times = 1 }, 1 },
  { "size-error", { .ops = FAULT_SIZE, .code = SQLITE_IOERR_FSTAT, .times = 1 }, 9 },
  { "map-error", { .ops = FAULT_MAP, .code = SQLITE_IOERR_SHMMAP, .times = 1 }, 1 },
  { "map-error-for-good",
    { .ops = FAULT_MAP, .code = SQLITE_IOERR_SHMMAP, .times = G_MAXUINT },
    1 },
  { "lock-error", { .ops = FAULT_LOCK, .code = SQLITE_IOERR_LOCK, .times = 1 }, 61 },
  { "lock-error-for-good",
    { .ops = FAULT_LOCK, .code = SQLITE_IOERR_LOCK, .times = G_MAXUINT },
    71 },
  { "busy", { .ops = FAULT_LOCK, .code = SQLITE_BUSY, .times = 1 }, 61 },
  { "busy-for-long", { .ops = FAULT_LOCK, .code = SQLITE_BUSY, .times = 200 }, 71 },
};

static FaultWorld *world;
static gboolean full;

/* @restarts: whether the file is closed while it still fails; else all goes on without a restart */
static gboolean
run_client (const FaultPlan *plan, gboolean restarts)
{
  g_autoptr (GError) error = NULL;
  gboolean reached;

  fault_world_open_server (world, &error);
  g_assert_no_error (error);
  fault_disk_arm_plan (plan);
  fault_client_run (world);
  if (restarts)
    fault_world_close_device (&world->athlete);
  reached = fault_disk_disarm ();
  fault_client_go_on (world);
  fault_world_close_device (&world->athlete);
  return reached;
}

static gboolean
run_server (const FaultPlan *plan, gboolean restarts)
{
  g_autoptr (GError) error = NULL;
  gboolean reached;

  fault_world_open_device (world, &world->athlete, &error);
  g_assert_no_error (error);
  fault_world_open_device (world, &world->coach, &error);
  g_assert_no_error (error);
  fault_disk_arm_plan (plan);
  fault_server_run (world);
  if (restarts)
    fault_world_close_server (world);
  reached = fault_disk_disarm ();
  fault_server_go_on (world);
  fault_world_close_server (world);
  fault_server_check (world);
  return reached;
}

static guint
get_number (const char *name, guint fallback)
{
  const char *text = g_getenv (name);

  return text != NULL ? strtoul (text, NULL, 10) : fallback;
}

static gboolean
run_first (const FaultPlan *plan, gboolean restarts)
{
  g_autoptr (GError) error = NULL;
  gboolean reached;

  fault_world_open_server (world, &error);
  g_assert_no_error (error);
  fault_disk_arm_plan (plan);
  fault_first_run (world);
  if (restarts)
    fault_world_close_device (&world->fresh);
  reached = fault_disk_disarm ();
  fault_first_go_on (world);
  fault_world_close_device (&world->fresh);
  return reached;
}

/* The machine under test is the one whose file fails. */
static gboolean
run (const FaultPlan *plan, gboolean restarts)
{
  if (g_str_equal (plan->file, "server.db"))
    return run_server (plan, restarts);
  return g_str_equal (plan->file, "fresh.db") ? run_first (plan, restarts)
                                              : run_client (plan, restarts);
}

/* Returns: how many findings there were, each of which is told */
static guint
run_once (const char *name, const FaultPlan *plan, gboolean restarts, gboolean *reached)
{
  guint n;

  fault_world_start (world);
  *reached = run (plan, restarts);
  fault_world_check (world);
  n = world->n_findings;
  if (n > 0)
    g_test_message ("%s, operation %u: %s", name, plan->nth, world->findings->str);
  g_string_truncate (world->findings, 0);
  world->n_findings = 0;
  return n;
}

static void
run_kind (const Kind *kind, const char *file)
{
  guint step = get_number ("LIFT_FAULTS_STEP", full ? 1 : kind->step);
  guint offset = full ? 0 : (g_get_real_time () / G_TIME_SPAN_DAY) % step;
  FaultPlan plan = kind->plan;
  gboolean restarts = TRUE;
  gboolean reached = TRUE;
  guint places = 0, bad = 0;

  plan.file = file;
  /* Of many places each is tried with a restart or without; of few, with both. */
  for (plan.nth = get_number ("LIFT_FAULTS_FROM", 1 + offset); reached; plan.nth += step)
    {
      restarts = kind->step == 1 || !restarts;
      bad += run_once (kind->name, &plan, restarts, &reached) > 0;
      places += reached;
      if (kind->step > 1 || !reached)
        continue;
      bad += run_once (kind->name, &plan, FALSE, &reached) > 0;
      reached = TRUE;
    }
  g_test_message ("%s: %u places to fail at, %u with findings", kind->name, places, bad);
  if (bad > 0)
    g_test_fail ();
}

/* The proof that a loss would be seen: a disk that says that it has written, and has not. */
static void
test_a_lying_disk_is_seen (gconstpointer file)
{
  FaultPlan plan = { .ops = FAULT_WRITE, .keeps = FAULT_KEEPS_NONE, .lies = TRUE, .file = file };
  gboolean reached = TRUE;
  guint places = 0, bad = 0;

  plan.times = 8;
  for (plan.nth = 3; reached; plan.nth += full ? 4 : 32, places++)
    bad += run_once ("lie", &plan, TRUE, &reached) > 0;
  g_test_message ("%u of %u lies were seen", bad, places);
  g_assert_cmpuint (bad, >, 0);
}

static void
test_client (gconstpointer kind)
{
  run_kind (kind, "athlete.db");
}

/* With its writing thread, and connections that only read. */
static void
test_threads (gconstpointer kind)
{
  Kind seldom = *(const Kind *) kind;

  seldom.step *= full || seldom.step == 1 ? 1 : 3;
  world->threads = TRUE;
  run_kind (&seldom, "athlete.db");
  world->threads = FALSE;
}

/* A first start has many more places to fail at. */
static void
test_first (gconstpointer kind)
{
  Kind seldom = *(const Kind *) kind;

  seldom.step *= full || seldom.step == 1 ? 1 : 5;
  run_kind (&seldom, "fresh.db");
}

static void
test_server (gconstpointer kind)
{
  run_kind (kind, "server.db");
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
  fault_disk_install ();
  world = fault_world_new ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *client = g_strconcat ("/faults/disk/client/", kinds[i].name, NULL);
      g_autofree char *first = g_strconcat ("/faults/disk/first-start/", kinds[i].name, NULL);
      g_autofree char *threads = g_strconcat ("/faults/disk/threads/", kinds[i].name, NULL);
      g_autofree char *server = g_strconcat ("/faults/disk/server/", kinds[i].name, NULL);

      g_test_add_data_func (client, &kinds[i], test_client);
      g_test_add_data_func (server, &kinds[i], test_server);
      g_test_add_data_func (first, &kinds[i], test_first);
      g_test_add_data_func (threads, &kinds[i], test_threads);
    }
  g_test_add_data_func ("/faults/disk/client/a-lie-is-seen", "athlete.db",
                        test_a_lying_disk_is_seen);
  g_test_add_data_func ("/faults/disk/server/a-lie-is-seen", "server.db",
                        test_a_lying_disk_is_seen);
  status = g_test_run ();
  fault_world_free (world);
  return status;
}
