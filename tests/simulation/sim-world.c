/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-world.h"

#include <glib/gstdio.h>
#include <malloc.h>

#include "lift-server-private.h"
#include "lift-server-sqlite.h"

/* 2026-03-01 12:00 UTC */
#define START G_GINT64_CONSTANT (1772366400000000)

/* Two coaches and three athletes; a seed makes devices for some of them. */
static const struct
{
  const char *username;
  const char *coach;
} people[] = {
  { "kim", NULL }, { "lee", NULL }, { "ann", "kim" }, { "bob", "kim" }, { "cat", "lee" },
};

static char *folder;
static SimImage *new_server;
static SimImage *new_store;
static GPtrArray *athlete_names;
static GPtrArray *athlete_ids;

/* Who has the devices; all are signed in when a seed begins. */
static const char *const owners[SIM_MAX_DEVICES] = { "ann", "kim", "ann", "bob",
                                                     "kim", "lee", "cat", "ann" };
static char *sign_ins[SIM_MAX_DEVICES];

static LiftServer *
open_server (const char *path, LiftVirtualClock *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerDatabase) database = lift_server_sqlite_open (path, 1, &error);
  LiftServer *server = NULL;

  g_assert_no_error (error);
  server = lift_server_new (database, LIFT_CLOCK (clock), &error);
  g_assert_no_error (error);
  lift_server_set_cheap_passwords (server, TRUE);
  return server;
}

static void
add_people (LiftServer *server)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = lift_server_add_user (server, people[i].username, SIM_PASSWORD,
                                                  people[i].coach != NULL ? "athlete" : "coach",
                                                  people[i].username, people[i].coach, &error);
      g_autoptr (GString) answer = NULL;
      g_autoptr (JsonObject) object = NULL;

      g_assert_no_error (error);
      if (people[i].coach == NULL)
        continue;
      answer = lift_server_login (server, people[i].username, SIM_PASSWORD, "test", &error);
      g_assert_no_error (error);
      object = lift_json_parse_object (answer->str, answer->len, &error);
      g_ptr_array_add (athlete_names, g_strdup (people[i].username));
      g_ptr_array_add (athlete_ids, g_strdup (lift_json_get_string (object, "athleteId")));
    }
}

static void
sign_in_all (LiftServer *server)
{
  for (guint i = 0; i < SIM_MAX_DEVICES; i++)
    {
      g_autoptr (GError) error = NULL;
      GString *answer = lift_server_login (server, owners[i], SIM_PASSWORD, "test", &error);

      g_assert_no_error (error);
      sign_ins[i] = g_string_free (answer, FALSE);
    }
}

/* The databases are in memory, but locks lie on real files: each process has a folder of its own. */
void
sim_enter_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_free (folder);
  folder = g_dir_make_tmp ("lift-simulation-XXXXXX", &error);
  g_assert_no_error (error);
}

void
sim_leave_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* Makes what every seed begins with: a server with accounts, and a store that nobody has used. */
void
sim_set_up (void)
{
  g_autoptr (LiftVirtualClock) clock = lift_virtual_clock_new (START, 1);
  g_autoptr (LiftServer) server = NULL;
  g_autoptr (LiftStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *server_path = NULL;
  g_autofree char *store_path = NULL;

  /* Much is made and freed again, by one thread at a time. */
  mallopt (M_MMAP_THRESHOLD, 256 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 256 * 1024 * 1024);
  mallopt (M_ARENA_MAX, 1);
  sim_enter_folder ();
  sim_disk_install ();
  athlete_names = g_ptr_array_new ();
  athlete_ids = g_ptr_array_new ();
  server_path = g_build_filename (folder, "server.db", NULL);
  server = open_server (server_path, clock);
  add_people (server);
  sign_in_all (server);
  g_clear_object (&server);
  new_server = sim_disk_take_image (server_path);
  store_path = g_build_filename (folder, "store.db", NULL);
  store = lift_store_open_inline (store_path, LIFT_CLOCK (clock), &error);
  g_assert_no_error (error);
  lift_store_close (store);
  new_store = sim_disk_take_image (store_path);
}

gboolean
sim_has (SimWorld *self, SimFaults fault)
{
  return (self->plan.faults & fault) != 0;
}

guint
sim_below (SimWorld *self, guint n)
{
  return g_rand_int_range (self->rand, 0, n);
}

gboolean
sim_is_vague (SimWorld *self)
{
  return self->weak || sim_has (self, SIM_CLONE) || sim_has (self, SIM_PURGE);
}

gboolean
sim_chance (SimWorld *self, guint percent)
{
  return sim_below (self, 100) < percent;
}

/* Only the first is kept: what comes behind it may follow from it. */
void
sim_fail (SimWorld *self, const char *format, ...)
{
  va_list args;

  if (self->violation != NULL)
    return;
  va_start (args, format);
  self->violation = g_strdup_vprintf (format, args);
  va_end (args);
  sim_trace (self, "VIOLATION: %s", self->violation);
}

void
sim_trace (SimWorld *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (!self->plan.trace)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("# %3u %s\n", self->step, text);
}

void
sim_advance (SimWorld *self, gint64 us)
{
  lift_virtual_clock_advance (self->clock, us);
  for (guint i = 0; i < self->n_devices; i++)
    lift_virtual_clock_advance (self->devices[i].clock, us);
}

const char *
sim_athlete_of (SimWorld *self, const char *username)
{
  for (guint i = 0; i < athlete_names->len; i++)
    if (g_str_equal (athlete_names->pdata[i], username))
      return athlete_ids->pdata[i];
  return NULL;
}

void
sim_server_start (SimWorld *self)
{
  if (self->server == NULL)
    self->server = open_server (self->path, self->clock);
}

void
sim_server_stop (SimWorld *self)
{
  g_clear_object (&self->server);
}

/* As the manual says: stop, put the copy there, begin a new epoch, start. */
void
sim_server_restore (SimWorld *self)
{
  g_autoptr (GError) error = NULL;

  if (self->backup == NULL)
    return;
  sim_server_stop (self);
  sim_disk_put_image (self->path, self->backup);
  sim_server_start (self);
  lift_server_start_epoch (self->server, &error);
  g_assert_no_error (error);
  self->weak = TRUE;
}

static LiftServerRow *
load_row (SimWorld *self, LiftServerWork *work, const char *type, const char *id)
{
  LiftServerRow *row = NULL;

  if (!lift_server_row_load (self->server, work->connection, lift_registry_find (type), id, &row,
                             NULL))
    return NULL;
  return row;
}

static char *
find_coach (LiftServerWork *work, const char *username)
{
  char *id = NULL;

  lift_server_dup_text (
    work->connection, &id, NULL,
    "SELECT coach.id FROM coach JOIN account ON account.user_id = coach.user_id "
    "WHERE account.username = ?",
    "s", username);
  return id;
}

/* Access ends for one coach and begins for another. */
void
sim_server_move_athlete (SimWorld *self, const char *athlete, const char *coach)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerWork) work = lift_server_work_begin (self->server, NULL, NULL, &error);
  g_autoptr (LiftServerRow) row = NULL;
  g_autoptr (LiftServerRow) before = NULL;
  g_autofree char *coach_id = NULL;

  if (work == NULL)
    return;
  row = load_row (self, work, "Athlete", athlete);
  coach_id = find_coach (work, coach);
  if (row == NULL || coach_id == NULL)
    return;
  before = lift_server_row_copy (row);
  lift_entity_set (row->entity, "coach-id", coach_id, NULL);
  row->entity->version++;
  row->entity->updated_at = lift_server_work_next_stamp (work);
  if (lift_server_row_store (work, row, before, &error))
    lift_server_work_commit (work, &error);
}

static void
choose_people (SimWorld *self)
{
  for (guint i = 0; i < self->plan.n_devices; i++)
    sim_device_init (self, i, owners[i], sign_ins[i]);
  self->n_devices = self->plan.n_devices;
  if (!sim_has (self, SIM_ACCOUNTS) || self->n_devices < 2)
    return;
  self->devices[0].rival = &self->devices[1];
  self->devices[1].rival = &self->devices[0];
}

SimWorld *
sim_world_new (const SimPlan *plan)
{
  SimWorld *self = g_new0 (SimWorld, 1);

  self->plan = *plan;
  self->rand = g_rand_new_with_seed (plan->seed);
  self->clock = lift_virtual_clock_new (START, plan->seed + (G_GUINT64_CONSTANT (1) << 40));
  self->path = g_build_filename (folder, "server.db", NULL);
  self->model = sim_model_new ();
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) lift_response_free);
  self->max_push = sim_has (self, SIM_TOO_LARGE) ? 2500 : 2 * 1024 * 1024;
  self->athletes = g_ptr_array_new ();
  g_queue_init (&self->late);
  sim_disk_put_image (self->path, new_server);
  sim_server_start (self);
  choose_people (self);
  for (guint i = 0; i < self->n_devices; i++)
    {
      sim_disk_put_image (self->devices[i].path, new_store);
      if (self->devices[i].rival == NULL || i == 0)
        sim_device_open (&self->devices[i]);
    }
  return self;
}

void
sim_world_free (SimWorld *self)
{
  for (guint i = 0; i < self->n_devices; i++)
    sim_device_clear (&self->devices[i]);
  sim_server_stop (self);
  g_queue_clear_full (&self->late, (GDestroyNotify) lift_request_free);
  g_clear_pointer (&self->backup, sim_image_free);
  g_object_unref (self->clock);
  g_rand_free (self->rand);
  g_ptr_array_unref (self->athletes);
  sim_model_free (self->model);
  g_hash_table_unref (self->answers);
  g_free (self->proxy_row);
  g_free (self->path);
  g_free (self->violation);
  g_free (self);
}
