/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entities.h"
#include "lift-registry.h"
#include "lift-store-writer.h"
#include "lift-uuid.h"
#include "lift-virtual-clock.h"

G_BEGIN_DECLS

/* A store in a folder of its own, at a virtual time. */
typedef struct
{
  char *folder;
  char *path;
  LiftVirtualClock *clock;
  LiftStore *store;
  char *athlete;
} StoreFixture;

#define STORE_TEST(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

void store_fixture_set_up (StoreFixture *self, gconstpointer data);
void store_fixture_tear_down (StoreFixture *self, gconstpointer data);
void store_fixture_reopen (StoreFixture *self);
gpointer store_fixture_new (StoreFixture *self, GType gtype);

/* Rows that are in the store; each belongs to the one before. */
LiftTrainingPlan *store_fixture_add_plan (StoreFixture *self);
LiftExercisePlan *store_fixture_add_exercise_plan (StoreFixture *self, LiftTrainingPlan *plan);
LiftSetPlan *store_fixture_add_set (StoreFixture *self, LiftExercisePlan *plan);
const char *store_fixture_get_exercise (StoreFixture *self);

LiftBatch *store_fixture_commit (StoreFixture *self, LiftBatch *batch);
void
store_fixture_refuse (StoreFixture *self, LiftBatch *batch, LiftFaultCode code, const char *word);
void store_fixture_insert (StoreFixture *self, gpointer entity);
LiftBatch *store_fixture_update (StoreFixture *self, gpointer entity, const char *key);
LiftBatch *store_fixture_delete (StoreFixture *self, gpointer entity);
gpointer store_fixture_load (StoreFixture *self, gpointer entity);
void store_fixture_save_clean (StoreFixture *self, gpointer entity);
void store_fixture_run_sql (StoreFixture *self, const char *sql);
gint64 store_fixture_get_int (StoreFixture *self, const char *sql);
LiftFieldSet store_fixture_field (gpointer entity, const char *key);

/* Runs the main context until @done is set, for ten seconds at most. */
void store_fixture_wait (gboolean *done);
void store_fixture_settle (void);

G_END_DECLS
