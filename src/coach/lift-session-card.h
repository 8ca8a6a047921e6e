/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lift-desk.h"
#include "lift-plan-review.h"

G_BEGIN_DECLS

#define LIFT_TYPE_SESSION_CARD (lift_session_card_get_type ())
G_DECLARE_FINAL_TYPE (LiftSessionCard, lift_session_card, LIFT, SESSION_CARD, GtkBox)

/**
 * LiftSessionCard:
 *
 * What came of a plan as a whole: how much, when, body weight, effort, the athlete's notes, and
 * what was done that was not planned.
 */
void lift_session_card_show (LiftSessionCard *self, LiftDesk *desk, LiftPlanReview *review);

G_END_DECLS
