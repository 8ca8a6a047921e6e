/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-training-error.h"

G_BEGIN_DECLS

/**
 * LIFT_KG_PER_LB:
 *
 * The international pound, exactly.
 */
#define LIFT_KG_PER_LB 0.45359237

#define LIFT_LOAD_MIN -500.0
#define LIFT_LOAD_MAX 2000.0

const char *lift_load_unit_from_text (const char *text);
double lift_load_to_kg (double value, const char *unit);
double lift_load_from_kg (double kg, const char *unit);
double lift_load_round (double kg, double step, const char *unit);
char *lift_load_format (double kg, const char *unit);
char *lift_load_format_exact (double kg, const char *unit);
char *lift_load_format_display (double kg, const char *unit);
gboolean lift_load_check (double kg, GError **error);
gboolean lift_load_parse (
  const char *text, const char *default_unit, double *kg, const char **unit, GError **error);

G_END_DECLS
