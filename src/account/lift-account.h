/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIFT_TYPE_ACCOUNT (lift_account_get_type ())
G_DECLARE_FINAL_TYPE (LiftAccount, lift_account, LIFT, ACCOUNT, GObject)

const char *lift_account_get_server (LiftAccount *self);
const char *lift_account_get_username (LiftAccount *self);
const char *lift_account_get_user_id (LiftAccount *self);
const char *lift_account_get_user_type (LiftAccount *self);
gboolean lift_account_is_coach (LiftAccount *self);
const char *lift_account_get_athlete_id (LiftAccount *self);
const char *lift_account_get_coach_id (LiftAccount *self);
const char *lift_account_get_name (LiftAccount *self);
const char *lift_account_get_device_id (LiftAccount *self);
const char *lift_account_get_directory (LiftAccount *self);
gboolean lift_account_get_signed_in (LiftAccount *self);
gboolean lift_account_get_ended (LiftAccount *self);
char *lift_account_dup_store_path (LiftAccount *self);

char *lift_username_normalize (const char *username);

G_END_DECLS
