/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-day-column.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"
#include "lift-plan-card.h"

enum
{
  OPEN,
  DELETE,
  ADD,
  CHOSEN,
  N_SIGNALS
};

struct _LiftDayColumn
{
  GtkBox parent_instance;

  GtkBox *heading_box;
  GtkLabel *weekday_label;
  GtkLabel *date_label;
  GtkBox *cards_box;
  GtkWidget *add_button;
  LiftDay day;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiftDayColumn, lift_day_column, GTK_TYPE_BOX)

static void
add_cb (LiftDayColumn *self)
{
  g_signal_emit (self, signals[ADD], 0);
}

static void
enter_cb (LiftDayColumn *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
card_clicked_cb (LiftDayColumn *self, GtkWidget *card)
{
  g_signal_emit (self, signals[OPEN], 0, lift_plan_card_get_id (card));
}

static gboolean
card_key_cb (GtkEventController *controller,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             LiftDayColumn *self)
{
  GtkWidget *card = gtk_event_controller_get_widget (controller);

  if (keyval != GDK_KEY_Delete && keyval != GDK_KEY_KP_Delete)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[DELETE], 0, lift_plan_card_get_id (card));
  return GDK_EVENT_STOP;
}

static void
lift_day_column_class_init (LiftDayColumnClass *klass)
{
  signals[OPEN] = g_signal_new ("open", LIFT_TYPE_DAY_COLUMN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DELETE] = g_signal_new ("delete", LIFT_TYPE_DAY_COLUMN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ADD] = g_signal_new ("add", LIFT_TYPE_DAY_COLUMN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  signals[CHOSEN] = g_signal_new ("chosen", LIFT_TYPE_DAY_COLUMN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
make_heading (LiftDayColumn *self)
{
  self->heading_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->weekday_label = GTK_LABEL (gtk_label_new (NULL));
  self->date_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->weekday_label, 0);
  gtk_label_set_xalign (self->date_label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->weekday_label), "caption-heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->date_label), "date");
  gtk_widget_add_css_class (GTK_WIDGET (self->heading_box), "day-heading");
  gtk_box_append (self->heading_box, GTK_WIDGET (self->weekday_label));
  gtk_box_append (self->heading_box, GTK_WIDGET (self->date_label));
}

static void
lift_day_column_init (LiftDayColumn *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  make_heading (self);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "day");
  self->cards_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->add_button = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->heading_box));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->cards_box));
  gtk_box_append (GTK_BOX (self), self->add_button);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (enter_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/**
 * lift_day_column_new:
 *
 * Returns: (transfer none): a day that shows nothing yet
 */
GtkWidget *
lift_day_column_new (void)
{
  return g_object_new (LIFT_TYPE_DAY_COLUMN, NULL);
}

static char *
format_day (LiftDay day, const char *format)
{
  int year, month, dom;
  g_autoptr (GDateTime) date = NULL;

  lift_day_to_date (day, &year, &month, &dom);
  date = g_date_time_new_utc (year, month, dom, 0, 0, 0);
  return g_date_time_format (date, format);
}

static void
show_heading (LiftDayColumn *self, LiftDay today)
{
  g_autofree char *weekday = format_day (self->day, "%a");
  g_autofree char *date = format_day (self->day, "%-d");
  /* Translators: a day for screen readers, as in strftime: "Monday 23 November". */
  g_autofree char *full = format_day (self->day, _ ("%A %-d %B"));
  g_autofree char *label = g_strdup_printf (_ ("New plan on %s"), full);

  gtk_label_set_text (self->weekday_label, weekday);
  gtk_label_set_text (self->date_label, date);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_tooltip_text (self->add_button, label);
  if (self->day == today)
    gtk_widget_add_css_class (GTK_WIDGET (self), "today");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "today");
}

static void
add_card (LiftDayColumn *self, const LiftWeekItem *item, const char *focus_id)
{
  GtkWidget *card = lift_plan_card_new (item);
  GtkEventController *keys;

  gtk_box_append (self->cards_box, card);
  if (item->plan == NULL)
    return;
  keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (card_key_cb), self);
  gtk_widget_add_controller (card, keys);
  g_signal_connect_swapped (card, "clicked", G_CALLBACK (card_clicked_cb), self);
  if (g_strcmp0 (lift_week_item_get_id (item), focus_id) == 0)
    gtk_widget_grab_focus (card);
}

/* The cards are made anew; the focus goes to the same plan again, or else to the day. */
static char *
dup_focus_id (LiftDayColumn *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self->cards_box));

  return child != NULL ? g_strdup (lift_plan_card_get_id (child)) : NULL;
}

/**
 * lift_day_column_show:
 * @today: the day that it is
 *
 * Shows a day of the week as it was last read.
 */
void
lift_day_column_show (LiftDayColumn *self, LiftWeek *week, LiftDay day, LiftDay today)
{
  g_autoptr (GPtrArray) items = lift_week_select_day (week, day);
  g_autofree char *focus_id = dup_focus_id (self);
  GtkWidget *child;

  self->day = day;
  show_heading (self, today);
  if (focus_id != NULL)
    gtk_widget_grab_focus (self->add_button);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards_box))) != NULL)
    gtk_box_remove (self->cards_box, child);
  for (guint i = 0; i < items->len; i++)
    add_card (self, items->pdata[i], focus_id);
}

/**
 * lift_day_column_set_narrow:
 *
 * Puts the date beside the plans, or above them.
 */
void
lift_day_column_set_narrow (LiftDayColumn *self, gboolean narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), orientation);
  gtk_widget_set_hexpand (GTK_WIDGET (self->cards_box), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->heading_box), narrow ? 40 : -1, -1);
  gtk_widget_set_halign (self->add_button, narrow ? GTK_ALIGN_END : GTK_ALIGN_FILL);
  gtk_widget_set_valign (self->add_button, narrow ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_hexpand (self->add_button, FALSE);
}

/**
 * lift_day_column_get_day:
 *
 * Returns: which day it shows
 */
LiftDay
lift_day_column_get_day (LiftDayColumn *self)
{
  return self->day;
}

/**
 * lift_day_column_focus_plan:
 * @id: (nullable): a plan; %NULL for none in particular
 *
 * Puts the focus on a plan, or on the way to make one.
 *
 * Returns: whether it is on this day
 */
gboolean
lift_day_column_focus_plan (LiftDayColumn *self, const char *id)
{
  if (id == NULL)
    return gtk_widget_grab_focus (self->add_button);
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards_box)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    if (g_strcmp0 (lift_plan_card_get_id (card), id) == 0)
      return gtk_widget_grab_focus (card);
  return FALSE;
}
