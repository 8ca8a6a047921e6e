/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-plan-line.h"

#include "lift-rows.h"
#include "lift-variant.h"

struct _LiftPlanLine
{
  GObject parent_instance;

  LiftExercisePlan *plan;
  LiftExercise *exercise;
  GListStore *links;
  GListStore *variants;
  GListStore *sets;
};

enum
{
  PROP_TITLE = 1,
  PROP_VARIANTS_TEXT,
  PROP_CUE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LiftPlanLine, lift_plan_line, G_TYPE_OBJECT)

static char *
dup_variants_text (LiftPlanLine *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->variants)); i++)
    {
      g_autoptr (LiftVariant) variant = g_list_model_get_item (G_LIST_MODEL (self->variants), i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", variant->name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
lift_plan_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LiftPlanLine *self = LIFT_PLAN_LINE (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->exercise != NULL ? self->exercise->name : NULL);
      break;
    case PROP_VARIANTS_TEXT:
      g_value_take_string (value, dup_variants_text (self));
      break;
    case PROP_CUE:
      g_value_set_string (value, self->plan != NULL ? self->plan->notes : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lift_plan_line_finalize (GObject *object)
{
  LiftPlanLine *self = LIFT_PLAN_LINE (object);

  g_clear_object (&self->plan);
  g_clear_object (&self->exercise);
  g_clear_object (&self->links);
  g_clear_object (&self->variants);
  g_clear_object (&self->sets);
  G_OBJECT_CLASS (lift_plan_line_parent_class)->finalize (object);
}

static void
lift_plan_line_class_init (LiftPlanLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[] = { NULL, "title", "variants-text", "cue" };

  object_class->get_property = lift_plan_line_get_property;
  object_class->finalize = lift_plan_line_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lift_plan_line_init (LiftPlanLine *self)
{
  self->links = g_list_store_new (LIFT_TYPE_ENTITY);
  self->variants = g_list_store_new (LIFT_TYPE_ENTITY);
  self->sets = g_list_store_new (LIFT_TYPE_ENTITY);
}

/**
 * lift_plan_line_new:
 *
 * Returns: (transfer full): a line that shows nothing yet
 */
LiftPlanLine *
lift_plan_line_new (void)
{
  return g_object_new (LIFT_TYPE_PLAN_LINE, NULL);
}

/**
 * lift_plan_line_get_id:
 *
 * Returns: (nullable): the id of its ExercisePlan
 */
const char *
lift_plan_line_get_id (LiftPlanLine *self)
{
  return self->plan != NULL ? LIFT_ENTITY (self->plan)->id : NULL;
}

/**
 * lift_plan_line_get_plan:
 *
 * Returns: (transfer none) (nullable): its ExercisePlan
 */
LiftExercisePlan *
lift_plan_line_get_plan (LiftPlanLine *self)
{
  return self->plan;
}

/**
 * lift_plan_line_get_exercise:
 *
 * Returns: (transfer none) (nullable): the exercise, once it has arrived
 */
LiftExercise *
lift_plan_line_get_exercise (LiftPlanLine *self)
{
  return self->exercise;
}

/**
 * lift_plan_line_get_sets:
 *
 * Returns: (transfer none): LiftSetPlan in order; follows the store
 */
GListModel *
lift_plan_line_get_sets (LiftPlanLine *self)
{
  return G_LIST_MODEL (self->sets);
}

/**
 * lift_plan_line_get_variants:
 *
 * Returns: (transfer none): LiftVariant; follows the store
 */
GListModel *
lift_plan_line_get_variants (LiftPlanLine *self)
{
  return G_LIST_MODEL (self->variants);
}

/**
 * lift_plan_line_get_links:
 *
 * Returns: (transfer none): LiftExercisePlanVariant, the rows that attach the variants
 */
GListModel *
lift_plan_line_get_links (LiftPlanLine *self)
{
  return G_LIST_MODEL (self->links);
}

/**
 * lift_plan_line_update:
 * @exercise: (nullable): not there yet if it has not been pulled
 * @links: (element-type LiftExercisePlanVariant)
 * @variants: (element-type LiftVariant)
 * @sets: (element-type LiftSetPlan): in order
 *
 * Takes over what the store says now, keeping the objects of rows that stay.
 */
void
lift_plan_line_update (LiftPlanLine *self,
                       LiftExercisePlan *plan,
                       LiftExercise *exercise,
                       GPtrArray *links,
                       GPtrArray *variants,
                       GPtrArray *sets)
{
  lift_rows_take_over (self->links, links);
  lift_rows_take_over (self->variants, variants);
  lift_rows_take_over (self->sets, sets);
  g_set_object (&self->plan, plan);
  g_set_object (&self->exercise, exercise);
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}
