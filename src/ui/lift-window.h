/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LIFT_TYPE_WINDOW (lift_window_get_type ())
G_DECLARE_FINAL_TYPE (LiftWindow, lift_window, LIFT, WINDOW, AdwApplicationWindow)

/**
 * LiftWindow:
 *
 * The one window of a program: opening, signing in, or the content that the program made, or a
 * page that is shown instead for a while, over the bottom line (LiftSyncIndicator) that says where the data are. It holds the toasts and
 * remembers its size. Adaptive content watches `notify::content-width`.
 */
LiftWindow *lift_window_new (GtkApplication *application, GSettings *settings);
GtkWidget *lift_window_get_content (LiftWindow *self);
int lift_window_get_content_width (LiftWindow *self);

void lift_window_show_opening (LiftWindow *self);
void lift_window_show_sign_in (LiftWindow *self, GtkWidget *page);
void lift_window_show_content (LiftWindow *self, GtkWidget *content);
void lift_window_show_page (LiftWindow *self, GtkWidget *page);
void lift_window_close_page (LiftWindow *self);
GtkWidget *lift_window_get_page (LiftWindow *self);
void lift_window_set_bottom_line (LiftWindow *self, GtkWidget *widget);

G_END_DECLS
