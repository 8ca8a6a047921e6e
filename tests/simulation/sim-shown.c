/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sim-end.h"

/* What the users have seen while it went on. */

static GHashTable *
read_watched (SimDevice *device)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; sim_types[i] != NULL; i++)
    if (*sim_watched_fields (lift_entity_info_for_gtype (sim_types[i]())) != NULL)
      sim_end_read_type (device, sim_types[i](), rows);
  return rows;
}

static void
note_value (SimDevice *device, LiftEntity *row, const char *name)
{
  const LiftField *field = lift_entity_info_find (lift_entity_get_info (row), name);
  SimWorld *world = device->world;
  g_autofree char *key = sim_field_key (row, field);
  g_autofree char *value = sim_field_value (row, field);
  const char *before = g_hash_table_lookup (device->shown, key);
  SimField *known = sim_model_find_field (world->model, key);

  if (g_strcmp0 (before, value) == 0 || known == NULL)
    return;
  if (before != NULL && !known->exempt && !sim_is_vague (world) &&
      sim_field_knows (known, before, value))
    sim_fail (world, "device %u showed %s = %s, and then %s again", device->number, key, before,
              value);
  g_hash_table_replace (device->shown, g_steal_pointer (&key), g_steal_pointer (&value));
}

/* What went with the access to it is another thing when that comes back. */
static gboolean
is_gone (gpointer key, gpointer value, gpointer rows)
{
  g_autofree char *row = g_strndup (key, strrchr (key, '/') - (char *) key);

  return !g_hash_table_contains (rows, row);
}

/* A user never sees a value go back to one that it had replaced. */
void
sim_note_shown (SimDevice *device)
{
  g_autoptr (GHashTable) rows = NULL;
  GHashTableIter iter;
  gpointer row;

  if (!sim_device_is_open (device))
    return;
  rows = read_watched (device);
  g_hash_table_foreach_remove (device->shown, is_gone, rows);
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    for (const char *const *name = sim_watched_fields (lift_entity_get_info (row)); *name != NULL;
         name++)
      note_value (device, row, *name);
}
