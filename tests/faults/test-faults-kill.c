/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fault-child.h"
#include "fault-disk.h"
#include "fault-socket.h"
#include "fault-template.h"

/*
 * Devices and a server in processes of their own, which are killed (SIGKILL): by this process at
 * some moment, or by themselves at their n-th write, sync, truncate or delete, with that write
 * done, half done or not. Then they start again on the same files. What a user was told is saved
 * is there after each restart; in the end it is on the server and on a fresh device, and nothing
 * was applied twice.
 *
 * 200 kills with each run of the tests. The long form, and a history once more:
 *
 *   test-faults-kill --kills 10000 --seed 7 --target client|server|both
 */

/* How long a process is let live before it is killed from outside, in microseconds. */
#define MAX_LIFE 30000
#define MAX_WRITES 90
#define KILLS_OF_A_WORLD 40

static int n_kills = 200;
static int first_seed = 1;
static char *only_target;

typedef struct
{
  FaultDevice *device; /* NULL: the server */
  pid_t pid;           /* 0: it does not run */
  int reports;
  GString *line;
  gint64 kill_time; /* 0: not from outside */
} Process;

typedef struct
{
  FaultWorld *world;
  GRand *rand;
  char *socket_path;
  int listener;
  gboolean kills_clients;
  gboolean kills_server;
  gboolean lies;
  guint generation;
  Process athlete, coach, server;
  guint kills_in_world;
  guint kills[2]; /* from outside, by itself */
  guint restarts;
  guint confirmed;
  guint findings;
} Match;

static void
plan_death (Match *self, Process *process, FaultChild *child)
{
  gboolean may = process->device != NULL ? self->kills_clients : self->kills_server;

  process->kill_time = 0;
  /* A client may end by itself; the server does not. */
  if (!may || (process->device != NULL && g_rand_int_range (self->rand, 0, 8) == 0))
    return;
  if (g_rand_boolean (self->rand))
    process->kill_time = g_get_monotonic_time () + g_rand_int_range (self->rand, 0, MAX_LIFE);
  else
    child->kill_at = g_rand_int_range (self->rand, 1, MAX_WRITES);
}

static void
start (Match *self, Process *process)
{
  FaultChild child = {
    .world = self->world,
    .socket_path = self->socket_path,
    .listener = self->listener,
    .seed = g_rand_int (self->rand),
    .generation = ++self->generation,
    .steps = g_rand_int_range (self->rand, 4, 20),
    .lies = self->lies,
    .keeps = g_rand_int_range (self->rand, FAULT_KEEPS_HALF, FAULT_KEEPS_ALL + 1),
  };
  int ends[2];

  plan_death (self, process, &child);
  g_assert_cmpint (pipe (ends), ==, 0);
  child.reports = ends[1];
  process->reports = ends[0];
  process->pid = fork ();
  g_assert_cmpint (process->pid, >=, 0);
  if (process->pid == 0)
    {
      close (ends[0]);
      if (process->device != NULL)
        fault_child_be_client (&child, process->device);
      fault_child_be_server (&child);
    }
  close (ends[1]);
  self->restarts++;
}

static void
take_line (Match *self, Process *process, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 5);

  if (line[0] == 'F')
    fault_world_report (self->world, "a process says: %s", line + 2);
  else if (g_strv_length (words) != 5)
    fault_world_report (self->world, "a line that is none: %s", line);
  else if (line[0] == 'C')
    fault_ledger_confirm (process->device->ledger, words[1], words[2], words[3], words[4]);
  else
    fault_ledger_try (process->device->ledger, words[1], words[2], words[3], words[4]);
}

/* Returns: whether there will be more */
static gboolean
read_reports (Match *self, Process *process)
{
  char buffer[4096];
  ssize_t n = read (process->reports, buffer, sizeof buffer);

  for (ssize_t i = 0; i < n; i++)
    if (buffer[i] != '\n')
      g_string_append_c (process->line, buffer[i]);
    else
      {
        take_line (self, process, process->line->str);
        g_string_truncate (process->line, 0);
      }
  return n > 0;
}

static void
bury (Match *self, Process *process)
{
  gboolean from_outside = process->kill_time < 0;
  int status;

  close (process->reports);
  g_assert_cmpint (waitpid (process->pid, &status, 0), ==, process->pid);
  process->pid = 0;
  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL)
    {
      self->kills[from_outside ? 0 : 1]++;
      self->kills_in_world++;
    }
  else if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    fault_world_report (self->world, "a process ended with status %x", status);
}

static void
kill_when_due (Process *process)
{
  if (process->pid == 0 || process->kill_time <= 0 || g_get_monotonic_time () < process->kill_time)
    return;
  kill (process->pid, SIGKILL);
  process->kill_time = -1;
}

static int
get_patience (Match *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 next = now + 50000;
  Process *all[] = { &self->athlete, &self->coach, &self->server };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i]->pid != 0 && all[i]->kill_time > 0)
      next = MIN (next, all[i]->kill_time);
  return MAX (next - now, 0);
}

/* One look at what the processes do. */
static void
attend (Match *self)
{
  Process *all[] = { &self->athlete, &self->coach, &self->server };
  struct pollfd fds[G_N_ELEMENTS (all)];
  int patience = get_patience (self);
  struct timespec timeout = { 0, patience * 1000L };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    fds[i] = (struct pollfd){ .fd = all[i]->pid != 0 ? all[i]->reports : -1, .events = POLLIN };
  ppoll (fds, G_N_ELEMENTS (all), &timeout, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      kill_when_due (all[i]);
      if (all[i]->pid != 0 && fds[i].revents != 0 && !read_reports (self, all[i]))
        bury (self, all[i]);
    }
  if (self->server.pid == 0)
    start (self, &self->server);
}

/* Every other time a store is looked at; else the next process finds it as it was left. */
static void
look (Match *self, FaultDevice *device)
{
  g_autoptr (GError) error = NULL;

  if (g_rand_boolean (self->rand))
    return;
  if (fault_world_open_device (self->world, device, &error))
    fault_world_check_store (self->world, device);
  else
    fault_world_report (self->world, "%s's store does not open: %s", device->username,
                        error->message);
  fault_world_close_device (device);
}

static void
stop_server (Match *self)
{
  self->server.kill_time = -1;
  kill (self->server.pid, SIGKILL);
  while (read_reports (self, &self->server))
    ;
  bury (self, &self->server);
}

static void
note_progress (Match *self)
{
  guint kills = self->kills[0] + self->kills[1];

  if (kills / 1000 != (kills - self->kills_in_world) / 1000)
    g_test_message ("%u kills", kills);
}

static void
conclude (Match *self)
{
  stop_server (self);
  lift_virtual_clock_advance (self->world->clock,
                              G_TIME_SPAN_MINUTE + self->generation * (gint64) 20000);
  fault_world_check (self->world);
  self->confirmed += fault_ledger_get_confirmed (self->world->athlete.ledger) +
                     fault_ledger_get_confirmed (self->world->coach.ledger);
  if (self->world->n_findings > 0)
    {
      self->findings++;
      g_test_message ("after %u kills: %s", self->kills[0] + self->kills[1],
                      self->world->findings->str);
    }
  g_string_truncate (self->world->findings, 0);
  self->world->n_findings = 0;
  note_progress (self);
}

/* A fresh set of files, and kills until there were enough of them. */
static void
play_world (Match *self, guint max_kills)
{
  self->kills_in_world = 0;
  self->generation = 0;
  fault_world_start (self->world);
  start (self, &self->server);
  while (self->kills_in_world < max_kills)
    {
      start (self, &self->athlete);
      start (self, &self->coach);
      while (self->athlete.pid != 0 || self->coach.pid != 0)
        attend (self);
      look (self, &self->world->athlete);
      look (self, &self->world->coach);
    }
  conclude (self);
}

static void
init_match (Match *self, guint32 seed)
{
  *self = (Match){ .world = fault_world_new (), .rand = g_rand_new_with_seed (seed) };
  self->socket_path = g_build_filename (self->world->folder, "socket", NULL);
  self->listener = fault_socket_listen (self->socket_path);
  self->athlete = (Process){ .device = &self->world->athlete, .line = g_string_new (NULL) };
  self->coach = (Process){ .device = &self->world->coach, .line = g_string_new (NULL) };
  self->server = (Process){ .line = g_string_new (NULL) };
}

static void
clear_match (Match *self)
{
  close (self->listener);
  g_free (self->socket_path);
  g_string_free (self->athlete.line, TRUE);
  g_string_free (self->coach.line, TRUE);
  g_string_free (self->server.line, TRUE);
  g_rand_free (self->rand);
  fault_world_free (self->world);
}

/* Returns: in how many worlds something was lost */
static guint
play (gboolean kills_clients, gboolean kills_server, gboolean lies, guint kills)
{
  Match match;

  init_match (&match, first_seed);
  match.kills_clients = kills_clients;
  match.kills_server = kills_server;
  match.lies = lies;
  while (match.kills[0] + match.kills[1] < kills)
    play_world (&match, MIN (KILLS_OF_A_WORLD, kills - match.kills[0] - match.kills[1]));
  g_test_message ("%u kills at some moment, %u at a write; %u starts, %u edits confirmed; "
                  "%u worlds with findings",
                  match.kills[0], match.kills[1], match.restarts, match.confirmed, match.findings);
  g_assert_cmpuint (match.confirmed, >, kills / 4);
  clear_match (&match);
  return match.findings;
}

static void
check (guint findings)
{
  if (findings > 0)
    g_test_fail ();
}

static void
test_clients (void)
{
  check (play (TRUE, FALSE, FALSE, only_target != NULL ? n_kills : n_kills / 4));
}

static void
test_server (void)
{
  check (play (FALSE, TRUE, FALSE, only_target != NULL ? n_kills : n_kills / 4));
}

static void
test_both (void)
{
  check (play (TRUE, TRUE, FALSE, only_target != NULL ? n_kills : n_kills / 2));
}

/* The proof that a loss would be seen: a program that says that all is saved before it is. */
static void
test_a_lie_is_seen (void)
{
  g_assert_cmpuint (play (TRUE, FALSE, TRUE, 40), ==, 1);
}

static void
drop_message (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

static void
read_options (int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "kills", 0, 0, G_OPTION_ARG_INT, &n_kills, "How often something is killed", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &first_seed, "The history", "N" },
    { "target", 0, 0, G_OPTION_ARG_STRING, &only_target, "client, server or both", "WHAT" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_parse (context, argc, argv, &error);
  g_assert_no_error (error);
}

static void
add_test (const char *target, const char *path, GTestFunc func)
{
  if (only_target == NULL || g_str_equal (only_target, target))
    g_test_add_func (path, func);
}

int
main (int argc, char **argv)
{
  int status;

  read_options (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  /* What the server tells its log of each fault. */
  g_log_set_handler (NULL, G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_DEBUG, drop_message, NULL);
  fault_disk_install ();
  add_test ("client", "/faults/kill/client", test_clients);
  add_test ("server", "/faults/kill/server", test_server);
  add_test ("both", "/faults/kill/both", test_both);
  if (only_target == NULL)
    g_test_add_func ("/faults/kill/a-lie-is-seen", test_a_lie_is_seen);
  status = g_test_run ();
  g_free (only_target);
  return status;
}
