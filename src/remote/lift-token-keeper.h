/* SPDX-FileCopyrightText: 2026 The LiftLogger authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIFT_TYPE_TOKEN_KEEPER (lift_token_keeper_get_type ())
G_DECLARE_INTERFACE (LiftTokenKeeper, lift_token_keeper, LIFT, TOKEN_KEEPER, GObject)

/**
 * LiftTokenKeeperInterface:
 * @lock: waits until no other process renews these tokens, then tells the ones stored now, which
 *   may be newer than those in memory; %NULL where there are none. Not locked if it fails.
 * @store: makes new tokens survive a crash; only while locked
 * @end: forgets the tokens, which the server takes no more; only while locked
 * @unlock: lets others in again
 *
 * Where tokens outlive the process. A refresh token works once, so the app and the command line
 * must not both use it: whoever renews holds the lock, and looks first whether it has been done.
 * Called in worker threads, by one thread at a time.
 */
struct _LiftTokenKeeperInterface
{
  GTypeInterface parent_iface;

  gboolean (*lock) (LiftTokenKeeper *self,
                    char **token,
                    char **refresh_token,
                    GCancellable *cancellable,
                    GError **error);
  gboolean (*store) (LiftTokenKeeper *self,
                     const char *token,
                     const char *refresh_token,
                     GCancellable *cancellable,
                     GError **error);
  gboolean (*end) (LiftTokenKeeper *self, GError **error);
  void (*unlock) (LiftTokenKeeper *self);
};

gboolean lift_token_keeper_lock (LiftTokenKeeper *self,
                                 char **token,
                                 char **refresh_token,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean lift_token_keeper_store (LiftTokenKeeper *self,
                                  const char *token,
                                  const char *refresh_token,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean lift_token_keeper_end (LiftTokenKeeper *self, GError **error);
void lift_token_keeper_unlock (LiftTokenKeeper *self);

G_END_DECLS
