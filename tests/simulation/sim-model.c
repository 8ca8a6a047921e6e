/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-model.h"

#include "lift-entities.h"

static void
write_free (SimWrite *write)
{
  g_free (write->value);
  g_free (write->parent);
  g_free (write);
}

static void
field_free (SimField *field)
{
  g_free (field->key);
  g_free (field->row);
  g_hash_table_unref (field->writes);
  g_free (field);
}

static void
row_free (SimRow *row)
{
  g_free (row->id);
  g_free (row->key);
  g_free (row->root);
  g_free (row);
}

static void
delete_free (SimDelete *delete)
{
  g_free (delete->root);
  g_free (delete->row);
  g_hash_table_unref (delete->seen);
  g_free (delete);
}

static void
op_free (SimOp *op)
{
  g_free (op->root);
  g_free (op->field);
  g_free (op->value);
  g_free (op);
}

SimModel *
sim_model_new (void)
{
  SimModel *self = g_new0 (SimModel, 1);

  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) field_free);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) row_free);
  self->deletes = g_ptr_array_new_with_free_func ((GDestroyNotify) delete_free);
  self->ops = g_ptr_array_new_with_free_func ((GDestroyNotify) op_free);
  self->exempt_trees = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
sim_model_free (SimModel *self)
{
  g_hash_table_unref (self->fields);
  g_hash_table_unref (self->rows);
  g_ptr_array_unref (self->deletes);
  g_ptr_array_unref (self->ops);
  g_hash_table_unref (self->exempt_trees);
  g_free (self);
}

char *
sim_row_key (LiftEntity *row)
{
  return g_strconcat (lift_entity_get_info (row)->name, "/", row->id, NULL);
}

char *
sim_field_key (LiftEntity *row, const LiftField *field)
{
  return g_strconcat (lift_entity_get_info (row)->name, "/", row->id, "/", field->key, NULL);
}

char *
sim_field_value (LiftEntity *row, const LiftField *field)
{
  return lift_field_dup_json (field, row);
}

const char *const *
sim_watched_fields (const LiftEntityInfo *info)
{
  static const char *const named[] = { "notes", "name", NULL };
  static const char *const weighed[] = { "notes", "weight", NULL };
  static const char *const grouped[] = { "notes", "groupKey", NULL };
  static const char *const planned[] = { "notes", "targetWeight", NULL };
  static const char *const done[] = { "notes", "actualWeight", NULL };
  static const char *const described[] = { "description", "name", NULL };
  static const char *const twins[] = { "description", NULL };
  static const char *const none[] = { NULL };

  if (info->gtype == LIFT_TYPE_BODY_WEIGHT_ENTRY)
    return weighed;
  if (info->gtype == LIFT_TYPE_EXERCISE_PLAN || info->gtype == LIFT_TYPE_EXERCISE_SESSION)
    return grouped;
  if (info->gtype == LIFT_TYPE_SET_PLAN)
    return planned;
  if (info->gtype == LIFT_TYPE_SET_SESSION)
    return done;
  if (info->gtype == LIFT_TYPE_EXERCISE)
    return twins;
  if (info->gtype == LIFT_TYPE_EXERCISE_PLAN_VARIANT ||
      info->gtype == LIFT_TYPE_EXERCISE_SESSION_VARIANT)
    return none;
  return info->gtype == LIFT_TYPE_VARIANT ? described : named;
}

SimRow *
sim_model_find_row (SimModel *self, const char *key)
{
  return g_hash_table_lookup (self->rows, key);
}

SimField *
sim_model_find_field (SimModel *self, const char *key)
{
  return g_hash_table_lookup (self->fields, key);
}

static void
add_op (SimModel *self, const char *root, const char *field, const char *value, guint device)
{
  SimOp *op = g_new0 (SimOp, 1);

  op->root = g_strdup (root);
  op->field = g_strdup (field);
  op->value = g_strdup (value);
  op->device = device;
  op->order = ++self->order;
  g_ptr_array_add (self->ops, op);
}

static char *
find_root (SimModel *self, LiftEntity *row, const char *key)
{
  const LiftField *parent = lift_entity_get_info (row)->parent;
  g_autofree char *above = NULL;
  SimRow *found;

  if (parent == NULL || lift_entity_get_parent_id (row) == NULL)
    return g_strdup (key);
  above = g_strconcat (parent->target, "/", lift_entity_get_parent_id (row), NULL);
  found = sim_model_find_row (self, above);
  return g_strdup (found != NULL ? found->root : above);
}

SimRow *
sim_model_add_row (SimModel *self, LiftEntity *row, guint device)
{
  SimRow *added = g_new0 (SimRow, 1);

  added->info = lift_entity_get_info (row);
  added->id = g_strdup (row->id);
  added->key = sim_row_key (row);
  added->root = find_root (self, row, added->key);
  g_hash_table_replace (self->rows, added->key, added);
  add_op (self, added->root, NULL, added->key, device);
  return added;
}

static SimField *
need_field (SimModel *self, LiftEntity *row, const LiftField *field)
{
  g_autofree char *key = sim_field_key (row, field);
  SimField *found = sim_model_find_field (self, key);

  if (found != NULL)
    return found;
  found = g_new0 (SimField, 1);
  found->key = g_steal_pointer (&key);
  found->row = sim_row_key (row);
  found->writes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) write_free);
  g_hash_table_insert (self->fields, found->key, found);
  return found;
}

/* @parent: nullable, for a new row. */
void
sim_model_add_write (
  SimModel *self, LiftEntity *row, const LiftField *field, const char *parent, guint device)
{
  SimField *known = need_field (self, row, field);
  SimWrite *write = g_new0 (SimWrite, 1);
  SimWrite *above = parent != NULL ? g_hash_table_lookup (known->writes, parent) : NULL;
  SimRow *of = sim_model_find_row (self, known->row);

  write->value = sim_field_value (row, field);
  write->parent = g_strdup (parent);
  write->device = device;
  if (above != NULL)
    above->replaced = TRUE;
  if (g_hash_table_contains (known->writes, write->value))
    known->exempt = TRUE;
  add_op (self, of->root, known->key, write->value, device);
  g_hash_table_replace (known->writes, write->value, write);
}

SimDelete *
sim_model_add_delete (SimModel *self, SimRow *row, guint device)
{
  SimDelete *delete = g_new0 (SimDelete, 1);

  row->deleted_itself = TRUE;
  delete->root = g_strdup (row->root);
  delete->row = g_strdup (row->key);
  delete->device = device;
  delete->order = ++self->order;
  delete->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_ptr_array_add (self->deletes, delete);
  return delete;
}

/* Whoever restores knows the deletes that were made on the same device, and the only one there is. */
void
sim_model_add_restore (SimModel *self, SimRow *row, guint device)
{
  guint n = 0;

  for (guint i = 0; i < self->deletes->len; i++)
    n += g_str_equal (((SimDelete *) self->deletes->pdata[i])->root, row->root);
  for (guint i = 0; i < self->deletes->len; i++)
    {
      SimDelete *delete = self->deletes->pdata[i];

      if (g_str_equal (delete->root, row->root) && g_str_equal (delete->row, row->key) &&
          (delete->device == device || n == 1))
        delete->undone = TRUE;
    }
  add_op (self, row->root, NULL, NULL, device);
}

gboolean
sim_field_knows (SimField *self, const char *value, const char *older)
{
  while (value != NULL && !g_str_equal (value, older))
    {
      SimWrite *write = g_hash_table_lookup (self->writes, value);

      value = write != NULL ? write->parent : NULL;
    }
  return value != NULL;
}

static void
forget_writes (SimField *field, GHashTable *held)
{
  GHashTableIter iter;
  gpointer key, write;

  g_hash_table_iter_init (&iter, field->writes);
  while (g_hash_table_iter_next (&iter, &key, &write))
    if (!g_hash_table_contains (held, key))
      ((SimWrite *) write)->forgotten = TRUE;
}

void
sim_model_forget (SimModel *self, GHashTable *held)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    forget_writes (value, held);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_hash_table_contains (held, key))
      ((SimRow *) value)->forgotten = TRUE;
}

gboolean
sim_model_is_deleted (SimModel *self, const char *root)
{
  for (guint i = 0; i < self->deletes->len; i++)
    if (g_str_equal (((SimDelete *) self->deletes->pdata[i])->root, root))
      return TRUE;
  return FALSE;
}

gboolean
sim_model_delete_knew (SimModel *self, SimField *field, const char *value)
{
  for (guint i = 0; i < self->deletes->len; i++)
    {
      SimDelete *delete = self->deletes->pdata[i];
      const char *seen = g_hash_table_lookup (delete->seen, field->key);

      if (seen != NULL && sim_field_knows (field, seen, value))
        return TRUE;
    }
  return FALSE;
}

/* Only what is sure. */
static gboolean
delete_knew (SimModel *self, SimDelete *delete, SimOp *op)
{
  const char *seen;
  SimField *field;

  if (op->device == delete->device)
    return op->order < delete->order;
  if (op->field == NULL)
    return op->value != NULL && g_hash_table_contains (delete->seen, op->value);
  seen = g_hash_table_lookup (delete->seen, op->field);
  field = sim_model_find_field (self, op->field);
  return seen != NULL && sim_field_knows (field, seen, op->value);
}

static gboolean
is_opposed (SimModel *self, SimDelete *delete)
{
  for (guint i = 0; i < self->ops->len; i++)
    {
      SimOp *op = self->ops->pdata[i];

      if (g_str_equal (op->root, delete->root) && !delete_knew (self, delete, op))
        return TRUE;
    }
  return FALSE;
}

/* A row that is there although somebody deleted it needs a restore, or an edit by somebody who did
 * not know. */
char *
sim_model_explain_alive (SimModel *self, const char *key)
{
  if (g_hash_table_contains (self->exempt_trees, key))
    return NULL;
  for (guint i = 0; i < self->deletes->len; i++)
    {
      SimDelete *delete = self->deletes->pdata[i];

      if (g_str_equal (delete->row, key) && !delete->undone && !is_opposed (self, delete))
        return g_strdup_printf ("%s was deleted by device %u and came back by itself", key,
                                delete->device);
    }
  return NULL;
}

/* And a row that is not there needs somebody who deleted it, or something above it. */
char *
sim_model_explain_dead (SimModel *self, const char *root)
{
  if (g_hash_table_contains (self->exempt_trees, root))
    return NULL;
  for (guint i = 0; i < self->deletes->len; i++)
    {
      SimDelete *delete = self->deletes->pdata[i];

      if (g_str_equal (delete->root, root) && !delete->undone)
        return NULL;
    }
  return g_strdup_printf ("nobody deleted %s, or it was restored", root);
}

/* Nothing can be said about a tree and its fields any more. */
void
sim_model_exempt_tree (SimModel *self, const char *root)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_add (self->exempt_trees, g_strdup (root));
  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SimField *field = value;
      SimRow *row = sim_model_find_row (self, field->row);

      if (row != NULL && g_str_equal (row->root, root))
        field->exempt = TRUE;
    }
}
