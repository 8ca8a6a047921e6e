/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-scenario.h"
#include "lift-entities.h"
#include "lift-json.h"

/* Each call is made as a person makes it: once more after a refusal. What came of it is kept, so
 * that afterwards the server can be held to its word. */

typedef enum
{
  NOT_DONE, /* nobody asked, or it was refused: it may have happened all the same */
  DONE,     /* the server said so */
} Done;

static struct
{
  char *invite;
  char *refresh;
  Done registered;
  Done changed;
  Done deleted;
  Done added;
} told;

static void
forget (void)
{
  g_clear_pointer (&told.invite, g_free);
  g_clear_pointer (&told.refresh, g_free);
  told.registered = told.changed = told.deleted = told.added = NOT_DONE;
}

static char *
take_member (GString *answer, const char *key)
{
  g_autoptr (JsonObject) object = lift_json_parse_object (answer->str, answer->len, NULL);
  char *value = g_strdup (lift_json_get_string (object, key));

  g_string_free (answer, TRUE);
  return value;
}

/* Returns: (nullable): a token */
static char *
sign_in (FaultWorld *world, const char *username, const char *password, GError **error)
{
  GString *answer = lift_server_login (world->server, username, password, "test", error);

  return answer != NULL ? take_member (answer, "token") : NULL;
}

static LiftServerUser *
get_user (FaultWorld *world, const char *username, const char *password, GError **error)
{
  g_autofree char *token = sign_in (world, username, password, error);

  return token != NULL ? lift_server_authenticate (world->server, token, error) : NULL;
}

static gboolean
invite (FaultWorld *world, GError **error)
{
  g_autoptr (LiftServerUser) coach = get_user (world, "kim", FAULT_PASSWORD, error);
  GString *answer;

  if (coach == NULL)
    return FALSE;
  answer = lift_server_create_invite (world->server, coach, NULL, error);
  if (answer != NULL)
    told.invite = take_member (answer, "inviteCode");
  return answer != NULL;
}

static gboolean
follow_invite (FaultWorld *world, GError **error)
{
  LiftServerRegistration registration = {
    .username = "pat",
    .password = FAULT_PASSWORD,
    .name = "Pat",
    .user_type = "athlete",
    .invite_code = told.invite,
  };
  g_autoptr (GString) answer = NULL;

  if (told.invite == NULL)
    return TRUE;
  answer = lift_server_register (world->server, &registration, error);
  told.registered = answer != NULL ? DONE : NOT_DONE;
  return answer != NULL;
}

static gboolean
sign_in_and_on (FaultWorld *world, GError **error)
{
  GString *answer = lift_server_login (world->server, "kim", FAULT_PASSWORD, "test", error);
  g_autofree char *refresh = answer != NULL ? take_member (answer, "refreshToken") : NULL;

  if (refresh == NULL)
    return FALSE;
  answer = lift_server_refresh (world->server, refresh, error);
  if (answer == NULL)
    return FALSE;
  g_free (told.refresh);
  told.refresh = take_member (answer, "refreshToken");
  return TRUE;
}

static gboolean
change_password (FaultWorld *world, GError **error)
{
  g_autoptr (LiftServerUser) user = get_user (world, "bob", FAULT_PASSWORD, error);

  if (user == NULL ||
      !lift_server_change_password (world->server, user, FAULT_PASSWORD, "another horse", error))
    return FALSE;
  told.changed = DONE;
  return TRUE;
}

static gboolean
add_user (FaultWorld *world, GError **error)
{
  g_autofree char *id = lift_server_add_user (world->server, "zoe", FAULT_PASSWORD, "athlete", NULL,
                                              "kim", error);

  told.added = id != NULL ? DONE : told.added;
  return id != NULL;
}

static gboolean
delete_account (FaultWorld *world, GError **error)
{
  g_autoptr (LiftServerUser) user = NULL;

  if (told.added != DONE)
    return TRUE;
  user = get_user (world, "zoe", FAULT_PASSWORD, error);
  if (user == NULL || !lift_server_delete_account (world->server, user, FAULT_PASSWORD, error))
    return FALSE;
  told.deleted = DONE;
  return TRUE;
}

/* What is said of a second try tells whether the first one has happened after all. */
static gboolean
has_happened (const GError *error)
{
  return error->domain == LIFT_SERVER_ERROR &&
         (error->code == LIFT_SERVER_ERROR_USERNAME_TAKEN ||
          error->code == LIFT_SERVER_ERROR_INVALID_CREDENTIALS);
}

static void
enter (FaultWorld *world)
{
  if (world->enter_server != NULL)
    world->enter_server ();
}

static void
leave (FaultWorld *world)
{
  if (world->leave_server != NULL)
    world->leave_server ();
}

static void
ask (FaultWorld *world, gboolean (*call) (FaultWorld *world, GError **error), const char *what)
{
  gboolean done = FALSE;

  for (guint i = 0; i < 2 && !done; i++)
    {
      g_autoptr (GError) error = NULL;

      enter (world);
      done = call (world, &error);
      leave (world);
      if (!done && (i == 0 || error == NULL || !has_happened (error)))
        fault_world_expect (world, error, what);
    }
}

static void
set_field (FaultDevice *device, GType gtype, const char *id, const char *key, const char *value)
{
  g_autoptr (LiftEntity) row = fault_world_load (device, gtype, id);
  FaultEdit *edit = fault_edit_new (device, NULL);
  g_autoptr (LiftBatch) inverse = NULL;

  fault_edit_set (edit, row, key, value);
  inverse = fault_edit_commit (edit);
}

static void
delete_plan (FaultDevice *device)
{
  g_autoptr (LiftEntity) plan = fault_world_load (device, LIFT_TYPE_TRAINING_PLAN, FAULT_OLD_PLAN);
  FaultEdit *edit = fault_edit_new (device, NULL);
  g_autoptr (LiftBatch) inverse = NULL;

  fault_edit_delete (edit, plan);
  fault_edit_claim (edit, "ExercisePlan", FAULT_OLD_LINE, "deletedAt", "yes");
  inverse = fault_edit_commit (edit);
}

/* Both devices sync; the second one may edit a deleted row, which brings it back. */
static void
sync_both (FaultWorld *world)
{
  set_field (&world->athlete, LIFT_TYPE_TRAINING_PLAN, FAULT_PLAN, "name", "Heavy");
  set_field (&world->athlete, LIFT_TYPE_SET_SESSION, FAULT_SET, "actualWeight", "110");
  set_field (&world->athlete, LIFT_TYPE_SET_PLAN, FAULT_PLANNED_SET, "notes", "Slowly");
  fault_world_sync (&world->athlete);
  delete_plan (&world->athlete);
  set_field (&world->coach, LIFT_TYPE_BODY_WEIGHT_ENTRY, FAULT_WEIGHT, "weight", "82");
  fault_world_sync (&world->coach);
  fault_world_sync (&world->athlete);
}

void
fault_server_run (FaultWorld *world)
{
  forget ();
  enter (world);
  for (guint i = 0; i < 2 && world->server == NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!fault_world_open_server (world, &error))
        fault_world_expect (world, error, "opening the server's file");
    }
  leave (world);
  sync_both (world);
  if (world->server == NULL)
    return;
  ask (world, invite, "an invite");
  ask (world, follow_invite, "a registration");
  ask (world, sign_in_and_on, "a refresh");
  ask (world, change_password, "a change of a password");
  ask (world, add_user, "adding a user");
  ask (world, delete_account, "deleting an account");
}

void
fault_server_go_on (FaultWorld *world)
{
  if (world->server == NULL)
    return;
  lift_virtual_clock_advance (world->clock, 9 * G_TIME_SPAN_MINUTE);
  if (!fault_world_sync (&world->coach) || !fault_world_sync (&world->athlete))
    fault_world_report (world, "after the faults the server does not take a sync");
}

static gboolean
can_sign_in (FaultWorld *world, const char *username, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerUser) user = get_user (world, username, password, &error);

  if (user == NULL && !has_happened (error))
    fault_world_report (world, "signing in as %s: %s", username, error->message);
  return user != NULL;
}

static void
check_invite (FaultWorld *world)
{
  gboolean there = can_sign_in (world, "pat", FAULT_PASSWORD);
  g_autoptr (GError) error = NULL;

  if (told.registered == DONE && !there)
    fault_world_report (world, "a registration is lost");
  if (told.invite != NULL && !there && !follow_invite (world, &error))
    fault_world_report (world, "an invite is lost: %s", error->message);
}

static void
check_password (FaultWorld *world)
{
  gboolean old = can_sign_in (world, "bob", FAULT_PASSWORD);
  gboolean new = can_sign_in (world, "bob", "another horse");

  if (old == new || (told.changed == DONE && !new))
    fault_world_report (world, "a changed password is lost");
}

static void
check_deleted (FaultWorld *world)
{
  g_autoptr (GError) error = NULL;

  if (told.deleted != DONE)
    return;
  if (can_sign_in (world, "zoe", FAULT_PASSWORD))
    fault_world_report (world, "a deleted account is back");
  else if (!add_user (world, &error))
    fault_world_report (world, "the name of a deleted account is not free: %s", error->message);
}

static void
check_token (FaultWorld *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) answer = NULL;

  if (told.refresh == NULL)
    return;
  answer = lift_server_refresh (world->server, told.refresh, &error);
  if (answer == NULL)
    fault_world_report (world, "a token is lost: %s", error->message);
}

void
fault_server_check (FaultWorld *world)
{
  g_autoptr (GError) error = NULL;

  if (world->server == NULL && !fault_world_open_server (world, &error))
    {
      fault_world_report (world, "without faults the server does not open: %s", error->message);
      return;
    }
  check_invite (world);
  check_password (world);
  check_deleted (world);
  check_token (world);
}
