/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-exercise.h"

G_BEGIN_DECLS

guint lift_exercise_search_rank (LiftExercise *exercise, const char *folded);
char *lift_exercise_describe (LiftExercise *exercise);

G_END_DECLS
