/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-server-sqlite.h"
#include "lift-server.h"
#include "lift-virtual-clock.h"

G_BEGIN_DECLS

#define CORE_PASSWORD "correct horse"

/* A server on a file of its own: Kim coaches Ann, Lee coaches Bob. */
typedef struct
{
  char *dir;
  char *path;
  LiftVirtualClock *clock;
  LiftServer *server;
  LiftServerUser *kim;
  LiftServerUser *ann;
  LiftServerUser *lee;
  LiftServerUser *bob;
} Core;

Core *core_new (void);
void core_free (Core *core);
void core_open (Core *core);
void core_reopen (Core *core);
void core_assert_whole (Core *core);
LiftServerUser *core_sign_in (Core *core, const char *username);
/* Changes the file behind the server's back. */
void core_exec (Core *core, const char *sql);
const char *core_id (guint n);

JsonObject *core_json (const char *format, ...) G_GNUC_PRINTF (1, 2);
JsonObject *
core_push (Core *core, LiftServerUser *user, const char *format, ...) G_GNUC_PRINTF (3, 4);
GError *
core_push_error (Core *core, LiftServerUser *user, const char *format, ...) G_GNUC_PRINTF (3, 4);
JsonObject *core_pull (Core *core, LiftServerUser *user, const LiftServerPullRequest *request);
GError *core_pull_error (Core *core, LiftServerUser *user, const LiftServerPullRequest *request);
GHashTable *core_pull_all (Core *core, LiftServerUser *user, const char *limit, char **cursor);

JsonObject *core_get_row (GHashTable *rows, const char *type, const char *id);
JsonObject *core_entity (JsonObject *answer, guint index);
const char *core_code (JsonObject *answer, guint index);
const char *core_field (JsonObject *answer, guint index);
guint core_count (JsonObject *answer, const char *list);
void core_assert_ok (JsonObject *answer, guint n);
void core_assert_code (JsonObject *answer, const char *code);
void core_add_plan (Core *core, LiftServerUser *user, const char *athlete_id, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Core, core_free)

G_END_DECLS
