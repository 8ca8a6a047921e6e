/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-set-row.h"

G_BEGIN_DECLS

#define LIFT_TYPE_EXERCISE_CARD (lift_exercise_card_get_type ())
G_DECLARE_FINAL_TYPE (LiftExerciseCard, lift_exercise_card, LIFT, EXERCISE_CARD, GtkBox)

/**
 * LiftExerciseCard:
 *
 * An exercise of a session: name, variants and cue, its sets, and notes. Signal `logged`
 * (LiftSetRow) as of the rows.
 */
GtkWidget *lift_exercise_card_new (LiftSessionEditor *editor, const char *unit);
void lift_exercise_card_update (LiftExerciseCard *self,
                                LiftWorkoutExercise *exercise,
                                const char *label);
void lift_exercise_card_set_narrow (LiftExerciseCard *self, gboolean narrow);
const char *lift_exercise_card_get_id (LiftExerciseCard *self);
const char *lift_exercise_card_get_group (LiftExerciseCard *self);
GPtrArray *lift_exercise_card_get_rows (LiftExerciseCard *self);

G_END_DECLS
