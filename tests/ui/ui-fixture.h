/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store-fixture.h"

G_BEGIN_DECLS

typedef gboolean (*UiPredicate) (gpointer data);

/* Runs the main context until the predicate holds, for ten seconds at most. */
void ui_wait_until (UiPredicate predicate, gpointer data);
/* The first visible widget of the type, with the text if it is a label. */
GtkWidget *ui_find (GtkWidget *top, GType gtype, const char *text);
GtkWidget *ui_wait_for (GtkWidget *top, GType gtype, const char *text);
/* A window around a widget; it is destroyed with gtk_window_destroy(). */
GtkWindow *ui_show (GtkWidget *widget);

G_END_DECLS
