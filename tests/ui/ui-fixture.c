/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (TestTransport, test_transport, LIFT_TYPE_TRANSPORT)

static LiftResponse *
test_transport_send (LiftTransport *transport,
                     LiftRequest *request,
                     GCancellable *cancellable,
                     GError **error)
{
  TestTransport *self = TEST_TRANSPORT (transport);
  g_autoptr (GBytes) body = NULL;

  if (self->status == 0)
    {
      g_set_error_literal (error, LIFT_REMOTE_ERROR, LIFT_REMOTE_ERROR_OFFLINE, "No way there");
      return NULL;
    }
  body = g_bytes_new_static (self->body, strlen (self->body));
  return lift_response_new (
    self->status, self->status < 300 ? "application/json" : "application/problem+json", body);
}

static void
test_transport_class_init (TestTransportClass *klass)
{
  LIFT_TRANSPORT_CLASS (klass)->send = test_transport_send;
}

static void
test_transport_init (TestTransport *self)
{
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
ui_wait_until (UiPredicate predicate, gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  guint waker = g_timeout_add (20, wake_cb, NULL);

  while (!predicate (data) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (waker);
  g_assert_true (predicate (data));
}

static gboolean
fits (GtkWidget *widget, GType gtype, const char *text)
{
  if (!G_TYPE_CHECK_INSTANCE_TYPE (widget, gtype))
    return FALSE;
  return text == NULL ||
         (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text));
}

GtkWidget *
ui_find (GtkWidget *top, GType gtype, const char *text)
{
  if (!gtk_widget_get_visible (top))
    return NULL;
  if (fits (top, gtype, text))
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_find (child, gtype, text);
      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  GtkWidget *top;
  GType gtype;
  const char *text;
} Wanted;

static gboolean
is_there (gpointer data)
{
  Wanted *wanted = data;

  return ui_find (wanted->top, wanted->gtype, wanted->text) != NULL;
}

GtkWidget *
ui_wait_for (GtkWidget *top, GType gtype, const char *text)
{
  Wanted wanted = { top, gtype, text };

  ui_wait_until (is_there, &wanted);
  return ui_find (top, gtype, text);
}

GtkWindow *
ui_show (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 600);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  return GTK_WINDOW (window);
}
