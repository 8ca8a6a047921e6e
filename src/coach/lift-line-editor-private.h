/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-line-editor.h"
#include "lift-sets-entry.h"

G_BEGIN_DECLS

struct _LiftLineEditor
{
  GtkBox parent_instance;

  GtkWidget *title_box;
  GtkWidget *handle;
  GtkLabel *title_label;
  GtkWidget *variants_button;
  GtkLabel *variants_label;
  GtkWidget *menu_button;
  LiftSetsEntry *sets_entry;
  GtkWidget *cue_entry;
  GtkBox *sets_box;
  GtkLabel *note_label;
  GtkWidget *add_set_button;

  LiftDesk *desk;
  LiftPlanDocument *document;
  LiftPlanReview *review;
  LiftPlanLine *line;
  gboolean narrow;
};

guint lift_line_editor_get_position (LiftLineEditor *self);
void lift_line_editor_install_actions (GtkWidgetClass *klass);
void lift_line_editor_update_actions (LiftLineEditor *self);
void lift_line_editor_add_dnd (LiftLineEditor *self);

G_END_DECLS
