/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-exercise.h"
#include "lift-store.h"

G_BEGIN_DECLS

#define LIFT_TYPE_EXERCISE_PICKER (lift_exercise_picker_get_type ())
G_DECLARE_FINAL_TYPE (LiftExercisePicker, lift_exercise_picker, LIFT, EXERCISE_PICKER, AdwBin)

/**
 * LiftExercisePicker:
 *
 * A search entry over the names and aliases of exercises, with the list of what fits; typing,
 * arrows and Enter are enough. It may stand in a popover or a window; see
 * lift_exercise_picker_choose_async() for a window that does the whole job.
 *
 * Signals: `picked` (LiftExercise); `cancelled` on Escape. Property `search` (string).
 */
GtkWidget *lift_exercise_picker_new (LiftStore *store);
void lift_exercise_picker_set_search (LiftExercisePicker *self, const char *text);
/* Lets the person make an exercise of that owner where the name typed is not in the list. */
void lift_exercise_picker_set_owner (LiftExercisePicker *self,
                                     const char *coach_id,
                                     const char *athlete_id);

/**
 * LiftExerciseChoice:
 * @exercise: what was picked
 * @variants: (element-type LiftVariant): how it is done; empty for plain
 *
 * What the person chose. Rows that are new are in the store already.
 */
typedef struct
{
  LiftExercise *exercise;
  GPtrArray *variants;
} LiftExerciseChoice;

void lift_exercise_choice_free (LiftExerciseChoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftExerciseChoice, lift_exercise_choice_free)

/* A modal window over @parent: an exercise first, then, where @coach_id is given, its variants.
 * @coach_id, @athlete_id: (nullable): who owns what is made new; variants belong to coaches. */
void lift_exercise_picker_choose_async (GtkWidget *parent,
                                        LiftStore *store,
                                        const char *coach_id,
                                        const char *athlete_id,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
LiftExerciseChoice *lift_exercise_picker_choose_finish (GAsyncResult *result, GError **error);

/* Only the variants of an exercise that is there already. */
void lift_variant_picker_choose_async (GtkWidget *parent,
                                       LiftStore *store,
                                       LiftExercise *exercise,
                                       const char *const *chosen_ids,
                                       const char *coach_id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *lift_variant_picker_choose_finish (GAsyncResult *result, GError **error);

G_END_DECLS
