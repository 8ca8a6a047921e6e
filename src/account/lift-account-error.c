/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-account-error.h"

/* clang-format off */
G_DEFINE_QUARK (lift-account-error-quark, lift_account_error)
