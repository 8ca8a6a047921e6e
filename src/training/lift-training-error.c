/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lift-training-error.h"

/* Not G_DEFINE_QUARK: the formatter would put spaces into its unquoted name. */
GQuark
lift_training_error_quark (void)
{
  return g_quark_from_static_string ("lift-training-error-quark");
}
