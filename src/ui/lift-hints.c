/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-hints.h"

#define FIRST_WAIT_SECONDS 2
#define LONGEST_WAIT_SECONDS 120

/* Shared with the thread, which may need a moment to end after the object is gone. */
typedef struct
{
  LiftApi *api;
  GMainContext *context;
  GCancellable *cancellable;
  GWeakRef hints;
  int is_queued;
  /* Atomic: the stream that is open, or was last, has brought something. */
  int has_heard;
} Listener;

struct _LiftHints
{
  GObject parent_instance;

  LiftApi *api;
  Listener *listener;
};

enum
{
  HINT,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (LiftHints, lift_hints, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
listener_clear (gpointer data)
{
  Listener *listener = data;

  g_object_unref (listener->api);
  g_main_context_unref (listener->context);
  g_object_unref (listener->cancellable);
  g_weak_ref_clear (&listener->hints);
}

static void
listener_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, listener_clear);
}

static Listener *
listener_new (LiftHints *self)
{
  Listener *listener = g_atomic_rc_box_new0 (Listener);

  listener->api = g_object_ref (self->api);
  listener->context = g_main_context_ref_thread_default ();
  listener->cancellable = g_cancellable_new ();
  g_weak_ref_init (&listener->hints, self);
  return listener;
}

static gboolean
emit_cb (gpointer user_data)
{
  Listener *listener = user_data;
  g_autoptr (LiftHints) self = g_weak_ref_get (&listener->hints);

  g_atomic_int_set (&listener->is_queued, FALSE);
  if (self != NULL && !g_cancellable_is_cancelled (listener->cancellable))
    g_signal_emit (self, signals[HINT], 0);
  return G_SOURCE_REMOVE;
}

/* In a thread of the transport. Many hints in a row are one reason to sync. */
static void
hint_cb (const char *scope, gint64 seq, gpointer user_data)
{
  Listener *listener = user_data;
  g_autoptr (GSource) source = NULL;

  g_atomic_int_set (&listener->has_heard, TRUE);
  if (!g_atomic_int_compare_and_exchange (&listener->is_queued, FALSE, TRUE))
    return;
  source = g_idle_source_new ();
  g_source_set_callback (source, emit_cb, g_atomic_rc_box_acquire (listener), listener_release);
  g_source_attach (source, listener->context);
}

static void
wait_seconds (GCancellable *cancellable, guint seconds)
{
  GPollFD fd;

  if (!g_cancellable_make_pollfd (cancellable, &fd))
    return;
  g_poll (&fd, 1, (int) seconds * 1000);
  g_cancellable_release_fd (cancellable);
}

/* A stream that the server ended, or that had worked, is opened again soon; one that fails from the
 * start later and later. */
static guint
get_next_wait (Listener *listener, guint wait, gboolean ended)
{
  if (ended || g_atomic_int_get (&listener->has_heard))
    return FIRST_WAIT_SECONDS;
  return MIN (wait * 2, LONGEST_WAIT_SECONDS);
}

static gpointer
listen_thread (gpointer data)
{
  Listener *listener = data;
  guint wait = FIRST_WAIT_SECONDS;

  while (!g_cancellable_is_cancelled (listener->cancellable))
    {
      g_autoptr (GError) error = NULL;
      gboolean ended;

      g_atomic_int_set (&listener->has_heard, FALSE);
      ended = lift_api_listen (listener->api, hint_cb, listener, listener->cancellable, &error);
      if (g_error_matches (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_REFUSED))
        break;
      wait = get_next_wait (listener, wait, ended);
      wait_seconds (listener->cancellable, wait);
    }
  listener_release (listener);
  return NULL;
}

static void
lift_hints_dispose (GObject *object)
{
  LiftHints *self = LIFT_HINTS (object);

  lift_hints_stop (self);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (lift_hints_parent_class)->dispose (object);
}

static void
lift_hints_class_init (LiftHintsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lift_hints_dispose;

  /**
   * LiftHints::hint:
   *
   * The server has something new.
   */
  signals[HINT] = g_signal_new ("hint", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
lift_hints_init (LiftHints *self)
{
}

/**
 * lift_hints_new:
 * @api: the calls of the server
 *
 * Returns: (transfer full): a listener that has not been started
 */
LiftHints *
lift_hints_new (LiftApi *api)
{
  LiftHints *self = g_object_new (LIFT_TYPE_HINTS, NULL);

  self->api = g_object_ref (api);
  return self;
}

/**
 * lift_hints_start:
 *
 * Listens from now on; signals come in the thread-default main context of the caller.
 */
void
lift_hints_start (LiftHints *self)
{
  g_return_if_fail (LIFT_IS_HINTS (self));
  if (self->listener != NULL)
    return;
  self->listener = listener_new (self);
  g_thread_unref (
    g_thread_new ("lift-hints", listen_thread, g_atomic_rc_box_acquire (self->listener)));
}

/**
 * lift_hints_stop:
 *
 * Listens no more. Does not wait for the thread.
 */
void
lift_hints_stop (LiftHints *self)
{
  g_return_if_fail (LIFT_IS_HINTS (self));
  if (self->listener == NULL)
    return;
  g_cancellable_cancel (self->listener->cancellable);
  g_clear_pointer (&self->listener, listener_release);
}
