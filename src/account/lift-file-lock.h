/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int lift_file_lock_take (const char *path, GCancellable *cancellable, GError **error);
void lift_file_lock_give (int fd);

G_END_DECLS
