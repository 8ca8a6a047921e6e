/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-athlete-row.h"

struct _LiftAthleteRow
{
  GtkListBoxRow parent_instance;

  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *hint;
  LiftAthlete *athlete;
};

G_DEFINE_FINAL_TYPE (LiftAthleteRow, lift_athlete_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_name (LiftAthleteRow *self)
{
  const char *name = self->athlete->display_name;

  gtk_label_set_text (self->name, name);
  adw_avatar_set_text (self->avatar, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : "", -1);
}

static void
lift_athlete_row_dispose (GObject *object)
{
  g_clear_object (&LIFT_ATHLETE_ROW (object)->athlete);
  G_OBJECT_CLASS (lift_athlete_row_parent_class)->dispose (object);
}

static void
lift_athlete_row_class_init (LiftAthleteRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lift_athlete_row_dispose;
}

static GtkLabel *
add_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
lift_athlete_row_init (LiftAthleteRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  self->avatar = ADW_AVATAR (adw_avatar_new (32, NULL, TRUE));
  self->name = add_label (texts);
  self->hint = add_label (texts);
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "caption");
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "athlete-row");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->avatar));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

/**
 * lift_athlete_row_new:
 *
 * Returns: (transfer none): a row that follows the athlete's name
 */
GtkWidget *
lift_athlete_row_new (LiftAthlete *athlete)
{
  LiftAthleteRow *self = g_object_new (LIFT_TYPE_ATHLETE_ROW, NULL);

  self->athlete = g_object_ref (athlete);
  g_signal_connect_object (athlete, "notify::display-name", G_CALLBACK (show_name), self,
                           G_CONNECT_SWAPPED);
  show_name (self);
  return GTK_WIDGET (self);
}

/**
 * lift_athlete_row_get_athlete:
 *
 * Returns: (transfer none): whom it shows
 */
LiftAthlete *
lift_athlete_row_get_athlete (LiftAthleteRow *self)
{
  return self->athlete;
}

/**
 * lift_athlete_row_show_hint:
 *
 * Says how the athlete gets on.
 */
void
lift_athlete_row_show_hint (LiftAthleteRow *self, LiftRoster *roster)
{
  gboolean missed = FALSE;
  g_autofree char *text = lift_roster_dup_hint (roster, self->athlete, &missed);
  GtkWidget *label = GTK_WIDGET (self->hint);

  gtk_label_set_text (self->hint, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  gtk_widget_remove_css_class (label, missed ? "dim-label" : "done-missed");
  gtk_widget_add_css_class (label, missed ? "done-missed" : "dim-label");
}
