/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-answers.h"
#include "lift-history.h"
#include "lift-merge.h"
#include "lift-store-writer.h"

G_BEGIN_DECLS

/*
 * LiftPageContext:
 * @now: the wall time, to be shown
 * @seen: (nullable): set of `type/id`, filled while everything is pulled anew
 * @history: with @seen: the server's past
 * @restored: a server that does not tell its past has forgotten what it had acknowledged; it gets it
 *   again
 * @taken: counts rows that changed something here
 * @arrived: while a page is applied: a JSON array, without its end, of the ids of rows that the
 *   server was not known to have
 *
 * What goes with the pages of one pull.
 */
typedef struct
{
  gint64 now;
  GHashTable *seen;
  const LiftHistory *history;
  gboolean restored;
  guint taken;
  GString *arrived;
} LiftPageContext;

gboolean lift_page_apply (LiftStoreWriter *writer,
                          const LiftPullPage *page,
                          LiftPageContext *context,
                          GError **error);
gboolean lift_page_sweep (LiftStoreWriter *writer, LiftPageContext *context, GError **error);
gboolean
lift_page_replay_parked (LiftStoreWriter *writer, LiftPageContext *context, GError **error);
GPtrArray *
lift_page_list_ids (LiftDatabase *database, const char *sql, const char *value, GError **error);
gboolean
lift_page_unpark (LiftStoreWriter *writer, const char *type, const char *id, GError **error);
void lift_page_keep_lost (LiftStoreWriter *writer,
                          LiftEntity *local,
                          const LiftWireRow *server,
                          LiftPageContext *context,
                          GPtrArray *losses);
gboolean lift_page_unpack_extra (LiftStoreWriter *writer, GError **error);
gboolean lift_page_keep_missing (LiftStoreWriter *writer, LiftEntity *row, GError **error);
typedef gboolean (*LiftPageGoneFunc) (LiftEntity *row, gpointer user_data);
gboolean lift_page_keep_parents (LiftStoreWriter *writer,
                                 LiftPageGoneFunc is_gone,
                                 gpointer user_data,
                                 GError **error);
gboolean lift_page_forget (LiftStoreWriter *writer,
                           const char *athlete_id,
                           gint64 purged_until,
                           GError **error);
gboolean lift_page_revoke (LiftStoreWriter *writer,
                           const char *athlete_id,
                           LiftPageContext *context,
                           GError **error);

G_END_DECLS
