/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-remote-error.h"

#include <glib/gi18n-lib.h>

#include "lift-answers.h"
#include "lift-json.h"

typedef struct
{
  guint status;
  char *code;
  char *field;
  gint64 retry_after;
  gint64 last_mutation;
  JsonArray *errors;
} LiftRemoteErrorPrivate;

static void
lift_remote_error_private_init (LiftRemoteErrorPrivate *priv)
{
  priv->retry_after = -1;
  priv->last_mutation = -1;
}

static void
lift_remote_error_private_copy (const LiftRemoteErrorPrivate *source, LiftRemoteErrorPrivate *dest)
{
  *dest = *source;
  dest->code = g_strdup (source->code);
  dest->field = g_strdup (source->field);
  dest->errors = source->errors != NULL ? json_array_ref (source->errors) : NULL;
}

static void
lift_remote_error_private_clear (LiftRemoteErrorPrivate *priv)
{
  g_free (priv->code);
  g_free (priv->field);
  g_clear_pointer (&priv->errors, json_array_unref);
}

/* The macro's own check of the domain yields NULL, which GCC follows into the functions above. */
#pragma GCC diagnostic ignored "-Wnull-dereference"
G_DEFINE_EXTENDED_ERROR (LiftRemoteError, lift_remote_error)

static const struct
{
  const char *text;
  LiftRemoteError error;
} codes[] = {
  { "INVALID_CREDENTIALS", LIFT_REMOTE_ERROR_BAD_CREDENTIALS },
  { "TOKEN_EXPIRED", LIFT_REMOTE_ERROR_SIGN_IN_AGAIN },
  { "SIGN_IN_AGAIN", LIFT_REMOTE_ERROR_SIGN_IN_AGAIN },
  { "RATE_LIMITED", LIFT_REMOTE_ERROR_RATE_LIMITED },
  { "TOO_LARGE", LIFT_REMOTE_ERROR_TOO_LARGE },
  { "RESYNC", LIFT_REMOTE_ERROR_RESYNC },
  { "MUTATION_GAP", LIFT_REMOTE_ERROR_MUTATION_GAP },
};

static gboolean
is_json (const LiftResponse *response)
{
  return response->content_type == NULL || g_str_has_suffix (response->content_type, "json");
}

/* A page to read: a server of ours has none, a captive portal has little else. */
static gboolean
is_page (const LiftResponse *response)
{
  return g_strcmp0 (response->content_type, "text/html") == 0;
}

/* The header counts for a server that has no codes, and for a proxy before one. */
static LiftRemoteError
classify_status (const LiftResponse *response)
{
  guint status = response->status;

  if (status == 401 && !is_page (response))
    return LIFT_REMOTE_ERROR_SIGN_IN_AGAIN;
  if (status == 408 || status == 504)
    return LIFT_REMOTE_ERROR_TIMEOUT;
  if (status == 413)
    return LIFT_REMOTE_ERROR_TOO_LARGE;
  if (status == 429)
    return LIFT_REMOTE_ERROR_RATE_LIMITED;
  if (status == 511 || status == 407 || status < 400)
    return LIFT_REMOTE_ERROR_NOT_OURS;
  if (status >= 500)
    return LIFT_REMOTE_ERROR_SERVER;
  return is_json (response) ? LIFT_REMOTE_ERROR_REFUSED : LIFT_REMOTE_ERROR_NOT_OURS;
}

static LiftRemoteError
classify (const LiftResponse *response, const char *code)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (code, codes[i].text))
      return codes[i].error;
  return classify_status (response);
}

static const char *
describe (LiftRemoteError code)
{
  switch (code)
    {
    case LIFT_REMOTE_ERROR_BAD_CREDENTIALS:
      return _ ("The user name or the password is wrong");
    case LIFT_REMOTE_ERROR_SIGN_IN_AGAIN:
      return _ ("The sign-in has ended; sign in again to sync");
    case LIFT_REMOTE_ERROR_RATE_LIMITED:
      return _ ("The server asks to wait before the next try");
    case LIFT_REMOTE_ERROR_TOO_LARGE:
      return _ ("The server takes no request of this size");
    case LIFT_REMOTE_ERROR_RESYNC:
      return _ ("The server asks for everything to be fetched again");
    case LIFT_REMOTE_ERROR_MUTATION_GAP:
      return _ ("The server misses earlier changes of this device");
    case LIFT_REMOTE_ERROR_SERVER:
      return _ ("The server has a problem; nothing is lost, try again later");
    case LIFT_REMOTE_ERROR_TIMEOUT:
      return _ ("The server took too long; nothing is lost, try again later");
    case LIFT_REMOTE_ERROR_NOT_OURS:
      return _ ("The answer is not from a LiftLogger server; check the address, and whether this "
                "network asks for a sign-in of its own");
    case LIFT_REMOTE_ERROR_OFFLINE:
    case LIFT_REMOTE_ERROR_OVERSIZED:
    case LIFT_REMOTE_ERROR_REFUSED:
    case LIFT_REMOTE_ERROR_BAD_ADDRESS:
    default:
      return _ ("The server refused the request");
    }
}

/* The number tells whoever runs the server more than the words do. */
static gboolean
needs_status (LiftRemoteError code)
{
  return code == LIFT_REMOTE_ERROR_SERVER || code == LIFT_REMOTE_ERROR_NOT_OURS ||
         code == LIFT_REMOTE_ERROR_REFUSED;
}

/* Only a refusal has something to say that the code does not: what exactly was wrong. */
static char *
make_message (LiftRemoteError code, guint status, JsonObject *problem)
{
  const char *detail = problem != NULL ? lift_json_get_string (problem, "detail") : NULL;

  if (detail == NULL && problem != NULL)
    detail = lift_json_get_string (problem, "title");
  if (code == LIFT_REMOTE_ERROR_REFUSED && detail != NULL)
    return g_strdup_printf ("%s: %s", describe (code), detail);
  if (!needs_status (code))
    return g_strdup (describe (code));
  /* Translators: what is wrong, and the number of the server's answer. */
  return g_strdup_printf (_ ("%s (HTTP %u)"), describe (code), status);
}

static const char *
get_first_field (JsonObject *problem)
{
  JsonArray *errors = lift_json_get_array (problem, "errors");
  JsonNode *first;

  if (lift_json_get_string (problem, "field") != NULL)
    return lift_json_get_string (problem, "field");
  if (errors == NULL || json_array_get_length (errors) == 0)
    return NULL;
  first = json_array_get_element (errors, 0);
  if (!JSON_NODE_HOLDS_OBJECT (first))
    return NULL;
  return lift_json_get_string (json_node_get_object (first), "field");
}

static void
take_problem (LiftRemoteErrorPrivate *priv, JsonObject *problem)
{
  JsonArray *errors = lift_json_get_array (problem, "errors");

  priv->code = g_strdup (lift_json_get_string (problem, "code"));
  priv->field = g_strdup (get_first_field (problem));
  priv->last_mutation = lift_json_get_int (problem, "lastMutation", -1);
  if (priv->last_mutation > LIFT_MUTATION_MAX)
    priv->last_mutation = -1;
  priv->errors = errors != NULL ? json_array_ref (errors) : NULL;
}

/**
 * lift_remote_error_from_response:
 * @response: an answer that is not the one hoped for
 *
 * Makes the error for an answer. The `code` of a problem decides; without one the status does.
 * May be called from any thread.
 *
 * Returns: (transfer full): an error of %LIFT_REMOTE_ERROR
 */
GError *
lift_remote_error_from_response (const LiftResponse *response)
{
  g_autoptr (JsonObject) problem = NULL;
  g_autofree char *message = NULL;
  LiftRemoteErrorPrivate *priv;
  LiftRemoteError code;
  GError *error;
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);

  if (response->status >= 400 && is_json (response) && length > 0)
    problem = lift_json_parse_object (text, length, NULL);
  code = classify (response, problem != NULL ? lift_json_get_string (problem, "code") : NULL);
  message = make_message (code, response->status, problem);
  error = g_error_new_literal (LIFT_REMOTE_ERROR, code, message);
  priv = lift_remote_error_get_private (error);
  priv->status = response->status;
  priv->retry_after = response->retry_after;
  if (problem != NULL)
    take_problem (priv, problem);
  return error;
}

static LiftRemoteErrorPrivate *
peek_private (const GError *error)
{
  if (error == NULL || error->domain != LIFT_REMOTE_ERROR)
    return NULL;
  return lift_remote_error_get_private (error);
}

/**
 * lift_remote_error_get_status:
 * @error: (nullable): any error
 *
 * Returns: the HTTP status, or 0 where there was no answer
 */
guint
lift_remote_error_get_status (const GError *error)
{
  LiftRemoteErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->status : 0;
}

/**
 * lift_remote_error_get_code:
 * @error: (nullable): any error
 *
 * Returns: (nullable): the protocol's code, such as `USERNAME_TAKEN`
 */
const char *
lift_remote_error_get_code (const GError *error)
{
  LiftRemoteErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->code : NULL;
}

/**
 * lift_remote_error_get_field:
 * @error: (nullable): any error
 *
 * Returns: (nullable): the first field that the server objects to, as on the wire
 */
const char *
lift_remote_error_get_field (const GError *error)
{
  LiftRemoteErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->field : NULL;
}

/**
 * lift_remote_error_get_retry_after:
 * @error: (nullable): any error
 *
 * Returns: seconds that the server asks to wait, or -1
 */
gint64
lift_remote_error_get_retry_after (const GError *error)
{
  LiftRemoteErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->retry_after : -1;
}

/**
 * lift_remote_error_get_last_mutation:
 * @error: (nullable): any error
 *
 * Returns: the highest mutation number that the server has of this device, or -1
 */
gint64
lift_remote_error_get_last_mutation (const GError *error)
{
  LiftRemoteErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->last_mutation : -1;
}

/**
 * lift_remote_error_get_errors:
 * @error: (nullable): any error
 *
 * Returns: (transfer none) (nullable): the objections of a 400, objects with `field`, `code` and
 *   `message`; the elements are as the server sent them
 */
JsonArray *
lift_remote_error_get_errors (const GError *error)
{
  LiftRemoteErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->errors : NULL;
}

/**
 * lift_remote_error_is_transient:
 * @error: (nullable): any error
 *
 * A transient failure says nothing about what was sent: the same request may work later.
 *
 * Returns: whether to try again later, unchanged
 */
gboolean
lift_remote_error_is_transient (const GError *error)
{
  if (error == NULL || error->domain != LIFT_REMOTE_ERROR)
    return FALSE;
  switch ((LiftRemoteError) error->code)
    {
    case LIFT_REMOTE_ERROR_OFFLINE:
    case LIFT_REMOTE_ERROR_TIMEOUT:
    case LIFT_REMOTE_ERROR_NOT_OURS:
    case LIFT_REMOTE_ERROR_RATE_LIMITED:
    case LIFT_REMOTE_ERROR_SERVER:
      return TRUE;
    case LIFT_REMOTE_ERROR_OVERSIZED:
    case LIFT_REMOTE_ERROR_BAD_CREDENTIALS:
    case LIFT_REMOTE_ERROR_SIGN_IN_AGAIN:
    case LIFT_REMOTE_ERROR_TOO_LARGE:
    case LIFT_REMOTE_ERROR_RESYNC:
    case LIFT_REMOTE_ERROR_MUTATION_GAP:
    case LIFT_REMOTE_ERROR_REFUSED:
    case LIFT_REMOTE_ERROR_BAD_ADDRESS:
    default:
      return FALSE;
    }
}
