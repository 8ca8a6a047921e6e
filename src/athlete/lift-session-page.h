/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-session-editor.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SESSION_PAGE (lift_session_page_get_type ())
G_DECLARE_FINAL_TYPE (LiftSessionPage, lift_session_page, LIFT, SESSION_PAGE, AdwBin)

/**
 * LiftSessionPage:
 *
 * A session that is being done, or corrected. Follows the store; what is being typed is left
 * alone. Signal `closed` when the session was finished or deleted.
 */
GtkWidget *lift_session_page_new (LiftStore *store,
                                  LiftUndo *undo,
                                  const char *athlete_id,
                                  const char *session_id,
                                  const char *unit);
void lift_session_page_set_narrow (LiftSessionPage *self, gboolean narrow);
void lift_session_page_set_back_visible (LiftSessionPage *self, gboolean visible);
const char *lift_session_page_get_session_id (LiftSessionPage *self);
void lift_session_page_show_row (LiftSessionPage *self, const char *part_id, const char *row_id);

G_END_DECLS
