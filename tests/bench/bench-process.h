/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BENCH_PASSWORD "correct horse battery"

/* A liftlogger-server of its own, on a database of its own. */
typedef struct
{
  char *database;
  GSubprocess *process;
  char *url;
  guint16 port;
} BenchProcess;

BenchProcess *bench_process_new (const char *folder);
void bench_process_add_athlete (BenchProcess *self, const char *name);
void bench_process_start (BenchProcess *self);
void bench_process_free (BenchProcess *self);

G_END_DECLS
