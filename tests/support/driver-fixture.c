/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window with one of each widget that the tests of the apps drive: test_driver.py drives this one. */

#include <adwaita.h>

typedef struct
{
  GtkWidget *window;
  GtkWidget *entry;
  GtkWidget *status;
  GtkWidget *list;
  GtkWidget *stack;
  guint clicks;
} Fixture;

static void
add_row (Fixture *self, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
add_clicked_cb (Fixture *self)
{
  g_autofree char *text = NULL;

  self->clicks++;
  text = g_strdup_printf ("Added %s, %u so far", gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                          self->clicks);
  gtk_label_set_label (GTK_LABEL (self->status), text);
  add_row (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

static void
switched_cb (Fixture *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  gtk_label_set_label (GTK_LABEL (self->status),
                       gtk_switch_get_active (toggle) ? "Switched on" : "Switched off");
}

static void
row_activated_cb (Fixture *self, AdwPreferencesRow *row)
{
  g_autofree char *text = g_strdup_printf ("Row %s", adw_preferences_row_get_title (row));

  gtk_label_set_label (GTK_LABEL (self->status), text);
}

static void
chosen_cb (Fixture *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop_down);
  g_autofree char *text = g_strdup_printf ("Chose %s", gtk_string_object_get_string (item));

  gtk_label_set_label (GTK_LABEL (self->status), text);
}

static void
page_clicked_cb (Fixture *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "second");
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  Fixture *self = user_data;

  gtk_label_set_label (GTK_LABEL (self->status), "Escape was pressed");
  return TRUE;
}

static GtkWidget *
new_button (const char *label, GCallback callback, Fixture *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
new_drop_down (Fixture *self)
{
  static const char *const units[] = { "Kilos", "Pounds", NULL };
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (units);

  /* Releases after 4.8 name it after the chosen item, before any name of ours. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, "Unit",
                                  -1);
  g_signal_connect_swapped (drop_down, "notify::selected", G_CALLBACK (chosen_cb), self);
  return drop_down;
}

static GtkWidget *
new_first_page (Fixture *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *toggle = gtk_switch_new ();
  GtkWidget *password = gtk_password_entry_new ();

  self->entry = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Exercise", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (password), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Password", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Kilograms", -1);
  gtk_widget_set_halign (toggle, GTK_ALIGN_START);
  g_signal_connect_swapped (toggle, "notify::active", G_CALLBACK (switched_cb), self);
  self->status = gtk_label_new ("Nothing yet");
  self->list = gtk_list_box_new ();
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), password);
  gtk_box_append (GTK_BOX (box), new_button ("_Add exercise", G_CALLBACK (add_clicked_cb), self));
  gtk_box_append (GTK_BOX (box), toggle);
  gtk_box_append (GTK_BOX (box), new_drop_down (self));
  gtk_box_append (GTK_BOX (box), new_button ("_Next page", G_CALLBACK (page_clicked_cb), self));
  gtk_box_append (GTK_BOX (box), self->status);
  gtk_box_append (GTK_BOX (box), self->list);
  return box;
}

static void
fill_window (Fixture *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), new_first_page (self), "first");
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_label_new ("The second page"), "second");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), self->stack);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), box);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (shortcuts),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_callback_action_new (escape_cb, self, NULL)));
  gtk_widget_add_controller (self->window, shortcuts);
}

static void
activate_cb (GtkApplication *app, gpointer user_data)
{
  Fixture *self = user_data;

  self->window = adw_application_window_new (app);
  gtk_window_set_title (GTK_WINDOW (self->window), "Driver fixture");
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 500);
  fill_window (self);
  gtk_window_present (GTK_WINDOW (self->window));
}

int
main (int argc, char **argv)
{
  Fixture fixture = { 0 };
  g_autoptr (AdwApplication)
    app = adw_application_new ("org.liftlogger.DriverFixture", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), &fixture);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
