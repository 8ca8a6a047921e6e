/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-world.h"

#include <unistd.h>

#include "lift-api.h"
#include "lift-store-writer.h"
#include "lift-uuid.h"
#include "lift-sync-manager-private.h"

#define START G_GINT64_CONSTANT (1772366400000000)

static void
take_tokens (SimDevice *self, const char *sign_in)
{
  g_autoptr (JsonObject) object = lift_json_parse_object (sign_in, -1, NULL);

  g_free (self->token);
  self->token = g_strdup (lift_json_get_string (object, "token"));
  g_free (self->refresh_token);
  self->refresh_token = g_strdup (lift_json_get_string (object, "refreshToken"));
}

void
sim_device_init (SimWorld *world, guint number, const char *username, const char *sign_in)
{
  SimDevice *self = &world->devices[number];
  g_autofree char *name = g_strdup_printf ("device-%u.db", number);
  g_autofree char *folder = g_path_get_dirname (world->path);

  self->world = world;
  self->number = number;
  self->username = username;
  self->is_coach = sim_athlete_of (world, username) == NULL;
  self->path = g_build_filename (folder, name, NULL);
  self->clock = lift_virtual_clock_new (START, ((guint64) world->plan.seed << 8) + number + 1);
  self->id = lift_uuid_new (LIFT_CLOCK (self->clock));
  self->network = g_rand_new_with_seed (world->plan.seed + number);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < 2; i++)
    self->seats[i].device = self;
  take_tokens (self, sign_in);
}

/* How many rows of a type a page holds, by seed. */
static const guint page_limits[] = { 1, 3, 7, 500, 500, 500, 500 };

static void
run_main_context (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

gboolean
sim_seat_open (SimSeat *self)
{
  SimDevice *device = self->device;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftTransport) transport = NULL;

  self->store = lift_store_open_inline (device->path, LIFT_CLOCK (device->clock), &error);
  if (self->store == NULL)
    return FALSE;
  lift_store_set_pause_func (self->store, (void (*) (gpointer)) sim_fiber_pause, NULL);
  transport = sim_transport_new (self);
  self->api = lift_api_new (transport);
  lift_api_set_tokens (self->api, device->token, device->refresh_token);
  self->manager = lift_sync_manager_new (self->store, self->api, device->id);
  self->manager->pull_limit = page_limits[device->world->plan.seed % G_N_ELEMENTS (page_limits)];
  return TRUE;
}

/* The next process of this device goes on with the tokens of the last. */
static void
keep_tokens (SimSeat *self)
{
  g_free (self->device->token);
  self->device->token = lift_api_dup_token (self->api);
  g_free (self->device->refresh_token);
  self->device->refresh_token = lift_api_dup_refresh_token (self->api);
}

void
sim_seat_close (SimSeat *self)
{
  if (self->store == NULL)
    return;
  while (self->fiber != NULL)
    sim_seat_sync_go_on (self);
  run_main_context ();
  keep_tokens (self);
  g_assert_finalize_object (g_steal_pointer (&self->manager));
  g_assert_finalize_object (g_steal_pointer (&self->api));
  g_assert_finalize_object (g_steal_pointer (&self->store));
  g_clear_pointer (&self->result, lift_sync_result_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->inverse, lift_batch_unref);
  g_clear_pointer (&self->undo, lift_batch_unref);
  g_clear_pointer (&self->undo_root, g_free);
}

gboolean
sim_device_is_open (SimDevice *self)
{
  return self->seats[0].store != NULL;
}

gboolean
sim_device_open (SimDevice *self)
{
  return sim_device_is_open (self) || sim_seat_open (&self->seats[0]);
}

void
sim_device_close (SimDevice *self)
{
  for (guint i = 0; i < 2; i++)
    sim_seat_close (&self->seats[i]);
}

/* All processes of the device end where they are, and it is started again. What was under way comes
 * to its end first, but nothing of that arrives anywhere. */
void
sim_device_crash (SimDevice *self)
{
  sim_disk_kill_after (self->path, 0);
  sim_device_close (self);
  sim_disk_revive (self->path);
  if (!sim_device_open (self))
    sim_fail (self->world, "device %u cannot open its store again", self->number);
  sim_note_shown (self);
}

/* The folder of a user is copied to another computer, as it is at this moment. */
void
sim_device_copy (SimDevice *self)
{
  SimWorld *world = self->world;
  SimDevice *copy = &world->devices[world->n_devices];
  g_autoptr (SimImage) image = sim_disk_take_image (self->path);
  g_autofree char *sign_in = NULL;

  keep_tokens (&self->seats[0]);
  sign_in = g_strdup_printf ("{\"token\":\"%s\",\"refreshToken\":\"%s\"}", self->token,
                             self->refresh_token);
  sim_device_init (world, world->n_devices++, self->username, sign_in);
  g_free (copy->id);
  copy->id = g_strdup (self->id);
  copy->has_pulled = self->has_pulled;
  lift_virtual_clock_advance (copy->clock, lift_clock_get_time (LIFT_CLOCK (world->clock)) - START);
  sim_disk_put_image (copy->path, image);
  sim_device_open (copy);
}

void
sim_device_clear (SimDevice *self)
{
  sim_device_close (self);
  g_clear_pointer (&self->copy, sim_image_free);
  g_hash_table_unref (self->shown);
  g_rand_free (self->network);
  g_object_unref (self->clock);
  g_free (self->token);
  g_free (self->refresh_token);
  g_free (self->id);
  g_free (self->path);
}

/* The user gives the password again. */
void
sim_device_sign_in (SimDevice *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) answer = NULL;

  if (self->world->server == NULL)
    return;
  answer = lift_server_login (self->world->server, self->username, SIM_PASSWORD, "test", &error);
  if (answer == NULL)
    {
      sim_trace (self->world, "device %u cannot sign in: %s", self->number, error->message);
      return;
    }
  take_tokens (self, answer->str);
  for (guint i = 0; i < 2; i++)
    if (self->seats[i].api != NULL)
      lift_api_set_tokens (self->seats[i].api, self->token, self->refresh_token);
}

static void
sync_in_fiber (gpointer data)
{
  SimSeat *self = data;

  self->result = lift_sync_manager_sync_sync (self->manager, NULL, &self->error);
}

void
sim_seat_sync_begin (SimSeat *self)
{
  if (self->fiber != NULL)
    return;
  g_clear_pointer (&self->result, lift_sync_result_free);
  g_clear_error (&self->error);
  self->fiber = sim_fiber_new (sync_in_fiber, self);
}

static void
trace_end (SimSeat *self)
{
  const GError *error = self->error != NULL ? self->error : self->result->error;

  sim_trace (self->device->world, "device %u: sync ended: %u taken, %u sent, %u refused: %s",
             self->device->number, self->result != NULL ? self->result->pulled : 0,
             self->result != NULL ? self->result->pushed : 0,
             self->result != NULL ? self->result->failed : 0,
             error != NULL ? error->message : "well");
}

static gboolean
did_nothing (const LiftSyncResult *result)
{
  return result != NULL && result->error == NULL && result->pulled == 0 && result->pushed == 0;
}

/* Returns: whether the sync is still under way. */
gboolean
sim_seat_sync_go_on (SimSeat *self)
{
  if (self->fiber == NULL || sim_fiber_resume (self->fiber))
    return self->fiber != NULL;
  g_clear_pointer (&self->fiber, sim_fiber_free);
  trace_end (self);
  if (self->result != NULL && self->result->error == NULL)
    self->device->has_pulled = TRUE;
  if (!sim_disk_is_dead (self->device->path) && !did_nothing (self->result))
    sim_note_shown (self->device);
  return FALSE;
}
