/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-store.h"
#include "lift-training-plan.h"
#include "lift-training-session.h"

G_BEGIN_DECLS

/**
 * LiftAgendaItem:
 * @session: (nullable): the session that follows the plan, if there is one
 * @summary: its exercises in words, "Back Squat, Leg Curl"
 */
typedef struct
{
  LiftTrainingPlan *plan;
  LiftTrainingSession *session;
  char *summary;
  guint n_sets;
} LiftAgendaItem;

/**
 * LiftAgenda:
 * @today: (element-type LiftAgendaItem): the plans of this day
 * @upcoming: (element-type LiftAgendaItem): those of the next days
 * @open: (nullable): the session that is in progress
 *
 * What an athlete is to do, as it was at one moment.
 */
typedef struct
{
  GPtrArray *today;
  GPtrArray *upcoming;
  LiftTrainingSession *open;
} LiftAgenda;

void lift_agenda_free (LiftAgenda *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftAgenda, lift_agenda_free)

void lift_agenda_load_async (LiftStore *store,
                             const char *athlete_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
LiftAgenda *lift_agenda_load_finish (LiftStore *store, GAsyncResult *result, GError **error);
gboolean lift_agenda_is_touched_by (LiftChanges *changes);

G_END_DECLS
