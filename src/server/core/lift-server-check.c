/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-server-private.h"

/* What holds in a server's database between two transactions, whatever was pushed. */

typedef struct
{
  const char *sql; /* finds what must not be; %T the table, %N its type, %P its parent's table,
                      %F the field that names the parent */
  const char *what;
} Rule;

static const Rule type_rules[] = {
  { "SELECT r.id FROM \"%T\" r LEFT JOIN change c ON c.type = '%N' AND c.id = r.id"
    " WHERE c.id IS NULL OR c.scope <> r.scope LIMIT 1",
    N_ ("a row has no position in its scope") },
  { "SELECT c.id FROM change c LEFT JOIN \"%T\" r ON r.id = c.id"
    " WHERE c.type = '%N' AND r.id IS NULL LIMIT 1",
    N_ ("a position is that of no row") },
  { "SELECT id FROM (SELECT r.id, r.updated_at, LAG (r.updated_at) OVER"
    "  (PARTITION BY c.scope ORDER BY c.seq) AS previous"
    "  FROM change c JOIN \"%T\" r ON r.id = c.id WHERE c.type = '%N') AS line"
    " WHERE updated_at <= previous LIMIT 1",
    N_ ("the order of the positions is not that of the times") },
  { "SELECT min (id) FROM \"%T\" GROUP BY updated_at HAVING count (*) > 1 LIMIT 1",
    N_ ("two rows have the same time") },
  { "SELECT id FROM \"%T\" WHERE updated_at IS NULL OR version IS NULL OR version < 1"
    " OR updated_at > (SELECT stamp FROM server) LIMIT 1",
    N_ ("a row has a time or a version that was never given") },
  { "SELECT id FROM \"%T\" WHERE delete_group IS NOT NULL AND"
    " (deleted_at IS NULL OR deleted_at <> delete_group) LIMIT 1",
    N_ ("a row is of a delete that did not take it") },
  { "SELECT min (id) FROM \"%T\" WHERE delete_group IS NOT NULL GROUP BY delete_group"
    " HAVING min (scope) <> max (scope) LIMIT 1",
    N_ ("one delete took rows of two owners") },
  { "SELECT min (id) FROM \"%T\" WHERE unique_key IS NOT NULL AND deleted_at IS NULL"
    " GROUP BY unique_key, scope HAVING count (*) > 1 LIMIT 1",
    N_ ("two rows have what only one may have") },
};

static const Rule part_rules[] = {
  { "SELECT r.id FROM \"%T\" r LEFT JOIN \"%P\" p ON p.id = r.\"%F\""
    " WHERE r.deleted_at IS NULL AND (p.id IS NULL OR p.deleted_at IS NOT NULL) LIMIT 1",
    N_ ("a row is a part of one that is deleted or not there") },
  { "SELECT r.id FROM \"%T\" r JOIN \"%P\" p ON p.id = r.\"%F\" WHERE p.scope <> r.scope LIMIT 1",
    N_ ("a row is a part of another owner's row") },
  { "SELECT r.id FROM \"%T\" r JOIN \"%P\" p ON p.id = r.\"%F\""
    " WHERE (r.hidden = 0) <> (p.hidden = 0) LIMIT 1",
    N_ ("a row is shown to the athlete, and what it is a part of is not, or the reverse") },
};

static const Rule rules[] = {
  { "SELECT c.scope FROM change c LEFT JOIN scope s ON s.name = c.scope"
    " WHERE s.name IS NULL OR c.seq < 1 OR c.seq > s.seq LIMIT 1",
    N_ ("a position was never given") },
  { "SELECT name FROM scope WHERE purged < 0 OR purged > seq LIMIT 1",
    N_ ("more was purged than there ever was") },
  { "SELECT s.name FROM scope s WHERE s.purged < s.seq AND s.seq <>"
    " (SELECT max (c.seq) FROM change c WHERE c.scope = s.name) LIMIT 1",
    N_ ("the newest position is that of no row") },
  { "SELECT f.device FROM failure f LEFT JOIN device d ON d.user_id = f.user_id"
    " AND d.id = f.device WHERE d.id IS NULL OR f.mutation > d.mutation LIMIT 1",
    N_ ("a number was answered that was never taken") },
  { "SELECT m.device FROM mark m LEFT JOIN device d ON d.user_id = m.user_id AND d.id = m.device"
    " WHERE d.id IS NULL OR m.mutation + length (m.marks) / 16 - 1 > d.mutation LIMIT 1",
    N_ ("a number is known that was never taken") },
};

static gboolean
fail_check (const char *what, const LiftEntityInfo *info, const char *id, GError **error)
{
  GError *made = NULL;

  lift_server_fail (&made, LIFT_SERVER_ERROR_INTERNAL, NULL,
                    _ ("The database is damaged: %s (%s %s). Restore a backup"), _ (what),
                    info != NULL ? info->name : "-", id);
  lift_server_error_set_internal (made);
  g_propagate_error (error, made);
  return FALSE;
}

static char *
fill_in (const char *sql, const LiftEntityInfo *info)
{
  GString *text = g_string_new (sql);

  g_string_replace (text, "%T", info->table, 0);
  g_string_replace (text, "%N", info->name, 0);
  if (info->parent != NULL)
    {
      g_string_replace (text, "%P", lift_registry_find (info->parent->target)->table, 0);
      g_string_replace (text, "%F", info->parent->name, 0);
    }
  return g_string_free (text, FALSE);
}

static gboolean
check_rules (LiftServerConnection *connection,
             const LiftEntityInfo *info,
             const Rule *first,
             guint n,
             GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sql = info != NULL ? fill_in (first[i].sql, info) : g_strdup (first[i].sql);
      g_autofree char *id = NULL;

      if (!lift_server_dup_text (connection, &id, error, sql, ""))
        return FALSE;
      if (id != NULL)
        return fail_check (first[i].what, info, id, error);
    }
  return TRUE;
}

/* What the rows of a scope come to. */
typedef struct
{
  gint64 versions;
  gint64 all_rows;
  gint64 all_hash;
  gint64 shown_rows;
  gint64 shown_hash;
} Sum;

static void
add_row (GHashTable *sums, LiftServerRow *row)
{
  Sum *sum = g_hash_table_lookup (sums, row->scope);

  if (sum == NULL)
    {
      sum = g_new0 (Sum, 1);
      g_hash_table_insert (sums, g_strdup (row->scope), sum);
    }
  sum->versions += row->entity->version;
  lift_server_row_add_to_digest (row, 1, &sum->all_rows, &sum->all_hash, &sum->shown_rows,
                                 &sum->shown_hash);
}

static gboolean
add_type (LiftServer *self,
          LiftServerConnection *connection,
          const LiftEntityInfo *info,
          GHashTable *sums,
          GError **error)
{
  LiftServerTable *table = lift_server_get_table (self, info);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM \"%s\"", table->names, info->table);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = lift_server_query (connection, &local_error, sql, "");

  while (result != NULL && lift_server_result_next (result, &local_error))
    {
      g_autoptr (LiftServerRow) row = lift_server_row_from_result (table, result);

      add_row (sums, row);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Each change of a row took one position, so the versions add up to the positions given. */
static gboolean
check_sum (LiftServerResult *result, const Sum *sum, GError **error)
{
  static const Sum none = { 0 };
  const char *scope = lift_server_result_get_text (result, 0);

  if (sum == NULL)
    sum = &none;
  if (sum->versions + lift_server_result_get_int (result, 6) !=
      lift_server_result_get_int (result, 1))
    return fail_check (N_ ("the positions of a scope have gaps"), NULL, scope, error);
  if (sum->all_rows != lift_server_result_get_int (result, 2) ||
      sum->all_hash != lift_server_result_get_int (result, 3))
    return fail_check (N_ ("the digest of a scope is not that of its rows"), NULL, scope, error);
  if (sum->shown_rows != lift_server_result_get_int (result, 4) ||
      sum->shown_hash != lift_server_result_get_int (result, 5))
    return fail_check (N_ ("the athlete's digest of a scope is not that of its rows"), NULL, scope,
                       error);
  return TRUE;
}

static gboolean
check_sums (LiftServer *self, LiftServerConnection *connection, GError **error)
{
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = NULL;

  for (guint i = 0; i < lift_registry_get_size (); i++)
    if (!add_type (self, connection, lift_registry_get (i), sums, error))
      return FALSE;
  result = lift_server_query (connection, &local_error,
                              "SELECT name, seq, all_rows, all_hash, shown_rows, shown_hash,"
                              " gone FROM scope",
                              "");
  while (result != NULL && lift_server_result_next (result, &local_error))
    if (!check_sum (result, g_hash_table_lookup (sums, lift_server_result_get_text (result, 0)),
                    error))
      return FALSE;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* In one transaction, so that whoever writes meanwhile does no harm. */
static gboolean
check_data (LiftServer *self, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;

  connection = lift_server_database_begin (self->database, LIFT_SERVER_READ, error);
  if (connection == NULL || !check_rules (connection, NULL, rules, G_N_ELEMENTS (rules), error))
    return FALSE;
  for (guint i = 0; i < lift_registry_get_size (); i++)
    {
      const LiftEntityInfo *info = lift_registry_get (i);

      if (!check_rules (connection, info, type_rules, G_N_ELEMENTS (type_rules), error) ||
          (info->parent != NULL &&
           !check_rules (connection, info, part_rules, G_N_ELEMENTS (part_rules), error)))
        return FALSE;
    }
  return check_sums (self, connection, error);
}

/**
 * lift_server_check:
 *
 * Looks whether the database is whole, and whether what must hold of its rows does: each row has
 * the one newest position of its changes, positions have no gaps, digests are those of the rows, a
 * delete took all or nothing of what is a part of a row, what only one may have has one, and no
 * number of a device was answered that was not taken. Reads everything, so it takes long; requests
 * go on meanwhile. Any thread.
 *
 * Returns: %FALSE with INTERNAL and a text that says what is wrong and with which row, or with
 *   BUSY if it could not be looked
 */
gboolean
lift_server_check (LiftServer *self, GError **error)
{
  g_return_val_if_fail (LIFT_IS_SERVER (self), FALSE);

  return lift_server_database_check (self->database, error) && check_data (self, error);
}
