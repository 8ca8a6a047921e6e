/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Database files in memory, below SQLite: quick to make from a template, quick to copy, and each
 * can die or be full. A database and its log belong together and go by the database's path.
 */

typedef struct _SimImage SimImage;

void sim_disk_install (void);
void sim_disk_clear (const char *path);
SimImage *sim_disk_take_image (const char *path);
void sim_disk_put_image (const char *path, SimImage *image);
void sim_image_free (SimImage *image);

/* The process that has the file open dies at its @n-th write from now on: none arrives any more. */
void sim_disk_kill_after (const char *path, guint n);
gboolean sim_disk_is_dead (const char *path);
/* The process was started again; whoever had the file open has closed it. */
void sim_disk_revive (const char *path);
void sim_disk_set_full (const char *path, gboolean full);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimImage, sim_image_free)

G_END_DECLS
