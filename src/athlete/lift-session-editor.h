/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-exercise-picker.h"
#include "lift-undo.h"
#include "lift-workout.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SESSION_EDITOR (lift_session_editor_get_type ())
G_DECLARE_FINAL_TYPE (LiftSessionEditor, lift_session_editor, LIFT, SESSION_EDITOR, GObject)

/**
 * LiftSessionEditor:
 *
 * The writes of a session page. Each goes through the store's door at once; what a person decided
 * can be undone, what is only being typed is saved without a step of its own.
 *
 * Signals: `done` (string): worth a toast with undo; `failed` (GError); `settled`: no write is
 * under way any more. Main thread.
 */
LiftSessionEditor *
lift_session_editor_new (LiftStore *store, LiftUndo *undo, const char *athlete_id);

LiftStore *lift_session_editor_get_store (LiftSessionEditor *self);
gboolean lift_session_editor_is_writing (LiftSessionEditor *self);

LiftSetSession *lift_session_editor_log_set (LiftSessionEditor *self,
                                             LiftSetSession *set,
                                             const LiftSetValues *values,
                                             LiftMeasure measure);
LiftSetSession *lift_session_editor_unlog_set (LiftSessionEditor *self, LiftSetSession *set);
LiftSetSession *lift_session_editor_save_draft (LiftSessionEditor *self,
                                                LiftSetSession *set,
                                                const LiftSetValues *values,
                                                LiftMeasure measure);
void lift_session_editor_add_set (LiftSessionEditor *self,
                                  LiftExerciseSession *exercise,
                                  GPtrArray *sets);
void lift_session_editor_delete_set (LiftSessionEditor *self, LiftSetSession *set);
void lift_session_editor_add_exercise (LiftSessionEditor *self,
                                       LiftWorkout *workout,
                                       LiftExerciseChoice *choice);
void lift_session_editor_set_variants (LiftSessionEditor *self,
                                       LiftExerciseSession *exercise,
                                       GPtrArray *joins,
                                       GPtrArray *variants);
void lift_session_editor_delete_exercise (LiftSessionEditor *self, LiftExerciseSession *exercise);

void lift_session_editor_set_text (LiftSessionEditor *self, LiftEntity *entity, const char *notes);
void lift_session_editor_set_session_rpe (LiftSessionEditor *self,
                                          LiftTrainingSession *session,
                                          double rpe);
void lift_session_editor_set_body_weight (LiftSessionEditor *self,
                                          LiftWorkout *workout,
                                          double kg,
                                          const char *unit);
void
lift_session_editor_finish (LiftSessionEditor *self, LiftTrainingSession *session, guint n_open);
void lift_session_editor_delete (LiftSessionEditor *self, LiftTrainingSession *session);

G_END_DECLS
