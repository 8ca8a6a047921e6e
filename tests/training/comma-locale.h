/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Makes the decimal separator a comma, as in most of the world. If this computer has no such
 * locale, one is compiled into a directory of its own. */
gboolean comma_locale_enter (void);
void comma_locale_leave (void);
