/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-registry.h"
#include "lift-store-private.h"

static gboolean
add_count (LiftDatabase *database, const char *sql, guint *count, GError **error)
{
  gint64 value;

  if (!lift_database_get_int (database, &value, error, sql, ""))
    return FALSE;
  *count += value;
  return TRUE;
}

static gboolean
count_pending (LiftDatabase *database, guint *count, GError **error)
{
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s WHERE pending IS NOT NULL",
                                              lift_registry_get (i)->table);

      if (!add_count (database, sql, count, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_status (LiftDatabase *database, gpointer user_data, GError **error)
{
  LiftStoreStatus *status = user_data;

  return count_pending (database, &status->pending, error) &&
         add_count (database, "SELECT count (*) FROM failure WHERE next_retry_at IS NOT NULL",
                    &status->retrying, error) &&
         add_count (database, "SELECT count (*) FROM failure WHERE next_retry_at IS NULL",
                    &status->needs_attention, error) &&
         add_count (database,
                    "SELECT count (*) FROM conflict WHERE restored = 0 AND dismissed = 0 "
                    "AND kind IN ('conflict', 'setAside')",
                    &status->conflicts, error) &&
         add_count (database,
                    "SELECT count (*) FROM conflict WHERE restored = 0 AND dismissed = 0 "
                    "AND kind NOT IN ('conflict', 'setAside')",
                    &status->notes, error) &&
         add_count (database, "SELECT count (*) FROM parked", &status->parked, error) &&
         lift_database_get_int (
           database, &status->last_synced_at, error,
           "SELECT CAST (value AS INTEGER) FROM fact WHERE name = 'last_synced_at'", "");
}

/**
 * lift_store_get_status_sync:
 * @status: (out caller-allocates): the figures, all of one moment
 *
 * Counts what waits. The time of the last sync is the fact `last_synced_at`, in microseconds.
 *
 * Returns: whether they could be read
 */
gboolean
lift_store_get_status_sync (LiftStore *self, LiftStoreStatus *status, GError **error)
{
  *status = (LiftStoreStatus){ .last_synced_at = LIFT_INT_NULL };
  return lift_store_read_sync (self, read_status, status, error);
}

/**
 * lift_store_count_pending:
 * @path: the store of an account, also of one that is not in use
 * @clock: for the store
 *
 * Blocks; for workers.
 *
 * Returns: how many rows hold what the server has not; 0 where there is no store, or none that can
 *   be read: that is told when it is opened
 */
guint
lift_store_count_pending (const char *path, LiftClock *clock)
{
  LiftStoreStatus status = { 0 };
  g_autoptr (LiftStore) store = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return 0;
  store = lift_store_open_read_only (path, clock, NULL);
  /* One that an earlier version wrote is brought up to date. */
  if (store == NULL)
    store = lift_store_open (path, clock, NULL);
  return store != NULL && lift_store_get_status_sync (store, &status, NULL) ? status.pending : 0;
}

/* The book-keeping of each row must be what the sync can read. */
static gboolean
check_rows (LiftDatabase *database, const LiftEntityInfo *info, const char *path, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM %s WHERE "
    "(pending IS NOT NULL AND (NOT json_valid (pending) OR json_type (pending) <> 'object')) OR "
    "(base IS NOT NULL AND (NOT json_valid (base) OR json_type (base) <> 'object')) OR "
    "(held IS NOT NULL AND (NOT json_valid (held) OR json_type (held) <> 'object')) OR "
    "(extra IS NOT NULL AND (NOT json_valid (extra) OR json_type (extra) <> 'object')) OR "
    "(base IS NOT NULL AND pending IS NULL)",
    info->table);
  gint64 bad;

  if (!lift_database_get_int (database, &bad, error, sql, ""))
    return FALSE;
  if (bad == 0)
    return TRUE;
  g_set_error (
    error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_DAMAGED,
    _ ("The file %s: %d rows of type %s have notes for syncing that cannot be read. Make "
       "an export, then sign in anew"),
    path, (int) bad, info->name);
  return FALSE;
}

static gboolean
check (LiftDatabase *database, gpointer user_data, GError **error)
{
  LiftStore *self = user_data;

  if (!lift_database_check (database, error))
    return FALSE;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (!check_rows (database, lift_registry_get (i), self->path, error))
      return FALSE;
  return TRUE;
}

/**
 * lift_store_check_sync:
 *
 * Reads the whole file and looks whether it is sound, and the book-keeping in it readable.
 *
 * Returns: %TRUE if so; else %FALSE with %LIFT_DATABASE_ERROR_DAMAGED
 */
gboolean
lift_store_check_sync (LiftStore *self, GError **error)
{
  return lift_store_read_sync (self, check, self, error);
}
