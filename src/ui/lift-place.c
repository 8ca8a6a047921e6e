/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-place.h"

#include "lift-body-weight-entry.h"
#include "lift-registry.h"
#include "lift-training-session.h"

/**
 * lift_place_copy:
 *
 * Returns: (transfer full): the same place
 */
LiftPlace *
lift_place_copy (const LiftPlace *self)
{
  LiftPlace *copy = g_new0 (LiftPlace, 1);

  copy->info = self->info;
  copy->id = g_strdup (self->id);
  copy->athlete_id = g_strdup (self->athlete_id);
  copy->part_id = g_strdup (self->part_id);
  copy->row_id = g_strdup (self->row_id);
  return copy;
}

/**
 * lift_place_free:
 */
void
lift_place_free (LiftPlace *self)
{
  g_free (self->id);
  g_free (self->athlete_id);
  g_free (self->part_id);
  g_free (self->row_id);
  g_free (self);
}

static LiftEntity *
get_shown (LiftStore *store, const LiftEntityInfo *info, const char *id)
{
  g_autoptr (LiftEntity) row = id != NULL ? lift_store_get_sync (store, info, id, NULL) : NULL;

  return row != NULL && !lift_entity_is_deleted (row) ? g_steal_pointer (&row) : NULL;
}

/* Body weight is written where the session of that day is. */
static LiftEntity *
get_session_of_day (LiftStore *store, LiftBodyWeightEntry *entry)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_TRAINING_SESSION);
  g_autoptr (GPtrArray) rows = NULL;

  lift_query_where (query, "athleteId", LIFT_QUERY_EQUAL, entry->athlete_id);
  lift_query_where (query, "sessionDate", LIFT_QUERY_EQUAL, entry->measurement_date);
  rows = lift_store_query_sync (store, query, NULL);
  return rows != NULL && rows->len > 0 ? g_object_ref (rows->pdata[0]) : NULL;
}

static LiftEntity *
get_parent (LiftStore *store, LiftEntity *row)
{
  LiftField *parent = lift_entity_get_info (row)->parent;

  if (LIFT_IS_BODY_WEIGHT_ENTRY (row))
    return get_session_of_day (store, LIFT_BODY_WEIGHT_ENTRY (row));
  return get_shown (store, lift_registry_find (parent->target), lift_entity_get_parent_id (row));
}

static gboolean
has_parent (LiftEntity *row)
{
  return LIFT_IS_BODY_WEIGHT_ENTRY (row) || lift_entity_get_info (row)->parent != NULL;
}

/**
 * lift_place_find:
 * @store: where the row is
 * @info: its type
 * @id: its id
 *
 * Reads the store: not for the main thread.
 *
 * Returns: (transfer full) (nullable): where the row is; %NULL if it, or what it is a part of, is
 *   not there or deleted
 */
LiftPlace *
lift_place_find (LiftStore *store, const LiftEntityInfo *info, const char *id)
{
  g_autoptr (LiftEntity) row = get_shown (store, info, id);
  g_autoptr (LiftPlace) self = g_new0 (LiftPlace, 1);

  self->row_id = g_strdup (id);
  while (row != NULL && has_parent (row))
    {
      g_autoptr (LiftEntity) part = g_steal_pointer (&row);

      g_free (self->part_id);
      self->part_id = g_strdup (part->id);
      row = get_parent (store, part);
    }
  if (row == NULL)
    return NULL;
  self->info = lift_entity_get_info (row);
  self->id = g_strdup (row->id);
  self->athlete_id = g_strdup (lift_entity_get_athlete_id (row));
  return g_steal_pointer (&self);
}
