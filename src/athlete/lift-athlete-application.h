/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-application.h"

G_BEGIN_DECLS

#define LIFT_TYPE_ATHLETE_APPLICATION (lift_athlete_application_get_type ())
G_DECLARE_FINAL_TYPE (
  LiftAthleteApplication, lift_athlete_application, LIFT, ATHLETE_APPLICATION, LiftApplication)

LiftAthleteApplication *lift_athlete_application_new (void);

G_END_DECLS
