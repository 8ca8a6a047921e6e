/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-plan-document-private.h"

#include <glib/gi18n-lib.h>

#include "lift-entities.h"
#include "lift-plan-sets.h"

/* An edit that changes nothing is no edit. */
static void
add_update (LiftBatch *batch, LiftEntity *copy, LiftEntity *row)
{
  LiftFieldSet fields = lift_entity_diff (copy, row);

  if (fields != LIFT_FIELD_SET_NONE)
    lift_batch_update (batch, copy, fields);
}

static LiftBatch *
update_copy (LiftEntity *row, const char *label, const char *property, va_list args)
{
  g_autoptr (LiftEntity) copy = lift_entity_copy (row);
  LiftBatch *batch = lift_batch_new (label);

  g_object_set_valist (G_OBJECT (copy), property, args);
  add_update (batch, copy, row);
  return batch;
}

/**
 * lift_plan_document_edit:
 * @property: a property of the plan, then its value, and so on, then %NULL
 *
 * Changes the plan itself: name, date, kind, status, notes, whether it is locked.
 *
 * Returns: (transfer full): the write
 */
LiftBatch *
lift_plan_document_edit (LiftPlanDocument *self, const char *label, const char *property, ...)
{
  LiftBatch *batch;
  va_list args;

  g_return_val_if_fail (self->plan != NULL, NULL);

  va_start (args, property);
  batch = update_copy (LIFT_ENTITY (self->plan), label, property, args);
  va_end (args);
  return batch;
}

/**
 * lift_plan_document_delete:
 *
 * Returns: (transfer full): the write that deletes the plan and all in it
 */
LiftBatch *
lift_plan_document_delete (LiftPlanDocument *self)
{
  LiftBatch *batch = lift_batch_new (_ ("Delete Plan"));

  lift_batch_delete (batch, lift_entity_info_for_gtype (LIFT_TYPE_TRAINING_PLAN), self->id);
  return batch;
}

static void
insert_link (LiftPlanDocument *self, LiftBatch *batch, const char *line_id, LiftVariant *variant)
{
  g_autoptr (LiftEntity)
    link = lift_entity_new (LIFT_TYPE_EXERCISE_PLAN_VARIANT, lift_store_get_clock (self->store));

  lift_entity_set (link, "athlete-id", self->plan->athlete_id, "exercise-plan-id", line_id,
                   "variant-id", LIFT_ENTITY (variant)->id, NULL);
  lift_batch_insert (batch, link);
}

static gint64
next_order (LiftPlanDocument *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  g_autoptr (LiftPlanLine) last = n > 0 ? g_list_model_get_item (G_LIST_MODEL (self->lines), n - 1)
                                        : NULL;

  return last != NULL ? lift_plan_line_get_plan (last)->order_index + 1 : 0;
}

/**
 * lift_plan_document_add_line:
 * @variants: (nullable) (element-type LiftVariant): how it is done
 * @id: (out) (optional): the id of the ExercisePlan that is made
 *
 * Returns: (transfer full): the writes that put an exercise at the end
 */
LiftBatch *
lift_plan_document_add_line (LiftPlanDocument *self,
                             LiftExercise *exercise,
                             GPtrArray *variants,
                             char **id)
{
  LiftBatch *batch = lift_batch_new (_ ("Add Exercise"));
  g_autoptr (LiftEntity)
    line = lift_entity_new (LIFT_TYPE_EXERCISE_PLAN, lift_store_get_clock (self->store));

  lift_entity_set (line, "athlete-id", self->plan->athlete_id, "training-plan-id", self->id,
                   "exercise-id", LIFT_ENTITY (exercise)->id, "order-index", next_order (self),
                   NULL);
  lift_batch_insert (batch, line);
  for (guint i = 0; variants != NULL && i < variants->len; i++)
    insert_link (self, batch, line->id, variants->pdata[i]);
  if (id != NULL)
    *id = g_strdup (line->id);
  return batch;
}

/**
 * lift_plan_document_edit_line:
 * @property: a property of the ExercisePlan, then its value, and so on, then %NULL
 *
 * Returns: (transfer full): the write
 */
LiftBatch *
lift_plan_document_edit_line (
  LiftPlanDocument *self, LiftPlanLine *line, const char *label, const char *property, ...)
{
  LiftBatch *batch;
  va_list args;

  va_start (args, property);
  batch = update_copy (LIFT_ENTITY (lift_plan_line_get_plan (line)), label, property, args);
  va_end (args);
  return batch;
}

/**
 * lift_plan_document_remove_line:
 *
 * Returns: (transfer full): the write that takes an exercise and its sets out
 */
LiftBatch *
lift_plan_document_remove_line (LiftPlanDocument *self, LiftPlanLine *line)
{
  LiftBatch *batch = lift_batch_new (_ ("Remove Exercise"));

  lift_batch_delete (batch, lift_entity_info_for_gtype (LIFT_TYPE_EXERCISE_PLAN),
                     lift_plan_line_get_id (line));
  return batch;
}

static void
put_at (LiftBatch *batch, LiftPlanLine *line, gint64 order)
{
  LiftExercisePlan *plan = lift_plan_line_get_plan (line);
  g_autoptr (LiftEntity) copy = NULL;

  if (plan->order_index == order)
    return;
  copy = lift_entity_copy (LIFT_ENTITY (plan));
  lift_entity_set (copy, "order-index", order, NULL);
  add_update (batch, copy, LIFT_ENTITY (plan));
}

/**
 * lift_plan_document_move_line:
 * @position: where it is to stand, from 0
 *
 * Returns: (transfer full): the writes that number the exercises in the new order
 */
LiftBatch *
lift_plan_document_move_line (LiftPlanDocument *self, LiftPlanLine *line, guint position)
{
  LiftBatch *batch = lift_batch_new (_ ("Move Exercise"));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  guint order = 0;

  position = MIN (position, n - 1);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LiftPlanLine) other = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

      if (other == line)
        continue;
      if (order == position)
        order++;
      put_at (batch, other, order++);
    }
  put_at (batch, line, position);
  return batch;
}

static gboolean
has_variant (GListModel *links, const char *variant_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (links); i++)
    {
      g_autoptr (LiftExercisePlanVariant) link = g_list_model_get_item (links, i);

      if (g_str_equal (link->variant_id, variant_id))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_wanted (GPtrArray *variants, const char *id)
{
  for (guint i = 0; i < variants->len; i++)
    if (g_str_equal (LIFT_ENTITY (variants->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

static void
add_variants (LiftPlanDocument *self, LiftBatch *batch, LiftPlanLine *line, GPtrArray *variants)
{
  GListModel *links = lift_plan_line_get_links (line);

  for (guint i = 0; i < g_list_model_get_n_items (links); i++)
    {
      g_autoptr (LiftExercisePlanVariant) link = g_list_model_get_item (links, i);

      if (!is_wanted (variants, link->variant_id))
        lift_batch_delete (batch, lift_entity_get_info (LIFT_ENTITY (link)),
                           LIFT_ENTITY (link)->id);
    }
  for (guint i = 0; i < variants->len; i++)
    if (!has_variant (links, LIFT_ENTITY (variants->pdata[i])->id))
      insert_link (self, batch, lift_plan_line_get_id (line), variants->pdata[i]);
}

/**
 * lift_plan_document_set_variants:
 * @variants: (element-type LiftVariant): all that are to be attached
 *
 * Returns: (transfer full): the writes that attach and detach what differs
 */
LiftBatch *
lift_plan_document_set_variants (LiftPlanDocument *self, LiftPlanLine *line, GPtrArray *variants)
{
  LiftBatch *batch = lift_batch_new (_ ("Change Variants"));

  add_variants (self, batch, line, variants);
  return batch;
}

/**
 * lift_plan_document_change_exercise:
 * @variants: (element-type LiftVariant): how it is done from now on
 *
 * Returns: (transfer full): the writes that put another exercise in the place of this one; its sets
 *   stay
 */
LiftBatch *
lift_plan_document_change_exercise (LiftPlanDocument *self,
                                    LiftPlanLine *line,
                                    LiftExercise *exercise,
                                    GPtrArray *variants)
{
  LiftBatch *batch = lift_plan_document_edit_line (self, line, _ ("Change Exercise"), "exercise-id",
                                                   LIFT_ENTITY (exercise)->id, NULL);

  add_variants (self, batch, line, variants);
  return batch;
}

/**
 * lift_plan_document_set_sets:
 * @entry: the sets as they were typed
 *
 * Returns: (transfer full): the writes that turn the sets of the line into these
 */
LiftBatch *
lift_plan_document_set_sets (LiftPlanDocument *self,
                             LiftPlanLine *line,
                             const LiftQuickEntry *entry)
{
  LiftBatch *batch = lift_batch_new (_ ("Change Sets"));

  lift_plan_sets_replace (batch, self->plan->athlete_id, lift_plan_line_get_id (line),
                          lift_plan_line_get_sets (line), entry,
                          lift_store_get_clock (self->store));
  return batch;
}

/**
 * lift_plan_document_edit_set:
 * @changed: a copy of the set with its new values
 *
 * Returns: (transfer full): the write
 */
LiftBatch *
lift_plan_document_edit_set (LiftPlanDocument *self, LiftSetPlan *set, LiftSetPlan *changed)
{
  LiftBatch *batch = lift_batch_new (_ ("Change Set"));

  add_update (batch, LIFT_ENTITY (changed), LIFT_ENTITY (set));
  return batch;
}

/**
 * lift_plan_document_add_set:
 *
 * Returns: (transfer full): the write that adds a set like the last one
 */
LiftBatch *
lift_plan_document_add_set (LiftPlanDocument *self, LiftPlanLine *line)
{
  LiftBatch *batch = lift_batch_new (_ ("Add Set"));
  GListModel *sets = lift_plan_line_get_sets (line);
  guint n = g_list_model_get_n_items (sets);
  g_autoptr (LiftSetPlan) last = n > 0 ? g_list_model_get_item (sets, n - 1) : NULL;
  g_autoptr (LiftPrescription) targets = last != NULL ? lift_plan_sets_read (last)
                                                      : lift_prescription_new ();
  g_autoptr (LiftSetPlan)
    set = lift_entity_new (LIFT_TYPE_SET_PLAN, lift_store_get_clock (self->store));

  lift_plan_sets_apply (set, targets);
  lift_entity_set (LIFT_ENTITY (set), "athlete-id", self->plan->athlete_id, "exercise-plan-id",
                   lift_plan_line_get_id (line), "set-number",
                   last != NULL ? last->set_number + 1 : (gint64) 1, NULL);
  lift_batch_insert (batch, LIFT_ENTITY (set));
  return batch;
}

/**
 * lift_plan_document_remove_set:
 *
 * Returns: (transfer full): the writes that take a set out and number those behind it anew
 */
LiftBatch *
lift_plan_document_remove_set (LiftPlanDocument *self, LiftPlanLine *line, LiftSetPlan *set)
{
  LiftBatch *batch = lift_batch_new (_ ("Remove Set"));
  GListModel *sets = lift_plan_line_get_sets (line);
  gint64 number = 1;

  lift_batch_delete (batch, lift_entity_get_info (LIFT_ENTITY (set)), LIFT_ENTITY (set)->id);
  for (guint i = 0; i < g_list_model_get_n_items (sets); i++)
    {
      g_autoptr (LiftEntity) other = g_list_model_get_item (sets, i);
      g_autoptr (LiftEntity) copy = NULL;

      if (g_str_equal (other->id, LIFT_ENTITY (set)->id))
        continue;
      copy = lift_entity_copy (other);
      lift_entity_set (copy, "set-number", number++, NULL);
      add_update (batch, copy, other);
    }
  return batch;
}
