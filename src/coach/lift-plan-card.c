/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-plan-card.h"

#include <glib/gi18n-lib.h>

#define ID_KEY "lift-plan-card-id"

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_lines (GtkWidget *box, GPtrArray *lines)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  for (guint i = 0; i < lines->len; i++)
    {
      LiftWeekLine *line = lines->pdata[i];

      add_label (list, line->name, "caption");
      if (*line->sets != '\0')
        {
          GtkWidget *sets = add_label (list, line->sets, "caption");

          gtk_widget_add_css_class (sets, "dim-label");
          gtk_widget_add_css_class (sets, "numeric");
        }
    }
  gtk_widget_set_visible (list, lines->len > 0);
  gtk_box_append (GTK_BOX (box), list);
}

static char *
describe_sets (const LiftWeekItem *item)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u set", "%u sets", item->n_sets),
                          item->n_sets);
}

static void
add_footer (GtkWidget *box, const LiftWeekItem *item)
{
  const char *status = lift_week_item_get_status (item);
  g_autofree char *sets = describe_sets (item);
  g_autofree char *text = g_strdup_printf ("%s · %s", status, sets);
  g_autofree char *done = lift_week_item_dup_done (item);
  g_autofree char *counts = lift_week_item_dup_counts (item);
  g_autofree char *css_class = g_strdup_printf ("done-%s",
                                                lift_compliance_get_name (item->compliance));
  GtkWidget *label = add_label (box, text, "caption");

  gtk_widget_add_css_class (label, "status");
  if (*done != '\0')
    {
      GtkWidget *result = add_label (box, done, "caption-heading");

      gtk_widget_set_tooltip_text (result, *counts != '\0' ? counts : NULL);
      gtk_widget_add_css_class (result, css_class);
      gtk_widget_add_css_class (result, "numeric");
    }
}

static char *
dup_full_name (const LiftWeekItem *item)
{
  g_autofree char *sets = describe_sets (item);
  g_autofree char *done = lift_week_item_dup_done (item);
  g_autofree char *counts = lift_week_item_dup_counts (item);

  return g_strdup_printf ("%s, %s, %s%s%s%s%s", lift_week_item_get_name (item),
                          lift_week_item_get_status (item), sets, *done != '\0' ? ", " : "", done,
                          *counts != '\0' ? ", " : "", counts);
}

static GtkWidget *
new_content (const LiftWeekItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  add_label (box, lift_week_item_get_name (item), "heading");
  add_lines (box, item->lines);
  add_footer (box, item);
  return box;
}

/**
 * lift_plan_card_new:
 *
 * Returns: (transfer none): a button that shows a plan; a box for a session that followed none
 */
GtkWidget *
lift_plan_card_new (const LiftWeekItem *item)
{
  GtkWidget *card = item->plan != NULL ? gtk_button_new ()
                                       : gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = dup_full_name (item);

  if (item->plan != NULL)
    gtk_button_set_child (GTK_BUTTON (card), new_content (item));
  else
    gtk_box_append (GTK_BOX (card), new_content (item));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "plan-card");
  if (g_strcmp0 (lift_week_item_get_status (item), _ ("Draft")) == 0)
    gtk_widget_add_css_class (card, "draft");
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (card), ID_KEY, g_strdup (lift_week_item_get_id (item)), g_free);
  return card;
}

/**
 * lift_plan_card_get_id:
 *
 * Returns: the id of its plan or session
 */
const char *
lift_plan_card_get_id (GtkWidget *card)
{
  return g_object_get_data (G_OBJECT (card), ID_KEY);
}
