/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "converge-world.h"
#include "lift-entities.h"
#include "lift-store-writer.h"
#include "lift-sync-journal.h"

/*
 * Several devices and the real server, random edits and faults, all from one seed. When the faults
 * have healed, all must agree (I3), nothing may be pending, and no field may hold a value that
 * somebody had replaced knowing it (I2).
 */

static LiftEntity *
pick_row (World *world, Device *device, const LiftEntityInfo *info)
{
  g_autoptr (GPtrArray) rows = world_list_rows (device, info, FALSE);
  LiftEntity *row = world_pick (world, rows);

  return row != NULL ? g_object_ref (row) : NULL;
}

static void
commit (Device *device, LiftBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_sync (device->store, batch, &error);

  g_assert_no_error (error);
}

/* A value that nobody else writes, and what it replaces. */
static void
write_value (World *world, LiftEntity *row, const char *key)
{
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row), key);
  char *value = g_strdup_printf ("v%u", ++world->counter);

  g_hash_table_insert (world->parents, value, g_strdup (lift_field_get_text (field, row)));
  lift_field_set_text (field, row, value);
}

static const char *
get_second_field (const LiftEntityInfo *info)
{
  if (info->gtype == LIFT_TYPE_BODY_WEIGHT_ENTRY)
    return "source";
  return info->gtype == LIFT_TYPE_TRAINING_PLAN ? "name" : "groupKey";
}

static gboolean
fill_new (World *world, Device *device, LiftEntity *row)
{
  g_autoptr (LiftEntity) plan = NULL;

  g_object_set (row, "athlete-id", world->athlete, NULL);
  if (LIFT_IS_BODY_WEIGHT_ENTRY (row))
    g_object_set (row, "weight", 80.0, "measurement-date", "2026-03-01", NULL);
  else if (LIFT_IS_TRAINING_PLAN (row))
    g_object_set (row, "date", "2026-03-02", NULL);
  else
    {
      g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
      g_autoptr (GPtrArray) exercises = NULL;

      lift_query_limit (query, 1, 0);
      exercises = lift_store_query_sync (device->store, query, NULL);
      plan = pick_row (world, device, world_get_type (1));
      if (plan == NULL)
        return FALSE;
      g_object_set (row, "training-plan-id", plan->id, "exercise-id",
                    ((LiftEntity *) exercises->pdata[0])->id, "order-index", (gint64) 1, NULL);
    }
  return TRUE;
}

static void
insert_row (World *world, Device *device)
{
  const LiftEntityInfo *info = world_get_type (g_rand_int_range (world->rand, 0, 3));
  g_autoptr (LiftEntity) row = lift_entity_new (info->gtype, LIFT_CLOCK (world_clock));
  g_autoptr (LiftBatch) batch = lift_batch_new ("Insert");

  if (!fill_new (world, device, row))
    return;
  write_value (world, row, "notes");
  write_value (world, row, get_second_field (info));
  lift_batch_insert (batch, row);
  commit (device, batch);
}

static void
update_row (World *world, Device *device)
{
  const LiftEntityInfo *info = world_get_type (g_rand_int_range (world->rand, 0, 3));
  g_autoptr (LiftEntity) row = pick_row (world, device, info);
  const char *key = g_rand_boolean (world->rand) ? "notes" : get_second_field (info);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Update");

  if (row == NULL)
    return;
  write_value (world, row, key);
  lift_batch_update (batch, row, (LiftFieldSet) 1 << lift_entity_info_find (info, key)->index);
  commit (device, batch);
}

/* While a push is under way the user goes on typing, and another device syncs. */
static void
edit_during (gpointer data)
{
  Device *device = data;
  World *world = device->world;
  Device *other = &world->devices[g_rand_int_range (world->rand, 0, world->n_devices)];

  if (world->settling || world->nested)
    return;
  world->nested = TRUE;
  if (g_rand_int_range (world->rand, 0, 3) == 0)
    update_row (world, device);
  if (other != device && g_rand_boolean (world->rand))
    {
      update_row (world, other);
      world_sync_device (other);
    }
  world->nested = FALSE;
}

static gboolean
parent_is_live (Device *device, LiftEntity *row)
{
  g_autoptr (LiftEntity) parent = NULL;

  if (lift_entity_get_parent_id (row) == NULL)
    return TRUE;
  parent = lift_store_get_sync (device->store, world_get_type (1), lift_entity_get_parent_id (row),
                                NULL);
  return parent != NULL && !lift_entity_is_deleted (parent);
}

static void
delete_or_restore_row (World *world, Device *device)
{
  const LiftEntityInfo *info = world_get_type (g_rand_int_range (world->rand, 0, 3));
  g_autoptr (GPtrArray) rows = world_list_rows (device, info, TRUE);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Delete");
  LiftEntity *row;

  if (rows->len == 0)
    return;
  row = g_ptr_array_index (rows, g_rand_int_range (world->rand, 0, rows->len));
  if (!lift_entity_is_deleted (row))
    lift_batch_delete (batch, info, row->id);
  else if (parent_is_live (device, row))
    lift_batch_restore (batch, info, row->id);
  commit (device, batch);
}

static void
act (World *world, double faults, gboolean deletes)
{
  Device *device = &world->devices[g_rand_int_range (world->rand, 0, world->n_devices)];
  int choice = g_rand_int_range (world->rand, 0, 100);

  lift_virtual_clock_advance (world_clock, g_rand_int_range (world->rand, 1, 100) * 1000000);
  device->transport->faults = faults;
  if (choice < 7)
    insert_row (world, device);
  else if (choice < 55)
    update_row (world, device);
  else if (choice < 62)
    {
      if (deletes)
        delete_or_restore_row (world, device);
    }
  else if (choice < 65)
    {
      world_close_device (device);
      world_open_device (world, device);
    }
  else
    world_sync_device (device);
}

static char *
print_rows (Device *device)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) rows = world_list_rows (device, world_get_type (i), TRUE);

      for (guint j = 0; j < rows->len; j++)
        {
          lift_entity_write_json (g_ptr_array_index (rows, j), out, LIFT_FIELD_SET_ALL);
          g_string_append_c (out, '\n');
        }
    }
  return g_string_free (out, FALSE);
}

static void
assert_nothing_waits (World *world, Device *device)
{
  LiftStoreStatus status;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) failed = lift_sync_list_failed (device->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < failed->len; i++)
    {
      LiftFailedRow *row = g_ptr_array_index (failed, i);
      LiftFault *fault = row->faults->len > 0 ? row->faults->pdata[0] : NULL;

      g_test_message ("seed %u: %s %s: %s", world->seed, row->info->name, row->id,
                      fault != NULL ? fault->message : "?");
    }
  lift_store_get_status_sync (device->store, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (status.needs_attention + status.retrying, ==, 0);
  g_assert_cmpuint (status.pending, ==, 0);
  g_assert_cmpuint (status.parked, ==, 0);
}

/* Values that somebody replaced who saw them. */
static GHashTable *
get_superseded (World *world)
{
  GHashTable *superseded = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer parent;

  g_hash_table_iter_init (&iter, world->parents);
  while (g_hash_table_iter_next (&iter, NULL, &parent))
    if (parent != NULL)
      g_hash_table_add (superseded, parent);
  return superseded;
}

static void
assert_maximal (World *world, Device *device)
{
  g_autoptr (GHashTable) superseded = get_superseded (world);

  for (guint i = 0; i < 3; i++)
    {
      const LiftEntityInfo *info = world_get_type (i);
      g_autoptr (GPtrArray) rows = world_list_rows (device, info, TRUE);

      for (guint j = 0; j < rows->len; j++)
        {
          LiftEntity *row = g_ptr_array_index (rows, j);
          const char *notes = lift_field_get_text (lift_entity_info_find (info, "notes"), row);
          const char *second = lift_field_get_text (
            lift_entity_info_find (info, get_second_field (info)), row);

          if (g_hash_table_contains (superseded, notes) ||
              g_hash_table_contains (superseded, second))
            g_error ("seed %u: %s %s holds %s and %s, of which one had been replaced", world->seed,
                     info->name, row->id, notes, second);
        }
    }
}

/* Faults have healed: every device syncs, and once more. */
static void
settle (World *world)
{
  world->settling = TRUE;
  lift_virtual_clock_advance (world_clock, G_TIME_SPAN_HOUR);
  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < world->n_devices; i++)
      {
        world->devices[i].transport->faults = 0;
        world_sync_device (&world->devices[i]);
        lift_virtual_clock_advance (world_clock, 10 * G_TIME_SPAN_MINUTE);
      }
  world->settling = FALSE;
}

static void
assert_agree (World *world)
{
  g_autofree char *first = print_rows (&world->devices[0]);

  for (guint i = 0; i < world->n_devices; i++)
    {
      g_autofree char *other = print_rows (&world->devices[i]);

      assert_nothing_waits (world, &world->devices[i]);
      if (!g_str_equal (first, other))
        g_error ("seed %u: device %u differs:\n%s\nand\n%s", world->seed, i, first, other);
    }
  assert_maximal (world, &world->devices[0]);
}

/* A device that has nothing yet sees what the server has. */
static void
assert_server_agrees (World *world)
{
  g_autofree char *username = g_strdup_printf ("athlete%u", world_count);
  g_autofree char *known = print_rows (&world->devices[0]);
  g_autofree char *fresh = NULL;

  world_add_device (world, username);
  world_sync_device (&world->devices[world->n_devices - 1]);
  fresh = print_rows (&world->devices[world->n_devices - 1]);
  g_assert_cmpstr (known, ==, fresh);
}

static void
run_world (guint32 seed, guint n_devices, guint steps, double faults, gboolean deletes)
{
  World world;

  world_init (&world, seed, n_devices, edit_during);
  for (guint i = 0; i < world.n_devices; i++)
    world_sync_device (&world.devices[i]);
  for (guint i = 0; i < steps; i++)
    act (&world, faults, deletes);
  settle (&world);
  assert_agree (&world);
  /* Life goes on. */
  for (guint i = 0; i < steps / 4; i++)
    act (&world, 0, deletes);
  settle (&world);
  assert_agree (&world);
  assert_server_agrees (&world);
  g_assert_cmpuint (world_alarms, ==, 0);
  world_clear (&world);
}

/* LIFT_CONVERGE_SEED repeats one history, LIFT_CONVERGE_RUNS makes more of them. */
static guint
get_number (const char *name, guint fallback)
{
  const char *text = g_getenv (name);

  return text != NULL ? strtoul (text, NULL, 10) : fallback;
}

static void
run_many (guint n_devices, guint steps, double faults, gboolean deletes)
{
  guint runs = get_number ("LIFT_CONVERGE_RUNS", 8);
  guint first = get_number ("LIFT_CONVERGE_SEED", 1);

  for (guint i = 0; i < runs; i++)
    run_world (first + i, n_devices, steps, faults, deletes);
}

static gboolean
run_sql (LiftStoreWriter *writer, gpointer sql, GError **error)
{
  return lift_database_exec (lift_store_writer_get_database (writer), sql, error);
}

static void
change_store (Device *device, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_store_write_sync (device->store, run_sql, (gpointer) sql, &error));
  g_assert_no_error (error);
}

/* Loses a row of the second device, or its newest state, without a trace. */
static void
lose (World *world, const char *sql)
{
  guint before = world_alarms;

  change_store (&world->devices[1], sql);
  insert_row (world, &world->devices[0]);
  update_row (world, &world->devices[0]);
  settle (world);
  g_assert_cmpuint (world_alarms, ==, before + 1);
  assert_agree (world);
}

static void
test_digest_finds_what_was_lost (void)
{
  World world;

  world_init (&world, 5, 2, NULL);
  for (guint i = 0; i < 20; i++)
    insert_row (&world, &world.devices[0]);
  settle (&world);
  assert_agree (&world);
  g_assert_cmpuint (world_alarms, ==, 0);
  lose (&world,
        "DELETE FROM body_weight_entry WHERE id = (SELECT min (id) FROM body_weight_entry)");
  lose (&world, "UPDATE training_plan SET version = version - 1, notes = 'old' "
                "WHERE id = (SELECT min (id) FROM training_plan)");
  world_alarms = 0;
  world_clear (&world);
}

/* A row that nobody can read yet keeps only the rows of its own athlete or coach from being
 * compared; one that does not say whose it is, those of all. */
static void
test_digest_beside_parked (void)
{
  static const char *const parked[] = {
    "('Comment', 'c-0', '{\"athleteId\":\"somebody-else\"}'),"
    "('Comment', 'c-1', '{\"coachId\":\"somebody-else\"}'),"
    "('Athlete', 'a-0', '{\"id\":\"a-0\",\"birthDate\":7}')",
    "('Comment', 'c-2', '{\"athleteId\":\"%s\",\"coachId\":null}')",
    "('Athlete', '%s', '{\"birthDate\":7}')",
    "('Comment', 'c-3', '{\"stars\":5}')",
    "('Comment', 'c-4', '[]')",
    "('Comment', 'c-5', 'no JSON')",
  };
  World world;

  world_init (&world, 8, 2, NULL);
  for (guint i = 0; i < 20; i++)
    insert_row (&world, &world.devices[0]);
  settle (&world);
  for (guint i = 0; i < G_N_ELEMENTS (parked); i++)
    {
      g_auto (GStrv) parts = g_strsplit (parked[i], "%s", -1);
      g_autofree char *values = g_strjoinv (world.athlete, parts);
      g_autofree char *sql = g_strconcat ("DELETE FROM parked; INSERT INTO parked VALUES ", values,
                                          NULL);

      change_store (&world.devices[1], sql);
      change_store (&world.devices[1], "UPDATE training_plan SET version = version - 1 "
                                       "WHERE id = (SELECT min (id) FROM training_plan)");
      insert_row (&world, &world.devices[0]);
      settle (&world);
      g_test_message ("%s", values);
      g_assert_cmpuint (world_alarms, ==, 1);
    }
  change_store (&world.devices[1], "DELETE FROM parked");
  insert_row (&world, &world.devices[0]);
  settle (&world);
  g_assert_cmpuint (world_alarms, ==, 2);
  assert_agree (&world);
  world_alarms = 0;
  world_clear (&world);
}

/* Where the two count differently, whatever the reason, the device pulls anew once, not for ever. */
static void
test_digest_that_never_fits (void)
{
  static const char insert[] =
    "INSERT INTO training_plan (id, athlete_id, name, date, version, last_synced_at) "
    "SELECT 'not-the-servers', athlete_id, name, date, 1, 1 FROM training_plan LIMIT 1";
  World world;

  world_init (&world, 6, 2, NULL);
  for (guint i = 0; i < 20; i++)
    insert_row (&world, &world.devices[0]);
  settle (&world);
  change_store (&world.devices[1], insert);
  for (guint i = 0; i < 5; i++)
    {
      insert_row (&world, &world.devices[0]);
      settle (&world);
    }
  g_assert_cmpuint (world_alarms, ==, 1);
  change_store (&world.devices[1], "DELETE FROM training_plan WHERE id = 'not-the-servers'");
  world_alarms = 0;
  world_clear (&world);
}

static void
add_exercise (Device *device, const char *name)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_COACH);
  g_autoptr (LiftEntity) exercise = lift_entity_new (LIFT_TYPE_EXERCISE, LIFT_CLOCK (world_clock));
  g_autoptr (LiftBatch) batch = lift_batch_new ("Insert");
  g_autoptr (GPtrArray) coaches = lift_store_query_sync (device->store, query, NULL);

  g_assert_cmpuint (coaches->len, ==, 1);
  g_object_set (exercise, "name", name, "coach-id", ((LiftEntity *) coaches->pdata[0])->id,
                "tracking", "weight_reps", NULL);
  lift_batch_insert (batch, exercise);
  commit (device, batch);
}

/* The coach's own rows are compared as those of athletes are. */
static void
test_digest_of_the_coach (void)
{
  World world;

  world_init (&world, 7, 2, NULL);
  settle (&world);
  add_exercise (&world.devices[1], "Zercher squat");
  add_exercise (&world.devices[1], "Sissy squat");
  settle (&world);
  g_assert_cmpuint (world_alarms, ==, 0);
  change_store (&world.devices[0], "DELETE FROM exercise WHERE name = 'Zercher squat'");
  add_exercise (&world.devices[1], "Jefferson deadlift");
  settle (&world);
  g_assert_cmpuint (world_alarms, ==, 1);
  world_alarms = 0;
  world_clear (&world);
}

static void
add_weight (World *world, Device *device)
{
  g_autoptr (LiftEntity)
    row = lift_entity_new (LIFT_TYPE_BODY_WEIGHT_ENTRY, LIFT_CLOCK (world_clock));
  g_autoptr (LiftBatch) batch = lift_batch_new ("Insert");

  g_assert_true (fill_new (world, device, row));
  write_value (world, row, "notes");
  write_value (world, row, "source");
  lift_batch_insert (batch, row);
  commit (device, batch);
}

/* Tombstones go on the server and on every device, and the digest fits; a device that was away for
 * longer pulls all anew and keeps what it has not sent. */
static void
test_purge (void)
{
  World world;

  world_init (&world, 8, 3, NULL);
  for (guint i = 0; i < 30; i++)
    insert_row (&world, &world.devices[0]);
  settle (&world);
  for (guint i = 0; i < 15; i++)
    delete_or_restore_row (&world, &world.devices[1]);
  /* The coach's device sends them, the athlete's first hears of them. */
  world_sync_device (&world.devices[1]);
  world_sync_device (&world.devices[0]);
  lift_virtual_clock_advance (world_clock, 401 * G_TIME_SPAN_DAY);
  g_assert_cmpuint (world_purge (), >, 10);
  for (guint i = 0; i < world.n_devices; i++)
    world_sign_in_again (&world.devices[i]);
  update_row (&world, &world.devices[0]);
  /* Not a part of anything that may be gone. */
  add_weight (&world, &world.devices[2]);
  settle (&world);
  g_assert_cmpuint (world_alarms, ==, 0);
  assert_agree (&world);
  assert_server_agrees (&world);
  world_clear (&world);
}

static void
test_one_device (void)
{
  run_many (1, 40, 0.15, FALSE);
}

static void
test_two_devices (void)
{
  run_many (2, 40, 0, FALSE);
}

static void
test_faults (void)
{
  run_many (3, 60, 0.2, FALSE);
}

static void
test_deletes (void)
{
  run_many (2, 50, 0, TRUE);
}

static void
test_deletes_and_faults (void)
{
  run_many (3, 60, 0.2, TRUE);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  world_set_up_server ();
  g_test_add_func ("/sync/converge/one-device", test_one_device);
  g_test_add_func ("/sync/converge/two-devices", test_two_devices);
  g_test_add_func ("/sync/converge/faults", test_faults);
  g_test_add_func ("/sync/converge/deletes", test_deletes);
  g_test_add_func ("/sync/converge/deletes-and-faults", test_deletes_and_faults);
  g_test_add_func ("/sync/converge/digest-finds-what-was-lost", test_digest_finds_what_was_lost);
  g_test_add_func ("/sync/converge/digest-beside-parked", test_digest_beside_parked);
  g_test_add_func ("/sync/converge/digest-that-never-fits", test_digest_that_never_fits);
  g_test_add_func ("/sync/converge/digest-of-the-coach", test_digest_of_the_coach);
  g_test_add_func ("/sync/converge/purge", test_purge);
  status = g_test_run ();
  world_tear_down_server ();
  return status;
}
