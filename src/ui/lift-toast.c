/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-toast.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Toasts use markup; what people typed must not be taken for it. */
static AdwToast *
new_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  GtkRoot *root = gtk_widget_get_root (widget);

  /* From a window of its own (a picker) the toast shows in the window below. */
  if (overlay == NULL && GTK_IS_WINDOW (root))
    {
      GtkWindow *below = gtk_window_get_transient_for (GTK_WINDOW (root));
      GtkWidget *content = below != NULL && ADW_IS_APPLICATION_WINDOW (below)
                             ? adw_application_window_get_content (ADW_APPLICATION_WINDOW (below))
                             : NULL;
      overlay = ADW_IS_TOAST_OVERLAY (content) ? content : NULL;
    }
  return overlay != NULL ? ADW_TOAST_OVERLAY (overlay) : NULL;
}

static void
show (GtkWidget *widget, AdwToast *toast)
{
  AdwToastOverlay *overlay = find_overlay (widget);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (overlay, g_object_ref (toast));
}

/**
 * lift_toast:
 * @widget: any widget inside the window
 * @format: a sentence as in printf, not markup
 *
 * Says something in passing, over the content of the window.
 */
void
lift_toast (GtkWidget *widget, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autoptr (AdwToast) toast = NULL;
  va_list args;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  toast = g_object_ref_sink (new_toast (text));
  show (widget, toast);
}

/* The offer to take something back that is on the screen, or waits to be. */
static AdwToast *offer;

static void
forget_cb (AdwToast *toast)
{
  if (toast == offer)
    g_clear_weak_pointer (&offer);
}

/**
 * lift_toast_withdraw_undo:
 *
 * Takes away the button of [func@toast_undo], which would take back something else by now.
 */
void
lift_toast_withdraw_undo (void)
{
  if (offer != NULL)
    adw_toast_dismiss (offer);
}

/**
 * lift_toast_action:
 * @widget: any widget inside the window
 * @title: what was done
 * @label: what the button says, "Undo"
 * @action: how it is taken back; an action of the program, since @widget may go before
 * @target: (nullable): with what; taken over if floating
 *
 * Says what was done, with a button that takes it back. It goes with the next such offer.
 */
void
lift_toast_action (
  GtkWidget *widget, const char *title, const char *label, const char *action, GVariant *target)
{
  g_autoptr (AdwToast) toast = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  toast = g_object_ref_sink (new_toast (title));
  adw_toast_set_button_label (toast, label);
  adw_toast_set_action_target_value (toast, target);
  adw_toast_set_action_name (toast, action);
  lift_toast_withdraw_undo ();
  g_set_weak_pointer (&offer, toast);
  g_signal_connect (toast, "dismissed", G_CALLBACK (forget_cb), NULL);
  show (widget, toast);
}

/**
 * lift_toast_undo:
 * @widget: any widget inside the window
 * @title: what was done, "Set deleted"
 *
 * Says what was done, with a button that takes it back (app.undo).
 */
void
lift_toast_undo (GtkWidget *widget, const char *title)
{
  lift_toast_action (widget, title, _ ("Undo"), "app.undo", NULL);
}

/**
 * lift_toast_error:
 * @widget: any widget inside the window
 * @error: what went wrong; a cancellation is not worth a word
 *
 * Says that something failed. Stays until the person has read it.
 */
void
lift_toast_error (GtkWidget *widget, const GError *error)
{
  g_autoptr (AdwToast) toast = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  toast = g_object_ref_sink (new_toast (error->message));
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  show (widget, toast);
}
