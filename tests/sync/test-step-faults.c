/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "lift-test-server-private.h"
#include "step-faults.h"
#include "step-world.h"

/*
 * The n-th step of the client's database fails, for n = 1, 2, 3 … until a run passes untouched,
 * in a sync that meets everything: changes, conflicts, what cannot be read, access that ended,
 * a batch that was under way, refusals. Each time the failure is told, what was typed is still
 * there, and the next sync ends as if nothing had happened.
 *
 * LIFT_STEP_FAULTS=all takes the equal steps of long loops one by one as well.
 */

typedef struct
{
  const char *name;
  void (*prepare) (StepDevice *device);
} Scene;

static StepWorld world;

static void
prepare_plain (StepDevice *device)
{
}

static void
prepare_resync (StepDevice *device)
{
  device->server->epoch++;
  g_ptr_array_remove_index (device->server->rows, 0);
}

/* An older copy of the server, which has forgotten what it had answered. */
static void
prepare_restored (StepDevice *device)
{
  device->server->epoch++;
  device->server->last_mutation = 0;
  for (guint i = 0; i < device->server->rows->len; i++)
    {
      LiftTestRow *row = g_ptr_array_index (device->server->rows, i);

      if (g_str_equal (row->id, device->world->ids[ROW_EXTRA]))
        json_object_set_string_member (row->object, "notes", "older");
      if (g_str_equal (row->id, device->world->ids[ROW_EXTRA]))
        json_object_set_int_member (row->object, "version", 0);
    }
  g_ptr_array_remove_index (device->server->rows, 0);
}

/* An older copy of the store: the server counts further. */
static void
prepare_ahead (StepDevice *device)
{
  device->server->last_mutation += 7;
}

static void
prepare_base (StepDevice *device)
{
  device->server->is_base = TRUE;
  device->server->page = 2;
}

static gboolean
run_sql (LiftStoreWriter *writer, gpointer sql, GError **error)
{
  return lift_database_exec (lift_store_writer_get_database (writer), sql, error);
}

/* The server counts rows that are not here, and has forgotten what was deleted long ago. */
static void
prepare_digest (StepDevice *device)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = device->server->rows;

  /* What cannot be read here would put the comparison off. */
  for (guint i = rows->len; i > 0; i--)
    if (g_str_equal (((LiftTestRow *) rows->pdata[i - 1])->type, "Mystery"))
      g_ptr_array_remove_index (rows, i - 1);
  g_assert_true (
    lift_store_write_sync (device->store, run_sql, (gpointer) "DELETE FROM parked", &error));
  g_free (device->digest);
  device->digest = g_strdup_printf (
    "{\"athlete:0190aaaa-0000-7000-8000-0000000000dd\":{\"rows\":3,\"hash\":\"aa\"},"
    "\"athlete:%s\":{\"rows\":0,\"hash\":\"\",\"purgedUntil\":\"2026-03-02T12:00:00Z\"}}",
    device->world->made.base.athlete);
  device->server->digest = device->digest;
}

static const Scene scenes[] = {
  { "plain", prepare_plain },        { "resync", prepare_resync }, { "restored", prepare_restored },
  { "store-is-old", prepare_ahead }, { "base", prepare_base },     { "digest", prepare_digest },
};

static void
begin (StepDevice *device, const Scene *scene)
{
  step_device_init (device, &world);
  step_device_change_server (device);
  scene->prepare (device);
}

static LiftSyncResult *
sync_now (StepDevice *device)
{
  g_autoptr (GError) error = NULL;
  LiftSyncResult *result = lift_sync_manager_sync_sync (device->manager, NULL, &error);

  g_assert_no_error (error);
  return result;
}

/* Refused rows are due again after an hour; three times settles whatever can be. */
static char *
settle (StepDevice *device)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (LiftSyncResult) result = NULL;

      lift_virtual_clock_advance (device->clock, G_TIME_SPAN_HOUR);
      result = sync_now (device);
      g_assert_no_error (result->error);
    }
  return step_device_print (device);
}

static void
assert_weight (StepDevice *device, Row row, double weight)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftEntity) entry = lift_store_get_sync (
    device->store, lift_entity_info_for_gtype (LIFT_TYPE_BODY_WEIGHT_ENTRY),
    device->world->ids[row], &error);

  g_assert_no_error (error);
  g_assert_nonnull (entry);
  g_assert_cmpfloat (LIFT_BODY_WEIGHT_ENTRY (entry)->weight, ==, weight);
}

static void
assert_nothing_lost (StepDevice *device)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_store_check_sync (device->store, &error));
  g_assert_no_error (error);
  assert_weight (device, ROW_EDITED, 85);
  assert_weight (device, ROW_SAME, 70);
  assert_weight (device, ROW_FLYING, 82);
  assert_weight (device, ROW_NEW, 83);
  assert_weight (device, ROW_WAITED, 84);
  assert_weight (device, ROW_BAD, 86);
  assert_weight (device, ROW_LATER, 87);
  assert_weight (device, ROW_ALIVE, 88);
}

/*
 * Ends:
 *
 * How a run ends, line by line: one that passes untouched, and one whose pull fails at first, so
 * that the push goes before it. After a fault each line is one of these, and what both have is
 * there.
 */
typedef struct
{
  GHashTable *untouched;
  GHashTable *push_first;
} Ends;

static GHashTable *
split (const char *text)
{
  GHashTable *lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) parts = g_strsplit (text, "\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    g_hash_table_add (lines, g_strdup (parts[i]));
  return lines;
}

static void
assert_ends_well (const Scene *scene, const Ends *ends, const char *settled, guint at)
{
  g_autoptr (GHashTable) lines = split (settled);
  GHashTableIter iter;
  gpointer line;

  g_hash_table_iter_init (&iter, lines);
  while (g_hash_table_iter_next (&iter, &line, NULL))
    if (!g_hash_table_contains (ends->untouched, line) &&
        !g_hash_table_contains (ends->push_first, line))
      g_error ("%s, step %u (%s): ends with %s", scene->name, at, step_faults_get_sql (),
               (char *) line);
  g_hash_table_iter_init (&iter, ends->untouched);
  while (g_hash_table_iter_next (&iter, &line, NULL))
    if (g_hash_table_contains (ends->push_first, line) && !g_hash_table_contains (lines, line))
      g_error ("%s, step %u (%s): ends without %s", scene->name, at, step_faults_get_sql (),
               (char *) line);
}

/* Whether there was an @at-th step. */
static gboolean
run_with_fault (const Scene *scene, guint at, LiftDatabaseError code, const Ends *ends)
{
  StepDevice device;
  g_autoptr (LiftSyncResult) result = NULL;
  g_autofree char *settled = NULL;
  gboolean failed;

  begin (&device, scene);
  step_faults_begin (at, code);
  result = sync_now (&device);
  failed = step_faults_end ();
  assert_nothing_lost (&device);
  settled = settle (&device);
  assert_ends_well (scene, ends, settled, at);
  /* To look whether another process has written is not worth an error. */
  if (failed && g_strcmp0 (step_faults_get_sql (), "PRAGMA data_version") != 0)
    g_assert_error (result->error, LIFT_DATABASE_ERROR, (int) code);
  step_device_clear (&device);
  return failed;
}

static GHashTable *
run_well (const Scene *scene, gboolean push_first)
{
  StepDevice device;
  g_autoptr (LiftSyncResult) result = NULL;
  g_autofree char *settled = NULL;

  begin (&device, scene);
  device.server->fail_pull = push_first ? 500 : 0;
  result = sync_now (&device);
  g_assert_cmpint (result->error != NULL, ==, push_first);
  device.server->fail_pull = 0;
  settled = settle (&device);
  step_device_clear (&device);
  return split (settled);
}

static void
test_scene (gconstpointer data)
{
  const Scene *scene = data;
  g_autoptr (GHashTable) untouched = run_well (scene, FALSE);
  g_autoptr (GHashTable) push_first = run_well (scene, TRUE);
  Ends ends = { untouched, push_first };
  guint at = 1;

  while (run_with_fault (scene, at, LIFT_DATABASE_ERROR_FAILED, &ends))
    at++;
  g_test_message ("%u steps", at - 1);
  g_assert_cmpuint (at, >, 50);
}

static void
add_tests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/step-faults/", scenes[i].name, NULL);

      g_test_add_data_func (path, &scenes[i], test_scene);
    }
}

int
main (int argc, char *argv[])
{
  return step_world_run_tests (&world, add_tests, argc, argv);
}
