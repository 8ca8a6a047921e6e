/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-query-private.h"

#include "lift-json.h"

static void
term_free (LiftTerm *term)
{
  g_clear_pointer (&term->other, lift_query_unref);
  g_free (term->text);
  g_free (term);
}

/**
 * lift_query_new:
 * @gtype: an entity class
 *
 * Returns: (transfer full): a query for all live rows of the type
 */
LiftQuery *
lift_query_new (GType gtype)
{
  LiftQuery *self = g_new0 (LiftQuery, 1);

  g_atomic_ref_count_init (&self->refs);
  self->info = lift_entity_info_for_gtype (gtype);
  self->scratch = g_object_new (gtype, NULL);
  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  self->orders = g_array_new (FALSE, FALSE, sizeof (LiftOrder));
  self->faults = lift_fault_list_new ();
  return self;
}

/**
 * lift_query_ref:
 *
 * Returns: (transfer full): @self
 */
LiftQuery *
lift_query_ref (LiftQuery *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * lift_query_unref:
 * @self: (transfer full): a query
 */
void
lift_query_unref (LiftQuery *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_object_unref (self->scratch);
  g_ptr_array_unref (self->terms);
  g_array_unref (self->orders);
  g_ptr_array_unref (self->faults);
  g_free (self->sql);
  g_free (self);
}

/**
 * lift_query_get_info:
 *
 * Returns: (transfer none): the type that is asked for
 */
const LiftEntityInfo *
lift_query_get_info (LiftQuery *self)
{
  return self->info;
}

/* An unknown key is a fault of the program: such a query finds nothing. */
static const LiftField *
find_field (LiftQuery *self, const LiftEntityInfo *info, const char *key)
{
  const LiftField *field = lift_entity_info_find (info, key);

  if (field == NULL)
    {
      g_critical ("%s has no field %s", info->name, key);
      self->impossible = TRUE;
    }
  return field;
}

static LiftTerm *
add_term (LiftQuery *self, LiftTermKind kind, const char *key)
{
  const LiftField *field = find_field (self, self->info, key);
  LiftTerm *term;

  if (field == NULL)
    return NULL;
  term = g_new0 (LiftTerm, 1);
  term->kind = kind;
  term->field = field;
  g_ptr_array_add (self->terms, term);
  return term;
}

static void
read_value (LiftQuery *self, LiftTerm *term, const char *value)
{
  LiftFaultCode code = lift_field_scan (term->field, self->scratch, value != NULL ? value : "");

  if (code != LIFT_FAULT_NONE)
    g_ptr_array_add (self->faults, lift_field_fault (term->field, code));
  else if (lift_field_is_text (term->field))
    term->text = g_strdup (lift_field_get_text (term->field, self->scratch));
  else if (lift_field_is_double (term->field))
    term->number = lift_field_get_double (term->field, self->scratch);
  else
    term->whole = lift_field_get_int (term->field, self->scratch);
}

/**
 * lift_query_where:
 * @key: wire key of a field
 * @value: (nullable): as text, in the form of [method@Field.scan]; without meaning for
 *   %LIFT_QUERY_IS_NULL and %LIFT_QUERY_NOT_NULL
 *
 * Adds a condition. A value that is none of the field makes the query fail with an error of
 * %LIFT_MODEL_ERROR that names it.
 */
void
lift_query_where (LiftQuery *self, const char *key, LiftQueryOp op, const char *value)
{
  LiftTerm *term = add_term (self, LIFT_TERM_COMPARE, key);

  if (term == NULL)
    return;
  term->op = op;
  if (op != LIFT_QUERY_IS_NULL && op != LIFT_QUERY_NOT_NULL)
    read_value (self, term, value);
}

/**
 * lift_query_where_in:
 * @key: wire key of a field of this type
 * @other: a query, which must not change any more
 * @other_key: wire key of a field of the type of @other
 *
 * Adds the condition that the field has one of the values that the field of the rows of @other
 * has.
 */
void
lift_query_where_in (LiftQuery *self, const char *key, LiftQuery *other, const char *other_key)
{
  const LiftField *other_field = find_field (self, other->info, other_key);
  LiftTerm *term;

  if (other_field == NULL)
    return;
  term = add_term (self, LIFT_TERM_IN_QUERY, key);
  if (term == NULL)
    return;
  term->other = lift_query_ref (other);
  term->other_field = other_field;
  self->impossible |= other->impossible;
  for (guint i = 0; i < other->faults->len; i++)
    {
      LiftFault *fault = g_ptr_array_index (other->faults, i);

      g_ptr_array_add (self->faults,
                       lift_fault_new (fault->code, fault->field, "%s", fault->message));
    }
}

/**
 * lift_query_where_ids:
 * @key: wire key of a text field, most often `id`
 * @ids: (array zero-terminated=1): values
 *
 * Adds the condition that the field has one of the values.
 */
void
lift_query_where_ids (LiftQuery *self, const char *key, const char *const *ids)
{
  LiftTerm *term = add_term (self, LIFT_TERM_IN_IDS, key);
  g_autoptr (GString) list = NULL;

  if (term == NULL)
    return;
  list = g_string_new ("[");
  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (list, ',');
      lift_json_append_string (list, ids[i]);
    }
  g_string_append_c (list, ']');
  term->text = g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * lift_query_only_dirty:
 *
 * Adds the condition that a row has something that the server has not confirmed.
 */
void
lift_query_only_dirty (LiftQuery *self)
{
  self->only_dirty = TRUE;
}

/**
 * lift_query_with_deleted:
 *
 * Asks for tombstones too.
 */
void
lift_query_with_deleted (LiftQuery *self)
{
  self->with_deleted = TRUE;
}

/**
 * lift_query_order_by:
 * @key: wire key of a field
 *
 * Adds a field to order by, after those named before; texts are ordered without case. Rows that
 * are equal in all of them are ordered by id, so that an answer never depends on chance.
 */
void
lift_query_order_by (LiftQuery *self, const char *key, gboolean descending)
{
  LiftOrder order = { find_field (self, self->info, key), descending };

  if (order.field != NULL)
    g_array_append_val (self->orders, order);
}

/**
 * lift_query_limit:
 * @limit: at most so many rows; 0: all
 * @offset: after so many that are passed over
 */
void
lift_query_limit (LiftQuery *self, guint limit, guint offset)
{
  self->limit = limit;
  self->offset = offset;
}

/*
 * lift_query_is_touched:
 *
 * Returns: whether @changes may change the answer
 */
gboolean
lift_query_is_touched (LiftQuery *self, LiftChanges *changes)
{
  if (lift_changes_has_type (changes, self->info))
    return TRUE;
  for (guint i = 0; i < self->terms->len; i++)
    {
      LiftTerm *term = g_ptr_array_index (self->terms, i);

      if (term->other != NULL && lift_query_is_touched (term->other, changes))
        return TRUE;
    }
  return FALSE;
}
