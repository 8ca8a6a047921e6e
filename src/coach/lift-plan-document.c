/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-plan-document-private.h"

#include "lift-entities.h"
#include "lift-rows.h"

/* The answers to the queries of ask(), in the same order. */
enum
{
  ROWS_PLAN,
  ROWS_LINES,
  ROWS_SETS,
  ROWS_LINKS,
  ROWS_EXERCISES,
  ROWS_VARIANTS,
};

enum
{
  PROP_PLAN = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint loaded_signal;

G_DEFINE_FINAL_TYPE (LiftPlanDocument, lift_plan_document, G_TYPE_OBJECT)

static LiftPlanLine *
find_line (LiftPlanDocument *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->lines)); i++)
    {
      g_autoptr (LiftPlanLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

      if (g_strcmp0 (lift_plan_line_get_id (line), id) == 0)
        return g_steal_pointer (&line);
    }
  return lift_plan_line_new ();
}

static GPtrArray *
pick_variants (GPtrArray *links, GPtrArray *variants)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < links->len; i++)
    {
      LiftExercisePlanVariant *link = links->pdata[i];
      LiftVariant *variant = lift_rows_find (variants, link->variant_id);

      if (variant != NULL)
        g_ptr_array_add (found, g_object_ref (variant));
    }
  return found;
}

static LiftPlanLine *
bring_up_line (LiftPlanDocument *self, LiftExercisePlan *plan, GPtrArray *answers)
{
  const char *id = LIFT_ENTITY (plan)->id;
  LiftPlanLine *line = find_line (self, id);
  g_autoptr (GPtrArray) sets = lift_rows_select (answers->pdata[ROWS_SETS], "exercisePlanId", id);
  g_autoptr (GPtrArray) links = lift_rows_select (answers->pdata[ROWS_LINKS], "exercisePlanId", id);
  g_autoptr (GPtrArray) variants = pick_variants (links, answers->pdata[ROWS_VARIANTS]);

  lift_plan_line_update (line, plan,
                         lift_rows_find (answers->pdata[ROWS_EXERCISES], plan->exercise_id), links,
                         variants, sets);
  return line;
}

static gboolean
holds_lines (LiftPlanDocument *self, GPtrArray *lines)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->lines)) != lines->len)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (LiftPlanLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

      if (line != lines->pdata[i])
        return FALSE;
    }
  return TRUE;
}

static void
take (gpointer owner, GPtrArray *answers)
{
  LiftPlanDocument *self = owner;
  GPtrArray *plans = answers->pdata[ROWS_PLAN];
  GPtrArray *rows = answers->pdata[ROWS_LINES];
  LiftTrainingPlan *plan = plans->len > 0 ? plans->pdata[0] : NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (lines, bring_up_line (self, rows->pdata[i], answers));
  if (!holds_lines (self, lines))
    g_list_store_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)),
                         lines->pdata, lines->len);
  g_set_object (&self->plan, plan);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAN]);
  g_signal_emit (self, loaded_signal, 0);
}

static LiftQuery *
query_below (GType gtype, const char *key, LiftQuery *parents, const char *parent_key)
{
  LiftQuery *query = lift_query_new (gtype);

  lift_query_where_in (query, key, parents, parent_key);
  return query;
}

static GPtrArray *
ask (gpointer owner)
{
  LiftPlanDocument *self = owner;
  GPtrArray *queries = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_query_unref);
  LiftQuery *plan = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  LiftQuery *lines = lift_query_new (LIFT_TYPE_EXERCISE_PLAN);
  LiftQuery *sets, *links;

  lift_query_where (plan, "id", LIFT_QUERY_EQUAL, self->id);
  lift_query_where (lines, "trainingPlanId", LIFT_QUERY_EQUAL, self->id);
  lift_query_order_by (lines, "orderIndex", FALSE);
  lift_query_order_by (lines, "id", FALSE);
  sets = query_below (LIFT_TYPE_SET_PLAN, "exercisePlanId", lines, "id");
  links = query_below (LIFT_TYPE_EXERCISE_PLAN_VARIANT, "exercisePlanId", lines, "id");
  lift_query_order_by (links, "id", FALSE);
  lift_query_order_by (sets, "setNumber", FALSE);
  lift_query_order_by (sets, "id", FALSE);
  g_ptr_array_add (queries, plan);
  g_ptr_array_add (queries, lines);
  g_ptr_array_add (queries, sets);
  g_ptr_array_add (queries, links);
  g_ptr_array_add (queries, query_below (LIFT_TYPE_EXERCISE, "id", lines, "exerciseId"));
  g_ptr_array_add (queries, query_below (LIFT_TYPE_VARIANT, "id", links, "variantId"));
  return queries;
}

static void
lift_plan_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, LIFT_PLAN_DOCUMENT (object)->plan);
}

static void
lift_plan_document_dispose (GObject *object)
{
  LiftPlanDocument *self = LIFT_PLAN_DOCUMENT (object);

  if (self->watch != NULL)
    lift_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_object (&self->store);
  g_clear_object (&self->plan);
  g_clear_object (&self->lines);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (lift_plan_document_parent_class)->dispose (object);
}

static void
lift_plan_document_class_init (LiftPlanDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lift_plan_document_get_property;
  object_class->dispose = lift_plan_document_dispose;
  properties[PROP_PLAN] = g_param_spec_object ("plan", NULL, NULL, LIFT_TYPE_TRAINING_PLAN,
                                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  loaded_signal = g_signal_new ("loaded", LIFT_TYPE_PLAN_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
lift_plan_document_init (LiftPlanDocument *self)
{
  self->lines = g_list_store_new (LIFT_TYPE_PLAN_LINE);
}

/**
 * lift_plan_document_new:
 * @plan_id: the TrainingPlan, which need not have arrived yet
 *
 * Returns: (transfer full): the document, which begins to read at once
 */
LiftPlanDocument *
lift_plan_document_new (LiftStore *store, const char *plan_id)
{
  LiftPlanDocument *self = g_object_new (LIFT_TYPE_PLAN_DOCUMENT, NULL);

  self->store = g_object_ref (store);
  self->id = g_strdup (plan_id);
  self->watch = lift_watch_new (store, ask, take, self);
  lift_watch_reload (self->watch);
  return self;
}

/**
 * lift_plan_document_get_id:
 *
 * Returns: the id of the plan
 */
const char *
lift_plan_document_get_id (LiftPlanDocument *self)
{
  return self->id;
}

/**
 * lift_plan_document_get_plan:
 *
 * Returns: (transfer none) (nullable): the plan as the store has it
 */
LiftTrainingPlan *
lift_plan_document_get_plan (LiftPlanDocument *self)
{
  return self->plan;
}

/**
 * lift_plan_document_get_lines:
 *
 * Returns: (transfer none): LiftPlanLine in order; follows the store
 */
GListModel *
lift_plan_document_get_lines (LiftPlanDocument *self)
{
  return G_LIST_MODEL (self->lines);
}
