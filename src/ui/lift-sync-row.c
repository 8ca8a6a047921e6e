/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-sync-row.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"
#include "lift-wrap-layout.h"

#define BUTTON_SPACING 6

struct _LiftSyncRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkLabel *subject;
  GtkLabel *values;
  GtkLabel *text;
  GtkLabel *due;
  GtkWidget *icon_buttons;
  GtkWidget *buttons;

  LiftSyncItem *item;
  gboolean compact;
  guint acts; /* those that there are buttons for */
  gint64 now;
};

static const struct
{
  const char *label;
  const char *icon;
  const char *tooltip;
} act_words[LIFT_SYNC_N_ACTS] = {
  [LIFT_SYNC_ACT_EDIT] = { N_ ("Edit"), "document-edit-symbolic", N_ ("Show where this is") },
  [LIFT_SYNC_ACT_RETRY] = { N_ ("Retry"), "view-refresh-symbolic", N_ ("Send it again now") },
  [LIFT_SYNC_ACT_DISCARD] = { N_ ("Discard My Change"), "edit-undo-symbolic",
                              N_ ("Go back to what the server has; a copy is kept") },
  [LIFT_SYNC_ACT_RESTORE] = { N_ ("Restore"), "edit-redo-symbolic",
                              N_ ("Use the value that is kept here") },
  [LIFT_SYNC_ACT_DELETE] = { N_ ("Delete It"), "user-trash-symbolic",
                             N_ ("Delete it here and on the server") },
  [LIFT_SYNC_ACT_BRING_BACK] = { N_ ("Bring It Back"), "edit-redo-symbolic",
                                 N_ ("Have it again, here and on the server") },
  [LIFT_SYNC_ACT_DISMISS] = { N_ ("Dismiss"), "window-close-symbolic",
                              N_ ("Leave it as it is, and take this off the list") },
};

static guint act_signal;

G_DEFINE_FINAL_TYPE (LiftSyncRow, lift_sync_row, GTK_TYPE_LIST_BOX_ROW)

static LiftSyncAct
get_act (GtkWidget *button)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "act"));
}

static void
clicked_cb (LiftSyncRow *self, GtkWidget *button)
{
  g_signal_emit (self, act_signal, 0, get_act (button));
}

static char *
dup_name (LiftSyncRow *self)
{
  return *self->item->subject != '\0'
           ? g_strdup_printf ("%s · %s", self->item->title, self->item->subject)
           : g_strdup (self->item->title);
}

/* The words on a button are the same in each row: its name also says which row it is. */
static void
describe_button (LiftSyncRow *self, GtkWidget *button, LiftSyncAct act)
{
  const char *label = g_dgettext (GETTEXT_PACKAGE, act_words[act].label);
  g_autofree char *tooltip = NULL;
  g_autofree char *which = dup_name (self);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, which);

  if (self->compact)
    tooltip = g_strdup_printf ("%s. %s", label,
                               g_dgettext (GETTEXT_PACKAGE, act_words[act].tooltip));
  else
    tooltip = g_strdup (g_dgettext (GETTEXT_PACKAGE, act_words[act].tooltip));
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
append_button (LiftSyncRow *self, LiftSyncAct act)
{
  GtkWidget *box = self->compact ? self->icon_buttons : self->buttons;
  GtkWidget *button = self->compact ? gtk_button_new_from_icon_name (act_words[act].icon)
                                    : gtk_button_new_with_label (
                                        g_dgettext (GETTEXT_PACKAGE, act_words[act].label));

  describe_button (self, button, act);
  if (self->compact)
    gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "act", GINT_TO_POINTER (act));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (box), button);
}

/* Buttons that stay keep the focus. */
static void
describe_buttons (LiftSyncRow *self, GtkWidget *box)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    describe_button (self, child, get_act (child));
}

static void
show_buttons (LiftSyncRow *self)
{
  GtkWidget *box = self->compact ? self->icon_buttons : self->buttons;
  GtkWidget *child;

  if (self->acts == self->item->acts)
    {
      describe_buttons (self, box);
      return;
    }
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
  self->acts = self->item->acts;
  for (guint act = 0; act < LIFT_SYNC_N_ACTS; act++)
    if (self->acts & (1u << act))
      append_button (self, act);
  gtk_widget_set_visible (box, self->acts != 0);
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_due (LiftSyncRow *self)
{
  g_autofree char *ahead = NULL;
  g_autofree char *words = NULL;

  if (self->item->due != LIFT_INT_NULL)
    {
      ahead = lift_format_time_ahead (self->item->due, self->now);
      /* Translators: %s is "in 2 min" or "now". */
      words = g_strdup_printf (_ ("Will be tried again %s."), ahead);
    }
  show_text (self->due, words);
}

static void
show_item (LiftSyncRow *self)
{
  g_autofree char *name = dup_name (self);

  show_text (self->title, self->item->title);
  show_text (self->subject, self->item->subject);
  show_text (self->values, self->item->values);
  show_text (self->text, self->item->text);
  show_due (self);
  show_buttons (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
lift_sync_row_dispose (GObject *object)
{
  LiftSyncRow *self = LIFT_SYNC_ROW (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (lift_sync_row_parent_class)->dispose (object);
}

static void
lift_sync_row_class_init (LiftSyncRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lift_sync_row_dispose;
  act_signal = g_signal_new ("act", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                             NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liftlogger/ui/lift-sync-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LiftSyncRow, title);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncRow, subject);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncRow, values);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncRow, text);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncRow, due);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncRow, icon_buttons);
  gtk_widget_class_bind_template_child (widget_class, LiftSyncRow, buttons);
}

static void
lift_sync_row_init (LiftSyncRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->buttons, lift_wrap_layout_new (BUTTON_SPACING));
}

/**
 * lift_sync_row_new:
 * @item: what it shows
 * @compact: whether the buttons are icons beside the words; else they are words below them
 * @now: the present instant, in microseconds
 *
 * Returns: (transfer none): a row
 */
GtkWidget *
lift_sync_row_new (LiftSyncItem *item, gboolean compact, gint64 now)
{
  LiftSyncRow *self = g_object_new (LIFT_TYPE_SYNC_ROW, NULL);

  self->item = g_object_ref (item);
  self->compact = compact;
  self->now = now;
  g_signal_connect_swapped (item, "changed", G_CALLBACK (show_item), self);
  show_item (self);
  return GTK_WIDGET (self);
}

/**
 * lift_sync_row_get_item:
 *
 * Returns: (transfer none): what it shows
 */
LiftSyncItem *
lift_sync_row_get_item (LiftSyncRow *self)
{
  return self->item;
}

/**
 * lift_sync_row_set_now:
 * @now: the present instant, in microseconds
 *
 * Says how late it is, which the words about the next try follow.
 */
void
lift_sync_row_set_now (LiftSyncRow *self, gint64 now)
{
  self->now = now;
  show_due (self);
}
