/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lift-agenda.h"

G_BEGIN_DECLS

GtkWidget *lift_today_card_new (LiftAgendaItem *item, gboolean is_first_choice);
GtkWidget *lift_today_card_new_for_session (LiftTrainingSession *session, gboolean is_first_choice);

G_END_DECLS
