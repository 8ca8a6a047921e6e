/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static int n_rows = 10000;
static int n_runs = 7;
static char *only;

static const GOptionEntry common_entries[] = {
  { "rows", 0, 0, G_OPTION_ARG_INT, &n_rows, "Rows of a measurement", "N" },
  { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "Runs of a measurement", "N" },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Measure only what has this in its name", "TEXT" },
  { NULL },
};

/**
 * bench_init:
 * @entries: (nullable): options of this program alone
 *
 * Reads the options; ends the program where they are wrong.
 */
void
bench_init (int *argc, char ***argv, const GOptionEntry *entries)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, common_entries, NULL);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error) && n_rows >= 10 && n_runs >= 1)
    return;
  g_printerr ("%s\n", error != NULL ? error->message : "At least 10 rows and 1 run are needed");
  exit (1);
}

guint
bench_get_rows (void)
{
  return n_rows;
}

guint
bench_get_runs (void)
{
  return n_runs;
}

/**
 * bench_heading:
 *
 * Begins a table.
 */
void
bench_heading (const char *title)
{
  g_print ("\n## %s\n\n| what | ours, ms | limit, ms | ratio |\n| --- | ---: | ---: | ---: |\n",
           title);
}

static gboolean
is_wanted (const char *what)
{
  return only == NULL || strstr (what, only) != NULL;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_median (GArray *values)
{
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, values->len / 2);
}

static void
append (GArray *values, double value)
{
  g_array_append_val (values, value);
}

/**
 * bench_report_pairs:
 * @ours: (element-type double): microseconds, one a run
 * @limit: (element-type double) (nullable): the same of what cannot be beaten, measured in turn
 *
 * Writes a line. The ratio is the median of the ratios of the pairs, since the speed of a shared
 * machine drifts.
 */
void
bench_report_pairs (const char *what, GArray *ours, GArray *limit)
{
  g_autoptr (GArray) ratios = g_array_new (FALSE, FALSE, sizeof (double));

  if (limit == NULL)
    {
      g_print ("| %s | %.2f | | |\n", what, get_median (ours) / 1000);
      return;
    }
  for (guint i = 0; i < ours->len; i++)
    append (ratios, g_array_index (ours, double, i) / g_array_index (limit, double, i));
  g_print ("| %s | %.2f | %.2f | %.2f |\n", what, get_median (ours) / 1000,
           get_median (limit) / 1000, get_median (ratios));
}

static void
compare (const char *what, BenchFunc ours, BenchFunc limit, gpointer data, int runs)
{
  g_autoptr (GArray) a = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) b = g_array_new (FALSE, FALSE, sizeof (double));

  if (!is_wanted (what))
    return;
  if (runs > 1)
    {
      ours (data);
      limit (data);
    }
  for (int i = 0; i < runs; i++)
    {
      append (a, MAX (ours (data), 1));
      append (b, MAX (limit (data), 1));
    }
  bench_report_pairs (what, a, b);
}

/**
 * bench_compare:
 *
 * Runs @ours and @limit in turn, once to warm up and then as often as was asked for.
 */
void
bench_compare (const char *what, BenchFunc ours, BenchFunc limit, gpointer data)
{
  compare (what, ours, limit, data, n_runs);
}

/**
 * bench_compare_often:
 *
 * The same ten times as often, for what waits for the disk: others write to it as well.
 */
void
bench_compare_often (const char *what, BenchFunc ours, BenchFunc limit, gpointer data)
{
  compare (what, ours, limit, data, n_runs > 1 ? 10 * n_runs : 1);
}

/**
 * bench_report:
 *
 * The same for what has no limit to be compared with.
 */
void
bench_report (const char *what, BenchFunc ours, gpointer data)
{
  g_autoptr (GArray) a = g_array_new (FALSE, FALSE, sizeof (double));

  if (!is_wanted (what))
    return;
  if (n_runs > 1)
    ours (data);
  for (int i = 0; i < n_runs; i++)
    append (a, ours (data));
  bench_report_pairs (what, a, NULL);
}

/**
 * bench_report_memory:
 *
 * Writes the most memory that this process has had.
 */
void
bench_report_memory (const char *what)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  g_print ("\n%s: %ld MB\n", what, usage.ru_maxrss / 1024);
}

char *
bench_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("lift-bench-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
bench_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        bench_remove_folder (path);
      else
        g_remove (path);
    }
  g_rmdir (folder);
}

void
bench_copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}
