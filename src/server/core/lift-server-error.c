/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-server-error.h"

#include <glib/gi18n-lib.h>

#include "lift-json.h"

/* What GLib's macro makes returns NULL for an error of another domain, which none here has. */
#pragma GCC diagnostic ignored "-Wnull-dereference"

/* What an error carries beside its text. */
typedef struct
{
  char *field;
  gint64 last_mutation;
  gint64 retry_after;
  gboolean is_internal;
} LiftServerErrorPrivate;

typedef struct
{
  guint status;
  const char *code;
  const char *title;
  gboolean retryable;
} Description;

static const Description descriptions[] = {
  [LIFT_SERVER_ERROR_INVALID] = { 400, "INVALID", "The request cannot be taken", FALSE },
  [LIFT_SERVER_ERROR_BAD_CURSOR] = { 400, "BAD_CURSOR", "The cursor cannot be read", FALSE },
  [LIFT_SERVER_ERROR_INVALID_CREDENTIALS] = { 401, "INVALID_CREDENTIALS", "Not signed in", FALSE },
  [LIFT_SERVER_ERROR_UNAUTHENTICATED] = { 401, "UNAUTHENTICATED", "Sign in first", FALSE },
  [LIFT_SERVER_ERROR_TOKEN_EXPIRED] = { 401, "TOKEN_EXPIRED", "The token has expired", TRUE },
  [LIFT_SERVER_ERROR_SIGN_IN_AGAIN] = { 401, "SIGN_IN_AGAIN", "Sign in again", FALSE },
  [LIFT_SERVER_ERROR_FORBIDDEN] = { 403, "FORBIDDEN", "Not for this account", FALSE },
  [LIFT_SERVER_ERROR_REGISTRATION_CLOSED] = { 403, "REGISTRATION_CLOSED", "Registration is closed",
                                              FALSE },
  [LIFT_SERVER_ERROR_NOT_FOUND] = { 404, "NOT_FOUND", "Not there", FALSE },
  [LIFT_SERVER_ERROR_USERNAME_TAKEN] = { 409, "USERNAME_TAKEN", "The username is taken", FALSE },
  [LIFT_SERVER_ERROR_MUTATION_GAP] = { 409, "MUTATION_GAP", "Mutations are missing", TRUE },
  [LIFT_SERVER_ERROR_RESYNC] = { 410, "RESYNC", "Pull everything anew", TRUE },
  [LIFT_SERVER_ERROR_TOO_LARGE] = { 413, "TOO_LARGE", "Too much at once", FALSE },
  [LIFT_SERVER_ERROR_TOO_MANY_ATTEMPTS] = { 429, "TOO_MANY_ATTEMPTS", "Too many attempts", TRUE },
  [LIFT_SERVER_ERROR_INTERNAL] = { 500, "INTERNAL", "The server has a fault", TRUE },
  [LIFT_SERVER_ERROR_BUSY] = { 503, "BUSY", "The server is busy", TRUE },
};

static void
lift_server_error_private_init (LiftServerErrorPrivate *priv)
{
  priv->last_mutation = -1;
  priv->retry_after = -1;
}

static void
lift_server_error_private_copy (const LiftServerErrorPrivate *from, LiftServerErrorPrivate *to)
{
  to->field = g_strdup (from->field);
  to->last_mutation = from->last_mutation;
  to->retry_after = from->retry_after;
  to->is_internal = from->is_internal;
}

static void
lift_server_error_private_clear (LiftServerErrorPrivate *priv)
{
  g_free (priv->field);
}

G_DEFINE_EXTENDED_ERROR (LiftServerError, lift_server_error)

static const Description *
describe (const GError *error)
{
  g_assert (error != NULL);

  if (error->domain != LIFT_SERVER_ERROR || error->code >= (int) G_N_ELEMENTS (descriptions))
    return &descriptions[LIFT_SERVER_ERROR_INTERNAL];
  return &descriptions[error->code];
}

/**
 * lift_server_error_get_status:
 *
 * Returns: the HTTP status of an answer that tells of @error
 */
guint
lift_server_error_get_status (const GError *error)
{
  return describe (error)->status;
}

/**
 * lift_server_error_get_code:
 *
 * Returns: (transfer none): the code by which a client decides, `TOKEN_EXPIRED`
 */
const char *
lift_server_error_get_code (const GError *error)
{
  return describe (error)->code;
}

/**
 * lift_server_error_get_title:
 *
 * Returns: (transfer none): a short text that is the same for each error of the code
 */
const char *
lift_server_error_get_title (const GError *error)
{
  return describe (error)->title;
}

/**
 * lift_server_error_get_retryable:
 *
 * Returns: whether the same request may succeed later, or after a refresh
 */
gboolean
lift_server_error_get_retryable (const GError *error)
{
  return describe (error)->retryable;
}

/**
 * lift_server_error_get_field:
 *
 * Returns: (nullable) (transfer none): the part of the request that is wrong
 */
const char *
lift_server_error_get_field (const GError *error)
{
  return error->domain == LIFT_SERVER_ERROR ? lift_server_error_get_private (error)->field : NULL;
}

/**
 * lift_server_error_get_last_mutation:
 *
 * Returns: the newest mutation number of the device that the server has, or -1
 */
gint64
lift_server_error_get_last_mutation (const GError *error)
{
  return error->domain == LIFT_SERVER_ERROR ? lift_server_error_get_private (error)->last_mutation
                                            : -1;
}

/**
 * lift_server_error_get_retry_after:
 *
 * Returns: seconds to wait before another try, or -1
 */
gint64
lift_server_error_get_retry_after (const GError *error)
{
  return error->domain == LIFT_SERVER_ERROR ? lift_server_error_get_private (error)->retry_after
                                            : -1;
}

/**
 * lift_server_error_set_field: (skip)
 */
void
lift_server_error_set_field (GError *error, const char *field)
{
  LiftServerErrorPrivate *priv = lift_server_error_get_private (error);

  g_free (priv->field);
  priv->field = g_strdup (field);
}

/**
 * lift_server_error_set_last_mutation: (skip)
 */
void
lift_server_error_set_last_mutation (GError *error, gint64 mutation)
{
  lift_server_error_get_private (error)->last_mutation = mutation;
}

/**
 * lift_server_error_set_retry_after: (skip)
 */
void
lift_server_error_set_retry_after (GError *error, gint64 seconds)
{
  lift_server_error_get_private (error)->retry_after = seconds;
}

/**
 * lift_server_error_set_internal: (skip)
 *
 * Says that the text of @error is for whoever runs the server, who reads it in the log or at the
 * prompt. No client is told.
 */
void
lift_server_error_set_internal (GError *error)
{
  lift_server_error_get_private (error)->is_internal = TRUE;
}

/* What a client reads of @error. */
static const char *
get_detail (const GError *error)
{
  if (error->domain == LIFT_SERVER_ERROR && !lift_server_error_get_private (error)->is_internal)
    return error->message;
  return _ ("The server could not do this. Try again later");
}

static void
write_field (const GError *error, GString *out)
{
  const char *field = lift_server_error_get_field (error);

  if (field == NULL)
    return;
  g_string_append (out, ",\"errors\":[{\"field\":");
  lift_json_append_string (out, field);
  g_string_append (out, ",\"message\":");
  lift_json_append_string (out, error->message);
  g_string_append (out, "}]");
}

/**
 * lift_server_error_write_problem:
 *
 * Appends @error as `application/problem+json` (RFC 9457). The text of an error that is not the
 * core's own, or is marked as internal, stays in the server's log: it may hold what is nobody's
 * business.
 */
void
lift_server_error_write_problem (const GError *error, GString *out)
{
  const Description *description = describe (error);

  g_string_append_printf (
    out, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%u,\"detail\":", description->title,
    description->status);
  lift_json_append_string (out, get_detail (error));
  g_string_append_printf (out, ",\"code\":\"%s\",\"retryable\":%s", description->code,
                          description->retryable ? "true" : "false");
  if (lift_server_error_get_last_mutation (error) >= 0)
    g_string_append_printf (out, ",\"lastMutation\":%" G_GINT64_FORMAT,
                            lift_server_error_get_last_mutation (error));
  write_field (error, out);
  g_string_append_c (out, '}');
}
