/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-body-weight-entry.h"

#include "lift-choices.h"

static LiftField fields[] = {
  LIFT_UUID (LiftBodyWeightEntry, athlete_id, LIFT_FIELD_ATHLETE | LIFT_FIELD_REQUIRED, "Athlete"),
  LIFT_NUMBER (LiftBodyWeightEntry, weight, LIFT_FIELD_REQUIRED, 20, 500),
  LIFT_DAY (LiftBodyWeightEntry, measurement_date, LIFT_FIELD_REQUIRED),
  LIFT_TEXT (LiftBodyWeightEntry, notes, 0, 10000),
  LIFT_INSTANT (LiftBodyWeightEntry, measured_at, 0),
  LIFT_CHOICE (LiftBodyWeightEntry, weight_unit, 0, lift_units),
  LIFT_NUMBER (LiftBodyWeightEntry, body_fat_percent, 0, 1, 75),
  LIFT_TEXT (LiftBodyWeightEntry, source, 0, 100),
};

LIFT_DEFINE_ENTITY (LiftBodyWeightEntry, lift_body_weight_entry, "BodyWeightEntry", fields, NULL)
