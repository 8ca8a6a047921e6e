/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-store-writer.h"
#include "lift-sync-journal.h"
#include "sim-world.h"

#define SETTLE_ROUNDS 16

static void
jump_clock (SimWorld *self)
{
  static const gint64 jumps[] = { -365, 365, -1, 1 };
  gint64 days = jumps[sim_below (self, G_N_ELEMENTS (jumps))];
  SimDevice *device = &self->devices[sim_below (self, self->n_devices)];

  lift_virtual_clock_jump (device->clock, days * G_TIME_SPAN_DAY);
}

static void
restart_server (SimWorld *self)
{
  if (self->server == NULL)
    sim_server_start (self);
  else if (sim_chance (self, 50))
    sim_server_stop (self);
}

static void
restore_server (SimWorld *self)
{
  if (self->backup == NULL)
    self->backup = sim_disk_take_image (self->path);
  else if (sim_chance (self, 40))
    {
      sim_trace (self, "the server begins a new epoch");
      if (self->server != NULL)
        lift_server_start_epoch (self->server, NULL);
    }
  else if (!self->weak)
    {
      sim_trace (self, "the server is restored from a copy");
      sim_server_restore (self);
      sim_note_held (self, NULL, TRUE);
    }
}

static void
move_athlete (SimWorld *self)
{
  static const char *const athletes[] = { "ann", "bob", "cat" };
  const char *athlete = athletes[sim_below (self, 3)];
  const char *coach = sim_chance (self, 50) ? "kim" : "lee";

  if (self->server == NULL)
    return;
  sim_trace (self, "%s is now with %s", athlete, coach);
  sim_server_move_athlete (self, sim_athlete_of (self, athlete), coach);
}

static void
fill_disk (SimWorld *self)
{
  const char *path = sim_chance (self, 30) ? self->path
                                           : self->devices[sim_below (self, self->n_devices)].path;

  sim_disk_set_full (path, sim_chance (self, 50));
}

static void
toggle_proxy (SimWorld *self)
{
  GHashTableIter iter;
  gpointer row;
  guint n = g_hash_table_size (self->model->rows);

  g_clear_pointer (&self->proxy_row, g_free);
  if (self->proxy != 0)
    {
      self->proxy = 0;
      return;
    }
  self->proxy = sim_chance (self, 50) ? 413 : 400;
  if (n > 0 && sim_chance (self, 60))
    {
      n = sim_below (self, n);
      g_hash_table_iter_init (&iter, self->model->rows);
      while (g_hash_table_iter_next (&iter, NULL, &row) && n-- > 0)
        ;
      self->proxy_row = g_strdup (((SimRow *) row)->id);
    }
  sim_trace (self, "a proxy answers %u to %s", self->proxy,
             self->proxy_row != NULL ? self->proxy_row : "all");
}

static void
jump_server_clock (SimWorld *self)
{
  static const gint64 hours[] = { -30 * 24, -24, -1, 1, 24, 30 * 24 };
  gint64 jump = hours[sim_below (self, G_N_ELEMENTS (hours))];

  sim_trace (self, "the server's clock jumps by %d hours", (int) jump);
  lift_virtual_clock_jump (self->clock, jump * G_TIME_SPAN_HOUR);
}

/* More than a year goes by in which nobody syncs. */
static void
purge_server (SimWorld *self)
{
  g_autoptr (GError) error = NULL;
  guint purged = 1;

  if (self->server == NULL)
    return;
  sim_trace (self, "the server purges");
  lift_virtual_clock_advance (self->clock, 401 * G_TIME_SPAN_DAY);
  while (purged > 0 && lift_server_purge (self->server, 100, &purged, &error))
    ;
  if (error == NULL)
    sim_note_held (self, NULL, FALSE);
}

/* Things that happen to everybody, or to nobody in particular. */
static gboolean
happen (SimWorld *self)
{
  static const struct
  {
    SimFaults fault;
    guint percent;
    void (*func) (SimWorld *self);
  } events[] = {
    { SIM_LATE, 8, sim_deliver_late },  { SIM_CLOCK, 4, jump_clock },
    { SIM_RESTART, 6, restart_server }, { SIM_RESTORE, 6, restore_server },
    { SIM_ACCESS, 4, move_athlete },    { SIM_DISK_FULL, 5, fill_disk },
    { SIM_PROXY, 8, toggle_proxy },     { SIM_SERVER_CLOCK, 6, jump_server_clock },
    { SIM_PURGE, 4, purge_server },
  };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (sim_has (self, events[i].fault) && sim_chance (self, events[i].percent))
      {
        events[i].func (self);
        return TRUE;
      }
  return FALSE;
}

static void
switch_account (SimDevice *device)
{
  if (device->rival == NULL)
    return;
  sim_trace (device->world, "%s leaves, %s comes", device->username, device->rival->username);
  sim_device_close (device);
  if (!sim_disk_is_dead (device->path) && !sim_device_open (device->rival))
    sim_device_open (device);
}

static void
second_process (SimDevice *device)
{
  if (device->seats[1].store != NULL)
    sim_seat_close (&device->seats[1]);
  else
    sim_seat_open (&device->seats[1]);
}

static gboolean
forget_journal (LiftDatabase *database, gpointer user_data, GError **error)
{
  SimModel *model = user_data;
  LiftStatement *statement = lift_database_query (
    database, error, "SELECT DISTINCT type || '/' || id FROM conflict", "");

  while (statement != NULL && lift_statement_next (statement, error))
    {
      SimRow *row = sim_model_find_row (model, lift_statement_get_text (statement, 0));

      if (row != NULL)
        sim_model_exempt_tree (model, row->root);
    }
  return statement != NULL;
}

/* What was not sent by now, and the journal, are gone with what the user puts an older copy over. */
static void
forget_unsent (SimDevice *device)
{
  SimModel *model = device->world->model;

  for (guint i = 0; sim_types[i] != NULL; i++)
    {
      g_autoptr (LiftQuery) query = lift_query_new (sim_types[i]());
      g_autoptr (GPtrArray) rows = NULL;

      lift_query_with_deleted (query);
      lift_query_only_dirty (query);
      rows = lift_store_query_sync (device->seats[0].store, query, NULL);
      for (guint j = 0; rows != NULL && j < rows->len; j++)
        {
          g_autofree char *key = sim_row_key (rows->pdata[j]);
          SimRow *row = sim_model_find_row (model, key);

          if (row != NULL)
            sim_model_exempt_tree (model, row->root);
        }
    }
  lift_store_read_sync (device->seats[0].store, forget_journal, model, NULL);
}

static void
copy_store (SimDevice *device)
{
  LiftStoreStatus status = { 0 };

  if (device->seats[0].fiber != NULL || device->seats[1].store != NULL)
    return;
  if (device->copy == NULL)
    {
      lift_store_get_status_sync (device->seats[0].store, &status, NULL);
      if (status.pending == 0)
        device->copy = sim_disk_take_image (device->path);
      return;
    }
  sim_trace (device->world, "device %u goes back to an older copy", device->number);
  forget_unsent (device);
  if (device->world->weak)
    {
      sim_server_start (device->world);
      sim_note_held (device->world, device, TRUE);
    }
  sim_device_close (device);
  sim_disk_put_image (device->path, device->copy);
  g_hash_table_remove_all (device->shown);
  g_clear_pointer (&device->copy, sim_image_free);
  sim_device_open (device);
}

static void
clone_device (SimDevice *device)
{
  SimWorld *world = device->world;

  if (world->n_devices == SIM_MAX_DEVICES || device->rival != NULL ||
      device->seats[0].fiber != NULL || device->seats[1].store != NULL)
    return;
  sim_trace (world, "device %u is copied to device %u", device->number, world->n_devices);
  sim_device_copy (device);
}

/* Things that happen to one device. */
static gboolean
happen_to (SimDevice *device)
{
  SimWorld *world = device->world;

  if (sim_has (world, SIM_KILL) && sim_chance (world, 6))
    sim_disk_kill_after (device->path, 1 + sim_below (world, 14));
  else if (sim_has (world, SIM_ACCOUNTS) && sim_chance (world, 5))
    switch_account (device);
  else if (sim_has (world, SIM_SECOND) && sim_chance (world, 12))
    second_process (device);
  else if (sim_has (world, SIM_OLD_COPY) && sim_chance (world, world->plan.narrow ? 20 : 10))
    copy_store (device);
  else if (sim_has (world, SIM_CLONE) && sim_chance (world, 3))
    clone_device (device);
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_signed_out (SimSeat *seat)
{
  return seat->result != NULL &&
         g_error_matches (seat->result->error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
}

static void
go_on (SimSeat *seat)
{
  guint n = 1 + sim_below (seat->device->world, 4);

  while (n-- > 0 && sim_seat_sync_go_on (seat))
    ;
}

static void
act (SimSeat *seat)
{
  SimWorld *world = seat->device->world;

  if (seat->fiber != NULL && sim_chance (world, 70))
    go_on (seat);
  else if (sim_chance (world, seat->fiber != NULL ? 100 : 55))
    sim_edit (seat);
  else
    {
      if (is_signed_out (seat) && sim_chance (world, 60))
        sim_device_sign_in (seat->device);
      sim_seat_sync_begin (seat);
      go_on (seat);
    }
}

static void
bury_dead (SimWorld *self)
{
  for (guint i = 0; i < self->n_devices; i++)
    if (sim_disk_is_dead (self->devices[i].path))
      {
        sim_trace (self, "device %u died", i);
        if (sim_device_is_open (&self->devices[i]))
          sim_device_crash (&self->devices[i]);
        else
          sim_disk_revive (self->devices[i].path);
      }
}

static SimDevice *
choose_device (SimWorld *self)
{
  SimDevice *device = &self->devices[sim_below (self, self->n_devices)];

  if (sim_device_is_open (device))
    return device;
  if (device->rival != NULL && sim_device_is_open (device->rival))
    return device->rival;
  return sim_device_open (device) ? device : NULL;
}

/* Each step has chances of its own, so that one can be left out and the others stay as they are. */
static void
make_step (SimWorld *self, guint step)
{
  SimDevice *device;
  SimSeat *seat;

  self->step = step;
  g_rand_set_seed (self->rand, self->plan.seed * 2654435761u + step * 40503u + 1);
  sim_advance (self, (1 + sim_below (self, 60)) * G_TIME_SPAN_SECOND);
  if (!self->healed && happen (self))
    return;
  device = choose_device (self);
  if (device == NULL || (!self->healed && happen_to (device)))
    {
      bury_dead (self);
      return;
    }
  seat = &device->seats[device->seats[1].store != NULL ? sim_below (self, 2) : 0];
  act (seat);
  bury_dead (self);
}

static void
heal (SimWorld *self)
{
  self->healed = TRUE;
  self->proxy = 0;
  sim_disk_set_full (self->path, FALSE);
  for (guint i = 0; i < self->n_devices; i++)
    sim_disk_set_full (self->devices[i].path, FALSE);
  sim_server_start (self);
  while (!g_queue_is_empty (&self->late))
    sim_deliver_late (self);
  for (guint i = 0; i < self->n_devices; i++)
    {
      SimDevice *device = &self->devices[i];

      sim_disk_kill_after (device->path, sim_disk_is_dead (device->path) ? 0 : G_MAXUINT);
      if (sim_device_is_open (device))
        while (sim_seat_sync_go_on (&device->seats[0]))
          ;
      sim_seat_close (&device->seats[1]);
    }
  bury_dead (self);
}

static void
sync_to_end (SimSeat *seat)
{
  sim_seat_sync_begin (seat);
  while (sim_seat_sync_go_on (seat))
    ;
}

/* Returns: whether the sync found nothing to do. */
static gboolean
sync_once (SimDevice *device)
{
  SimSeat *seat = &device->seats[0];
  gboolean rests;

  if (device->rival != NULL)
    sim_device_close (device->rival);
  if (!sim_device_open (device))
    return FALSE;
  sync_to_end (seat);
  if (is_signed_out (seat))
    {
      sim_device_sign_in (device);
      sync_to_end (seat);
    }
  rests = seat->result != NULL && seat->result->error == NULL && seat->result->pulled == 0 &&
          seat->result->pushed == 0;
  return rests;
}

static gboolean
rests (SimDevice *device)
{
  return sync_once (device) && sim_count_retried (device) == 0;
}

/* Nobody is in the way any more: each user says so. */
static void
try_all_again (SimDevice *device)
{
  g_autoptr (GError) error = NULL;

  if (device->rival != NULL)
    sim_device_close (device->rival);
  if (sim_device_open (device) && !lift_sync_retry_now (device->seats[0].store, NULL, NULL, &error))
    sim_fail (device->world, "device %u cannot try again: %s", device->number, error->message);
}

static void
settle (SimWorld *self)
{
  gboolean all = FALSE;

  heal (self);
  for (guint round = 0; round < SETTLE_ROUNDS && !all && self->violation == NULL; round++)
    {
      all = TRUE;
      for (guint i = 0; i < self->n_devices; i++)
        {
          if (round == 0 && sim_has (self, SIM_PROXY))
            try_all_again (&self->devices[i]);
          all = rests (&self->devices[i]) && all;
        }
      sim_advance (self, 10 * G_TIME_SPAN_MINUTE);
    }
  if (!all)
    sim_fail (self, "the devices do not come to rest");
}

static void
log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  SimWorld *self = data;

  if (strstr (message, "differ from the server's") != NULL)
    self->alarms++;
  if ((level & (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_LEVEL_ERROR)) != 0)
    sim_fail (self, "the program complains: %s", message);
}

/* Returns: (nullable): what was found */
char *
sim_run (const SimPlan *plan)
{
  SimWorld *self = sim_world_new (plan);
  char *violation;

  g_log_set_default_handler (log_cb, self);
  for (guint i = 0; i < plan->n_steps && self->violation == NULL; i++)
    if (plan->skip == NULL || !plan->skip[i])
      make_step (self, i);
  if (self->violation == NULL)
    settle (self);
  if (self->violation == NULL)
    sim_check (self);
  for (guint i = 0; i < plan->n_later && self->violation == NULL; i++)
    make_step (self, plan->n_steps + i);
  if (self->violation == NULL && plan->n_later > 0)
    settle (self);
  if (self->violation == NULL && plan->n_later > 0)
    sim_check (self);
  violation = g_steal_pointer (&self->violation);
  sim_world_free (self);
  return violation;
}

/* What a narrow history is about. */
static const SimFaults themes[] = {
  SIM_LOST_ANSWER | SIM_TWICE | SIM_LATE,
  SIM_LOST_ANSWER | SIM_LOST_REQUEST,
  SIM_LATE | SIM_TWICE | SIM_KILL,
  SIM_DELETE,
  SIM_DELETE | SIM_LOST_ANSWER,
  SIM_DELETE,
  SIM_RESTORE,
  SIM_RESTORE | SIM_LOST_REQUEST,
  SIM_SECOND,
  SIM_SECOND | SIM_LATE,
  SIM_OLD_COPY,
  SIM_OLD_COPY,
  SIM_TOKEN,
  SIM_ACCESS,
  SIM_NEWER_SERVER | SIM_TOO_LARGE,
};

static void
choose_faults (SimPlan *plan, GRand *rand)
{
  guint percent = g_rand_int_range (rand, 0, 5) * 15;

  for (guint bit = 1; bit < SIM_RARE; bit <<= 1)
    if ((guint) g_rand_int_range (rand, 0, 100) < percent)
      plan->faults |= bit;
}

/* What came later to the list has numbers of its own: the histories from before stay as they are. */
static const SimFaults rare_themes[] = {
  SIM_SLOW,
  SIM_SLOW | SIM_KILL,
  SIM_OVERSIZED | SIM_LOST_ANSWER,
  SIM_PROXY,
  SIM_PROXY | SIM_LOST_ANSWER,
  SIM_SERVER_CLOCK | SIM_TOKEN,
  SIM_SERVER_CLOCK | SIM_RESTORE,
  SIM_PURGE | SIM_DELETE,
  SIM_PURGE | SIM_DELETE | SIM_LOST_REQUEST,
  SIM_TWINS | SIM_LOST_REQUEST,
  SIM_TWINS | SIM_DELETE,
  SIM_CLONE,
  SIM_CLONE,
  SIM_CLONE | SIM_LOST_ANSWER,
};

static void
choose_rare_faults (SimPlan *plan)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (plan->seed ^ 0x5eed5eed);

  if (plan->narrow && g_rand_int_range (rand, 0, 100) < 20)
    plan->faults = rare_themes[g_rand_int_range (rand, 0, G_N_ELEMENTS (rare_themes))];
  for (guint bit = SIM_RARE; bit < SIM_ALL && !plan->narrow; bit <<= 1)
    if (g_rand_int_range (rand, 0, 100) < 6)
      plan->faults |= bit;
  /* It takes long until there are two of the same. */
  if (plan->faults & SIM_TWINS)
    plan->n_steps *= 3;
}

SimPlan
sim_plan_for_seed (guint32 seed)
{
  static const guint devices[] = { 1, 2, 2, 2, 3, 3, 3, 4, 5, 8 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  SimPlan plan = { .seed = seed, .narrow = seed % 2 == 0 };

  plan.n_devices = devices[g_rand_int_range (rand, 0, G_N_ELEMENTS (devices))];
  if (plan.narrow)
    {
      plan.faults = themes[g_rand_int_range (rand, 0, G_N_ELEMENTS (themes))];
      plan.n_devices = g_rand_int_range (rand, 2, 4);
    }
  else
    choose_faults (&plan, rand);
  plan.n_steps = g_rand_int_range (rand, 30, 120);
  plan.n_later = g_rand_int_range (rand, 5, 20);
  choose_rare_faults (&plan);
  return plan;
}
