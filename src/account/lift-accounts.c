/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lift-account-private.h"
#include "lift-account-tokens.h"
#include "lift-accounts-private.h"
#include "lift-durable-file.h"
#include "lift-file-lock.h"
#include "lift-server-url.h"
#include "lift-soup-transport.h"
#include "lift-text.h"
#include "lift-uuid.h"

#define ACCOUNTS_FOLDER "accounts"
#define LAST_FILE "last.ini"
#define LOCK_FILE "accounts.lock"
#define LAST_GROUP "last"
#define LAST_ANY "any"

/**
 * LiftAccounts:
 *
 * The accounts of this computer: a folder for each user of each server, shared by all programs.
 * Functions without `_async` block, and may be called from any thread.
 */
struct _LiftAccounts
{
  GObject parent_instance;

  char *directory;
  LiftSecrets *secrets;
  LiftClock *clock;
};

G_DEFINE_FINAL_TYPE (LiftAccounts, lift_accounts, G_TYPE_OBJECT)

static void
lift_accounts_finalize (GObject *object)
{
  LiftAccounts *self = LIFT_ACCOUNTS (object);

  g_clear_pointer (&self->directory, g_free);
  g_clear_object (&self->secrets);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (lift_accounts_parent_class)->finalize (object);
}

static void
lift_accounts_class_init (LiftAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lift_accounts_finalize;
}

static void
lift_accounts_init (LiftAccounts *self)
{
}

/**
 * lift_accounts_dup_default_directory:
 *
 * Returns: (transfer full) (type filename): `LIFTLOGGER_DATA_DIR`, else the user's data folder
 */
char *
lift_accounts_dup_default_directory (void)
{
  const char *moved = g_getenv ("LIFTLOGGER_DATA_DIR");

  if (moved != NULL && moved[0] != '\0')
    return g_canonicalize_filename (moved, NULL);
  return g_build_filename (g_get_user_data_dir (), "liftlogger", NULL);
}

/**
 * lift_accounts_new:
 * @directory: (nullable) (type filename): where accounts are kept, such as `--data-dir`; %NULL for
 *   the default
 * @secrets: where tokens are kept
 * @clock: (nullable): for the ids of devices; %NULL for the system's
 *
 * Returns: (transfer full): the accounts; nothing is read or made yet
 */
LiftAccounts *
lift_accounts_new (const char *directory, LiftSecrets *secrets, LiftClock *clock)
{
  LiftAccounts *self;

  g_return_val_if_fail (LIFT_IS_SECRETS (secrets), NULL);

  self = g_object_new (LIFT_TYPE_ACCOUNTS, NULL);
  self->directory = directory != NULL ? g_canonicalize_filename (directory, NULL)
                                      : lift_accounts_dup_default_directory ();
  self->secrets = g_object_ref (secrets);
  self->clock = g_object_ref (clock != NULL ? clock : lift_clock_get_system ());
  return self;
}

/**
 * lift_accounts_get_directory:
 *
 * Returns: (type filename): where accounts are kept
 */
const char *
lift_accounts_get_directory (LiftAccounts *self)
{
  g_return_val_if_fail (LIFT_IS_ACCOUNTS (self), NULL);

  return self->directory;
}

LiftSecrets *
lift_accounts_get_secrets (LiftAccounts *self)
{
  return self->secrets;
}

/* The host is for people who look into the folder; the sum keeps users of one server apart. */
static char *
make_folder_name (const char *server, const char *user_id)
{
  g_autofree char *host = lift_server_url_dup_host (server);
  g_autofree char *key = g_strjoin ("\n", server, user_id, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  g_strcanon (host, G_CSET_a_2_z G_CSET_DIGITS ".-", '_');
  return g_strdup_printf ("%.40s-%.16s", host, sum);
}

static char *
make_account_path (LiftAccounts *self, const char *folder)
{
  return g_build_filename (self->directory, ACCOUNTS_FOLDER, folder, NULL);
}

static int
lock_accounts (LiftAccounts *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, LOCK_FILE, NULL);

  if (!lift_durable_folder_make (self->directory, error))
    return -1;
  return lift_file_lock_take (path, cancellable, error);
}

static gboolean
load_last (LiftAccounts *self, GKeyFile *file, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, LAST_FILE, NULL);
  g_autofree char *text = NULL;

  if (!lift_durable_file_read (path, &text, error))
    return FALSE;
  /* A damaged file only forgets who was last; signing in writes it anew. */
  if (text != NULL)
    g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL);
  return TRUE;
}

static gboolean
save_last (LiftAccounts *self, LiftAccount *account, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, LAST_FILE, NULL);
  g_autofree char *folder = g_path_get_basename (lift_account_get_directory (account));
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  if (!load_last (self, file, error))
    return FALSE;
  g_key_file_set_string (file, LAST_GROUP, LAST_ANY, folder);
  g_key_file_set_string (file, LAST_GROUP, lift_account_get_user_type (account), folder);
  text = g_key_file_to_data (file, NULL, NULL);
  return lift_durable_file_write (path, text, error);
}

/* The device keeps its id for as long as the folder lives: the server counts by it. */
static LiftAccount *
make_account (LiftAccounts *self,
              const char *server,
              const char *username,
              const LiftSignIn *answer,
              GError **error)
{
  g_autofree char *folder = make_folder_name (server, answer->user_id);
  g_autofree char *path = make_account_path (self, folder);
  g_autoptr (LiftAccount) known = NULL;
  g_autoptr (LiftAccount) account = NULL;
  g_autofree char *device_id = NULL;

  if (!lift_durable_folder_make (path, error))
    return NULL;
  known = lift_account_load (path, NULL);
  device_id = known != NULL ? g_strdup (lift_account_get_device_id (known))
                            : lift_uuid_new (self->clock);
  account = lift_account_new (path, server, username, device_id, answer);
  return lift_account_save (account, error) ? g_steal_pointer (&account) : NULL;
}

static gboolean
store_tokens (LiftAccounts *self,
              LiftAccount *account,
              const LiftSignIn *answer,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (LiftAccountTokens) tokens = lift_account_tokens_new (account, self->secrets);
  LiftTokenKeeper *keeper = LIFT_TOKEN_KEEPER (tokens);
  gboolean stored;

  if (!lift_token_keeper_lock (keeper, NULL, NULL, cancellable, error))
    return FALSE;
  stored = lift_token_keeper_store (keeper, answer->token, answer->refresh_token, cancellable,
                                    error);
  lift_token_keeper_unlock (keeper);
  return stored;
}

/*
 * lift_accounts_adopt:
 * @answer: what the server said to a sign-in
 *
 * Makes or renews the account of a user who has just signed in, as the last one used.
 */
LiftAccount *
lift_accounts_adopt (LiftAccounts *self,
                     const char *server,
                     const char *username,
                     const LiftSignIn *answer,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (LiftAccount) account = NULL;
  gboolean done = FALSE;
  int lock = lock_accounts (self, cancellable, error);

  if (lock < 0)
    return NULL;
  account = make_account (self, server, username, answer, error);
  if (account != NULL && store_tokens (self, account, answer, cancellable, error))
    {
      lift_account_set_signed_in (account, TRUE);
      done = lift_account_save (account, error) && save_last (self, account, error);
    }
  lift_file_lock_give (lock);
  return done ? g_steal_pointer (&account) : NULL;
}

/**
 * lift_accounts_list:
 *
 * Returns: (transfer full) (element-type LiftAccount) (nullable): the accounts that can be read,
 *   perhaps none, or %NULL with an error
 */
GPtrArray *
lift_accounts_list (LiftAccounts *self, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *path = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *folder;

  g_return_val_if_fail (LIFT_IS_ACCOUNTS (self), NULL);

  path = make_account_path (self, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&accounts);
  dir = g_dir_open (path, 0, error);
  if (dir == NULL)
    return NULL;
  while ((folder = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *account_path = make_account_path (self, folder);
      LiftAccount *account = lift_account_load (account_path, NULL);

      if (account != NULL)
        g_ptr_array_add (accounts, account);
    }
  return g_steal_pointer (&accounts);
}

/**
 * lift_accounts_dup_last:
 * @user_type: (nullable): `coach` or `athlete`; %NULL for whichever was last
 *
 * Needs neither network nor keyring.
 *
 * Returns: (transfer full) (nullable): the account that signed in last, signed out or not, or %NULL
 *   with %LIFT_ACCOUNT_ERROR_NO_ACCOUNT or %LIFT_ACCOUNT_ERROR_DAMAGED
 */
LiftAccount *
lift_accounts_dup_last (LiftAccounts *self, const char *user_type, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (LIFT_IS_ACCOUNTS (self), NULL);

  if (!load_last (self, file, error))
    return NULL;
  folder = g_key_file_get_string (file, LAST_GROUP, user_type != NULL ? user_type : LAST_ANY, NULL);
  if (folder == NULL || strchr (folder, '/') != NULL)
    {
      g_set_error (error, LIFT_ACCOUNT_ERROR, LIFT_ACCOUNT_ERROR_NO_ACCOUNT,
                   _ ("Nobody has signed in on this computer yet; sign in first"));
      return NULL;
    }
  path = make_account_path (self, folder);
  return lift_account_load (path, error);
}

/**
 * lift_accounts_attach:
 *
 * Has @api use the tokens of @account: it looks them up with its first call, stores those that it
 * renews, and takes over those that another program renewed. Blocks nowhere.
 */
void
lift_accounts_attach (LiftAccounts *self, LiftAccount *account, LiftApi *api)
{
  g_autoptr (LiftAccountTokens) tokens = NULL;

  g_return_if_fail (LIFT_IS_ACCOUNTS (self));
  g_return_if_fail (LIFT_IS_ACCOUNT (account));
  g_return_if_fail (LIFT_IS_API (api));

  tokens = lift_account_tokens_new (account, self->secrets);
  lift_api_set_token_keeper (api, LIFT_TOKEN_KEEPER (tokens));
}

/**
 * lift_accounts_open:
 *
 * As lift_accounts_attach(), and looks the tokens up now, to learn at once whether the place of the
 * secrets answers. Where it does not, @api is attached all the same. Blocks, perhaps until a person
 * unlocked the keyring; for workers.
 *
 * Returns: whether the place of the secrets answered, with or without tokens; else an error as
 *   lift_secrets_lookup()
 */
gboolean
lift_accounts_open (
  LiftAccounts *self, LiftAccount *account, LiftApi *api, GCancellable *cancellable, GError **error)
{
  g_autoptr (LiftAccountTokens) tokens = NULL;
  g_autofree char *token = NULL;
  g_autofree char *refresh_token = NULL;

  g_return_val_if_fail (LIFT_IS_ACCOUNTS (self), FALSE);
  g_return_val_if_fail (LIFT_IS_ACCOUNT (account), FALSE);
  g_return_val_if_fail (LIFT_IS_API (api), FALSE);

  /* A keeper of its own: the one of the calls may be busy with a renewal already. */
  lift_accounts_attach (self, account, api);
  tokens = lift_account_tokens_new (account, self->secrets);
  if (!lift_token_keeper_lock (LIFT_TOKEN_KEEPER (tokens), &token, &refresh_token, cancellable,
                               error))
    return FALSE;
  lift_token_keeper_unlock (LIFT_TOKEN_KEEPER (tokens));
  lift_api_set_tokens (api, token, refresh_token);
  return TRUE;
}

/* Whoever signed in without TLS asked for it then. */
static LiftTransport *
make_transport (LiftAccount *account, GError **error)
{
  const char *server = lift_account_get_server (account);
  LiftSoupTransportFlags flags = LIFT_SOUP_TRANSPORT_NONE;

  if (lift_server_url_is_plain (server))
    flags |= LIFT_SOUP_TRANSPORT_ALLOW_PLAIN;
  return lift_soup_transport_new (server, flags, error);
}

/**
 * lift_accounts_open_last:
 * @user_type: (nullable): `coach` or `athlete`; %NULL for whichever was last
 * @transport: (nullable): the way to the account's server; %NULL for HTTP
 * @api: (out) (optional): the calls of that server, with the tokens of the account
 *
 * Goes on where the last sign-in left off. Needs neither network nor keyring: tokens are looked up
 * with the first call, and if there are none that call says %LIFT_REMOTE_ERROR_SIGN_IN_AGAIN.
 *
 * Returns: (transfer full) (nullable): the account, or %NULL with an error as
 *   lift_accounts_dup_last()
 */
LiftAccount *
lift_accounts_open_last (LiftAccounts *self,
                         const char *user_type,
                         LiftTransport *transport,
                         LiftApi **api,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (LiftAccount) account = lift_accounts_dup_last (self, user_type, error);
  g_autoptr (LiftTransport) way = NULL;

  if (account == NULL || api == NULL)
    return g_steal_pointer (&account);
  way = transport != NULL ? g_object_ref (transport) : make_transport (account, error);
  if (way == NULL)
    return NULL;
  *api = lift_api_new (way);
  lift_accounts_attach (self, account, *api);
  return g_steal_pointer (&account);
}
