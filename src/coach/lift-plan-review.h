/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-compliance.h"
#include "lift-day.h"
#include "lift-set-session.h"
#include "lift-store.h"
#include "lift-training-session.h"

G_BEGIN_DECLS

#define LIFT_TYPE_PLAN_REVIEW (lift_plan_review_get_type ())
G_DECLARE_FINAL_TYPE (LiftPlanReview, lift_plan_review, LIFT, PLAN_REVIEW, GObject)

/**
 * LiftReviewSet:
 * @set: what was done
 * @done: it in words: `5 × 102.5 kg @8.5`
 * @deviation: how it differs from the target, `+2.5 kg · RPE +0.5`; empty if as planned
 * @compliance: how much of what was asked for
 *
 * What was done of one planned set.
 */
typedef struct
{
  LiftSetSession *set;
  char *done;
  char *deviation;
  LiftCompliance compliance;
} LiftReviewSet;

/**
 * LiftPlanReview:
 *
 * What an athlete did of one plan, read off the main thread and kept up with the store. Signal
 * `loaded` after each reading.
 */
LiftPlanReview *lift_plan_review_new (LiftStore *store, const char *plan_id);
LiftTrainingSession *lift_plan_review_get_session (LiftPlanReview *self);
const LiftReviewSet *lift_plan_review_find_set (LiftPlanReview *self, const char *set_plan_id);
char *lift_plan_review_dup_line_note (LiftPlanReview *self,
                                      const char *exercise_plan_id,
                                      const char *unit);
GPtrArray *lift_plan_review_dup_unplanned (LiftPlanReview *self, const char *unit);
double lift_plan_review_get_body_weight (LiftPlanReview *self);
LiftCompliance
lift_plan_review_get_compliance (LiftPlanReview *self, LiftDay today, double *percent);
char *lift_plan_review_dup_counts (LiftPlanReview *self);

G_END_DECLS
