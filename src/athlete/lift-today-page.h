/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lift-store.h"

G_BEGIN_DECLS

#define LIFT_TYPE_TODAY_PAGE (lift_today_page_get_type ())
G_DECLARE_FINAL_TYPE (LiftTodayPage, lift_today_page, LIFT, TODAY_PAGE, AdwBin)

/**
 * LiftTodayPage:
 *
 * What is planned for today and the next days, and what was done before. Rows activate
 * athlete.start, athlete.open-session, athlete.show-plan and athlete.show-session of the view
 * around it.
 */
GtkWidget *lift_today_page_new (LiftStore *store, const char *athlete_id, GMenuModel *menu);
void lift_today_page_set_alone (LiftTodayPage *self, gboolean alone);

G_END_DECLS
