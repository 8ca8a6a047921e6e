/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lift-account-private.h"
#include "lift-account-tokens.h"
#include "lift-accounts-private.h"
#include "lift-folder-lock.h"
#include "lift-server-url.h"
#include "lift-text.h"

/* Asked for only to learn, before the server makes a token, that there is a place for it. */
#define SECRET_PROBE "probe"

static gboolean
check_typed (const char *username, const char *password, GError **error)
{
  g_autofree char *name = lift_username_normalize (username);

  if (name[0] != '\0' && password[0] != '\0')
    return TRUE;
  g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_INVALID,
               name[0] == '\0' ? _ ("The user name is empty") : _ ("The password is empty"));
  return FALSE;
}

static gboolean
check_secrets (LiftAccounts *self, const char *server, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *secret = NULL;

  secret = lift_secrets_lookup (lift_accounts_get_secrets (self), server, "", SECRET_PROBE,
                                cancellable, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A sign-in that cannot be kept is ended, rather than left on the server for ever. */
static LiftAccount *
finish_sign_in (LiftAccounts *self,
                LiftApi *api,
                const char *server,
                const char *username,
                const LiftSignIn *answer,
                GCancellable *cancellable,
                GError **error)
{
  LiftAccount *account = lift_accounts_adopt (self, server, username, answer, cancellable, error);

  if (account != NULL)
    lift_accounts_attach (self, account, api);
  else
    lift_api_logout (api, NULL, NULL);
  return account;
}

/**
 * lift_accounts_sign_in:
 * @api: the calls of @server; uses the tokens of the new account afterwards
 * @server: the server's address, as typed
 * @username: as typed
 *
 * Signs in, stores the tokens and makes, or finds again, the account's folder. Blocks; for workers.
 * Data that an earlier sign-in left in the folder stay.
 *
 * Returns: (transfer full) (nullable): the account, or %NULL with an error of %LIFT_REMOTE_ERROR,
 *   %LIFT_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
LiftAccount *
lift_accounts_sign_in (LiftAccounts *self,
                       LiftApi *api,
                       const char *server,
                       const char *username,
                       const char *password,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *address = NULL;
  g_autofree char *name = NULL;
  g_autoptr (LiftSignIn) answer = NULL;

  g_return_val_if_fail (LIFT_IS_ACCOUNTS (self), NULL);
  g_return_val_if_fail (LIFT_IS_API (api), NULL);
  g_return_val_if_fail (server != NULL && username != NULL && password != NULL, NULL);

  address = lift_server_url_normalize (server, error);
  if (address == NULL || !check_typed (username, password, error) ||
      !check_secrets (self, address, cancellable, error))
    return NULL;
  name = lift_text_clean (username);
  answer = lift_api_login (api, name, password, cancellable, error);
  if (answer == NULL)
    return NULL;
  return finish_sign_in (self, api, address, name, answer, cancellable, error);
}

/**
 * lift_accounts_register:
 *
 * Makes a user on the server, then as lift_accounts_sign_in().
 *
 * Returns: (transfer full) (nullable): the account, or %NULL with an error as
 *   lift_accounts_sign_in() and lift_api_register()
 */
LiftAccount *
lift_accounts_register (LiftAccounts *self,
                        LiftApi *api,
                        const char *server,
                        const LiftRegistration *registration,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *address = NULL;
  g_autofree char *name = NULL;
  g_autoptr (LiftSignIn) answer = NULL;
  LiftRegistration cleaned;

  g_return_val_if_fail (LIFT_IS_ACCOUNTS (self), NULL);
  g_return_val_if_fail (LIFT_IS_API (api), NULL);
  g_return_val_if_fail (server != NULL && registration != NULL, NULL);

  address = lift_server_url_normalize (server, error);
  if (address == NULL || !check_typed (registration->username, registration->password, error) ||
      !check_secrets (self, address, cancellable, error))
    return NULL;
  name = lift_text_clean (registration->username);
  cleaned = *registration;
  cleaned.username = name;
  answer = lift_api_register (api, &cleaned, cancellable, error);
  if (answer == NULL)
    return NULL;
  return finish_sign_in (self, api, address, name, answer, cancellable, error);
}

static gboolean
clear_tokens (LiftAccounts *self, LiftAccount *account, GCancellable *cancellable, GError **error)
{
  g_autoptr (LiftAccountTokens)
    tokens = lift_account_tokens_new (account, lift_accounts_get_secrets (self));
  LiftTokenKeeper *keeper = LIFT_TOKEN_KEEPER (tokens);
  gboolean cleared;

  if (!lift_token_keeper_lock (keeper, NULL, NULL, cancellable, error))
    return FALSE;
  cleared = lift_account_tokens_clear (tokens, cancellable, error);
  lift_token_keeper_unlock (keeper);
  return cleared;
}

/**
 * lift_accounts_sign_out:
 * @api: (nullable): the calls of the account's server
 *
 * Ends the sign-in: on the server where it is reached, on this computer in any case. The data stay,
 * also those that were never sent. Blocks; for workers.
 *
 * Returns: whether the tokens are gone from this computer
 */
gboolean
lift_accounts_sign_out (
  LiftAccounts *self, LiftAccount *account, LiftApi *api, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (LIFT_IS_ACCOUNTS (self), FALSE);
  g_return_val_if_fail (LIFT_IS_ACCOUNT (account), FALSE);
  g_return_val_if_fail (api == NULL || LIFT_IS_API (api), FALSE);

  if (api != NULL && !lift_api_logout (api, cancellable, &local_error))
    g_debug ("Signing out without the server: %s", local_error->message);
  if (!clear_tokens (self, account, cancellable, error))
    return FALSE;
  if (api != NULL)
    lift_api_set_tokens (api, NULL, NULL);
  lift_account_set_signed_in (account, FALSE);
  return lift_account_save (account, error);
}

static gboolean
remove_tree (const char *path, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      dir = g_dir_open (path, 0, error);
      if (dir == NULL)
        return FALSE;
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          if (!remove_tree (child, error))
            return FALSE;
        }
    }
  if (g_remove (path) == 0)
    return TRUE;
  g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_FILE, _ ("“%s” cannot be removed: %s"),
               path, g_strerror (errno));
  return FALSE;
}

static int
lock_alone (LiftAccount *account, GError **error)
{
  int lock = lift_folder_lock_take (lift_account_get_directory (account), TRUE);

  if (lock == -EWOULDBLOCK)
    g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_BUSY,
                 _ ("The account of %s is open in another LiftLogger window or command, so nothing "
                    "was removed. Close the others, then try again"),
                 lift_account_get_username (account));
  else if (lock < 0)
    g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_FILE,
                 _ ("“%s” cannot be removed: %s"), lift_account_get_directory (account),
                 g_strerror (-lock));
  return lock;
}

/**
 * lift_accounts_remove:
 * @api: (nullable): the calls of the account's server
 *
 * Signs out and removes the account's folder with all data of it on this computer, also those that
 * were never sent: only after a person said so, and with the store closed. While another program
 * has it open, what is typed there would go too, so that is %LIFT_ACCOUNT_ERROR_BUSY and nothing
 * is done. Blocks; for workers.
 *
 * Returns: whether all of it is gone
 */
gboolean
lift_accounts_remove (
  LiftAccounts *self, LiftAccount *account, LiftApi *api, GCancellable *cancellable, GError **error)
{
  gboolean removed;
  int lock;

  g_return_val_if_fail (LIFT_IS_ACCOUNTS (self), FALSE);
  g_return_val_if_fail (LIFT_IS_ACCOUNT (account), FALSE);

  lock = lock_alone (account, error);
  if (lock < 0)
    return FALSE;
  removed = lift_accounts_sign_out (self, account, api, cancellable, error) &&
            remove_tree (lift_account_get_directory (account), error);
  lift_folder_lock_give (lock);
  return removed;
}
