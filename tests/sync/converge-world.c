/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "converge-world.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "lift-entities.h"
#include "lift-json.h"
#include "lift-server-sqlite.h"
#include "lift-uuid.h"

/* 2026-03-01 12:00 UTC */
#define START G_GINT64_CONSTANT (1772366400000000)
static char *folder;
LiftVirtualClock *world_clock;
static LiftServer *server;
guint world_count;
guint world_alarms;

static void
log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if (strstr (message, "differ from the server's") != NULL)
    world_alarms++;
  else
    g_log_default_handler (domain, level, message, data);
}

void
world_set_up_server (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerDatabase) database = NULL;
  g_autoptr (LiftStore) template = NULL;
  g_autofree char *path = NULL;
  g_autofree char *template_path = NULL;

  g_log_set_default_handler (log_cb, NULL);
  folder = g_dir_make_tmp ("lift-converge-XXXXXX", &error);
  g_assert_no_error (error);
  world_clock = lift_virtual_clock_new (START, 1);
  path = g_build_filename (folder, "server.db", NULL);
  database = lift_server_sqlite_open (path, 2, &error);
  g_assert_no_error (error);
  server = lift_server_new (database, LIFT_CLOCK (world_clock), &error);
  g_assert_no_error (error);
  lift_server_set_cheap_passwords (server, TRUE);
  template_path = g_build_filename (folder, "template.db", NULL);
  template = lift_store_open_inline (template_path, LIFT_CLOCK (world_clock), &error);
  g_assert_no_error (error);
  lift_store_close (template);
}

void
world_tear_down_server (void)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", folder);

  g_assert_finalize_object (server);
  g_assert_finalize_object (world_clock);
  g_assert_cmpint (system (command), ==, 0);
  g_free (folder);
}

void
world_start_epoch (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lift_server_start_epoch (server, &error));
  g_assert_no_error (error);
}

guint
world_purge (void)
{
  guint all = 0, purged;

  do
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (lift_server_purge (server, 3, &purged, &error));
      g_assert_no_error (error);
      g_assert_true (lift_server_check (server, &error));
      all += purged;
    }
  while (purged > 0);
  return all;
}

void
world_open_device (World *world, Device *device)
{
  g_autoptr (GError) error = NULL;

  device->store = lift_store_open_inline (device->path, LIFT_CLOCK (world_clock), &error);
  g_assert_no_error (error);
  device->transport = lift_core_transport_new (server, g_rand_int (world->rand));
  device->api = lift_api_new (LIFT_TRANSPORT (device->transport));
  device->world = world;
  device->transport->during = world->during;
  device->transport->during_data = device;
  lift_api_set_tokens (device->api, device->token, device->refresh_token);
  device->manager = lift_sync_manager_new (device->store, device->api, device->id);
}

void
world_close_device (Device *device)
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

static JsonObject *
sign_in (const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString)
    answer = lift_server_login (server, username, "correct horse", "test", &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = lift_json_parse_object (answer->str, answer->len, &error);
  g_assert_no_error (error);
  return object;
}

void
world_sign_in_again (Device *device)
{
  gsize place = device - device->world->devices;
  g_autofree char *username = g_strdup_printf ("%s%u", place % 2 == 0 ? "athlete" : "coach",
                                               world_count);
  g_autoptr (JsonObject) object = sign_in (username);

  lift_api_set_tokens (device->api, lift_json_get_string (object, "token"),
                       lift_json_get_string (object, "refreshToken"));
}

void
world_add_device (World *world, const char *username)
{
  Device *device = &world->devices[world->n_devices++];
  g_autofree char *template = g_build_filename (folder, "template.db", NULL);
  g_autofree char *name = g_strdup_printf ("device-%u-%u.db", world_count, world->n_devices);
  g_autoptr (GFile) from = g_file_new_for_path (template);
  g_autoptr (GFile) to = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;

  device->path = g_build_filename (folder, name, NULL);
  to = g_file_new_for_path (device->path);
  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  object = sign_in (username);
  device->token = g_strdup (lift_json_get_string (object, "token"));
  device->refresh_token = g_strdup (lift_json_get_string (object, "refreshToken"));
  if (lift_json_get_string (object, "athleteId") != NULL && world->athlete == NULL)
    world->athlete = g_strdup (lift_json_get_string (object, "athleteId"));
  device->id = lift_uuid_new (LIFT_CLOCK (world_clock));
  world_open_device (world, device);
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

void
world_init (World *world, guint32 seed, guint n_devices, void (*during) (gpointer device))
{
  g_autofree char *coach = g_strdup_printf ("coach%u", ++world_count);
  g_autofree char *athlete = g_strdup_printf ("athlete%u", world_count);

  *world = (World){ .seed = seed, .during = during };
  world->rand = g_rand_new_with_seed (seed);
  world->parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  add_user (coach, "coach", NULL);
  add_user (athlete, "athlete", coach);
  for (guint i = 0; i < n_devices; i++)
    world_add_device (world, i % 2 == 0 ? athlete : coach);
}

void
world_clear (World *world)
{
  for (guint i = 0; i < world->n_devices; i++)
    {
      world_close_device (&world->devices[i]);
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

void
world_sync_device (Device *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSyncResult) result = lift_sync_manager_sync_sync (device->manager, NULL, &error);

  g_assert_no_error (error);
  if (device->transport->faults == 0)
    g_assert_no_error (result->error);
  lift_virtual_clock_advance (world_clock, G_TIME_SPAN_SECOND);
}

const LiftEntityInfo *
world_get_type (guint index)
{
  static GType (*const types[]) (void) = { lift_body_weight_entry_get_type,
                                           lift_training_plan_get_type,
                                           lift_exercise_plan_get_type };

  return lift_entity_info_for_gtype (types[index]());
}

GPtrArray *
world_list_rows (Device *device, const LiftEntityInfo *info, gboolean with_deleted)
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

gpointer
world_pick (World *world, GPtrArray *rows)
{
  return rows->len > 0 ? g_ptr_array_index (rows, g_rand_int_range (world->rand, 0, rows->len))
                       : NULL;
}
