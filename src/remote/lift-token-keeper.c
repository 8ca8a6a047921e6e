/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "lift-token-keeper.h"

G_DEFINE_INTERFACE (LiftTokenKeeper, lift_token_keeper, G_TYPE_OBJECT)

static void
lift_token_keeper_default_init (LiftTokenKeeperInterface *iface)
{
}

/**
 * lift_token_keeper_lock:
 * @token: (out) (optional) (nullable): the stored token
 * @refresh_token: (out) (optional) (nullable): the stored refresh token
 *
 * Waits for the right to renew the tokens and tells those stored now.
 *
 * Returns: whether the lock is held
 */
gboolean
lift_token_keeper_lock (LiftTokenKeeper *self,
                        char **token,
                        char **refresh_token,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *stored = NULL;
  g_autofree char *stored_refresh = NULL;

  g_return_val_if_fail (LIFT_IS_TOKEN_KEEPER (self), FALSE);

  if (!LIFT_TOKEN_KEEPER_GET_IFACE (self)->lock (self, &stored, &stored_refresh, cancellable,
                                                 error))
    return FALSE;
  if (token != NULL)
    *token = g_steal_pointer (&stored);
  if (refresh_token != NULL)
    *refresh_token = g_steal_pointer (&stored_refresh);
  return TRUE;
}

/**
 * lift_token_keeper_store:
 * @refresh_token: (nullable): %NULL where the server has no refresh
 *
 * Stores new tokens; they survive a crash once this returns. Only while locked.
 *
 * Returns: whether they are stored
 */
gboolean
lift_token_keeper_store (LiftTokenKeeper *self,
                         const char *token,
                         const char *refresh_token,
                         GCancellable *cancellable,
                         GError **error)
{
  g_return_val_if_fail (LIFT_IS_TOKEN_KEEPER (self), FALSE);

  return LIFT_TOKEN_KEEPER_GET_IFACE (self)->store (self, token, refresh_token, cancellable, error);
}

/**
 * lift_token_keeper_end:
 *
 * Forgets the stored tokens, since the server has ended the sign-in, and notes that it has. Only
 * while locked.
 *
 * Returns: whether that is done
 */
gboolean
lift_token_keeper_end (LiftTokenKeeper *self, GError **error)
{
  g_return_val_if_fail (LIFT_IS_TOKEN_KEEPER (self), FALSE);

  return LIFT_TOKEN_KEEPER_GET_IFACE (self)->end (self, error);
}

/**
 * lift_token_keeper_unlock:
 *
 * Gives back what [method@TokenKeeper.lock] gave.
 */
void
lift_token_keeper_unlock (LiftTokenKeeper *self)
{
  g_return_if_fail (LIFT_IS_TOKEN_KEEPER (self));

  LIFT_TOKEN_KEEPER_GET_IFACE (self)->unlock (self);
}
