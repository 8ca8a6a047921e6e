/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace-world.h"

#include <stdlib.h>

#include "lift-core-transport.h"
#include "lift-entities.h"
#include "lift-json.h"
#include "lift-registry.h"
#include "lift-sync-manager-private.h"
#include "lift-uuid.h"
#include "lift-virtual-clock.h"

/* 2026-03-01 12:00 UTC */
#define START G_GINT64_CONSTANT (1772366400000000)
#define EXERCISE "11f70000-0000-8000-8000-000000000001"

typedef struct
{
  LiftStore *store;
  LiftTransport *transport;
  LiftApi *api;
  LiftSyncManager *manager;
  char *id;
} Device;

typedef struct
{
  guint32 seed;
  guint pull_limit;
  char *folder;
  LiftVirtualClock *clock;
  LiftServer *server;
  char *athlete;
  Device devices[TRACE_DEVICES];
} World;

typedef struct
{
  GType (*get_type) (void);
  const char *parent;
  guint parent_type;
  const char *texts[2];
} TraceType;

static const TraceType types[TRACE_TYPES] = {
  { lift_body_weight_entry_get_type, NULL, 0, { "notes", "source" } },
  { lift_training_plan_get_type, NULL, 0, { "notes", "name" } },
  { lift_exercise_plan_get_type, "trainingPlanId", 1, { "notes", "groupKey" } },
  { lift_set_plan_get_type, "exercisePlanId", 2, { "notes", "notes" } },
  { lift_training_session_get_type, NULL, 0, { "notes", "name" } },
};

static const LiftEntityInfo *
get_info (guint type)
{
  return lift_entity_info_for_gtype (types[type].get_type ());
}

static void
set_text (LiftEntity *row, const char *key, const char *text)
{
  LiftField *field = lift_entity_info_find (lift_entity_get_info (row), key);

  g_assert_cmpint (lift_field_scan (field, row, text), ==, LIFT_FAULT_NONE);
}

static void
commit (Device *device, LiftBatch *batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftBatch) inverse = lift_store_commit_sync (device->store, batch, &error);

  g_assert_no_error (error);
}

static LiftEntity *
load (Device *device, guint type, const char *id)
{
  g_autoptr (GError) error = NULL;
  LiftEntity *row = lift_store_get_sync (device->store, get_info (type), id, &error);

  g_assert_no_error (error);
  return row;
}

/* A row is added to the parent that the step's number comes to, if the device has it and it lives.
 * Returns: whether it can be */
static gboolean
set_parent (World *world, Device *device, LiftEntity *row, const TraceStep *step)
{
  const TraceType *type = &types[step->type];
  g_autofree char *id = NULL;
  g_autoptr (LiftEntity) parent = NULL;

  if (type->parent == NULL)
    return TRUE;
  id = trace_make_id (world->seed, type->parent_type, step->field % 8);
  parent = load (device, type->parent_type, id);
  if (parent == NULL || lift_entity_is_deleted (parent))
    return FALSE;
  set_text (row, type->parent, id);
  return TRUE;
}

static void
fill (World *world, LiftEntity *row, guint type)
{
  set_text (row, "athleteId", world->athlete);
  if (type == 0)
    {
      set_text (row, "weight", "80.5");
      set_text (row, "measurementDate", "2026-03-01");
    }
  if (type == 1)
    {
      set_text (row, "name", "Day");
      set_text (row, "date", "2026-03-02");
    }
  if (type == 2)
    set_text (row, "exerciseId", EXERCISE);
  if (type == 4)
    set_text (row, "sessionDate", "2026-03-01");
}

static void
add (World *world, Device *device, const TraceStep *step)
{
  g_autoptr (LiftBatch) batch = lift_batch_new ("Add");

  for (guint i = 0; i < step->count; i++)
    {
      g_autoptr (LiftEntity)
        row = lift_entity_new (types[step->type].get_type (), LIFT_CLOCK (world->clock));

      g_free (row->id);
      row->id = trace_make_id (world->seed, step->type, step->row + i);
      fill (world, row, step->type);
      if (!set_parent (world, device, row, step))
        return;
      lift_batch_insert (batch, row);
    }
  commit (device, batch);
}

static void
change (World *world, Device *device, const TraceStep *step)
{
  g_autofree char *id = trace_make_id (world->seed, step->type, step->row);
  g_autofree char *value = g_strdup_printf ("v%u", step->value);
  g_autoptr (LiftEntity) row = load (device, step->type, id);
  g_autoptr (LiftBatch) batch = lift_batch_new ("Change");
  const char *key = types[step->type].texts[step->field % 2];
  LiftField *field = lift_entity_info_find (get_info (step->type), key);

  if (row == NULL || lift_entity_is_deleted (row) != (step->kind == TRACE_RESTORE))
    return;
  if (step->kind == TRACE_EDIT)
    {
      set_text (row, key, value);
      lift_batch_update (batch, row, (LiftFieldSet) 1 << field->index);
    }
  else if (step->kind == TRACE_DELETE)
    lift_batch_delete (batch, get_info (step->type), id);
  else if (lift_entity_get_parent_id (row) == NULL)
    lift_batch_restore (batch, get_info (step->type), id);
  commit (device, batch);
}

static void
sync_device (World *world, Device *device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSyncResult) result = NULL;

  device->manager->pull_limit = world->pull_limit;
  result = lift_sync_manager_sync_sync (device->manager, NULL, &error);
  g_assert_no_error (error);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->failed, ==, 0);
  lift_virtual_clock_advance (world->clock, G_TIME_SPAN_SECOND);
}

static void
run_step (World *world, const TraceStep *step)
{
  Device *device = &world->devices[step->device];

  if (step->kind == TRACE_ADD)
    add (world, device, step);
  else if (step->kind == TRACE_SYNC)
    sync_device (world, device);
  else
    change (world, device, step);
  lift_virtual_clock_advance (world->clock, G_TIME_SPAN_MILLISECOND);
}

static void
open_server (World *world, const TraceDialect *dialect)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerDatabase) database = dialect->open (world->folder, &error);

  g_assert_no_error (error);
  world->server = lift_server_new (database, LIFT_CLOCK (world->clock), &error);
  g_assert_no_error (error);
  lift_server_set_cheap_passwords (world->server, TRUE);
  g_free (
    lift_server_add_user (world->server, "coach", "correct horse", "coach", "C", NULL, &error));
  g_assert_no_error (error);
  g_free (lift_server_add_user (world->server, "athlete", "correct horse", "athlete", "A", "coach",
                                &error));
  g_assert_no_error (error);
}

static JsonObject *
log_in (World *world, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString)
    answer = lift_server_login (world->server, username, "correct horse", "test", &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = lift_json_parse_object (answer->str, answer->len, &error);
  g_assert_no_error (error);
  return object;
}

static void
open_device (World *world, Device *device, guint number)
{
  const char *username = number % 2 == 0 ? "athlete" : "coach";
  g_autoptr (JsonObject) account = log_in (world, username);
  g_autofree char *name = g_strdup_printf ("device-%u.db", number);
  g_autofree char *path = g_build_filename (world->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (number == 0)
    world->athlete = g_strdup (lift_json_get_string (account, "athleteId"));
  device->id = g_strdup_printf ("0190ffff-0000-7000-8000-%012u", number);
  device->store = lift_store_open_inline (path, LIFT_CLOCK (world->clock), &error);
  g_assert_no_error (error);
  device->transport = LIFT_TRANSPORT (lift_core_transport_new (world->server, 1));
  device->api = lift_api_new (device->transport);
  lift_api_set_tokens (device->api, lift_json_get_string (account, "token"),
                       lift_json_get_string (account, "refreshToken"));
  device->manager = lift_sync_manager_new (device->store, device->api, device->id);
  sync_device (world, device);
}

static void
close_device (Device *device)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (device->manager);
  g_assert_finalize_object (device->api);
  g_assert_finalize_object (device->transport);
  g_assert_finalize_object (device->store);
  g_free (device->id);
}

static void
describe_type (Device *device, const LiftEntityInfo *info, GString *out)
{
  g_autoptr (LiftQuery) query = lift_query_new (info->gtype);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  lift_query_with_deleted (query);
  lift_query_order_by (query, "id", FALSE);
  rows = lift_store_query_sync (device->store, query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      LiftEntity *row = g_ptr_array_index (rows, i);

      g_assert_false (lift_entity_is_dirty (row));
      g_string_append (out, info->name);
      lift_entity_write_json (row, out, LIFT_FIELD_SET_ALL);
      g_string_append_c (out, '\n');
    }
}

/* The rows that the trace is about: ids of accounts and the catalogue are not of its making. */
static char *
describe (Device *device)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < TRACE_TYPES; i++)
    describe_type (device, get_info (i), out);
  return g_string_free (out, FALSE);
}

static char *
replace_ids (const World *world, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, world->athlete, -1);

  return g_strjoinv ("ATHLETE", parts);
}

/* Ends with everybody in step; computers of one account hold the same. */
static char *
settle (World *world)
{
  g_autofree char *athlete = NULL;
  g_autofree char *coach = NULL;
  g_autofree char *both = NULL;

  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < TRACE_DEVICES; i++)
      sync_device (world, &world->devices[i]);
  athlete = describe (&world->devices[0]);
  coach = describe (&world->devices[1]);
  for (guint i = 2; i < TRACE_DEVICES; i++)
    {
      g_autofree char *other = describe (&world->devices[i]);

      g_assert_cmpstr (other, ==, i % 2 == 0 ? athlete : coach);
    }
  both = g_strconcat (athlete, coach, NULL);
  return replace_ids (world, both);
}

static void
close_world (World *world)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", world->folder);

  for (guint i = 0; i < TRACE_DEVICES; i++)
    close_device (&world->devices[i]);
  g_assert_finalize_object (world->server);
  g_assert_finalize_object (world->clock);
  g_assert_cmpint (system (command), ==, 0);
  g_free (world->folder);
  g_free (world->athlete);
}

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("lift-trace-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

/**
 * trace_run:
 * @steps: what is done
 * @dialect: the server's database
 * @pull_limit: rows of a type that each computer asks for
 * @n_rows: (out): how many rows there were in the end
 *
 * Returns: (transfer full): the rows that all computers ended with, as text
 */
char *
trace_run (
  GArray *steps, guint32 seed, const TraceDialect *dialect, guint pull_limit, guint *n_rows)
{
  World world = { .seed = seed, .pull_limit = pull_limit };
  char *text;

  world.folder = make_folder ();
  world.clock = lift_virtual_clock_new (START, seed);
  open_server (&world, dialect);
  for (guint i = 0; i < TRACE_DEVICES; i++)
    open_device (&world, &world.devices[i], i);
  for (guint i = 0; i < steps->len; i++)
    run_step (&world, &g_array_index (steps, TraceStep, i));
  text = settle (&world);
  *n_rows = 0;
  for (const char *line = text; *line != '\0'; line++)
    *n_rows += *line == '\n';
  close_world (&world);
  return text;
}
