/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-session-card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lift-format.h"

struct _LiftSessionCard
{
  GtkBox parent_instance;

  GtkLabel *heading;
  GtkLabel *facts;
  GtkLabel *notes;
  GtkLabel *unplanned;
};

G_DEFINE_FINAL_TYPE (LiftSessionCard, lift_session_card, GTK_TYPE_BOX)

static void
lift_session_card_class_init (LiftSessionCardClass *klass)
{
}

static GtkLabel *
add_label (LiftSessionCard *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self), label);
  return GTK_LABEL (label);
}

static void
lift_session_card_init (LiftSessionCard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "session-card");
  self->heading = add_label (self, "heading");
  self->facts = add_label (self, "dim-label");
  self->notes = add_label (self, NULL);
  self->unplanned = add_label (self, "numeric");
}

static const char *
describe_status (LiftTrainingSession *session)
{
  if (g_strcmp0 (session->status, "in_progress") == 0)
    return _ ("Being done");
  if (g_strcmp0 (session->status, "skipped") == 0)
    return _ ("Skipped");
  if (g_strcmp0 (session->status, "abandoned") == 0)
    return _ ("Broken off");
  return _ ("Done");
}

static void
show_heading (LiftSessionCard *self, LiftDesk *desk, LiftPlanReview *review)
{
  LiftTrainingSession *session = lift_plan_review_get_session (review);
  LiftDay today = lift_desk_get_today (desk);
  double percent;
  LiftCompliance compliance = lift_plan_review_get_compliance (review, today, &percent);
  g_autofree char *result = lift_compliance_describe (compliance, percent);
  g_autofree char *text = session != NULL
                            ? g_strdup_printf ("%s · %s", describe_status (session), result)
                            : g_strdup (result);

  gtk_label_set_text (self->heading, text);
}

static void
add_fact (GString *out, char *fact)
{
  if (out->len > 0 && *fact != '\0')
    g_string_append (out, " · ");
  g_string_append (out, fact);
  g_free (fact);
}

static void
show_facts (LiftSessionCard *self, LiftDesk *desk, LiftPlanReview *review)
{
  LiftTrainingSession *session = lift_plan_review_get_session (review);
  double weight = lift_plan_review_get_body_weight (review);
  g_autoptr (GString) out = g_string_new (NULL);
  LiftDay day;

  if (session != NULL && lift_day_parse (session->session_date, &day))
    add_fact (out, lift_format_day_full (day));
  add_fact (out, lift_plan_review_dup_counts (review));
  if (!isnan (weight))
    {
      g_autofree char *load = lift_format_load (weight, lift_desk_get_unit (desk));

      add_fact (out, g_strdup_printf (_ ("body weight %s"), load));
    }
  if (session != NULL && !isnan (session->session_rpe))
    {
      g_autofree char *rpe = lift_format_number (session->session_rpe);

      add_fact (out, g_strdup_printf (_ ("session RPE %s"), rpe));
    }
  gtk_label_set_text (self->facts, out->str);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), out->len > 0);
}

static void
show_notes (LiftSessionCard *self, LiftTrainingSession *session)
{
  gboolean any = session != NULL && session->notes != NULL;
  g_autofree char *text = any ? g_strdup_printf (_ ("“%s”"), session->notes) : g_strdup ("");

  gtk_label_set_text (self->notes, text);
  gtk_widget_set_visible (GTK_WIDGET (self->notes), any);
}

static void
show_unplanned (LiftSessionCard *self, LiftDesk *desk, LiftPlanReview *review)
{
  g_autoptr (GPtrArray) lines = lift_plan_review_dup_unplanned (review, lift_desk_get_unit (desk));
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->unplanned), lines->len > 0);
  g_ptr_array_add (lines, NULL);
  text = g_strjoinv ("\n", (char **) lines->pdata);
  gtk_label_set_text (self->unplanned, text);
}

/**
 * lift_session_card_show:
 *
 * Shows what came of the plan; hides itself where nothing was to come of it yet.
 */
void
lift_session_card_show (LiftSessionCard *self, LiftDesk *desk, LiftPlanReview *review)
{
  LiftTrainingSession *session = lift_plan_review_get_session (review);

  gtk_widget_set_visible (GTK_WIDGET (self), session != NULL);
  if (session == NULL)
    return;
  show_heading (self, desk, review);
  show_facts (self, desk, review);
  show_notes (self, session);
  show_unplanned (self, desk, review);
}
