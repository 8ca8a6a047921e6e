/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-secrets.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-account-error.h"
#include "lift-file-secrets.h"
#include "lift-keyring.h"

#define VARIABLE "LIFTLOGGER_SECRETS"
#define FILE_PREFIX "file:"
/* A person may have to type the keyring's password; a program that nobody watches must end. */
#define KEYRING_TIMEOUT_MS (60 * 1000)

G_DEFINE_ABSTRACT_TYPE (LiftSecrets, lift_secrets, G_TYPE_OBJECT)

static void
lift_secrets_class_init (LiftSecretsClass *klass)
{
}

static void
lift_secrets_init (LiftSecrets *self)
{
}

/**
 * lift_secrets_new_default:
 *
 * Picks the place for secrets: the Secret Service of the session, or the folder that the variable
 * `LIFTLOGGER_SECRETS` names as `file:DIR`. Nothing is read yet.
 *
 * Returns: (transfer full) (nullable): the secrets, or %NULL with %LIFT_ACCOUNT_ERROR_SECRETS where
 *   the variable is set to something else
 */
LiftSecrets *
lift_secrets_new_default (GError **error)
{
  const char *value = g_getenv (VARIABLE);

  if (value == NULL || value[0] == '\0')
    return lift_keyring_new (KEYRING_TIMEOUT_MS);
  if (g_str_has_prefix (value, FILE_PREFIX) && g_path_is_absolute (value + strlen (FILE_PREFIX)))
    return lift_file_secrets_new (value + strlen (FILE_PREFIX));
  g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_SECRETS,
               _ ("%s is set to “%s”; it must be file: and the full path of a folder"), VARIABLE,
               value);
  return NULL;
}

/**
 * lift_secrets_lookup:
 * @server: the server's normalised address
 * @kind: what it is, such as %LIFT_SECRET_TOKENS
 *
 * Blocks, perhaps until a person unlocked the keyring; for workers.
 *
 * Returns: (transfer full) (nullable): the secret; %NULL without an error if there is none, or with
 *   %LIFT_ACCOUNT_ERROR_SECRETS, %LIFT_ACCOUNT_ERROR_LOCKED or %G_IO_ERROR_CANCELLED
 */
char *
lift_secrets_lookup (LiftSecrets *self,
                     const char *server,
                     const char *user_id,
                     const char *kind,
                     GCancellable *cancellable,
                     GError **error)
{
  g_return_val_if_fail (LIFT_IS_SECRETS (self), NULL);
  g_return_val_if_fail (server != NULL && user_id != NULL && kind != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return LIFT_SECRETS_GET_CLASS (self)->lookup (self, server, user_id, kind, cancellable, error);
}

/**
 * lift_secrets_store:
 *
 * Stores a secret in place of an earlier one. Blocks; for workers.
 *
 * Returns: whether it is stored; errors as lift_secrets_lookup()
 */
gboolean
lift_secrets_store (LiftSecrets *self,
                    const char *server,
                    const char *user_id,
                    const char *kind,
                    const char *secret,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (LIFT_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (server != NULL && user_id != NULL && kind != NULL, FALSE);
  g_return_val_if_fail (secret != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return LIFT_SECRETS_GET_CLASS (self)->store (self, server, user_id, kind, secret, cancellable,
                                               error);
}

/**
 * lift_secrets_clear:
 *
 * Removes a secret; one that is not there is no error. Blocks; for workers.
 *
 * Returns: whether it is gone; errors as lift_secrets_lookup()
 */
gboolean
lift_secrets_clear (LiftSecrets *self,
                    const char *server,
                    const char *user_id,
                    const char *kind,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (LIFT_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (server != NULL && user_id != NULL && kind != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return LIFT_SECRETS_GET_CLASS (self)->clear (self, server, user_id, kind, cancellable, error);
}
