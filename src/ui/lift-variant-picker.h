/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-exercise.h"
#include "lift-store.h"

G_BEGIN_DECLS

#define LIFT_TYPE_VARIANT_PICKER (lift_variant_picker_get_type ())
G_DECLARE_FINAL_TYPE (LiftVariantPicker, lift_variant_picker, LIFT, VARIANT_PICKER, AdwBin)

/**
 * LiftVariantPicker:
 *
 * The variants that fit an exercise, with a tick each, and a search entry whose text makes a new
 * one where a coach is given. Signals: `picked` (GPtrArray of LiftVariant), `cancelled`.
 */
GtkWidget *lift_variant_picker_new (LiftStore *store, LiftExercise *exercise, const char *coach_id);
void lift_variant_picker_set_chosen (LiftVariantPicker *self, const char *const *ids);
GPtrArray *lift_variant_picker_dup_chosen (LiftVariantPicker *self);

G_END_DECLS
