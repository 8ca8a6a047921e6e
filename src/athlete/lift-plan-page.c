/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lift-day.h"
#include "lift-exercise-plan-variant.h"
#include "lift-exercise-plan.h"
#include "lift-exercise.h"
#include "lift-format.h"
#include "lift-rows.h"
#include "lift-set-plan.h"
#include "lift-summary-pages.h"
#include "lift-toast.h"
#include "lift-training-plan.h"
#include "lift-training-session.h"
#include "lift-variant.h"
#include "lift-workout-label.h"

enum
{
  PLAN,
  SESSION,
  EXERCISE_PLANS,
  EXERCISES,
  SET_PLANS,
  JOINS,
  VARIANTS,
  N_QUERIES
};

static char *
describe_variants (GPtrArray **answers, const char *exercise_plan_id)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < answers[JOINS]->len; i++)
    {
      LiftExercisePlanVariant *join = answers[JOINS]->pdata[i];
      LiftVariant *variant = lift_rows_find (answers[VARIANTS], join->variant_id);
      if (variant != NULL && g_str_equal (join->exercise_plan_id, exercise_plan_id))
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", variant->name);
    }
  return g_string_free (out, FALSE);
}

static void
show_set (LiftSummaryPage *page, LiftSetPlan *set, int ordinal)
{
  g_autofree char *number = lift_set_label (ordinal);
  g_autofree char *words = lift_format_planned (set, lift_summary_page_get_unit (page));

  lift_summary_page_add_set (page, number, words, NULL);
}

static void
show_exercise (LiftSummaryPage *page, GPtrArray **answers, LiftExercisePlan *exercise)
{
  const char *id = LIFT_ENTITY (exercise)->id;
  LiftExercise *what = lift_rows_find (answers[EXERCISES], exercise->exercise_id);
  g_autofree char *variants = describe_variants (answers, id);
  int n_working = 0;

  lift_summary_page_add_exercise (page, what != NULL ? what->name : _ ("Exercise"), variants,
                                  exercise->notes);
  for (guint i = 0; i < answers[SET_PLANS]->len; i++)
    {
      LiftSetPlan *set = answers[SET_PLANS]->pdata[i];
      if (g_str_equal (set->exercise_plan_id, id))
        show_set (page, set, g_strcmp0 (set->kind, "warmup") == 0 ? 0 : ++n_working);
    }
}

static void
show (LiftSummaryPage *page, GPtrArray **answers)
{
  LiftTrainingPlan *row = answers[PLAN]->pdata[0];
  g_autofree char *when = NULL;
  LiftDay day;

  if (lift_day_parse (row->date, &day))
    when = lift_format_day_full (day);
  lift_summary_page_set_title (page, row->name, when != NULL ? when : "");
  lift_summary_page_set_facts (page, NULL, row->notes);
  if (answers[SESSION]->len == 0)
    lift_summary_page_set_button (page, _ ("Start Session"), "athlete.start",
                                  lift_summary_page_get_id (page), TRUE);
  else
    lift_summary_page_set_button (page, NULL, NULL, NULL, FALSE);
  lift_summary_page_clear (page);
  for (guint i = 0; i < answers[EXERCISE_PLANS]->len; i++)
    show_exercise (page, answers, answers[EXERCISE_PLANS]->pdata[i]);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftSummaryPage) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = lift_store_query_finish (LIFT_STORE (source), result, &error);
  GPtrArray **arrays = answers != NULL ? (GPtrArray **) answers->pdata : NULL;

  if (g_cancellable_is_cancelled (lift_summary_page_get_cancellable (page)))
    return;
  if (arrays == NULL)
    lift_toast_error (GTK_WIDGET (page), error);
  else if (arrays[PLAN]->len > 0)
    show (page, arrays);
  else
    gtk_widget_activate_action (GTK_WIDGET (page), "athlete.close", NULL);
}

static LiftQuery *
query_in (GType gtype, const char *key, LiftQuery *other, const char *other_key)
{
  LiftQuery *query = lift_query_new (gtype);

  lift_query_where_in (query, key, other, other_key);
  return query;
}

static void
load (LiftSummaryPage *page)
{
  LiftQuery *queries[N_QUERIES];

  queries[PLAN] = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  lift_query_where (queries[PLAN], "id", LIFT_QUERY_EQUAL, lift_summary_page_get_id (page));
  queries[SESSION] = query_in (LIFT_TYPE_TRAINING_SESSION, "trainingPlanId", queries[PLAN], "id");
  queries[EXERCISE_PLANS] = query_in (LIFT_TYPE_EXERCISE_PLAN, "trainingPlanId", queries[PLAN],
                                      "id");
  lift_query_order_by (queries[EXERCISE_PLANS], "orderIndex", FALSE);
  queries[EXERCISES] = query_in (LIFT_TYPE_EXERCISE, "id", queries[EXERCISE_PLANS], "exerciseId");
  queries[SET_PLANS] = query_in (LIFT_TYPE_SET_PLAN, "exercisePlanId", queries[EXERCISE_PLANS],
                                 "id");
  lift_query_order_by (queries[SET_PLANS], "setNumber", FALSE);
  queries[JOINS] = query_in (LIFT_TYPE_EXERCISE_PLAN_VARIANT, "exercisePlanId",
                             queries[EXERCISE_PLANS], "id");
  queries[VARIANTS] = query_in (LIFT_TYPE_VARIANT, "id", queries[JOINS], "variantId");
  lift_store_query_async (lift_summary_page_get_store (page), queries, N_QUERIES,
                          lift_summary_page_get_cancellable (page), loaded_cb, g_object_ref (page));
  for (guint i = 0; i < N_QUERIES; i++)
    lift_query_unref (queries[i]);
}

static gboolean
is_touched_by (LiftChanges *changes)
{
  const GType types[] = { LIFT_TYPE_TRAINING_PLAN, LIFT_TYPE_EXERCISE_PLAN, LIFT_TYPE_SET_PLAN,
                          LIFT_TYPE_TRAINING_SESSION };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (lift_changes_has_type (changes, lift_entity_info_for_gtype (types[i])))
      return TRUE;
  return FALSE;
}

/**
 * lift_plan_page_new:
 * @plan_id: a plan
 * @settings: (nullable): where the unit is kept, in which loads without one of their own are shown
 *
 * Returns: (transfer none): what the plan asks for
 */
GtkWidget *
lift_plan_page_new (LiftStore *store, const char *plan_id, GSettings *settings)
{
  static const LiftSummaryKind kind = { load, is_touched_by };

  return lift_summary_page_new (store, plan_id, settings, &kind);
}
