/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-autosave.h"
#include "lift-set-row.h"

G_BEGIN_DECLS

struct _LiftSetRow
{
  GtkBox parent_instance;

  GtkLabel *number;
  GtkBox *middle;
  GtkBox *info;
  GtkLabel *target;
  GtkLabel *note;
  GtkEditable *load;
  GtkEditable *amount;
  GtkEditable *rpe;
  GtkWidget *button;
  GtkLabel *error;
  GtkPopover *popover;

  LiftSessionEditor *editor;
  LiftAutosave *autosave;
  char *exercise_name;
  LiftMeasure measure;
  const char *unit;
  LiftSetSession *set;
  LiftSetSession *last;

  /* What the fields were filled with, to tell what a person typed, and to lose no digits. */
  LiftSetValues shown;
  char *shown_load;
  gboolean is_filling;
  /* A write failed since: the fields may hold what is nowhere else. */
  gboolean keeps_text;
  gboolean is_narrow;
};

/* What stands in the fields, in lift-set-row-fields.c. */
GtkEditable *lift_set_row_get_field (LiftSetRow *self, LiftSetPart part);
void lift_set_row_get_values (LiftSetRow *self, LiftSetValues *values);
void lift_set_row_fill (LiftSetRow *self, const LiftSetValues *values);
void lift_set_row_spread (LiftSetRow *self);
gboolean
lift_set_row_read (LiftSetRow *self, LiftSetValues *values, LiftSetPart *wrong, GError **error);
gboolean lift_set_row_is_as_planned (LiftSetRow *self);
void lift_set_row_show_error (LiftSetRow *self, GtkEditable *field, const GError *error);

G_END_DECLS
