/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-transport.h"

G_DEFINE_ABSTRACT_TYPE (LiftTransport, lift_transport, G_TYPE_OBJECT)

static void
lift_transport_class_init (LiftTransportClass *klass)
{
}

static void
lift_transport_init (LiftTransport *self)
{
}

/**
 * lift_transport_send:
 * @request: not kept
 *
 * Sends @request and blocks until its answer is complete. Call it from worker threads; several
 * may send at once. Nothing is sent once @cancellable is cancelled.
 *
 * Returns: (transfer full) (nullable): the answer with any HTTP status, or %NULL with an error of
 *   %LIFT_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 */
LiftResponse *
lift_transport_send (LiftTransport *self,
                     LiftRequest *request,
                     GCancellable *cancellable,
                     GError **error)
{
  g_return_val_if_fail (LIFT_IS_TRANSPORT (self), NULL);
  g_return_val_if_fail (request != NULL && request->path[0] == '/', NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return LIFT_TRANSPORT_GET_CLASS (self)->send (self, request, cancellable, error);
}
