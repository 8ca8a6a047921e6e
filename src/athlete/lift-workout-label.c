/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-workout-label.h"

#include <glib/gi18n-lib.h>

static const char *
get_group (LiftWorkout *self, guint index)
{
  return ((LiftWorkoutExercise *) self->exercises->pdata[index])->session->group_key;
}

/* Whether the exercise goes on with the superset of the one before it. */
static gboolean
continues (LiftWorkout *self, guint index)
{
  return index > 0 && index < self->exercises->len && get_group (self, index) != NULL &&
         g_strcmp0 (get_group (self, index), get_group (self, index - 1)) == 0;
}

/**
 * lift_workout_label:
 * @index: which exercise
 *
 * Returns: (transfer full): its place: "A", or "B1" and "B2" in a superset
 */
char *
lift_workout_label (LiftWorkout *self, guint index)
{
  guint letter = 0;
  guint number = 1;

  for (guint i = 1; i <= index; i++)
    {
      letter += continues (self, i) ? 0 : 1;
      number = continues (self, i) ? number + 1 : 1;
    }
  if (!continues (self, index) && !continues (self, index + 1))
    return g_strdup_printf ("%c", 'A' + (int) (letter % 26));
  return g_strdup_printf ("%c%u", 'A' + (int) (letter % 26), number);
}

/**
 * lift_set_label:
 * @ordinal: which working set of its exercise it is, from 1; 0 for a warm-up
 *
 * Working sets are counted by themselves: after two warm-ups comes "1".
 *
 * Returns: (transfer full): what stands at the head of a set, "w" or "1"
 */
char *
lift_set_label (int ordinal)
{
  /* Translators: stands for the number of a warm-up set. */
  return ordinal == 0 ? g_strdup (_ ("w")) : g_strdup_printf ("%d", ordinal);
}
