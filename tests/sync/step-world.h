/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-fixture.h"

G_BEGIN_DECLS

/* Rows of every kind that a sync can meet, in a file and on a server that begin the same each
 * time. */

typedef enum
{
  ROW_CLEAN,   /* changed elsewhere, not here */
  ROW_EDITED,  /* changed on both sides */
  ROW_SAME,    /* changed to the same on both sides */
  ROW_FLYING,  /* sent, the answer was lost, and edited since */
  ROW_NEW,     /* added here */
  ROW_BAD,     /* refused for good */
  ROW_LATER,   /* refused for now */
  ROW_WAITED,  /* was refused, and is not any more */
  ROW_GONE,    /* deleted elsewhere */
  ROW_DELETED, /* deleted here */
  ROW_ALIVE,   /* deleted elsewhere, edited here */
  ROW_TAKEN,   /* of an athlete to whom the access has ended, edited here */
  ROW_EXTRA,   /* holds a field that an earlier version did not know */
  ROW_PARKED,  /* could not be read */
  N_ROWS,
} Row;

typedef struct
{
  SyncFixture made; /* how all begins */
  char *template;
  char *path;
  char *ids[N_ROWS];
  char *plan;
  char *part;
  GPtrArray *types; /* of the server's rows */
  GPtrArray *rows;
  gint64 seq;
  gint64 last_mutation;
  gint64 now;
} StepWorld;

typedef struct
{
  StepWorld *world;
  LiftVirtualClock *clock;
  LiftStore *store;
  LiftTestServer *server;
  LiftApi *api;
  LiftSyncManager *manager;
  char *digest;
} StepDevice;

void step_world_init (StepWorld *self);
void step_world_clear (StepWorld *self);
/* Runs the tests that @add names, with the world made for them; returns the exit code. */
int step_world_run_tests (StepWorld *self, void (*add) (void), int argc, char *argv[]);

/* The file and the server as they were made. */
void step_device_init (StepDevice *self, StepWorld *world);
void step_device_clear (StepDevice *self);
/* What others do to the server's rows. */
void step_device_change_server (StepDevice *self);
void step_device_put (StepDevice *self, Row row, const char *members);
/* All that the store and the server hold, without what time alone decides. */
char *step_device_print (StepDevice *self);

G_END_DECLS
