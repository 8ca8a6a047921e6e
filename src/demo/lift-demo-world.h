/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiftDemoWorld:
 * @folder: where everything of the demonstration lies
 * @server: the running server, or %NULL
 * @address: where it listens
 */
typedef struct
{
  char *folder;
  GSubprocess *server;
  char *address;
} LiftDemoWorld;

gboolean lift_demo_world_make (LiftDemoWorld *self, const char *folder, GError **error);
char *lift_demo_world_dup_data_dir (LiftDemoWorld *self, const char *username);
char *lift_demo_world_dup_secrets (LiftDemoWorld *self, const char *username);
void lift_demo_world_clear (LiftDemoWorld *self);

G_END_DECLS
