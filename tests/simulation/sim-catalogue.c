/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-catalogue.h"

/* Stands for the real catalogue, all of which every device of every seed would have to pull. */
GPtrArray *
lift_catalogue_load (void)
{
  static const char *const names[] = { "Squat", "Bench press" };
  GPtrArray *exercises = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      LiftEntity *exercise = g_object_new (LIFT_TYPE_EXERCISE, NULL);
      g_autofree char *id = g_strdup_printf ("00000000-0000-4000-8000-00000000000%u", i + 1);

      lift_entity_set (exercise, "id", id, "name", names[i], NULL);
      exercise->created_at = exercise->updated_at = G_GINT64_CONSTANT (1767225600000000);
      exercise->version = 1;
      g_ptr_array_add (exercises, exercise);
    }
  return exercises;
}
