/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LIFT_TYPE_SUMMARY_PAGE (lift_summary_page_get_type ())
G_DECLARE_FINAL_TYPE (LiftSummaryPage, lift_summary_page, LIFT, SUMMARY_PAGE, AdwBin)

/**
 * LiftSummaryPage:
 *
 * Exercises and their sets to be read, not changed: a plan, or a session that is over. Whoever
 * owns it fills it again whenever what it shows has changed.
 */
GtkWidget *lift_summary_page_new (void);
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
