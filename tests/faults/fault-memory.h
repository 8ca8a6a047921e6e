/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Before SQLite is used for the first time. */
void fault_memory_install (void);
/* Lets the @nth allocation of SQLite fail, and with @for_good all that follow. */
void fault_memory_arm (guint nth, gboolean for_good);
/* The other machine is at work: its allocations neither count nor fail. */
void fault_memory_pause (void);
void fault_memory_resume (void);
/* Returns: whether it came to the fault */
gboolean fault_memory_disarm (void);

G_END_DECLS
