/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-world.h"
#include "lift-transport.h"

G_BEGIN_DECLS

#define FAULT_TYPE_SOCKET (fault_socket_get_type ())
G_DECLARE_FINAL_TYPE (FaultSocket, fault_socket, FAULT, SOCKET, LiftTransport)

/* The way to a server in another process, over a socket of the file system: a request is a
 * connection. Whatever becomes of the other side in between, the client is offline. */
LiftTransport *fault_socket_new (const char *path);
/* Returns: a socket that listens; it outlives the processes that answer it */
int fault_socket_listen (const char *path);
/* Answers until the process is killed. */
void fault_socket_serve (int listener, LiftServer *server);

G_END_DECLS
