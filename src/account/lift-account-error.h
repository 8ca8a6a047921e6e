/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIFT_ACCOUNT_ERROR (lift_account_error_quark ())

/**
 * LiftAccountError:
 * @LIFT_ACCOUNT_ERROR_NO_ACCOUNT: nobody has signed in on this computer yet
 * @LIFT_ACCOUNT_ERROR_DAMAGED: a file of the account cannot be understood
 * @LIFT_ACCOUNT_ERROR_FILE: a file or folder cannot be read or written
 * @LIFT_ACCOUNT_ERROR_SECRETS: no place for secrets answers; the message names the way out
 * @LIFT_ACCOUNT_ERROR_LOCKED: the keyring is locked and was not unlocked
 * @LIFT_ACCOUNT_ERROR_BUSY: another program holds the account's lock for too long
 * @LIFT_ACCOUNT_ERROR_INVALID: the user name or the password is empty
 */
typedef enum
{
  LIFT_ACCOUNT_ERROR_NO_ACCOUNT,
  LIFT_ACCOUNT_ERROR_DAMAGED,
  LIFT_ACCOUNT_ERROR_FILE,
  LIFT_ACCOUNT_ERROR_SECRETS,
  LIFT_ACCOUNT_ERROR_LOCKED,
  LIFT_ACCOUNT_ERROR_BUSY,
  LIFT_ACCOUNT_ERROR_INVALID,
} LiftAccountError;

GQuark lift_account_error_quark (void);

G_END_DECLS
