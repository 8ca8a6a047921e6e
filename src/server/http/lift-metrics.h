/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LiftMetrics LiftMetrics;

LiftMetrics *lift_metrics_new (const char *const *routes);
void lift_metrics_free (LiftMetrics *self);
void lift_metrics_count (LiftMetrics *self, guint index, guint status, gint64 us);
void lift_metrics_write (LiftMetrics *self, GString *out);
void lift_metrics_write_value (
  GString *out, const char *name, const char *type, const char *help, guint64 value);

G_END_DECLS
