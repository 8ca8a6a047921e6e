/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "fault-scenario.h"
#include "lift-entities.h"

static gboolean
open_device (FaultDevice *device)
{
  /* Who is told that it cannot be opened starts the program once more. */
  for (guint i = 0; i < 2 && device->store == NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!fault_world_open_device (device->world, device, &error))
        fault_world_expect (device->world, error, "opening the store");
    }
  return device->store != NULL;
}

static LiftBatch *
set_field (FaultDevice *device, GType gtype, const char *id, const char *key, const char *value)
{
  g_autoptr (LiftEntity) row = fault_world_load (device, gtype, id);
  FaultEdit *edit;

  if (row == NULL)
    return NULL;
  edit = fault_edit_new (device, NULL);
  fault_edit_set (edit, row, key, value);
  return fault_edit_commit (edit);
}

static void
set_and_forget (
  FaultDevice *device, GType gtype, const char *id, const char *key, const char *value)
{
  g_autoptr (LiftBatch) inverse = set_field (device, gtype, id, key, value);
}

#define NEW_SET "01900000-0000-7000-8000-000000000101"
#define NEW_PLAN "01900000-0000-7000-8000-000000000102"
#define NEW_LINE "01900000-0000-7000-8000-000000000103"

static void
add_set (FaultDevice *device)
{
  g_autoptr (LiftEntity) row = fault_world_new_row (device, LIFT_TYPE_SET_SESSION, NEW_SET);
  FaultEdit *edit = fault_edit_new (device, NULL);
  g_autoptr (LiftBatch) inverse = NULL;

  lift_entity_set (row, "exercise-session-id", FAULT_DONE, "set-number", (gint64) 2,
                   "actual-weight", 100.0, NULL);
  fault_edit_insert (edit, row, "actualWeight");
  inverse = fault_edit_commit (edit);
}

/* Parent and child in one batch. */
static void
add_plan (FaultDevice *device)
{
  g_autoptr (LiftEntity) plan = fault_world_new_row (device, LIFT_TYPE_TRAINING_PLAN, NEW_PLAN);
  g_autoptr (LiftEntity) line = fault_world_new_row (device, LIFT_TYPE_EXERCISE_PLAN, NEW_LINE);
  g_autoptr (LiftEntity) like = fault_world_load (device, LIFT_TYPE_EXERCISE_PLAN, FAULT_LINE);
  g_autoptr (LiftBatch) inverse = NULL;
  FaultEdit *edit;

  if (like == NULL)
    return;
  edit = fault_edit_new (device, NULL);
  lift_entity_set (plan, "name", "Friday", "date", "2026-03-06", NULL);
  lift_entity_set (line, "training-plan-id", NEW_PLAN, "exercise-id",
                   LIFT_EXERCISE_PLAN (like)->exercise_id, "notes", "Slowly", NULL);
  fault_edit_insert (edit, plan, "name");
  fault_edit_insert (edit, line, "notes");
  inverse = fault_edit_commit (edit);
}

/* A plan goes with its exercises, and comes back with them. */
static void
delete_and_undo (FaultDevice *device)
{
  g_autoptr (LiftEntity) plan = fault_world_load (device, LIFT_TYPE_TRAINING_PLAN, FAULT_OLD_PLAN);
  LiftBatch *inverse;
  FaultEdit *edit;

  if (plan == NULL)
    return;
  edit = fault_edit_new (device, NULL);
  fault_edit_delete (edit, plan);
  fault_edit_claim (edit, "ExercisePlan", FAULT_OLD_LINE, "deletedAt", "yes");
  inverse = fault_edit_commit (edit);
  if (inverse == NULL)
    return;
  edit = fault_edit_new (device, inverse);
  fault_edit_claim (edit, "TrainingPlan", FAULT_OLD_PLAN, "deletedAt", "no");
  fault_edit_claim (edit, "ExercisePlan", FAULT_OLD_LINE, "deletedAt", "no");
  inverse = fault_edit_commit (edit);
  g_clear_pointer (&inverse, lift_batch_unref);
}

static void
edit_and_undo (FaultDevice *device)
{
  LiftBatch *inverse = set_field (device, LIFT_TYPE_BODY_WEIGHT_ENTRY, FAULT_WEIGHT, "weight",
                                  "81");
  FaultEdit *edit;

  if (inverse == NULL)
    return;
  edit = fault_edit_new (device, inverse);
  fault_edit_claim (edit, "BodyWeightEntry", FAULT_WEIGHT, "weight", "80");
  inverse = fault_edit_commit (edit);
  g_clear_pointer (&inverse, lift_batch_unref);
}

/* While the push is on its way, and while its answer is. */
static void
edit_during (FaultDevice *device, gboolean before)
{
  if (before)
    set_and_forget (device, LIFT_TYPE_SET_SESSION, NEW_SET, "actualWeight", "110");
  else
    set_and_forget (device, LIFT_TYPE_SET_SESSION, NEW_SET, "notes", "Heavy");
}

static void
delete_set (FaultDevice *device)
{
  g_autoptr (LiftEntity) row = fault_world_load (device, LIFT_TYPE_SET_SESSION, FAULT_SET);
  g_autoptr (LiftBatch) inverse = NULL;
  FaultEdit *edit;

  if (row == NULL)
    return;
  edit = fault_edit_new (device, NULL);
  fault_edit_delete (edit, row);
  inverse = fault_edit_commit (edit);
}

/* A sync that says that it went well has left nothing behind. */
static void
sync_to_the_end (FaultDevice *device)
{
  LiftStoreStatus status = { 0 };
  g_autoptr (GError) error = NULL;

  if (!fault_world_sync (device))
    return;
  if (!lift_store_get_status_sync (device->store, &status, &error))
    fault_world_expect (device->world, error, "the status");
  else if (status.pending > 0)
    fault_world_report (device->world, "a good sync has left %u rows", status.pending);
}

void
fault_client_run (FaultWorld *world)
{
  FaultDevice *device = &world->athlete;

  if (!open_device (device))
    return;
  add_set (device);
  set_and_forget (device, LIFT_TYPE_SET_SESSION, NEW_SET, "actualWeight", "105");
  set_and_forget (device, LIFT_TYPE_TRAINING_PLAN, FAULT_PLAN, "name", "Heavy");
  add_plan (device);
  delete_and_undo (device);
  device->during = edit_during;
  fault_world_sync (device);
  device->during = NULL;
  edit_and_undo (device);
  delete_set (device);
  sync_to_the_end (device);
}

void
fault_client_go_on (FaultWorld *world)
{
  FaultDevice *device = &world->athlete;
  g_autoptr (LiftEntity) row = NULL;
  g_autoptr (LiftBatch) inverse = NULL;

  if (device->store == NULL)
    return;
  row = fault_world_load (device, LIFT_TYPE_EXERCISE_PLAN, FAULT_LINE);
  if (row == NULL)
    {
      fault_world_report (world, "after the faults a row cannot be read");
      return;
    }
  inverse = set_field (device, LIFT_TYPE_EXERCISE_PLAN, FAULT_LINE, "notes", "Still here");
  if (inverse == NULL)
    fault_world_report (world, "after the faults nothing can be saved");
  if (!fault_world_sync (device))
    fault_world_report (world, "after the faults it does not sync");
}

static void
add_weight (FaultDevice *device)
{
  g_autoptr (LiftEntity) row = fault_world_new_row (device, LIFT_TYPE_BODY_WEIGHT_ENTRY, NULL);
  FaultEdit *edit = fault_edit_new (device, NULL);
  g_autoptr (LiftBatch) inverse = NULL;

  lift_entity_set (row, "weight", 79.5, "measurement-date", "2026-03-01", NULL);
  fault_edit_insert (edit, row, "weight");
  inverse = fault_edit_commit (edit);
}

void
fault_first_run (FaultWorld *world)
{
  FaultDevice *device = &world->fresh;

  g_unlink (device->path);
  if (!open_device (device))
    return;
  fault_world_sync (device);
  add_weight (device);
  sync_to_the_end (device);
}

/* What was told is there, and a sync makes good what is missing. */
void
fault_first_go_on (FaultWorld *world)
{
  FaultDevice *device = &world->fresh;

  if (device->store == NULL && !open_device (device))
    return;
  add_weight (device);
  if (!fault_world_sync (device))
    fault_world_report (world, "after the faults a first sync does not end");
  fault_world_check_store (world, device);
}
