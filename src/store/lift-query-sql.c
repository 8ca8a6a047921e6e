/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-query-private.h"
#include "lift-row.h"

static const char *const operators[] = {
  [LIFT_QUERY_EQUAL] = "= ?",       [LIFT_QUERY_NOT_EQUAL] = "<> ?",
  [LIFT_QUERY_LESS] = "< ?",        [LIFT_QUERY_AT_MOST] = "<= ?",
  [LIFT_QUERY_MORE] = "> ?",        [LIFT_QUERY_AT_LEAST] = ">= ?",
  [LIFT_QUERY_IS_NULL] = "IS NULL", [LIFT_QUERY_NOT_NULL] = "IS NOT NULL",
};

static void append_select (GString *out, LiftQuery *self, const char *columns);

static void
append_term (GString *out, LiftTerm *term)
{
  g_string_append_printf (out, " AND %s ", term->field->name);
  switch (term->kind)
    {
    case LIFT_TERM_COMPARE:
      g_string_append (out, operators[term->op]);
      break;
    case LIFT_TERM_IN_IDS:
      g_string_append (out, "IN (SELECT value FROM json_each (?))");
      break;
    case LIFT_TERM_IN_QUERY:
    default:
      g_string_append (out, "IN (");
      append_select (out, term->other, term->other_field->name);
      g_string_append_c (out, ')');
    }
}

static void
append_order (GString *out, LiftQuery *self)
{
  g_string_append (out, " ORDER BY ");
  for (guint i = 0; i < self->orders->len; i++)
    {
      LiftOrder *order = &g_array_index (self->orders, LiftOrder, i);

      g_string_append_printf (out, "%s%s%s, ", order->field->name,
                              order->field->kind == LIFT_FIELD_TEXT ? " COLLATE NOCASE" : "",
                              order->descending ? " DESC" : "");
    }
  g_string_append (out, "id");
}

static void
append_select (GString *out, LiftQuery *self, const char *columns)
{
  g_string_append_printf (out, "SELECT %s FROM %s WHERE %s", columns, self->info->table,
                          self->with_deleted ? "1" : "deleted_at IS NULL");
  if (self->only_dirty)
    g_string_append (out, " AND pending IS NOT NULL");
  if (self->impossible)
    g_string_append (out, " AND 0");
  for (guint i = 0; i < self->terms->len; i++)
    append_term (out, g_ptr_array_index (self->terms, i));
  append_order (out, self);
  if (self->limit > 0 || self->offset > 0)
    g_string_append (out, " LIMIT ? OFFSET ?");
}

/*
 * lift_query_get_sql:
 *
 * Returns: (transfer none): the query as SQL, made once; values are parameters
 */
const char *
lift_query_get_sql (LiftQuery *self)
{
  if (g_once_init_enter (&self->sql))
    {
      GString *out = g_string_new (NULL);

      append_select (out, self, lift_row_get_columns (self->info));
      g_once_init_leave (&self->sql, g_string_free (out, FALSE));
    }
  return self->sql;
}

static void
bind_term (LiftStatement *statement, int *index, LiftTerm *term)
{
  if (term->kind == LIFT_TERM_COMPARE &&
      (term->op == LIFT_QUERY_IS_NULL || term->op == LIFT_QUERY_NOT_NULL))
    return;
  if (term->kind == LIFT_TERM_IN_IDS || lift_field_is_text (term->field))
    lift_statement_bind_text (statement, (*index)++, term->text);
  else if (lift_field_is_double (term->field))
    lift_statement_bind_double (statement, (*index)++, term->number);
  else
    lift_statement_bind_int (statement, (*index)++, term->whole);
}

/* In the order of append_select(). */
static void
bind_query (LiftStatement *statement, int *index, LiftQuery *self)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      LiftTerm *term = g_ptr_array_index (self->terms, i);

      if (term->kind == LIFT_TERM_IN_QUERY)
        bind_query (statement, index, term->other);
      else
        bind_term (statement, index, term);
    }
  if (self->limit == 0 && self->offset == 0)
    return;
  lift_statement_bind_int (statement, (*index)++, self->limit > 0 ? (gint64) self->limit : -1);
  lift_statement_bind_int (statement, (*index)++, self->offset);
}

static LiftStatement *
start (LiftQuery *self, LiftDatabase *database, const char *sql, GError **error)
{
  LiftStatement *statement;
  int index = 0;

  if (self->faults->len > 0)
    {
      lift_fault_list_to_error (self->faults, self->info->name, error);
      return NULL;
    }
  statement = lift_database_prepare (database, sql, error);
  if (statement != NULL)
    bind_query (statement, &index, self);
  return statement;
}

/*
 * lift_query_run:
 *
 * Returns: (transfer full) (nullable) (element-type LiftEntity): the rows
 */
GPtrArray *
lift_query_run (LiftQuery *self, LiftDatabase *database, GError **error)
{
  LiftStatement *statement = start (self, database, lift_query_get_sql (self), error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  while (lift_statement_walk (statement, &local_error))
    g_ptr_array_add (rows, lift_row_read (statement, self->info));
  if (local_error == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/*
 * lift_query_run_ids:
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the ids of the rows, as
 *   [type@GLib.RefString] that are not freed with the array
 */
GPtrArray *
lift_query_run_ids (LiftQuery *self, LiftDatabase *database, GError **error)
{
  g_autoptr (GString) select = g_string_new (NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GError) local_error = NULL;
  LiftStatement *statement;

  append_select (select, self, "id");
  statement = start (self, database, select->str, error);
  if (statement == NULL)
    return NULL;
  while (lift_statement_next (statement, &local_error))
    g_ptr_array_add (ids, g_ref_string_new (lift_statement_get_text (statement, 0)));
  if (local_error == NULL)
    return g_steal_pointer (&ids);
  g_ptr_array_set_free_func (ids, (GDestroyNotify) g_ref_string_release);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/*
 * lift_query_count:
 * @count: (out): how many rows there are
 */
gboolean
lift_query_count (LiftQuery *self, LiftDatabase *database, gint64 *count, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GString) select = g_string_new (NULL);
  LiftStatement *statement;

  append_select (select, self, "id");
  sql = g_strdup_printf ("SELECT count (*) FROM (%s)", select->str);
  statement = start (self, database, sql, error);
  if (statement == NULL)
    return FALSE;
  if (lift_statement_next (statement, &local_error))
    *count = lift_statement_get_int (statement, 0);
  lift_statement_reset (statement);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
