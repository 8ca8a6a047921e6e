/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-server-database.h"
#include "trace.h"

G_BEGIN_DECLS

/* Types of rows in a trace, parents before children. */
#define TRACE_TYPES 5

/**
 * TraceDialect:
 * @name: of the database
 * @open: a new, empty one; @folder is there for its files and goes when the run is over
 *
 * A database that the server may have. A trace has to end with the same rows on all of them.
 */
typedef struct
{
  const char *name;
  LiftServerDatabase *(*open) (const char *folder, GError **error);
} TraceDialect;

char *trace_run (
  GArray *steps, guint32 seed, const TraceDialect *dialect, guint pull_limit, guint *n_rows);

G_END_DECLS
