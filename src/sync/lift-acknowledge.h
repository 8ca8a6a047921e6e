/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-answers.h"
#include "lift-outbox.h"

G_BEGIN_DECLS

/*
 * LiftPushTally:
 * @realigned: the numbers of this device and of the server did not fit; nothing was acknowledged
 *
 * What became of a batch.
 */
typedef struct
{
  guint pushed;
  guint failed;
  gboolean realigned;
} LiftPushTally;

gboolean lift_acknowledge (LiftStoreWriter *writer,
                           GPtrArray *flights,
                           const LiftPushAnswer *answer,
                           gint64 now,
                           LiftPushTally *tally,
                           GError **error);
gboolean lift_acknowledge_refused (LiftStoreWriter *writer,
                                   const LiftFlight *flight,
                                   JsonArray *errors,
                                   gboolean retryable,
                                   gint64 now,
                                   GError **error);

gboolean lift_acknowledge_start_over (LiftStoreWriter *writer, gint64 last, GError **error);

G_END_DECLS
