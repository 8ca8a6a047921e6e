/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "lift-format.h"
#include "lift-set-row-private.h"

static void
fill_field (GtkEditable *field, const char *text)
{
  if (!g_str_equal (gtk_editable_get_text (field), text))
    gtk_editable_set_text (field, text);
}

static char *
format_load (LiftSetRow *self, const LiftSetValues *values)
{
  /* The heading names the unit; a load in the other one names its own. */
  if (!isnan (values->kg) && g_strcmp0 (values->unit, self->unit) != 0)
    return lift_format_load (values->kg, values->unit);
  return lift_set_values_format (values, LIFT_SET_PART_LOAD, self->measure);
}

void
lift_set_row_fill (LiftSetRow *self, const LiftSetValues *values)
{
  g_autofree char *load = format_load (self, values);
  g_autofree char *amount = lift_set_values_format (values, LIFT_SET_PART_AMOUNT, self->measure);
  g_autofree char *rpe = lift_set_values_format (values, LIFT_SET_PART_RPE, self->measure);

  self->is_filling = TRUE;
  fill_field (self->load, load);
  fill_field (self->amount, amount);
  fill_field (self->rpe, rpe);
  self->is_filling = FALSE;
  self->shown = *values;
  g_free (self->shown_load);
  self->shown_load = g_steal_pointer (&load);
}

/* What stands in the fields of a set before anybody types: the draft, the target, last time. */
void
lift_set_row_get_values (LiftSetRow *self, LiftSetValues *values)
{
  LiftSetValues other;

  lift_set_values_from_set (values, self->set, self->measure, self->unit);
  if (lift_set_row_is_done (self))
    return;
  lift_set_values_from_target (&other, self->set, self->unit);
  if (self->measure != LIFT_MEASURE_REPS)
    other.amount = NAN;
  lift_set_values_fill (values, &other);
  if (self->last == NULL)
    return;
  lift_set_values_from_set (&other, self->last, self->measure, self->unit);
  other.rpe = NAN;
  lift_set_values_fill (values, &other);
}

/* Whether a logged set is what was asked for, as far as anything was. */
gboolean
lift_set_row_is_as_planned (LiftSetRow *self)
{
  LiftSetValues done, target;

  lift_set_values_from_set (&done, self->set, self->measure, self->unit);
  lift_set_values_from_target (&target, self->set, self->unit);
  lift_set_values_fill (&target, &done);
  return self->measure == LIFT_MEASURE_REPS && lift_set_row_is_done (self) &&
         lift_set_values_equal (&done, &target);
}

void
lift_set_row_show_error (LiftSetRow *self, GtkEditable *field, const GError *error)
{
  GtkEditable *fields[] = { self->load, self->amount, self->rpe };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      gboolean wrong = error != NULL && fields[i] == field;

      if (wrong)
        gtk_widget_add_css_class (GTK_WIDGET (fields[i]), "error");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (fields[i]), "error");
      gtk_accessible_update_state (
        GTK_ACCESSIBLE (fields[i]), GTK_ACCESSIBLE_STATE_INVALID,
        wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }
  gtk_label_set_label (self->error, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
}

GtkEditable *
lift_set_row_get_field (LiftSetRow *self, LiftSetPart part)
{
  GtkEditable *fields[] = { self->load, self->amount, self->rpe };

  return fields[part];
}

gboolean
lift_set_row_read (LiftSetRow *self, LiftSetValues *values, LiftSetPart *wrong, GError **error)
{
  const char *const texts[] = { gtk_editable_get_text (self->load),
                                gtk_editable_get_text (self->amount),
                                gtk_editable_get_text (self->rpe) };

  if (!lift_set_values_parse (values, texts, self->measure, self->unit, wrong, error))
    return FALSE;
  if (g_strcmp0 (texts[LIFT_SET_PART_LOAD], self->shown_load) == 0)
    {
      values->kg = self->shown.kg;
      values->unit = self->shown.unit;
    }
  return TRUE;
}

/* "102.5 5 8" in the field of the load is a whole set. */
void
lift_set_row_spread (LiftSetRow *self)
{
  char *parts[LIFT_N_SET_PARTS];

  if (!lift_set_values_split (gtk_editable_get_text (self->load), parts))
    return;
  self->is_filling = TRUE;
  for (int i = 0; i < LIFT_N_SET_PARTS; i++)
    {
      gtk_editable_set_text (lift_set_row_get_field (self, i), parts[i]);
      g_free (parts[i]);
    }
  self->is_filling = FALSE;
}
