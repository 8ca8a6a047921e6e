/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lift-message.h"

G_BEGIN_DECLS

#define LIFT_REMOTE_ERROR (lift_remote_error_quark ())

/**
 * LiftRemoteError:
 * @LIFT_REMOTE_ERROR_OFFLINE: no way to the server, or the connection broke
 * @LIFT_REMOTE_ERROR_TIMEOUT: the server was reached, but too slow
 * @LIFT_REMOTE_ERROR_NOT_OURS: something else answered: a captive portal, another web site
 * @LIFT_REMOTE_ERROR_OVERSIZED: the answer is longer than accepted; ask for fewer rows
 * @LIFT_REMOTE_ERROR_BAD_CREDENTIALS: user name or password is wrong
 * @LIFT_REMOTE_ERROR_SIGN_IN_AGAIN: the sign-in has ended; never a refusal of a row
 * @LIFT_REMOTE_ERROR_RATE_LIMITED: too many requests; see lift_remote_error_get_retry_after()
 * @LIFT_REMOTE_ERROR_TOO_LARGE: the request is too large; halve the batch
 * @LIFT_REMOTE_ERROR_RESYNC: the cursor is too old or of another epoch; pull all again
 * @LIFT_REMOTE_ERROR_MUTATION_GAP: see lift_remote_error_get_last_mutation()
 * @LIFT_REMOTE_ERROR_SERVER: the server failed; try again later
 * @LIFT_REMOTE_ERROR_REFUSED: the server understood and refuses; see the code text
 * @LIFT_REMOTE_ERROR_BAD_ADDRESS: the server's address cannot be used; nothing was sent
 */
typedef enum
{
  LIFT_REMOTE_ERROR_OFFLINE,
  LIFT_REMOTE_ERROR_TIMEOUT,
  LIFT_REMOTE_ERROR_NOT_OURS,
  LIFT_REMOTE_ERROR_OVERSIZED,
  LIFT_REMOTE_ERROR_BAD_CREDENTIALS,
  LIFT_REMOTE_ERROR_SIGN_IN_AGAIN,
  LIFT_REMOTE_ERROR_RATE_LIMITED,
  LIFT_REMOTE_ERROR_TOO_LARGE,
  LIFT_REMOTE_ERROR_RESYNC,
  LIFT_REMOTE_ERROR_MUTATION_GAP,
  LIFT_REMOTE_ERROR_SERVER,
  LIFT_REMOTE_ERROR_REFUSED,
  LIFT_REMOTE_ERROR_BAD_ADDRESS,
} LiftRemoteError;

GQuark lift_remote_error_quark (void);

guint lift_remote_error_get_status (const GError *error);
const char *lift_remote_error_get_code (const GError *error);
const char *lift_remote_error_get_field (const GError *error);
gint64 lift_remote_error_get_retry_after (const GError *error);
gint64 lift_remote_error_get_last_mutation (const GError *error);
JsonArray *lift_remote_error_get_errors (const GError *error);
gboolean lift_remote_error_is_transient (const GError *error);

GError *lift_remote_error_from_response (const LiftResponse *response);

G_END_DECLS
