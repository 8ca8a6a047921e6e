/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_TRAINING_SESSION (lift_training_session_get_type ())
LIFT_DECLARE_ENTITY (LiftTrainingSession, lift_training_session, TRAINING_SESSION)

/**
 * LiftTrainingSession:
 *
 * One workout that was done, is being done, or was skipped.
 */
struct _LiftTrainingSession
{
  LiftEntity parent_instance;

  char *athlete_id;
  char *training_plan_id;
  char *session_date;
  char *notes;
  char *name;
  gint64 started_at;
  gint64 ended_at;
  const char *status;
  double body_weight;
  double session_rpe;
  char *source;
  char *source_key;
};

G_END_DECLS
