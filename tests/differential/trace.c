/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace.h"

#include "trace-world.h"

/* Now and then so many that each page limit is passed. */
static guint
choose_count (GRand *rand)
{
  guint chance = g_rand_int_range (rand, 0, 100);

  if (chance < 3)
    return 520;
  if (chance < 15)
    return 130;
  return chance < 40 ? 9 : 1;
}

static TraceKind
choose_kind (GRand *rand)
{
  guint chance = g_rand_int_range (rand, 0, 100);

  if (chance < 25)
    return TRACE_ADD;
  if (chance < 60)
    return TRACE_EDIT;
  if (chance < 66)
    return TRACE_DELETE;
  return chance < 70 ? TRACE_RESTORE : TRACE_SYNC;
}

/**
 * trace_new:
 *
 * Returns: (transfer full) (element-type TraceStep): the steps
 */
GArray *
trace_new (guint32 seed, guint n_steps)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (TraceStep));
  guint added[TRACE_TYPES] = { 0 };

  for (guint i = 0; i < n_steps; i++)
    {
      TraceStep step = {
        .kind = choose_kind (rand),
        .device = g_rand_int_range (rand, 0, TRACE_DEVICES),
        .type = g_rand_int_range (rand, 0, TRACE_TYPES),
        .field = g_rand_int (rand),
        .value = i,
      };

      if (step.kind == TRACE_ADD)
        {
          step.row = added[step.type];
          step.count = choose_count (rand);
          added[step.type] += step.count;
        }
      else if (added[step.type] > 0)
        step.row = g_rand_int_range (rand, 0, added[step.type]);
      g_array_append_val (steps, step);
    }
  return steps;
}

/**
 * trace_make_id:
 *
 * Returns: (transfer full): the id that a row has in every run
 */
char *
trace_make_id (guint32 seed, guint type, guint row)
{
  return g_strdup_printf ("0190%04x-%04x-7000-8000-%06x%06x", seed & 0xffff, seed >> 16, type, row);
}
