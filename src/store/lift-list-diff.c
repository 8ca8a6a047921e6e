/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-list-diff.h"

#include <string.h>

#include "lift-row.h"

typedef struct
{
  char *id;      /* GRefString: most rows are in the next shape as well */
  guint64 print; /* of all values; equal prints, equal rows */
} ShapeRow;

struct _LiftListShape
{
  gatomicrefcount refs;
  const LiftEntityInfo *info;
  GArray *rows; /* ShapeRow */
};

/* What one reading needs. */
typedef struct
{
  LiftDatabase *database;
  const LiftEntityInfo *info;
  LiftListShape *old; /* NULL if it has nothing in common with the new one */
  GPtrArray *stale;
  gboolean everything;
  LiftListShape *shape;
  GPtrArray *fresh; /* LiftEntity beside the rows of @shape; NULL where it was not read */
  LiftListDiff *diff;
} Reading;

static void
clear_row (ShapeRow *row)
{
  g_ref_string_release (row->id);
}

static LiftListShape *
shape_new (const LiftEntityInfo *info)
{
  LiftListShape *self = g_new0 (LiftListShape, 1);

  g_atomic_ref_count_init (&self->refs);
  self->info = info;
  self->rows = g_array_new (FALSE, FALSE, sizeof (ShapeRow));
  g_array_set_clear_func (self->rows, (GDestroyNotify) clear_row);
  return self;
}

/*
 * lift_list_shape_ref:
 */
LiftListShape *
lift_list_shape_ref (LiftListShape *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/*
 * lift_list_shape_unref:
 */
void
lift_list_shape_unref (LiftListShape *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->rows);
  g_free (self);
}

/*
 * lift_list_shape_get_info:
 *
 * Returns: the type of the rows
 */
const LiftEntityInfo *
lift_list_shape_get_info (LiftListShape *self)
{
  return self->info;
}

static ShapeRow *
get_row (LiftListShape *shape, guint i)
{
  return &g_array_index (shape->rows, ShapeRow, i);
}

static guint64
mix (guint64 print, guint64 value)
{
  print = (print ^ value) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return print ^ print >> 29;
}

static guint64
mix_text (guint64 print, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  guint64 word;

  print = mix (print, text != NULL ? length : G_MAXUINT64);
  for (gsize i = 0; i < length; i += sizeof word)
    {
      word = 0;
      memcpy (&word, text + i, MIN (sizeof word, length - i));
      print = mix (print, word);
    }
  return print;
}

static guint64
make_print (LiftEntity *entity, const LiftEntityInfo *info)
{
  guint64 print = 0;

  for (guint i = 0; i < info->n_fields; i++)
    if (lift_field_is_text (info->fields[i]))
      print = mix_text (print, lift_field_get_text (info->fields[i], entity));
    else if (lift_field_is_double (info->fields[i]))
      {
        double value = lift_field_get_double (info->fields[i], entity);
        guint64 bits;

        memcpy (&bits, &value, sizeof bits);
        print = mix (print, bits);
      }
    else
      print = mix (print, lift_field_get_int (info->fields[i], entity));
  return print;
}

static void
free_entity (gpointer entity)
{
  if (entity != NULL)
    g_object_unref (entity);
}

/* Reads whole rows. */
static gboolean
read_rows (Reading *self, LiftQuery *query, GError **error)
{
  self->fresh = lift_query_run (query, self->database, error);
  for (guint i = 0; self->fresh != NULL && i < self->fresh->len; i++)
    {
      LiftEntity *entity = g_ptr_array_index (self->fresh, i);
      ShapeRow row = { g_ref_string_new (entity->id), make_print (entity, self->info) };

      g_array_append_val (self->shape->rows, row);
    }
  if (self->fresh != NULL)
    g_ptr_array_set_free_func (self->fresh, free_entity);
  return self->fresh != NULL;
}

/* Reads which rows there are; most of them are known. */
static gboolean
read_ids (Reading *self, LiftQuery *query, GError **error)
{
  g_autoptr (GPtrArray) ids = lift_query_run_ids (query, self->database, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      ShapeRow row = { g_steal_pointer (&ids->pdata[i]), 0 };

      g_array_append_val (self->shape->rows, row);
    }
  self->fresh = g_ptr_array_new_with_free_func (free_entity);
  g_ptr_array_set_size (self->fresh, ids->len);
  return TRUE;
}

/* How many rows stay in place at the beginning, and after those, at the end. */
static void
find_middle (Reading *self, guint *head, guint *tail)
{
  guint n_old = self->old != NULL ? self->old->rows->len : 0;
  guint n = self->shape->rows->len;
  guint shorter = MIN (n_old, n);

  *head = *tail = 0;
  while (*head < shorter &&
         g_str_equal (get_row (self->old, *head)->id, get_row (self->shape, *head)->id))
    (*head)++;
  while (*tail < shorter - *head && g_str_equal (get_row (self->old, n_old - 1 - *tail)->id,
                                                 get_row (self->shape, n - 1 - *tail)->id))
    (*tail)++;
}

static GHashTable *
index_rows (LiftListShape *shape, guint from, guint n)
{
  GHashTable *rows = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = from; i < from + n; i++)
    g_hash_table_insert (rows, get_row (shape, i)->id, GUINT_TO_POINTER (i));
  return rows;
}

static gboolean
is_named (Reading *self, const char *id)
{
  for (guint i = 0; i < self->stale->len; i++)
    if (lift_changes_has_row (g_ptr_array_index (self->stale, i), self->info, id))
      return TRUE;
  return FALSE;
}

/* Sees to it that row @i was read whole. */
static LiftEntity *
need_row (Reading *self, guint i, GError **error)
{
  ShapeRow *row = get_row (self->shape, i);

  if (self->fresh->pdata[i] == NULL)
    {
      self->fresh->pdata[i] = lift_row_load (self->database, self->info, row->id, error);
      if (self->fresh->pdata[i] != NULL)
        row->print = make_print (self->fresh->pdata[i], self->info);
    }
  return self->fresh->pdata[i];
}

static void
take_row (Reading *self, GArray *items, guint old, guint i)
{
  LiftListItem item = { old, g_steal_pointer (&self->fresh->pdata[i]) };

  g_array_append_val (items, item);
}

/* A row that was there before, at @old. A row that is named has changed, or somebody said so; only
 * where nobody knows which, the prints are compared. */
static gboolean
keep_row (Reading *self, guint old, guint i, GError **error)
{
  ShapeRow *before = get_row (self->old, old);
  ShapeRow *row = get_row (self->shape, i);

  if (self->everything)
    {
      if (row->print != before->print)
        take_row (self, self->diff->updates, old, i);
      return TRUE;
    }
  row->print = before->print;
  if (!is_named (self, row->id))
    return TRUE;
  if (need_row (self, i, error) == NULL)
    return FALSE;
  take_row (self, self->diff->updates, old, i);
  return TRUE;
}

static gboolean
add_middle (Reading *self, GHashTable *moved, guint i, GError **error)
{
  LiftListItem item = { 0 };
  gpointer old;

  if (g_hash_table_lookup_extended (moved, get_row (self->shape, i)->id, NULL, &old))
    {
      item.old = GPOINTER_TO_UINT (old);
      g_array_append_val (self->diff->middle, item);
      return keep_row (self, item.old, i, error);
    }
  if (need_row (self, i, error) == NULL)
    return FALSE;
  take_row (self, self->diff->middle, 0, i);
  return TRUE;
}

static gboolean
compare (Reading *self, guint n_old, GError **error)
{
  guint n = self->shape->rows->len;
  g_autoptr (GHashTable) moved = NULL;
  guint head, tail;

  find_middle (self, &head, &tail);
  self->diff->head = head;
  self->diff->removed = n_old - head - tail;
  moved = self->old != NULL ? index_rows (self->old, head, self->diff->removed)
                            : g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n; i++)
    if (i >= head && i < n - tail ? !add_middle (self, moved, i, error)
                                  : !keep_row (self, i < head ? i : n_old - (n - i), i, error))
      return FALSE;
  return TRUE;
}

static void
clear_item (LiftListItem *item)
{
  g_clear_object (&item->fresh);
}

static GArray *
items_new (void)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (LiftListItem));

  g_array_set_clear_func (items, (GDestroyNotify) clear_item);
  return items;
}

static LiftListDiff *
diff_new (LiftListShape *shape)
{
  LiftListDiff *self = g_new0 (LiftListDiff, 1);

  self->shape = shape;
  self->middle = items_new ();
  self->updates = items_new ();
  return self;
}

/*
 * lift_list_diff_free:
 */
void
lift_list_diff_free (LiftListDiff *self)
{
  g_clear_pointer (&self->shape, lift_list_shape_unref);
  g_array_unref (self->middle);
  g_array_unref (self->updates);
  g_free (self);
}

static gboolean
has_everything (GPtrArray *stale)
{
  for (guint i = 0; i < stale->len; i++)
    if (lift_changes_is_everything (g_ptr_array_index (stale, i)))
      return TRUE;
  return FALSE;
}

/*
 * lift_list_diff_read:
 * @database: in a transaction
 * @old: (nullable): the answer that is shown
 * @stale: (element-type LiftChanges): what has changed since
 *
 * Asks @query and finds what is different. Rows that are known and not named in @stale are not even
 * read. For a thread that is not the main one.
 *
 * Returns: (transfer full) (nullable): the way from @old to the new answer
 */
LiftListDiff *
lift_list_diff_read (
  LiftDatabase *database, LiftQuery *query, LiftListShape *old, GPtrArray *stale, GError **error)
{
  guint n_old = old != NULL ? old->rows->len : 0;
  const LiftEntityInfo *info = lift_query_get_info (query);
  Reading self = { .database = database, .info = info, .stale = stale };
  g_autoptr (LiftListDiff) diff = diff_new (shape_new (info));
  g_autoptr (GPtrArray) fresh = NULL;
  gboolean done;

  self.everything = has_everything (stale);
  self.old = n_old > 0 && old->info == info ? old : NULL;
  self.shape = diff->shape;
  self.diff = diff;
  done = self.old == NULL || self.everything ? read_rows (&self, query, error)
                                             : read_ids (&self, query, error);
  fresh = self.fresh;
  return done && compare (&self, n_old, error) ? g_steal_pointer (&diff) : NULL;
}
