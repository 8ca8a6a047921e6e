/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void lift_toast (GtkWidget *widget, const char *format, ...) G_GNUC_PRINTF (2, 3);
void lift_toast_action (
  GtkWidget *widget, const char *title, const char *label, const char *action, GVariant *target);
void lift_toast_undo (GtkWidget *widget, const char *title);
void lift_toast_withdraw_undo (void);
void lift_toast_error (GtkWidget *widget, const GError *error);

G_END_DECLS
