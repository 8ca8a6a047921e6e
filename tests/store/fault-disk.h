/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void fault_disk_install (void);
void fault_disk_arm (guint nth, int code, gboolean for_good);
gboolean fault_disk_disarm (void);

G_END_DECLS
