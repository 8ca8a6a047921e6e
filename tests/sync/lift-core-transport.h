/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-server.h"
#include "lift-transport.h"

G_BEGIN_DECLS

#define LIFT_TYPE_CORE_TRANSPORT (lift_core_transport_get_type ())
G_DECLARE_FINAL_TYPE (LiftCoreTransport, lift_core_transport, LIFT, CORE_TRANSPORT, LiftTransport)

/**
 * LiftCoreTransport:
 * @rand: what decides on faults
 * @faults: the chance of a fault for each request, 0 to 1
 * @n_faults: how many there were
 * @during: (nullable): called around each push, once before the server and once behind it
 * @request: what is under way, while @during is called
 * @lost_answers: so many pushes are applied whose answers then are lost, whatever @faults says
 *
 * The way to a server in the same process, with the faults of a bad network: lost before or after
 * the server, twice, answered by somebody else, refused for its size, cut off.
 */
struct _LiftCoreTransport
{
  LiftTransport parent_instance;

  LiftServer *server;
  GMutex mutex;
  GRand *rand;
  double faults;
  guint n_faults;
  void (*during) (gpointer data);
  gpointer during_data;
  LiftRequest *request;
  guint lost_answers;
};

LiftCoreTransport *lift_core_transport_new (LiftServer *server, guint32 seed);

G_END_DECLS
