/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-ablation.h"
#include "lift-instant.h"
#include "lift-json.h"
#include "lift-server-private.h"
#include "lift-uuid.h"

/*
 * An epoch is one history of the server: a restored copy begins a new one. Rows that clients hold
 * with a stamp between the last that the copy knows and the beginning of the new epoch are of a
 * history that the server has forgotten. New stamps lie behind that, so the two cannot be mistaken
 * for each other.
 */

/**
 * lift_server_dup_epoch: (skip)
 *
 * Returns: (transfer full): the name of this history of the server
 */
char *
lift_server_dup_epoch (LiftServer *self)
{
  char *epoch;

  g_mutex_lock (&self->lock);
  epoch = g_strdup (self->epoch);
  g_mutex_unlock (&self->lock);
  return epoch;
}

static gboolean
note_forgotten (LiftServer *self,
                LiftServerConnection *connection,
                const char *epoch,
                GError **error)
{
  gint64 stamp, until;

  if (!lift_server_get_int (connection, &stamp, error, "SELECT stamp FROM server", ""))
    return FALSE;
  until = MAX (lift_server_get_now (self), stamp);
  /* The first of all forgets nothing. */
  if (stamp <= 0)
    until = stamp = 0;
  return lift_server_run (connection, error,
                          "INSERT INTO forgotten (epoch, after, until) VALUES (?, ?, ?)", "sii",
                          epoch, stamp, until) &&
         lift_server_run (connection, error, "UPDATE server SET stamp = ?", "i", until);
}

static gboolean
store_epoch (LiftServer *self, LiftServerConnection *connection, GError **error)
{
  g_autofree char *epoch = lift_uuid_new (self->clock);

  if (!note_forgotten (self, connection, epoch, error) ||
      !lift_server_run (connection, error, "UPDATE server SET epoch = ?", "s", epoch))
    return FALSE;
  g_mutex_lock (&self->lock);
  g_free (self->epoch);
  self->epoch = g_steal_pointer (&epoch);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/**
 * lift_server_epoch_load: (skip)
 *
 * Reads the epoch. Data that have none are a copy, and begin one.
 */
gboolean
lift_server_epoch_load (LiftServer *self, LiftServerConnection *connection, GError **error)
{
  return lift_server_dup_text (connection, &self->epoch, error, "SELECT epoch FROM server", "") &&
         (self->epoch != NULL || store_epoch (self, connection, error));
}

/**
 * lift_server_start_epoch:
 *
 * Begins a new history: every cursor that was given before answers RESYNC. To be called after a
 * restore.
 */
gboolean
lift_server_start_epoch (LiftServer *self, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER (self), FALSE);

  if (lift_without (EPOCH))
    return TRUE;
  connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  return connection != NULL && store_epoch (self, connection, error) &&
         lift_server_connection_commit (g_steal_pointer (&connection), error);
}

static void
append_instant (GString *out, const char *key, gint64 instant)
{
  g_autofree char *text = lift_instant_format (instant);

  lift_json_append_key (out, key);
  lift_json_append_string (out, text);
}

/**
 * lift_server_epoch_write_forgotten: (skip)
 * @out: where to add `[{"epoch","after","until"}]`, in their order
 *
 * Writes of each epoch between which stamps a row is of a history that was forgotten when it began:
 * later than the first, and not later than the second.
 */
gboolean
lift_server_epoch_write_forgotten (LiftServerConnection *connection, GString *out, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = lift_server_query (
    connection, &local_error, "SELECT epoch, after, until FROM forgotten ORDER BY number", "");

  g_string_append_c (out, '[');
  while (result != NULL && lift_server_result_next (result, &local_error))
    {
      g_string_append (out, out->str[out->len - 1] == '[' ? "{" : ",{");
      lift_json_append_key (out, "epoch");
      lift_json_append_string (out, lift_server_result_get_text (result, 0));
      append_instant (out, "after", lift_server_result_get_int (result, 1));
      append_instant (out, "until", lift_server_result_get_int (result, 2));
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
