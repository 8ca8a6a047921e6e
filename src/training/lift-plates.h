/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-training-error.h"

G_BEGIN_DECLS

/**
 * LiftPlates:
 *
 * The plates that an athlete has, in pairs.
 */
typedef struct _LiftPlates LiftPlates;

/**
 * LiftPlateLoad:
 * @per_side: (element-type gdouble): the plates of one side in kg, heaviest first
 * @achieved: bar and plates in kg, or NaN where the bar alone is heavier than the target
 * @shortfall: the target less what is achieved, in kg; negative where the bar is too heavy
 *
 * How a bar is loaded.
 */
typedef struct
{
  GArray *per_side;
  double achieved;
  double shortfall;
} LiftPlateLoad;

LiftPlates *lift_plates_new (void);
LiftPlates *lift_plates_new_default (const char *unit);
LiftPlates *lift_plates_new_from_json (const char *text, GError **error);
gboolean lift_plates_add (LiftPlates *self, double kg, guint pairs, GError **error);
LiftPlateLoad *lift_plates_load (LiftPlates *self, double bar, double target);
double lift_plates_get_next (LiftPlates *self, double bar, double load, int direction);
void lift_plates_free (LiftPlates *self);

char *lift_plate_load_print (const LiftPlateLoad *self, const char *unit);
void lift_plate_load_free (LiftPlateLoad *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftPlates, lift_plates_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiftPlateLoad, lift_plate_load_free)

G_END_DECLS
