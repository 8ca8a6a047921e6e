/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-http-error.h"

GQuark
lift_http_error_quark (void)
{
  return g_quark_from_static_string ("lift-http-error-quark");
}
