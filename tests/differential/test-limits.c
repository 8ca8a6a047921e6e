/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "lift-server-sqlite.h"
#include "trace-world.h"

/*
 * One trace of edits and syncs, run with every page limit on every database of the server: the rows
 * in the end are the same, to the last version and instant.
 *
 * A plain run takes a few seeds; LIFT_TRACE_SEEDS=N takes N, LIFT_TRACE_SEED=S that one.
 */
#define STEPS 120
#define SEEDS 2

static LiftServerDatabase *
open_sqlite (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "server.db", NULL);

  return lift_server_sqlite_open (path, 2, error);
}

static const TraceDialect dialects[] = {
  { "sqlite", open_sqlite },
};

static const guint limits[] = { 500, 100, 7, 1 };

/* The first line in which two texts differ says more than both of them. */
static void
assert_same (const char *one, const char *other, const char *what)
{
  g_auto (GStrv) lines = g_strsplit (one, "\n", -1);
  g_auto (GStrv) others = g_strsplit (other, "\n", -1);

  for (guint i = 0; lines[i] != NULL && others[i] != NULL; i++)
    if (!g_str_equal (lines[i], others[i]))
      g_error ("%s, line %u:\n%s\n%s", what, i, lines[i], others[i]);
  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length (others));
}

static void
run_seed (guint32 seed)
{
  g_autoptr (GArray) steps = trace_new (seed, STEPS);
  g_autofree char *first = NULL;
  guint rows = 0;

  for (guint d = 0; d < G_N_ELEMENTS (dialects); d++)
    for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
      {
        g_autofree char *what = g_strdup_printf ("LIFT_TRACE_SEED=%u, %s, pages of %u", seed,
                                                 dialects[d].name, limits[l]);
        g_autofree char *text = trace_run (steps, seed, &dialects[d], limits[l], &rows);

        if (first == NULL)
          first = g_steal_pointer (&text);
        else
          assert_same (first, text, what);
      }
  g_test_message ("seed %u: %u rows", seed, rows);
  g_assert_cmpuint (rows, >, 0);
}

static guint
read_number (const char *name, guint otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? strtoul (text, NULL, 10) : otherwise;
}

static void
test_limits (void)
{
  guint seeds = read_number ("LIFT_TRACE_SEEDS", SEEDS);

  if (g_getenv ("LIFT_TRACE_SEED") != NULL)
    {
      run_seed (read_number ("LIFT_TRACE_SEED", 0));
      return;
    }
  for (guint i = 0; i < seeds; i++)
    run_seed (g_test_rand_int ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/differential/limits", test_limits);
  return g_test_run ();
}
