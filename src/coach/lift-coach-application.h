/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-application.h"

G_BEGIN_DECLS

#define LIFT_TYPE_COACH_APPLICATION (lift_coach_application_get_type ())
G_DECLARE_FINAL_TYPE (
  LiftCoachApplication, lift_coach_application, LIFT, COACH_APPLICATION, LiftApplication)

LiftCoachApplication *lift_coach_application_new (void);

G_END_DECLS
