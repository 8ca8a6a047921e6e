/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "histories-cases.h"
#include "lift-sync-journal.h"

/*
 * The history of one row, offline on one device, named after what happens to it: Add, AddEdit,
 * AddDelete … and what may come between: a resync, a lost answer, an edit or a delete while the
 * upload is under way, somebody else's edit or delete. Afterwards everybody has the same, nothing
 * is pending, what was typed last is there, and nothing was applied twice.
 *
 * LIFT_HISTORIES=all runs every combination of these, which takes ten minutes.
 */

/* The phases in the order in which the server gets them. */
enum
{
  PHASE_BEGIN,
  PHASE_OTHER_FIRST,
  PHASE_OFFLINE,
  PHASE_OTHER_THEN,
  PHASE_DURING,
  N_PHASES,
};

typedef struct
{
  Stage stage;
  const Case *scene;
  Device *device;
  Device *other;
  Phase phases[N_PHASES];
  guint moments;
} Run;

static Run *running;
static guint alarms;

static void
log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if (strstr (message, "differ from the server's") != NULL)
    alarms++;
  else
    g_log_default_handler (domain, level, message, data);
}

static void
take_step (Run *run, char step)
{
  Phase *phase = &run->phases[PHASE_OFFLINE];

  switch (step)
    {
    case 'a':
      stage_add (&run->stage, run->device, 0, phase);
      break;
    case 'e':
      stage_edit (&run->stage, run->device, 0, "notes", phase);
      break;
    case 'd':
      stage_delete (&run->stage, run->device, 0, phase);
      break;
    case 'r':
      stage_restore (&run->stage, run->device, 0, phase);
      break;
    case 'n':
      stage_add (&run->stage, run->device, 1, phase);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_there (Run *run, Device *device, guint slot, gboolean *deleted)
{
  g_autoptr (LiftEntity) row = stage_load (&run->stage, device, slot, run->scene->subject->at);

  *deleted = row != NULL && lift_entity_is_deleted (row);
  return row != NULL;
}

static void
do_other (Run *run, Other what, Phase *phase)
{
  guint slot = case_get_moment (run->scene) == MOMENT_BACK ? case_get_last_slot (run->scene) : 0;
  gboolean deleted;

  world_sync_device (run->other);
  if (what == OTHER_DELETE_PARENT)
    stage_delete_parent (&run->stage, run->other, phase);
  else if (!is_there (run, run->other, slot, &deleted))
    g_assert_not_reached ();
  else if (what == OTHER_EDIT || what == OTHER_EDIT_MEANWHILE || what == OTHER_EDIT_THEN)
    stage_edit (&run->stage, run->other, slot, "notes", phase);
  else if (what == OTHER_EDIT_ELSEWHERE || what == OTHER_EDIT_ELSEWHERE_MEANWHILE ||
           what == OTHER_EDIT_ELSEWHERE_THEN)
    stage_edit (&run->stage, run->other, slot, run->scene->subject->second, phase);
  else if (!deleted)
    stage_delete (&run->stage, run->other, slot, phase);
  world_sync_device (run->other);
}

static void
do_during (Run *run)
{
  guint slot = case_get_last_slot (run->scene);
  During during = run->scene->during;
  Phase *phase = &run->phases[PHASE_DURING];
  gboolean deleted;

  g_assert_true (is_there (run, run->device, slot, &deleted));
  if (during == DURING_EDIT_THERE || during == DURING_EDIT_BACK)
    stage_edit (&run->stage, run->device, slot, "notes", phase);
  else if (during == DURING_RESTORE_BACK && deleted)
    stage_restore (&run->stage, run->device, slot, phase);
  else if (during != DURING_RESTORE_BACK && !deleted)
    stage_delete (&run->stage, run->device, slot, phase);
}

static gboolean
carries_rows (Device *device)
{
  LiftRequest *request = device->transport->request;
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);

  return g_strstr_len (text, length, "\"mutation\":") != NULL;
}

/* Around the first upload of the device: at the first moment it is on its way, at the second the
 * server has it. */
static void
during_cb (gpointer data)
{
  Run *run = running;
  During during = run->scene->during;

  if (data != run->device || !carries_rows (run->device) || run->moments >= 2)
    return;
  run->moments++;
  if (run->moments == 1 && run->scene->way == WAY_RESYNC_AFTER)
    world_start_epoch ();
  if (run->moments == 1 && case_get_moment (run->scene) == MOMENT_THERE)
    do_other (run, run->scene->other, &run->phases[PHASE_OTHER_FIRST]);
  if (run->moments == 2 && case_get_moment (run->scene) == MOMENT_BACK)
    do_other (run, run->scene->other, &run->phases[PHASE_OTHER_THEN]);
  if (during != DURING_NONE &&
      (run->moments == 1) == (during == DURING_EDIT_THERE || during == DURING_DELETE_THERE))
    do_during (run);
}

static void
sync_once (Device *device)
{
  g_autoptr (GError) error = NULL;
  guint lost = device->transport->lost_answers;
  g_autoptr (LiftSyncResult) result = lift_sync_manager_sync_sync (device->manager, NULL, &error);

  g_assert_no_error (error);
  if (device->transport->lost_answers < lost)
    g_assert_error (result->error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE);
  else
    g_assert_no_error (result->error);
  lift_virtual_clock_advance (world_clock, G_TIME_SPAN_MINUTE);
}

/* What the user typed last stands on the screen, whatever came meanwhile. */
static void
assert_typed_stands (Run *run, guint slot)
{
  Typed *offline = &run->phases[PHASE_OFFLINE].slots[slot];
  Typed *during = &run->phases[PHASE_DURING].slots[slot];
  const char *notes = during->notes != NULL ? during->notes : offline->notes;
  g_autofree char *shown = stage_dup_value (&run->stage, run->device, slot, "notes");
  gboolean deleted;

  if (!is_there (run, run->device, slot, &deleted))
    return;
  /* Unless somebody wrote over it who had seen it. */
  if (notes != NULL &&
      (during->notes != NULL || run->phases[PHASE_OTHER_THEN].slots[slot].notes == NULL))
    g_assert_cmpstr (shown, ==, notes);
  g_assert_cmpint (deleted, ==, during->touched ? during->deleted : offline->deleted);
}

static void
sync_device (Run *run)
{
  const Case *scene = run->scene;

  if (scene->way == WAY_RESYNC)
    world_start_epoch ();
  run->device->transport->lost_answers = case_is_lost (scene) ? 1 : 0;
  sync_once (run->device);
  for (guint slot = 0; slot < N_SLOTS; slot++)
    assert_typed_stands (run, slot);
  if (!case_is_lost (scene))
    return;
  if (scene->way == WAY_LOST_RESYNC)
    world_start_epoch ();
  world_close_device (run->device);
  world_open_device (run->stage.world, run->device);
  sync_once (run->device);
}

static void
settle (Run *run)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < run->stage.world->n_devices; i++)
      sync_once (&run->stage.world->devices[i]);
}

static void
assert_nothing_waits (Device *device)
{
  LiftStoreStatus status;
  g_autoptr (GError) error = NULL;

  lift_store_get_status_sync (device->store, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (status.pending, ==, 0);
  g_assert_cmpuint (status.needs_attention + status.retrying, ==, 0);
  g_assert_cmpuint (status.parked, ==, 0);
}

static char *
print_rows (Run *run, Device *device)
{
  GString *out = g_string_new (NULL);

  for (guint slot = 0; slot < N_SLOTS; slot++)
    for (guint place = 0; run->scene->subject->types[place] != NULL; place++)
      {
        g_autoptr (LiftEntity) row = stage_load (&run->stage, device, slot, place);

        if (row == NULL)
          continue;
        lift_entity_write_json (row, out, LIFT_FIELD_SET_ALL);
        g_string_append_c (out, '\n');
      }
  return g_string_free (out, FALSE);
}

static void
assert_all_agree (Run *run)
{
  World *world = run->stage.world;
  g_autofree char *first = print_rows (run, &world->devices[0]);

  for (guint i = 0; i < world->n_devices; i++)
    {
      g_autofree char *rows = print_rows (run, &world->devices[i]);

      assert_nothing_waits (&world->devices[i]);
      g_assert_cmpstr (rows, ==, first);
    }
  g_assert_cmpuint (alarms, ==, 0);
}

/* A row that was deleted here and went along with its parent there: the parent comes back, for
 * another row is added to it, brings the row along, and then this one is deleted by name. */
static gboolean
comes_and_goes (Run *run, guint slot)
{
  return run->scene->other == OTHER_DELETE_PARENT && slot < case_get_last_slot (run->scene) &&
         !case_begins_with_add (run->scene);
}

static gboolean
assert_as_expected (Run *run, guint slot)
{
  Expected expected = { 0 };
  g_autoptr (LiftEntity) row = NULL;
  g_autofree char *notes = stage_dup_value (&run->stage, run->device, slot, "notes");
  g_autofree char *second = stage_dup_value (&run->stage, run->device, slot,
                                             run->scene->subject->second);

  for (guint i = 0; i < N_PHASES; i++)
    expected_apply (&expected, &run->phases[i].slots[slot]);
  row = stage_load (&run->stage, run->device, slot, run->scene->subject->at);
  g_assert_cmpint (row != NULL, ==, expected.exists);
  if (row == NULL)
    return FALSE;
  g_assert_cmpint (lift_entity_is_deleted (row), ==, expected.deleted);
  g_assert_cmpstr (notes, ==, expected.notes);
  g_assert_cmpstr (second, ==, expected.second);
  g_assert_cmpint (row->version, ==, expected.version + (comes_and_goes (run, slot) ? 2 : 0));
  return !expected.deleted;
}

/* What is a part of a row lives and goes with it, and a row that lives has all that it is a part
 * of. */
static void
assert_chain (Run *run, guint slot, gboolean lives)
{
  guint at = run->scene->subject->at;

  for (guint place = 0; run->scene->subject->types[place] != NULL; place++)
    {
      g_autoptr (LiftEntity) row = stage_load (&run->stage, run->device, slot, place);

      if (row != NULL && (lives || place >= at))
        g_assert_cmpint (lift_entity_is_deleted (row), ==, !lives);
    }
}

/* Whether the device's notes took the place of the other's, which had not been known: the journal
 * has it. Later, the server tells only what another user had written, unless a pull came first. */
static const char *
get_hidden (Run *run, guint slot)
{
  const char *first = run->phases[PHASE_OTHER_FIRST].slots[slot].notes;
  const char *then = run->phases[PHASE_OTHER_THEN].slots[slot].notes;

  /* The server tells it with the answer; where that is lost, its history has it alone. */
  if (first != NULL && run->phases[PHASE_OFFLINE].slots[slot].notes != NULL &&
      (case_get_moment (run->scene) == MOMENT_FIRST ||
       (!run->scene->phone && !case_is_lost (run->scene))))
    return first;
  /* The device finds it in the row that was sent back. */
  if (first != NULL && case_get_moment (run->scene) == MOMENT_THERE &&
      run->phases[PHASE_OFFLINE].slots[slot].notes == NULL &&
      run->phases[PHASE_DURING].slots[slot].notes != NULL)
    return first;
  if (then != NULL && run->phases[PHASE_DURING].slots[slot].notes != NULL &&
      (!run->scene->phone || case_is_lost (run->scene)))
    return then;
  return NULL;
}

static guint
count_conflicts (Run *run, Device *device, guint slot, const char *theirs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = lift_sync_list_conflicts (device->store, &error);
  g_autofree char *text = theirs != NULL ? g_strdup_printf ("\"%s\"", theirs) : NULL;
  guint count = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < conflicts->len; i++)
    {
      LiftConflict *conflict = g_ptr_array_index (conflicts, i);

      if (g_strcmp0 (conflict->id, run->stage.ids[slot][run->scene->subject->at]) != 0 ||
          g_str_equal (conflict->field, "deletedAt"))
        continue;
      g_assert_cmpstr (conflict->field, ==, "notes");
      g_assert_cmpstr (conflict->theirs, ==, text);
      count++;
    }
  return count;
}

static void
assert_journal (Run *run, guint slot)
{
  const char *hidden = get_hidden (run, slot);

  g_assert_cmpuint (count_conflicts (run, run->device, slot, hidden), ==, hidden != NULL);
  g_assert_cmpuint (count_conflicts (run, run->other, slot, NULL), ==, 0);
}

static void
begin (Run *run)
{
  if (case_begins_with_add (run->scene))
    return;
  stage_add (&run->stage, run->device, 0, &run->phases[PHASE_BEGIN]);
  for (guint i = 0; i < run->stage.world->n_devices; i++)
    world_sync_device (&run->stage.world->devices[i]);
}

static void
test_history (gconstpointer data)
{
  const Case *scene = data;
  Run run = { .scene = scene };

  running = &run;
  stage_init (&run.stage, scene->subject, during_cb);
  run.device = &run.stage.world->devices[0];
  run.other = &run.stage.world->devices[scene->phone ? 2 : 1];
  run.moments = 2;
  begin (&run);
  for (const char *step = scene->history->steps; *step != '\0'; step++)
    take_step (&run, *step);
  if (case_get_moment (scene) == MOMENT_FIRST)
    do_other (&run, scene->other, &run.phases[PHASE_OTHER_FIRST]);
  run.moments = 0;
  sync_device (&run);
  settle (&run);
  assert_all_agree (&run);
  for (guint slot = 0; slot < N_SLOTS; slot++)
    {
      assert_chain (&run, slot, assert_as_expected (&run, slot));
      assert_journal (&run, slot);
    }
  for (guint i = 0; i < N_PHASES; i++)
    phase_clear (&run.phases[i]);
  stage_clear (&run.stage);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_log_set_default_handler (log_cb, NULL);
  world_set_up_server ();
  case_add_all (test_history);
  status = g_test_run ();
  stage_close_world ();
  world_tear_down_server ();
  return status;
}
