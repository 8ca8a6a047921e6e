/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-world.h"

G_BEGIN_DECLS

/* A seed that went wrong. */
typedef struct
{
  guint32 seed;
  char *what;
} SimFinding;

/* Runs the seeds @first to @last on several processes.
 * Returns: (element-type SimFinding): those that went wrong, by seed */
GPtrArray *sim_jobs_run (guint32 first, guint32 last, guint n_jobs);

/* Returns: one of the seeds that notice when @ablation is taken out, as soon as one does; or 0 */
guint32 sim_jobs_find (guint32 first, guint32 last, guint n_jobs, guint ablation);

G_END_DECLS
