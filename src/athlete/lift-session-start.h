/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-training-plan.h"
#include "lift-training-session.h"
#include "lift-undo.h"

G_BEGIN_DECLS

void lift_session_start_async (LiftStore *store,
                               LiftUndo *undo,
                               const char *athlete_id,
                               LiftTrainingPlan *plan,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
LiftTrainingSession *lift_session_start_finish (GAsyncResult *result, GError **error);

G_END_DECLS
