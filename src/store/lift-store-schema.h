/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For entities that are not built in: plain SQL that is run after the migrations of the program.
 * Called before any store is opened, from the main thread. */
void lift_store_add_migration (const char *sql);

G_END_DECLS
