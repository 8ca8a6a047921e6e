/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-secrets.h"

G_BEGIN_DECLS

#define LIFT_TYPE_KEYRING (lift_keyring_get_type ())
G_DECLARE_FINAL_TYPE (LiftKeyring, lift_keyring, LIFT, KEYRING, LiftSecrets)

LiftSecrets *lift_keyring_new (guint timeout_ms);

G_END_DECLS
