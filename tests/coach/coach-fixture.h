/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-desk.h"
#include "lift-entities.h"
#include "lift-plan-document.h"
#include "lift-undo.h"
#include "lift-virtual-clock.h"

G_BEGIN_DECLS

/* A coach's store in a folder of its own, on Thursday 2026-11-19, with one athlete, Ana. */
typedef struct
{
  char *folder;
  LiftVirtualClock *clock;
  LiftStore *store;
  LiftUndo *undo;
  LiftDesk *desk;
  char *athlete_id;
  guint waiting;   /* commits that have not ended */
  gboolean unseen; /* a commit of which nobody was told yet */
} CoachFixture;

#define COACH_TEST(path, func) \
  g_test_add (path, CoachFixture, NULL, coach_fixture_set_up, func, coach_fixture_tear_down)

void coach_fixture_set_up (CoachFixture *self, gconstpointer data);
void coach_fixture_tear_down (CoachFixture *self, gconstpointer data);

/* Runs the main context until func says that it is so, for twenty seconds at most. */
typedef gboolean (*CoachFixtureFunc) (gpointer data);
void coach_fixture_wait (CoachFixtureFunc func, gpointer data);
void coach_fixture_settle (CoachFixture *self);
void coach_fixture_take (CoachFixture *self, LiftBatch *batch);
void coach_fixture_undo (CoachFixture *self);
void coach_fixture_redo (CoachFixture *self);

gpointer coach_fixture_add (CoachFixture *self, GType gtype, const char *property, ...)
  G_GNUC_NULL_TERMINATED;
LiftExercise *coach_fixture_find_exercise (CoachFixture *self, const char *name);
LiftTrainingPlan *coach_fixture_add_plan (CoachFixture *self, const char *name, const char *date);
LiftPlanDocument *coach_fixture_open (CoachFixture *self, LiftTrainingPlan *plan);
LiftPlanLine *
coach_fixture_add_line (CoachFixture *self, LiftPlanDocument *document, const char *exercise);
void coach_fixture_type_sets (CoachFixture *self,
                              LiftPlanDocument *document,
                              LiftPlanLine *line,
                              const char *text);
/* All rows of a type, as JSON in the order of their ids. */
char *coach_fixture_dump (CoachFixture *self, GType gtype);

G_END_DECLS
