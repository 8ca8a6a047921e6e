/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-plan-line.h"
#include "lift-quick-entry.h"
#include "lift-set-plan.h"
#include "lift-store.h"
#include "lift-training-plan.h"

G_BEGIN_DECLS

#define LIFT_TYPE_PLAN_DOCUMENT (lift_plan_document_get_type ())
G_DECLARE_FINAL_TYPE (LiftPlanDocument, lift_plan_document, LIFT, PLAN_DOCUMENT, GObject)

/**
 * LiftPlanDocument:
 *
 * One plan with all that is in it, read off the main thread and kept up with the store. Property
 * `plan` (LiftTrainingPlan, %NULL before the first answer and once it was deleted); signal
 * `loaded` after each reading. It writes nothing: edits are made as a [struct@Batch] for the
 * application to commit, so that each can be undone.
 */
LiftPlanDocument *lift_plan_document_new (LiftStore *store, const char *plan_id);
const char *lift_plan_document_get_id (LiftPlanDocument *self);
LiftTrainingPlan *lift_plan_document_get_plan (LiftPlanDocument *self);
GListModel *lift_plan_document_get_lines (LiftPlanDocument *self);

/* Each returns a batch of its own, with a label for the undo menu. */
LiftBatch *lift_plan_document_edit (LiftPlanDocument *self,
                                    const char *label,
                                    const char *property,
                                    ...) G_GNUC_NULL_TERMINATED;
LiftBatch *lift_plan_document_delete (LiftPlanDocument *self);
LiftBatch *lift_plan_document_add_line (LiftPlanDocument *self,
                                        LiftExercise *exercise,
                                        GPtrArray *variants,
                                        char **id);
LiftBatch *lift_plan_document_edit_line (LiftPlanDocument *self,
                                         LiftPlanLine *line,
                                         const char *label,
                                         const char *property,
                                         ...) G_GNUC_NULL_TERMINATED;
LiftBatch *lift_plan_document_remove_line (LiftPlanDocument *self, LiftPlanLine *line);
LiftBatch *
lift_plan_document_move_line (LiftPlanDocument *self, LiftPlanLine *line, guint position);
LiftBatch *
lift_plan_document_set_variants (LiftPlanDocument *self, LiftPlanLine *line, GPtrArray *variants);
LiftBatch *lift_plan_document_change_exercise (LiftPlanDocument *self,
                                               LiftPlanLine *line,
                                               LiftExercise *exercise,
                                               GPtrArray *variants);
LiftBatch *lift_plan_document_set_sets (LiftPlanDocument *self,
                                        LiftPlanLine *line,
                                        const LiftQuickEntry *entry);
LiftBatch *
lift_plan_document_edit_set (LiftPlanDocument *self, LiftSetPlan *set, LiftSetPlan *changed);
LiftBatch *lift_plan_document_add_set (LiftPlanDocument *self, LiftPlanLine *line);
LiftBatch *
lift_plan_document_remove_set (LiftPlanDocument *self, LiftPlanLine *line, LiftSetPlan *set);

G_END_DECLS
