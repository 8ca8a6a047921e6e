/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-api-private.h"
#include "lift-instant.h"
#include "lift-json.h"

/* Somebody waits to leave; without the server they leave all the same. */
#define LOGOUT_SECONDS 10

static void
append_member (GString *text, const char *key, const char *value)
{
  if (value == NULL)
    return;
  lift_json_append_key (text, key);
  lift_json_append_string (text, value);
}

/* Takes names and values in turn, up to a NULL name; a NULL value is left out. */
static LiftRequest *G_GNUC_NULL_TERMINATED
make_request (const char *method, const char *path, ...)
{
  LiftRequest *request = lift_request_new (method, path);
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GBytes) body = NULL;
  const char *key;
  va_list args;

  va_start (args, path);
  while ((key = va_arg (args, const char *)) != NULL)
    append_member (text, key, va_arg (args, const char *));
  va_end (args);
  g_string_append_c (text, '}');
  body = g_string_free_to_bytes (g_steal_pointer (&text));
  lift_request_set_body (request, body);
  return request;
}

/* Whoever brings no token cannot be told that it expired: a bare 401 is a wrong password here. */
static gboolean
check_credentials (const LiftResponse *response, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (response->status < 400)
    return TRUE;
  local_error = lift_remote_error_from_response (response);
  if (!g_error_matches (local_error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_BAD_CREDENTIALS,
               _ ("The user name or the password is wrong"));
  return FALSE;
}

static LiftSignIn *
sign_in (LiftApi *self, LiftRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (LiftResponse) response = NULL;
  g_autoptr (JsonObject) object = NULL;
  LiftSignIn *answer;

  response = lift_transport_send (lift_api_get_transport (self), request, cancellable, error);
  if (response == NULL || !check_credentials (response, error))
    return NULL;
  object = lift_api_read_object (response, error);
  answer = object != NULL ? lift_sign_in_from_json (object, error) : NULL;
  if (answer != NULL)
    lift_api_set_tokens (self, answer->token, answer->refresh_token);
  return answer;
}

/**
 * lift_api_login:
 * @username: as the person typed it
 *
 * Signs in; later calls use the tokens of the answer. Blocks; for workers. Nothing is stored.
 *
 * Returns: (transfer full) (nullable): who signed in, or %NULL with an error
 *   (%LIFT_REMOTE_ERROR_BAD_CREDENTIALS: wrong name or password)
 */
LiftSignIn *
lift_api_login (LiftApi *self,
                const char *username,
                const char *password,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (LiftRequest) request = NULL;

  g_return_val_if_fail (LIFT_IS_API (self), NULL);
  g_return_val_if_fail (username != NULL && password != NULL, NULL);

  request = make_request ("POST", "/api/v1/auth/login", "username", username, "password", password,
                          NULL);
  return sign_in (self, request, cancellable, error);
}

/**
 * lift_api_register:
 *
 * Makes a user on the server and signs in as that user. Blocks; for workers.
 *
 * Returns: (transfer full) (nullable): as lift_api_login(), or %NULL with %LIFT_REMOTE_ERROR_REFUSED
 *   and the code `USERNAME_TAKEN` or `REGISTRATION_CLOSED`, or with a field that is not good
 */
LiftSignIn *
lift_api_register (LiftApi *self,
                   const LiftRegistration *registration,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (LiftRequest) request = NULL;

  g_return_val_if_fail (LIFT_IS_API (self), NULL);
  g_return_val_if_fail (registration != NULL, NULL);

  request = make_request ("POST", "/api/v1/auth/register", "username", registration->username,
                          "password", registration->password, "name", registration->name,
                          "userType", registration->user_type, "inviteCode",
                          registration->invite_code, NULL);
  return sign_in (self, request, cancellable, error);
}

/**
 * lift_api_refresh:
 *
 * Renews the tokens now. Calls do so by themselves when a token has expired.
 *
 * Returns: whether there are new tokens; else %LIFT_REMOTE_ERROR_SIGN_IN_AGAIN or why the server
 *   was not reached
 */
gboolean
lift_api_refresh (LiftApi *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *token = NULL;

  g_return_val_if_fail (LIFT_IS_API (self), FALSE);

  token = lift_api_dup_token (self);
  return lift_tokens_renew (lift_api_get_tokens (self), token, TRUE, cancellable, error);
}

/* For calls whose answer has no body. */
static gboolean
send_for_nothing (LiftApi *self, LiftRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (LiftResponse) response = lift_api_send (self, request, cancellable, error);
  g_autoptr (JsonObject) object = NULL;

  if (response == NULL)
    return FALSE;
  if (response->status == 204)
    return TRUE;
  object = lift_api_read_object (response, error);
  return object != NULL;
}

/* Whether the server has spoken its last word: it is not worth asking it again later. */
static gboolean
is_answer (const GError *error)
{
  return error->domain == LIFT_REMOTE_ERROR && !lift_remote_error_is_transient (error);
}

/**
 * lift_api_logout:
 *
 * Ends the sign-in on the server and forgets the tokens here. Where the server is not reached the
 * tokens stay in use.
 *
 * Returns: whether the tokens are dead; they also are if they were so before
 */
gboolean
lift_api_logout (LiftApi *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (LiftRequest) request = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (LIFT_IS_API (self), FALSE);

  request = lift_request_new ("POST", "/api/v1/auth/logout");
  request->connect_seconds = LOGOUT_SECONDS / 2;
  request->total_seconds = LOGOUT_SECONDS;
  if (!send_for_nothing (self, request, cancellable, &local_error) && !is_answer (local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  lift_api_set_tokens (self, NULL, NULL);
  return TRUE;
}

/**
 * lift_api_change_password:
 *
 * Changes the password; every other sign-in of the user ends. Blocks; for workers.
 *
 * Returns: whether it is changed; else %LIFT_REMOTE_ERROR_BAD_CREDENTIALS for a wrong @old_password
 */
gboolean
lift_api_change_password (LiftApi *self,
                          const char *old_password,
                          const char *new_password,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (LiftRequest) request = NULL;

  g_return_val_if_fail (LIFT_IS_API (self), FALSE);

  request = make_request ("POST", "/api/v1/auth/password", "oldPassword", old_password,
                          "newPassword", new_password, NULL);
  return send_for_nothing (self, request, cancellable, error);
}

/**
 * lift_api_create_invite:
 * @athlete_id: (nullable): a profile that the athlete takes over
 * @expires_at: (out) (optional): microseconds since 1970 UTC, or -1 if not said
 *
 * Makes a code with which an athlete joins this coach. Blocks; for workers.
 *
 * Returns: (transfer full) (nullable): the code, or %NULL with an error
 */
char *
lift_api_create_invite (LiftApi *self,
                        const char *athlete_id,
                        gint64 *expires_at,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (LiftRequest) request = NULL;
  g_autoptr (JsonObject) answer = NULL;
  const char *until;

  g_return_val_if_fail (LIFT_IS_API (self), NULL);

  request = make_request ("POST", "/api/v1/invites", "athleteId", athlete_id, NULL);
  answer = lift_api_send_for_object (self, request, cancellable, error);
  if (answer == NULL)
    return NULL;
  until = lift_json_get_string (answer, "expiresAt");
  if (expires_at != NULL && (until == NULL || !lift_instant_parse (until, expires_at)))
    *expires_at = -1;
  if (lift_json_get_string (answer, "inviteCode") == NULL)
    g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_NOT_OURS,
                 _ ("The server made no invitation; its version may be too old"));
  return g_strdup (lift_json_get_string (answer, "inviteCode"));
}

/**
 * lift_api_export_account:
 *
 * Fetches everything that the server has of the user, as one JSON archive. Blocks; for workers.
 *
 * Returns: (transfer full) (nullable): the archive, or %NULL with an error
 */
GBytes *
lift_api_export_account (LiftApi *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (LiftRequest) request = NULL;
  g_autoptr (LiftResponse) response = NULL;

  g_return_val_if_fail (LIFT_IS_API (self), NULL);

  request = lift_request_new ("GET", "/api/v1/account/export");
  request->total_seconds = 0;
  request->max_bytes = G_MAXINT32;
  response = lift_api_send (self, request, cancellable, error);
  if (response == NULL)
    return NULL;
  if (response->status != 200 || g_strcmp0 (response->content_type, "text/html") == 0)
    {
      g_propagate_error (error, lift_remote_error_from_response (response));
      return NULL;
    }
  return g_bytes_ref (response->body);
}

/**
 * lift_api_delete_account:
 * @password: asked for again
 *
 * Has the server erase the user and all the user's rows. Cannot be undone. Blocks; for workers.
 *
 * Returns: whether the server does it
 */
gboolean
lift_api_delete_account (LiftApi *self,
                         const char *password,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (LiftRequest) request = NULL;

  g_return_val_if_fail (LIFT_IS_API (self), FALSE);

  request = make_request ("DELETE", "/api/v1/account", "password", password, NULL);
  return send_for_nothing (self, request, cancellable, error);
}
