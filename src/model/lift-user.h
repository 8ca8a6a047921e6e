/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_USER (lift_user_get_type ())
LIFT_DECLARE_ENTITY (LiftUser, lift_user, USER)

/**
 * LiftUser:
 *
 * A sign-in. The password never syncs.
 */
struct _LiftUser
{
  LiftEntity parent_instance;

  char *email;
  char *name;
  const char *role;
  char *coach_id;
  char *locale;
  char *time_zone;
  const char *unit;
  gint64 first_day_of_week;
};

G_END_DECLS
