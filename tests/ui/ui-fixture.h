/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-remote-error.h"
#include "lift-transport.h"
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

/* A server that gives one answer to everything; a status of 0 is no way there. */
#define TEST_TYPE_TRANSPORT (test_transport_get_type ())
G_DECLARE_FINAL_TYPE (TestTransport, test_transport, TEST, TRANSPORT, LiftTransport)

struct _TestTransport
{
  LiftTransport parent_instance;
  guint status;
  const char *body;
};

G_END_DECLS
