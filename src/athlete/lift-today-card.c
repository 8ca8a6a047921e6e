/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lift-today-card.h"

#include <glib/gi18n-lib.h>

#include "lift-format.h"

/* The cards of the today page: what is to be done, and the one button that does it. */

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_card (const char *title, const char *subtitle)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "plan");
  gtk_box_append (GTK_BOX (card), new_label (title, "title-3"));
  if (subtitle != NULL && *subtitle != '\0')
    gtk_box_append (GTK_BOX (card), new_label (subtitle, "dim-label"));
  return card;
}

static void
add_button (
  GtkWidget *card, const char *label, const char *action, const char *id, gboolean is_first_choice)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_margin_top (button, 9);
  gtk_widget_add_css_class (button, "tall");
  if (is_first_choice)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (card), button);
}

static char *
describe_started (LiftTrainingSession *session)
{
  g_autofree char *time = NULL;

  if (session->started_at == LIFT_INT_NULL)
    return NULL;
  time = lift_format_clock_time (session->started_at);
  /* Translators: %s is a time of day. */
  return g_strdup_printf (_ ("Started at %s"), time);
}

static gboolean
is_open (LiftTrainingSession *session)
{
  return g_strcmp0 (session->status, "in_progress") == 0;
}

static char *
describe_sets (LiftAgendaItem *item)
{
  return item->n_sets == 0
           ? NULL
           : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u set", "%u sets", item->n_sets),
                              item->n_sets);
}

/**
 * lift_today_card_new:
 * @item: a plan, and the session that follows it if there is one
 * @is_first_choice: whether to go on with it is the most likely thing to do now
 *
 * Returns: (transfer none): a card with the button that starts, continues or shows it
 */
GtkWidget *
lift_today_card_new (LiftAgendaItem *item, gboolean is_first_choice)
{
  GtkWidget *card = new_card (item->plan->name, item->summary);
  g_autofree char *sets = describe_sets (item);

  if (item->plan->notes != NULL)
    gtk_box_append (GTK_BOX (card), new_label (item->plan->notes, "cue"));
  if (sets != NULL)
    gtk_box_append (GTK_BOX (card), new_label (sets, "caption"));
  if (item->session == NULL)
    add_button (card, _ ("Start Session"), "athlete.start", LIFT_ENTITY (item->plan)->id,
                is_first_choice);
  else if (is_open (item->session))
    add_button (card, _ ("Continue Session"), "athlete.open-session",
                LIFT_ENTITY (item->session)->id, is_first_choice);
  else
    {
      gtk_box_append (GTK_BOX (card), new_label (_ ("✓ Done"), "success"));
      add_button (card, _ ("Show Session"), "athlete.show-session", LIFT_ENTITY (item->session)->id,
                  FALSE);
    }
  return card;
}

/**
 * lift_today_card_new_for_session:
 * @session: a session in progress
 * @is_first_choice: whether to go on with it is the most likely thing to do now
 *
 * Returns: (transfer none): a card with the button that continues it
 */
GtkWidget *
lift_today_card_new_for_session (LiftTrainingSession *session, gboolean is_first_choice)
{
  g_autofree char *started = describe_started (session);
  GtkWidget *card = new_card (session->name != NULL ? session->name : _ ("Session"), started);

  add_button (card, _ ("Continue Session"), "athlete.open-session", LIFT_ENTITY (session)->id,
              is_first_choice);
  return card;
}
