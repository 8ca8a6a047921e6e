/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fuzz.h"

#include "lift-server.h"

G_BEGIN_DECLS

/*
 * A server in memory: Kim coaches Ann, Lee coaches Bob, and each of the athletes has rows. It is
 * made once; what an input does to it is rolled back, whatever the server commits.
 */
typedef struct
{
  LiftServer *server;
  LiftClock *clock;
  LiftServerUser *users[4]; /* Kim, Ann, Lee, Bob */
  char *tokens[4];
} FuzzServer;

enum
{
  FUZZ_KIM,
  FUZZ_ANN,
  FUZZ_LEE,
  FUZZ_BOB,
};

FuzzServer *fuzz_server_get (void);
void fuzz_server_begin (void);
void fuzz_server_end (void);

typedef struct
{
  char *scope;
  gint64 version;
  gint64 updated_at;
} FuzzServerRow;

/* `Type/id` to FuzzServerRow, without the catalogue. */
GHashTable *fuzz_server_list_rows (void);
void fuzz_server_check_error (const GError *error);
char *fuzz_server_pull (guint user, const LiftServerPullRequest *request, gboolean *more);

G_END_DECLS
