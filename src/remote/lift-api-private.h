/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-api.h"

G_BEGIN_DECLS

/* The tokens of a LiftApi and their renewal, for all its threads. */
typedef struct _LiftTokens LiftTokens;

LiftTokens *lift_tokens_new (LiftTransport *transport);
void lift_tokens_free (LiftTokens *self);
void lift_tokens_set (LiftTokens *self, const char *token, const char *refresh_token);
void lift_tokens_set_keeper (LiftTokens *self, LiftTokenKeeper *keeper);
char *lift_tokens_dup_token (LiftTokens *self);
char *lift_tokens_dup_refresh_token (LiftTokens *self);
gboolean lift_tokens_renew (LiftTokens *self,
                            const char *failed_token,
                            gboolean may_refresh,
                            GCancellable *cancellable,
                            GError **error);

JsonObject *lift_api_read_object (const LiftResponse *response, GError **error);
LiftResponse *
lift_api_send (LiftApi *self, LiftRequest *request, GCancellable *cancellable, GError **error);
JsonObject *lift_api_send_for_object (LiftApi *self,
                                      LiftRequest *request,
                                      GCancellable *cancellable,
                                      GError **error);
LiftTokens *lift_api_get_tokens (LiftApi *self);

G_END_DECLS
