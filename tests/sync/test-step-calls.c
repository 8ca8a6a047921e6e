/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "step-faults.h"
#include "step-world.h"

/*
 * The n-th step of the client's database fails in a call on the journal, the retry queue or what
 * waits, for n = 1, 2, 3 … until the call passes untouched. A call that fails says so and has
 * changed nothing; made again, it works.
 */

typedef struct
{
  const char *name;
  gboolean (*call) (StepDevice *device, GError **error);
} Call;

static StepWorld world;

static const LiftEntityInfo *
get_info (void)
{
  return lift_entity_info_for_gtype (LIFT_TYPE_BODY_WEIGHT_ENTRY);
}

static gboolean
take_list (GPtrArray *list, guint least)
{
  g_autoptr (GPtrArray) owned = list;

  if (owned == NULL)
    return FALSE;
  g_assert_cmpuint (owned->len, >=, least);
  return TRUE;
}

static gboolean
list_failed (StepDevice *device, GError **error)
{
  return take_list (lift_sync_list_failed (device->store, error), 4);
}

static gboolean
list_conflicts (StepDevice *device, GError **error)
{
  return take_list (lift_sync_list_conflicts (device->store, error), 3);
}

static gboolean
list_waiting (StepDevice *device, GError **error)
{
  return take_list (lift_sync_list_waiting (device->store, error), 4);
}

static gboolean
retry_one (StepDevice *device, GError **error)
{
  return lift_sync_retry_now (device->store, get_info (), device->world->ids[ROW_BAD], error);
}

static gboolean
retry_all (StepDevice *device, GError **error)
{
  return lift_sync_retry_now (device->store, NULL, NULL, error);
}

static gint64
find_entry (StepDevice *device, Row row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = lift_sync_list_conflicts (device->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < conflicts->len; i++)
    {
      LiftConflict *conflict = g_ptr_array_index (conflicts, i);

      if (g_str_equal (conflict->id, device->world->ids[row]))
        return conflict->number;
    }
  g_assert_not_reached ();
}

/* Finds the entry as the user had, while nothing failed. */
static gint64 number;

static gboolean
restore (StepDevice *device, GError **error)
{
  return lift_sync_restore_conflict (device->store, number, error);
}

static gboolean
dismiss (StepDevice *device, GError **error)
{
  return lift_sync_dismiss_conflict (device->store, number, error);
}

static gboolean
discard_edit (StepDevice *device, GError **error)
{
  return lift_sync_discard (device->store, get_info (), device->world->ids[ROW_BAD], NULL, error);
}

static gboolean
discard_tree (StepDevice *device, GError **error)
{
  gint64 entry;

  return lift_sync_discard (device->store, lift_entity_info_for_gtype (LIFT_TYPE_TRAINING_PLAN),
                            device->world->plan, &entry, error);
}

static gboolean export(StepDevice *device, GError **error)
{
  g_autofree char *text = lift_sync_export_unsynced (device->store, error);

  return text != NULL;
}

static gboolean
get_cursor (StepDevice *device, GError **error)
{
  g_autofree char *cursor = lift_sync_dup_cursor (device->store, error);

  return cursor != NULL;
}

static const Call calls[] = {
  { "list-failed", list_failed },
  { "list-conflicts", list_conflicts },
  { "list-waiting", list_waiting },
  { "retry-one", retry_one },
  { "retry-all", retry_all },
  { "restore", restore },
  { "restore-row", restore },
  { "restore-discarded", restore },
  { "restore-discarded-tree", restore },
  { "dismiss", dismiss },
  { "discard-edit", discard_edit },
  { "discard-tree", discard_tree },
  { "export", export },
  { "cursor", get_cursor },
};

/* A device after one sync, with everything in its journal and its queue. */
static void
begin (StepDevice *device, const Call *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftSyncResult) result = NULL;

  step_device_init (device, &world);
  step_device_change_server (device);
  result = lift_sync_manager_sync_sync (device->manager, NULL, &error);
  g_assert_no_error (error);
  g_assert_no_error (result->error);
  if (g_str_equal (call->name, "restore-discarded"))
    g_assert_true (
      lift_sync_discard (device->store, get_info (), world.ids[ROW_BAD], &number, &error));
  else if (g_str_equal (call->name, "restore-discarded-tree"))
    g_assert_true (lift_sync_discard (device->store,
                                      lift_entity_info_for_gtype (LIFT_TYPE_TRAINING_PLAN),
                                      world.plan, &number, &error));
  else
    number = find_entry (device, g_str_equal (call->name, "restore-row") ? ROW_TAKEN : ROW_EDITED);
  g_assert_no_error (error);
}

static gboolean
run_with_fault (const Call *call, guint at)
{
  StepDevice device;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gboolean done, failed;

  begin (&device, call);
  before = step_device_print (&device);
  step_faults_begin (at, LIFT_DATABASE_ERROR_FULL);
  done = call->call (&device, &error);
  failed = step_faults_end ();
  g_assert_cmpint (done, ==, error == NULL);
  if (!done)
    {
      g_assert_true (failed);
      g_assert_error (error, LIFT_DATABASE_ERROR, LIFT_DATABASE_ERROR_FULL);
      after = step_device_print (&device);
      g_assert_cmpstr (after, ==, before);
      g_clear_error (&error);
      g_assert_true (call->call (&device, &error));
      g_assert_no_error (error);
    }
  else if (failed)
    g_assert_cmpstr (step_faults_get_sql (), ==, "PRAGMA data_version");
  step_device_clear (&device);
  return failed;
}

static void
test_call (gconstpointer data)
{
  const Call *call = data;
  guint at = 1;

  while (run_with_fault (call, at))
    at++;
  g_test_message ("%u steps", at - 1);
  g_assert_cmpuint (at, >, 2);
}

static void
add_tests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/step-calls/", calls[i].name, NULL);

      g_test_add_data_func (path, &calls[i], test_call);
    }
}

int
main (int argc, char *argv[])
{
  return step_world_run_tests (&world, add_tests, argc, argv);
}
