/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-core-transport.h"

#include <string.h>

#include "core-answer.h"
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
call_and_edit (LiftCoreTransport *self, LiftRequest *request)
{
  gboolean edit = self->during != NULL && request->body != NULL;
  LiftResponse *response;

  self->request = request;
  if (edit)
    self->during (self->during_data);
  response = core_answer (self->server, request);
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
    return core_answer (self->server, request);
  if (self->lost_answers > 0 && request->body != NULL)
    {
      self->lost_answers--;
      lift_response_free (call_and_edit (self, request));
      return lose (error);
    }
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
      return core_answer_new (200, "text/html", "<html>Welcome</html>");
    case FAULT_TOO_LARGE:
      return core_answer_new (request->body != NULL &&
                                  strstr (g_bytes_get_data (request->body, NULL), "},{") != NULL
                                ? 413
                                : 502,
                              "text/html", "too large");
    case FAULT_SERVER:
      return core_answer_new (500, "text/plain", "oh");
    case FAULT_BUSY:
      return core_answer_new (429, "text/plain", "slow down");
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
