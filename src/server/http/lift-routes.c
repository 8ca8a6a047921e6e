/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-routes-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Two hashes keep both cores of a small computer busy; a few more may wait in their workers. */
#define HASHES_AT_ONCE 2
#define HASHES_WAITING 22

#define PULSE_MS (20 * 1000)

typedef enum
{
  NEEDS_NOTHING = 0,
  NEEDS_USER = 1 << 0,
  NEEDS_BODY = 1 << 1,
} Needs;

typedef struct
{
  const char *method;
  const char *path;
  Needs needs;
  LiftCallFunc func;
} Route;

/**
 * lift_route_answer:
 * @json: (transfer full) (nullable): what the core gave
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL if there is no JSON
 */
LiftHttpResponse *
lift_route_answer (guint status, GString *json)
{
  return json != NULL ? lift_http_response_new_json (status, json) : NULL;
}

/**
 * lift_route_done:
 *
 * Returns: (transfer full) (nullable): an answer without a body, or %NULL if @done is %FALSE
 */
LiftHttpResponse *
lift_route_done (gboolean done)
{
  return done ? lift_http_response_new (204, NULL, NULL) : NULL;
}

/**
 * lift_route_need_text:
 *
 * Returns: (nullable): the text at @key of the body, or %NULL with an error that names the key
 */
const char *
lift_route_need_text (LiftCall *call, const char *key, GError **error)
{
  const char *text = lift_json_get_string (call->body, key);
  g_autoptr (GError) local_error = NULL;

  if (text != NULL)
    return text;
  local_error = g_error_new (LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID,
                             _ ("The body has no text “%s”"), key);
  lift_server_error_set_field (local_error, key);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static LiftHttpResponse *
pull (LiftCall *call, GError **error)
{
  const LiftServerPullRequest parameters = {
    .since = lift_http_request_get_query (call->request, "since"),
    .athlete_id = lift_http_request_get_query (call->request, "athleteId"),
    .entity_types = lift_http_request_get_query (call->request, "entityTypes"),
    .limit = lift_http_request_get_query (call->request, "limit"),
    .cursor = lift_http_request_get_query (call->request, "cursor"),
  };

  return lift_route_answer (200, lift_server_pull (call->server, call->user, &parameters, error));
}

static LiftHttpResponse *
push (LiftCall *call, GError **error)
{
  return lift_route_answer (200, lift_server_push (call->server, call->user, call->body, error));
}

static const Route routes[] = {
  { "POST", "/api/v1/auth/login", NEEDS_BODY, lift_route_login },
  { "POST", "/api/v1/auth/refresh", NEEDS_BODY, lift_route_refresh },
  { "POST", "/api/v1/auth/logout", NEEDS_USER, lift_route_logout },
  { "POST", "/api/v1/auth/register", NEEDS_BODY, lift_route_register },
  { "POST", "/api/v1/auth/password", NEEDS_USER | NEEDS_BODY, lift_route_password },
  { "POST", "/api/v1/invites", NEEDS_USER | NEEDS_BODY, lift_route_invite },
  { "GET", "/api/v1/account/export", NEEDS_USER, lift_route_export },
  { "DELETE", "/api/v1/account", NEEDS_USER | NEEDS_BODY, lift_route_delete },
  { "GET", "/api/v1/sync/pull", NEEDS_USER, pull },
  { "POST", "/api/v1/sync/push", NEEDS_USER | NEEDS_BODY, push },
  { "GET", "/api/v1/sync/events", NEEDS_USER, lift_route_events },
  { "GET", "/healthz", NEEDS_NOTHING, lift_route_health },
  { "GET", "/readyz", NEEDS_NOTHING, lift_route_ready },
  { "GET", "/metrics", NEEDS_NOTHING, lift_route_metrics },
};

static void
append_allowed (GString *allowed, const char *method)
{
  if (allowed->len > 0)
    g_string_append (allowed, ", ");
  g_string_append (allowed, method);
  if (g_str_equal (method, "GET"))
    g_string_append (allowed, ", HEAD");
}

/* @allowed gets the methods of the path where only the method is wrong. */
static const Route *
find_route (LiftHttpRequest *request, GString *allowed)
{
  const char *method = lift_http_request_get_method (request);
  const char *wanted = g_str_equal (method, "HEAD") ? "GET" : method;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (!g_str_equal (routes[i].path, lift_http_request_get_path (request)))
        continue;
      if (g_str_equal (routes[i].method, wanted))
        return &routes[i];
      append_allowed (allowed, routes[i].method);
    }
  return NULL;
}

static LiftHttpResponse *
refuse_route (LiftHttpRequest *request, const char *allowed)
{
  g_autofree char *detail = NULL;
  LiftHttpResponse *response;

  if (allowed[0] == '\0')
    return lift_http_response_new_problem (404, "NOT_FOUND", _ ("There is nothing here"),
                                           _ ("No call of this server has this path"), FALSE);
  detail = g_strdup_printf (_ ("This path takes %s"), allowed);
  response = lift_http_response_new_problem (405, "METHOD_NOT_ALLOWED",
                                             _ ("This cannot be done here"), detail, FALSE);
  lift_http_response_set_header (response, "Allow", allowed);
  return response;
}

/* What the client is told does not help who looks after the server: that goes to the log. */
static void
log_fault (LiftHttpRequest *request, const GError *error)
{
  if (lift_server_error_get_status (error) >= 500)
    g_message ("%s %s failed: %s", lift_http_request_get_id (request),
               lift_http_request_get_path (request), error->message);
}

static LiftHttpResponse *
refuse_error (LiftHttpRequest *request, const GError *error)
{
  GString *json = g_string_new (NULL);
  guint status = lift_server_error_get_status (error);
  gint64 wait = lift_server_error_get_retry_after (error);
  g_autoptr (GBytes) body = NULL;
  LiftHttpResponse *response;

  log_fault (request, error);
  lift_server_error_write_problem (error, json);
  body = g_string_free_to_bytes (json);
  response = lift_http_response_new (status, "application/problem+json", body);
  if (status == 401)
    lift_http_response_set_header (response, "WWW-Authenticate", "Bearer");
  if (wait > 0 || status == 429 || status == 503)
    lift_http_response_set_retry_after (response, CLAMP (wait, 1, 3600));
  return response;
}

static gboolean
read_body (LiftCall *call, GError **error)
{
  GBytes *body = lift_http_request_get_body (call->request);
  g_autoptr (GError) local_error = NULL;

  if (g_bytes_get_size (body) == 0)
    call->body = json_object_new ();
  else
    call->body = lift_json_parse_object (g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                                         &local_error);
  if (call->body == NULL)
    g_set_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_INVALID,
                 _ ("The body cannot be read: %s"), local_error->message);
  return call->body != NULL;
}

static gboolean
find_user (LiftCall *call, GError **error)
{
  const char *header = lift_http_request_get_header (call->request, "Authorization");

  if (header == NULL || g_ascii_strncasecmp (header, "Bearer ", strlen ("Bearer ")) != 0)
    {
      g_set_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_UNAUTHENTICATED,
                   _ ("This call needs a sign-in"));
      return FALSE;
    }
  call->token = header + strlen ("Bearer ");
  call->user = lift_server_authenticate (call->server, call->token, error);
  return call->user != NULL;
}

/* The user comes first: what a body holds is nobody's business before. */
static LiftHttpResponse *
run (const Route *route, LiftCall *call, GError **error)
{
  if ((route->needs & NEEDS_USER) != 0 && !find_user (call, error))
    return NULL;
  if ((route->needs & NEEDS_BODY) != 0 && !read_body (call, error))
    return NULL;
  return route->func (call, error);
}

static LiftMetrics *
make_metrics (void)
{
  const char *names[G_N_ELEMENTS (routes) + 2] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    names[i] = routes[i].path;
  names[G_N_ELEMENTS (routes)] = "other";
  return lift_metrics_new (names);
}

/**
 * lift_routes_new:
 * @server: what the calls are made on
 * @clock: for the limits on attempts to sign in
 *
 * Returns: (transfer full): the calls of the API, usable from any thread
 */
LiftRoutes *
lift_routes_new (LiftServer *server, LiftClock *clock)
{
  LiftRoutes *self = g_new0 (LiftRoutes, 1);

  self->server = g_object_ref (server);
  self->limiter = lift_login_limiter_new (clock);
  self->gate = lift_hash_gate_new (HASHES_AT_ONCE, HASHES_WAITING);
  self->events = lift_events_new (server, PULSE_MS);
  self->metrics = make_metrics ();
  return self;
}

void
lift_routes_free (LiftRoutes *self)
{
  lift_events_free (self->events);
  lift_metrics_free (self->metrics);
  lift_login_limiter_free (self->limiter);
  lift_hash_gate_free (self->gate);
  g_object_unref (self->server);
  g_free (self);
}

static LiftHttpResponse *
answer (LiftRoutes *self, LiftHttpRequest *request, const Route *route)
{
  LiftCall call = { .routes = self, .server = self->server, .request = request };
  g_autoptr (GError) error = NULL;
  LiftHttpResponse *response = run (route, &call, &error);

  if (response == NULL)
    response = refuse_error (request, error);
  g_clear_pointer (&call.user, lift_server_user_free);
  g_clear_pointer (&call.body, json_object_unref);
  return response;
}

/**
 * lift_routes_handle:
 * @user_data: a #LiftRoutes
 *
 * A #LiftHttpHandler: finds the call, checks who asks, runs it and makes its error an answer.
 *
 * Returns: (transfer full): the answer
 */
LiftHttpResponse *
lift_routes_handle (LiftHttpRequest *request, gpointer user_data)
{
  LiftRoutes *self = user_data;
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GString) allowed = g_string_new (NULL);
  const Route *route = find_route (request, allowed);
  guint number = route != NULL ? (guint) (route - routes) : G_N_ELEMENTS (routes);
  LiftHttpResponse *response = route != NULL ? answer (self, request, route)
                                             : refuse_route (request, allowed->str);

  lift_metrics_count (self->metrics, number, lift_http_response_get_status (response),
                      g_get_monotonic_time () - begin);
  return response;
}
