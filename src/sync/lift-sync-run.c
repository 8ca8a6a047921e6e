/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-sync-run.h"

#include "lift-page.h"
#include "lift-retry.h"
#include "lift-sync-facts.h"
#include "lift-sync-lock.h"

gint64
lift_sync_run_get_now (LiftSyncRun *self)
{
  return lift_clock_get_time (lift_store_get_clock (self->store));
}

/*
 * lift_sync_run_dup_fact:
 * @text: (out) (nullable) (transfer full): the fact
 *
 * Returns: %FALSE with an error if it could not be read
 */
gboolean
lift_sync_run_dup_fact (LiftSyncRun *self, const char *name, char **text, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *text = lift_store_dup_fact_sync (self->store, name, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/*
 * lift_sync_run_load_size:
 * @fact: the size of what
 * @rows: (inout): at most so many rows; made less where an earlier run learnt that it must be
 */
gboolean
lift_sync_run_load_size (LiftSyncRun *self, const char *fact, guint *rows, GError **error)
{
  g_autofree char *text = NULL;

  if (!lift_sync_run_dup_fact (self, fact, &text, error))
    return FALSE;
  if (text != NULL)
    *rows = CLAMP (g_ascii_strtoll (text, NULL, 10), 1, *rows);
  return TRUE;
}

typedef struct
{
  const char *fact;
  guint rows;
} Size;

static gboolean
store_size (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  const Size *size = user_data;
  g_autofree char *text = g_strdup_printf ("%u", size->rows);

  return lift_store_writer_set_fact (writer, size->fact, text, error);
}

/*
 * lift_sync_run_store_size:
 * @rows: what the next run is to begin with
 */
gboolean
lift_sync_run_store_size (LiftSyncRun *self, const char *fact, guint rows, GError **error)
{
  Size size = { fact, rows };

  return lift_store_write_sync (self->store, store_size, &size, error);
}

/* What an earlier version could not read. */
static gboolean
catch_up (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  return lift_page_unpack_extra (writer, error) &&
         lift_page_replay_parked (writer, user_data, error);
}

static gboolean
replay_parked (LiftSyncRun *self, GError **error)
{
  LiftPageContext context = { lift_sync_run_get_now (self) };

  if (!self->caught_up)
    self->caught_up = lift_store_write_sync (self->store, catch_up, &context, error);
  return self->caught_up;
}

static void
keep_first_error (LiftSyncRun *self, GError *error)
{
  if (self->result->error == NULL)
    self->result->error = error;
  else
    g_clear_error (&error);
}

/* After some failures the second leg cannot go better than the first. */
static gboolean
may_go_on (const GError *error)
{
  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
         !g_error_matches (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN) &&
         !g_error_matches (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_RATE_LIMITED) &&
         !g_error_matches (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_BAD_ADDRESS);
}

/* The server may have been restored between the legs, and then takes nothing before all of it was
 * pulled anew. */
static gboolean
push (LiftSyncRun *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (lift_push (self, &local_error))
    return TRUE;
  if (self->result->error == NULL &&
      g_error_matches (local_error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_RESYNC))
    return lift_pull (self, error) && lift_push (self, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
run_legs (LiftSyncRun *self)
{
  GError *error = NULL;

  self->report (self, LIFT_SYNC_PULLING, 0);
  if (!replay_parked (self, &error) || !lift_pull (self, &error))
    keep_first_error (self, g_steal_pointer (&error));
  if (!may_go_on (self->result->error))
    return;
  self->report (self, LIFT_SYNC_PUSHING, 0.5);
  if (!push (self, &error))
    keep_first_error (self, error);
}

static gboolean
note_end (LiftStoreWriter *writer, gpointer user_data, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, lift_sync_run_get_now (user_data));

  return lift_store_writer_set_fact (writer, LIFT_FACT_LAST_SYNCED, text, error);
}

static gboolean
read_next_retry (LiftDatabase *database, gpointer user_data, GError **error)
{
  LiftSyncRun *self = user_data;

  return lift_retry_get_next (database, lift_sync_run_get_now (self), &self->next_retry, error);
}

static void
finish (LiftSyncRun *self)
{
  GError *error = NULL;

  if (self->result->error == NULL && !lift_store_write_sync (self->store, note_end, self, &error))
    keep_first_error (self, g_steal_pointer (&error));
  self->next_retry = -1;
  if (!lift_store_get_status_sync (self->store, &self->status, &error) ||
      !lift_store_read_sync (self->store, read_next_retry, self, &error))
    keep_first_error (self, error);
}

/*
 * lift_sync_run:
 *
 * PULL → PUSH, with the rows whose retry is due. What kept a leg from ending is in the result.
 *
 * Returns: %FALSE if it did not begin (%LIFT_SYNC_ERROR_BUSY, no lock file) or was cancelled
 */
gboolean
lift_sync_run (LiftSyncRun *self, GError **error)
{
  g_autoptr (LiftSyncLock) lock = NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  lock = lift_sync_lock_take (lift_store_get_path (self->store), error);
  if (lock == NULL)
    return FALSE;
  run_legs (self);
  finish (self);
  if (g_error_matches (self->result->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&self->result->error));
      return FALSE;
    }
  return TRUE;
}
