/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-workout.h"

G_BEGIN_DECLS

char *lift_workout_label (LiftWorkout *self, guint index);
char *lift_set_label (int ordinal);

G_END_DECLS
