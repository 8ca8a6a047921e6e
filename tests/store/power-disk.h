/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much of what was written and not synced is on the disk after a power cut. */
typedef enum
{
  POWER_LOSES_ALL,
  POWER_LOSES_SOME, /* any sectors, in any order */
  POWER_LOSES_NONE,
} PowerLoss;

/* A disk in memory below all files, or below those with @part in their names: another machine's
 * disk loses nothing. */
void power_disk_install (void);
void power_disk_install_for (const char *part);
void power_disk_uninstall (void);
void power_disk_keep (void);
/* Lays a file on the disk that power_disk_start() begins with. */
void power_disk_put (const char *name, GBytes *content);
void power_disk_start (guint nth, gboolean lies);
gboolean power_disk_cut (PowerLoss loss, GRand *rand);

G_END_DECLS
