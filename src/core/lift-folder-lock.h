/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int lift_folder_lock_take (const char *folder, gboolean alone);
void lift_folder_lock_give (int lock);

G_END_DECLS
