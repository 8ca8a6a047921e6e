/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIFT_TYPE_CONNECTIVITY (lift_connectivity_get_type ())
G_DECLARE_FINAL_TYPE (LiftConnectivity, lift_connectivity, LIFT, CONNECTIVITY, GObject)

LiftConnectivity *lift_connectivity_new (const char *server);
gboolean lift_connectivity_get_available (LiftConnectivity *self);

G_END_DECLS
