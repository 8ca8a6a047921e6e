/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-world.h"

G_BEGIN_DECLS

/* Processes that live to be killed. They are forked from one that has no threads and no open
 * database, which costs a millisecond. What they have to tell goes to a pipe, a line each: "T" what
 * was begun, "C" what the user was told is saved, "F" what should not be. */

typedef struct
{
  FaultWorld *world;
  const char *socket_path;
  int listener;
  int reports; /* where to write */
  guint32 seed;
  guint generation; /* a number that no other process has */
  guint steps;
  guint kill_at; /* the n-th write, sync or truncate; 0: not by itself */
  guint keeps;   /* FaultKeeps: what of that write arrives */
  gboolean lies; /* the user is told that all is saved before it is */
} FaultChild;

G_NORETURN void fault_child_be_server (const FaultChild *child);
G_NORETURN void fault_child_be_client (const FaultChild *child, FaultDevice *device);

G_END_DECLS
