/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-summary-page.h"

G_BEGIN_DECLS

/* Summary pages: a session that is over, and a plan. */
GtkWidget *lift_history_page_new (LiftStore *store, const char *session_id, GSettings *settings);
GtkWidget *lift_plan_page_new (LiftStore *store, const char *plan_id, GSettings *settings);

G_END_DECLS
