/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-load.h"

G_BEGIN_DECLS

/**
 * LIFT_NO_INT:
 *
 * The null of whole numbers; the null of doubles is NaN.
 */
#define LIFT_NO_INT G_MININT64

#define LIFT_PRESCRIPTION_MAX_SETS 99
#define LIFT_REST_MAX 3600
#define LIFT_DURATION_MAX 86400
#define LIFT_DISTANCE_MAX 1000000.0

/**
 * LiftPrescription:
 * @sets: how many sets alike, 1 to 99; 0 in a change, which leaves the sets of the cell as they are
 * @kind: (nullable): SetPlan's `kind` on the wire, a static string; %NULL in a change
 * @reps: `targetReps` or %LIFT_NO_INT
 * @reps_max: `targetRepsMax` or %LIFT_NO_INT
 * @weight: `targetWeight` in kg or NaN
 * @unit: (nullable): `targetWeightUnit`, a static string; %NULL without a weight
 * @percent: `targetPercent` or NaN
 * @rpe: `targetRpe` or NaN
 * @rir: `targetRir` or NaN
 * @tempo: (nullable): `tempo`
 * @rest: `restSeconds` or %LIFT_NO_INT
 * @duration: `targetDurationSeconds` or %LIFT_NO_INT
 * @distance: `targetDistance` in m or NaN
 * @side: (nullable): `side`, a static string
 * @is_optional: `isOptional`
 *
 * What a group of equal sets asks for.
 */
typedef struct
{
  guint sets;
  const char *kind;
  gint64 reps;
  gint64 reps_max;
  double weight;
  const char *unit;
  double percent;
  double rpe;
  double rir;
  char *tempo;
  gint64 rest;
  gint64 duration;
  double distance;
  const char *side;
  gboolean is_optional;
} LiftPrescription;

LiftPrescription *lift_prescription_new (void);
LiftPrescription *lift_prescription_copy (const LiftPrescription *self);
void lift_prescription_free (LiftPrescription *self);
gboolean lift_prescription_equal (const LiftPrescription *a, const LiftPrescription *b);
void lift_prescription_apply (LiftPrescription *self, const LiftPrescription *change);
char *lift_prescription_print (const LiftPrescription *self, const char *default_unit);
char *lift_prescription_describe (const LiftPrescription *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftPrescription, lift_prescription_free)

G_END_DECLS
