/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "converge-world.h"
#include "lift-entities.h"
#include "lift-sync-journal.h"

/*
 * Devices against the real server, whose users discard what waits, and restore what they discarded,
 * at any moment: offline, between a push and its answer, after a crash. When the faults have healed,
 * all must agree: a row that was made clean here while the server holds something else shows as a
 * difference. LIFT_DISCARD_SEED repeats one history, LIFT_DISCARD_RUNS makes more of them.
 */

/* What the histories came to, so that one in which nothing happens is seen. */
static guint discarded, refused, restored;

/* What cannot be done just now (a parent that is deleted) is not done. */
static void
commit (Device *device, LiftBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_sync (device->store, batch, &error);

  g_assert_true (inverse != NULL || error->domain == LIFT_MODEL_ERROR);
}

static void
insert_row (World *world, Device *device)
{
  const LiftEntityInfo *info = world_get_type (g_rand_int_range (world->rand, 0, 3));
  g_autoptr (LiftEntity) row = lift_entity_new (info->gtype, LIFT_CLOCK (world_clock));
  g_autoptr (GPtrArray) plans = world_list_rows (device, world_get_type (1), FALSE);
  g_autoptr (GPtrArray)
    exercises = world_list_rows (device, lift_entity_info_for_gtype (LIFT_TYPE_EXERCISE), FALSE);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Insert");
  LiftEntity *plan = world_pick (world, plans);

  lift_entity_set (row, "athlete-id", world->athlete, NULL);
  if (LIFT_IS_BODY_WEIGHT_ENTRY (row))
    lift_entity_set (row, "weight", 80.0, "measurement-date", "2026-03-01", NULL);
  else if (LIFT_IS_TRAINING_PLAN (row))
    lift_entity_set (row, "name", "Lower", "date", "2026-03-02", NULL);
  else if (plan != NULL)
    lift_entity_set (row, "training-plan-id", plan->id, "exercise-id",
                     LIFT_ENTITY (exercises->pdata[0])->id, NULL);
  lift_batch_insert (batch, row);
  commit (device, batch);
}

static void
update_row (World *world, Device *device)
{
  const LiftEntityInfo *info = world_get_type (g_rand_int_range (world->rand, 0, 3));
  g_autoptr (GPtrArray) rows = world_list_rows (device, info, FALSE);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Update");
  g_autofree char *value = g_strdup_printf ("v%u", ++world->counter);
  LiftEntity *row = world_pick (world, rows);

  if (row == NULL)
    return;
  lift_entity_set (row, "notes", value, NULL);
  lift_batch_update (batch, row, (LiftFieldSet) 1 << lift_entity_info_find (info, "notes")->index);
  commit (device, batch);
}

static void
move_row (World *world, Device *device)
{
  g_autoptr (GPtrArray) rows = world_list_rows (device, world_get_type (2), FALSE);
  g_autoptr (GPtrArray) plans = world_list_rows (device, world_get_type (1), FALSE);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Move");
  LiftEntity *row = world_pick (world, rows);
  LiftEntity *plan = world_pick (world, plans);

  if (row == NULL || plan == NULL)
    return;
  lift_entity_set (row, "training-plan-id", plan->id, NULL);
  lift_batch_update (batch, row,
                     (LiftFieldSet) 1
                       << lift_entity_info_find (world_get_type (2), "trainingPlanId")->index);
  commit (device, batch);
}

static void
delete_or_return (World *world, Device *device)
{
  const LiftEntityInfo *info = world_get_type (g_rand_int_range (world->rand, 0, 3));
  g_autoptr (GPtrArray) rows = world_list_rows (device, info, TRUE);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Delete");
  LiftEntity *row = world_pick (world, rows);

  if (row == NULL)
    return;
  if (lift_entity_is_deleted (row))
    lift_batch_restore (batch, info, row->id);
  else
    lift_batch_delete (batch, info, row->id);
  commit (device, batch);
}

/* Sometimes the user thinks better of it at once. */
static void
restore (World *world, Device *device, gint64 number)
{
  g_autoptr (GError) error = NULL;

  if (lift_sync_restore_conflict (device->store, number, &error))
    restored++;
  else
    g_assert_true (error->domain == LIFT_MODEL_ERROR);
}

static void
discard_row (World *world, Device *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = lift_sync_list_waiting (device->store, &error);
  LiftWaitingRow *row = world_pick (world, rows);
  gint64 entry;

  g_assert_no_error (error);
  if (row == NULL)
    return;
  if (!lift_sync_discard (device->store, row->info, row->id, &entry, &error))
    {
      g_assert_true (error->domain == LIFT_MODEL_ERROR);
      refused++;
      return;
    }
  /* What was sent and not answered is never taken back. */
  g_assert_false (row->under_way);
  discarded++;
  if (entry > 0 && g_rand_int_range (world->rand, 0, 3) == 0)
    restore (world, device, entry);
}

static void
settle_entry (World *world, Device *device)
{
  g_autoptr (GPtrArray) entries = lift_sync_list_conflicts (device->store, NULL);
  LiftConflict *entry = world_pick (world, entries);

  if (entry == NULL)
    return;
  if (g_rand_int_range (world->rand, 0, 4) == 0)
    g_assert_true (lift_sync_dismiss_conflict (device->store, entry->number, NULL));
  else
    restore (world, device, entry->number);
}

/* Between what the server has done and what this device knows of it. */
static void
act_during (gpointer data)
{
  Device *device = data;
  World *world = device->world;

  if (world->settling || world->nested)
    return;
  world->nested = TRUE;
  if (g_rand_boolean (world->rand))
    update_row (world, device);
  if (g_rand_boolean (world->rand))
    discard_row (world, device);
  if (g_rand_int_range (world->rand, 0, 3) == 0)
    settle_entry (world, device);
  world->nested = FALSE;
}

static void
sync_or_crash (World *world, Device *device)
{
  if (g_rand_int_range (world->rand, 0, 10) > 0)
    {
      world_sync_device (device);
      return;
    }
  world_close_device (device);
  world_open_device (world, device);
}

static void
act (World *world, double faults)
{
  static void (*const acts[]) (World *, Device *) = {
    insert_row,       insert_row,  update_row,  update_row,   move_row,      delete_or_return,
    delete_or_return, discard_row, discard_row, settle_entry, sync_or_crash, sync_or_crash,
  };
  Device *device = &world->devices[g_rand_int_range (world->rand, 0, world->n_devices)];

  lift_virtual_clock_advance (world_clock, g_rand_int_range (world->rand, 1, 100) * 1000000);
  device->transport->faults = faults;
  acts[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (acts))](world, device);
}

static void
settle (World *world)
{
  world->settling = TRUE;
  lift_virtual_clock_advance (world_clock, G_TIME_SPAN_HOUR);
  for (guint i = 0; i < 4 * world->n_devices; i++)
    {
      Device *device = &world->devices[i % world->n_devices];

      device->transport->faults = 0;
      world_sync_device (device);
      lift_virtual_clock_advance (world_clock, 10 * G_TIME_SPAN_MINUTE);
    }
  world->settling = FALSE;
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
  g_autoptr (GPtrArray) rows = lift_sync_list_waiting (device->store, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      LiftWaitingRow *row = g_ptr_array_index (rows, i);
      LiftFault *fault = row->faults->len > 0 ? row->faults->pdata[0] : NULL;

      g_error ("seed %u: %s %s still waits: %s", world->seed, row->info->name, row->id,
               fault != NULL ? fault->message : "nobody knows why");
    }
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
}

/* A device that has nothing yet sees what the server has. */
static void
assert_server_agrees (World *world)
{
  g_autofree char *username = g_strdup_printf ("athlete%u", world_count);

  world_add_device (world, username);
  world_sync_device (&world->devices[world->n_devices - 1]);
  assert_agree (world);
}

static void
run_world (guint32 seed, guint n_devices, double faults)
{
  World world;

  world_init (&world, seed, n_devices, act_during);
  for (guint i = 0; i < world.n_devices; i++)
    world_sync_device (&world.devices[i]);
  for (guint i = 0; i < 60; i++)
    act (&world, faults);
  settle (&world);
  assert_agree (&world);
  assert_server_agrees (&world);
  if (world_alarms > 0)
    g_error ("seed %u: a device that thought it had all differed from the server", seed);
  world_clear (&world);
}

static guint
get_number (const char *name, guint fallback)
{
  const char *text = g_getenv (name);

  return text != NULL ? strtoul (text, NULL, 10) : fallback;
}

static void
run_many (guint n_devices, double faults)
{
  guint runs = get_number ("LIFT_DISCARD_RUNS", 15);
  guint first = get_number ("LIFT_DISCARD_SEED", 1);

  discarded = refused = restored = 0;
  for (guint i = 0; i < runs; i++)
    run_world (first + i, n_devices, faults);
  g_test_message ("%u discards, %u that were refused, %u restores", discarded, refused, restored);
  g_assert_cmpuint (discarded, >, 0);
  g_assert_cmpuint (restored, >, 0);
}

static void
test_one_device (void)
{
  run_many (1, 0);
}

static void
test_one_device_with_faults (void)
{
  run_many (1, 0.25);
}

static void
test_three_devices_with_faults (void)
{
  run_many (3, 0.2);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  world_set_up_server ();
  g_test_add_func ("/sync/discard-histories/one-device", test_one_device);
  g_test_add_func ("/sync/discard-histories/one-device-with-faults", test_one_device_with_faults);
  g_test_add_func ("/sync/discard-histories/three-devices-with-faults",
                   test_three_devices_with_faults);
  status = g_test_run ();
  world_tear_down_server ();
  return status;
}
