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

/* What a page that shows a plan holds on to; goes with the page. */
typedef struct
{
  LiftSummaryPage *page;
  LiftStore *store;
  char *plan_id;
  const char *unit;
  GCancellable *cancellable;
} Plan;

static void
plan_free (gpointer data)
{
  Plan *plan = data;

  g_cancellable_cancel (plan->cancellable);
  g_object_unref (plan->cancellable);
  g_object_unref (plan->store);
  g_free (plan->plan_id);
  g_free (plan);
}

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
show_set (Plan *plan, LiftSetPlan *set, int ordinal)
{
  g_autofree char *number = lift_set_label (ordinal);
  g_autofree char *words = lift_format_planned (set, plan->unit);

  lift_summary_page_add_set (plan->page, number, words, NULL);
}

static void
show_exercise (Plan *plan, GPtrArray **answers, LiftExercisePlan *exercise)
{
  const char *id = LIFT_ENTITY (exercise)->id;
  LiftExercise *what = lift_rows_find (answers[EXERCISES], exercise->exercise_id);
  g_autofree char *variants = describe_variants (answers, id);
  int n_working = 0;

  lift_summary_page_add_exercise (plan->page, what != NULL ? what->name : _ ("Exercise"), variants,
                                  exercise->notes);
  for (guint i = 0; i < answers[SET_PLANS]->len; i++)
    {
      LiftSetPlan *set = answers[SET_PLANS]->pdata[i];
      if (g_str_equal (set->exercise_plan_id, id))
        show_set (plan, set, g_strcmp0 (set->kind, "warmup") == 0 ? 0 : ++n_working);
    }
}

static void
show (Plan *plan, GPtrArray **answers)
{
  LiftTrainingPlan *row = answers[PLAN]->pdata[0];
  g_autofree char *when = NULL;
  LiftDay day;

  if (lift_day_parse (row->date, &day))
    when = lift_format_day_full (day);
  lift_summary_page_set_title (plan->page, row->name, when != NULL ? when : "");
  lift_summary_page_set_facts (plan->page, NULL, row->notes);
  if (answers[SESSION]->len == 0)
    lift_summary_page_set_button (plan->page, _ ("Start Session"), "athlete.start", plan->plan_id,
                                  TRUE);
  else
    lift_summary_page_set_button (plan->page, NULL, NULL, NULL, FALSE);
  lift_summary_page_clear (plan->page);
  for (guint i = 0; i < answers[EXERCISE_PLANS]->len; i++)
    show_exercise (plan, answers, answers[EXERCISE_PLANS]->pdata[i]);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftSummaryPage) page = user_data;
  Plan *plan = g_object_get_data (G_OBJECT (page), "plan");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = lift_store_query_finish (LIFT_STORE (source), result, &error);
  GPtrArray **arrays = answers != NULL ? (GPtrArray **) answers->pdata : NULL;

  if (plan == NULL || g_cancellable_is_cancelled (plan->cancellable))
    return;
  if (arrays == NULL)
    lift_toast_error (GTK_WIDGET (page), error);
  else if (arrays[PLAN]->len > 0)
    show (plan, arrays);
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
load (Plan *plan)
{
  LiftQuery *queries[N_QUERIES];

  queries[PLAN] = lift_query_new (LIFT_TYPE_TRAINING_PLAN);
  lift_query_where (queries[PLAN], "id", LIFT_QUERY_EQUAL, plan->plan_id);
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
  lift_store_query_async (plan->store, queries, N_QUERIES, plan->cancellable, loaded_cb,
                          g_object_ref (plan->page));
  for (guint i = 0; i < N_QUERIES; i++)
    lift_query_unref (queries[i]);
}

static void
changed_cb (LiftSummaryPage *page, LiftChanges *changes)
{
  const GType types[] = { LIFT_TYPE_TRAINING_PLAN, LIFT_TYPE_EXERCISE_PLAN, LIFT_TYPE_SET_PLAN,
                          LIFT_TYPE_TRAINING_SESSION };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (lift_changes_has_type (changes, lift_entity_info_for_gtype (types[i])))
      {
        load (g_object_get_data (G_OBJECT (page), "plan"));
        return;
      }
}

/**
 * lift_plan_page_new:
 * @plan_id: a plan
 * @unit: in what loads without a unit of their own are shown
 *
 * Returns: (transfer none): what the plan asks for
 */
GtkWidget *
lift_plan_page_new (LiftStore *store, const char *plan_id, const char *unit)
{
  GtkWidget *page = lift_summary_page_new ();
  Plan *plan = g_new0 (Plan, 1);

  plan->page = LIFT_SUMMARY_PAGE (page);
  plan->store = g_object_ref (store);
  plan->plan_id = g_strdup (plan_id);
  plan->unit = unit;
  plan->cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (page), "plan", plan, plan_free);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), page, G_CONNECT_SWAPPED);
  load (plan);
  return page;
}
