/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-store.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SUMMARY_PAGE (lift_summary_page_get_type ())
G_DECLARE_FINAL_TYPE (LiftSummaryPage, lift_summary_page, LIFT, SUMMARY_PAGE, AdwBin)

/**
 * LiftSummaryPage:
 *
 * Exercises and their sets to be read, not changed: a plan, or a session that is over. It follows
 * the store and the unit: whoever made it is asked to fill it again.
 */

/**
 * LiftSummaryKind:
 * @load: reads the row and fills the page, without waiting
 * @is_touched_by: whether a write may have changed what is shown
 *
 * How a page comes by what it shows.
 */
typedef struct
{
  void (*load) (LiftSummaryPage *page);
  gboolean (*is_touched_by) (LiftChanges *changes);
} LiftSummaryKind;

GtkWidget *lift_summary_page_new (LiftStore *store,
                                  const char *id,
                                  GSettings *settings,
                                  const LiftSummaryKind *kind);
LiftStore *lift_summary_page_get_store (LiftSummaryPage *self);
const char *lift_summary_page_get_id (LiftSummaryPage *self);
const char *lift_summary_page_get_unit (LiftSummaryPage *self);
GCancellable *lift_summary_page_get_cancellable (LiftSummaryPage *self);
void lift_summary_page_set_back_visible (LiftSummaryPage *self, gboolean visible);
void lift_summary_page_set_title (LiftSummaryPage *self, const char *title, const char *subtitle);
void lift_summary_page_set_facts (LiftSummaryPage *self, const char *facts, const char *notes);
void lift_summary_page_set_button (LiftSummaryPage *self,
                                   const char *label,
                                   const char *action,
                                   const char *id,
                                   gboolean is_first_choice);

void lift_summary_page_clear (LiftSummaryPage *self);
void lift_summary_page_add_exercise (LiftSummaryPage *self,
                                     const char *name,
                                     const char *variants,
                                     const char *notes);
void lift_summary_page_add_set (LiftSummaryPage *self,
                                const char *number,
                                const char *planned,
                                const char *done);

G_END_DECLS
