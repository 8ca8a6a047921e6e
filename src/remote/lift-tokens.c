/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>

#include "lift-api-private.h"
#include "lift-json.h"

/* A renewal is not cancelled once it is sent, so it must end soon by itself. */
#define RENEW_SECONDS 20
#define POLL_US (50 * G_TIME_SPAN_MILLISECOND)

struct _LiftTokens
{
  LiftTransport *transport;
  GMutex mutex;
  GCond cond;
  /* All below: under the mutex. */
  LiftTokenKeeper *keeper;
  char *token;
  char *refresh_token;
  /* Refused by the server; showing it again could pass for theft. */
  char *dead_refresh_token;
  gboolean renewing;
  GError *renew_error;
};

LiftTokens *
lift_tokens_new (LiftTransport *transport)
{
  LiftTokens *self = g_new0 (LiftTokens, 1);

  self->transport = g_object_ref (transport);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

void
lift_tokens_free (LiftTokens *self)
{
  g_clear_object (&self->transport);
  g_clear_object (&self->keeper);
  g_free (self->token);
  g_free (self->refresh_token);
  g_free (self->dead_refresh_token);
  g_clear_error (&self->renew_error);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

void
lift_tokens_set (LiftTokens *self, const char *token, const char *refresh_token)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *new_token = g_strdup (token);
  g_autofree char *new_refresh = g_strdup (refresh_token);

  g_free (self->token);
  self->token = g_steal_pointer (&new_token);
  g_free (self->refresh_token);
  self->refresh_token = g_steal_pointer (&new_refresh);
}

void
lift_tokens_set_keeper (LiftTokens *self, LiftTokenKeeper *keeper)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_set_object (&self->keeper, keeper);
}

static LiftTokenKeeper *
dup_keeper (LiftTokens *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->keeper != NULL ? g_object_ref (self->keeper) : NULL;
}

char *
lift_tokens_dup_token (LiftTokens *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (self->token);
}

char *
lift_tokens_dup_refresh_token (LiftTokens *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (self->refresh_token);
}

static gboolean
set_sign_in_again (GError **error)
{
  g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN,
               _ ("The sign-in has ended; sign in again to sync"));
  return FALSE;
}

static LiftRequest *
make_refresh_request (const char *refresh_token)
{
  LiftRequest *request = lift_request_new ("POST", "/api/v1/auth/refresh");
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GBytes) body = NULL;

  lift_json_append_key (text, "refreshToken");
  lift_json_append_string (text, refresh_token);
  g_string_append_c (text, '}');
  body = g_string_free_to_bytes (g_steal_pointer (&text));
  lift_request_set_body (request, body);
  request->connect_seconds = RENEW_SECONDS / 2;
  request->idle_seconds = RENEW_SECONDS / 2;
  request->total_seconds = RENEW_SECONDS;
  return request;
}

/* A server that answers but does not renew has ended the sign-in, whatever it calls that. */
static gboolean
is_end_of_sign_in (const GError *error)
{
  return !lift_remote_error_is_transient (error);
}

static void
bury (LiftTokens *self, const char *refresh_token, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_free (self->dead_refresh_token);
  self->dead_refresh_token = g_strdup (refresh_token);
  set_sign_in_again (error);
}

static gboolean
is_dead (LiftTokens *self, const char *refresh_token)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strcmp0 (self->dead_refresh_token, refresh_token) == 0;
}

static JsonObject *
ask_for_tokens (LiftTokens *self, const char *refresh_token, GError **error)
{
  g_autoptr (LiftRequest) request = make_refresh_request (refresh_token);
  g_autoptr (LiftResponse) response = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) local_error = NULL;

  response = lift_transport_send (self->transport, request, NULL, &local_error);
  if (response != NULL)
    answer = lift_api_read_object (response, &local_error);
  if (answer != NULL && lift_json_get_string (answer, "token") != NULL)
    return g_steal_pointer (&answer);
  if (answer != NULL || is_end_of_sign_in (local_error))
    bury (self, refresh_token, error);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* The tokens are stored before anybody uses them: the old refresh token is dead by now, and a crash
 * would leave only that. Should storing fail, they still serve this process. */
static gboolean
refresh (LiftTokens *self, LiftTokenKeeper *keeper, const char *refresh_token, GError **error)
{
  g_autoptr (JsonObject) answer = ask_for_tokens (self, refresh_token, error);
  g_autoptr (GError) store_error = NULL;
  const char *token;
  const char *next;

  if (answer == NULL)
    return FALSE;
  token = lift_json_get_string (answer, "token");
  next = lift_json_get_string (answer, "refreshToken");
  if (keeper != NULL && !lift_token_keeper_store (keeper, token, next, NULL, &store_error))
    g_message ("The renewed sign-in was not stored: %s", store_error->message);
  lift_tokens_set (self, token, next);
  return TRUE;
}

static gboolean
renew_locked_keeper (LiftTokens *self,
                     LiftTokenKeeper *keeper,
                     const char *failed_token,
                     const char *token,
                     const char *refresh_token,
                     gboolean may_refresh,
                     GError **error)
{
  if (token != NULL && g_strcmp0 (token, failed_token) != 0)
    {
      lift_tokens_set (self, token, refresh_token);
      return TRUE;
    }
  if (!may_refresh || refresh_token == NULL || is_dead (self, refresh_token))
    return set_sign_in_again (error);
  return refresh (self, keeper, refresh_token, error);
}

/* Whoever asks later, in this process or in another, learns of it without asking the server. */
static void
note_end (LiftTokenKeeper *keeper, const GError *reason)
{
  g_autoptr (GError) error = NULL;

  if (g_error_matches (reason, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN) &&
      !lift_token_keeper_end (keeper, &error))
    g_message ("The end of the sign-in was not noted: %s", error->message);
}

static gboolean
renew_once (LiftTokens *self,
            const char *failed_token,
            gboolean may_refresh,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (LiftTokenKeeper) keeper = dup_keeper (self);
  g_autofree char *token = NULL;
  g_autofree char *refresh_token = NULL;
  g_autoptr (GError) local_error = NULL;

  if (keeper == NULL)
    {
      refresh_token = lift_tokens_dup_refresh_token (self);
      return renew_locked_keeper (self, NULL, failed_token, NULL, refresh_token, may_refresh,
                                  error);
    }
  if (!lift_token_keeper_lock (keeper, &token, &refresh_token, cancellable, error))
    return FALSE;
  if (!renew_locked_keeper (self, keeper, failed_token, token, refresh_token, may_refresh,
                            &local_error))
    note_end (keeper, local_error);
  lift_token_keeper_unlock (keeper);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The caller holds the mutex. Returns FALSE if cancelled while another thread was renewing. */
static gboolean
wait_for_renewal_locked (LiftTokens *self, GCancellable *cancellable, GError **error)
{
  while (self->renewing)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_cond_wait_until (&self->cond, &self->mutex, g_get_monotonic_time () + POLL_US);
    }
  return TRUE;
}

typedef enum
{
  RENEWED,
  FAILED,
  MINE_TO_DO,
} Turn;

static Turn
take_turn (LiftTokens *self, const char *failed_token, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean waited = self->renewing;

  if (!wait_for_renewal_locked (self, cancellable, error))
    return FAILED;
  if (g_strcmp0 (self->token, failed_token) != 0)
    return RENEWED;
  /* What failed for the thread that did it for all, failed for all, unless only it was cancelled. */
  if (waited && self->renew_error != NULL &&
      !g_error_matches (self->renew_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_error_copy (self->renew_error));
      return FAILED;
    }
  self->renewing = TRUE;
  return MINE_TO_DO;
}

static void
end_turn (LiftTokens *self, const GError *error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_clear_error (&self->renew_error);
  self->renew_error = error != NULL ? g_error_copy (error) : NULL;
  self->renewing = FALSE;
  g_cond_broadcast (&self->cond);
}

/*
 * lift_tokens_renew:
 * @failed_token: (nullable): the token that the server did not take
 * @may_refresh: whether the refresh token may be used, else only what another process stored
 *
 * Gets tokens that are not @failed_token, once for all threads and processes that need them.
 * However many ask at the same time, one refresh goes out.
 */
gboolean
lift_tokens_renew (LiftTokens *self,
                   const char *failed_token,
                   gboolean may_refresh,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean done;

  switch (take_turn (self, failed_token, cancellable, error))
    {
    case RENEWED:
      return TRUE;
    case FAILED:
      return FALSE;
    case MINE_TO_DO:
    default:
      break;
    }
  done = renew_once (self, failed_token, may_refresh, cancellable, &local_error);
  end_turn (self, local_error);
  if (!done)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return done;
}
