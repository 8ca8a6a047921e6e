/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-account.h"
#include "lift-secrets.h"
#include "lift-token-keeper.h"

G_BEGIN_DECLS

#define LIFT_TYPE_ACCOUNT_TOKENS (lift_account_tokens_get_type ())
G_DECLARE_FINAL_TYPE (LiftAccountTokens, lift_account_tokens, LIFT, ACCOUNT_TOKENS, GObject)

LiftAccountTokens *lift_account_tokens_new (LiftAccount *account, LiftSecrets *secrets);
gboolean
lift_account_tokens_clear (LiftAccountTokens *self, GCancellable *cancellable, GError **error);

G_END_DECLS
