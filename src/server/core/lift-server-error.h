/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIFT_SERVER_ERROR (lift_server_error_quark ())

/**
 * LiftServerError:
 * @LIFT_SERVER_ERROR_INVALID: a request that does not say what it must; 400
 * @LIFT_SERVER_ERROR_BAD_CURSOR: a cursor that this server did not write; 400
 * @LIFT_SERVER_ERROR_INVALID_CREDENTIALS: no such name with that password; 401
 * @LIFT_SERVER_ERROR_UNAUTHENTICATED: no token, or none of ours; 401
 * @LIFT_SERVER_ERROR_TOKEN_EXPIRED: a token to be refreshed; 401
 * @LIFT_SERVER_ERROR_SIGN_IN_AGAIN: a refresh token that no longer works; 401
 * @LIFT_SERVER_ERROR_FORBIDDEN: not for this user; 403
 * @LIFT_SERVER_ERROR_REGISTRATION_CLOSED: accounts are made by the administrator; 403
 * @LIFT_SERVER_ERROR_NOT_FOUND: no such account; 404
 * @LIFT_SERVER_ERROR_USERNAME_TAKEN: another account has the name; 409
 * @LIFT_SERVER_ERROR_MUTATION_GAP: numbers of the device are missing in between; 409
 * @LIFT_SERVER_ERROR_RESYNC: the cursor belongs to another history; 410
 * @LIFT_SERVER_ERROR_TOO_LARGE: more rows than a request may hold; 413
 * @LIFT_SERVER_ERROR_TOO_MANY_ATTEMPTS: wrong passwords, too many of them; 429
 * @LIFT_SERVER_ERROR_INTERNAL: the server's own fault; 500
 * @LIFT_SERVER_ERROR_BUSY: the database is busy or out of reach; 503
 *
 * What a call to the server's core can fail with.
 */
typedef enum
{
  LIFT_SERVER_ERROR_INVALID,
  LIFT_SERVER_ERROR_BAD_CURSOR,
  LIFT_SERVER_ERROR_INVALID_CREDENTIALS,
  LIFT_SERVER_ERROR_UNAUTHENTICATED,
  LIFT_SERVER_ERROR_TOKEN_EXPIRED,
  LIFT_SERVER_ERROR_SIGN_IN_AGAIN,
  LIFT_SERVER_ERROR_FORBIDDEN,
  LIFT_SERVER_ERROR_REGISTRATION_CLOSED,
  LIFT_SERVER_ERROR_NOT_FOUND,
  LIFT_SERVER_ERROR_USERNAME_TAKEN,
  LIFT_SERVER_ERROR_MUTATION_GAP,
  LIFT_SERVER_ERROR_RESYNC,
  LIFT_SERVER_ERROR_TOO_LARGE,
  LIFT_SERVER_ERROR_TOO_MANY_ATTEMPTS,
  LIFT_SERVER_ERROR_INTERNAL,
  LIFT_SERVER_ERROR_BUSY,
} LiftServerError;

GQuark lift_server_error_quark (void);

/* What the routes need of any error that the core gives; one of another domain is INTERNAL. */
guint lift_server_error_get_status (const GError *error);
const char *lift_server_error_get_code (const GError *error);
const char *lift_server_error_get_title (const GError *error);
gboolean lift_server_error_get_retryable (const GError *error);
const char *lift_server_error_get_field (const GError *error);
gint64 lift_server_error_get_last_mutation (const GError *error);
gint64 lift_server_error_get_retry_after (const GError *error);
void lift_server_error_write_problem (const GError *error, GString *out);

/* For the core and its dialects. */
void lift_server_error_set_field (GError *error, const char *field);
void lift_server_error_set_last_mutation (GError *error, gint64 mutation);
void lift_server_error_set_retry_after (GError *error, gint64 seconds);
void lift_server_error_set_internal (GError *error);

G_END_DECLS
