/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-server-private.h"

/* Tombstones and history are kept for 400 days after they last changed. What goes is what belongs
 * to one athlete for good: workouts and what they are made of. Exercises, variants and people stay
 * as tombstones, since workouts name them.
 *
 * A scope is purged up to a stamp, all types at once, and its row says up to which: clients that
 * have what is gone drop it by the same rule, and cursors from before it are refused. A plan that
 * was taken back is a tombstone to its athlete, so its rows become drafts, which athletes are not
 * told of. */

#define KEPT (G_GINT64_CONSTANT (400) * 86400 * G_USEC_PER_SEC)
#define IS_GONE "(deleted_at IS NOT NULL OR hidden = 2)"

/* What one step does to a scope. */
typedef struct
{
  char *name;
  gint64 after; /* purged up to here before */
  gint64 until; /* and up to here by this step */

  guint rows;
  gint64 seq; /* the newest position among the rows */
  gint64 versions;
  gint64 all_rows;
  gint64 all_hash;
  gint64 shown_rows;
  gint64 shown_hash;
} Step;

static void
clear_step (Step *step)
{
  g_free (step->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Step, clear_step)

static gboolean
add_stamps (LiftServerConnection *connection,
            const LiftEntityInfo *info,
            const Step *step,
            gint64 horizon,
            guint max_rows,
            GArray *stamps,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT updated_at FROM \"%s\" WHERE scope = ?"
                                          " AND updated_at > ? AND updated_at <= ? AND " IS_GONE
                                          " ORDER BY updated_at LIMIT ?",
                                          info->table);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = lift_server_query (
    connection, &local_error, sql, "siii", step->name, step->after, horizon, (gint64) max_rows);

  while (result != NULL && lift_server_result_next (result, &local_error))
    {
      gint64 stamp = lift_server_result_get_int (result, 0);

      g_array_append_val (stamps, stamp);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* How far a step may go in one scope; no further than @max_rows rows. */
static gboolean
find_until (
  LiftServerConnection *connection, Step *step, gint64 horizon, guint max_rows, GError **error)
{
  g_autoptr (GArray) stamps = g_array_new (FALSE, FALSE, sizeof (gint64));

  step->until = 0;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (lift_entity_info_is_of_athlete (lift_registry_get (i)) &&
        !add_stamps (connection, lift_registry_get (i), step, horizon, max_rows, stamps, error))
      return FALSE;
  g_array_sort (stamps, lift_server_compare_ints);
  if (stamps->len > 0)
    step->until = g_array_index (stamps, gint64, MIN (stamps->len, max_rows) - 1);
  return TRUE;
}

/* The next scope with something to purge. Looked for without keeping anybody from writing: what is
 * older than the horizon is not going to change but by coming back. */
static gboolean
find_step (LiftServer *self, gint64 horizon, guint max_rows, Step *step, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autoptr (LiftServerResult) result = NULL;

  connection = lift_server_database_begin (self->database, LIFT_SERVER_READ, error);
  if (connection == NULL)
    return FALSE;
  result = lift_server_query (connection, &local_error,
                              "SELECT name, purged_stamp FROM scope WHERE name LIKE 'athlete:%'",
                              "");
  while (step->until == 0 && result != NULL && lift_server_result_next (result, &local_error))
    {
      g_free (step->name);
      step->name = g_strdup (lift_server_result_get_text (result, 0));
      step->after = lift_server_result_get_int (result, 1);
      if (!find_until (connection, step, horizon, max_rows, &local_error))
        break;
    }
  g_clear_pointer (&result, lift_server_result_free);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
forget_row (LiftServerConnection *connection, LiftServerRow *row, GError **error)
{
  const LiftEntityInfo *info = lift_entity_get_info (row->entity);
  g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE id = ?", info->table);
  const char *id = row->entity->id;

  return lift_server_run (connection, error, sql, "s", id) &&
         lift_server_run (connection, error, "DELETE FROM change WHERE type = ? AND id = ?", "ss",
                          info->name, id) &&
         lift_server_run (connection, error, "DELETE FROM history WHERE type = ? AND id = ?", "ss",
                          info->name, id);
}

/* Of what the athlete holds no longer, nothing more is told. */
static gboolean
make_draft (LiftServerConnection *connection, LiftServerRow *row, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE \"%s\" SET hidden = ? WHERE id = ?",
                                          lift_entity_get_info (row->entity)->table);

  return lift_server_run (connection, error, sql, "is", (gint64) LIFT_SERVER_DRAFT,
                          row->entity->id);
}

static void
add_to_step (Step *step, LiftServerRow *row, int sign)
{
  lift_server_row_add_to_digest (row, sign, &step->all_rows, &step->all_hash, &step->shown_rows,
                                 &step->shown_hash);
}

static gboolean
purge_row (LiftServerConnection *connection, Step *step, LiftServerRow *row, GError **error)
{
  gint64 seq;

  if (!lift_server_get_int (connection, &seq, error,
                            "SELECT seq FROM change WHERE type = ? AND id = ?", "ss",
                            lift_entity_get_info (row->entity)->name, row->entity->id))
    return FALSE;
  step->rows++;
  step->seq = MAX (step->seq, seq);
  add_to_step (step, row, -1);
  if (lift_server_row_is_deleted (row))
    {
      step->versions += row->entity->version;
      return forget_row (connection, row, error);
    }
  row->hidden = LIFT_SERVER_DRAFT;
  add_to_step (step, row, 1);
  return make_draft (connection, row, error);
}

static gboolean
purge_type (LiftServer *self,
            LiftServerConnection *connection,
            const LiftEntityInfo *info,
            Step *step,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT %s FROM \"%s\" WHERE scope = ? AND updated_at > ? AND updated_at <= ? AND " IS_GONE,
    lift_server_get_table (self, info)->names, info->table);
  g_autoptr (GPtrArray) rows = lift_server_rows_query (self, connection, info, error, sql, "sii",
                                                       step->name, step->after, step->until);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!purge_row (connection, step, g_ptr_array_index (rows, i), error))
      return FALSE;
  return rows != NULL;
}

/* SQL's sums would overflow; the first update locks the row of the scope. */
static gboolean
note_step (LiftServerConnection *connection, const Step *step, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = NULL;
  guint64 all_hash = step->all_hash, shown_hash = step->shown_hash;

  result = lift_server_query (
    connection, &local_error,
    "UPDATE scope SET all_rows = all_rows + ?, shown_rows = shown_rows + ?, gone = gone + ?,"
    " purged = CASE WHEN purged > ? THEN purged ELSE ? END,"
    " purged_stamp = CASE WHEN purged_stamp > ? THEN purged_stamp ELSE ? END WHERE name = ?"
    " RETURNING all_hash, shown_hash",
    "iiiiiiis", step->all_rows, step->shown_rows, step->versions, step->seq, step->seq, step->until,
    step->until, step->name);
  if (result != NULL && lift_server_result_next (result, &local_error))
    {
      all_hash += (guint64) lift_server_result_get_int (result, 0);
      shown_hash += (guint64) lift_server_result_get_int (result, 1);
    }
  g_clear_pointer (&result, lift_server_result_free);
  if (local_error == NULL)
    return lift_server_run (connection, error,
                            "UPDATE scope SET all_hash = ?, shown_hash = ? WHERE name = ?", "iis",
                            (gint64) all_hash, (gint64) shown_hash, step->name);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
purge_scope (LiftServer *self, Step *step, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;

  connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  if (connection == NULL)
    return FALSE;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (lift_entity_info_is_of_athlete (lift_registry_get (i)) &&
        !purge_type (self, connection, lift_registry_get (i), step, error))
      return FALSE;
  return note_step (connection, step, error) &&
         lift_server_connection_commit (g_steal_pointer (&connection), error);
}

/* Entries of one moment go together; a push makes no more of them than it has rows and fields. */
static gboolean
purge_history (LiftServer *self, gint64 horizon, guint max_rows, guint *purged, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  gint64 until, count;

  connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  if (connection == NULL ||
      !lift_server_get_int (connection, &until, error,
                            "SELECT max (stamp) FROM (SELECT stamp FROM history WHERE stamp <= ?"
                            " ORDER BY stamp LIMIT ?) AS old",
                            "ii", horizon, (gint64) max_rows))
    return FALSE;
  if (until == LIFT_INT_NULL)
    return TRUE;
  if (!lift_server_get_int (connection, &count, error,
                            "SELECT count (*) FROM history WHERE stamp <= ?", "i", until) ||
      !lift_server_run (connection, error, "DELETE FROM history WHERE stamp <= ?", "i", until) ||
      !lift_server_run (connection, error, "DELETE FROM deletion WHERE delete_group <= ?", "i",
                        until) ||
      !lift_server_connection_commit (g_steal_pointer (&connection), error))
    return FALSE;
  *purged = count;
  return TRUE;
}

/**
 * lift_server_purge:
 * @max_rows: how many rows, or entries of the history, go at most in this step; 1 or more. Those of
 *   one moment go together
 * @purged: (out): how many went; 0 when there is nothing left to do
 *
 * Takes one step towards forgetting what was deleted or overwritten over 400 days ago. A step is
 * one short transaction: call again until nothing went, and let others write in between. Cursors
 * that are older than what went answer RESYNC from then on.
 *
 * Returns: %FALSE with @error; the step then did nothing
 */
gboolean
lift_server_purge (LiftServer *self, guint max_rows, guint *purged, GError **error)
{
  g_auto (Step) step = { NULL };
  gint64 horizon;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && max_rows > 0 && purged != NULL, FALSE);

  *purged = 0;
  horizon = lift_server_get_now (self) - KEPT;
  if (!find_step (self, horizon, max_rows, &step, error))
    return FALSE;
  if (step.until == 0)
    return purge_history (self, horizon, max_rows, purged, error);
  if (!purge_scope (self, &step, error))
    return FALSE;
  *purged = step.rows;
  return TRUE;
}
