/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-text-field.h"

#define FIELD_KEY "lift-text-field"

/* Entries that write on Enter and when they are left, and give up on Escape. */
typedef struct
{
  LiftTextFieldSave save;
  gpointer user_data;
  char *shown; /* what the store says */
} Field;

static void
field_free (Field *field)
{
  g_free (field->shown);
  g_free (field);
}

static Field *
get_field (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), FIELD_KEY);
}

static gboolean
is_edited (GtkWidget *widget)
{
  return g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (widget)), get_field (widget)->shown) != 0;
}

static void
show_fault (GtkWidget *widget, const char *fault)
{
  if (fault != NULL)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
  gtk_widget_set_tooltip_text (widget, fault);
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_INVALID,
    fault != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/**
 * lift_text_field_flush:
 *
 * Writes what was typed, if it is anything new.
 */
void
lift_text_field_flush (GtkWidget *widget)
{
  Field *field = get_field (widget);
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (widget)));
  g_autofree char *fault = NULL;

  if (!is_edited (widget))
    {
      show_fault (widget, NULL);
      return;
    }
  fault = field->save (widget, text, field->user_data);
  show_fault (widget, fault);
}

static void
leave_cb (GtkEventController *controller)
{
  lift_text_field_flush (gtk_event_controller_get_widget (controller));
}

/**
 * lift_text_field_give_up:
 *
 * Brings back what the store says.
 */
void
lift_text_field_give_up (GtkWidget *field)
{
  if (!is_edited (field))
    return;
  gtk_editable_set_text (GTK_EDITABLE (field), get_field (field)->shown);
  gtk_editable_set_position (GTK_EDITABLE (field), -1);
  show_fault (field, NULL);
}

static gboolean
key_pressed_cb (GtkEventController *controller, guint keyval, guint keycode, GdkModifierType state)
{
  GtkWidget *widget = gtk_event_controller_get_widget (controller);

  if (keyval != GDK_KEY_Escape || !is_edited (widget))
    return GDK_EVENT_PROPAGATE;
  lift_text_field_give_up (widget);
  return GDK_EVENT_STOP;
}

/**
 * lift_text_field_attach:
 * @field: an editable widget
 *
 * Makes an entry write what was typed on Enter, when it is left and when it goes. Escape brings
 * back what was there.
 */
void
lift_text_field_attach (GtkWidget *field, LiftTextFieldSave save, gpointer user_data)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  Field *data = g_new0 (Field, 1);
  const char *enter = g_signal_lookup ("entry-activated", G_OBJECT_TYPE (field)) != 0
                        ? "entry-activated"
                        : "activate";

  data->save = save;
  data->user_data = user_data;
  data->shown = g_strdup ("");
  g_object_set_data_full (G_OBJECT (field), FIELD_KEY, data, (GDestroyNotify) field_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), NULL);
  g_signal_connect (field, enter, G_CALLBACK (lift_text_field_flush), NULL);
  g_signal_connect (field, "unmap", G_CALLBACK (lift_text_field_flush), NULL);
  gtk_widget_add_controller (field, focus);
  gtk_widget_add_controller (field, keys);
}

/**
 * lift_text_field_show:
 * @text: (nullable): what the store says
 *
 * Shows it, unless somebody is typing something else just now.
 */
void
lift_text_field_show (GtkWidget *field, const char *text)
{
  Field *data = get_field (field);
  gboolean edited = is_edited (field);
  const char *now = gtk_editable_get_text (GTK_EDITABLE (field));

  if (text == NULL)
    text = "";
  if (g_strcmp0 (data->shown, text) != 0)
    {
      g_free (data->shown);
      data->shown = g_strdup (text);
    }
  if (edited && gtk_widget_get_state_flags (field) & GTK_STATE_FLAG_FOCUS_WITHIN)
    return;
  show_fault (field, NULL);
  if (!g_str_equal (text, now))
    gtk_editable_set_text (GTK_EDITABLE (field), text);
}

/**
 * lift_text_field_set_label:
 *
 * Names an entry that has no visible label.
 */
void
lift_text_field_set_label (GtkWidget *field, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
