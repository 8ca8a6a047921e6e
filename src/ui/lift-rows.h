/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lift-entity.h"

G_BEGIN_DECLS

void lift_rows_take_over (GListStore *store, GPtrArray *rows);
GPtrArray *lift_rows_select (GPtrArray *rows, const char *key, const char *value);
gpointer lift_rows_find (GPtrArray *rows, const char *id);

G_END_DECLS
