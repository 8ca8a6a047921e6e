/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-entity-list.h"

#include "lift-query-private.h"

struct _LiftEntityList
{
  GObject parent_instance;

  LiftStore *store;
  LiftQuery *query;
  GPtrArray *items; /* LiftEntity */
  GCancellable *cancellable;
  gboolean running;
  gboolean again; /* something changed since the running query began */
  gboolean loading;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LiftEntityList,
                               lift_entity_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum
{
  PROP_STORE = 1,
  PROP_LOADING,
  PROP_ITEM_TYPE,
  PROP_N_ITEMS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void load (LiftEntityList *self);

static LiftEntity *
get_item (GPtrArray *items, guint index)
{
  return g_ptr_array_index (items, index);
}

static gboolean
is_same_row (GPtrArray *a, guint i, GPtrArray *b, guint j)
{
  return g_strcmp0 (get_item (a, i)->id, get_item (b, j)->id) == 0;
}

/* How many rows stay in place at the beginning, and after those, at the end. */
static void
find_middle (GPtrArray *old, GPtrArray *rows, guint *head, guint *tail)
{
  guint shorter = MIN (old->len, rows->len);

  *head = *tail = 0;
  while (*head < shorter && is_same_row (old, *head, rows, *head))
    (*head)++;
  while (*tail < shorter - *head &&
         is_same_row (old, old->len - 1 - *tail, rows, rows->len - 1 - *tail))
    (*tail)++;
}

static GHashTable *
index_rows (GPtrArray *items, guint from, guint to)
{
  GHashTable *rows = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = from; i < to; i++)
    g_hash_table_insert (rows, get_item (items, i)->id, get_item (items, i));
  return rows;
}

/* Rows that are in the list already keep their object, so that what watches it goes on. */
static void
keep_objects (GPtrArray *old, GPtrArray *rows, guint head, guint tail)
{
  g_autoptr (GHashTable) moved = index_rows (old, head, old->len - tail);

  for (guint i = 0; i < rows->len; i++)
    {
      LiftEntity *fresh = get_item (rows, i);
      LiftEntity *known;

      if (i < head)
        known = get_item (old, i);
      else if (i >= rows->len - tail)
        known = get_item (old, old->len - (rows->len - i));
      else
        known = g_hash_table_lookup (moved, fresh->id);
      if (known == NULL)
        continue;
      rows->pdata[i] = g_object_ref (known);
      lift_entity_assign (known, fresh, LIFT_FIELD_SET_ALL);
      g_object_unref (fresh);
    }
}

static void
take_rows (LiftEntityList *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint head, tail;

  find_middle (old, rows, &head, &tail);
  self->items = g_ptr_array_ref (rows);
  keep_objects (old, rows, head, tail);
  if (old->len != head + tail || rows->len != head + tail)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                rows->len - head - tail);
  if (old->len != rows->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
set_loading (LiftEntityList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
query_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftEntityList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = lift_store_query_finish (LIFT_STORE (source), result, &error);

  /* A later question has been asked, or nobody listens any more. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  self->running = FALSE;
  if (answers != NULL)
    take_rows (self, g_ptr_array_index (answers, 0));
  else
    g_signal_emit (self, signals[FAILED], 0, error);
  if (self->again)
    load (self);
  else
    set_loading (self, FALSE);
}

static void
load (LiftEntityList *self)
{
  if (self->query == NULL || self->store == NULL)
    return;
  self->running = TRUE;
  self->again = FALSE;
  lift_store_query_async (self->store, &self->query, 1, self->cancellable, query_cb,
                          g_object_ref (self));
}

static void
changed_cb (LiftEntityList *self, LiftChanges *changes)
{
  if (self->query == NULL || !lift_query_is_touched (self->query, changes))
    return;
  if (self->running)
    self->again = TRUE;
  else
    load (self);
}

static GType
lift_entity_list_get_item_type (GListModel *model)
{
  return LIFT_TYPE_ENTITY;
}

static guint
lift_entity_list_get_n_items (GListModel *model)
{
  return LIFT_ENTITY_LIST (model)->items->len;
}

static gpointer
lift_entity_list_get_item (GListModel *model, guint position)
{
  LiftEntityList *self = LIFT_ENTITY_LIST (model);

  return position < self->items->len ? g_object_ref (get_item (self->items, position)) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = lift_entity_list_get_item_type;
  iface->get_n_items = lift_entity_list_get_n_items;
  iface->get_item = lift_entity_list_get_item;
}

static void
drop_question (LiftEntityList *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->running = FALSE;
}

static void
lift_entity_list_dispose (GObject *object)
{
  LiftEntityList *self = LIFT_ENTITY_LIST (object);

  drop_question (self);
  g_clear_object (&self->store);
  g_clear_pointer (&self->query, lift_query_unref);
  G_OBJECT_CLASS (lift_entity_list_parent_class)->dispose (object);
}

static void
lift_entity_list_finalize (GObject *object)
{
  g_ptr_array_unref (LIFT_ENTITY_LIST (object)->items);
  G_OBJECT_CLASS (lift_entity_list_parent_class)->finalize (object);
}

static void
lift_entity_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LiftEntityList *self = LIFT_ENTITY_LIST (object);

  switch (id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_ITEM_TYPE:
      g_value_set_gtype (value, LIFT_TYPE_ENTITY);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->items->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lift_entity_list_class_init (LiftEntityListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = lift_entity_list_dispose;
  object_class->finalize = lift_entity_list_finalize;
  object_class->get_property = lift_entity_list_get_property;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, LIFT_TYPE_STORE, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_ITEM_TYPE] = g_param_spec_gtype ("item-type", NULL, NULL, LIFT_TYPE_ENTITY,
                                                   flags);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * LiftEntityList::failed:
   * @error: what went wrong
   *
   * The rows could not be read; those that are shown stay.
   */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
lift_entity_list_init (LiftEntityList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * lift_entity_list_new:
 * @query: (nullable): what to show; not to be changed afterwards
 *
 * Returns: (transfer full): a list that is empty until the first answer
 */
LiftEntityList *
lift_entity_list_new (LiftStore *store, LiftQuery *query)
{
  LiftEntityList *self = g_object_new (LIFT_TYPE_ENTITY_LIST, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  lift_entity_list_set_query (self, query);
  return self;
}

/**
 * lift_entity_list_set_query:
 * @query: (nullable): what to show from now on; %NULL shows nothing
 *
 * Asks anew. The rows that are shown stay until the answer is there.
 */
void
lift_entity_list_set_query (LiftEntityList *self, LiftQuery *query)
{
  LiftQuery *old;

  g_return_if_fail (LIFT_IS_ENTITY_LIST (self));

  old = self->query;
  self->query = query != NULL ? lift_query_ref (query) : NULL;
  g_clear_pointer (&old, lift_query_unref);
  drop_question (self);
  self->cancellable = g_cancellable_new ();
  if (query == NULL)
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_object_unref);

      take_rows (self, none);
    }
  set_loading (self, query != NULL);
  load (self);
}

/**
 * lift_entity_list_find:
 *
 * Returns: (transfer none) (nullable): the row with that id, if it is in the list
 */
LiftEntity *
lift_entity_list_find (LiftEntityList *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (get_item (self->items, i)->id, id) == 0)
      return get_item (self->items, i);
  return NULL;
}
