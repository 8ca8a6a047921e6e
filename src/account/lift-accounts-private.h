/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-accounts.h"

G_BEGIN_DECLS

LiftSecrets *lift_accounts_get_secrets (LiftAccounts *self);
LiftAccount *lift_accounts_adopt (LiftAccounts *self,
                                  const char *server,
                                  const char *username,
                                  const LiftSignIn *answer,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
