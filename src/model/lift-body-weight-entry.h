/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-entity.h"

G_BEGIN_DECLS

#define LIFT_TYPE_BODY_WEIGHT_ENTRY (lift_body_weight_entry_get_type ())
LIFT_DECLARE_ENTITY (LiftBodyWeightEntry, lift_body_weight_entry, BODY_WEIGHT_ENTRY)

/**
 * LiftBodyWeightEntry:
 *
 * What an athlete weighed on a day.
 */
struct _LiftBodyWeightEntry
{
  LiftEntity parent_instance;

  char *athlete_id;
  double weight;
  char *measurement_date;
  char *notes;
  gint64 measured_at;
  const char *weight_unit;
  double body_fat_percent;
  char *source;
};

G_END_DECLS
