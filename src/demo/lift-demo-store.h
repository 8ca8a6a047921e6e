/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-demo-world.h"

G_BEGIN_DECLS

gboolean lift_demo_fill (LiftDemoWorld *world, GError **error);
gboolean lift_demo_sign_in (LiftDemoWorld *world, const char *username, GError **error);

G_END_DECLS
