/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-database.h"

G_BEGIN_DECLS

/*
 * Lets one step of the client's database fail. The linker puts these functions before those of
 * lift-database.h (`--wrap`): a step is a statement that is made, or one that goes to its next row.
 * Of equal steps that follow each other many times in one run, the first two count, unless
 * LIFT_STEP_FAULTS=all.
 */

/* From now on counts; the @at-th step fails with @code, 0 for none. */
void step_faults_begin (guint at, LiftDatabaseError code);
/* Returns: whether a step has failed since the beginning */
gboolean step_faults_end (void);
/* Returns: the statement that failed */
const char *step_faults_get_sql (void);

G_END_DECLS
