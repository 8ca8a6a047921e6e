/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-instant.h"
#include "lift-server-private.h"

/* In which order the rows of a push are applied. */

static gboolean
is_text (JsonNode *node, const char *text)
{
  return json_node_get_value_type (node) == G_TYPE_STRING &&
         g_str_equal (json_node_get_string (node), text);
}

/* Whether the row is sent as deleted: named as such, or by a client that names nothing. */
static gboolean
says_deleted (LiftServerItem *item)
{
  JsonArray *names = lift_json_get_array (item->object, "changedFields");

  if (lift_json_get_string (item->object, "deletedAt") == NULL)
    return FALSE;
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    if (is_text (json_array_get_element (names, i), "deletedAt"))
      return TRUE;
  return names == NULL;
}

/* A row that is not there yet cannot wait: others may be parts of it. */
static gboolean
read_delete (LiftServerMerge *merge, LiftServerItem *item, gint64 last, GError **error)
{
  g_autoptr (LiftServerRow) row = NULL;

  item->deletes_at = LIFT_INT_NULL;
  if (item->info == NULL || item->id == NULL || !says_deleted (item) ||
      (item->mutation > 0 && item->mutation <= last))
    return TRUE;
  if (!lift_server_row_load (merge->work->server, merge->work->connection, item->info, item->id,
                             &row, error))
    return FALSE;
  if (row != NULL &&
      !lift_instant_parse (lift_json_get_string (item->object, "deletedAt"), &item->deletes_at))
    item->deletes_at = LIFT_INT_NULL;
  return TRUE;
}

static guint
get_rank (const LiftServerItem *item)
{
  return item->info != NULL ? lift_registry_get_rank (item->info) : G_MAXUINT;
}

static int
compare_deletes (const LiftServerItem *one, const LiftServerItem *other)
{
  gboolean deletes = one->deletes_at != LIFT_INT_NULL;

  if (deletes != (other->deletes_at != LIFT_INT_NULL))
    return deletes ? 1 : -1;
  if (one->deletes_at != other->deletes_at)
    return one->deletes_at < other->deletes_at ? -1 : 1;
  return 0;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const LiftServerItem *one = *(LiftServerItem **) a;
  const LiftServerItem *other = *(LiftServerItem **) b;
  guint rank = get_rank (one), other_rank = get_rank (other);
  int deletes = compare_deletes (one, other);

  if (deletes != 0)
    return deletes;
  if (rank != other_rank)
    return rank < other_rank ? -1 : 1;
  if (one->mutation != other->mutation)
    return one->mutation < other->mutation ? -1 : 1;
  return one->order < other->order ? -1 : one->order > other->order;
}

/**
 * lift_server_order_items: (skip)
 * @items: (element-type LiftServerItem): the rows of a push
 * @last: the newest number of the device that was taken before
 *
 * Sorts rows as they are to be applied: parents first, and rows of a type as they were made. What
 * deletes comes after all others, as it was deleted: a set that went before its exercise did is
 * another delete, so it stays gone when the exercise is brought back. The client's clock decides
 * nothing but that: its instants are compared with each other alone.
 */
gboolean
lift_server_order_items (LiftServerMerge *merge, GPtrArray *items, gint64 last, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    if (!read_delete (merge, g_ptr_array_index (items, i), last, error))
      return FALSE;
  g_ptr_array_sort (items, compare_items);
  return TRUE;
}
