/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step-world.h"

#include "lift-test-server-private.h"

#define OTHER_ATHLETE "0190aaaa-0000-7000-8000-0000000000ff"
#define WRONG_ID "0190aaaa-0000-7000-8000-0000000000ee"

static void
put_row (LiftTestServer *server, const char *id, const char *athlete, const char *members)
{
  g_autofree char *json = g_strdup_printf (
    "{\"id\":\"%s\",\"athleteId\":\"%s\",\"updatedBy\":\"0190aaaa-0000-7000-8000-00000000000b\",%s}",
    id, athlete, members);

  lift_test_server_put (server, "BodyWeightEntry", json);
}

/* Rows that the server has from somebody else. */
static void
put_first_rows (StepWorld *self)
{
  SyncFixture *made = &self->made;

  for (Row row = 0; row < N_ROWS; row++)
    self->ids[row] = g_strdup_printf ("0190aaaa-0000-7000-8000-0000000000%02u", 10 + row);
  for (Row row = 0; row < N_ROWS; row++)
    if (row != ROW_NEW && row != ROW_PARKED)
      put_row (made->server, self->ids[row], row == ROW_TAKEN ? OTHER_ATHLETE : made->base.athlete,
               "\"weight\":80,\"measurementDate\":\"2026-03-01\",\"notes\":\"first\","
               "\"createdAt\":\"2026-03-01T10:00:00Z\"");
  put_row (made->server, self->ids[ROW_PARKED], made->base.athlete,
           "\"weight\":\"heavy\",\"measurementDate\":\"2026-03-01\"");
  lift_test_server_put (made->server, "Mystery", "{\"id\":\"" WRONG_ID "\",\"depth\":3}");
}

static void
edit (StepWorld *self, Row row, double weight)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_load (&self->made, self->ids[row]);

  g_assert_nonnull (entry);
  sync_fixture_set_weight (&self->made, entry, weight);
}

static void delete (StepWorld *self, Row row)
{
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_load (&self->made, self->ids[row]);
  g_autoptr (LiftBatch) inverse = store_fixture_delete (&self->made.base, entry);
}

/* What was sent before all begins: one row whose answer was lost, one that was refused. */
static void
send_first_edits (StepWorld *self)
{
  SyncFixture *made = &self->made;

  edit (self, ROW_WAITED, 84);
  lift_test_server_refuse (made->server, self->ids[ROW_WAITED], SYNC_REFUSAL, TRUE);
  {
    g_autoptr (LiftSyncResult) result = sync_fixture_sync (made);

    g_assert_no_error (result->error);
    g_assert_cmpuint (result->failed, ==, 1);
  }
  edit (self, ROW_FLYING, 81);
  made->server->lose_answers = 1;
  sync_fixture_sync_fails (made, LIFT_REMOTE_ERROR_OFFLINE);
  edit (self, ROW_FLYING, 82);
}

static void
add_rows (StepWorld *self)
{
  SyncFixture *made = &self->made;
  g_autoptr (LiftBodyWeightEntry) entry = sync_fixture_add_entry (made, 83);
  g_autoptr (LiftTrainingPlan) plan = store_fixture_add_plan (&made->base);
  g_autoptr (LiftExercisePlan) part = store_fixture_add_exercise_plan (&made->base, plan);

  g_free (self->ids[ROW_NEW]);
  self->ids[ROW_NEW] = g_strdup (LIFT_ENTITY (entry)->id);
  self->plan = g_strdup (LIFT_ENTITY (plan)->id);
  self->part = g_strdup (LIFT_ENTITY (part)->id);
}

static void
edit_rows (StepWorld *self)
{
  g_autofree char *sql = NULL;

  edit (self, ROW_EDITED, 85);
  edit (self, ROW_SAME, 70);
  edit (self, ROW_BAD, 86);
  edit (self, ROW_LATER, 87);
  edit (self, ROW_ALIVE, 88);
  edit (self, ROW_TAKEN, 89);
  delete (self, ROW_DELETED);
  add_rows (self);
  /* As an earlier version had left it, which knew fewer fields. */
  sql = g_strdup_printf ("UPDATE body_weight_entry SET extra = '{\"bodyFatPercent\":21}' "
                         "WHERE id = '%s'; UPDATE fact SET value = 'old' WHERE name = 'fields'",
                         self->ids[ROW_EXTRA]);
  store_fixture_run_sql (&self->made.base, sql);
}

static void
keep_server (StepWorld *self)
{
  LiftTestServer *server = self->made.server;

  self->types = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < server->rows->len; i++)
    {
      LiftTestRow *row = g_ptr_array_index (server->rows, i);

      g_ptr_array_add (self->types, g_strdup (row->type));
      g_ptr_array_add (self->rows, lift_test_server_print (row->object));
    }
  self->seq = server->seq;
  self->last_mutation = server->last_mutation;
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
step_world_init (StepWorld *self)
{
  *self = (StepWorld){ 0 };
  sync_fixture_set_up (&self->made, NULL);
  put_first_rows (self);
  sync_fixture_sync_well (&self->made);
  send_first_edits (self);
  edit_rows (self);
  keep_server (self);
  self->now = lift_clock_get_time (LIFT_CLOCK (self->made.base.clock));
  self->template = g_build_filename (self->made.base.folder, "template.db", NULL);
  self->path = g_build_filename (self->made.base.folder, "device.db", NULL);
  lift_store_close (self->made.base.store);
  copy_file (self->made.base.path, self->template);
  sync_fixture_reopen (&self->made);
}

void
step_world_clear (StepWorld *self)
{
  for (Row row = 0; row < N_ROWS; row++)
    g_free (self->ids[row]);
  g_free (self->plan);
  g_free (self->part);
  g_free (self->template);
  g_free (self->path);
  g_ptr_array_unref (self->types);
  g_ptr_array_unref (self->rows);
  sync_fixture_tear_down (&self->made, NULL);
}

void
step_device_init (StepDevice *self, StepWorld *world)
{
  g_autoptr (GError) error = NULL;

  copy_file (world->template, world->path);
  *self = (StepDevice){ .world = world, .clock = lift_virtual_clock_new (world->now, 3) };
  self->store = lift_store_open_inline (world->path, LIFT_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  self->server = lift_test_server_new ();
  for (guint i = 0; i < world->rows->len; i++)
    lift_test_server_put (self->server, g_ptr_array_index (world->types, i),
                          g_ptr_array_index (world->rows, i));
  self->server->seq = world->seq;
  self->server->last_mutation = world->last_mutation;
  self->api = lift_api_new (LIFT_TRANSPORT (self->server));
  lift_api_set_tokens (self->api, "token", NULL);
  self->manager = lift_sync_manager_new (self->store, self->api, SYNC_DEVICE);
}

void
step_device_clear (StepDevice *self)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->manager);
  g_assert_finalize_object (self->api);
  g_assert_finalize_object (self->server);
  g_assert_finalize_object (self->store);
  g_assert_finalize_object (self->clock);
  g_free (self->digest);
}

void
step_device_put (StepDevice *self, Row row, const char *members)
{
  put_row (self->server, self->world->ids[row],
           row == ROW_TAKEN ? OTHER_ATHLETE : self->world->made.base.athlete, members);
}

void
step_device_change_server (StepDevice *self)
{
  StepWorld *world = self->world;

  step_device_put (self, ROW_CLEAN, "\"weight\":90");
  step_device_put (self, ROW_EDITED, "\"weight\":91,\"notes\":\"theirs\"");
  step_device_put (self, ROW_SAME, "\"weight\":70");
  step_device_put (self, ROW_GONE, "\"deletedAt\":\"2026-03-01T11:00:00Z\"");
  step_device_put (self, ROW_ALIVE, "\"deletedAt\":\"2026-03-01T11:00:00Z\"");
  step_device_put (self, ROW_PARKED, "\"weight\":92");
  lift_test_server_put (self->server, "Mystery",
                        "{\"id\":\"0190aaaa-0000-7000-8000-0000000000ed\",\"depth\":4}");
  lift_test_server_refuse (self->server, world->ids[ROW_BAD], SYNC_REFUSAL, FALSE);
  lift_test_server_refuse (self->server, world->ids[ROW_LATER], SYNC_REFUSAL, TRUE);
  lift_test_server_refuse (self->server, world->plan, SYNC_REFUSAL, TRUE);
  lift_test_server_refuse (self->server, world->part,
                           "[{\"code\":\"PARENT_MISSING\",\"message\":\"The plan is not there\"}]",
                           TRUE);
  self->server->revoked = g_strdup ("\"" OTHER_ATHLETE "\"");
  self->server->page = 4;
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
append_sorted (GString *out, GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_text);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (out, "%s\n", (char *) g_ptr_array_index (lines, i));
}

/* A server that numbers nothing may apply a repeat again. */
static LiftFieldSet
get_printed (StepDevice *self, const LiftEntityInfo *info)
{
  static const char *const timed[] = { "updatedAt", "createdAt", "deletedAt", "version" };
  LiftFieldSet set = LIFT_FIELD_SET_ALL;

  for (guint i = 0; i < (self->server->is_base ? 4 : 3); i++)
    set &= ~((LiftFieldSet) 1 << lift_entity_info_find (info, timed[i])->index);
  return set;
}

static void
print_type (StepDevice *self, GType gtype, GString *out)
{
  g_autoptr (LiftQuery) query = lift_query_new (gtype);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  lift_query_with_deleted (query);
  lift_query_order_by (query, "id", FALSE);
  rows = lift_store_query_sync (self->store, query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      LiftEntity *row = g_ptr_array_index (rows, i);

      lift_entity_write_json (row, out, get_printed (self, lift_entity_get_info (row)));
      g_string_append_printf (out, "%s%s\n", row->pending != NULL ? " pending" : "",
                              lift_entity_is_deleted (row) ? " deleted" : "");
    }
}

static void
print_journal (StepDevice *self, GString *out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) failed = lift_sync_list_failed (self->store, &error);
  g_autoptr (GPtrArray) conflicts = lift_sync_list_conflicts (self->store, &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  for (guint i = 0; i < failed->len; i++)
    g_ptr_array_add (lines,
                     g_strdup_printf ("failed %s", ((LiftFailedRow *) failed->pdata[i])->id));
  for (guint i = 0; i < conflicts->len; i++)
    {
      LiftConflict *conflict = g_ptr_array_index (conflicts, i);

      g_ptr_array_add (lines, g_strdup_printf ("%u %s %s %s", conflict->kind, conflict->id,
                                               conflict->field, conflict->theirs));
    }
  append_sorted (out, lines);
}

/* The version says how often a row was applied. */
static void
print_server (StepDevice *self, GString *out)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->server->rows->len; i++)
    {
      LiftTestRow *row = g_ptr_array_index (self->server->rows, i);
      JsonNode *weight = json_object_get_member (row->object, "weight");
      JsonNode *gone = json_object_get_member (row->object, "deletedAt");

      g_ptr_array_add (
        lines, g_strdup_printf (
                 "server %s %s %" G_GINT64_FORMAT " %g%s", row->type, row->id,
                 self->server->is_base ? 0 : json_object_get_int_member (row->object, "version"),
                 weight != NULL ? json_node_get_double (weight) : 0,
                 gone != NULL && !JSON_NODE_HOLDS_NULL (gone) ? " deleted" : ""));
    }
  append_sorted (out, lines);
}

char *
step_device_print (StepDevice *self)
{
  GString *out = g_string_new (NULL);
  LiftStoreStatus status;
  g_autoptr (GError) error = NULL;

  print_type (self, LIFT_TYPE_BODY_WEIGHT_ENTRY, out);
  print_type (self, LIFT_TYPE_TRAINING_PLAN, out);
  print_type (self, LIFT_TYPE_EXERCISE_PLAN, out);
  print_journal (self, out);
  print_server (self, out);
  lift_store_get_status_sync (self->store, &status, &error);
  g_assert_no_error (error);
  g_string_append_printf (out, "pending %u, parked %u\n", status.pending, status.parked);
  return g_string_free (out, FALSE);
}

int
step_world_run_tests (StepWorld *self, void (*add) (void), int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  step_world_init (self);
  add ();
  status = g_test_run ();
  step_world_clear (self);
  return status;
}
