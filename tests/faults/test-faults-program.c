/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "fault-world.h"
#include "lift-entities.h"
#include "lift-soup-transport.h"

/* The server's own program, killed (SIGKILL) at some moment of a sync over HTTP, and started again.
 * What it answered with success is there. LIFT_FAULTS_KILLS=n kills it so often. */

static FaultWorld *world;
static char *address;

static LiftTransport *
connect_device (FaultDevice *device)
{
  return lift_soup_transport_new (address, LIFT_SOUP_TRANSPORT_ALLOW_PLAIN, NULL);
}

static GSubprocess *
start_program (void)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *database = g_strconcat ("sqlite:", world->server_path, NULL);
  g_autoptr (GDataInputStream) out = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  GSubprocess *program;

  g_subprocess_launcher_setenv (launcher, "LIFTLOGGER_DATABASE", database, TRUE);
  program = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("LIFT_SERVER_PROGRAM"),
                                         "--listen", "127.0.0.1:0", NULL);
  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (program));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (out), FALSE);
  line = g_data_input_stream_read_line_utf8 (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_free (address);
  address = g_strdup (strstr (line, "http://"));
  g_assert_nonnull (address);
  return program;
}

typedef struct
{
  GSubprocess *program;
  gulong delay; /* us */
} Death;

static gpointer
kill_later (gpointer data)
{
  Death *death = data;

  g_usleep (death->delay);
  g_subprocess_force_exit (death->program);
  return NULL;
}

static void
edit (FaultDevice *device, GType gtype, const char *id, const char *key, guint round)
{
  g_autofree char *value = g_strdup_printf ("v%u", round);
  g_autoptr (LiftEntity) row = fault_world_load (device, gtype, id);
  FaultEdit *edit = fault_edit_new (device, NULL);
  g_autoptr (LiftBatch) inverse = NULL;

  fault_edit_set (edit, row, key, value);
  inverse = fault_edit_commit (edit);
}

static void
add_set (FaultDevice *device)
{
  g_autoptr (LiftEntity) row = fault_world_new_row (device, LIFT_TYPE_SET_SESSION, NULL);
  FaultEdit *edit = fault_edit_new (device, NULL);
  g_autoptr (LiftBatch) inverse = NULL;

  lift_entity_set (row, "exercise-session-id", FAULT_DONE, "actual-weight", 100.0, NULL);
  fault_edit_insert (edit, row, "actualWeight");
  inverse = fault_edit_commit (edit);
}

static void
sync_and_kill (GRand *rand, guint round)
{
  g_autoptr (GSubprocess) program = start_program ();
  g_autoptr (GError) error = NULL;
  Death death = { program, g_rand_int_range (rand, 0, 40000) };
  GThread *thread;

  fault_world_open_device (world, &world->athlete, &error);
  fault_world_open_device (world, &world->coach, &error);
  g_assert_no_error (error);
  edit (&world->athlete, LIFT_TYPE_SET_SESSION, FAULT_SET, "notes", round);
  edit (&world->coach, LIFT_TYPE_TRAINING_PLAN, FAULT_PLAN, "notes", round);
  add_set (&world->athlete);
  thread = g_thread_new ("death", kill_later, &death);
  fault_world_sync (&world->athlete);
  fault_world_sync (&world->coach);
  g_thread_join (thread);
  g_subprocess_wait (program, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (program));
  fault_world_close_device (&world->athlete);
  fault_world_close_device (&world->coach);
}

/* The program lives in the time of the machine. */
static void
sign_in_now (void)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&world->clock);
  world->clock = lift_virtual_clock_new (g_get_real_time (), g_random_int ());
  fault_world_open_server (world, &error);
  g_assert_no_error (error);
  fault_world_sign_in (world, &world->athlete);
  fault_world_sign_in (world, &world->coach);
  fault_world_sign_in (world, &world->fresh);
  fault_world_close_server (world);
}

static void
test_killed_program (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  const char *text = g_getenv ("LIFT_FAULTS_KILLS");
  guint kills = text != NULL ? strtoul (text, NULL, 10) : 12;

  world = fault_world_new ();
  fault_world_start (world);
  sign_in_now ();
  world->connect = connect_device;
  for (guint i = 0; i < kills; i++)
    sync_and_kill (rand, i);
  world->connect = NULL;
  lift_virtual_clock_advance (world->clock, G_TIME_SPAN_MINUTE);
  fault_world_check (world);
  g_test_message ("%u kills, %u edits confirmed", kills,
                  fault_ledger_get_confirmed (world->athlete.ledger) +
                    fault_ledger_get_confirmed (world->coach.ledger));
  g_assert_cmpstr (world->findings->str, ==, "");
  fault_world_free (world);
  g_free (address);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/program/killed-in-a-sync", test_killed_program);
  return g_test_run ();
}
