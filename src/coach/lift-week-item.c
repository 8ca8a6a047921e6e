/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-week-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lift-done-sets.h"
#include "lift-entities.h"
#include "lift-plan-sets.h"
#include "lift-rows.h"

static void
line_free (LiftWeekLine *line)
{
  g_free (line->name);
  g_free (line->sets);
  g_free (line);
}

void
lift_week_item_free (LiftWeekItem *self)
{
  g_clear_object (&self->plan);
  g_clear_object (&self->session);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static LiftWeekItem *
item_new (LiftDay day)
{
  LiftWeekItem *self = g_new0 (LiftWeekItem, 1);

  self->day = day;
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  return self;
}

static void
append_variants (GString *out, GPtrArray *joins, GPtrArray *variants)
{
  const char *separator = " · ";

  /* By name, however the rows that attach them came. */
  for (guint i = 0; i < variants->len; i++)
    {
      const char *id = LIFT_ENTITY (variants->pdata[i])->id;
      g_autoptr (GPtrArray) found = lift_rows_select (joins, "variantId", id);

      if (found->len == 0)
        continue;
      g_string_append_printf (out, "%s%s", separator, ((LiftVariant *) variants->pdata[i])->name);
      separator = ", ";
    }
}

/* @joins: (transfer full): which variants of these the exercise has */
static void
add_line (
  LiftWeekItem *self, const char *exercise, GPtrArray *joins, GPtrArray *variants, char *sets)
{
  LiftWeekLine *line = g_new0 (LiftWeekLine, 1);
  GString *name = g_string_new (exercise != NULL ? exercise : _ ("Exercise"));

  append_variants (name, joins, variants);
  g_ptr_array_unref (joins);
  line->name = g_string_free (name, FALSE);
  line->sets = lift_plan_sets_beautify (sets);
  g_ptr_array_add (self->lines, line);
}

static void
append_all (GPtrArray *to, GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_object_ref (from->pdata[i]));
}

static GPtrArray *
select_done_sets (const char *session_id, GPtrArray *answers)
{
  g_autoptr (GPtrArray) lines = lift_rows_select (answers->pdata[WEEK_PLAN_DONE_LINES],
                                                  "trainingSessionId", session_id);
  GPtrArray *sets = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (GPtrArray)
        some = lift_rows_select (answers->pdata[WEEK_PLAN_DONE_SETS], "exerciseSessionId",
                                 LIFT_ENTITY (lines->pdata[i])->id);

      append_all (sets, some);
    }
  return sets;
}

static const char *
find_name (GPtrArray *answers, const char *exercise_id, const char *fallback)
{
  LiftExercise *exercise = lift_rows_find (answers->pdata[WEEK_EXERCISES], exercise_id);

  return exercise != NULL ? exercise->name : fallback;
}

static GListStore *
list_of (GPtrArray *rows)
{
  GListStore *list = g_list_store_new (LIFT_TYPE_ENTITY);

  g_list_store_splice (list, 0, 0, rows->pdata, rows->len);
  return list;
}

static GPtrArray *
add_planned_lines (LiftWeekItem *self, GPtrArray *answers, const char *unit)
{
  g_autoptr (GPtrArray) lines = lift_rows_select (answers->pdata[WEEK_LINES], "trainingPlanId",
                                                  LIFT_ENTITY (self->plan)->id);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < lines->len; i++)
    {
      LiftExercisePlan *line = lines->pdata[i];
      g_autoptr (GPtrArray) sets = lift_rows_select (answers->pdata[WEEK_SETS], "exercisePlanId",
                                                     LIFT_ENTITY (line)->id);
      g_autoptr (GListStore) list = list_of (sets);

      add_line (
        self, find_name (answers, line->exercise_id, NULL),
        lift_rows_select (answers->pdata[WEEK_JOINS], "exercisePlanId", LIFT_ENTITY (line)->id),
        answers->pdata[WEEK_VARIANTS], lift_plan_sets_print (G_LIST_MODEL (list), unit));
      append_all (all, sets);
    }
  return all;
}

static LiftTrainingSession *
find_session (GPtrArray *sessions, const char *plan_id)
{
  for (guint i = sessions->len; i > 0; i--)
    {
      LiftTrainingSession *session = sessions->pdata[i - 1];

      if (g_strcmp0 (session->training_plan_id, plan_id) == 0)
        return session;
    }
  return NULL;
}

/* What a plan asks for and what came of it. */
LiftWeekItem *
lift_week_item_new_plan (LiftTrainingPlan *plan, GPtrArray *answers, LiftDesk *desk)
{
  const char *id = LIFT_ENTITY (plan)->id;
  LiftTrainingSession *session = find_session (answers->pdata[WEEK_PLAN_SESSIONS], id);
  LiftWeekItem *self = item_new (0);
  g_autoptr (GPtrArray) planned = NULL;
  g_autoptr (GPtrArray) done = NULL;

  lift_day_parse (plan->date, &self->day);
  self->plan = g_object_ref (plan);
  g_set_object (&self->session, session);
  planned = add_planned_lines (self, answers, lift_desk_get_unit (desk));
  done = session != NULL ? select_done_sets (LIFT_ENTITY (session)->id, answers)
                         : g_ptr_array_new ();
  self->n_sets = planned->len;
  self->n_done = lift_done_sets_count (done);
  self->n_planned = lift_done_sets_count_planned (planned, done);
  self->percent = lift_compliance_get_percent (self->n_done, self->n_planned);
  self->compliance = lift_compliance_from_percent (self->percent,
                                                   self->day < lift_desk_get_today (desk));
  return self;
}

/* What was done without a plan. */
LiftWeekItem *
lift_week_item_new_session (LiftTrainingSession *session, GPtrArray *answers, LiftDesk *desk)
{
  LiftWeekItem *self = item_new (0);
  g_autoptr (GPtrArray) lines = lift_rows_select (answers->pdata[WEEK_DONE_LINES],
                                                  "trainingSessionId", LIFT_ENTITY (session)->id);

  lift_day_parse (session->session_date, &self->day);
  self->session = g_object_ref (session);
  self->percent = NAN;
  for (guint i = 0; i < lines->len; i++)
    {
      LiftExerciseSession *line = lines->pdata[i];
      g_autoptr (GPtrArray) sets = lift_rows_select (answers->pdata[WEEK_DONE_SETS],
                                                     "exerciseSessionId", LIFT_ENTITY (line)->id);

      add_line (self, find_name (answers, line->exercise_id, line->exercise_name_snapshot),
                lift_rows_select (answers->pdata[WEEK_DONE_JOINS], "exerciseSessionId",
                                  LIFT_ENTITY (line)->id),
                answers->pdata[WEEK_VARIANTS],
                lift_done_sets_print (sets, lift_desk_get_unit (desk)));
      self->n_sets += lift_done_sets_count (sets);
    }
  return self;
}

/**
 * lift_week_item_get_id:
 *
 * Returns: the id of the plan, else of the session
 */
const char *
lift_week_item_get_id (const LiftWeekItem *self)
{
  return self->plan != NULL ? LIFT_ENTITY (self->plan)->id : LIFT_ENTITY (self->session)->id;
}

/**
 * lift_week_item_get_name:
 *
 * Returns: what it is called
 */
const char *
lift_week_item_get_name (const LiftWeekItem *self)
{
  if (self->plan != NULL)
    return self->plan->name;
  return self->session->name != NULL ? self->session->name : _ ("Session");
}

/**
 * lift_week_item_get_status:
 *
 * Returns: (transfer none): whether the athlete sees the plan, in words
 */
const char *
lift_week_item_get_status (const LiftWeekItem *self)
{
  if (self->plan == NULL)
    return _ ("Unplanned");
  if (g_strcmp0 (self->plan->status, "draft") == 0)
    return _ ("Draft");
  if (g_strcmp0 (self->plan->status, "cancelled") == 0)
    return _ ("Cancelled");
  return _ ("Published");
}

/**
 * lift_week_item_dup_done:
 *
 * Returns: (transfer full): `✓ 102 %`, `✗ missed`; empty where there is nothing to say yet
 */
char *
lift_week_item_dup_done (const LiftWeekItem *self)
{
  if (self->plan == NULL || self->compliance == LIFT_COMPLIANCE_NONE ||
      self->compliance == LIFT_COMPLIANCE_OPEN ||
      (self->compliance == LIFT_COMPLIANCE_MISSED &&
       g_strcmp0 (self->plan->status, "published") != 0))
    return g_strdup ("");
  return lift_compliance_describe (self->compliance, self->percent);
}

/**
 * lift_week_item_dup_counts:
 *
 * Returns: (transfer full): what the percentage stands for, "7 of 6 sets"; empty where
 *   lift_week_item_dup_done() has none
 */
char *
lift_week_item_dup_counts (const LiftWeekItem *self)
{
  g_autofree char *done = lift_week_item_dup_done (self);

  if (*done == '\0' || self->compliance == LIFT_COMPLIANCE_MISSED)
    return g_strdup ("");
  return lift_done_sets_describe_counts (self->n_done, self->n_planned);
}
