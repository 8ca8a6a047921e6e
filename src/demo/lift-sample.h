/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-athlete.h"
#include "lift-batch.h"
#include "lift-day.h"

G_BEGIN_DECLS

/**
 * LiftSampleAthlete:
 * @strength: what the loads of the sample block are multiplied by
 * @body_weight: kg at the beginning
 * @reliability: of ten planned workouts, how many are done
 */
typedef struct
{
  const char *username;
  const char *name;
  const char *sex;
  double strength;
  double body_weight;
  guint reliability;
} LiftSampleAthlete;

#define LIFT_SAMPLE_WEEKS 8
#define LIFT_SAMPLE_COACH "coach"
#define LIFT_SAMPLE_PASSWORD "lift-every-day"

extern const LiftSampleAthlete lift_sample_athletes[];
extern const guint lift_sample_n_athletes;

/* What is needed to make rows: time, chance, and the ids of exercises by their name. */
typedef struct
{
  LiftClock *clock;
  LiftDay today;
  GHashTable *exercises;
} LiftSample;

LiftBatch *lift_sample_make_plans (LiftSample *self, const LiftSampleAthlete *who, const char *id);
LiftBatch *lift_sample_make_sessions (LiftSample *self,
                                      const LiftSampleAthlete *who,
                                      const char *id,
                                      GPtrArray *plans,
                                      GPtrArray *exercise_plans,
                                      GPtrArray *set_plans);

G_END_DECLS
