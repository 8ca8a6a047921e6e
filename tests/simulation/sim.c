/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "lift-ablation.h"
#include "sim-jobs.h"

/*
 * sim --seeds A..B [--jobs N]      runs seeds; what goes wrong is made short and printed as the
 *                                  arguments that repeat it
 * sim --seed N [--faults …] …      one history; --trace tells it
 * sim --without NAME --seeds A..B  with a safeguard taken out: how many seeds notice
 * sim --table N                    all safeguards, one after the other, N seeds each
 * sim --regressions FILE           the histories in a file
 * sim --tap FILE --seeds A..B      as a test: those histories, the seeds, and whether safeguards
 *                                  that are often needed are missed at once when they are gone
 */

/* How many seeds may pass before one of these is missed. */
#define CALIBRATION_SEEDS 200

static char *seeds = NULL;
static char *without = NULL;
static char *skip = NULL;
static char *faults = NULL;
static char *regressions = NULL;
static char *tap = NULL;
static int jobs = 1, one = -1, devices = -1, steps = -1, later = -1, table = 0, shrink_limit = 1;
static gboolean trace, list;

static GOptionEntry entries[] = {
  { "seeds", 0, 0, G_OPTION_ARG_STRING, &seeds, "Run these", "A..B" },
  { "jobs", 0, 0, G_OPTION_ARG_INT, &jobs, "On so many processes", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &one, "Run one", "N" },
  { "faults", 0, 0, G_OPTION_ARG_STRING, &faults, "With these faults alone", "MASK" },
  { "devices", 0, 0, G_OPTION_ARG_INT, &devices, "With so many devices", "N" },
  { "steps", 0, 0, G_OPTION_ARG_INT, &steps, "So many steps", "N" },
  { "later", 0, 0, G_OPTION_ARG_INT, &later, "So many when all has healed", "N" },
  { "skip", 0, 0, G_OPTION_ARG_STRING, &skip, "Without these steps", "A-B,C" },
  { "trace", 0, 0, G_OPTION_ARG_NONE, &trace, "Tell what happens", NULL },
  { "without", 0, 0, G_OPTION_ARG_STRING, &without, "Take a safeguard out", "NAME" },
  { "list", 0, 0, G_OPTION_ARG_NONE, &list, "Name the safeguards", NULL },
  { "table", 0, 0, G_OPTION_ARG_INT, &table, "Take each out in turn", "SEEDS" },
  { "shrink", 0, 0, G_OPTION_ARG_INT, &shrink_limit, "Make so many findings short", "N" },
  { "tap", 0, 0, G_OPTION_ARG_FILENAME, &tap, "As a test, with the histories in it", "FILE" },
  { "regressions", 0, 0, G_OPTION_ARG_FILENAME, &regressions, "Run the histories in it", "FILE" },
  { NULL },
};

static void
read_skip (SimPlan *plan, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint8 *flags = g_malloc0 (plan->n_steps + 1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *dash = strchr (parts[i], '-');
      guint from = strtoul (parts[i], NULL, 10);
      guint to = dash != NULL ? strtoul (dash + 1, NULL, 10) : from;

      for (guint step = from; step <= to && step < plan->n_steps; step++)
        flags[step] = TRUE;
    }
  plan->skip = flags;
}

/* What the options say, over what the seed says. */
static SimPlan
make_plan (void)
{
  SimPlan plan = sim_plan_for_seed (one);

  if (faults != NULL)
    plan.faults = strtoul (faults, NULL, 0);
  if (devices > 0)
    plan.n_devices = MIN (devices, SIM_MAX_DEVICES);
  if (steps >= 0)
    plan.n_steps = steps;
  if (later >= 0)
    plan.n_later = later;
  if (skip != NULL)
    read_skip (&plan, skip);
  plan.trace = trace;
  return plan;
}

static int
run_one (void)
{
  SimPlan plan = make_plan ();
  g_autofree char *what = sim_run (&plan);
  g_autofree char *line = sim_plan_to_line (&plan);

  g_print ("# %s: %s\n", line, what != NULL ? what : "well");
  g_free ((gpointer) plan.skip);
  return what != NULL;
}

static void
print_finding (SimFinding *finding, gboolean shorten)
{
  SimPlan plan = sim_plan_for_seed (finding->seed);
  g_autofree char *line = NULL;

  if (shorten)
    sim_shrink (&plan);
  line = sim_plan_to_line (&plan);
  g_print ("# seed %u: %s\n#   tests/sim %s%s%s --trace\n", finding->seed, finding->what, line,
           without != NULL ? " --without " : "", without != NULL ? without : "");
}

static int
run_seeds (void)
{
  char *dots = strstr (seeds, "..");
  guint32 first = strtoul (seeds, NULL, 10);
  guint32 last = dots != NULL ? strtoul (dots + 2, NULL, 10) : first;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GPtrArray) found = sim_jobs_run (first, last, jobs);
  double seconds = (g_get_monotonic_time () - start) / 1e6;

  for (guint i = 0; i < found->len && (without == NULL || i < (guint) shrink_limit); i++)
    print_finding (found->pdata[i], i < (guint) shrink_limit);
  g_print ("# %u seeds, %u went wrong, %.1f s, %.1f seeds/s\n", last - first + 1, found->len,
           seconds, (last - first + 1) / seconds);
  return found->len > 0;
}

static int
list_safeguards (void)
{
  for (guint i = 1; i < LIFT_N_ABLATIONS; i++)
    g_print ("%-24s %s\n", lift_ablation_names[i], lift_ablation_words[i]);
  return 0;
}

static gboolean
take_out (const char *name)
{
  for (guint i = 1; i < LIFT_N_ABLATIONS; i++)
    if (g_strcmp0 (name, lift_ablation_names[i]) == 0)
      {
        lift_ablation = i;
        return TRUE;
      }
  g_printerr ("No safeguard is called %s; see --list\n", name);
  return FALSE;
}

/* Every row must notice: a checker that never fails proves nothing. */
static int
run_table (void)
{
  guint blind = 0;

  for (guint i = 1; i < LIFT_N_ABLATIONS; i++)
    {
      g_autoptr (GPtrArray) found = NULL;

      lift_ablation = i;
      found = sim_jobs_run (1, table, jobs);
      blind += found->len == 0;
      g_print ("%-24s %5u of %u  first %-6u %s\n", lift_ablation_names[i], found->len, table,
               found->len > 0 ? ((SimFinding *) found->pdata[0])->seed : 0, lift_ablation_words[i]);
    }
  return blind > 0;
}

static int
run_line (const char *name, const char *line)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) argv = NULL;
  g_autofree char *whole = g_strconcat ("sim ", line, NULL);

  one = devices = steps = later = -1;
  g_clear_pointer (&faults, g_free);
  g_clear_pointer (&skip, g_free);
  g_clear_pointer (&without, g_free);
  lift_ablation = 0;
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_shell_parse_argv (whole, NULL, &argv, NULL) ||
      !g_option_context_parse_strv (context, &argv, NULL) || one < 0)
    {
      g_printerr ("%s cannot be read: %s\n", name, line);
      return 1;
    }
  g_print ("# %s\n", name);
  return run_one ();
}

/* Each line: a name, a colon, and the arguments that repeat it. */
static int
run_regressions (const char *file)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int bad = 0;

  if (!g_file_get_contents (file, &text, NULL, NULL))
    return 2;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strchr (lines[i], ':');

      if (lines[i][0] == '#' || colon == NULL)
        continue;
      *colon = '\0';
      bad |= run_line (lines[i], colon + 1);
    }
  return bad;
}

/* Those that most histories need; the table has them all. */
static gboolean
miss_safeguards (void)
{
  static const guint common[] = {
    LIFT_ABLATION_ACK_BLIND,        LIFT_ABLATION_FIELD_MERGE, LIFT_ABLATION_COMMIT_ORDER,
    LIFT_ABLATION_CURSOR_WITH_PAGE, LIFT_ABLATION_DIRTY_WINS,  LIFT_ABLATION_PARKED,
  };
  gboolean all = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    {
      guint seed = sim_jobs_find (1, CALIBRATION_SEEDS, jobs, common[i]);

      g_print ("# without %s: seed %u\n", lift_ablation_names[common[i]], seed);
      all = all && seed > 0;
    }
  return all;
}

static int
run_as_test (void)
{
  int bad = 0;
  gboolean missed;

  g_print ("1..3\n");
  missed = miss_safeguards ();
  g_print ("%sok 1 /simulation/safeguards-are-missed\n", missed ? "" : "not ");
  bad = run_regressions (tap);
  g_print ("%sok 2 /simulation/what-was-found-once\n", bad ? "not " : "");
  without = NULL;
  bad = run_seeds ();
  g_print ("%sok 3 /simulation/seeds\n", bad ? "not " : "");
  return 0;
}

static int
run (void)
{
  if (without != NULL && !take_out (without))
    return 2;
  if (tap != NULL)
    return run_as_test ();
  if (regressions != NULL)
    return run_regressions (regressions);
  if (table > 0)
    return run_table ();
  if (one >= 0)
    return run_one ();
  if (seeds != NULL)
    return run_seeds ();
  g_printerr ("Say which seeds: --seeds 1..5000\n");
  return 2;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- simulates the sync");
  g_autoptr (GError) error = NULL;
  int status;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (list)
    return list_safeguards ();
  sim_set_up ();
  status = run ();
  sim_leave_folder ();
  g_clear_pointer (&faults, g_free);
  g_clear_pointer (&skip, g_free);
  return status;
}
