/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lift-desk.h"
#include "lift-plan-line.h"
#include "lift-quick-entry.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SETS_ENTRY (lift_sets_entry_get_type ())
G_DECLARE_FINAL_TYPE (LiftSetsEntry, lift_sets_entry, LIFT, SETS_ENTRY, GtkBox)

/**
 * LiftSetsEntry:
 *
 * One line in which the sets of an exercise are typed, `w 2x5 60, 3x5 100 @8`, with what it means
 * in words below it, or what is wrong with it. Signal `entered` (a [struct@QuickEntry], valid
 * while it is emitted; %NULL if nothing was changed) on Enter; `left` (the same, never %NULL)
 * when the focus goes elsewhere after other sets were typed.
 */
GtkWidget *lift_sets_entry_new (void);
void lift_sets_entry_show_line (LiftSetsEntry *self, LiftDesk *desk, LiftPlanLine *line);

G_END_DECLS
