/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-session-editor.h"
#include "lift-workout.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/*
 * A store with a published plan of today: Back Squat with a pause (a warm-up and two sets), and a
 * superset of Romanian Deadlift and Leg Curl (two sets each); and the draft of another plan.
 */
typedef struct
{
  StoreFixture store;
  LiftUndo *undo;
  LiftTrainingPlan *plan;
  LiftSessionEditor *editor;
} GymFixture;

#define GYM_TEST(path, func) \
  g_test_add (path, GymFixture, NULL, gym_fixture_set_up, func, gym_fixture_tear_down)

void gym_fixture_set_up (GymFixture *self, gconstpointer data);
void gym_fixture_tear_down (GymFixture *self, gconstpointer data);

char *gym_fixture_dup_exercise (GymFixture *self, const char *name);
LiftTrainingSession *gym_fixture_start (GymFixture *self, LiftTrainingPlan *plan);
LiftWorkout *gym_fixture_load (GymFixture *self, const char *session_id);
void gym_fixture_settle (GymFixture *self);
guint gym_fixture_count (GymFixture *self, GType gtype);

LiftWorkoutSet *gym_get_set (LiftWorkout *workout, guint exercise, guint set);

/* Runs the main context until the predicate holds, for ten seconds at most. */
typedef gboolean (*GymPredicate) (gpointer data);
void gym_wait_until (GymPredicate predicate, gpointer data);

G_END_DECLS
