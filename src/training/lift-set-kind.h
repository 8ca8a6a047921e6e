/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *lift_set_kind_from_wire (const char *text);
const char *lift_set_kind_from_prefix (const char *text);
const char *lift_set_kind_get_prefix (const char *kind);
char *lift_set_kind_describe (const char *kind, guint sets);
gboolean lift_set_kind_is_counted (const char *kind);
gboolean lift_set_kind_gives_maximum (const char *kind);

G_END_DECLS
