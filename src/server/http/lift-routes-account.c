/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-routes-private.h"

#include <glib/gi18n-lib.h>

/* Whether a failure says something about a password or about which names exist. */
static gboolean
is_guess (const GError *error)
{
  return g_error_matches (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID_CREDENTIALS) ||
         g_error_matches (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_USERNAME_TAKEN);
}

static void
set_wait_error (GError **error, LiftServerError code, guint seconds, const char *message)
{
  g_autoptr (GError) local_error = g_error_new_literal (LIFT_SERVER_ERROR, code, message);

  lift_server_error_set_retry_after (local_error, seconds);
  g_propagate_error (error, g_steal_pointer (&local_error));
}

/* Lets @func hash a password for @name, if neither the guesses nor the load say no. */
static LiftHttpResponse *
with_password (LiftCall *call, const char *name, LiftCallFunc func, GError **error)
{
  LiftRoutes *routes = call->routes;
  const char *peer = lift_http_request_get_peer (call->request);
  guint wait = lift_login_limiter_begin (routes->limiter, name, peer);
  g_autoptr (GError) local_error = NULL;
  LiftHttpResponse *response = NULL;

  if (wait > 0)
    {
      set_wait_error (error, LIFT_SERVER_ERROR_TOO_MANY_ATTEMPTS, wait,
                      _ ("Too many attempts. Wait a moment and try again"));
      return NULL;
    }
  if (lift_hash_gate_enter (routes->gate))
    {
      response = func (call, &local_error);
      lift_hash_gate_leave (routes->gate);
    }
  else
    set_wait_error (&local_error, LIFT_SERVER_ERROR_BUSY, 1,
                    _ ("Many people sign in just now. Try again in a moment"));
  if (response != NULL)
    lift_login_limiter_succeed (routes->limiter, name, peer);
  else if (is_guess (local_error))
    lift_login_limiter_fail (routes->limiter, name, peer);
  if (response == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return response;
}

static const char *
get_device (LiftCall *call)
{
  return lift_http_request_get_header (call->request, "User-Agent");
}

static LiftHttpResponse *
login (LiftCall *call, GError **error)
{
  return lift_route_answer (200, lift_server_login (call->server,
                                                    lift_json_get_string (call->body, "username"),
                                                    lift_json_get_string (call->body, "password"),
                                                    get_device (call), error));
}

LiftHttpResponse *
lift_route_login (LiftCall *call, GError **error)
{
  const char *username = lift_route_need_text (call, "username", error);

  if (username == NULL || lift_route_need_text (call, "password", error) == NULL)
    return NULL;
  return with_password (call, username, login, error);
}

LiftHttpResponse *
lift_route_refresh (LiftCall *call, GError **error)
{
  const char *token = lift_route_need_text (call, "refreshToken", error);

  if (token == NULL)
    return NULL;
  return lift_route_answer (200, lift_server_refresh (call->server, token, error));
}

LiftHttpResponse *
lift_route_logout (LiftCall *call, GError **error)
{
  return lift_route_done (lift_server_logout (call->server, call->user, error));
}

static LiftHttpResponse *
register_account (LiftCall *call, GError **error)
{
  const LiftServerRegistration registration = {
    .username = lift_json_get_string (call->body, "username"),
    .password = lift_json_get_string (call->body, "password"),
    .name = lift_json_get_string (call->body, "name"),
    .user_type = lift_json_get_string (call->body, "userType"),
    .invite_code = lift_json_get_string (call->body, "inviteCode"),
    .device = get_device (call),
  };

  return lift_route_answer (201, lift_server_register (call->server, &registration, error));
}

/* Attempts are counted for the address alone: each tells whether a name is taken. */
LiftHttpResponse *
lift_route_register (LiftCall *call, GError **error)
{
  return with_password (call, NULL, register_account, error);
}

static LiftHttpResponse *
change_password (LiftCall *call, GError **error)
{
  return lift_route_done (lift_server_change_password (
    call->server, call->user, lift_json_get_string (call->body, "oldPassword"),
    lift_json_get_string (call->body, "newPassword"), error));
}

LiftHttpResponse *
lift_route_password (LiftCall *call, GError **error)
{
  if (lift_route_need_text (call, "oldPassword", error) == NULL ||
      lift_route_need_text (call, "newPassword", error) == NULL)
    return NULL;
  return with_password (call, call->user->id, change_password, error);
}

LiftHttpResponse *
lift_route_invite (LiftCall *call, GError **error)
{
  const char *athlete = lift_json_get_string (call->body, "athleteId");

  return lift_route_answer (201,
                            lift_server_create_invite (call->server, call->user, athlete, error));
}

LiftHttpResponse *
lift_route_export (LiftCall *call, GError **error)
{
  return lift_route_answer (200, lift_server_export_account (call->server, call->user, error));
}

static LiftHttpResponse *
delete_account (LiftCall *call, GError **error)
{
  return lift_route_done (lift_server_delete_account (
    call->server, call->user, lift_json_get_string (call->body, "password"), error));
}

LiftHttpResponse *
lift_route_delete (LiftCall *call, GError **error)
{
  if (lift_route_need_text (call, "password", error) == NULL)
    return NULL;
  return with_password (call, call->user->id, delete_account, error);
}
