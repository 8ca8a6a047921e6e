/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-world.h"

G_BEGIN_DECLS

/* What the machine under test does while faults happen. */

/* The athlete's device: opens its store, edits, undoes, syncs twice with edits in between. */
void fault_client_run (FaultWorld *world);
/* After the faults, without a restart: what goes on must go on. */
void fault_client_go_on (FaultWorld *world);

/* A device that has no file yet: makes it, pulls everything, adds a row and sends it. */
void fault_first_run (FaultWorld *world);
void fault_first_go_on (FaultWorld *world);

/* The server: opens its file, answers both devices, and signs people in and out. */
void fault_server_run (FaultWorld *world);
void fault_server_go_on (FaultWorld *world);
/* Looks whether accounts are as the server said that they are. Before fault_world_check(). */
void fault_server_check (FaultWorld *world);

G_END_DECLS
