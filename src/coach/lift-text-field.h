/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LiftTextFieldSave:
 *
 * Writes what was typed.
 *
 * Returns: (transfer full) (nullable): what is wrong with @text, if it cannot be written
 */
typedef char *(*LiftTextFieldSave) (GtkWidget *field, const char *text, gpointer user_data);

void lift_text_field_attach (GtkWidget *field, LiftTextFieldSave save, gpointer user_data);
void lift_text_field_show (GtkWidget *field, const char *text);
void lift_text_field_flush (GtkWidget *field);
void lift_text_field_give_up (GtkWidget *field);
void lift_text_field_set_label (GtkWidget *field, const char *label);

G_END_DECLS
