/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_ATHLETE (lift_athlete_get_type ())
LIFT_DECLARE_ENTITY (LiftAthlete, lift_athlete, ATHLETE)

/**
 * LiftAthlete:
 *
 * An athlete; without a user a paper athlete, whom the coach manages alone.
 */
struct _LiftAthlete
{
  LiftEntity parent_instance;

  char *user_id;
  char *coach_id;
  char *display_name;
  const char *sex;
  char *birth_date;
  double height_cm;
  const char *unit;
  double bar_weight;
  char *plates;
  double rounding;
  const char *status;
  double body_weight_goal;
  char *coach_note;
};

G_END_DECLS
