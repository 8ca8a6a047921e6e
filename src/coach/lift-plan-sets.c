/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-plan-sets.h"

#include <glib/gi18n-lib.h>

#include "lift-set-kind.h"

/**
 * lift_plan_sets_apply:
 *
 * Gives a planned set every target of a prescription; what the prescription leaves open is open.
 */
void
lift_plan_sets_apply (LiftSetPlan *set, const LiftPrescription *prescription)
{
  lift_entity_set (LIFT_ENTITY (set), "kind", prescription->kind, "target-reps", prescription->reps,
                   "target-reps-max", prescription->reps_max, "target-weight", prescription->weight,
                   "target-weight-unit", prescription->unit, "target-percent",
                   prescription->percent, "target-rpe", prescription->rpe, "target-rir",
                   prescription->rir, "tempo", prescription->tempo, "rest-seconds",
                   prescription->rest, "target-duration-seconds", prescription->duration,
                   "target-distance", prescription->distance, "side", prescription->side,
                   "is-optional", prescription->is_optional, NULL);
}

/**
 * lift_plan_sets_read:
 *
 * Returns: (transfer full): the prescription that a planned set stands for, of one set
 */
LiftPrescription *
lift_plan_sets_read (LiftSetPlan *set)
{
  LiftPrescription *self = lift_prescription_new ();

  self->sets = 1;
  self->kind = set->kind;
  self->reps = set->target_reps;
  self->reps_max = set->target_reps_max;
  self->weight = set->target_weight;
  self->unit = set->target_weight_unit;
  self->percent = set->target_percent;
  self->rpe = set->target_rpe;
  self->rir = set->target_rir;
  self->tempo = g_strdup (set->tempo);
  self->rest = set->rest_seconds;
  self->duration = set->target_duration_seconds;
  self->distance = set->target_distance;
  self->side = set->side;
  self->is_optional = set->is_optional == 1;
  return self;
}

static LiftQuickEntry *
group_sets (GListModel *sets)
{
  LiftQuickEntry *entry = lift_quick_entry_new ();

  for (guint i = 0; i < g_list_model_get_n_items (sets); i++)
    {
      g_autoptr (LiftSetPlan) set = g_list_model_get_item (sets, i);
      g_autoptr (LiftPrescription) prescription = lift_plan_sets_read (set);

      lift_quick_entry_append (entry, prescription);
    }
  return entry;
}

/**
 * lift_plan_sets_print:
 * @sets: LiftSetPlan in order
 * @default_unit: the unit that loads are written without
 *
 * Returns: (transfer full): the sets as a coach would type them, equal neighbours as one group
 */
char *
lift_plan_sets_print (GListModel *sets, const char *default_unit)
{
  g_autoptr (LiftQuickEntry) entry = group_sets (sets);

  return lift_quick_entry_print (entry, default_unit);
}

static gboolean
is_times (const char *text, const char *p)
{
  return *p == 'x' && p > text && g_ascii_isdigit (p[-1]) &&
         (g_ascii_isdigit (p[1]) || p[1] == '?');
}

/**
 * lift_plan_sets_beautify:
 * @text: (transfer full): sets as they are typed, `3x5 100`
 *
 * Returns: (transfer full): the same for the eye, `3×5 100`
 */
char *
lift_plan_sets_beautify (char *text)
{
  g_autofree char *owned = text;
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (is_times (text, p))
      g_string_append (out, "×");
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static gboolean
change_group (const LiftQuickEntry *typed, LiftPrescription *group, GError **error)
{
  if (typed->kind == LIFT_QUICK_ENTRY_STEP)
    return lift_step_apply (&typed->step, 0, group, error);
  lift_prescription_apply (group, typed->groups->pdata[0]);
  return TRUE;
}

static gboolean
has_counted (const LiftQuickEntry *entry)
{
  for (guint i = 0; i < entry->groups->len; i++)
    if (lift_set_kind_is_counted (((LiftPrescription *) entry->groups->pdata[i])->kind))
      return TRUE;
  return FALSE;
}

/* A new load is meant for the work, not for the warm-up before it; one more set, for the last. */
static gboolean
change_groups (const LiftQuickEntry *typed, LiftQuickEntry *entry, GError **error)
{
  gboolean counted = has_counted (entry);
  gboolean last_only = typed->kind == LIFT_QUICK_ENTRY_STEP && typed->step.kind == LIFT_STEP_SETS;

  for (guint i = last_only ? entry->groups->len - 1 : 0; i < entry->groups->len; i++)
    {
      LiftPrescription *group = entry->groups->pdata[i];

      if (!last_only && counted && !lift_set_kind_is_counted (group->kind))
        continue;
      if (!change_group (typed, group, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * lift_plan_sets_resolve:
 * @sets: LiftSetPlan that are there, in order
 * @typed: what was typed: all sets, a change of those that are there, a step, or nothing
 *
 * Returns: (transfer full) (nullable): all the sets that are meant, or %NULL with an error
 */
LiftQuickEntry *
lift_plan_sets_resolve (GListModel *sets, const LiftQuickEntry *typed, GError **error)
{
  g_autoptr (LiftQuickEntry) entry = NULL;

  if (typed->kind == LIFT_QUICK_ENTRY_SKIP)
    {
      g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_CONFLICT,
                   _ ("To leave an exercise out, remove it"));
      return NULL;
    }
  if (typed->kind == LIFT_QUICK_ENTRY_SETS || typed->kind == LIFT_QUICK_ENTRY_EMPTY)
    {
      entry = lift_quick_entry_new ();
      for (guint i = 0; i < typed->groups->len; i++)
        lift_quick_entry_append (entry, typed->groups->pdata[i]);
      return g_steal_pointer (&entry);
    }
  entry = group_sets (sets);
  if (entry->groups->len == 0)
    {
      g_set_error (error, LIFT_TRAINING_ERROR, LIFT_TRAINING_ERROR_CONFLICT,
                   _ ("Write the sets first: 3x5 100"));
      return NULL;
    }
  if (!change_groups (typed, entry, error))
    return NULL;
  return g_steal_pointer (&entry);
}

static void
put_set (LiftBatch *batch,
         const char *athlete_id,
         const char *exercise_plan_id,
         LiftSetPlan *old,
         gint64 number,
         const LiftPrescription *prescription,
         LiftClock *clock)
{
  g_autoptr (LiftEntity) set = old != NULL ? lift_entity_copy (LIFT_ENTITY (old))
                                           : lift_entity_new (LIFT_TYPE_SET_PLAN, clock);

  lift_plan_sets_apply (LIFT_SET_PLAN (set), prescription);
  lift_entity_set (set, "athlete-id", athlete_id, "exercise-plan-id", exercise_plan_id,
                   "set-number", number, NULL);
  if (old == NULL)
    lift_batch_insert (batch, set);
  else if (lift_entity_diff (set, LIFT_ENTITY (old)) != LIFT_FIELD_SET_NONE)
    lift_batch_update (batch, set, lift_entity_diff (set, LIFT_ENTITY (old)));
}

/**
 * lift_plan_sets_replace:
 * @sets: the LiftSetPlan that are there, in order
 * @entry: what they are to become
 *
 * Adds the writes that turn the sets into what was typed. The n-th set stays the n-th row, so
 * that what was already done of it keeps its target.
 */
void
lift_plan_sets_replace (LiftBatch *batch,
                        const char *athlete_id,
                        const char *exercise_plan_id,
                        GListModel *sets,
                        const LiftQuickEntry *entry,
                        LiftClock *clock)
{
  guint number = 0;

  for (guint g = 0; g < entry->groups->len; g++)
    {
      const LiftPrescription *prescription = entry->groups->pdata[g];

      for (guint i = 0; i < prescription->sets; i++, number++)
        {
          g_autoptr (LiftSetPlan) old = g_list_model_get_item (sets, number);

          put_set (batch, athlete_id, exercise_plan_id, old, number + 1, prescription, clock);
        }
    }
  for (; number < g_list_model_get_n_items (sets); number++)
    {
      g_autoptr (LiftEntity) extra = g_list_model_get_item (sets, number);

      lift_batch_delete (batch, lift_entity_get_info (extra), extra->id);
    }
}
