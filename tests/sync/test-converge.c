/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <stdlib.h>

#include "lift-core-transport.h"
#include "lift-entities.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-server-sqlite.h"
#include "lift-sync-journal.h"
#include "lift-sync-manager.h"
#include "lift-uuid.h"
#include "lift-virtual-clock.h"

/*
 * Several devices and the real server, random edits and faults, all from one seed. When the faults
 * have healed, all must agree (I3), nothing may be pending, and no field may hold a value that
 * somebody had replaced knowing it (I2).
 */

/* 2026-03-01 12:00 UTC */
#define START G_GINT64_CONSTANT (1772366400000000)
#define MAX_DEVICES 4

typedef struct _World World;

typedef struct
{
  World *world;
  LiftStore *store;
  LiftApi *api;
  LiftCoreTransport *transport;
  LiftSyncManager *manager;
  char *id;
  char *path;
  char *token;
  char *refresh_token;
} Device;

struct _World
{
  guint32 seed;
  gboolean settling;
  gboolean nested;
  GRand *rand;
  Device devices[MAX_DEVICES];
  guint n_devices;
  char *athlete;
  GHashTable *parents; /* value → the value that its writer saw, and replaced */
  guint counter;
};

static char *folder;
static LiftVirtualClock *the_clock;
static LiftServer *server;
static guint n_worlds;

static void
set_up_server (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerDatabase) database = NULL;
  g_autoptr (LiftStore) template = NULL;
  g_autofree char *path = NULL;
  g_autofree char *template_path = NULL;

  folder = g_dir_make_tmp ("lift-converge-XXXXXX", &error);
  g_assert_no_error (error);
  the_clock = lift_virtual_clock_new (START, 1);
  path = g_build_filename (folder, "server.db", NULL);
  database = lift_server_sqlite_open (path, 2, &error);
  g_assert_no_error (error);
  server = lift_server_new (database, LIFT_CLOCK (the_clock), &error);
  g_assert_no_error (error);
  lift_server_set_cheap_passwords (server, TRUE);
  template_path = g_build_filename (folder, "template.db", NULL);
  template = lift_store_open_inline (template_path, LIFT_CLOCK (the_clock), &error);
  g_assert_no_error (error);
  lift_store_close (template);
}

static void
tear_down_server (void)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", folder);

  g_assert_finalize_object (server);
  g_assert_finalize_object (the_clock);
  g_assert_cmpint (system (command), ==, 0);
  g_free (folder);
}

static void edit_during (gpointer data);

static void
open_device (World *world, Device *device)
{
  g_autoptr (GError) error = NULL;

  device->store = lift_store_open_inline (device->path, LIFT_CLOCK (the_clock), &error);
  g_assert_no_error (error);
  device->transport = lift_core_transport_new (server, g_rand_int (world->rand));
  device->api = lift_api_new (LIFT_TRANSPORT (device->transport));
  device->world = world;
  device->transport->during = edit_during;
  device->transport->during_data = device;
  lift_api_set_tokens (device->api, device->token, device->refresh_token);
  device->manager = lift_sync_manager_new (device->store, device->api, device->id);
}

static void
close_device (Device *device)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_free (device->token);
  device->token = lift_api_dup_token (device->api);
  g_free (device->refresh_token);
  device->refresh_token = lift_api_dup_refresh_token (device->api);
  g_assert_finalize_object (device->manager);
  g_assert_finalize_object (device->api);
  g_assert_finalize_object (device->transport);
  g_assert_finalize_object (device->store);
}

static void
add_device (World *world, const char *username)
{
  Device *device = &world->devices[world->n_devices++];
  g_autofree char *template = g_build_filename (folder, "template.db", NULL);
  g_autofree char *name = g_strdup_printf ("device-%u-%u.db", n_worlds, world->n_devices);
  g_autoptr (GFile) from = g_file_new_for_path (template);
  g_autoptr (GFile) to = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) answer = NULL;
  g_autoptr (JsonObject) object = NULL;

  device->path = g_build_filename (folder, name, NULL);
  to = g_file_new_for_path (device->path);
  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  answer = lift_server_login (server, username, "correct horse", "test", &error);
  g_assert_no_error (error);
  object = lift_json_parse_object (answer->str, answer->len, &error);
  g_assert_no_error (error);
  device->token = g_strdup (lift_json_get_string (object, "token"));
  device->refresh_token = g_strdup (lift_json_get_string (object, "refreshToken"));
  if (lift_json_get_string (object, "athleteId") != NULL && world->athlete == NULL)
    world->athlete = g_strdup (lift_json_get_string (object, "athleteId"));
  device->id = lift_uuid_new (LIFT_CLOCK (the_clock));
  open_device (world, device);
}

static void
add_user (const char *username, const char *role, const char *coach)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = lift_server_add_user (server, username, "correct horse", role, username,
                                              coach, &error);

  g_assert_no_error (error);
  g_assert_nonnull (id);
}

static void
world_init (World *world, guint32 seed, guint n_devices)
{
  g_autofree char *coach = g_strdup_printf ("coach%u", ++n_worlds);
  g_autofree char *athlete = g_strdup_printf ("athlete%u", n_worlds);

  *world = (World){ .seed = seed };
  world->rand = g_rand_new_with_seed (seed);
  world->parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  add_user (coach, "coach", NULL);
  add_user (athlete, "athlete", coach);
  for (guint i = 0; i < n_devices; i++)
    add_device (world, i % 2 == 0 ? athlete : coach);
}

static void
world_clear (World *world)
{
  for (guint i = 0; i < world->n_devices; i++)
    {
      close_device (&world->devices[i]);
      g_unlink (world->devices[i].path);
      g_free (world->devices[i].path);
      g_free (world->devices[i].token);
      g_free (world->devices[i].refresh_token);
      g_free (world->devices[i].id);
    }
  g_rand_free (world->rand);
  g_hash_table_unref (world->parents);
  g_free (world->athlete);
}

static void
sync_device (Device *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSyncResult) result = lift_sync_manager_sync_sync (device->manager, NULL, &error);

  g_assert_no_error (error);
  if (device->transport->faults == 0)
    g_assert_no_error (result->error);
  lift_virtual_clock_advance (the_clock, G_TIME_SPAN_SECOND);
}

static const LiftEntityInfo *
get_type (guint index)
{
  static GType (*const types[]) (void) = { lift_body_weight_entry_get_type,
                                           lift_training_plan_get_type,
                                           lift_exercise_plan_get_type };

  return lift_entity_info_for_gtype (types[index]());
}

static GPtrArray *
list_rows (Device *device, const LiftEntityInfo *info, gboolean with_deleted)
{
  g_autoptr (LiftQuery) query = lift_query_new (info->gtype);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  if (with_deleted)
    lift_query_with_deleted (query);
  lift_query_order_by (query, "id", FALSE);
  rows = lift_store_query_sync (device->store, query, &error);
  g_assert_no_error (error);
  return rows;
}

static LiftEntity *
pick_row (World *world, Device *device, const LiftEntityInfo *info)
{
  g_autoptr (GPtrArray) rows = list_rows (device, info, FALSE);

  if (rows->len == 0)
    return NULL;
  return g_object_ref (g_ptr_array_index (rows, g_rand_int_range (world->rand, 0, rows->len)));
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
      plan = pick_row (world, device, get_type (1));
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
  const LiftEntityInfo *info = get_type (g_rand_int_range (world->rand, 0, 3));
  g_autoptr (LiftEntity) row = lift_entity_new (info->gtype, LIFT_CLOCK (the_clock));
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
  const LiftEntityInfo *info = get_type (g_rand_int_range (world->rand, 0, 3));
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
      sync_device (other);
    }
  world->nested = FALSE;
}

static gboolean
parent_is_live (Device *device, LiftEntity *row)
{
  g_autoptr (LiftEntity) parent = NULL;

  if (lift_entity_get_parent_id (row) == NULL)
    return TRUE;
  parent = lift_store_get_sync (device->store, get_type (1), lift_entity_get_parent_id (row), NULL);
  return parent != NULL && !lift_entity_is_deleted (parent);
}

static void
delete_or_restore_row (World *world, Device *device)
{
  const LiftEntityInfo *info = get_type (g_rand_int_range (world->rand, 0, 3));
  g_autoptr (GPtrArray) rows = list_rows (device, info, TRUE);
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

  lift_virtual_clock_advance (the_clock, g_rand_int_range (world->rand, 1, 100) * 1000000);
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
      close_device (device);
      open_device (world, device);
    }
  else
    sync_device (device);
}

static char *
print_rows (Device *device)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) rows = list_rows (device, get_type (i), TRUE);

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
      const LiftEntityInfo *info = get_type (i);
      g_autoptr (GPtrArray) rows = list_rows (device, info, TRUE);

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
  lift_virtual_clock_advance (the_clock, G_TIME_SPAN_HOUR);
  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < world->n_devices; i++)
      {
        world->devices[i].transport->faults = 0;
        sync_device (&world->devices[i]);
        lift_virtual_clock_advance (the_clock, 10 * G_TIME_SPAN_MINUTE);
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
  g_autofree char *username = g_strdup_printf ("athlete%u", n_worlds);
  g_autofree char *known = print_rows (&world->devices[0]);
  g_autofree char *fresh = NULL;

  add_device (world, username);
  sync_device (&world->devices[world->n_devices - 1]);
  fresh = print_rows (&world->devices[world->n_devices - 1]);
  g_assert_cmpstr (known, ==, fresh);
}

static void
run_world (guint32 seed, guint n_devices, guint steps, double faults, gboolean deletes)
{
  World world;

  world_init (&world, seed, n_devices);
  for (guint i = 0; i < world.n_devices; i++)
    sync_device (&world.devices[i]);
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
  guint runs = get_number ("LIFT_CONVERGE_RUNS", 40);
  guint first = get_number ("LIFT_CONVERGE_SEED", 1);

  for (guint i = 0; i < runs; i++)
    run_world (first + i, n_devices, steps, faults, deletes);
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
  set_up_server ();
  g_test_add_func ("/sync/converge/one-device", test_one_device);
  g_test_add_func ("/sync/converge/two-devices", test_two_devices);
  g_test_add_func ("/sync/converge/faults", test_faults);
  g_test_add_func ("/sync/converge/deletes", test_deletes);
  g_test_add_func ("/sync/converge/deletes-and-faults", test_deletes_and_faults);
  status = g_test_run ();
  tear_down_server ();
  return status;
}
