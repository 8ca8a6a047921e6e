/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "lift-server-private.h"

#define SECRET_BYTES 32
#define HASH_BYTES 32

static gint64
seconds_from_now (LiftServer *self, gint64 seconds)
{
  return lift_server_get_now (self) + seconds * G_USEC_PER_SEC;
}

/**
 * lift_server_new_secret: (skip)
 *
 * Returns: (transfer full): 256 random bits as text
 */
char *
lift_server_new_secret (LiftServer *self)
{
  guint8 bytes[SECRET_BYTES];
  char text[sodium_base64_ENCODED_LEN (SECRET_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

  lift_clock_fill_random (self->clock, bytes, sizeof bytes);
  sodium_bin2base64 (text, sizeof text, bytes, sizeof bytes,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero (bytes, sizeof bytes);
  return g_strdup (text);
}

/**
 * lift_server_hash_token: (skip)
 *
 * Returns: (transfer full): what is stored of a token. It has 256 random bits, so a fast hash
 *   without salt is enough.
 */
char *
lift_server_hash_token (const char *token)
{
  guint8 hash[HASH_BYTES];
  char text[HASH_BYTES * 2 + 1];

  crypto_generichash (hash, sizeof hash, (const guint8 *) token, strlen (token), NULL, 0);
  sodium_bin2hex (text, sizeof text, hash, sizeof hash);
  return g_strdup (text);
}

static char *
issue (LiftServer *self,
       LiftServerConnection *connection,
       const char *session,
       const char *kind,
       gint64 seconds,
       GError **error)
{
  g_autofree char *secret = lift_server_new_secret (self);
  g_autofree char *hash = lift_server_hash_token (secret);

  if (!lift_server_run (connection, error,
                        "INSERT INTO token (hash, session, kind, expires, used)"
                        " VALUES (?, ?, ?, ?, 0)",
                        "sssi", hash, session, kind, seconds_from_now (self, seconds)))
    return NULL;
  return g_steal_pointer (&secret);
}

/**
 * lift_server_issue_tokens: (skip)
 * @out: where to add `"token"`, `"refreshToken"` and `"expiresIn"`
 */
gboolean
lift_server_issue_tokens (LiftServer *self,
                          LiftServerConnection *connection,
                          const char *session,
                          GString *out,
                          GError **error)
{
  g_autofree char *access = NULL;
  g_autofree char *refresh = NULL;

  access = issue (self, connection, session, "access", LIFT_SERVER_ACCESS_SECONDS, error);
  if (access == NULL)
    return FALSE;
  refresh = issue (self, connection, session, "refresh", LIFT_SERVER_REFRESH_SECONDS, error);
  if (refresh == NULL)
    return FALSE;
  lift_json_append_key (out, "token");
  g_string_append_printf (out, "\"%s\",\"refreshToken\":\"%s\",\"expiresIn\":%d", access, refresh,
                          LIFT_SERVER_ACCESS_SECONDS);
  return TRUE;
}

/**
 * lift_server_start_session: (skip)
 *
 * Signs a user in: what follows from this one sign-in by refreshing ends together.
 */
gboolean
lift_server_start_session (LiftServer *self,
                           LiftServerConnection *connection,
                           const char *user_id,
                           const char *device,
                           GString *out,
                           GError **error)
{
  g_autofree char *session = lift_server_new_secret (self);
  g_autofree char *label = device != NULL ? g_utf8_make_valid (device, -1) : NULL;

  if (label != NULL && g_utf8_strlen (label, -1) > 200)
    *g_utf8_offset_to_pointer (label, 200) = '\0';
  return lift_server_run (connection, error,
                          "INSERT INTO session (id, user_id, device, created) VALUES (?, ?, ?, ?)",
                          "sssi", session, user_id, label, lift_server_get_now (self)) &&
         lift_server_issue_tokens (self, connection, session, out, error);
}

/**
 * lift_server_end_sessions: (skip)
 * @but: (nullable): a session that goes on
 */
gboolean
lift_server_end_sessions (LiftServer *self,
                          LiftServerConnection *connection,
                          const char *user_id,
                          const char *but,
                          GError **error)
{
  const char *kept = but != NULL ? but : "";

  return lift_server_run (connection, error,
                          "DELETE FROM token WHERE session IN"
                          " (SELECT id FROM session WHERE user_id = ? AND id <> ?)",
                          "ss", user_id, kept) &&
         lift_server_run (connection, error, "DELETE FROM session WHERE user_id = ? AND id <> ?",
                          "ss", user_id, kept);
}

static gboolean
end_session (LiftServerConnection *connection, const char *session, GError **error)
{
  return lift_server_run (connection, error, "DELETE FROM token WHERE session = ?", "s", session) &&
         lift_server_run (connection, error, "DELETE FROM session WHERE id = ?", "s", session);
}

static gboolean
sign_in_again (GError **error)
{
  return lift_server_fail (error, LIFT_SERVER_ERROR_SIGN_IN_AGAIN, NULL,
                           _ ("This sign-in has ended. Sign in again with your password"));
}

/* Finds the sign-in that a refresh token belongs to. */
static gboolean
find_refresh (LiftServer *self,
              LiftServerConnection *connection,
              const char *hash,
              char **session,
              gboolean *used,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LiftServerResult) result = NULL;

  result = lift_server_query (connection, &local_error,
                              "SELECT t.session, t.used FROM token t"
                              " JOIN session s ON s.id = t.session"
                              " JOIN account a ON a.user_id = s.user_id"
                              " WHERE t.hash = ? AND t.kind = 'refresh' AND t.expires > ?"
                              " AND a.disabled = 0",
                              "si", hash, lift_server_get_now (self));
  if (result != NULL && lift_server_result_next (result, &local_error))
    {
      *session = g_strdup (lift_server_result_get_text (result, 0));
      *used = lift_server_result_get_int (result, 1) != 0;
      return TRUE;
    }
  if (local_error == NULL)
    return sign_in_again (error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
use_refresh (LiftServer *self,
             LiftServerConnection *connection,
             const char *hash,
             const char *session,
             GString *out,
             GError **error)
{
  return lift_server_run (connection, error, "UPDATE token SET used = 1 WHERE hash = ?", "s",
                          hash) &&
         /* Kept for a while, so that a client hears "expired" and not "unknown". */
         lift_server_run (connection, error, "DELETE FROM token WHERE session = ? AND expires < ?",
                          "si", session, seconds_from_now (self, -LIFT_SERVER_REFRESH_SECONDS)) &&
         lift_server_issue_tokens (self, connection, session, out, error);
}

/**
 * lift_server_refresh:
 * @refresh_token: (nullable): from the sign-in or from the last refresh
 *
 * Gives new tokens for a refresh token, which works once. Its second use means that somebody else
 * has it too, and ends the sign-in.
 *
 * Returns: (transfer full): `{"token","refreshToken","expiresIn"}`, or %NULL with SIGN_IN_AGAIN
 */
GString *
lift_server_refresh (LiftServer *self, const char *refresh_token, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autoptr (GString) out = g_string_new ("{");
  g_autofree char *hash = NULL;
  g_autofree char *session = NULL;
  gboolean used = FALSE;

  g_return_val_if_fail (LIFT_IS_SERVER (self), NULL);

  hash = lift_server_hash_token (refresh_token != NULL ? refresh_token : "");
  connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  if (connection == NULL || !find_refresh (self, connection, hash, &session, &used, error))
    return NULL;
  if (used ? !end_session (connection, session, error)
           : !use_refresh (self, connection, hash, session, out, error))
    return NULL;
  if (!lift_server_connection_commit (g_steal_pointer (&connection), error))
    return NULL;
  if (used)
    {
      sign_in_again (error);
      return NULL;
    }
  g_string_append_c (out, '}');
  return g_steal_pointer (&out);
}

/**
 * lift_server_logout:
 *
 * Ends the sign-in that the request came with: its tokens and its refresh token are dead.
 */
gboolean
lift_server_logout (LiftServer *self, LiftServerUser *user, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER (self) && user != NULL, FALSE);

  connection = lift_server_database_begin (self->database, LIFT_SERVER_WRITE, error);
  return connection != NULL && end_session (connection, user->session_id, error) &&
         lift_server_connection_commit (g_steal_pointer (&connection), error);
}

static LiftServerUser *
read_user (LiftServer *self, LiftServerResult *result, GError **error)
{
  LiftServerUser *user;

  if (lift_server_result_get_int (result, 0) <= lift_server_get_now (self))
    {
      lift_server_fail (error, LIFT_SERVER_ERROR_TOKEN_EXPIRED, NULL,
                        _ ("The token has expired. Refresh it"));
      return NULL;
    }
  user = g_new0 (LiftServerUser, 1);
  user->session_id = g_strdup (lift_server_result_get_text (result, 1));
  user->id = g_strdup (lift_server_result_get_text (result, 2));
  user->is_coach = g_strcmp0 (lift_server_result_get_text (result, 3), "COACH") == 0;
  user->coach_id = g_strdup (lift_server_result_get_text (result, user->is_coach ? 4 : 6));
  if (!user->is_coach)
    user->athlete_id = g_strdup (lift_server_result_get_text (result, 5));
  return user;
}

/**
 * lift_server_authenticate:
 * @token: (nullable): what stood behind `Bearer`
 *
 * Returns: (transfer full): whose token it is, or %NULL with TOKEN_EXPIRED or UNAUTHENTICATED
 */
LiftServerUser *
lift_server_authenticate (LiftServer *self, const char *token, GError **error)
{
  g_autoptr (LiftServerConnection) connection = NULL;
  g_autoptr (LiftServerResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *hash = NULL;
  LiftServerUser *user = NULL;

  g_return_val_if_fail (LIFT_IS_SERVER (self), NULL);

  hash = lift_server_hash_token (token != NULL ? token : "");
  connection = lift_server_database_begin (self->database, LIFT_SERVER_READ, error);
  if (connection == NULL)
    return NULL;
  result = lift_server_query (connection, &local_error,
                              "SELECT t.expires, s.id, u.id, u.role, c.id, p.id, p.coach_id"
                              " FROM token t JOIN session s ON s.id = t.session"
                              " JOIN account a ON a.user_id = s.user_id"
                              " JOIN \"user\" u ON u.id = s.user_id"
                              " LEFT JOIN coach c ON c.user_id = u.id"
                              " LEFT JOIN athlete p ON p.user_id = u.id"
                              " WHERE t.hash = ? AND t.kind = 'access' AND a.disabled = 0",
                              "s", hash);
  if (result != NULL && lift_server_result_next (result, &local_error))
    user = read_user (self, result, &local_error);
  else if (local_error == NULL)
    lift_server_fail (&local_error, LIFT_SERVER_ERROR_UNAUTHENTICATED, NULL,
                      _ ("Sign in first: the request holds no token of this server"));
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return user;
}
