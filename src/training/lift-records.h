/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiftRecordKind:
 * @LIFT_RECORD_HEAVIEST: the heaviest load
 * @LIFT_RECORD_REPS_LOAD: the heaviest load for so many repetitions (or more)
 * @LIFT_RECORD_LOAD_REPS: the most repetitions with a load (or more)
 * @LIFT_RECORD_ONE_REP_MAX: the best estimated maximum
 * @LIFT_RECORD_TONNAGE: the most tonnage in a session
 */
typedef enum
{
  LIFT_RECORD_HEAVIEST,
  LIFT_RECORD_REPS_LOAD,
  LIFT_RECORD_LOAD_REPS,
  LIFT_RECORD_ONE_REP_MAX,
  LIFT_RECORD_TONNAGE,
} LiftRecordKind;

/**
 * LiftPerformance:
 * @session: which session: equal for its sets, whatever else it counts
 * @kind: (nullable): the kind of the set; warm-ups set no records
 * @reps: the repetitions done
 * @weight: kg or NaN
 * @one_rep_max: the estimate by the coach's formula or NaN
 * @tonnage: of the set
 *
 * A set that was done.
 */
typedef struct
{
  guint session;
  const char *kind;
  gint64 reps;
  double weight;
  double one_rep_max;
  double tonnage;
} LiftPerformance;

/**
 * LiftRecord:
 * @index: which performance set it; of a tonnage the last of the session
 * @reps: the repetitions of that performance
 * @value: the new best: kg, or repetitions
 * @previous: the best before it
 *
 * A best that was beaten.
 */
typedef struct
{
  LiftRecordKind kind;
  gsize index;
  gint64 reps;
  double value;
  double previous;
} LiftRecord;

GArray *lift_records_find (const LiftPerformance *sets, gsize n);

G_END_DECLS
