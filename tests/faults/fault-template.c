/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-template.h"

#include "lift-entities.h"
#include "lift-json.h"

/* What each run begins with. The coach's last edits are on the server and not on the athlete's
 * device: one of a field that the athlete will edit too, a new row, and a deleted one. */

static char *athlete_id;

const char *
fault_template_get_athlete (void)
{
  return athlete_id;
}

static void
add_user (FaultWorld *world, const char *username, const char *role, const char *coach)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = lift_server_add_user (world->server, username, FAULT_PASSWORD, role,
                                              username, coach, &error);

  g_assert_no_error (error);
}

static void
find_athlete (FaultWorld *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString)
    answer = lift_server_login (world->server, "ann", FAULT_PASSWORD, "test", &error);
  g_autoptr (JsonObject) object = NULL;

  g_assert_no_error (error);
  object = lift_json_parse_object (answer->str, answer->len, &error);
  g_free (athlete_id);
  athlete_id = g_strdup (lift_json_get_string (object, "athleteId"));
}

static void
open_all (FaultWorld *world)
{
  g_autoptr (GError) error = NULL;

  world->clock = lift_virtual_clock_new (FAULT_START - G_TIME_SPAN_MINUTE, 3);
  fault_world_open_server (world, &error);
  g_assert_no_error (error);
  add_user (world, "kim", "coach", NULL);
  add_user (world, "ann", "athlete", "kim");
  add_user (world, "bob", "athlete", "kim");
  find_athlete (world);
  fault_world_sign_in (world, &world->athlete);
  fault_world_sign_in (world, &world->coach);
  fault_world_sign_in (world, &world->fresh);
  fault_world_open_device (world, &world->athlete, &error);
  g_assert_no_error (error);
  fault_world_open_device (world, &world->coach, &error);
  g_assert_no_error (error);
  fault_world_open_device (world, &world->fresh, &error);
  g_assert_no_error (error);
}

static void
commit (FaultEdit *edit)
{
  FaultWorld *world = edit->device->world;
  g_autoptr (LiftBatch) inverse = fault_edit_commit (edit);

  g_assert_cmpstr (world->findings->str, ==, "");
}

/* @row: (transfer full): as it is to be */
static void
add (FaultEdit *edit, LiftEntity *row)
{
  lift_batch_insert (edit->batch, row);
  g_object_unref (row);
}

static LiftEntity *
new_row (FaultEdit *edit, GType gtype, const char *id)
{
  return fault_world_new_row (edit->device, gtype, id);
}

static char *
find_exercise (FaultDevice *device)
{
  g_autoptr (LiftQuery) query = lift_query_new (LIFT_TYPE_EXERCISE);
  g_autoptr (GPtrArray) rows = NULL;

  lift_query_order_by (query, "id", FALSE);
  lift_query_limit (query, 1, 0);
  rows = lift_store_query_sync (device->store, query, NULL);
  return g_strdup (((LiftEntity *) rows->pdata[0])->id);
}

static void
add_plan (FaultEdit *edit, const char *plan_id, const char *line_id)
{
  g_autofree char *exercise = find_exercise (edit->device);
  LiftEntity *plan = new_row (edit, LIFT_TYPE_TRAINING_PLAN, plan_id);
  LiftEntity *line = new_row (edit, LIFT_TYPE_EXERCISE_PLAN, line_id);

  lift_entity_set (plan, "name", "Plan", "date", "2026-03-02", NULL);
  lift_entity_set (line, "training-plan-id", plan_id, "exercise-id", exercise, NULL);
  add (edit, plan);
  add (edit, line);
}

static void
add_session (FaultEdit *edit)
{
  g_autofree char *exercise = find_exercise (edit->device);
  LiftEntity *session = new_row (edit, LIFT_TYPE_TRAINING_SESSION, FAULT_SESSION);
  LiftEntity *done = new_row (edit, LIFT_TYPE_EXERCISE_SESSION, FAULT_DONE);
  LiftEntity *set = new_row (edit, LIFT_TYPE_SET_SESSION, FAULT_SET);

  lift_entity_set (session, "session-date", "2026-03-01", NULL);
  lift_entity_set (done, "training-session-id", FAULT_SESSION, "exercise-id", exercise, NULL);
  lift_entity_set (set, "exercise-session-id", FAULT_DONE, "actual-weight", 90.0, NULL);
  add (edit, session);
  add (edit, done);
  add (edit, set);
}

static void
add_weight (FaultEdit *edit, const char *id)
{
  LiftEntity *weight = new_row (edit, LIFT_TYPE_BODY_WEIGHT_ENTRY, id);

  lift_entity_set (weight, "weight", 80.0, "measurement-date", "2026-03-01", NULL);
  add (edit, weight);
}

static void
add_rows (FaultDevice *device)
{
  FaultEdit *edit = fault_edit_new (device, NULL);
  LiftEntity *set = new_row (edit, LIFT_TYPE_SET_PLAN, FAULT_PLANNED_SET);

  add_plan (edit, FAULT_PLAN, FAULT_LINE);
  lift_entity_set (set, "exercise-plan-id", FAULT_LINE, "target-weight", 100.0, NULL);
  add (edit, set);
  add_plan (edit, FAULT_OLD_PLAN, FAULT_OLD_LINE);
  add_session (edit);
  add_weight (edit, FAULT_WEIGHT);
  add_weight (edit, FAULT_OTHER_WEIGHT);
  commit (edit);
}

static void
edit_as_coach (FaultDevice *device)
{
  FaultEdit *edit = fault_edit_new (device, NULL);
  g_autoptr (LiftEntity) plan = fault_world_load (device, LIFT_TYPE_TRAINING_PLAN, FAULT_PLAN);
  g_autoptr (LiftEntity)
    weight = fault_world_load (device, LIFT_TYPE_BODY_WEIGHT_ENTRY, FAULT_OTHER_WEIGHT);

  fault_edit_set (edit, plan, "name", "Light");
  fault_edit_set (edit, plan, "notes", "From the coach");
  fault_edit_delete (edit, weight);
  add_weight (edit, FAULT_COACH_WEIGHT);
  commit (edit);
}

void
fault_template_claim (FaultDevice *coach)
{
  coach->tell (coach, TRUE, "TrainingPlan", FAULT_PLAN, "name", "Light");
  coach->tell (coach, TRUE, "TrainingPlan", FAULT_PLAN, "notes", "From the coach");
  coach->tell (coach, TRUE, "BodyWeightEntry", FAULT_OTHER_WEIGHT, "deletedAt", "yes");
  coach->tell (coach, TRUE, "BodyWeightEntry", FAULT_COACH_WEIGHT, "weight", "80");
}

static void
keep_image (FaultWorld *world, const char *path)
{
  char *content;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_hash_table_insert (world->images, g_strdup (path), g_bytes_new_take (content, length));
}

void
fault_template_make (FaultWorld *world)
{
  open_all (world);
  add_rows (&world->athlete);
  g_assert_true (fault_world_sync (&world->athlete));
  g_assert_true (fault_world_sync (&world->coach));
  edit_as_coach (&world->coach);
  g_assert_true (fault_world_sync (&world->coach));
  fault_world_close_device (&world->athlete);
  fault_world_close_device (&world->coach);
  fault_world_close_device (&world->fresh);
  fault_world_close_server (world);
  keep_image (world, world->athlete.path);
  keep_image (world, world->coach.path);
  keep_image (world, world->fresh.path);
  keep_image (world, world->server_path);
}
