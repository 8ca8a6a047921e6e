/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIFT_TYPE_PICKER_ROW (lift_picker_row_get_type ())
G_DECLARE_FINAL_TYPE (LiftPickerRow, lift_picker_row, LIFT, PICKER_ROW, GtkBox)

/* Fills a row of a picker for the item that it shows now. */
typedef void (*LiftPickerRowFunc) (GtkListItem *item, LiftPickerRow *row, gpointer user_data);

void lift_picker_row_set_texts (LiftPickerRow *self, const char *title, const char *subtitle);
void lift_picker_row_set_ticked (LiftPickerRow *self, gboolean ticked);
GtkListItemFactory *lift_picker_row_factory_new (LiftPickerRowFunc func, gpointer user_data);

G_END_DECLS
