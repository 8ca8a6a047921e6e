/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-world.h"

/* Edits as a user makes them, and what is then believed to be saved. */

typedef struct
{
  char *type;
  char *id;
  char *key;
  char *value;
} Claim;

static void
claim_free (Claim *claim)
{
  g_free (claim->type);
  g_free (claim->id);
  g_free (claim->key);
  g_free (claim->value);
  g_free (claim);
}

/* @batch: (transfer full) (nullable): an inverse to commit */
FaultEdit *
fault_edit_new (FaultDevice *device, LiftBatch *batch)
{
  FaultEdit *self = g_new0 (FaultEdit, 1);

  self->device = device;
  self->batch = batch != NULL ? batch : lift_batch_new ("Edit");
  self->claims = g_ptr_array_new_with_free_func ((GDestroyNotify) claim_free);
  return self;
}

void
fault_edit_claim (
  FaultEdit *self, const char *type, const char *id, const char *key, const char *value)
{
  Claim *claim = g_new0 (Claim, 1);

  claim->type = g_strdup (type);
  claim->id = g_strdup (id);
  claim->key = g_strdup (key);
  claim->value = g_strdup (value);
  g_ptr_array_add (self->claims, claim);
}

static void
claim_field (FaultEdit *self, LiftEntity *row, const char *key)
{
  g_autofree char *value = fault_ledger_print_field (row, key);

  fault_edit_claim (self, lift_entity_get_info (row)->name, row->id, key, value);
}

void
fault_edit_insert (FaultEdit *self, LiftEntity *row, const char *key)
{
  lift_batch_insert (self->batch, row);
  claim_field (self, row, "deletedAt");
  claim_field (self, row, key);
}

/* An edited row is one that is wanted: it brings a deleted one back. */
void
fault_edit_set (FaultEdit *self, LiftEntity *row, const char *key, const char *value)
{
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row), key);

  lift_field_scan (field, row, value);
  lift_batch_update (self->batch, row, (LiftFieldSet) 1 << field->index);
  claim_field (self, row, key);
}

void
fault_edit_delete (FaultEdit *self, LiftEntity *row)
{
  const LiftEntityInfo *info = lift_entity_get_info (row);

  lift_batch_delete (self->batch, info, row->id);
  fault_edit_claim (self, info->name, row->id, "deletedAt", "yes");
}

static void
tell (FaultEdit *self, gboolean confirmed)
{
  for (guint i = 0; i < self->claims->len; i++)
    {
      Claim *claim = g_ptr_array_index (self->claims, i);

      self->device->tell (self->device, confirmed, claim->type, claim->id, claim->key,
                          claim->value);
    }
}

/* The user tries once more after a message. */
LiftBatch *
fault_edit_commit (FaultEdit *self)
{
  LiftBatch *inverse = NULL;

  tell (self, FALSE);
  for (guint i = 0; i < 2 && inverse == NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      inverse = lift_store_commit_sync (self->device->store, self->batch, &error);
      if (inverse == NULL)
        fault_world_expect (self->device->world, error, "an edit");
    }
  if (inverse != NULL)
    tell (self, TRUE);
  lift_batch_unref (self->batch);
  g_ptr_array_unref (self->claims);
  g_free (self);
  return inverse;
}
