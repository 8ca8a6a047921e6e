/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>

#include "lift-api-private.h"
#include "lift-json.h"

/* The server comments every 20 s; three missed ones mean that nobody is there. */
#define SILENCE_SECONDS 65
#define MAX_PENDING (64 * 1024)

typedef struct
{
  GString *pending;
  GString *data;
  gboolean changed;
  LiftHintFunc func;
  gpointer user_data;
} EventReader;

static void
end_event (EventReader *reader)
{
  g_autoptr (JsonObject) hint = NULL;
  const char *scope = NULL;

  if (reader->changed)
    hint = lift_json_parse_object (reader->data->str, reader->data->len, NULL);
  if (hint != NULL)
    scope = lift_json_get_string (hint, "scope");
  if (scope != NULL)
    reader->func (scope, lift_json_get_int (hint, "seq", -1), reader->user_data);
  g_string_truncate (reader->data, 0);
  reader->changed = FALSE;
}

static const char *
get_value (const char *line, const char *name)
{
  if (!g_str_has_prefix (line, name))
    return NULL;
  line += strlen (name);
  return *line == ' ' ? line + 1 : line;
}

static void
take_line (EventReader *reader, const char *line)
{
  const char *value;

  if (line[0] == '\0')
    end_event (reader);
  else if ((value = get_value (line, "event:")) != NULL)
    reader->changed = g_str_equal (value, "changed");
  else if ((value = get_value (line, "data:")) != NULL)
    g_string_append (reader->data, value);
}

/* A hint may be lost, so a line that never ends is simply dropped. */
static void
take_chunk (GBytes *chunk, gpointer user_data)
{
  EventReader *reader = user_data;
  gsize length;
  const char *text = g_bytes_get_data (chunk, &length);

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\n')
        {
          take_line (reader, reader->pending->str);
          g_string_truncate (reader->pending, 0);
        }
      else if (text[i] != '\r' && reader->pending->len < MAX_PENDING)
        g_string_append_c (reader->pending, text[i]);
    }
  if (reader->data->len > MAX_PENDING)
    g_string_truncate (reader->data, 0);
}

/**
 * lift_api_listen:
 * @func: (scope call): called for each hint, in a thread of the transport; must be quick
 *
 * Listens for hints that a pull would find something, until the stream ends, the server falls
 * silent or @cancellable is cancelled. Blocks all that time; for a thread of its own. A [base]
 * server has no hints and answers %LIFT_REMOTE_ERROR_REFUSED or %LIFT_REMOTE_ERROR_NOT_OURS.
 *
 * Returns: %TRUE if the server ended the stream, so that it is worth listening again
 */
gboolean
lift_api_listen (
  LiftApi *self, LiftHintFunc func, gpointer user_data, GCancellable *cancellable, GError **error)
{
  EventReader reader = { .func = func, .user_data = user_data };
  g_autoptr (LiftRequest) request = NULL;
  g_autoptr (LiftResponse) response = NULL;

  g_return_val_if_fail (LIFT_IS_API (self), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  reader.pending = g_string_new (NULL);
  reader.data = g_string_new (NULL);
  request = lift_request_new ("GET", "/api/v1/sync/events");
  request->total_seconds = 0;
  request->idle_seconds = SILENCE_SECONDS;
  request->chunk_func = take_chunk;
  request->chunk_data = &reader;
  response = lift_api_send (self, request, cancellable, error);
  g_string_free (reader.pending, TRUE);
  g_string_free (reader.data, TRUE);
  if (response == NULL)
    return FALSE;
  if (response->status == 200 && g_strcmp0 (response->content_type, "text/event-stream") == 0)
    return TRUE;
  g_propagate_error (error, lift_remote_error_from_response (response));
  return FALSE;
}
