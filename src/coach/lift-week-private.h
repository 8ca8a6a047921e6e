/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-week.h"

G_BEGIN_DECLS

/* The answers to the queries of a week, in their order. */
enum
{
  WEEK_PLANS,
  WEEK_LINES,
  WEEK_SETS,
  WEEK_PLAN_SESSIONS, /* that followed the plans, on whatever day */
  WEEK_PLAN_DONE_LINES,
  WEEK_PLAN_DONE_SETS,
  WEEK_SESSIONS, /* of these days, whatever they followed */
  WEEK_DONE_LINES,
  WEEK_DONE_SETS,
  WEEK_EXERCISES,
  WEEK_JOINS, /* ExercisePlanVariant */
  WEEK_DONE_JOINS,
  WEEK_VARIANTS,
};

LiftWeekItem *lift_week_item_new_plan (LiftTrainingPlan *plan, GPtrArray *answers, LiftDesk *desk);
LiftWeekItem *
lift_week_item_new_session (LiftTrainingSession *session, GPtrArray *answers, LiftDesk *desk);
void lift_week_item_free (LiftWeekItem *self);

G_END_DECLS
