/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lift-ablation.h"

/* What the processes share: the next seed that nobody has, and what each is at. */
typedef struct
{
  gint next;
  gboolean first_only; /* nothing more is to be done once something was found */
  guint32 at[64];
} Board;

static void
finding_free (SimFinding *finding)
{
  g_free (finding->what);
  g_free (finding);
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const SimFinding *one = *(SimFinding *const *) a, *other = *(SimFinding *const *) b;

  return one->seed < other->seed ? -1 : one->seed > other->seed;
}

static void
work (Board *board, guint job, guint32 first, guint32 last, FILE *out)
{
  sim_enter_folder ();
  for (;;)
    {
      guint32 seed = first + (guint32) g_atomic_int_add (&board->next, 1);
      SimPlan plan;
      g_autofree char *what = NULL;

      if (seed > last)
        break;
      board->at[job] = seed;
      plan = sim_plan_for_seed (seed);
      what = sim_run (&plan);
      if (what != NULL && board->first_only)
        g_atomic_int_set (&board->next, G_MAXINT / 2);
      if (what != NULL)
        fprintf (out, "%u\t%s\n", seed, g_strdelimit (what, "\n\t", ' '));
      fflush (out);
    }
  sim_leave_folder ();
  _exit (0);
}

static pid_t
start (Board *board, guint job, guint32 first, guint32 last, FILE *out)
{
  pid_t pid = fork ();

  if (pid == 0)
    work (board, job, first, last, out);
  return pid;
}

static void
add (GPtrArray *findings, guint32 seed, const char *what)
{
  SimFinding *finding = g_new0 (SimFinding, 1);

  finding->seed = seed;
  finding->what = g_strdup (what);
  g_ptr_array_add (findings, finding);
}

/* A process that dies has found something too; another takes its place. */
static void
wait_for_all (
  Board *board, pid_t *pids, guint n_jobs, guint32 first, guint32 last, FILE *out, GPtrArray *found)
{
  guint alive = n_jobs;

  while (alive > 0)
    {
      int status = 0;
      pid_t pid = wait (&status);

      for (guint job = 0; job < n_jobs; job++)
        {
          if (pids[job] != pid)
            continue;
          alive--;
          if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
            continue;
          add (found, board->at[job], "the program died");
          if (board->first_only)
            continue;
          pids[job] = start (board, job, first, last, out);
          alive++;
        }
    }
}

static void
read_findings (FILE *out, GPtrArray *found)
{
  char line[4096];

  rewind (out);
  while (fgets (line, sizeof line, out) != NULL)
    {
      char *tab = strchr (line, '\t');

      if (tab != NULL)
        add (found, strtoul (line, NULL, 10), g_strchomp (tab + 1));
    }
}

static GPtrArray *
run_jobs (guint32 first, guint32 last, guint n_jobs, gboolean first_only)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) finding_free);
  Board *board = mmap (NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                       0);
  FILE *out = tmpfile ();
  pid_t pids[64];

  g_assert (board != MAP_FAILED && out != NULL && n_jobs <= G_N_ELEMENTS (pids));
  board->next = 0;
  board->first_only = first_only;
  /* The file is shared, and each line goes in one write to its end. */
  setvbuf (out, NULL, _IOLBF, 4096);
  for (guint job = 0; job < n_jobs; job++)
    pids[job] = start (board, job, first, last, out);
  wait_for_all (board, pids, n_jobs, first, last, out, found);
  read_findings (out, found);
  fclose (out);
  munmap (board, sizeof *board);
  g_ptr_array_sort (found, compare_findings);
  return found;
}

GPtrArray *
sim_jobs_run (guint32 first, guint32 last, guint n_jobs)
{
  return run_jobs (first, last, n_jobs, FALSE);
}

guint32
sim_jobs_find (guint32 first, guint32 last, guint n_jobs, guint ablation)
{
  g_autoptr (GPtrArray) found = NULL;

  lift_ablation = ablation;
  found = run_jobs (first, last, n_jobs, TRUE);
  lift_ablation = LIFT_ABLATION_NONE;
  return found->len > 0 ? ((SimFinding *) found->pdata[0])->seed : 0;
}
