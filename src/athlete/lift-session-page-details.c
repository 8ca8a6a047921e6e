/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lift-format.h"
#include "lift-load.h"
#include "lift-number.h"
#include "lift-session-page-private.h"

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
mark_wrong (AdwEntryRow *row, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static gboolean
read_weight (LiftSessionPage *self, double *kg, const char **unit)
{
  return *get_text (self->weight_row) != '\0' &&
         lift_load_parse (get_text (self->weight_row), self->unit, kg, unit, NULL) && *kg >= 20 &&
         *kg <= 500;
}

static void
save_weight (gpointer user_data)
{
  LiftSessionPage *self = user_data;
  const char *unit;
  double kg;

  if (self->workout != NULL && read_weight (self, &kg, &unit) &&
      kg != self->workout->session->body_weight)
    lift_session_editor_set_body_weight (self->editor, self->workout, kg, unit);
}

static void
save_rpe (gpointer user_data)
{
  LiftSessionPage *self = user_data;
  const char *text = get_text (self->rpe_row);
  double rpe = NAN;
  gboolean wrong = *text != '\0' &&
                   (!lift_number_read (&text, &rpe) || *text != '\0' || !(rpe >= 0 && rpe <= 10));

  mark_wrong (self->rpe_row, wrong);
  if (!wrong && self->workout != NULL)
    lift_session_editor_set_session_rpe (self->editor, self->workout->session, rpe);
}

static void
save_notes (gpointer user_data)
{
  LiftSessionPage *self = user_data;

  if (self->workout != NULL)
    lift_session_editor_set_text (self->editor, LIFT_ENTITY (self->workout->session),
                                  get_text (self->notes_row));
}

static void
weight_changed_cb (LiftSessionPage *self)
{
  mark_wrong (self->weight_row, FALSE);
  if (!self->is_filling)
    lift_autosave_touch (self->weight_autosave);
}

static void
weight_entered_cb (LiftSessionPage *self)
{
  const char *unit;
  double kg;

  mark_wrong (self->weight_row,
              *get_text (self->weight_row) != '\0' && !read_weight (self, &kg, &unit));
  lift_autosave_flush (self->weight_autosave);
}

static void
rpe_changed_cb (LiftSessionPage *self)
{
  if (!self->is_filling)
    lift_autosave_touch (self->rpe_autosave);
}

static void
rpe_left_cb (LiftSessionPage *self)
{
  lift_autosave_flush (self->rpe_autosave);
}

static void
notes_changed_cb (LiftSessionPage *self)
{
  if (!self->is_filling)
    lift_autosave_touch (self->notes_autosave);
}

static void
notes_left_cb (LiftSessionPage *self)
{
  lift_autosave_flush (self->notes_autosave);
}

void
lift_session_page_details_bind (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LiftSessionPage, weight_row);
  gtk_widget_class_bind_template_child (widget_class, LiftSessionPage, rpe_row);
  gtk_widget_class_bind_template_child (widget_class, LiftSessionPage, notes_row);
  gtk_widget_class_bind_template_callback (widget_class, weight_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, weight_entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, rpe_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rpe_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, notes_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, notes_left_cb);
}

void
lift_session_page_details_init (LiftSessionPage *self)
{
  self->weight_autosave = lift_autosave_new (save_weight, self);
  self->rpe_autosave = lift_autosave_new (save_rpe, self);
  self->notes_autosave = lift_autosave_new (save_notes, self);
}

/* Writes what was typed and is not saved yet. */
void
lift_session_page_details_flush (LiftSessionPage *self)
{
  lift_autosave_flush (self->weight_autosave);
  lift_autosave_flush (self->rpe_autosave);
  lift_autosave_flush (self->notes_autosave);
}

void
lift_session_page_details_clear (LiftSessionPage *self)
{
  g_clear_pointer (&self->weight_autosave, lift_autosave_free);
  g_clear_pointer (&self->rpe_autosave, lift_autosave_free);
  g_clear_pointer (&self->notes_autosave, lift_autosave_free);
}

static void
fill (LiftSessionPage *self, AdwEntryRow *row, LiftAutosave *autosave, const char *text)
{
  if (lift_autosave_is_waiting (autosave) || g_str_equal (get_text (row), text))
    return;
  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  self->is_filling = FALSE;
}

static char *
format_weight (LiftSessionPage *self)
{
  LiftBodyWeightEntry *entry = self->workout->weight;
  double kg = self->workout->session->body_weight;
  const char *unit = entry != NULL && entry->weight_unit != NULL ? entry->weight_unit : self->unit;

  return g_str_equal (unit, self->unit) ? lift_format_load_number (kg, unit)
                                        : lift_format_load (kg, unit);
}

/* Shows what the store has, but for what is being typed. */
void
lift_session_page_details_show (LiftSessionPage *self)
{
  LiftTrainingSession *session = self->workout->session;
  g_autofree char *title = g_strdup_printf (_ ("Body weight (%s)"), self->unit);
  g_autofree char *weight = format_weight (self);
  g_autofree char *rpe = isnan (session->session_rpe) ? g_strdup ("")
                                                      : lift_format_number (session->session_rpe);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->weight_row), title);
  /* Half a number that was saved must not be taken from under the fingers. */
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->weight_row)) == NULL)
    fill (self, self->weight_row, self->weight_autosave, weight);
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->rpe_row)) == NULL)
    fill (self, self->rpe_row, self->rpe_autosave, rpe);
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->notes_row)) == NULL)
    fill (self, self->notes_row, self->notes_autosave,
          session->notes != NULL ? session->notes : "");
}
