/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-done-sets.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lift-plan-sets.h"
#include "lift-quick-entry.h"
#include "lift-set-kind.h"

/**
 * lift_done_sets_is_done:
 *
 * Returns: whether the set was done, and not merely made ready when the session began
 */
gboolean
lift_done_sets_is_done (LiftSetSession *set)
{
  return set->completed_at != LIFT_INT_NULL;
}

/**
 * lift_done_sets_count:
 * @sets: (element-type LiftSetSession)
 *
 * Returns: how many were done and count
 */
guint
lift_done_sets_count (GPtrArray *sets)
{
  guint n = 0;

  for (guint i = 0; i < sets->len; i++)
    {
      LiftSetSession *set = sets->pdata[i];

      n += lift_done_sets_is_done (set) && lift_set_kind_is_counted (set->kind);
    }
  return n;
}

static gboolean
was_done (GPtrArray *sets, const char *plan_id)
{
  for (guint i = 0; i < sets->len; i++)
    {
      LiftSetSession *set = sets->pdata[i];

      if (g_strcmp0 (set->set_plan_id, plan_id) == 0)
        return lift_done_sets_is_done (set);
    }
  return FALSE;
}

/**
 * lift_done_sets_count_planned:
 * @plans: (element-type LiftSetPlan)
 * @sets: (element-type LiftSetSession): what was done of them
 *
 * Returns: how many sets count as asked for: no warm-ups, and optional ones only if they were done
 */
guint
lift_done_sets_count_planned (GPtrArray *plans, GPtrArray *sets)
{
  guint n = 0;

  for (guint i = 0; i < plans->len; i++)
    {
      LiftSetPlan *plan = plans->pdata[i];

      if (lift_set_kind_is_counted (plan->kind))
        n += plan->is_optional != 1 || was_done (sets, LIFT_ENTITY (plan)->id);
    }
  return n;
}

/* History is measured by the target of its day, where the session kept one. */
static LiftPrescription *
get_target (LiftSetPlan *plan, LiftSetSession *set)
{
  LiftPrescription *target = plan != NULL ? lift_plan_sets_read (plan) : lift_prescription_new ();

  if (set->target_reps == LIFT_INT_NULL && isnan (set->target_weight) && isnan (set->target_rpe))
    return target;
  target->reps = set->target_reps;
  target->reps_max = set->target_reps_max;
  target->weight = set->target_weight;
  if (!isnan (set->target_rpe))
    target->rir = NAN;
  target->rpe = set->target_rpe;
  return target;
}

/**
 * lift_done_sets_compare:
 * @deviation: (out caller-allocates): how the set came out
 * @plan: (nullable): the planned set, if it is still there
 */
void
lift_done_sets_compare (LiftSetDeviation *deviation, LiftSetPlan *plan, LiftSetSession *set)
{
  g_autoptr (LiftPrescription) target = get_target (plan, set);
  LiftSetResult result;

  lift_set_result_init (&result);
  result.is_done = lift_done_sets_is_done (set);
  result.reps = set->actual_reps;
  result.weight = set->actual_weight;
  result.rpe = set->actual_rpe;
  result.rir = set->actual_rir;
  result.duration = set->duration_seconds;
  result.distance = set->distance;
  lift_set_deviation_compute (deviation, target, &result);
}

static void
append_done (LiftQuickEntry *entry, LiftSetSession *set)
{
  g_autoptr (LiftPrescription) done = lift_prescription_new ();

  done->kind = set->kind != NULL ? set->kind : "working";
  done->reps = set->actual_reps;
  done->weight = set->actual_weight;
  done->unit = isnan (set->actual_weight) ? NULL
               : set->actual_weight_unit  ? set->actual_weight_unit
                                          : "kg";
  done->rpe = set->actual_rpe;
  done->rir = isnan (set->actual_rpe) ? set->actual_rir : NAN;
  done->duration = set->duration_seconds;
  done->distance = set->distance;
  lift_quick_entry_append (entry, done);
}

/**
 * lift_done_sets_print:
 * @sets: (element-type LiftSetSession): in order; those that were not done are left out
 * @unit: the unit that loads are written without
 *
 * Returns: (transfer full): what was done, as briefly as plans are typed: `3×12 35`
 */
char *
lift_done_sets_print (GPtrArray *sets, const char *unit)
{
  g_autoptr (LiftQuickEntry) entry = lift_quick_entry_new ();

  for (guint i = 0; i < sets->len; i++)
    if (lift_done_sets_is_done (sets->pdata[i]))
      append_done (entry, sets->pdata[i]);
  return lift_plan_sets_beautify (lift_quick_entry_print (entry, unit));
}

/**
 * lift_done_sets_describe_counts:
 * @done: how many sets were done
 * @planned: how many were planned
 *
 * Returns: (transfer full): what a percentage stands for, "7 of 6 sets"
 */
char *
lift_done_sets_describe_counts (guint done, guint planned)
{
  /* Translators: sets done of sets planned: "7 of 6 sets". */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u of %u set", "%u of %u sets", planned),
                          done, planned);
}
