/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lift-desk.h"
#include "lift-plan-document.h"
#include "lift-plan-review.h"

G_BEGIN_DECLS

#define LIFT_TYPE_LINE_EDITOR (lift_line_editor_get_type ())
G_DECLARE_FINAL_TYPE (LiftLineEditor, lift_line_editor, LIFT, LINE_EDITOR, GtkBox)

/**
 * LiftLineEditor:
 *
 * One exercise of a plan: its name and variants, the line in which sets are typed, the cue, and
 * the sets as rows. Signal `next` when the person is done with it.
 */
GtkWidget *lift_line_editor_new (LiftDesk *desk,
                                 LiftPlanDocument *document,
                                 LiftPlanReview *review,
                                 LiftPlanLine *line);
LiftPlanLine *lift_line_editor_get_line (LiftLineEditor *self);
void lift_line_editor_refresh (LiftLineEditor *self);
void lift_line_editor_set_narrow (LiftLineEditor *self, gboolean narrow);

G_END_DECLS
