/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-sync-item.h"

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiftSyncItem, lift_sync_item, G_TYPE_OBJECT)

static void
lift_sync_item_finalize (GObject *object)
{
  LiftSyncItem *self = LIFT_SYNC_ITEM (object);

  g_free (self->key);
  g_free (self->id);
  g_free (self->title);
  g_free (self->subject);
  g_free (self->values);
  g_free (self->text);
  g_clear_pointer (&self->place, lift_place_free);
  G_OBJECT_CLASS (lift_sync_item_parent_class)->finalize (object);
}

static void
lift_sync_item_class_init (LiftSyncItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lift_sync_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lift_sync_item_init (LiftSyncItem *self)
{
  self->due = LIFT_INT_NULL;
}

/**
 * lift_sync_item_new:
 * @info: (nullable): the type of a row
 * @id: (nullable): the row
 * @number: an entry of the journal, or 0
 *
 * Returns: (transfer full): an entry without words
 */
LiftSyncItem *
lift_sync_item_new (const LiftEntityInfo *info, const char *id, gint64 number)
{
  LiftSyncItem *self = g_object_new (LIFT_TYPE_SYNC_ITEM, NULL);

  self->info = info;
  self->id = g_strdup (id);
  self->number = number;
  if (number > 0)
    self->key = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  else
    self->key = g_strdup_printf ("%s %s", info->name, id);
  return self;
}

static gboolean
replace (char **text, const char *with)
{
  if (g_strcmp0 (*text, with) == 0)
    return FALSE;
  g_free (*text);
  *text = g_strdup (with);
  return TRUE;
}

/**
 * lift_sync_item_assign:
 * @from: the same entry, read later
 *
 * Takes over the words, and tells who watches if they are others.
 */
void
lift_sync_item_assign (LiftSyncItem *self, LiftSyncItem *from)
{
  gboolean changed = self->due != from->due || self->acts != from->acts;

  changed |= replace (&self->title, from->title);
  changed |= replace (&self->subject, from->subject);
  changed |= replace (&self->values, from->values);
  changed |= replace (&self->text, from->text);
  self->busy = FALSE;
  self->due = from->due;
  self->acts = from->acts;
  g_clear_pointer (&self->place, lift_place_free);
  self->place = from->place != NULL ? lift_place_copy (from->place) : NULL;
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
assign_same (GListStore *store, guint position, LiftSyncItem *item)
{
  g_autoptr (LiftSyncItem) old = g_list_model_get_item (G_LIST_MODEL (store), position);

  if (!g_str_equal (old->key, item->key))
    return FALSE;
  lift_sync_item_assign (old, item);
  return TRUE;
}

static guint
find_key (GPtrArray *items, guint from, const char *key)
{
  for (guint i = from; i < items->len; i++)
    if (g_str_equal (((LiftSyncItem *) items->pdata[i])->key, key))
      return i;
  return G_MAXUINT;
}

/**
 * lift_sync_items_have:
 * @items: (element-type LiftSyncItem): entries
 * @item: an entry that was read earlier
 *
 * Returns: whether it is among them
 */
gboolean
lift_sync_items_have (GPtrArray *items, LiftSyncItem *item)
{
  return find_key (items, 0, item->key) != G_MAXUINT;
}

/**
 * lift_sync_items_take_over:
 * @items: (element-type LiftSyncItem): what the list is to hold
 *
 * Brings a list up to date; an entry that stays keeps its object, and with it its widget and the
 * focus, also when those before it have gone.
 */
void
lift_sync_items_take_over (GListStore *store, GPtrArray *items)
{
  guint i = 0;

  while (i < items->len || i < g_list_model_get_n_items (G_LIST_MODEL (store)))
    {
      g_autoptr (LiftSyncItem) old = g_list_model_get_item (G_LIST_MODEL (store), i);

      if (i >= items->len || (old != NULL && find_key (items, i, old->key) == G_MAXUINT))
        g_list_store_remove (store, i);
      else if (old != NULL && assign_same (store, i, items->pdata[i]))
        i++;
      else
        {
          g_list_store_insert (store, i, items->pdata[i]);
          i++;
        }
    }
}
