/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lift-week.h"

G_BEGIN_DECLS

GtkWidget *lift_plan_card_new (const LiftWeekItem *item);
const char *lift_plan_card_get_id (GtkWidget *card);

G_END_DECLS
