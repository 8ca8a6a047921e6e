/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-rows.h"

static gboolean
is_same_row (GListStore *store, guint position, LiftEntity *row)
{
  g_autoptr (LiftEntity) old = g_list_model_get_item (G_LIST_MODEL (store), position);

  return old != NULL && g_str_equal (old->id, row->id);
}

static void
assign_row (GListStore *store, guint position, LiftEntity *row)
{
  g_autoptr (LiftEntity) old = g_list_model_get_item (G_LIST_MODEL (store), position);

  lift_entity_assign (old, row, LIFT_FIELD_SET_ALL);
}

/**
 * lift_rows_take_over:
 * @rows: (element-type LiftEntity): what the list is to hold
 *
 * Brings a list up to date with the least disturbance: rows at the beginning and the end that
 * stay keep their objects, and only the middle is spliced.
 */
void
lift_rows_take_over (GListStore *store, GPtrArray *rows)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint head = 0, tail = 0;

  while (head < MIN (n_old, rows->len) && is_same_row (store, head, rows->pdata[head]))
    head++;
  while (tail < MIN (n_old, rows->len) - head &&
         is_same_row (store, n_old - 1 - tail, rows->pdata[rows->len - 1 - tail]))
    tail++;
  for (guint i = 0; i < head; i++)
    assign_row (store, i, rows->pdata[i]);
  for (guint i = 0; i < tail; i++)
    assign_row (store, n_old - 1 - i, rows->pdata[rows->len - 1 - i]);
  if (n_old != head + tail || rows->len != head + tail)
    g_list_store_splice (store, head, n_old - head - tail, rows->pdata + head,
                         rows->len - head - tail);
}

/**
 * lift_rows_select:
 * @rows: (element-type LiftEntity): of one type, not empty of meaning: any number
 * @key: a wire key of a text field
 *
 * Returns: (transfer full) (element-type LiftEntity): the rows with that value, in order
 */
GPtrArray *
lift_rows_select (GPtrArray *rows, const char *key, const char *value)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  LiftField *field = rows->len > 0
                       ? lift_entity_info_find (lift_entity_get_info (rows->pdata[0]), key)
                       : NULL;

  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (lift_field_get_text (field, rows->pdata[i]), value) == 0)
      g_ptr_array_add (found, g_object_ref (rows->pdata[i]));
  return found;
}

/**
 * lift_rows_find:
 *
 * Returns: (transfer none) (nullable): the row with that id
 */
gpointer
lift_rows_find (GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (LIFT_ENTITY (rows->pdata[i])->id, id) == 0)
      return rows->pdata[i];
  return NULL;
}
