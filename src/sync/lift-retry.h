/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-database.h"

G_BEGIN_DECLS

/* 16 minutes. A next_retry_at further ahead than this can only come from a clock that was wrong. */
#define LIFT_RETRY_HORIZON_SQL "960000000"
#define LIFT_RETRY_MAX 5

/* Holds for a row `t` of the type that the SQL @type names unless a failure holds it back; the
 * parameters are those of @type, the wall time, and again the wall time. */
#define LIFT_RETRY_IS_DUE_SQL(type) \
  "NOT EXISTS (SELECT 1 FROM failure x WHERE x.type = " type " AND x.id = t.id AND " \
  "(x.next_retry_at IS NULL OR (x.next_retry_at > ? AND " \
  "x.next_retry_at <= ? + " LIFT_RETRY_HORIZON_SQL ")))"

/*
 * LiftRefusal:
 * @errors: (nullable): what is wrong, as the server said it
 * @retryable: whether it may be right later, unchanged
 *
 * Why a row was not taken.
 */
typedef struct
{
  JsonArray *errors;
  gboolean retryable;
} LiftRefusal;

gint64 lift_retry_get_delay (guint retry_count);
gboolean lift_retry_record (LiftDatabase *database,
                            const char *type,
                            const char *id,
                            const LiftRefusal *refusal,
                            gint64 now,
                            GError **error);
gboolean lift_retry_hold (LiftDatabase *database,
                          const char *type,
                          const char *id,
                          const LiftRefusal *refusal,
                          gint64 now,
                          GError **error);
gboolean
lift_retry_clear (LiftDatabase *database, const char *type, const char *id, GError **error);
gboolean lift_retry_release_children (LiftDatabase *database,
                                      const LiftEntityInfo *info,
                                      const char *id,
                                      GError **error);
gboolean lift_retry_release_naming (LiftDatabase *database, const char *ids, GError **error);
gboolean lift_retry_get_next (LiftDatabase *database, gint64 now, gint64 *delay, GError **error);

G_END_DECLS
