/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-load.h"

G_BEGIN_DECLS

/**
 * LiftQuickLogBase:
 * @LIFT_QUICK_LOG_PLANNED: as planned: what the row is prefilled with
 * @LIFT_QUICK_LOG_REPEAT: `=`: as the set before
 * @LIFT_QUICK_LOG_STEP: `+`, `--`: so many steps of what can be loaded up or down, in `steps`
 * @LIFT_QUICK_LOG_CHANGE: `+2.5`: the load in `change` more or less than planned
 *
 * What the values that were not typed are taken from.
 */
typedef enum
{
  LIFT_QUICK_LOG_PLANNED,
  LIFT_QUICK_LOG_REPEAT,
  LIFT_QUICK_LOG_STEP,
  LIFT_QUICK_LOG_CHANGE,
} LiftQuickLogBase;

/**
 * LiftQuickLog:
 * @steps: of %LIFT_QUICK_LOG_STEP, negative for down
 * @change: of %LIFT_QUICK_LOG_CHANGE, in kg
 * @weight: kg or NaN if not typed
 * @unit: (nullable): the unit of the load typed, a static string
 * @reps: or G_MININT64
 * @rpe: or NaN
 * @rir: or NaN
 * @duration: seconds or G_MININT64
 * @distance: metres or NaN
 *
 * What an athlete typed into the row of a set.
 */
typedef struct
{
  LiftQuickLogBase base;
  int steps;
  double change;
  double weight;
  const char *unit;
  gint64 reps;
  double rpe;
  double rir;
  gint64 duration;
  double distance;
} LiftQuickLog;

void lift_quick_log_init (LiftQuickLog *self);
gboolean lift_quick_log_parse (const char *text,
                               const char *default_unit,
                               LiftQuickLog *log,
                               GError **error);
char *lift_quick_log_print (const LiftQuickLog *self, const char *default_unit);

G_END_DECLS
