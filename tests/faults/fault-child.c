/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-child.h"

#include <stdio.h>
#include <unistd.h>

#include "fault-disk.h"
#include "fault-socket.h"
#include "fault-template.h"
#include "lift-entities.h"

/* A device that lives on for a while, one step after the other. */
typedef struct
{
  FaultDevice *device;
  GRand *rand;
  guint generation;
  guint count;
} Life;

static const FaultChild *self;

/* One write a line, which the kernel keeps when this process is gone. */
static void
say (const char *format, ...)
{
  char line[512];
  va_list args;
  int n;

  va_start (args, format);
  n = g_vsnprintf (line, sizeof line, format, args);
  va_end (args);
  n = MIN (n, (int) sizeof line - 1);
  line[n - 1] = '\n';
  if (write (self->reports, line, n) != n)
    _exit (2);
}

static void
tell_parent (FaultDevice *device,
             gboolean confirmed,
             const char *type,
             const char *id,
             const char *key,
             const char *value)
{
  say ("%c %s %s %s %s\n", confirmed || self->lies ? 'C' : 'T', type, id, key, value);
}

static LiftTransport *
connect_device (FaultDevice *device)
{
  return fault_socket_new (self->socket_path);
}

static void
prepare (const FaultChild *child, const char *file)
{
  FaultPlan plan = {
    .ops = FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE | FAULT_DELETE,
    .keeps = child->keeps,
    .nth = child->kill_at,
    .times = 1,
    .file = file,
  };
  FaultWorld *world = child->world;

  self = child;
  g_clear_object (&world->clock);
  /* Ids are of the time and of the seed: no two processes make the same. */
  world->clock = lift_virtual_clock_new (FAULT_START + child->generation * 20000, child->seed);
  world->connect = connect_device;
  if (child->kill_at > 0)
    fault_disk_arm_plan (&plan);
}

G_NORETURN static void
end (int status)
{
  if (self->world->n_findings > 0)
    {
      g_strdelimit (self->world->findings->str, "\n", ' ');
      say ("F %s\n", self->world->findings->str);
    }
  _exit (status);
}

void
fault_child_be_server (const FaultChild *child)
{
  g_autoptr (GError) error = NULL;

  prepare (child, "server.db");
  if (!fault_world_open_server (child->world, &error))
    {
      fault_world_report (child->world, "the server does not open again: %s", error->message);
      end (1);
    }
  fault_socket_serve (child->listener, child->world->server);
  end (0);
}

static char *
make_value (Life *life)
{
  return g_strdup_printf ("v%u-%u", life->generation, ++life->count);
}

static LiftEntity *
pick (Life *life, GType gtype, gboolean deleted)
{
  g_autoptr (LiftQuery) query = lift_query_new (gtype);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  LiftEntity *row;

  if (deleted)
    lift_query_with_deleted (query);
  rows = lift_store_query_sync (life->device->store, query, &error);
  if (rows == NULL)
    fault_world_expect (life->device->world, error, "a list");
  if (rows == NULL || rows->len == 0)
    return NULL;
  row = g_ptr_array_index (rows, g_rand_int_range (life->rand, 0, rows->len));
  return lift_entity_is_deleted (row) == deleted ? g_object_ref (row) : NULL;
}

static void
commit (FaultEdit *edit)
{
  g_autoptr (LiftBatch) inverse = fault_edit_commit (edit);
}

static void
update (Life *life, GType gtype)
{
  g_autoptr (LiftEntity) row = pick (life, gtype, FALSE);
  g_autofree char *value = make_value (life);
  FaultEdit *edit;

  if (row == NULL)
    return;
  edit = fault_edit_new (life->device, NULL);
  fault_edit_set (edit, row, "notes", value);
  commit (edit);
}

static void
insert_set (Life *life)
{
  g_autoptr (LiftEntity) row = fault_world_new_row (life->device, LIFT_TYPE_SET_SESSION, NULL);
  g_autofree char *value = make_value (life);
  FaultEdit *edit = fault_edit_new (life->device, NULL);

  lift_entity_set (row, "exercise-session-id", FAULT_DONE, "actual-weight", 100.0, "notes", value,
                   NULL);
  fault_edit_insert (edit, row, "notes");
  commit (edit);
}

/* Three rows that belong together, in one batch. */
static void
insert_plan (Life *life)
{
  g_autoptr (LiftEntity)
    like = fault_world_load (life->device, LIFT_TYPE_EXERCISE_PLAN, FAULT_LINE);
  g_autoptr (LiftEntity) plan = fault_world_new_row (life->device, LIFT_TYPE_TRAINING_PLAN, NULL);
  g_autoptr (LiftEntity) line = fault_world_new_row (life->device, LIFT_TYPE_EXERCISE_PLAN, NULL);
  g_autoptr (LiftEntity) set = fault_world_new_row (life->device, LIFT_TYPE_SET_PLAN, NULL);
  g_autofree char *value = make_value (life);
  FaultEdit *edit;

  if (like == NULL)
    return;
  edit = fault_edit_new (life->device, NULL);
  lift_entity_set (plan, "name", value, "date", "2026-03-06", NULL);
  lift_entity_set (line, "training-plan-id", plan->id, "exercise-id",
                   LIFT_EXERCISE_PLAN (like)->exercise_id, "notes", value, NULL);
  lift_entity_set (set, "exercise-plan-id", line->id, "notes", value, NULL);
  fault_edit_insert (edit, plan, "name");
  fault_edit_insert (edit, line, "notes");
  fault_edit_insert (edit, set, "notes");
  commit (edit);
}

static void
delete_or_restore (Life *life)
{
  gboolean deleted = g_rand_boolean (life->rand);
  g_autoptr (LiftEntity) row = pick (life, LIFT_TYPE_SET_SESSION, deleted);
  FaultEdit *edit;

  if (row == NULL)
    return;
  edit = fault_edit_new (life->device, NULL);
  if (deleted)
    {
      lift_batch_restore (edit->batch, lift_entity_get_info (row), row->id);
      fault_edit_claim (edit, "SetSession", row->id, "deletedAt", "no");
    }
  else
    fault_edit_delete (edit, row);
  commit (edit);
}

/* Of each field there is one writer, so that what was confirmed last is what must be there: the
 * coach writes notes of plans, the athlete everything else. */
static void
act_as_athlete (Life *life)
{
  guint choice = g_rand_int_range (life->rand, 0, 10);

  if (choice < 2)
    insert_set (life);
  else if (choice < 3)
    insert_plan (life);
  else if (choice < 5)
    update (life, LIFT_TYPE_SET_SESSION);
  else if (choice < 6)
    update (life, LIFT_TYPE_SET_PLAN);
  else if (choice < 7)
    delete_or_restore (life);
  else
    fault_world_sync (life->device);
}

static void
act_as_coach (Life *life)
{
  if (g_rand_int_range (life->rand, 0, 5) < 3)
    update (life, LIFT_TYPE_TRAINING_PLAN);
  else
    fault_world_sync (life->device);
}

void
fault_child_be_client (const FaultChild *child, FaultDevice *device)
{
  Life life = { .device = device, .generation = child->generation };
  g_autofree char *file = g_path_get_basename (device->path);
  g_autoptr (GError) error = NULL;

  prepare (child, file);
  life.rand = g_rand_new_with_seed (child->seed);
  device->tell = tell_parent;
  if (!fault_world_open_device (child->world, device, &error))
    {
      fault_world_report (child->world, "%s's store does not open again: %s", device->username,
                          error->message);
      end (1);
    }
  for (guint i = 0; i < child->steps; i++)
    if (device == &child->world->athlete)
      act_as_athlete (&life);
    else
      act_as_coach (&life);
  fault_world_close_device (device);
  end (0);
}
