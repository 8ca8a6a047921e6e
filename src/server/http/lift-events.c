/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-events.h"

#include "lift-json.h"

#include <glib/gi18n-lib.h>

/* Each is a connection that stays; what is left of them is for requests. */
#define MAX_LISTENERS 500
#define MAX_LISTENERS_OF_USER 20

/* A scope that has had no more changes may be one that a listener has just gained. */
#define YOUNG (LIFT_SERVER_MAX_PUSH_ROWS + 100)

typedef struct
{
  gatomicrefcount references;
  LiftHttpStream *stream;
  char *token;
  char *user_id;
  char **scopes;
} Listener;

/* @listeners, the scopes of each, and @young are guarded by @lock. */
struct _LiftEvents
{
  LiftServer *server;
  gulong handler;
  guint pulse_ms;
  GMutex lock;
  GCond wake;
  gboolean stopping;
  GPtrArray *listeners;
  GHashTable *young; /* scope → gint64 position: changed, and nobody listened to it yet */
  GThread *thread;
};

static Listener *
listener_ref (Listener *listener)
{
  g_atomic_ref_count_inc (&listener->references);
  return listener;
}

static void
listener_unref (Listener *listener)
{
  if (!g_atomic_ref_count_dec (&listener->references))
    return;
  lift_http_stream_end (listener->stream);
  lift_http_stream_unref (listener->stream);
  g_free (listener->token);
  g_free (listener->user_id);
  g_strfreev (listener->scopes);
  g_free (listener);
}

/* Returns whether anybody listened. */
static gboolean
tell_locked (LiftEvents *self, const char *scope, gint64 seq)
{
  g_autoptr (GString) event = g_string_new ("event: changed\ndata: {");
  gboolean heard = FALSE;

  lift_json_append_key (event, "scope");
  lift_json_append_string (event, scope);
  lift_json_append_key (event, "seq");
  g_string_append_printf (event, "%" G_GINT64_FORMAT "}\n\n", seq);
  for (guint i = 0; i < self->listeners->len; i++)
    {
      Listener *listener = self->listeners->pdata[i];

      if (!g_strv_contains ((const char *const *) listener->scopes, scope))
        continue;
      lift_http_stream_write (listener->stream, event->str);
      heard = TRUE;
    }
  return heard;
}

/* Runs in the thread that committed, so it must not wait for anybody: writing to a stream does not,
 * but to look up who gained a scope does. */
static void
changed_cb (LiftServer *server, const char *scope, gint64 seq, LiftEvents *self)
{
  g_mutex_lock (&self->lock);
  if (!tell_locked (self, scope, seq) && seq <= YOUNG && self->listeners->len > 0)
    {
      g_hash_table_insert (self->young, g_strdup (scope), g_memdup2 (&seq, sizeof seq));
      g_cond_signal (&self->wake);
    }
  g_mutex_unlock (&self->lock);
}

/* Asks again who this is and what they may see: rights and sign-ins end while a stream goes on. */
static gboolean
renew (LiftEvents *self, Listener *listener)
{
  g_autoptr (LiftServerUser) user = lift_server_authenticate (self->server, listener->token, NULL);
  g_auto (GStrv) scopes = user != NULL ? lift_server_dup_scopes (self->server, user, NULL) : NULL;

  if (scopes == NULL)
    return FALSE;
  g_mutex_lock (&self->lock);
  g_strfreev (listener->scopes);
  listener->scopes = g_steal_pointer (&scopes);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static gpointer
ref_listener (gconstpointer listener, gpointer unused)
{
  return listener_ref ((Listener *) listener);
}

static GPtrArray *
copy_listeners (LiftEvents *self)
{
  GPtrArray *listeners;

  g_mutex_lock (&self->lock);
  listeners = g_ptr_array_copy (self->listeners, ref_listener, NULL);
  g_mutex_unlock (&self->lock);
  return listeners;
}

/* A scope that nobody listened to may be new to one who may see it: a coach whom an athlete has
 * just joined. */
static void
tell_young (LiftEvents *self)
{
  g_autoptr (GHashTable) young = NULL;
  g_autoptr (GPtrArray) listeners = copy_listeners (self);
  GHashTableIter iter;
  gpointer scope, seq;

  g_mutex_lock (&self->lock);
  young = g_steal_pointer (&self->young);
  self->young = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; g_hash_table_size (young) > 0 && i < listeners->len; i++)
    renew (self, listeners->pdata[i]);
  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iter, young);
  while (g_hash_table_iter_next (&iter, &scope, &seq))
    tell_locked (self, scope, *(gint64 *) seq);
  g_mutex_unlock (&self->lock);
}

/* A comment tells the client that somebody is there, and tells us the same of the client. */
static void
pulse (LiftEvents *self)
{
  g_autoptr (GPtrArray) listeners = copy_listeners (self);

  for (guint i = 0; i < listeners->len; i++)
    {
      Listener *listener = listeners->pdata[i];

      if (renew (self, listener) && lift_http_stream_write (listener->stream, ": still here\n\n"))
        continue;
      g_mutex_lock (&self->lock);
      g_ptr_array_remove_fast (self->listeners, listener);
      g_mutex_unlock (&self->lock);
    }
}

/* Returns whether there is something to do, which is the pulse after @end. */
static gboolean
wait_for_work (LiftEvents *self, gint64 end)
{
  gboolean stopping;

  g_mutex_lock (&self->lock);
  while (!self->stopping && g_hash_table_size (self->young) == 0 &&
         g_cond_wait_until (&self->wake, &self->lock, end))
    continue;
  stopping = self->stopping;
  g_mutex_unlock (&self->lock);
  return !stopping;
}

static gpointer
run (gpointer data)
{
  LiftEvents *self = data;
  gint64 period = self->pulse_ms * G_TIME_SPAN_MILLISECOND;
  gint64 next = g_get_monotonic_time () + period;

  while (wait_for_work (self, next))
    {
      tell_young (self);
      if (g_get_monotonic_time () < next)
        continue;
      pulse (self);
      next = g_get_monotonic_time () + period;
    }
  return NULL;
}

/**
 * lift_events_new:
 * @server: whose commits are told
 * @pulse_ms: how often each stream gets a comment, and its rights are looked up again
 *
 * Tells clients that a pull would find something, within a moment of the commit.
 *
 * Returns: (transfer full): the events, usable from any thread
 */
LiftEvents *
lift_events_new (LiftServer *server, guint pulse_ms)
{
  LiftEvents *self = g_new0 (LiftEvents, 1);

  self->server = g_object_ref (server);
  self->pulse_ms = pulse_ms;
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  self->young = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) listener_unref);
  self->handler = g_signal_connect (server, "changed", G_CALLBACK (changed_cb), self);
  self->thread = g_thread_new ("events", run, self);
  return self;
}

/**
 * lift_events_free:
 *
 * Ends every stream. Nobody may commit any more on another thread.
 */
void
lift_events_free (LiftEvents *self)
{
  g_signal_handler_disconnect (self->server, self->handler);
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  g_ptr_array_unref (self->listeners);
  g_hash_table_unref (self->young);
  g_object_unref (self->server);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  g_free (self);
}

static gboolean
has_room_locked (LiftEvents *self, const char *user_id)
{
  guint theirs = 0;

  for (guint i = 0; i < self->listeners->len; i++)
    theirs += g_str_equal (((Listener *) self->listeners->pdata[i])->user_id, user_id);
  return self->listeners->len < MAX_LISTENERS && theirs < MAX_LISTENERS_OF_USER;
}

static Listener *
make_listener (const char *user_id, const char *token, char **scopes)
{
  Listener *listener = g_new0 (Listener, 1);

  g_atomic_ref_count_init (&listener->references);
  listener->stream = lift_http_stream_new ();
  listener->user_id = g_strdup (user_id);
  listener->token = g_strdup (token);
  listener->scopes = scopes;
  return listener;
}

/**
 * lift_events_add:
 * @token: that @user showed; once it no longer holds, the stream ends
 *
 * Returns: (transfer full) (nullable): a stream of Server-Sent Events, or %NULL with an error
 */
LiftHttpStream *
lift_events_add (LiftEvents *self, LiftServerUser *user, const char *token, GError **error)
{
  char **scopes = lift_server_dup_scopes (self->server, user, error);
  Listener *listener;
  LiftHttpStream *stream;
  gboolean room;

  if (scopes == NULL)
    return NULL;
  listener = make_listener (user->id, token, scopes);
  lift_http_stream_write (listener->stream, ": hello\n\n");
  stream = lift_http_stream_ref (listener->stream);
  g_mutex_lock (&self->lock);
  room = has_room_locked (self, user->id);
  if (room)
    g_ptr_array_add (self->listeners, listener);
  g_mutex_unlock (&self->lock);
  if (room)
    return stream;
  listener_unref (listener);
  lift_http_stream_unref (stream);
  g_set_error (error, LIFT_SERVER_ERROR, LIFT_SERVER_ERROR_BUSY,
               _ ("Too many clients listen for changes. Synchronize now and then instead"));
  return NULL;
}

/**
 * lift_events_get_count:
 *
 * Returns: how many streams are open, for metrics
 */
guint
lift_events_get_count (LiftEvents *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->listeners->len;
  g_mutex_unlock (&self->lock);
  return count;
}
