/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-transport.h"

#include "core-answer.h"
#include "lift-remote-error.h"

struct _FaultTransport
{
  LiftTransport parent_instance;

  FaultDevice *device;
};

G_DEFINE_FINAL_TYPE (FaultTransport, fault_transport, LIFT_TYPE_TRANSPORT)

/* Faults are those of one machine: the world switches them when the other one is at work. */
static LiftResponse *
ask_server (FaultWorld *world, LiftRequest *request, GError **error)
{
  LiftResponse *response;

  if (world->server == NULL)
    {
      g_set_error_literal (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE, "nobody answers");
      return NULL;
    }
  if (world->enter_server != NULL)
    world->enter_server ();
  response = core_answer (world->server, request);
  if (world->leave_server != NULL)
    world->leave_server ();
  return response;
}

static LiftResponse *
fault_transport_send (LiftTransport *transport,
                      LiftRequest *request,
                      GCancellable *cancellable,
                      GError **error)
{
  FaultDevice *device = FAULT_TRANSPORT (transport)->device;
  gboolean tells = device->during != NULL && g_str_has_suffix (request->path, "/sync/push");
  LiftResponse *response;

  if (tells)
    device->during (device, TRUE);
  response = ask_server (device->world, request, error);
  if (tells)
    device->during (device, FALSE);
  return response;
}

static void
fault_transport_class_init (FaultTransportClass *klass)
{
  LIFT_TRANSPORT_CLASS (klass)->send = fault_transport_send;
}

static void
fault_transport_init (FaultTransport *self)
{
}

LiftTransport *
fault_transport_new (FaultDevice *device)
{
  FaultTransport *self = g_object_new (FAULT_TYPE_TRANSPORT, NULL);

  self->device = device;
  return LIFT_TRANSPORT (self);
}
