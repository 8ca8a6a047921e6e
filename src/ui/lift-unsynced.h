/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-accounts.h"

G_BEGIN_DECLS

void lift_unsynced_describe_async (LiftAccounts *accounts,
                                   const char *user_type,
                                   LiftClock *clock,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
char *lift_unsynced_describe_finish (GAsyncResult *result, GError **error);

G_END_DECLS
