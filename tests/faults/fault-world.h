/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-ledger.h"
#include "lift-server.h"
#include "lift-sync-manager.h"
#include "lift-virtual-clock.h"

G_BEGIN_DECLS

/*
 * An athlete's device, the coach's, and the real server with its SQLite file, all in one process
 * and one thread. Each run begins with the same files: rows that both devices have, and edits of
 * the coach that the athlete's device has not seen yet.
 */

typedef struct _FaultWorld FaultWorld;
typedef struct _FaultDevice FaultDevice;

/* Says that an edit of a field was begun, or that the user was told that it is saved. */
typedef void (*FaultTellFunc) (FaultDevice *device,
                               gboolean confirmed,
                               const char *type,
                               const char *id,
                               const char *key,
                               const char *value);

struct _FaultDevice
{
  FaultWorld *world;
  const char *username;
  char *path;
  char *id;
  char *token;
  char *refresh_token;
  LiftStore *store; /* NULL while it is closed */
  LiftTransport *transport;
  LiftApi *api;
  LiftSyncManager *manager;
  FaultLedger *ledger;
  FaultTellFunc tell;
  void (*during) (FaultDevice *device, gboolean before); /* around each of its pushes */
};

struct _FaultWorld
{
  char *folder;
  char *server_path;
  LiftVirtualClock *clock;
  LiftServer *server; /* NULL while it does not run */
  FaultDevice athlete, coach, fresh;
  GHashTable *images; /* path → GBytes: what each run begins with */
  gboolean threads;   /* stores have a thread that writes, and readers beside it */
  GString *findings;
  guint n_findings;
  guint n_checks;
  void (*enter_server) (void); /* around each request, so that faults are those of one machine */
  void (*leave_server) (void);
  LiftTransport *(*connect) (FaultDevice *device); /* NULL: the server in this process */
};

extern const char *const fault_rows[];
/* Ids of rows that are there from the start. */
#define FAULT_PLAN "01900000-0000-7000-8000-000000000001"
#define FAULT_LINE "01900000-0000-7000-8000-000000000002"
#define FAULT_PLANNED_SET "01900000-0000-7000-8000-000000000003"
#define FAULT_OLD_PLAN "01900000-0000-7000-8000-000000000004"
#define FAULT_OLD_LINE "01900000-0000-7000-8000-000000000005"
#define FAULT_SESSION "01900000-0000-7000-8000-000000000006"
#define FAULT_DONE "01900000-0000-7000-8000-000000000007"
#define FAULT_SET "01900000-0000-7000-8000-000000000008"
#define FAULT_WEIGHT "01900000-0000-7000-8000-000000000009"
#define FAULT_OTHER_WEIGHT "01900000-0000-7000-8000-00000000000a"
#define FAULT_COACH_WEIGHT "01900000-0000-7000-8000-00000000000b"
#define FAULT_PASSWORD "correct horse"

FaultWorld *fault_world_new (void);
void fault_world_free (FaultWorld *self);
void fault_world_start (FaultWorld *self);
gboolean fault_world_open_server (FaultWorld *self, GError **error);
void fault_world_close_server (FaultWorld *self);
gboolean fault_world_open_device (FaultWorld *self, FaultDevice *device, GError **error);
void fault_world_close_device (FaultDevice *device);
void fault_world_sign_in (FaultWorld *self, FaultDevice *device);
/* Adds a finding; or one if an error is not one that tells the user what is wrong. */
void fault_world_report (FaultWorld *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void fault_world_expect (FaultWorld *self, const GError *error, const char *what);
/* Opens all anew without faults, lets them sync, and looks for what was lost. */
void fault_world_check (FaultWorld *self);
void fault_world_check_store (FaultWorld *self, FaultDevice *device);

LiftEntity *fault_world_load (FaultDevice *device, GType gtype, const char *id);
LiftEntity *fault_world_new_row (FaultDevice *device, GType gtype, const char *id);
gboolean fault_world_sync (FaultDevice *device);

/* Writes that are made together, and what the user is told of them. */
typedef struct
{
  FaultDevice *device;
  LiftBatch *batch;
  GPtrArray *claims;
} FaultEdit;

FaultEdit *fault_edit_new (FaultDevice *device, LiftBatch *batch);
void fault_edit_claim (
  FaultEdit *self, const char *type, const char *id, const char *key, const char *value);
void fault_edit_insert (FaultEdit *self, LiftEntity *row, const char *key);
void fault_edit_set (FaultEdit *self, LiftEntity *row, const char *key, const char *value);
void fault_edit_delete (FaultEdit *self, LiftEntity *row);
/* Frees @self. Returns: (nullable): the inverse */
LiftBatch *fault_edit_commit (FaultEdit *self);

G_END_DECLS
