/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-server-private.h"

/* How far back a failure is kept for a device that asks again. */
#define KEPT_FAILURES 5000

/**
 * lift_server_device_load: (skip)
 * @last: (out): the newest number of the device that was taken; 0 for none
 */
gboolean
lift_server_device_load (LiftServerWork *work, gint64 *last, GError **error)
{
  if (!lift_server_get_int (work->connection, last, error,
                            "SELECT mutation FROM device WHERE user_id = ? AND id = ?", "ss",
                            work->user_id, work->device))
    return FALSE;
  *last = MAX (*last, 0);
  return TRUE;
}

/**
 * lift_server_device_store: (skip)
 */
gboolean
lift_server_device_store (LiftServerWork *work, gint64 last, GError **error)
{
  return lift_server_run (work->connection, error,
                          "INSERT INTO device (user_id, id, mutation) VALUES (?, ?, ?)"
                          " ON CONFLICT (user_id, id) DO UPDATE SET mutation = excluded.mutation",
                          "ssi", work->user_id, work->device, last) &&
         lift_server_run (work->connection, error,
                          "DELETE FROM failure WHERE user_id = ? AND device = ? AND mutation < ?",
                          "ssi", work->user_id, work->device, last - KEPT_FAILURES);
}

/**
 * lift_server_device_add_failure: (skip)
 * @failure: the answer, as JSON
 */
gboolean
lift_server_device_add_failure (LiftServerWork *work,
                                gint64 mutation,
                                const char *failure,
                                GError **error)
{
  return lift_server_run (work->connection, error,
                          "INSERT INTO failure (user_id, device, mutation, answer)"
                          " VALUES (?, ?, ?, ?)",
                          "ssis", work->user_id, work->device, mutation, failure);
}

/**
 * lift_server_device_find_failure: (skip)
 * @failure: (out) (nullable) (transfer full): what was answered the first time, if it was a failure
 */
gboolean
lift_server_device_find_failure (LiftServerWork *work,
                                 gint64 mutation,
                                 char **failure,
                                 GError **error)
{
  return lift_server_dup_text (work->connection, failure, error,
                               "SELECT answer FROM failure WHERE user_id = ? AND device = ?"
                               " AND mutation = ?",
                               "ssi", work->user_id, work->device, mutation);
}
