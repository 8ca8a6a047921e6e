/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-store.h"
#include "lift-summary-page.h"

G_BEGIN_DECLS

/* Summary pages that follow the store: a session that is over, and a plan. */
GtkWidget *lift_history_page_new (LiftStore *store, const char *session_id, const char *unit);
GtkWidget *lift_plan_page_new (LiftStore *store, const char *plan_id, const char *unit);

G_END_DECLS
