/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-ablation.h"
#include "lift-server-private.h"

/* A row that changed, and by how much it changes the digests of its scope. */
typedef struct
{
  const LiftEntityInfo *info;
  char *id;
  char *scope;
  gint64 all_rows;
  gint64 all_hash;
  gint64 shown_rows;
  gint64 shown_hash;
} Touch;

static void
clear_touch (gpointer data)
{
  Touch *touch = data;

  g_free (touch->id);
  g_free (touch->scope);
}

static guint64
hash_row (LiftServerRow *row, gboolean deleted)
{
  return lift_entity_hash_version (row->entity->id, row->entity->version, deleted);
}

/**
 * lift_server_row_add_to_digest: (skip)
 * @sign: 1 for a row that comes, -1 for one that goes
 *
 * Adds a row's part to what a coach's client, and an athlete's, holds of its scope.
 */
void
lift_server_row_add_to_digest (LiftServerRow *row,
                               int sign,
                               gint64 *all_rows,
                               gint64 *all_hash,
                               gint64 *shown_rows,
                               gint64 *shown_hash)
{
  gboolean deleted = lift_server_row_is_deleted (row);
  guint64 all = hash_row (row, deleted);

  *all_rows += sign;
  *all_hash = (gint64) ((guint64) *all_hash + (sign > 0 ? all : -all));
  if (row->hidden != LIFT_SERVER_DRAFT)
    {
      guint64 shown = row->hidden == LIFT_SERVER_SHOWN ? all : hash_row (row, TRUE);

      *shown_rows += sign;
      *shown_hash = (gint64) ((guint64) *shown_hash + (sign > 0 ? shown : -shown));
    }
}

static void
add_to_digest (Touch *touch, LiftServerRow *row, int sign)
{
  lift_server_row_add_to_digest (row, sign, &touch->all_rows, &touch->all_hash, &touch->shown_rows,
                                 &touch->shown_hash);
}

/**
 * lift_server_work_begin: (skip)
 * @user_id: (nullable): who writes
 * @device: (nullable): from where
 *
 * Begins a transaction that writes rows.
 *
 * Returns: (transfer full): the transaction, or %NULL with @error
 */
LiftServerWork *
lift_server_work_begin (LiftServer *self, const char *user_id, const char *device, GError **error)
{
  g_autoptr (LiftServerWork) work = g_new0 (LiftServerWork, 1);

  work->server = self;
  work->user_id = user_id;
  work->device = device;
  work->deletions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  work->said = LIFT_INT_NULL;
  work->touches = g_array_new (FALSE, FALSE, sizeof (Touch));
  g_array_set_clear_func (work->touches, clear_touch);
  work->living = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  work->moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  work->connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  if (work->connection == NULL ||
      !lift_server_get_int (work->connection, &work->stamp, error, "SELECT stamp FROM server", ""))
    return NULL;
  work->begun = work->stamp;
  return g_steal_pointer (&work);
}

/**
 * lift_server_work_free: (skip)
 *
 * Rolls back what was not committed.
 */
void
lift_server_work_free (LiftServerWork *work)
{
  if (work == NULL)
    return;
  g_clear_pointer (&work->connection, lift_server_connection_rollback);
  g_array_unref (work->touches);
  g_hash_table_unref (work->deletions);
  g_hash_table_unref (work->living);
  g_hash_table_unref (work->moved);
  g_free (work);
}

/**
 * lift_server_work_next_stamp: (skip)
 *
 * Returns: the server's time, later than any that a row has ever got, whatever the clock does
 */
gint64
lift_server_work_next_stamp (LiftServerWork *work)
{
  if (lift_without (UNIQUE_POSITIONS))
    return work->stamp = MAX (lift_server_get_now (work->server), work->begun + 1);
  work->stamp = MAX (lift_server_get_now (work->server), work->stamp + 1);
  return work->stamp;
}

/**
 * lift_server_work_touch: (skip)
 *
 * Notes that @row changed; it gets its position when the transaction ends, so that the counters
 * of scopes are held as shortly as can be.
 */
void
lift_server_work_touch (LiftServerWork *work, LiftServerRow *row, LiftServerRow *before)
{
  Touch touch = {
    .info = lift_entity_get_info (row->entity),
    .id = g_strdup (row->entity->id),
    .scope = g_strdup (row->scope),
  };

  if (before != NULL)
    add_to_digest (&touch, before, -1);
  add_to_digest (&touch, row, 1);
  g_array_append_val (work->touches, touch);
}

/* What all touches of one scope come to. */
static Touch *
sum_up (LiftServerWork *work, GHashTable *sums, Touch *touch)
{
  Touch *sum = g_hash_table_lookup (sums, touch->scope);

  if (sum == NULL)
    {
      sum = g_new0 (Touch, 1);
      g_hash_table_insert (sums, touch->scope, sum);
    }
  sum->all_rows += touch->all_rows;
  sum->shown_rows += touch->shown_rows;
  sum->all_hash = (gint64) ((guint64) sum->all_hash + (guint64) touch->all_hash);
  sum->shown_hash = (gint64) ((guint64) sum->shown_hash + (guint64) touch->shown_hash);
  return sum;
}

/* SQL's sums would overflow, so the digest is added up here; the row of the scope is locked by
 * the update that comes first, and stays so until the commit. */
static gboolean
move_scope (LiftServerWork *work, const char *scope, Touch *sum, gint64 count, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = NULL;
  gint64 all_hash = sum->all_hash, shown_hash = sum->shown_hash, seq = count;

  result = lift_server_query (work->connection, &local_error,
                              "INSERT INTO scope (name, seq, all_rows, all_hash, shown_rows,"
                              " shown_hash) VALUES (?, ?, ?, 0, ?, 0)"
                              " ON CONFLICT (name) DO UPDATE SET seq = scope.seq + excluded.seq,"
                              " all_rows = scope.all_rows + excluded.all_rows,"
                              " shown_rows = scope.shown_rows + excluded.shown_rows"
                              " RETURNING seq, all_hash, shown_hash",
                              "siii", scope, count, sum->all_rows, sum->shown_rows);
  if (result != NULL && lift_server_result_next (result, &local_error))
    {
      seq = lift_server_result_get_int (result, 0);
      all_hash = (gint64) ((guint64) all_hash + (guint64) lift_server_result_get_int (result, 1));
      shown_hash = (gint64) ((guint64) shown_hash +
                             (guint64) lift_server_result_get_int (result, 2));
    }
  g_clear_pointer (&result, lift_server_result_free);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_hash_table_insert (work->moved, g_strdup (scope), g_memdup2 (&seq, sizeof seq));
  return lift_server_run (work->connection, error,
                          "UPDATE scope SET all_hash = ?, shown_hash = ? WHERE name = ?", "iis",
                          all_hash, shown_hash, scope);
}

static gboolean
place_touches (LiftServerWork *work, const char *scope, gint64 first, GError **error)
{
  for (guint i = 0; i < work->touches->len; i++)
    {
      Touch *touch = &g_array_index (work->touches, Touch, i);

      if (!g_str_equal (touch->scope, scope))
        continue;
      if (!lift_server_run (work->connection, error,
                            "INSERT INTO change (scope, seq, type, id) VALUES (?, ?, ?, ?)"
                            " ON CONFLICT (type, id) DO UPDATE SET scope = excluded.scope,"
                            " seq = excluded.seq",
                            "siss", scope, first++, touch->info->name, touch->id))
        return FALSE;
    }
  return TRUE;
}

static gint64
count_touches (LiftServerWork *work, const char *scope)
{
  gint64 count = 0;

  for (guint i = 0; i < work->touches->len; i++)
    count += g_str_equal (g_array_index (work->touches, Touch, i).scope, scope);
  return count;
}

/**
 * lift_server_work_flush: (skip)
 *
 * Gives every row that changed its position. Committing does so by itself; whoever may go back to a
 * savepoint does it before that is released, so that a row without a position can go back too. What
 * is announced of a position that went back is a hint too many, which does no harm.
 */
gboolean
lift_server_work_flush (LiftServerWork *work, GError **error)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GList) scopes = NULL;

  for (guint i = 0; i < work->touches->len; i++)
    sum_up (work, sums, &g_array_index (work->touches, Touch, i));
  /* In one order, so that two transactions cannot wait for each other. */
  scopes = g_list_sort (g_hash_table_get_keys (sums), (GCompareFunc) g_strcmp0);
  for (GList *l = scopes; l != NULL; l = l->next)
    {
      gint64 count = count_touches (work, l->data);
      gint64 *seq;

      if (!move_scope (work, l->data, g_hash_table_lookup (sums, l->data), count, error))
        return FALSE;
      seq = g_hash_table_lookup (work->moved, l->data);
      if (!place_touches (work, l->data, *seq - count + 1, error))
        return FALSE;
    }
  g_array_set_size (work->touches, 0);
  return lift_server_run (work->connection, error, "UPDATE server SET stamp = ?", "i", work->stamp);
}

/**
 * lift_server_work_commit: (skip)
 *
 * Gives every row that changed its position and makes all of it durable. Afterwards the signal
 * changed is emitted for each scope.
 */
gboolean
lift_server_work_commit (LiftServerWork *work, GError **error)
{
  GHashTableIter iter;
  gpointer scope, seq;

  if (!lift_server_work_flush (work, error) ||
      !lift_server_connection_commit (g_steal_pointer (&work->connection), error))
    return FALSE;
  g_hash_table_iter_init (&iter, work->moved);
  while (g_hash_table_iter_next (&iter, &scope, &seq))
    g_signal_emit_by_name (work->server, "changed", scope, *(gint64 *) seq);
  return TRUE;
}
