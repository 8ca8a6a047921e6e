/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIFT_TRAINING_ERROR (lift_training_error_quark ())

/**
 * LiftTrainingError:
 * @LIFT_TRAINING_ERROR_SYNTAX: what was typed is not of the expected form
 * @LIFT_TRAINING_ERROR_RANGE: of the expected form, but a number is too small or too large
 * @LIFT_TRAINING_ERROR_CONFLICT: two parts that exclude each other, or one given twice
 */
typedef enum
{
  LIFT_TRAINING_ERROR_SYNTAX,
  LIFT_TRAINING_ERROR_RANGE,
  LIFT_TRAINING_ERROR_CONFLICT,
} LiftTrainingError;

GQuark lift_training_error_quark (void);

G_END_DECLS
