/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-variant.h"

#include "lift-choices.h"

static LiftField fields[] = {
  LIFT_UUID (LiftVariant, coach_id, LIFT_FIELD_COACH, "Coach"),
  LIFT_TEXT (LiftVariant, name, LIFT_FIELD_REQUIRED, 255),
  LIFT_TEXT (LiftVariant, description, 0, 10000),
  LIFT_UUID (LiftVariant, exercise_id, 0, "Exercise"),
  LIFT_CHOICE (LiftVariant, kind, 0, lift_variant_kinds),
  LIFT_NUMBER (LiftVariant, load_factor, 0, 0.1, 2),
};

LIFT_DEFINE_ENTITY (LiftVariant, lift_variant, "Variant", fields, NULL)
