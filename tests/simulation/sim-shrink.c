/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim-world.h"

/* Makes a history that goes wrong as short as it can be while it still goes wrong. */

/* In a process of its own, which may die of what it finds. */
static gboolean
goes_wrong (const SimPlan *plan)
{
  pid_t pid = fork ();
  int status = 0;

  if (pid == 0)
    {
      /* Its last words were heard the first time. */
      freopen ("/dev/null", "w", stderr);
      _exit (sim_run (plan) != NULL);
    }
  waitpid (pid, &status, 0);
  return !WIFEXITED (status) || WEXITSTATUS (status) != 0;
}

static gboolean
try_plan (SimPlan *plan, SimPlan shorter)
{
  if (!goes_wrong (&shorter))
    return FALSE;
  *plan = shorter;
  return TRUE;
}

static void
drop_faults (SimPlan *plan)
{
  for (guint bit = 1; bit < SIM_ALL; bit <<= 1)
    if (plan->faults & bit)
      {
        SimPlan shorter = *plan;

        shorter.faults &= ~bit;
        try_plan (plan, shorter);
      }
}

static void
drop_end (SimPlan *plan)
{
  SimPlan shorter = *plan;

  shorter.n_later = 0;
  try_plan (plan, shorter);
  for (guint cut = plan->n_steps / 2; cut > 0; cut /= 2)
    for (;;)
      {
        shorter = *plan;
        if (shorter.n_steps <= cut)
          break;
        shorter.n_steps -= cut;
        if (!try_plan (plan, shorter))
          break;
      }
}

static void
drop_devices (SimPlan *plan)
{
  while (plan->n_devices > 1)
    {
      SimPlan shorter = *plan;

      shorter.n_devices--;
      if (!try_plan (plan, shorter))
        return;
    }
}

static gboolean
drop_chunk (SimPlan *plan, guint8 *skip, guint from, guint n)
{
  g_autofree guint8 *before = g_memdup2 (skip, plan->n_steps);

  for (guint i = from; i < MIN (from + n, plan->n_steps); i++)
    skip[i] = TRUE;
  if (memcmp (before, skip, plan->n_steps) == 0 || goes_wrong (plan))
    return TRUE;
  memcpy (skip, before, plan->n_steps);
  return FALSE;
}

static void
drop_steps (SimPlan *plan)
{
  guint8 *skip = g_malloc0 (plan->n_steps);

  if (plan->skip != NULL)
    memcpy (skip, plan->skip, plan->n_steps);
  plan->skip = skip;
  for (guint n = plan->n_steps / 2; n > 0; n /= 2)
    for (guint from = 0; from < plan->n_steps; from += n)
      drop_chunk (plan, skip, from, n);
}

void
sim_shrink (SimPlan *plan)
{
  drop_end (plan);
  drop_faults (plan);
  drop_devices (plan);
  drop_steps (plan);
  drop_faults (plan);
  drop_end (plan);
}

static void
append_skip (const SimPlan *plan, GString *out)
{
  const char *mark = " --skip ";

  for (guint i = 0; plan->skip != NULL && i < plan->n_steps; i++)
    {
      guint end = i;

      if (!plan->skip[i])
        continue;
      while (end + 1 < plan->n_steps && plan->skip[end + 1])
        end++;
      g_string_append_printf (out, end > i ? "%s%u-%u" : "%s%u", mark, i, end);
      mark = ",";
      i = end;
    }
}

/* The arguments that repeat it. */
char *
sim_plan_to_line (const SimPlan *plan)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "--seed %u --faults 0x%x --devices %u --steps %u --later %u",
                          plan->seed, plan->faults, plan->n_devices, plan->n_steps, plan->n_later);
  append_skip (plan, out);
  return g_string_free (out, FALSE);
}
