/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-message.h"

G_BEGIN_DECLS

#define LIFT_TYPE_TRANSPORT (lift_transport_get_type ())
G_DECLARE_DERIVABLE_TYPE (LiftTransport, lift_transport, LIFT, TRANSPORT, GObject)

/**
 * LiftTransportClass:
 * @send: sends and waits for the whole answer. Any HTTP status is an answer; an error is one of
 *   %LIFT_REMOTE_ERROR (offline, timeout, not ours, oversized) or %G_IO_ERROR_CANCELLED. Called
 *   from several worker threads at once, never from the main thread.
 *
 * The way to one server, injected so that tests can put a server of their own, or a fault, there.
 */
struct _LiftTransportClass
{
  GObjectClass parent_class;

  LiftResponse *(*send) (LiftTransport *self,
                         LiftRequest *request,
                         GCancellable *cancellable,
                         GError **error);

  gpointer padding[4];
};

LiftResponse *lift_transport_send (LiftTransport *self,
                                   LiftRequest *request,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
