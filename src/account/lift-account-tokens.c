/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-account-tokens.h"

#include "lift-account-error.h"
#include "lift-account-private.h"
#include "lift-file-lock.h"
#include "lift-json.h"

#define LOCK_FILE "tokens.lock"

/*
 * LiftAccountTokens:
 *
 * Keeps the tokens of an account among the secrets, under a lock that the app and the command line
 * share.
 */
struct _LiftAccountTokens
{
  GObject parent_instance;

  LiftAccount *account;
  LiftSecrets *secrets;
  int lock;
};

static void token_keeper_iface_init (LiftTokenKeeperInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LiftAccountTokens,
                               lift_account_tokens,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LIFT_TYPE_TOKEN_KEEPER,
                                                      token_keeper_iface_init))

static char *
write_secret (const char *token, const char *refresh_token)
{
  g_autoptr (GString) text = g_string_new ("{");

  lift_json_append_key (text, "token");
  lift_json_append_string (text, token);
  lift_json_append_key (text, "refreshToken");
  lift_json_append_string (text, refresh_token);
  g_string_append_c (text, '}');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A secret that somebody else wrote over is as good as none: the person signs in again. */
static void
read_secret (const char *secret, char **token, char **refresh_token)
{
  g_autoptr (JsonObject) object = lift_json_parse_object (secret, -1, NULL);

  if (object == NULL)
    return;
  *token = g_strdup (lift_json_get_string (object, "token"));
  *refresh_token = g_strdup (lift_json_get_string (object, "refreshToken"));
}

static char *
lookup (LiftAccountTokens *self, GCancellable *cancellable, GError **error)
{
  return lift_secrets_lookup (self->secrets, lift_account_get_server (self->account),
                              lift_account_get_user_id (self->account), LIFT_SECRET_TOKENS,
                              cancellable, error);
}

static void
lift_account_tokens_unlock (LiftTokenKeeper *keeper)
{
  LiftAccountTokens *self = LIFT_ACCOUNT_TOKENS (keeper);

  lift_file_lock_give (self->lock);
  self->lock = -1;
}

static gboolean
lift_account_tokens_lock (LiftTokenKeeper *keeper,
                          char **token,
                          char **refresh_token,
                          GCancellable *cancellable,
                          GError **error)
{
  LiftAccountTokens *self = LIFT_ACCOUNT_TOKENS (keeper);
  g_autofree char *path = NULL;
  g_autofree char *secret = NULL;
  g_autoptr (GError) local_error = NULL;
  int lock;

  path = g_build_filename (lift_account_get_directory (self->account), LOCK_FILE, NULL);
  lock = lift_file_lock_take (path, cancellable, error);
  if (lock < 0)
    return FALSE;
  self->lock = lock;
  secret = lookup (self, cancellable, &local_error);
  if (local_error != NULL)
    {
      lift_account_tokens_unlock (keeper);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (secret != NULL)
    read_secret (secret, token, refresh_token);
  return TRUE;
}

static gboolean
lift_account_tokens_store (LiftTokenKeeper *keeper,
                           const char *token,
                           const char *refresh_token,
                           GCancellable *cancellable,
                           GError **error)
{
  LiftAccountTokens *self = LIFT_ACCOUNT_TOKENS (keeper);
  g_autofree char *secret = write_secret (token, refresh_token);

  return lift_secrets_store (self->secrets, lift_account_get_server (self->account),
                             lift_account_get_user_id (self->account), LIFT_SECRET_TOKENS, secret,
                             cancellable, error) &&
         lift_account_note_ended (lift_account_get_directory (self->account), FALSE, error);
}

static gboolean
lift_account_tokens_end (LiftTokenKeeper *keeper, GError **error)
{
  LiftAccountTokens *self = LIFT_ACCOUNT_TOKENS (keeper);

  return lift_account_note_ended (lift_account_get_directory (self->account), TRUE, error) &&
         lift_account_tokens_clear (self, NULL, error);
}

static void
token_keeper_iface_init (LiftTokenKeeperInterface *iface)
{
  iface->lock = lift_account_tokens_lock;
  iface->store = lift_account_tokens_store;
  iface->end = lift_account_tokens_end;
  iface->unlock = lift_account_tokens_unlock;
}

static void
lift_account_tokens_finalize (GObject *object)
{
  LiftAccountTokens *self = LIFT_ACCOUNT_TOKENS (object);

  g_clear_object (&self->account);
  g_clear_object (&self->secrets);
  G_OBJECT_CLASS (lift_account_tokens_parent_class)->finalize (object);
}

static void
lift_account_tokens_class_init (LiftAccountTokensClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lift_account_tokens_finalize;
}

static void
lift_account_tokens_init (LiftAccountTokens *self)
{
  self->lock = -1;
}

LiftAccountTokens *
lift_account_tokens_new (LiftAccount *account, LiftSecrets *secrets)
{
  LiftAccountTokens *self = g_object_new (LIFT_TYPE_ACCOUNT_TOKENS, NULL);

  self->account = g_object_ref (account);
  self->secrets = g_object_ref (secrets);
  return self;
}

/*
 * lift_account_tokens_clear:
 *
 * Forgets the tokens on this computer. Only while locked.
 */
gboolean
lift_account_tokens_clear (LiftAccountTokens *self, GCancellable *cancellable, GError **error)
{
  return lift_secrets_clear (self->secrets, lift_account_get_server (self->account),
                             lift_account_get_user_id (self->account), LIFT_SECRET_TOKENS,
                             cancellable, error);
}
