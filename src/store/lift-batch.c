/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-batch-private.h"

struct _LiftBatch
{
  gatomicrefcount refs;
  char *label;
  GPtrArray *writes; /* LiftWrite */
};

G_DEFINE_BOXED_TYPE (LiftBatch, lift_batch, lift_batch_ref, lift_batch_unref)

static void
write_free (LiftWrite *write)
{
  g_clear_object (&write->entity);
  g_free (write->id);
  g_free (write);
}

/**
 * lift_batch_new:
 * @label: (nullable): what the writes are, for the undo menu: "Add Set"
 *
 * Returns: (transfer full): an empty batch
 */
LiftBatch *
lift_batch_new (const char *label)
{
  LiftBatch *self = g_new0 (LiftBatch, 1);

  g_atomic_ref_count_init (&self->refs);
  self->label = g_strdup (label != NULL ? label : "");
  self->writes = g_ptr_array_new_with_free_func ((GDestroyNotify) write_free);
  return self;
}

/**
 * lift_batch_ref:
 *
 * Returns: (transfer full): @self
 */
LiftBatch *
lift_batch_ref (LiftBatch *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * lift_batch_unref:
 * @self: (transfer full): a batch
 */
void
lift_batch_unref (LiftBatch *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->writes);
  g_free (self->label);
  g_free (self);
}

/**
 * lift_batch_get_label:
 *
 * Returns: (transfer none): the label, empty for none
 */
const char *
lift_batch_get_label (LiftBatch *self)
{
  return self->label;
}

/**
 * lift_batch_is_empty:
 *
 * Returns: whether nothing would be written
 */
gboolean
lift_batch_is_empty (LiftBatch *self)
{
  return self->writes->len == 0;
}

static LiftWrite *
add (LiftBatch *self, LiftWriteKind kind, const LiftEntityInfo *info, const char *id)
{
  LiftWrite *write = g_new0 (LiftWrite, 1);

  write->kind = kind;
  write->info = info;
  write->id = g_strdup (id);
  g_ptr_array_add (self->writes, write);
  return write;
}

/**
 * lift_batch_insert:
 * @entity: a new row; its values are copied, so that the caller may go on with it
 *
 * Adds the making of a row.
 */
void
lift_batch_insert (LiftBatch *self, LiftEntity *entity)
{
  LiftWrite *write = add (self, LIFT_WRITE_INSERT, lift_entity_get_info (entity), entity->id);

  write->entity = lift_entity_copy (entity);
}

/*
 * lift_batch_take_update:
 * @entity: (transfer full): a row
 */
void
lift_batch_take_update (LiftBatch *self, LiftEntity *entity, LiftFieldSet fields)
{
  LiftWrite *write = add (self, LIFT_WRITE_UPDATE, lift_entity_get_info (entity), entity->id);

  write->entity = entity;
  write->fields = fields;
}

/**
 * lift_batch_update:
 * @entity: a row with its new values, which are copied
 * @fields: which of them are meant; the others stay as they are in the store
 *
 * Adds a change of a row.
 */
void
lift_batch_update (LiftBatch *self, LiftEntity *entity, LiftFieldSet fields)
{
  lift_batch_take_update (self, lift_entity_copy (entity), fields);
}

/**
 * lift_batch_delete:
 * @id: a row; what is a part of it goes with it
 *
 * Adds a soft delete.
 */
void
lift_batch_delete (LiftBatch *self, const LiftEntityInfo *info, const char *id)
{
  add (self, LIFT_WRITE_DELETE, info, id);
}

/**
 * lift_batch_restore:
 * @id: a deleted row; what went in the same delete comes back with it
 *
 * Adds the return of a deleted row.
 */
void
lift_batch_restore (LiftBatch *self, const LiftEntityInfo *info, const char *id)
{
  add (self, LIFT_WRITE_RESTORE, info, id);
}

/*
 * lift_batch_get_writes:
 *
 * Returns: (transfer none) (element-type LiftWrite): the writes in order
 */
GPtrArray *
lift_batch_get_writes (LiftBatch *self)
{
  return self->writes;
}

/*
 * lift_batch_reverse:
 *
 * Turns the order round: what was done last is taken back first.
 */
void
lift_batch_reverse (LiftBatch *self)
{
  gpointer *data = self->writes->pdata;

  for (guint i = 0, j = self->writes->len; i + 1 < j; i++)
    {
      gpointer other = data[--j];

      data[j] = data[i];
      data[i] = other;
    }
}
