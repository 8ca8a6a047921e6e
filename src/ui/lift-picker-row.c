/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-picker-row.h"

/* A recycled row with a title, a quiet line below it, and room for a tick. */
struct _LiftPickerRow
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *tick;
};

G_DEFINE_FINAL_TYPE (LiftPickerRow, lift_picker_row, GTK_TYPE_BOX)

static GtkLabel *
append_label (GtkBox *box, const char *first_class, const char *second_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (first_class != NULL)
    gtk_widget_add_css_class (label, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (label, second_class);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
lift_picker_row_class_init (LiftPickerRowClass *klass)
{
}

static void
lift_picker_row_init (LiftPickerRow *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  self->title = append_label (GTK_BOX (texts), NULL, NULL);
  self->subtitle = append_label (GTK_BOX (texts), "caption", "dim-label");
  self->tick = gtk_image_new_from_icon_name ("object-select-symbolic");
  gtk_widget_set_visible (self->tick, FALSE);
  gtk_box_append (GTK_BOX (self), texts);
  gtk_box_append (GTK_BOX (self), self->tick);
  gtk_widget_add_css_class (GTK_WIDGET (self), "picker-row");
}

/**
 * lift_picker_row_set_texts:
 * @subtitle: empty for none
 */
void
lift_picker_row_set_texts (LiftPickerRow *self, const char *title, const char *subtitle)
{
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *subtitle != '\0');
}

/**
 * lift_picker_row_set_ticked:
 *
 * Shows whether the item is among those chosen.
 */
void
lift_picker_row_set_ticked (LiftPickerRow *self, gboolean ticked)
{
  gtk_widget_set_visible (self->tick, ticked);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, g_object_new (LIFT_TYPE_PICKER_ROW, NULL));
}

typedef struct
{
  LiftPickerRowFunc func;
  gpointer user_data;
} Binder;

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  Binder *binder = user_data;

  binder->func (item, LIFT_PICKER_ROW (gtk_list_item_get_child (item)), binder->user_data);
}

static void
binder_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/**
 * lift_picker_row_factory_new:
 * @func: fills a row
 * @user_data: for @func; must outlive the factory
 *
 * Returns: (transfer full): makes the rows of a list view
 */
GtkListItemFactory *
lift_picker_row_factory_new (LiftPickerRowFunc func, gpointer user_data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Binder *binder = g_new (Binder, 1);

  binder->func = func;
  binder->user_data = user_data;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), binder, binder_free, 0);
  return factory;
}
