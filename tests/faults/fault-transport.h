/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-world.h"
#include "lift-transport.h"

G_BEGIN_DECLS

#define FAULT_TYPE_TRANSPORT (fault_transport_get_type ())
G_DECLARE_FINAL_TYPE (FaultTransport, fault_transport, FAULT, TRANSPORT, LiftTransport)

/* The way of a device to whatever server its world has just then. */
LiftTransport *fault_transport_new (FaultDevice *device);

G_END_DECLS
