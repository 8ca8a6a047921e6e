/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entities.h"
#include "lift-registry.h"
#include "lift-server.h"
#include "lift-sync-manager.h"
#include "lift-virtual-clock.h"
#include "sim-disk.h"
#include "sim-fiber.h"
#include "sim-model.h"

G_BEGIN_DECLS

/*
 * The world of one seed: people with devices, the real store, manager and server on each side, and
 * a network between them that does what the seed says.
 */

#define SIM_MAX_DEVICES 8
#define SIM_PASSWORD "correct horse"

/* What may go wrong, or be done that needs care. Each seed switches on some of it. */
typedef enum
{
  SIM_LOST_REQUEST = 1 << 0,  /* never arrives */
  SIM_LOST_ANSWER = 1 << 1,   /* has happened, and nobody knows */
  SIM_TWICE = 1 << 2,         /* arrives two times */
  SIM_LATE = 1 << 3,          /* arrives after those that were sent behind it */
  SIM_CUT = 1 << 4,           /* the answer ends in the middle */
  SIM_PORTAL = 1 << 5,        /* somebody else answers, with 200 */
  SIM_TOO_LARGE = 1 << 6,     /* 413 beyond a few kilobytes */
  SIM_BUSY = 1 << 7,          /* 429 */
  SIM_BROKEN = 1 << 8,        /* 500, 503 */
  SIM_TOKEN = 1 << 9,         /* the token expires, or the sign-in is ended elsewhere */
  SIM_CLOCK = 1 << 10,        /* a wall clock jumps by a year */
  SIM_KILL = 1 << 11,         /* a device dies at some write */
  SIM_DISK_FULL = 1 << 12,    /* of a device or of the server */
  SIM_RESTART = 1 << 13,      /* of the server */
  SIM_RESTORE = 1 << 14,      /* of the server, from an older copy */
  SIM_ACCESS = 1 << 15,       /* an athlete changes the coach */
  SIM_NEWER_SERVER = 1 << 16, /* types and fields that this version does not know */
  SIM_SECOND = 1 << 17,       /* a second process on the same store */
  SIM_ACCOUNTS = 1 << 18,     /* two people share a computer */
  SIM_DELETE = 1 << 19,       /* rows are deleted and restored */
  SIM_UNDO = 1 << 20,
  SIM_LOCK = 1 << 21,         /* the coach locks plans: the server refuses what the athlete typed */
  SIM_PUBLISH = 1 << 22,      /* plans are withdrawn and published again */
  SIM_OLD_COPY = 1 << 23,     /* a device's own store is put back to an older copy */
  SIM_RARE = 1 << 24,         /* the first of those that few seeds have */
  SIM_SLOW = 1 << 24,         /* what is much, either way, takes too long */
  SIM_OVERSIZED = 1 << 25,    /* answers beyond a few kilobytes are not taken */
  SIM_PROXY = 1 << 26,        /* for a while somebody between refuses pushes, or those of one row */
  SIM_SERVER_CLOCK = 1 << 27, /* the server's clock jumps */
  SIM_PURGE = 1 << 28,        /* the server forgets what was deleted long ago */
  SIM_TWINS = 1 << 29,        /* the same exercise, or pair, is made more than once */
  SIM_CLONE = 1 << 30,        /* a device's store is copied to another one, and both go on */
  SIM_ALL = 0x7fffffff,
} SimFaults;

/* How a seed is run; what a shrinker changes. */
typedef struct
{
  guint32 seed;
  SimFaults faults;
  gboolean narrow; /* few people meet in few rows, and one kind of trouble in all of them */
  guint n_devices;
  guint n_steps;
  guint n_later;      /* steps when all has healed, before it must agree again */
  const guint8 *skip; /* nullable: by step, whether to leave it out */
  gboolean trace;
} SimPlan;

typedef struct _SimWorld SimWorld;
typedef struct _SimDevice SimDevice;
typedef struct _SimSeat SimSeat;

/* One process on a device's store. */
struct _SimSeat
{
  SimDevice *device;
  LiftStore *store;
  LiftApi *api;
  LiftSyncManager *manager;
  SimFiber *fiber;        /* nullable: a sync that is under way */
  LiftSyncResult *result; /* of the sync before; nullable */
  GError *error;
  LiftBatch *inverse; /* nullable: of the write that was just made */
  LiftBatch *undo;    /* nullable: of one that the user may take back */
  char *undo_root;    /* the tree that it was made in */
};

struct _SimDevice
{
  SimWorld *world;
  guint number;
  const char *username;
  gboolean is_coach;
  char *id;
  char *path;
  char *token;
  char *refresh_token;
  LiftVirtualClock *clock;
  GRand *network; /* decides on the faults of the sync that is under way */
  SimSeat seats[2];
  SimDevice *rival;  /* nullable: the other account of this computer; one of the two is open */
  GHashTable *shown; /* row and field → the value that was last seen here */
  SimImage *copy;    /* nullable: of a moment when nothing waited */
  gboolean has_pulled;
};

struct _SimWorld
{
  SimPlan plan;
  GRand *rand; /* of the step that is made */
  guint step;
  gboolean healed;
  guint alarms;            /* how often a device found that its rows differ from the server's */
  LiftVirtualClock *clock; /* the server's */
  LiftServer *server;      /* %NULL while it is down */
  char *path;
  SimImage *backup; /* nullable */
  SimDevice devices[SIM_MAX_DEVICES];
  guint n_devices;
  GQueue late; /* LiftRequest */
  gsize max_push;
  guint proxy;     /* the status that it answers, or 0 */
  char *proxy_row; /* nullable: the id of the one that it does not like */
  gboolean weak;   /* the server forgot: what was not the newest may be gone */
  GPtrArray *athletes;
  SimModel *model;
  guint pushes;        /* for sim-safeguards.c, like @answers */
  GHashTable *answers; /* body of a push → LiftResponse */
  char *violation;     /* nullable: what was found first */
};

/* sim-world.c */
void sim_set_up (void);
void sim_enter_folder (void);
void sim_leave_folder (void);
SimWorld *sim_world_new (const SimPlan *plan);
void sim_world_free (SimWorld *self);
gboolean sim_has (SimWorld *self, SimFaults fault);
guint sim_below (SimWorld *self, guint n);
gboolean sim_chance (SimWorld *self, guint percent);
/* Something is older than it was, or knows less: what was replaced may come again, if nothing gets
 * lost by it. */
gboolean sim_is_vague (SimWorld *self);
void sim_fail (SimWorld *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void sim_trace (SimWorld *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void sim_advance (SimWorld *self, gint64 us);
const char *sim_athlete_of (SimWorld *self, const char *username);
void sim_server_start (SimWorld *self);
void sim_server_stop (SimWorld *self);
void sim_server_restore (SimWorld *self);
void sim_server_move_athlete (SimWorld *self, const char *athlete, const char *coach);

/* sim-device.c */
/* @sign_in: the answer to a login */
void sim_device_init (SimWorld *world, guint number, const char *username, const char *sign_in);
void sim_device_copy (SimDevice *self);
void sim_device_clear (SimDevice *self);
gboolean sim_device_is_open (SimDevice *self);
gboolean sim_device_open (SimDevice *self);
void sim_device_close (SimDevice *self);
void sim_device_crash (SimDevice *self);
void sim_device_sign_in (SimDevice *self);
gboolean sim_seat_open (SimSeat *self);
void sim_seat_close (SimSeat *self);
void sim_seat_sync_begin (SimSeat *self);
gboolean sim_seat_sync_go_on (SimSeat *self);

/* sim-transport.c */
LiftTransport *sim_transport_new (SimSeat *seat);
void sim_deliver_late (SimWorld *world);

/* sim-safeguards.c */
LiftResponse *sim_without_in_answer (SimWorld *world, LiftRequest *request, LiftResponse *response);

/* sim-edits.c */
void sim_edit (SimSeat *seat);
extern GType (*const sim_types[]) (void); /* NULL-terminated: those whose rows are looked at */

/* sim-end.c */
/* @without: (nullable): a device that has just lost what it held
 * @clean: whether what was confirmed counts too */
void sim_note_held (SimWorld *world, SimDevice *without, gboolean clean);

/* sim-check.c */
/* Rows that are going to be tried again, but for those that wait for their refused parent. */
guint sim_count_retried (SimDevice *device);
void sim_note_shown (SimDevice *device);
void sim_check (SimWorld *self);

/* sim-steps.c */
char *sim_run (const SimPlan *plan);
SimPlan sim_plan_for_seed (guint32 seed);

/* sim-shrink.c */
void sim_shrink (SimPlan *plan);
char *sim_plan_to_line (const SimPlan *plan);

G_END_DECLS
