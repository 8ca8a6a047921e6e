/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-api-private.h"
#include "lift-json.h"

/**
 * LiftApi:
 *
 * The calls of a LiftLogger server. All calls block, may be made from several threads at once, and
 * belong in workers. A token that has expired is renewed once for all of them, and what failed
 * because of it is sent again.
 */
struct _LiftApi
{
  GObject parent_instance;

  LiftTransport *transport;
  LiftTokens *tokens;
};

G_DEFINE_FINAL_TYPE (LiftApi, lift_api, G_TYPE_OBJECT)

static void
lift_api_finalize (GObject *object)
{
  LiftApi *self = LIFT_API (object);

  g_clear_object (&self->transport);
  g_clear_pointer (&self->tokens, lift_tokens_free);
  G_OBJECT_CLASS (lift_api_parent_class)->finalize (object);
}

static void
lift_api_class_init (LiftApiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lift_api_finalize;
}

static void
lift_api_init (LiftApi *self)
{
}

/**
 * lift_api_new:
 * @transport: the way to the server
 *
 * Returns: (transfer full): the calls of that server, signed out
 */
LiftApi *
lift_api_new (LiftTransport *transport)
{
  LiftApi *self;

  g_return_val_if_fail (LIFT_IS_TRANSPORT (transport), NULL);

  self = g_object_new (LIFT_TYPE_API, NULL);
  self->transport = g_object_ref (transport);
  self->tokens = lift_tokens_new (transport);
  return self;
}

/**
 * lift_api_get_transport:
 *
 * Returns: (transfer none): the way to the server
 */
LiftTransport *
lift_api_get_transport (LiftApi *self)
{
  g_return_val_if_fail (LIFT_IS_API (self), NULL);

  return self->transport;
}

LiftTokens *
lift_api_get_tokens (LiftApi *self)
{
  return self->tokens;
}

/**
 * lift_api_set_tokens:
 * @token: (nullable): the bearer token; %NULL signs out here, without telling the server
 * @refresh_token: (nullable): renews @token once it has expired
 *
 * Uses the tokens of an earlier sign-in. May be called from any thread.
 */
void
lift_api_set_tokens (LiftApi *self, const char *token, const char *refresh_token)
{
  g_return_if_fail (LIFT_IS_API (self));

  lift_tokens_set (self->tokens, token, refresh_token);
}

/**
 * lift_api_set_token_keeper:
 * @keeper: (nullable): where renewed tokens are stored, and found when another process renewed
 *
 * A renewed token is stored before it is used. May be called from any thread.
 */
void
lift_api_set_token_keeper (LiftApi *self, LiftTokenKeeper *keeper)
{
  g_return_if_fail (LIFT_IS_API (self));
  g_return_if_fail (keeper == NULL || LIFT_IS_TOKEN_KEEPER (keeper));

  lift_tokens_set_keeper (self->tokens, keeper);
}

/**
 * lift_api_dup_token:
 *
 * Returns: (transfer full) (nullable): the token in use
 */
char *
lift_api_dup_token (LiftApi *self)
{
  g_return_val_if_fail (LIFT_IS_API (self), NULL);

  return lift_tokens_dup_token (self->tokens);
}

/**
 * lift_api_dup_refresh_token:
 *
 * Returns: (transfer full) (nullable): the refresh token in use
 */
char *
lift_api_dup_refresh_token (LiftApi *self)
{
  g_return_val_if_fail (LIFT_IS_API (self), NULL);

  return lift_tokens_dup_refresh_token (self->tokens);
}

/*
 * lift_api_read_object:
 *
 * Returns the JSON object of a 2xx answer, or %NULL with the error that another answer means. A
 * captive portal says 200 to everything, so a 200 that is no JSON object is nobody we know.
 */
JsonObject *
lift_api_read_object (const LiftResponse *response, GError **error)
{
  gboolean success = response->status >= 200 && response->status < 300;
  JsonObject *object = NULL;
  gsize length;
  const char *text = g_bytes_get_data (response->body, &length);

  if (success &&
      (response->content_type == NULL || g_str_has_suffix (response->content_type, "json")))
    object = lift_json_parse_object (text != NULL ? text : "", length, NULL);
  if (object == NULL)
    g_propagate_error (error, lift_remote_error_from_response (response));
  return object;
}

static gboolean
is_token_refused (const LiftResponse *response, gboolean *may_refresh)
{
  g_autoptr (GError) error = NULL;

  if (response->status < 400)
    return FALSE;
  error = lift_remote_error_from_response (response);
  *may_refresh = g_strcmp0 (lift_remote_error_get_code (error), "SIGN_IN_AGAIN") != 0;
  return g_error_matches (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_SIGN_IN_AGAIN);
}

/*
 * lift_api_send:
 *
 * Sends with the token, and once more with a new one where the server did not take the first.
 * Whatever the last answer was, it is returned: a token refused twice is SIGN_IN_AGAIN for the
 * reader of the answer.
 */
LiftResponse *
lift_api_send (LiftApi *self, LiftRequest *request, GCancellable *cancellable, GError **error)
{
  g_autofree char *token = lift_tokens_dup_token (self->tokens);
  g_autoptr (LiftResponse) response = NULL;
  gboolean may_refresh = TRUE;

  if (token != NULL)
    {
      lift_request_set_token (request, token);
      response = lift_transport_send (self->transport, request, cancellable, error);
      if (response == NULL || !is_token_refused (response, &may_refresh))
        return g_steal_pointer (&response);
    }
  if (!lift_tokens_renew (self->tokens, token, may_refresh, cancellable, error))
    return NULL;
  g_free (token);
  token = lift_tokens_dup_token (self->tokens);
  lift_request_set_token (request, token);
  return lift_transport_send (self->transport, request, cancellable, error);
}

/* As lift_api_send(), for a call whose answer is a JSON object. */
JsonObject *
lift_api_send_for_object (LiftApi *self,
                          LiftRequest *request,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (LiftResponse) response = lift_api_send (self, request, cancellable, error);

  return response != NULL ? lift_api_read_object (response, error) : NULL;
}

static LiftRequest *
make_pull_request (const LiftPullRequest *pull)
{
  LiftRequest *request = lift_request_new ("GET", "/api/v1/sync/pull");
  g_autofree char *limit = pull->limit > 0 ? g_strdup_printf ("%u", pull->limit) : NULL;

  lift_request_add_query (request, "cursor", pull->cursor);
  lift_request_add_query (request, "since", pull->cursor == NULL ? pull->since : NULL);
  lift_request_add_query (request, "athleteId", pull->athlete_id);
  lift_request_add_query (request, "entityTypes", pull->entity_types);
  lift_request_add_query (request, "limit", limit);
  return request;
}

/**
 * lift_api_pull:
 * @request: what to ask for; `&(LiftPullRequest) { 0 }` asks for everything
 *
 * Fetches one page of changes. Blocks; for workers.
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with an error of %LIFT_REMOTE_ERROR
 *   (%LIFT_REMOTE_ERROR_RESYNC: the cursor is too old) or %G_IO_ERROR_CANCELLED
 */
LiftPullPage *
lift_api_pull (LiftApi *self,
               const LiftPullRequest *request,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (LiftRequest) message = NULL;
  g_autoptr (JsonObject) answer = NULL;

  g_return_val_if_fail (LIFT_IS_API (self), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  message = make_pull_request (request);
  answer = lift_api_send_for_object (self, message, cancellable, error);
  return answer != NULL ? lift_pull_page_from_json (answer, error) : NULL;
}

/**
 * lift_api_push:
 * @body: the whole request as JSON text, with its mutation numbers; shared, not copied
 *
 * Sends changed rows. Blocks; for workers. The server knows a repeat by its numbers, so the same
 * body may be sent until an answer comes. An error says nothing about single rows.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL with an error of %LIFT_REMOTE_ERROR
 *   (%LIFT_REMOTE_ERROR_TOO_LARGE: halve; %LIFT_REMOTE_ERROR_MUTATION_GAP: see
 *   lift_remote_error_get_last_mutation()) or %G_IO_ERROR_CANCELLED
 */
LiftPushAnswer *
lift_api_push (LiftApi *self, GBytes *body, GCancellable *cancellable, GError **error)
{
  g_autoptr (LiftRequest) message = NULL;
  g_autoptr (JsonObject) answer = NULL;

  g_return_val_if_fail (LIFT_IS_API (self), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  message = lift_request_new ("POST", "/api/v1/sync/push");
  lift_request_set_body (message, body);
  message->repeatable = TRUE;
  answer = lift_api_send_for_object (self, message, cancellable, error);
  return answer != NULL ? lift_push_answer_from_json (answer, error) : NULL;
}
