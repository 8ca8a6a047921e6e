/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-application.h"

G_BEGIN_DECLS

#define LIFT_TYPE_PREFERENCES_WINDOW (lift_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (
  LiftPreferencesWindow, lift_preferences_window, LIFT, PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWidget *lift_preferences_window_new (LiftApplication *application);

G_END_DECLS
