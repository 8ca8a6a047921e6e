/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double lift_tonnage_of_set (
  const char *kind, gint64 reps, double weight, double body_weight_factor, double body_weight);
gboolean lift_hard_set_is_one (const char *kind, gint64 reps, double rpe, double rir);
void
lift_hard_set_add (GHashTable *muscles, const char *const *primary, const char *const *secondary);
double lift_hard_set_get (GHashTable *muscles, const char *muscle);

G_END_DECLS
