/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-core-transport.h"
#include "lift-sync-manager.h"
#include "lift-virtual-clock.h"

G_BEGIN_DECLS

/* Devices of a coach and of an athlete, and the real server, all in this process. */

#define MAX_DEVICES 4

typedef struct _World World;

typedef struct
{
  World *world;
  LiftStore *store;
  LiftApi *api;
  LiftCoreTransport *transport;
  LiftSyncManager *manager;
  char *id;
  char *path;
  char *token;
  char *refresh_token;
} Device;

struct _World
{
  guint32 seed;
  gboolean settling;
  gboolean nested;
  void (*during) (gpointer device);
  GRand *rand;
  Device devices[MAX_DEVICES];
  guint n_devices;
  char *athlete;
  GHashTable *parents; /* value → the value that its writer saw, and replaced */
  guint counter;
};

extern LiftVirtualClock *world_clock;
extern guint world_count;
/* How often a device found that its rows differ from the server's. */
extern guint world_alarms;

void world_set_up_server (void);
void world_tear_down_server (void);
/* As after a restore or an import: every cursor is answered 410. */
void world_start_epoch (void);
/* The server forgets what was deleted long ago, to the end; returns how many rows went. */
guint world_purge (void);
/* After the sign-in has run out; its user name goes with the place of the device. */
void world_sign_in_again (Device *device);
/* @during: called with the device around each of its pushes */
void world_init (World *world, guint32 seed, guint n_devices, void (*during) (gpointer device));
void world_clear (World *world);
void world_add_device (World *world, const char *username);
void world_open_device (World *world, Device *device);
void world_close_device (Device *device);
void world_sync_device (Device *device);
/* The types that histories are made of: an entry, a plan, and a part of a plan. */
const LiftEntityInfo *world_get_type (guint index);
GPtrArray *world_list_rows (Device *device, const LiftEntityInfo *info, gboolean with_deleted);
/* %NULL of none */
gpointer world_pick (World *world, GPtrArray *rows);

G_END_DECLS
