/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-soup-job.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-remote-error.h"

#define CHUNK_BYTES (64 * 1024)
#define MAX_RETRY_SECONDS (24 * 60 * 60)
/* Where the server names an hour and not its own, our clock is not asked what that means. */
#define UNKNOWN_RETRY_SECONDS 60

/* Why the job ended itself. */
typedef enum
{
  STOP_NONE,
  STOP_CONNECT,
  STOP_IDLE,
  STOP_TOTAL,
  STOP_OVERSIZED,
} Stop;

/* Held by the caller's thread, which waits, and by the one of the link until it is done. */
typedef struct
{
  LiftSoupLink *link;
  const LiftRequest *request;
  /* Cancelled by the caller's cancellable and by the timer. */
  GCancellable *cancellable;

  /* In the thread of the link only. */
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  GSource *timer;
  gint64 total_deadline;
  gboolean connected;
  Stop stop;

  GMutex mutex;
  GCond cond;
  gboolean done;
  gboolean unpacks;
  LiftResponse *response;
  GError *error;
} Job;

static gint64
seconds_from_now (guint seconds)
{
  return seconds == 0 ? G_MAXINT64 : g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
}

static void
touch (Job *job)
{
  guint seconds = job->connected ? job->request->idle_seconds : job->request->connect_seconds;
  gint64 deadline = MIN (seconds_from_now (seconds), job->total_deadline);

  g_source_set_ready_time (job->timer, deadline == G_MAXINT64 ? -1 : deadline);
}

static void
stop (Job *job, Stop why)
{
  if (job->stop == STOP_NONE)
    job->stop = why;
  g_cancellable_cancel (job->cancellable);
}

static gboolean
on_timer (gpointer user_data)
{
  Job *job = user_data;

  if (g_get_monotonic_time () >= job->total_deadline)
    stop (job, STOP_TOTAL);
  else
    stop (job, job->connected ? STOP_IDLE : STOP_CONNECT);
  return G_SOURCE_REMOVE;
}

static gboolean
dispatch_timer (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs timer_funcs = { .dispatch = dispatch_timer };

static void
start_timer (Job *job)
{
  job->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (job->timer, on_timer, job, NULL);
  job->total_deadline = seconds_from_now (job->request->total_seconds);
  touch (job);
  g_source_attach (job->timer, g_main_context_get_thread_default ());
}

static void
stop_timer (Job *job)
{
  if (job->timer != NULL)
    g_source_destroy (job->timer);
  g_clear_pointer (&job->timer, g_source_unref);
}

/* Two servers of one machine are told apart by their ports. */
static char *
dup_place (Job *job)
{
  GUri *uri = soup_message_get_uri (job->message);
  const char *host = g_uri_get_host (uri);
  int standard = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
  int port = g_uri_get_port (uri);

  if (port <= 0 || port == standard)
    return g_strdup (host);
  return strchr (host, ':') != NULL ? g_strdup_printf ("[%s]:%d", host, port)
                                    : g_strdup_printf ("%s:%d", host, port);
}

static void
set_offline (const char *place, GError **error)
{
  g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE,
               _ ("The server “%s” cannot be reached; check the network, or try again later"),
               place);
}

static gboolean
translate_stop (Job *job, const char *place, GError **error)
{
  switch (job->stop)
    {
    case STOP_CONNECT:
      set_offline (place, error);
      return TRUE;
    case STOP_IDLE:
    case STOP_TOTAL:
      g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_TIMEOUT,
                   _ ("The server “%s” took too long; nothing is lost, try again later"), place);
      return TRUE;
    case STOP_OVERSIZED:
      g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OVERSIZED,
                   _ ("The server “%s” answered with more than the %" G_GSIZE_FORMAT
                      " bytes that are accepted"),
                   place, job->request->max_bytes);
      return TRUE;
    case STOP_NONE:
    default:
      return FALSE;
    }
}

static void
translate_error (Job *job, const GError *source, GError **error)
{
  g_autofree char *place = dup_place (job);

  if (translate_stop (job, place, error))
    return;
  if (g_error_matches (source, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The request was stopped"));
  else if (source->domain == G_TLS_ERROR)
    g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_NOT_OURS,
                 _ ("The server “%s” cannot prove who it is (%s); check the address, and whether "
                    "this network asks for a sign-in of its own"),
                 place, source->message);
  else if (source->domain == SOUP_SESSION_ERROR ||
           g_error_matches (source, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    g_set_error (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_NOT_OURS,
                 _ ("What “%s” answers cannot be understood; check the server address"), place);
  else
    set_offline (place, error);
  if (source->domain != G_TLS_ERROR)
    g_debug ("%s: %s", place, source->message);
}

static void
job_clear (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->body, g_byte_array_unref);
  g_clear_pointer (&job->response, lift_response_free);
  g_clear_error (&job->error);
  g_mutex_clear (&job->mutex);
  g_cond_clear (&job->cond);
}

/* A server says in its answers, by the request header's name, which packing it takes (RFC 7694). */
static gboolean
server_unpacks (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *accepted = soup_message_headers_get_list (headers, "Accept-Encoding");

  return accepted != NULL && soup_header_contains (accepted, "gzip");
}

/* What belongs to the session is let go of in its own thread. The request is the caller's, and is
 * gone once the caller knows that the job is done. */
static void
finish (Job *job, LiftResponse *response, const GError *error)
{
  stop_timer (job);
  g_signal_handlers_disconnect_by_data (job->message, job);
  if (response == NULL)
    translate_error (job, error, &job->error);
  job->unpacks = server_unpacks (job->message);
  job->response = response;
  g_clear_object (&job->stream);
  g_clear_object (&job->message);

  g_mutex_lock (&job->mutex);
  job->done = TRUE;
  g_cond_signal (&job->cond);
  g_mutex_unlock (&job->mutex);
  g_atomic_rc_box_release_full (job, job_clear);
}

static gint64
read_retry_after (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  const char *now_text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seconds, NULL))
    return MIN (seconds, MAX_RETRY_SECONDS);
  then = soup_date_time_new_from_http_string (text);
  now = now_text != NULL ? soup_date_time_new_from_http_string (now_text) : NULL;
  if (then == NULL || now == NULL)
    return UNKNOWN_RETRY_SECONDS;
  return CLAMP (g_date_time_difference (then, now) / G_TIME_SPAN_SECOND, 0, MAX_RETRY_SECONDS);
}

static void
finish_with_answer (Job *job)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (job->message);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&job->body));
  LiftResponse *response;

  response = lift_response_new (soup_message_get_status (job->message),
                                soup_message_headers_get_one (headers, "Content-Type"), body);
  response->retry_after = read_retry_after (job->message);
  response->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  finish (job, response, NULL);
}

static gboolean
is_streamed (Job *job)
{
  return job->request->chunk_func != NULL &&
         SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (job->message));
}

static void read_next (Job *job);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = NULL;
  gsize length;

  chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  length = chunk != NULL ? g_bytes_get_size (chunk) : 0;
  if (chunk != NULL && !is_streamed (job) && job->body->len + length > job->request->max_bytes)
    {
      stop (job, STOP_OVERSIZED);
      finish (job, NULL, NULL);
    }
  else if (chunk == NULL)
    finish (job, NULL, error);
  else if (length == 0)
    finish_with_answer (job);
  else
    {
      if (is_streamed (job))
        job->request->chunk_func (chunk, job->request->chunk_data);
      else
        g_byte_array_append (job->body, g_bytes_get_data (chunk, NULL), length);
      touch (job);
      read_next (job);
    }
}

static void
read_next (Job *job)
{
  g_input_stream_read_bytes_async (job->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, job->cancellable,
                                   read_cb, job);
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;

  job->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (job->stream == NULL)
    {
      finish (job, NULL, error);
      return;
    }
  job->connected = TRUE;
  job->body = g_byte_array_new ();
  touch (job);
  read_next (job);
}

static void
on_starting (SoupMessage *message, Job *job)
{
  job->connected = TRUE;
  touch (job);
}

static void
on_wrote_data (SoupMessage *message, guint size, Job *job)
{
  touch (job);
}

static gboolean
start (gpointer user_data)
{
  Job *job = user_data;

  g_signal_connect (job->message, "starting", G_CALLBACK (on_starting), job);
  g_signal_connect (job->message, "wrote-body-data", G_CALLBACK (on_wrote_data), job);
  start_timer (job);
  soup_session_send_async (job->link->session, job->message, G_PRIORITY_DEFAULT, job->cancellable,
                           send_cb, job);
  return G_SOURCE_REMOVE;
}

static void
on_caller_cancelled (GCancellable *caller, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
wait_until_done (Job *job)
{
  g_mutex_lock (&job->mutex);
  while (!job->done)
    g_cond_wait (&job->cond, &job->mutex);
  g_mutex_unlock (&job->mutex);
}

/*
 * lift_soup_link_post:
 *
 * Runs @func once in the thread of @link, never in the caller's.
 */
void
lift_soup_link_post (LiftSoupLink *link, GSourceFunc func, gpointer user_data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, user_data, NULL);
  g_source_attach (source, link->context);
}

static Job *
job_new (LiftSoupLink *link, SoupMessage *message, const LiftRequest *request)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  job->link = link;
  job->message = message;
  job->request = request;
  job->cancellable = g_cancellable_new ();
  g_mutex_init (&job->mutex);
  g_cond_init (&job->cond);
  return job;
}

/*
 * lift_soup_job_run:
 * @message: (transfer full): what to send
 * @unpacks: (out): whether the server said that it takes packed requests
 *
 * Sends @message and waits for its whole answer, an error, one of the request's deadlines or
 * @cancellable. Not in the thread of @link.
 */
LiftResponse *
lift_soup_job_run (LiftSoupLink *link,
                   SoupMessage *message,
                   const LiftRequest *request,
                   gboolean *unpacks,
                   GCancellable *cancellable,
                   GError **error)
{
  Job *job = job_new (link, message, request);
  LiftResponse *response;
  gulong handler = 0;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_caller_cancelled),
                                     g_object_ref (job->cancellable), g_object_unref);
  lift_soup_link_post (link, start, g_atomic_rc_box_acquire (job));
  wait_until_done (job);
  g_cancellable_disconnect (cancellable, handler);
  if (job->error != NULL)
    g_propagate_error (error, g_steal_pointer (&job->error));
  response = g_steal_pointer (&job->response);
  *unpacks = job->unpacks;
  g_atomic_rc_box_release_full (job, job_clear);
  return response;
}
