/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entities.h"
#include "lift-sync-manager.h"
#include "network-proxy.h"

G_BEGIN_DECLS

/*
 * The real server and two computers of one athlete: @near syncs through a proxy, @far goes straight
 * to the server. Waiting for a silent server takes a second, not half a minute.
 */

typedef struct
{
  LiftStore *store;
  LiftTransport *transport;
  LiftApi *api;
  LiftSyncManager *manager;
  char *device;
} NetworkComputer;

typedef struct _NetworkServer NetworkServer;

typedef struct
{
  char *folder;
  char *athlete;
  NetworkServer *server;
  NetworkProxy *proxy;
  NetworkComputer near;
  NetworkComputer far;
} NetworkWorld;

void network_world_set_up (NetworkWorld *self, gconstpointer data);
void network_world_tear_down (NetworkWorld *self, gconstpointer data);

void network_world_break (NetworkWorld *self, const NetworkFault *fault);
void network_world_heal (NetworkWorld *self);

char *network_world_add (NetworkWorld *self, NetworkComputer *computer);
void
network_computer_edit (NetworkComputer *self, const char *id, const char *key, const char *text);
LiftEntity *network_computer_load (NetworkComputer *self, const char *id);
LiftSyncResult *network_computer_sync (NetworkComputer *self);
void network_computer_sync_well (NetworkComputer *self);
/* Both computers hold the same rows, and nothing waits to be sent. */
void network_world_assert_agreed (NetworkWorld *self);
/* Heals, syncs both and expects them to agree. */
void network_world_settle (NetworkWorld *self);

G_END_DECLS
