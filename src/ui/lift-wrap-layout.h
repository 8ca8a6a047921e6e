/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIFT_TYPE_WRAP_LAYOUT (lift_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (LiftWrapLayout, lift_wrap_layout, LIFT, WRAP_LAYOUT, GtkLayoutManager)

/**
 * LiftWrapLayout:
 *
 * Puts children side by side in their order, and in as many lines as there must be, each line at
 * the end of the width. For buttons, whose words are longer in some languages than a phone is wide.
 */
GtkLayoutManager *lift_wrap_layout_new (int spacing);

G_END_DECLS
