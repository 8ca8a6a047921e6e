/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-athlete.h"
#include "lift-instant.h"
#include "lift-server-private.h"
#include "lift-uuid.h"

/* What an invite gives to whoever holds its code. */
typedef struct
{
  char *hash;
  char *coach_id;
  char *athlete_id; /* NULL: no profile is taken over */
} Invite;

static void
clear_invite (Invite *invite)
{
  g_free (invite->hash);
  g_free (invite->coach_id);
  g_free (invite->athlete_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Invite, clear_invite)

/* A profile that may be given away: the coach's own, and nobody signs in with it yet. */
static gboolean
check_profile (LiftServerConnection *connection,
               LiftServerUser *user,
               const char *athlete_id,
               GError **error)
{
  g_autofree char *id = lift_uuid_normalize (athlete_id);
  g_autofree char *found = NULL;

  if (!lift_server_dup_text (connection, &found, error,
                             "SELECT id FROM athlete WHERE id = ? AND coach_id = ?"
                             " AND user_id IS NULL AND deleted_at IS NULL",
                             "ss", id, user->coach_id))
    return FALSE;
  if (found != NULL)
    return TRUE;
  return lift_server_fail (error, LIFT_SERVER_ERROR_FORBIDDEN, "athleteId",
                           _ ("You have no athlete of this id who still needs a sign-in"));
}

static gboolean
store_invite (LiftServer *self,
              LiftServerUser *user,
              const char *hash,
              const char *athlete_id,
              gint64 expires,
              GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autofree char *id = lift_uuid_normalize (athlete_id);

  connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  return connection != NULL &&
         (athlete_id == NULL || check_profile (connection, user, athlete_id, error)) &&
         lift_server_run (connection, error, "DELETE FROM invite WHERE expires < ?", "i",
                          lift_server_get_now (self)) &&
         lift_server_run (connection, error,
                          "INSERT INTO invite (hash, coach_id, athlete_id, expires)"
                          " VALUES (?, ?, ?, ?)",
                          "sssi", hash, user->coach_id, id, expires) &&
         lift_server_connection_commit (g_steal_pointer (&connection), error);
}

/**
 * lift_server_create_invite:
 * @user: a coach
 * @athlete_id: (nullable): the profile that whoever registers takes over
 *
 * Makes a code that works once, within two weeks.
 *
 * Returns: (transfer full): `{"inviteCode","expiresAt"}`, or %NULL with @error
 */
GString *
lift_server_create_invite (LiftServer *self,
                           LiftServerUser *user,
                           const char *athlete_id,
                           GError **error)
{
  g_autofree char *code = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *until = NULL;
  gint64 expires;
  GString *out;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && user != NULL, NULL);

  if (!user->is_coach)
    {
      lift_server_fail (error, LIFT_SERVER_ERROR_FORBIDDEN, NULL, _ ("Only a coach can invite"));
      return NULL;
    }
  code = lift_server_new_secret (self);
  hash = lift_server_hash_token (code);
  expires = lift_server_get_now (self) + LIFT_SERVER_INVITE_SECONDS * (gint64) G_USEC_PER_SEC;
  until = lift_instant_format (expires);
  if (!store_invite (self, user, hash, athlete_id, expires, error))
    return NULL;
  out = g_string_new (NULL);
  g_string_append_printf (out, "{\"inviteCode\":\"%s\",\"expiresAt\":\"%s\"}", code, until);
  return out;
}

static gboolean
find_invite (LiftServer *self, LiftServerConnection *connection, Invite *invite, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = NULL;

  result = lift_server_query (connection, &local_error,
                              "SELECT coach_id, athlete_id FROM invite WHERE hash = ?"
                              " AND expires > ?",
                              "si", invite->hash, lift_server_get_now (self));
  if (result != NULL && lift_server_result_next (result, &local_error))
    {
      invite->coach_id = g_strdup (lift_server_result_get_text (result, 0));
      invite->athlete_id = g_strdup (lift_server_result_get_text (result, 1));
      return TRUE;
    }
  if (local_error == NULL)
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "inviteCode",
                             _ ("This invite code does not work, or no longer. Ask your coach for "
                                "another"));
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Much may have happened to the profile since the invite was made. */
static gboolean
is_free (LiftServerRow *profile, const char *coach_id)
{
  LiftAthlete *athlete = LIFT_ATHLETE (profile->entity);

  return !lift_server_row_is_deleted (profile) && athlete->user_id == NULL &&
         g_strcmp0 (athlete->coach_id, coach_id) == 0;
}

static gboolean
use_invite (LiftServerWork *work, Invite *invite, LiftServerRow **profile, GError **error)
{
  if (!find_invite (work->server, work->connection, invite, error) ||
      !lift_server_run (work->connection, error, "DELETE FROM invite WHERE hash = ?", "s",
                        invite->hash))
    return FALSE;
  if (invite->athlete_id == NULL)
    return TRUE;
  if (!lift_server_row_load (work->server, work->connection, lift_registry_find ("Athlete"),
                             invite->athlete_id, profile, error))
    return FALSE;
  if (*profile != NULL && is_free (*profile, invite->coach_id))
    return TRUE;
  return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "inviteCode",
                           _ ("The athlete's profile of this invite was deleted, or somebody has "
                              "taken it over already. Ask your coach for another code"));
}

static gboolean
check_registration (LiftServer *self, const LiftServerRegistration *registration, GError **error)
{
  const char *type = registration->user_type;
  gboolean invited = registration->invite_code != NULL;

  if (g_strcmp0 (type, "coach") != 0 && g_strcmp0 (type, "athlete") != 0)
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "userType",
                             _ ("The userType is either coach or athlete"));
  if (!g_atomic_int_get (&self->open_registration) && (!invited || g_str_equal (type, "coach")))
    return lift_server_fail (error, LIFT_SERVER_ERROR_REGISTRATION_CLOSED, NULL,
                             _ ("Accounts on this server are made by its administrator, or with "
                                "the invite of a coach"));
  if (invited && g_str_equal (type, "coach"))
    return lift_server_fail (error, LIFT_SERVER_ERROR_INVALID, "inviteCode",
                             _ ("Only an athlete can follow an invite"));
  return lift_server_check_username (registration->username, error) &&
         lift_server_check_new_password (registration->password, error);
}

static char *
create (LiftServerWork *work,
        const LiftServerRegistration *registration,
        const char *hash,
        GError **error)
{
  gboolean is_coach = g_str_equal (registration->user_type, "coach");
  g_autoptr (LiftServerRow) profile = NULL;
  g_autofree char *id = NULL;
  g_auto (Invite) invite = { NULL, NULL, NULL };

  if (registration->invite_code != NULL)
    {
      invite.hash = lift_server_hash_token (registration->invite_code);
      if (!use_invite (work, &invite, &profile, error))
        return NULL;
    }
  id = lift_server_create_user (work, is_coach, registration->username, registration->name,
                                invite.coach_id, profile, error);
  if (id == NULL || !lift_server_insert_account (work, id, registration->username, hash, error))
    return NULL;
  return g_steal_pointer (&id);
}

/**
 * lift_server_register:
 *
 * Makes an account for whoever asks, where that is open or an invite allows it, and signs in.
 *
 * Returns: (transfer full): as [method@Server.login], or %NULL with REGISTRATION_CLOSED,
 *   USERNAME_TAKEN or INVALID
 */
GString *
lift_server_register (LiftServer *self, const LiftServerRegistration *registration, GError **error)
{
  g_autoptr (LiftServerWork) work = NULL;
  g_autoptr (GString) out = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && registration != NULL, NULL);

  if (!check_registration (self, registration, error))
    return NULL;
  hash = lift_server_hash_password (self, registration->password, error);
  if (hash == NULL)
    return NULL;
  work = lift_server_work_begin (self, NULL, NULL, error);
  if (work == NULL)
    return NULL;
  id = create (work, registration, hash, error);
  if (id == NULL)
    return NULL;
  out = lift_server_sign_in (self, work->connection, id, registration->device, error);
  if (out == NULL || !lift_server_work_commit (work, error))
    return NULL;
  return g_steal_pointer (&out);
}
