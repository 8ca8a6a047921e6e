/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entities.h"
#include "lift-store-writer.h"

G_BEGIN_DECLS

/**
 * BenchRows:
 * @athlete: whose rows they are
 * @exercises: (element-type utf8): ids out of the catalogue
 * @training_session: where the next exercises belong
 * @exercise_session: where the next sets belong
 *
 * Makes the training of one athlete: sessions of five exercises with five sets each.
 */
typedef struct
{
  LiftStore *store;
  LiftClock *clock;
  char *athlete;
  GPtrArray *exercises;
  char *training_session;
  char *exercise_session;
  guint n_exercise_sessions;
  guint n_sets;
} BenchRows;

BenchRows *bench_rows_new (LiftStore *store, const char *athlete);
void bench_rows_free (BenchRows *self);
void bench_rows_begin_exercise (BenchRows *self, LiftBatch *batch);
LiftSetSession *bench_rows_make_set (BenchRows *self);
void bench_rows_fill (BenchRows *self, guint n_sets);
void bench_rows_commit (BenchRows *self, LiftBatch *batch);
void bench_rows_make_clean (LiftStore *store);
void bench_run_sql (LiftStore *store, const char *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchRows, bench_rows_free)

G_END_DECLS
