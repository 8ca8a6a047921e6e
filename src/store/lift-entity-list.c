/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-entity-list.h"

#include <string.h>

#include "lift-list-diff.h"
#include "lift-store-private.h"

/* So many commits are remembered one by one; after more, any row may have changed. */
#define MAX_STALE 32

struct _LiftEntityList
{
  GObject parent_instance;

  LiftStore *store;
  LiftQuery *query;
  GPtrArray *items;     /* LiftEntity */
  LiftListShape *shape; /* of @items, for the thread that reads; NULL if there are none */
  LiftListShape *gone;  /* the one before, for a thread to free: that takes a while */
  GPtrArray *stale;     /* LiftChanges that @items may not have */
  GPtrArray *asked;     /* LiftChanges that the running query looks at */
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

static GPtrArray *
rows_new (guint n)
{
  GPtrArray *rows = g_ptr_array_new_full (n, g_object_unref);

  g_ptr_array_set_size (rows, n);
  return rows;
}

/* Rows that were in the list already keep their object, so that what watches it goes on. */
static LiftEntity *
take_item (LiftListItem *item, GPtrArray *old)
{
  return item->fresh != NULL ? g_steal_pointer (&item->fresh)
                             : g_object_ref (get_item (old, item->old));
}

static void
move_rows (GPtrArray *to, guint at, GPtrArray *from, guint start, guint n)
{
  if (n > 0)
    memcpy (to->pdata + at, from->pdata + start, n * sizeof (gpointer));
}

/* Puts the new middle between the head and the tail of @old, whose objects it takes over.
 * Returns: what is no longer in the list. */
static GPtrArray *
splice (LiftEntityList *self, GPtrArray *old, LiftListDiff *diff)
{
  guint tail = old->len - diff->head - diff->removed;
  GPtrArray *rows = rows_new (diff->head + diff->middle->len + tail);
  GPtrArray *gone = rows_new (diff->removed);

  for (guint i = 0; i < diff->middle->len; i++)
    rows->pdata[diff->head + i] = take_item (&g_array_index (diff->middle, LiftListItem, i), old);
  move_rows (rows, 0, old, 0, diff->head);
  move_rows (rows, rows->len - tail, old, old->len - tail, tail);
  move_rows (gone, 0, old, diff->head, diff->removed);
  g_ptr_array_set_free_func (old, NULL);
  g_ptr_array_unref (self->items);
  self->items = rows;
  return gone;
}

/* Returns: FALSE if a watcher of a row has made the list show something else. */
static gboolean
update_objects (LiftEntityList *self, GPtrArray *items, LiftListDiff *diff)
{
  for (guint i = 0; i < diff->updates->len && self->items == items; i++)
    {
      LiftListItem *item = &g_array_index (diff->updates, LiftListItem, i);

      lift_entity_assign (get_item (items, item->old), item->fresh, LIFT_FIELD_SET_ALL);
    }
  return self->items == items;
}

/* Costs time by what has changed, not by what is in the list: windows wait for it. */
static void
take_diff (LiftEntityList *self, LiftListDiff *diff)
{
  g_autoptr (GPtrArray) old = g_ptr_array_ref (self->items);
  g_autoptr (GPtrArray) gone = NULL;
  guint n_old = old->len;

  if (!update_objects (self, old, diff))
    return;
  g_clear_pointer (&self->gone, lift_list_shape_unref);
  self->gone = self->shape;
  self->shape = g_steal_pointer (&diff->shape);
  if (diff->removed == 0 && diff->middle->len == 0)
    return;
  gone = splice (self, old, diff);
  g_list_model_items_changed (G_LIST_MODEL (self), diff->head, diff->removed, diff->middle->len);
  if (n_old != self->items->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
take_nothing (LiftEntityList *self)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);

  self->items = rows_new (0);
  g_clear_pointer (&self->shape, lift_list_shape_unref);
  if (old->len == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, old->len, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static GPtrArray *
stale_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) lift_changes_unref);
}

static void
add_stale (LiftEntityList *self, LiftChanges *changes)
{
  if (self->stale->len < MAX_STALE)
    g_ptr_array_add (self->stale, lift_changes_ref (changes));
  else if (self->stale->len == MAX_STALE)
    g_ptr_array_add (self->stale, lift_changes_new_everything (FALSE));
}

/* The running query has not, or will not be heard. */
static void
give_back_stale (LiftEntityList *self)
{
  for (guint i = 0; self->asked != NULL && i < self->asked->len; i++)
    add_stale (self, g_ptr_array_index (self->asked, i));
  g_clear_pointer (&self->asked, g_ptr_array_unref);
}

static void
set_loading (LiftEntityList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* What a thread needs to ask; nothing of it belongs to the main thread. */
typedef struct
{
  LiftQuery *query;
  LiftListShape *shape;
  LiftListShape *gone;
  GPtrArray *stale;
  LiftListDiff *diff; /* the answer */
} Load;

static void
load_free (Load *data)
{
  lift_query_unref (data->query);
  g_clear_pointer (&data->shape, lift_list_shape_unref);
  g_clear_pointer (&data->gone, lift_list_shape_unref);
  g_ptr_array_unref (data->stale);
  g_clear_pointer (&data->diff, lift_list_diff_free);
  g_free (data);
}

static gboolean
read_diff (LiftDatabase *database, gpointer user_data, GError **error)
{
  Load *data = user_data;

  data->diff = lift_list_diff_read (database, data->query, data->shape, data->stale, error);
  return data->diff != NULL;
}

static gboolean
load_job (LiftStore *store, gpointer data, GError **error)
{
  g_clear_pointer (&((Load *) data)->gone, lift_list_shape_unref);
  return lift_store_read_sync (store, read_diff, data, error);
}

static void
take_answer (LiftEntityList *self, GTask *task, Load *data)
{
  g_autoptr (GError) error = NULL;

  self->running = FALSE;
  if (g_task_propagate_boolean (task, &error))
    {
      g_clear_pointer (&self->asked, g_ptr_array_unref);
      take_diff (self, data->diff);
      return;
    }
  give_back_stale (self);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LiftEntityList) self = user_data;
  GTask *task = G_TASK (result);
  GCancellable *cancellable = g_task_get_cancellable (task);

  /* A later question has been asked, or nobody listens any more. */
  if (cancellable != self->cancellable)
    return;
  take_answer (self, task, g_task_get_task_data (task));
  if (cancellable != self->cancellable)
    return;
  if (self->again)
    load (self);
  else
    set_loading (self, FALSE);
}

static void
load (LiftEntityList *self)
{
  GTask *task;
  Load *data;

  if (self->query == NULL || self->store == NULL)
    return;
  self->running = TRUE;
  self->again = FALSE;
  self->asked = g_steal_pointer (&self->stale);
  self->stale = stale_new ();
  data = g_new0 (Load, 1);
  data->query = lift_query_ref (self->query);
  data->shape = self->shape != NULL ? lift_list_shape_ref (self->shape) : NULL;
  data->gone = g_steal_pointer (&self->gone);
  data->stale = g_ptr_array_ref (self->asked);
  task = g_task_new (self->store, self->cancellable, load_cb, g_object_ref (self));
  g_task_set_source_tag (task, load);
  g_task_set_task_data (task, data, (GDestroyNotify) load_free);
  lift_store_run_beside (self->store, load_job, task);
}

/* Whether objects that are shown, or will be with the next answer, may be behind. */
static gboolean
concerns (LiftEntityList *self, LiftChanges *changes)
{
  return (self->shape != NULL &&
          lift_changes_has_type (changes, lift_list_shape_get_info (self->shape))) ||
         (self->query != NULL &&
          lift_changes_has_type (changes, lift_query_get_info (self->query)));
}

static void
changed_cb (LiftEntityList *self, LiftChanges *changes)
{
  if (concerns (self, changes))
    add_stale (self, changes);
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
  give_back_stale (self);
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
  LiftEntityList *self = LIFT_ENTITY_LIST (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->stale);
  g_clear_pointer (&self->shape, lift_list_shape_unref);
  g_clear_pointer (&self->gone, lift_list_shape_unref);
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
  self->items = rows_new (0);
  self->stale = stale_new ();
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
    take_nothing (self);
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
