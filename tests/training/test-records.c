/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lift-one-rep-max.h"
#include "lift-records.h"

#define MAX_SETS 64

static const char *const NAMES[] = { "heaviest", "reps-load", "load-reps", "e1rm", "tonnage" };

typedef struct
{
  LiftPerformance sets[MAX_SETS];
  gsize n;
} Log;

static void
log_set (Log *log, guint session, const char *kind, gint64 reps, double weight)
{
  double max = lift_one_rep_max_from_set (LIFT_ONE_REP_MAX_EPLEY, kind, weight, reps, NAN, NAN,
                                          NULL);
  LiftPerformance set = { session, kind, reps, weight, max, reps * (isnan (weight) ? 0 : weight) };

  g_assert_cmpuint (log->n, <, MAX_SETS);
  log->sets[log->n++] = set;
}

/* "2 e1rm 120>110" for each record, one a line. */
static void
assert_records (Log *log, const char *expected)
{
  g_autoptr (GArray) records = lift_records_find (log->sets, log->n);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      LiftRecord *record = &g_array_index (records, LiftRecord, i);

      g_assert_cmpint (record->reps, ==, log->sets[record->index].reps);
      g_string_append_printf (text, "%d %s %g>%g\n", (int) record->index, NAMES[record->kind],
                              record->value, record->previous);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_first_exposure (void)
{
  Log log = { .n = 0 };

  assert_records (&log, "");
  log_set (&log, 1, "working", 5, 100);
  log_set (&log, 1, "working", 5, 110);
  log_set (&log, 1, "working", 8, 110);
  assert_records (&log, "");
}

static void
test_heavier (void)
{
  Log log = { .n = 0 };

  log_set (&log, 1, "working", 5, 100);
  log_set (&log, 2, "working", 5, 105);
  assert_records (&log, "1 heaviest 105>100\n"
                        "1 reps-load 105>100\n"
                        "1 e1rm 122.5>116.667\n"
                        "1 tonnage 525>500\n");
}

static void
test_more_reps (void)
{
  Log log = { .n = 0 };

  log_set (&log, 1, "working", 5, 100);
  log_set (&log, 2, "working", 6, 100);
  assert_records (&log, "1 load-reps 6>5\n"
                        "1 e1rm 120>116.667\n"
                        "1 tonnage 600>500\n");
}

static void
test_ties (void)
{
  Log log = { .n = 0 };

  log_set (&log, 1, "working", 5, 100);
  log_set (&log, 2, "working", 5, 100);
  log_set (&log, 3, "working", 5, 100.0000001);
  assert_records (&log, "");
}

/* Three with less than five were done with is no best triple. */
static void
test_dominated (void)
{
  Log log = { .n = 0 };

  log_set (&log, 1, "working", 5, 100);
  log_set (&log, 1, "working", 3, 90);
  log_set (&log, 2, "working", 3, 95);
  assert_records (&log, "");
}

static void
test_once_a_session (void)
{
  Log log = { .n = 0 };

  log_set (&log, 1, "working", 5, 100);
  log_set (&log, 1, "working", 5, 100);
  log_set (&log, 1, "working", 5, 100);
  log_set (&log, 2, "working", 5, 102.5);
  log_set (&log, 2, "working", 5, 105);
  log_set (&log, 2, "working", 5, 105);
  assert_records (&log, "4 heaviest 105>100\n"
                        "4 reps-load 105>100\n"
                        "4 e1rm 122.5>116.667\n"
                        "5 tonnage 1562.5>1500\n");
}

static void
test_no_records (void)
{
  Log log = { .n = 0 };

  log_set (&log, 1, "working", 5, 100);
  log_set (&log, 2, "warmup", 5, 200);
  log_set (&log, 2, "working", 0, 200);
  log_set (&log, 2, "working", G_MININT64, 200);
  log_set (&log, 2, "working", 5, NAN);
  assert_records (&log, "");
}

static void
test_assistance (void)
{
  Log log = { .n = 0 };

  log_set (&log, 1, "working", 8, -20);
  log_set (&log, 2, "working", 8, -15);
  assert_records (&log, "1 heaviest -15>-20\n"
                        "1 reps-load -15>-20\n");
}

/* An old session that gets better takes the record away from the later one. */
static void
test_history_changes (void)
{
  Log log = { .n = 0 };

  log_set (&log, 1, "working", 1, 100);
  log_set (&log, 2, "working", 1, 100);
  log_set (&log, 3, "working", 1, 110);
  assert_records (&log, "2 heaviest 110>100\n2 reps-load 110>100\n2 e1rm 110>100\n"
                        "2 tonnage 110>100\n");
  log.sets[0].weight = log.sets[0].one_rep_max = log.sets[0].tonnage = 120;
  assert_records (&log, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/records/first-exposure", test_first_exposure);
  g_test_add_func ("/training/records/heavier", test_heavier);
  g_test_add_func ("/training/records/more-reps", test_more_reps);
  g_test_add_func ("/training/records/ties", test_ties);
  g_test_add_func ("/training/records/dominated", test_dominated);
  g_test_add_func ("/training/records/once-a-session", test_once_a_session);
  g_test_add_func ("/training/records/none", test_no_records);
  g_test_add_func ("/training/records/assistance", test_assistance);
  g_test_add_func ("/training/records/history-changes", test_history_changes);
  return g_test_run ();
}
