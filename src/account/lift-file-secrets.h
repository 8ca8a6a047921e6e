/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-secrets.h"

G_BEGIN_DECLS

#define LIFT_TYPE_FILE_SECRETS (lift_file_secrets_get_type ())
G_DECLARE_FINAL_TYPE (LiftFileSecrets, lift_file_secrets, LIFT, FILE_SECRETS, LiftSecrets)

LiftSecrets *lift_file_secrets_new (const char *directory);

G_END_DECLS
