/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-entity.h"

#include "lift-uuid.h"

/* What is done with entities and their field tables; lift-entity.c makes them. */

/**
 * lift_entity_new:
 * @gtype: an entity class
 * @clock: where its id and its time of birth come from
 *
 * Returns: (transfer full): a new row with an id and the fallback of each field
 */
gpointer
lift_entity_new (GType gtype, LiftClock *clock)
{
  LiftEntity *self = g_object_new (gtype, NULL);

  self->id = lift_uuid_new (clock);
  self->created_at = lift_clock_get_time (clock);
  return self;
}

/**
 * lift_entity_copy:
 *
 * Returns: (transfer full): another object with the same values
 */
LiftEntity *
lift_entity_copy (LiftEntity *self)
{
  const LiftEntityInfo *info = lift_entity_get_info (self);
  LiftEntity *copy = g_object_new (info->gtype, NULL);

  /* Nobody watches the copy yet, so nobody needs to be told. */
  for (guint i = 0; i < info->n_fields; i++)
    lift_field_copy (info->fields[i], copy, self);
  return copy;
}

/**
 * lift_entity_get_info:
 *
 * Returns: (transfer none): the field table of the object's class
 */
const LiftEntityInfo *
lift_entity_get_info (LiftEntity *self)
{
  return LIFT_ENTITY_GET_CLASS (self)->info;
}

/**
 * lift_entity_info_for_gtype:
 *
 * Returns: (transfer none): the field table of an entity class
 */
const LiftEntityInfo *
lift_entity_info_for_gtype (GType gtype)
{
  LiftEntityClass *klass = g_type_class_peek (gtype);

  /* Entity classes are static types: once made they stay. */
  if (klass == NULL)
    klass = g_type_class_ref (gtype);
  return klass->info;
}

/**
 * lift_entity_info_is_of_athlete:
 *
 * Returns: whether each row of the type belongs to one athlete for good. Tombstones of such rows
 *   are dropped some time, by the server and then by the clients
 */
gboolean
lift_entity_info_is_of_athlete (const LiftEntityInfo *info)
{
  for (guint i = 0; i < info->n_fields; i++)
    if ((info->fields[i]->flags & LIFT_FIELD_ATHLETE) &&
        (info->fields[i]->flags & LIFT_FIELD_REQUIRED))
      return TRUE;
  return FALSE;
}

/**
 * lift_entity_info_get_owner_column:
 * @owner: %LIFT_FIELD_ATHLETE or %LIFT_FIELD_COACH
 *
 * Athletes and coaches and who signs in as one have the same id, and are their own.
 *
 * Returns: (nullable): the column that says which athlete or coach a row belongs to
 */
const char *
lift_entity_info_get_owner_column (const LiftEntityInfo *info, LiftFieldFlags owner)
{
  if (g_str_equal (info->name, owner == LIFT_FIELD_COACH ? "Coach" : "Athlete") ||
      g_str_equal (info->name, "User"))
    return "id";
  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i]->flags & owner)
      return info->fields[i]->name;
  return NULL;
}

/**
 * lift_entity_hash_version:
 *
 * One row's part of the digest by which a server and a client see whether they hold the same: the
 * first eight bytes, as a big-endian number, of SHA-256 over `id:version:deleted`, the last being 0
 * or 1. Parts are added up without carry beyond 64 bits, so their order does not matter and a
 * change costs one subtraction.
 *
 * Returns: the part
 */
guint64
lift_entity_hash_version (const char *id, gint64 version, gboolean deleted)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = g_strdup_printf ("%s:%" G_GINT64_FORMAT ":%d", id, version, deleted);
  guint8 bytes[32];
  gsize size = sizeof bytes;
  guint64 hash = 0;

  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_get_digest (checksum, bytes, &size);
  for (guint i = 0; i < 8; i++)
    hash = hash << 8 | bytes[i];
  return hash;
}

/**
 * lift_entity_info_find:
 * @key: a wire key, `targetReps`
 *
 * Returns: (nullable) (transfer none): the field
 */
LiftField *
lift_entity_info_find (const LiftEntityInfo *info, const char *key)
{
  for (guint i = 0; i < info->n_fields; i++)
    if (g_str_equal (info->fields[i]->key, key))
      return info->fields[i];
  return NULL;
}

static LiftFieldSet
fields_without (const LiftEntityInfo *info, LiftFieldFlags flags)
{
  LiftFieldSet set = LIFT_FIELD_SET_NONE;

  for (guint i = 0; i < info->n_fields; i++)
    if ((info->fields[i]->flags & flags) == 0)
      set |= (LiftFieldSet) 1 << i;
  return set;
}

/**
 * lift_entity_info_get_editable:
 *
 * Returns: the fields that a client can change: neither local nor the server's, nor the id
 */
LiftFieldSet
lift_entity_info_get_editable (const LiftEntityInfo *info)
{
  return fields_without (info, LIFT_FIELD_LOCAL | LIFT_FIELD_SERVER) & ~(LiftFieldSet) 1;
}

/**
 * lift_entity_info_get_wire:
 *
 * Returns: the fields that travel
 */
LiftFieldSet
lift_entity_info_get_wire (const LiftEntityInfo *info)
{
  return fields_without (info, LIFT_FIELD_LOCAL);
}

/**
 * lift_entity_set:
 * @first_property: name of a property, then its value, and so on, then %NULL
 *
 * Sets properties in one go; a whole number is passed as gint64.
 */
void
lift_entity_set (LiftEntity *self, const char *first_property, ...)
{
  va_list args;

  va_start (args, first_property);
  g_object_set_valist (G_OBJECT (self), first_property, args);
  va_end (args);
}

/**
 * lift_entity_assign:
 * @from: an object of the same class
 * @fields: which ones
 *
 * Takes over values and tells watchers of those that changed.
 *
 * Returns: the fields that changed
 */
LiftFieldSet
lift_entity_assign (LiftEntity *self, LiftEntity *from, LiftFieldSet fields)
{
  const LiftEntityInfo *info = lift_entity_get_info (self);
  LiftFieldSet changed = lift_entity_diff (self, from) & fields;

  if (changed == LIFT_FIELD_SET_NONE)
    return changed;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < info->n_fields; i++)
    if (changed >> i & 1)
      {
        lift_field_copy (info->fields[i], self, from);
        g_object_notify_by_pspec (G_OBJECT (self), info->fields[i]->pspec);
      }
  g_object_thaw_notify (G_OBJECT (self));
  return changed;
}

/**
 * lift_entity_diff:
 * @b: an object of the same class
 *
 * Returns: the fields in which the two differ
 */
LiftFieldSet
lift_entity_diff (LiftEntity *a, LiftEntity *b)
{
  const LiftEntityInfo *info = lift_entity_get_info (a);
  LiftFieldSet set = LIFT_FIELD_SET_NONE;

  g_return_val_if_fail (info == lift_entity_get_info (b), LIFT_FIELD_SET_NONE);

  for (guint i = 0; i < info->n_fields; i++)
    if (!lift_field_equal (info->fields[i], a, b))
      set |= (LiftFieldSet) 1 << i;
  return set;
}

/**
 * lift_entity_is_dirty:
 *
 * Returns: whether the row holds what the server has not confirmed
 */
gboolean
lift_entity_is_dirty (LiftEntity *self)
{
  return self->pending != NULL;
}

/**
 * lift_entity_is_deleted:
 *
 * Returns: whether the row is a tombstone
 */
gboolean
lift_entity_is_deleted (LiftEntity *self)
{
  return self->deleted_at != LIFT_INT_NULL;
}

/**
 * lift_entity_get_parent_id:
 *
 * Returns: (nullable): the id of the row that this one is a part of
 */
const char *
lift_entity_get_parent_id (LiftEntity *self)
{
  const LiftEntityInfo *info = lift_entity_get_info (self);

  return info->parent != NULL ? lift_field_get_text (info->parent, self) : NULL;
}

/**
 * lift_entity_get_athlete_id:
 *
 * Returns: (nullable): the athlete whose data the row belongs to
 */
const char *
lift_entity_get_athlete_id (LiftEntity *self)
{
  const LiftEntityInfo *info = lift_entity_get_info (self);

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i]->flags & LIFT_FIELD_ATHLETE)
      return lift_field_get_text (info->fields[i], self);
  return NULL;
}

/**
 * lift_entity_validate:
 * @fields: which ones to look at. A rule between fields is looked at if it is about one of them:
 *   two devices may have broken it together, and that is no reason to refuse what has nothing to do
 *   with it
 * @faults: (element-type LiftFault): where to add what is wrong
 *
 * Returns: whether nothing is wrong
 */
gboolean
lift_entity_validate (LiftEntity *self, LiftFieldSet fields, GPtrArray *faults)
{
  LiftEntityClass *klass = LIFT_ENTITY_GET_CLASS (self);
  guint before = faults->len;

  for (guint i = 0; i < klass->info->n_fields; i++)
    if (fields >> i & 1)
      {
        LiftFault *fault = lift_field_validate (klass->info->fields[i], self);

        if (fault != NULL)
          g_ptr_array_add (faults, fault);
      }
  if (klass->validate != NULL)
    klass->validate (self, fields, faults);
  return faults->len == before;
}
