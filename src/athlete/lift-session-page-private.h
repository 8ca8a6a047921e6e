/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-autosave.h"
#include "lift-exercise-card.h"
#include "lift-session-page.h"

G_BEGIN_DECLS

/* Where the cursor goes once the page has been filled anew. */
typedef enum
{
  LIFT_SESSION_FOCUS_STAYS,
  LIFT_SESSION_FOCUS_FIRST,
  LIFT_SESSION_FOCUS_NEW,
  LIFT_SESSION_FOCUS_ROW,
} LiftSessionFocus;

struct _LiftSessionPage
{
  AdwBin parent_instance;

  AdwWindowTitle *title;
  GtkWidget *back_button;
  GtkWidget *finish_button;
  GtkWidget *add_button;
  AdwEntryRow *weight_row;
  GtkScrolledWindow *scroller;
  GtkBox *cards;
  GtkWidget *empty;
  AdwEntryRow *rpe_row;
  AdwEntryRow *notes_row;

  LiftStore *store;
  LiftSessionEditor *editor;
  char *athlete_id;
  char *session_id;
  const char *unit;
  GCancellable *cancellable;
  LiftWorkout *workout;
  GPtrArray *card_list;
  gboolean is_narrow;

  /* Reading: one at a time, again if something changed meanwhile. */
  gboolean is_loading;
  gboolean is_stale;
  LiftSessionFocus wants_focus;
  char *focus_row_id; /* of LIFT_SESSION_FOCUS_ROW */
  char *focus_part_id;
  guint n_frames;

  LiftAutosave *weight_autosave;
  LiftAutosave *rpe_autosave;
  LiftAutosave *notes_autosave;
  gboolean is_filling;
};

/* The fields of the session itself, in lift-session-page-details.c. */
void lift_session_page_details_init (LiftSessionPage *self);
void lift_session_page_details_show (LiftSessionPage *self);
void lift_session_page_details_flush (LiftSessionPage *self);
void lift_session_page_details_clear (LiftSessionPage *self);
void lift_session_page_details_bind (GtkWidgetClass *widget_class);

/* Which set comes next, in lift-session-page-focus.c. */
LiftSetRow *lift_session_page_find_next (LiftSessionPage *self, LiftSetRow *after);
void lift_session_page_mark_next (LiftSessionPage *self);
void lift_session_page_focus_first (LiftSessionPage *self);
void lift_session_page_focus_new (LiftSessionPage *self, LiftWorkout *before);
void lift_session_page_focus_wanted (LiftSessionPage *self);

G_END_DECLS
