/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-compliance.h"
#include "lift-desk.h"
#include "lift-training-plan.h"
#include "lift-training-session.h"

G_BEGIN_DECLS

/**
 * LiftWeekLine:
 * @name: of the exercise, with its variants: "Back Squat · pause"
 * @sets: as briefly as they are typed: `3×5 100 @8`
 */
typedef struct
{
  char *name;
  char *sets;
} LiftWeekLine;

/**
 * LiftWeekItem:
 * @day: when
 * @plan: (nullable): the plan; %NULL for a session that followed none
 * @session: (nullable): what was done
 * @lines: (element-type LiftWeekLine): the exercises, planned or done
 * @n_sets: all sets, planned or done
 * @compliance: how it came out
 * @percent: counted sets done of planned, or NaN
 * @n_done: the sets that @percent counts as done
 * @n_planned: the sets that @percent counts as planned
 *
 * A plan of the week, or a session without one.
 */
typedef struct
{
  LiftDay day;
  LiftTrainingPlan *plan;
  LiftTrainingSession *session;
  GPtrArray *lines;
  guint n_sets;
  LiftCompliance compliance;
  double percent;
  guint n_done;
  guint n_planned;
} LiftWeekItem;

const char *lift_week_item_get_id (const LiftWeekItem *self);
const char *lift_week_item_get_name (const LiftWeekItem *self);
const char *lift_week_item_get_status (const LiftWeekItem *self);
char *lift_week_item_dup_done (const LiftWeekItem *self);
char *lift_week_item_dup_counts (const LiftWeekItem *self);

#define LIFT_TYPE_WEEK (lift_week_get_type ())
G_DECLARE_FINAL_TYPE (LiftWeek, lift_week, LIFT, WEEK, GObject)

/**
 * LiftWeek:
 *
 * Seven days of one athlete: the plans with what is in them and what came of them, read off the
 * main thread and kept up with the store. Signal `loaded` after each reading.
 */
LiftWeek *lift_week_new (LiftDesk *desk);
void lift_week_show (LiftWeek *self, const char *athlete_id, LiftDay start);
const char *lift_week_get_athlete_id (LiftWeek *self);
LiftDay lift_week_get_start (LiftWeek *self);
gboolean lift_week_is_loaded (LiftWeek *self);
GPtrArray *lift_week_select_day (LiftWeek *self, LiftDay day);

char *lift_week_dup_title (LiftDay start);
LiftBatch *lift_week_add_plan (LiftWeek *self, LiftDay day, const char *name, char **id);
LiftBatch *lift_week_delete_plan (LiftTrainingPlan *plan);

G_END_DECLS
