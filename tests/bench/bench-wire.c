/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-wire.h"

#include "lift-batch-private.h"

static GString *
begin_body (const char *type, gint64 mutation)
{
  GString *out = g_string_sized_new (512 * BENCH_BATCH);

  g_string_append_printf (out,
                          "{\"deviceId\":\"" BENCH_DEVICE "\",\"firstMutation\":%" G_GINT64_FORMAT
                          ",\"changes\":{\"%s\":[",
                          mutation + 1, type);
  return out;
}

static void
add_row (GString *out, LiftEntity *row, gint64 mutation)
{
  if (!g_str_has_suffix (out->str, "["))
    g_string_append_c (out, ',');
  g_string_append_c (out, '{');
  lift_entity_write_members (row, out, LIFT_FIELD_SET_ALL);
  g_string_append_printf (out, ",\"mutation\":%" G_GINT64_FORMAT "}", mutation);
}

static void
end_body (GPtrArray *bodies, GString *out)
{
  g_string_append (out, "]}}");
  g_ptr_array_add (bodies, g_string_free_to_bytes (out));
}

static GPtrArray *
new_bodies (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

/* One body for each run of rows of a type, and none longer than a server takes. */
static void
write_rows (GPtrArray *bodies, GPtrArray *rows, GType gtype, gint64 *mutation)
{
  GString *out = NULL;
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      LiftEntity *row = ((LiftWrite *) g_ptr_array_index (rows, i))->entity;

      if (G_OBJECT_TYPE (row) != gtype)
        continue;
      if (out == NULL)
        out = begin_body (lift_entity_get_info (row)->name, *mutation);
      add_row (out, row, ++*mutation);
      if (++n % BENCH_BATCH == 0)
        end_body (bodies, g_steal_pointer (&out));
    }
  if (out != NULL)
    end_body (bodies, out);
}

/**
 * bench_wire_make_frame:
 *
 * Makes sessions with exercises for the sets to be a part of.
 *
 * Returns: (transfer full) (element-type GBytes): bodies of pushes, in order
 */
GPtrArray *
bench_wire_make_frame (BenchRows *rows, guint n_exercises, gint64 *mutation)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);
  GPtrArray *bodies = new_bodies ();

  for (guint i = 0; i < n_exercises; i++)
    bench_rows_begin_exercise (rows, batch);
  write_rows (bodies, lift_batch_get_writes (batch), LIFT_TYPE_TRAINING_SESSION, mutation);
  write_rows (bodies, lift_batch_get_writes (batch), LIFT_TYPE_EXERCISE_SESSION, mutation);
  return bodies;
}

/**
 * bench_wire_make_sets:
 *
 * Makes new sets of the last exercise.
 *
 * Returns: (transfer full) (element-type GBytes): bodies of pushes, in order
 */
GPtrArray *
bench_wire_make_sets (BenchRows *rows, guint n, gint64 *mutation)
{
  g_autoptr (LiftBatch) batch = lift_batch_new (NULL);
  GPtrArray *bodies = new_bodies ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LiftSetSession) set = bench_rows_make_set (rows);

      lift_batch_insert (batch, LIFT_ENTITY (set));
    }
  write_rows (bodies, lift_batch_get_writes (batch), LIFT_TYPE_SET_SESSION, mutation);
  return bodies;
}
