/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-exercise.h"
#include "lift-set-session.h"

G_BEGIN_DECLS

/**
 * LiftMeasure:
 * @LIFT_MEASURE_REPS: `actualReps`
 * @LIFT_MEASURE_SECONDS: `durationSeconds`
 * @LIFT_MEASURE_METRES: `distance`
 *
 * What is counted in a set beside its load.
 */
typedef enum
{
  LIFT_MEASURE_REPS,
  LIFT_MEASURE_SECONDS,
  LIFT_MEASURE_METRES,
} LiftMeasure;

/**
 * LiftSetPart:
 *
 * The fields in which a set is typed, from left to right.
 */
typedef enum
{
  LIFT_SET_PART_LOAD,
  LIFT_SET_PART_AMOUNT,
  LIFT_SET_PART_RPE,
  LIFT_N_SET_PARTS,
} LiftSetPart;

/**
 * LiftSetValues:
 * @kg: load in kilograms, or NaN
 * @unit: the unit in which it was typed, a static string
 * @amount: repetitions, seconds or metres, or NaN
 * @rpe: effort, or NaN
 *
 * What was done in a set.
 */
typedef struct
{
  double kg;
  const char *unit;
  double amount;
  double rpe;
} LiftSetValues;

LiftMeasure lift_measure_for_exercise (LiftExercise *exercise);

gboolean lift_set_values_parse (LiftSetValues *self,
                                const char *const texts[LIFT_N_SET_PARTS],
                                LiftMeasure measure,
                                const char *unit,
                                LiftSetPart *wrong,
                                GError **error);
gboolean lift_set_values_split (const char *text, char *parts[LIFT_N_SET_PARTS]);
char *lift_set_values_format (const LiftSetValues *self, LiftSetPart part, LiftMeasure measure);
void lift_set_values_from_set (LiftSetValues *self,
                               LiftSetSession *set,
                               LiftMeasure measure,
                               const char *unit);
void lift_set_values_from_target (LiftSetValues *self, LiftSetSession *set, const char *unit);
void lift_set_values_fill (LiftSetValues *self, const LiftSetValues *from);
gboolean lift_set_values_equal (const LiftSetValues *a, const LiftSetValues *b);
void lift_set_values_apply (const LiftSetValues *self, LiftSetSession *set, LiftMeasure measure);

G_END_DECLS
