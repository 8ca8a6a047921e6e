/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-plan-review.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lift-done-sets.h"
#include "lift-entities.h"
#include "lift-format.h"
#include "lift-rows.h"
#include "lift-watch.h"

/* The answers to the queries of ask(), in the same order. */
enum
{
  ROWS_PLAN,
  ROWS_LINES,
  ROWS_SETS,
  ROWS_SESSIONS,
  ROWS_DONE_LINES,
  ROWS_DONE_SETS,
  ROWS_EXERCISES,
  ROWS_WEIGHTS,
};

struct _LiftPlanReview
{
  GObject parent_instance;

  char *plan_id;
  LiftWatch *watch;
  GPtrArray *answers;
  GHashTable *sets; /* id of a SetPlan → LiftReviewSet */
};

static guint loaded_signal;

G_DEFINE_FINAL_TYPE (LiftPlanReview, lift_plan_review, G_TYPE_OBJECT)

static void
review_set_free (LiftReviewSet *self)
{
  g_object_unref (self->set);
  g_free (self->done);
  g_free (self->deviation);
  g_free (self);
}

static LiftQuery *
add_query (GPtrArray *queries, GType gtype, const char *key, LiftQuery *of, const char *of_key)
{
  LiftQuery *query = lift_query_new (gtype);

  if (of != NULL)
    lift_query_where_in (query, key, of, of_key);
  g_ptr_array_add (queries, query);
  return query;
}

static GPtrArray *
ask (gpointer owner)
{
  LiftPlanReview *self = owner;
  GPtrArray *queries = g_ptr_array_new_with_free_func ((GDestroyNotify) lift_query_unref);
  LiftQuery *plan, *lines, *sessions, *done, *sets, *weights;

  plan = add_query (queries, LIFT_TYPE_TRAINING_PLAN, NULL, NULL, NULL);
  lift_query_where (plan, "id", LIFT_QUERY_EQUAL, self->plan_id);
  lines = add_query (queries, LIFT_TYPE_EXERCISE_PLAN, "trainingPlanId", plan, "id");
  add_query (queries, LIFT_TYPE_SET_PLAN, "exercisePlanId", lines, "id");
  sessions = add_query (queries, LIFT_TYPE_TRAINING_SESSION, NULL, NULL, NULL);
  lift_query_where (sessions, "trainingPlanId", LIFT_QUERY_EQUAL, self->plan_id);
  lift_query_order_by (sessions, "sessionDate", FALSE);
  done = add_query (queries, LIFT_TYPE_EXERCISE_SESSION, "trainingSessionId", sessions, "id");
  lift_query_order_by (done, "orderIndex", FALSE);
  sets = add_query (queries, LIFT_TYPE_SET_SESSION, "exerciseSessionId", done, "id");
  lift_query_order_by (sets, "setNumber", FALSE);
  add_query (queries, LIFT_TYPE_EXERCISE, "id", done, "exerciseId");
  weights = add_query (queries, LIFT_TYPE_BODY_WEIGHT_ENTRY, "measurementDate", sessions,
                       "sessionDate");
  lift_query_where_in (weights, "athleteId", plan, "athleteId");
  return queries;
}

static void
add_set (LiftPlanReview *self, LiftSetSession *set)
{
  LiftSetPlan *plan = lift_rows_find (self->answers->pdata[ROWS_SETS], set->set_plan_id);
  LiftReviewSet *review;
  LiftSetDeviation deviation;
  const char *unit = set->actual_weight_unit;

  if (set->set_plan_id == NULL || !lift_done_sets_is_done (set))
    return;
  review = g_new0 (LiftReviewSet, 1);
  lift_done_sets_compare (&deviation, plan, set);
  review->set = g_object_ref (set);
  review->done = lift_format_done (set, unit);
  review->deviation = lift_set_deviation_describe (&deviation, unit);
  review->compliance = isnan (deviation.percent)
                         ? LIFT_COMPLIANCE_GREEN
                         : lift_compliance_from_percent (deviation.percent, TRUE);
  g_hash_table_insert (self->sets, g_strdup (set->set_plan_id), review);
}

static void
take (gpointer owner, GPtrArray *answers)
{
  LiftPlanReview *self = owner;
  GPtrArray *sets = answers->pdata[ROWS_DONE_SETS];

  g_clear_pointer (&self->answers, g_ptr_array_unref);
  self->answers = g_ptr_array_ref (answers);
  g_hash_table_remove_all (self->sets);
  for (guint i = 0; i < sets->len; i++)
    add_set (self, sets->pdata[i]);
  g_signal_emit (self, loaded_signal, 0);
}

static void
lift_plan_review_dispose (GObject *object)
{
  LiftPlanReview *self = LIFT_PLAN_REVIEW (object);

  if (self->watch != NULL)
    lift_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->sets, g_hash_table_unref);
  g_clear_pointer (&self->plan_id, g_free);
  G_OBJECT_CLASS (lift_plan_review_parent_class)->dispose (object);
}

static void
lift_plan_review_class_init (LiftPlanReviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lift_plan_review_dispose;
  loaded_signal = g_signal_new ("loaded", LIFT_TYPE_PLAN_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
lift_plan_review_init (LiftPlanReview *self)
{
  self->sets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) review_set_free);
}

/**
 * lift_plan_review_new:
 *
 * Returns: (transfer full): the review, which begins to read at once
 */
LiftPlanReview *
lift_plan_review_new (LiftStore *store, const char *plan_id)
{
  LiftPlanReview *self = g_object_new (LIFT_TYPE_PLAN_REVIEW, NULL);

  self->plan_id = g_strdup (plan_id);
  self->watch = lift_watch_new (store, ask, take, self);
  lift_watch_reload (self->watch);
  return self;
}

static GPtrArray *
get_rows (LiftPlanReview *self, guint rows)
{
  return self->answers != NULL ? self->answers->pdata[rows] : NULL;
}

/**
 * lift_plan_review_get_session:
 *
 * Returns: (transfer none) (nullable): the last session that followed the plan
 */
LiftTrainingSession *
lift_plan_review_get_session (LiftPlanReview *self)
{
  GPtrArray *sessions = get_rows (self, ROWS_SESSIONS);

  return sessions != NULL && sessions->len > 0 ? sessions->pdata[sessions->len - 1] : NULL;
}

/**
 * lift_plan_review_find_set:
 *
 * Returns: (transfer none) (nullable): what was done of a planned set; valid until the next reading
 */
const LiftReviewSet *
lift_plan_review_find_set (LiftPlanReview *self, const char *set_plan_id)
{
  return g_hash_table_lookup (self->sets, set_plan_id);
}

static void
add_part (GString *out, const char *part)
{
  if (out->len > 0)
    g_string_append (out, " · ");
  g_string_append (out, part);
}

/* Sets that were done beyond those that were planned. */
static GPtrArray *
dup_extra_sets (LiftPlanReview *self, const char *line_id)
{
  g_autoptr (GPtrArray)
    sets = lift_rows_select (get_rows (self, ROWS_DONE_SETS), "exerciseSessionId", line_id);
  GPtrArray *extra = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < sets->len; i++)
    {
      LiftSetSession *set = sets->pdata[i];

      if (lift_rows_find (get_rows (self, ROWS_SETS), set->set_plan_id) == NULL)
        g_ptr_array_add (extra, g_object_ref (set));
    }
  return extra;
}

static void
describe_line (LiftPlanReview *self, LiftExerciseSession *line, const char *unit, GString *out)
{
  g_autoptr (GPtrArray) extra = dup_extra_sets (self, LIFT_ENTITY (line)->id);
  g_autofree char *sets = lift_done_sets_print (extra, unit);
  g_autofree char *text = NULL;

  if (g_strcmp0 (line->status, "skipped") == 0)
    add_part (out, _ ("Skipped"));
  if (line->skip_reason != NULL)
    add_part (out, line->skip_reason);
  if (*sets != '\0')
    text = g_strdup_printf (_ ("More than planned: %s"), sets);
  if (text != NULL)
    add_part (out, text);
  if (line->notes != NULL)
    {
      g_autofree char *quoted = g_strdup_printf (_ ("“%s”"), line->notes);

      add_part (out, quoted);
    }
}

/**
 * lift_plan_review_dup_line_note:
 *
 * Returns: (transfer full): what else is to be said of a planned exercise: that it was skipped, sets
 *   beyond the plan, the athlete's note; empty for nothing
 */
char *
lift_plan_review_dup_line_note (LiftPlanReview *self,
                                const char *exercise_plan_id,
                                const char *unit)
{
  GString *out = g_string_new (NULL);
  GPtrArray *lines = get_rows (self, ROWS_DONE_LINES);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      LiftExerciseSession *line = lines->pdata[i];

      if (g_strcmp0 (line->exercise_plan_id, exercise_plan_id) == 0)
        describe_line (self, line, unit, out);
    }
  return g_string_free (out, FALSE);
}

static char *
describe_unplanned (LiftPlanReview *self, LiftExerciseSession *line, const char *unit)
{
  LiftExercise *exercise = lift_rows_find (get_rows (self, ROWS_EXERCISES), line->exercise_id);
  const char *name = exercise != NULL ? exercise->name : line->exercise_name_snapshot;
  g_autoptr (GPtrArray) sets = lift_rows_select (get_rows (self, ROWS_DONE_SETS),
                                                 "exerciseSessionId", LIFT_ENTITY (line)->id);
  g_autofree char *text = lift_done_sets_print (sets, unit);

  /* Translators: an exercise that was not planned, and the sets: "Unplanned: Leg Curl 3×12 35". */
  return g_strdup_printf (_ ("Unplanned: %s %s"), name != NULL ? name : _ ("Exercise"), text);
}

/**
 * lift_plan_review_dup_unplanned:
 *
 * Returns: (transfer full) (element-type utf8): what was done that was not planned, a line each
 */
GPtrArray *
lift_plan_review_dup_unplanned (LiftPlanReview *self, const char *unit)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *lines = get_rows (self, ROWS_DONE_LINES);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      LiftExerciseSession *line = lines->pdata[i];

      if (lift_rows_find (get_rows (self, ROWS_LINES), line->exercise_plan_id) == NULL)
        g_ptr_array_add (found, describe_unplanned (self, line, unit));
    }
  return found;
}

/**
 * lift_plan_review_get_body_weight:
 *
 * Returns: what the athlete weighed at the session or on its day, in kg, or NaN
 */
double
lift_plan_review_get_body_weight (LiftPlanReview *self)
{
  LiftTrainingSession *session = lift_plan_review_get_session (self);
  GPtrArray *weights = get_rows (self, ROWS_WEIGHTS);

  if (session != NULL && !isnan (session->body_weight))
    return session->body_weight;
  for (guint i = 0; session != NULL && i < weights->len; i++)
    {
      LiftBodyWeightEntry *entry = weights->pdata[i];

      if (g_strcmp0 (entry->measurement_date, session->session_date) == 0)
        return entry->weight;
    }
  return NAN;
}

static guint
count_done (LiftPlanReview *self)
{
  return lift_done_sets_count (get_rows (self, ROWS_DONE_SETS));
}

static guint
count_planned (LiftPlanReview *self)
{
  return lift_done_sets_count_planned (get_rows (self, ROWS_SETS), get_rows (self, ROWS_DONE_SETS));
}

/**
 * lift_plan_review_get_compliance:
 * @today: the day that it is
 * @percent: (out): counted sets done of planned, or NaN
 *
 * Returns: how the plan came out
 */
LiftCompliance
lift_plan_review_get_compliance (LiftPlanReview *self, LiftDay today, double *percent)
{
  GPtrArray *plans = get_rows (self, ROWS_PLAN);
  LiftDay day = 0;

  *percent = NAN;
  if (plans == NULL || plans->len == 0 ||
      !lift_day_parse (((LiftTrainingPlan *) plans->pdata[0])->date, &day))
    return LIFT_COMPLIANCE_NONE;
  *percent = lift_compliance_get_percent (count_done (self), count_planned (self));
  return lift_compliance_from_percent (*percent, day < today);
}

/**
 * lift_plan_review_dup_counts:
 *
 * Returns: (transfer full): what the percentage stands for, "7 of 6 sets"; empty before anything is
 *   read and where nothing was planned
 */
char *
lift_plan_review_dup_counts (LiftPlanReview *self)
{
  if (self->answers == NULL || count_planned (self) == 0)
    return g_strdup ("");
  return lift_done_sets_describe_counts (count_done (self), count_planned (self));
}
