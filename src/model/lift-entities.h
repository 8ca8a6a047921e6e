/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* All fourteen, in alphabetical order. */
#include "lift-athlete.h"
#include "lift-body-weight-entry.h"
#include "lift-coach.h"
#include "lift-exercise.h"
#include "lift-exercise-plan.h"
#include "lift-exercise-plan-variant.h"
#include "lift-exercise-session.h"
#include "lift-exercise-session-variant.h"
#include "lift-set-plan.h"
#include "lift-set-session.h"
#include "lift-training-plan.h"
#include "lift-training-session.h"
#include "lift-user.h"
#include "lift-variant.h"
