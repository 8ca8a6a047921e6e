/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lift-account.h"
#include "lift-answers.h"
#include "lift-clock.h"

G_BEGIN_DECLS

#define LIFT_ACCOUNT_FILE "account.ini"

LiftAccount *lift_account_new (const char *directory,
                               const char *server,
                               const char *username,
                               const char *device_id,
                               const LiftSignIn *answer);
LiftAccount *lift_account_load (const char *directory, GError **error);
gboolean lift_account_save (LiftAccount *self, GError **error);
void lift_account_set_signed_in (LiftAccount *self, gboolean signed_in);
gboolean lift_account_note_ended (const char *directory, gboolean ended, GError **error);

G_END_DECLS
