/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core-answer.h"

#include <string.h>

LiftResponse *
core_answer_new (guint status, const char *content_type, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return lift_response_new (status, content_type, body);
}

static LiftResponse *
make_problem (const GError *error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  lift_server_error_write_problem (error, text);
  return core_answer_new (lift_server_error_get_status (error), "application/problem+json",
                          text->str);
}

static GString *
pull (LiftServer *server, LiftServerUser *user, LiftRequest *request, GError **error)
{
  LiftServerPullRequest query = {
    .since = lift_request_get_query (request, "since"),
    .athlete_id = lift_request_get_query (request, "athleteId"),
    .entity_types = lift_request_get_query (request, "entityTypes"),
    .limit = lift_request_get_query (request, "limit"),
    .cursor = lift_request_get_query (request, "cursor"),
  };

  return lift_server_pull (server, user, &query, error);
}

static JsonObject *
read_body (LiftRequest *request, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);

  return lift_json_parse_object (text, length, error);
}

static GString *
push (LiftServer *server, LiftServerUser *user, LiftRequest *request, GError **error)
{
  g_autoptr (JsonObject) body = read_body (request, error);

  return body != NULL ? lift_server_push (server, user, body, error) : NULL;
}

static GString *
answer_signed_in (LiftServer *server, LiftRequest *request, GError **error)
{
  g_autoptr (LiftServerUser) user = lift_server_authenticate (server, request->token, error);

  if (user == NULL)
    return NULL;
  return g_str_has_suffix (request->path, "/sync/pull") ? pull (server, user, request, error)
                                                        : push (server, user, request, error);
}

static GString *
answer (LiftServer *server, LiftRequest *request, GError **error)
{
  g_autoptr (JsonObject) body = NULL;

  if (strstr (request->path, "/auth/") == NULL)
    return answer_signed_in (server, request, error);
  body = read_body (request, error);
  if (body == NULL)
    return NULL;
  if (g_str_has_suffix (request->path, "/auth/refresh"))
    return lift_server_refresh (server, lift_json_get_string (body, "refreshToken"), error);
  return lift_server_login (server, lift_json_get_string (body, "username"),
                            lift_json_get_string (body, "password"), "test", error);
}

LiftResponse *
core_answer (LiftServer *server, LiftRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = answer (server, request, &error);

  return text != NULL ? core_answer_new (200, "application/json", text->str) : make_problem (error);
}
