/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lift-ablation.h"
#include "lift-server-private.h"
#include "sim-world.h"

/* Safeguards that can be taken out from outside: the programs need no switch for them. */

static void
hide (LiftServerConnection *connection, JsonArray *succeeded)
{
  for (guint i = 0; succeeded != NULL && i < json_array_get_length (succeeded); i++)
    lift_server_run (
      connection, NULL,
      "UPDATE change SET scope = 'late ' || scope WHERE id = ? AND scope NOT LIKE "
      "'late %'",
      "s", lift_json_get_string (json_array_get_object_element (succeeded, i), "entityId"));
}

/* As if a commit took longer than one that began behind it: what every third push brings is not
 * seen by whoever pulls next, though later positions are. */
static void
delay_commit (SimWorld *world, gboolean push, JsonObject *answer)
{
  LiftServerConnection *connection;

  if (push && ++world->pushes % 3 != 0)
    return;
  connection = lift_server_database_begin (world->server->database, LIFT_SERVER_WRITE, NULL);
  if (connection == NULL)
    return;
  if (push)
    hide (connection, lift_json_get_array (answer, "succeeded"));
  else
    lift_server_run (connection, NULL,
                     "UPDATE change SET scope = substr (scope, 6) WHERE scope LIKE 'late %'", "");
  lift_server_connection_commit (connection, NULL);
}

/* The same bytes get the same answer. */
static LiftResponse *
answer_as_before (SimWorld *world, const char *request, LiftResponse *response)
{
  LiftResponse *before;

  if (strstr (request, "\"mutation\"") == NULL)
    return response;
  before = g_hash_table_lookup (world->answers, request);
  if (before == NULL)
    {
      g_hash_table_insert (
        world->answers, g_strdup (request),
        lift_response_new (response->status, response->content_type, response->body));
      return response;
    }
  lift_response_free (response);
  return lift_response_new (before->status, before->content_type, before->body);
}

LiftResponse *
sim_without_in_answer (SimWorld *world, LiftRequest *request, LiftResponse *response)
{
  gboolean push = g_str_has_suffix (request->path, "/sync/push");
  gsize size;
  const char *text = g_bytes_get_data (response->body, &size);
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *body = NULL;

  if (response->status != 200 || strstr (request->path, "/sync/") == NULL)
    return response;
  if (lift_without (COMMIT_ORDER))
    {
      answer = lift_json_parse_object (text, size, NULL);
      delay_commit (world, push, answer);
    }
  if (!push || !lift_without (REPEAT_AS_NOW))
    return response;
  body = g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
  return answer_as_before (world, body, response);
}
