/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-core-transport.h"

#include <string.h>

#include "lift-remote-error.h"

G_DEFINE_FINAL_TYPE (LiftCoreTransport, lift_core_transport, LIFT_TYPE_TRANSPORT)

typedef enum
{
  FAULT_NONE,
  FAULT_BEFORE,
  FAULT_AFTER,
  FAULT_TWICE,
  FAULT_PORTAL,
  FAULT_TOO_LARGE,
  FAULT_SERVER,
  FAULT_BUSY,
  N_FAULTS,
} Fault;

static Fault
choose_fault (LiftCoreTransport *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (g_rand_double (self->rand) >= self->faults)
    return FAULT_NONE;
  self->n_faults++;
  /* The worst of them, half of the time: it has happened, and nobody knows. */
  if (g_rand_boolean (self->rand))
    return FAULT_AFTER;
  return g_rand_int_range (self->rand, FAULT_BEFORE, N_FAULTS);
}

static LiftResponse *
make_response (guint status, const char *content_type, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return lift_response_new (status, content_type, body);
}

static LiftResponse *
make_problem (const GError *error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  lift_server_error_write_problem (error, text);
  return make_response (lift_server_error_get_status (error), "application/problem+json",
                        text->str);
}

static GString *
pull (LiftCoreTransport *self, LiftServerUser *user, LiftRequest *request, GError **error)
{
  LiftServerPullRequest query = {
    .since = lift_request_get_query (request, "since"),
    .athlete_id = lift_request_get_query (request, "athleteId"),
    .entity_types = lift_request_get_query (request, "entityTypes"),
    .limit = lift_request_get_query (request, "limit"),
    .cursor = lift_request_get_query (request, "cursor"),
  };

  return lift_server_pull (self->server, user, &query, error);
}

static GString *
push (LiftCoreTransport *self, LiftServerUser *user, LiftRequest *request, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);
  g_autoptr (JsonObject) body = lift_json_parse_object (text, length, error);

  return body != NULL ? lift_server_push (self->server, user, body, error) : NULL;
}

static LiftResponse *
refresh (LiftCoreTransport *self, LiftRequest *request)
{
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = lift_json_parse_object (text, length, &error);
  g_autoptr (GString) answer = NULL;

  if (body != NULL)
    answer = lift_server_refresh (self->server, lift_json_get_string (body, "refreshToken"),
                                  &error);
  return answer != NULL ? make_response (200, "application/json", answer->str)
                        : make_problem (error);
}

static LiftResponse *
call (LiftCoreTransport *self, LiftRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiftServerUser) user = lift_server_authenticate (self->server, request->token, &error);
  g_autoptr (GString) answer = NULL;

  if (user != NULL && g_str_has_suffix (request->path, "/sync/pull"))
    answer = pull (self, user, request, &error);
  else if (user != NULL)
    answer = push (self, user, request, &error);
  return answer != NULL ? make_response (200, "application/json", answer->str)
                        : make_problem (error);
}

static LiftResponse *
call_and_edit (LiftCoreTransport *self, LiftRequest *request)
{
  gboolean edit = self->during != NULL && request->body != NULL;
  LiftResponse *response;

  if (edit)
    self->during (self->during_data);
  response = call (self, request);
  if (edit)
    self->during (self->during_data);
  return response;
}

static LiftResponse *
lose (GError **error)
{
  g_set_error_literal (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE, "lost");
  return NULL;
}

static LiftResponse *
lift_core_transport_send (LiftTransport *transport,
                          LiftRequest *request,
                          GCancellable *cancellable,
                          GError **error)
{
  LiftCoreTransport *self = LIFT_CORE_TRANSPORT (transport);

  /* Without faults: a lost answer to this one ends the sign-in, which is another story. */
  if (g_str_has_suffix (request->path, "/auth/refresh"))
    return refresh (self, request);
  switch (choose_fault (self))
    {
    case FAULT_BEFORE:
      return lose (error);
    case FAULT_AFTER:
      lift_response_free (call_and_edit (self, request));
      return lose (error);
    case FAULT_TWICE:
      lift_response_free (call_and_edit (self, request));
      return call_and_edit (self, request);
    case FAULT_PORTAL:
      return make_response (200, "text/html", "<html>Welcome</html>");
    case FAULT_TOO_LARGE:
      return make_response (request->body != NULL &&
                                strstr (g_bytes_get_data (request->body, NULL), "},{") != NULL
                              ? 413
                              : 502,
                            "text/html", "too large");
    case FAULT_SERVER:
      return make_response (500, "text/plain", "oh");
    case FAULT_BUSY:
      return make_response (429, "text/plain", "slow down");
    case FAULT_NONE:
    case N_FAULTS:
    default:
      return call_and_edit (self, request);
    }
}

static void
lift_core_transport_finalize (GObject *object)
{
  LiftCoreTransport *self = LIFT_CORE_TRANSPORT (object);

  g_clear_object (&self->server);
  g_rand_free (self->rand);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (lift_core_transport_parent_class)->finalize (object);
}

static void
lift_core_transport_class_init (LiftCoreTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lift_core_transport_finalize;
  LIFT_TRANSPORT_CLASS (klass)->send = lift_core_transport_send;
}

static void
lift_core_transport_init (LiftCoreTransport *self)
{
  g_mutex_init (&self->mutex);
}

LiftCoreTransport *
lift_core_transport_new (LiftServer *server, guint32 seed)
{
  LiftCoreTransport *self = g_object_new (LIFT_TYPE_CORE_TRANSPORT, NULL);

  self->server = g_object_ref (server);
  self->rand = g_rand_new_with_seed (seed);
  return self;
}
