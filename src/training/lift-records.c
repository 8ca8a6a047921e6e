/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-records.h"

#include "lift-set-kind.h"

#include <math.h>

/* Less than a gram is the rounding of pounds. */
#define GRAM 0.001

typedef struct
{
  const LiftPerformance *sets;
  gsize start; /* of the session in hand; what lies before is history */
  gsize end;
  GArray *records;
} Finder;

static gboolean
sets_records (const LiftPerformance *set)
{
  return lift_set_kind_is_counted (set->kind) && set->reps > 0;
}

/* What a set is worth for a record; NaN if it has no part in it. @set is the one that may be a
 * record, for which history is asked at the same repetitions or load. */
static double
get_value (LiftRecordKind kind, const LiftPerformance *set, const LiftPerformance *at)
{
  switch (kind)
    {
    case LIFT_RECORD_REPS_LOAD:
      return set->reps >= at->reps ? set->weight : NAN;
    case LIFT_RECORD_LOAD_REPS:
      return set->weight >= at->weight - GRAM ? set->reps : NAN;
    case LIFT_RECORD_ONE_REP_MAX:
      return set->one_rep_max;
    case LIFT_RECORD_HEAVIEST:
    case LIFT_RECORD_TONNAGE:
    default:
      return set->weight;
    }
}

static double
get_best (Finder *self, LiftRecordKind kind, gsize from, gsize to, const LiftPerformance *at)
{
  double best = NAN;

  for (gsize i = from; i < to; i++)
    {
      double value = get_value (kind, &self->sets[i], at);

      if (sets_records (&self->sets[i]) && !isnan (value) && !(value <= best))
        best = value;
    }
  return best;
}

/* The first of equal sets of a session has the record. */
static gboolean
is_first_best (Finder *self, LiftRecordKind kind, gsize index, double value)
{
  const LiftPerformance *at = &self->sets[index];

  return !(get_best (self, kind, self->start, index, at) >= value) &&
         !(get_best (self, kind, index + 1, self->end, at) > value);
}

static double
get_margin (LiftRecordKind kind)
{
  return kind == LIFT_RECORD_LOAD_REPS ? 0 : GRAM;
}

static void
add (Finder *self, LiftRecordKind kind, gsize index, double value, double previous)
{
  LiftRecord record = { kind, index, self->sets[index].reps, value, previous };

  g_array_append_val (self->records, record);
}

static void
check_set (Finder *self, LiftRecordKind kind, gsize index)
{
  const LiftPerformance *set = &self->sets[index];
  double value = get_value (kind, set, set), previous;

  if (!sets_records (set) || isnan (value) || isnan (set->weight))
    return;
  previous = get_best (self, kind, 0, self->start, set);
  /* Nothing to beat, or a tie: no record. */
  if (value > previous + get_margin (kind) && is_first_best (self, kind, index, value))
    add (self, kind, index, value, previous);
}

static double
get_tonnage (Finder *self, gsize from, gsize *to, gsize limit)
{
  double sum = 0;
  gsize i;

  for (i = from; i < limit && self->sets[i].session == self->sets[from].session; i++)
    sum += sets_records (&self->sets[i]) ? self->sets[i].tonnage : 0;
  *to = i;
  return sum;
}

static void
check_tonnage (Finder *self)
{
  double best = NAN, tonnage;
  gsize to = 0;

  for (gsize from = 0; from < self->start; from = to)
    best = fmax (best, get_tonnage (self, from, &to, self->start));
  tonnage = get_tonnage (self, self->start, &to, self->end);
  if (tonnage > best + GRAM && best > 0)
    add (self, LIFT_RECORD_TONNAGE, self->end - 1, tonnage, best);
}

/**
 * lift_records_find:
 * @sets: (array length=n): all that an athlete ever did of one exercise in one set of variants, in
 *   the order of time, the sets of a session one after the other
 *
 * Finds the records anew from all sessions, so that a change of an old one needs no bookkeeping.
 * The first exposure makes none, and neither do ties: a set is compared with the sessions before
 * its own, and a session sets each record once. Five repetitions with a load beat three with less.
 *
 * Returns: (transfer full) (element-type LiftRecord): the records in the order of time
 */
GArray *
lift_records_find (const LiftPerformance *sets, gsize n)
{
  Finder self = { sets, 0, 0, g_array_new (FALSE, FALSE, sizeof (LiftRecord)) };

  for (; self.start < n; self.start = self.end)
    {
      get_tonnage (&self, self.start, &self.end, n);
      for (gsize i = self.start; i < self.end; i++)
        for (LiftRecordKind kind = LIFT_RECORD_HEAVIEST; kind < LIFT_RECORD_TONNAGE; kind++)
          check_set (&self, kind, i);
      check_tonnage (&self);
    }
  return self.records;
}
