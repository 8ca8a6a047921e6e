/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_EXERCISE (lift_exercise_get_type ())
LIFT_DECLARE_ENTITY (LiftExercise, lift_exercise, EXERCISE)

/**
 * LiftExercise:
 *
 * An exercise of the built-in catalogue, of a coach, or of an athlete.
 */
struct _LiftExercise
{
  LiftEntity parent_instance;

  char *coach_id;
  char *athlete_id;
  char *name;
  char *description;
  char *category;
  char *aliases;
  char *primary_muscles;
  char *secondary_muscles;
  const char *equipment;
  const char *tracking;
  double body_weight_factor;
  gint64 is_unilateral;
  gint64 default_rest_seconds;
  char *video_url;
  gint64 archived_at;
};

G_END_DECLS
