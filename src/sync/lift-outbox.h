/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-store-writer.h"

G_BEGIN_DECLS

/*
 * LiftFlight:
 * @mutation: its number
 * @info: (nullable): %NULL for a type that this version does not know
 * @sent: what was pending when it was collected, as JSON
 * @body: the row as it is sent, as JSON, without its number
 *
 * A row that was given a number and may have been sent. It stays until the server has answered for
 * it, so that after a crash the same number goes again with the same body.
 */
typedef struct
{
  gint64 mutation;
  char *type;
  const LiftEntityInfo *info;
  char *id;
  char *sent;
  char *body;
} LiftFlight;

/*
 * LiftBatchLimit:
 *
 * How much goes in one request.
 */
typedef struct
{
  guint rows;
  gsize bytes;
} LiftBatchLimit;

void lift_flight_free (LiftFlight *self);
gboolean lift_outbox_has_due (LiftDatabase *database, gint64 now, gboolean *due, GError **error);
gboolean lift_outbox_collect (LiftStoreWriter *writer,
                              const LiftBatchLimit *limit,
                              gint64 now,
                              guint *collected,
                              GError **error);
GPtrArray *lift_outbox_list (
  LiftDatabase *database, gint64 after, const LiftBatchLimit *limit, gint64 now, GError **error);
LiftFlight *
lift_outbox_find (LiftDatabase *database, const char *type, const char *id, GError **error);
gboolean lift_outbox_remove (LiftDatabase *database, gint64 mutation, GError **error);
gboolean lift_outbox_realign (LiftStoreWriter *writer, gint64 last, GError **error);
gint64 lift_outbox_get_last_mutation (LiftStoreWriter *writer);
gboolean lift_outbox_set_last_mutation (LiftStoreWriter *writer, gint64 mutation, GError **error);
gboolean lift_outbox_count_dirty (LiftDatabase *database, gint64 *count, GError **error);
GBytes *lift_outbox_write_request (GPtrArray *flights,
                                   const char *device_id,
                                   gint64 first,
                                   const char *epoch);

G_END_DECLS
