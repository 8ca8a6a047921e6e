/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-catalogue.h"

#include <gio/gio.h>

#include "lift-catalogue-resource.h"
#include "lift-json.h"

/* The catalogue is part of the program: it was born with it, and no server changed it. */
#define BORN G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01 UTC */

static LiftExercise *
read_exercise (JsonObject *object)
{
  LiftExercise *self = g_object_new (LIFT_TYPE_EXERCISE, NULL);
  g_autoptr (GPtrArray) faults = lift_fault_list_new ();

  lift_entity_read_json (LIFT_ENTITY (self), object, faults);
  g_assert (faults->len == 0);
  lift_entity_set (LIFT_ENTITY (self), "created-at", BORN, "updated-at", BORN, "version",
                   G_GINT64_CONSTANT (1), NULL);
  return self;
}

/**
 * lift_catalogue_load:
 *
 * The exercises that every client and server has from the start, with fixed ids.
 *
 * Returns: (transfer full) (element-type LiftExercise): new objects, ids ascending
 */
GPtrArray *
lift_catalogue_load (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  GPtrArray *exercises = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array;
  const char *text;
  gsize size;

  bytes = g_resource_lookup_data (lift_catalogue_get_resource (),
                                  "/org/liftlogger/model/catalogue.json", 0, NULL);
  text = g_bytes_get_data (bytes, &size);
  root = lift_json_parse (text, size, NULL);
  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (exercises, read_exercise (json_array_get_object_element (array, i)));
  return exercises;
}
